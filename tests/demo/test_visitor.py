"""The story's small browser reads forms as a real one would send them."""

import pytest

from alongside.demo.visitor import Lost, _page

FORM = """
<title>Not said</title>
<h1>Your need</h1><p>Line<br>by line</p>
<form method="post" action="/save/">
  <input type="hidden" name="token" value="abc">
  <input name="title" value="Old">
  <textarea name="text">Some
words</textarea>
  <select name="one"><option value="a">A</option><option value="b">B</option></select>
  <select name="two"><option value="c">C</option><option value="d" selected>D</option></select>
  <input type="checkbox" name="tick" value="x" checked><input type="checkbox" name="tick" value="y">
  <button type="submit">Save</button><button type="submit" name="later" value="yes">Later</button>
</form>
<a href="/next/">Go  on</a>
"""


def test_a_form_is_sent_with_what_stood_in_it():
    form = _page("http://here/", 200, FORM).form(having="title")

    assert sorted(form.filled({})) == [
        ("one", "a"),
        ("text", "Some\nwords"),
        ("tick", "x"),
        ("title", "Old"),
        ("token", "abc"),
        ("two", "d"),
    ]


def test_answers_take_the_place_of_what_stood_there():
    form = _page("http://here/", 200, FORM).form(saying="Save")

    filled = dict(form.filled({"title": "New", "tick": []}))

    assert filled["title"] == "New"
    assert "tick" not in filled


def test_a_question_that_is_not_asked_is_no_place_for_an_answer():
    form = _page("http://here/", 200, FORM).form(to="/save/")

    with pytest.raises(Lost):
        form.filled({"color": "red"})


def test_the_words_of_a_page_come_line_by_line():
    page = _page("http://here/", 200, FORM)

    assert page.lines[:3] == ["Your need", "Line", "by line"]
    assert page.links == [("/next/", "Go on")]
