"""The pages that strangers read are easy, and the measure is right about words we know."""

import pytest
from django.test import Client

from public import counting
from tests.alongside.reading import ease, english_syllables, grade, spanish_syllables
from tests.factories import NOON, make_need, make_party

PUBLIC = (
    *("/", "/how-it-works/", "/needed/", "/needed/ny/", "/safety/", "/help/", "/accessibility/"),
    *("/leave/", "/help-out/", "/help-out/faith-group/", "/help-out/business/"),
    *("/help-out/neighbor/where/?topic=cooking", "/help-out/school/where/?topic=ged&zip=11201"),
)
ENGLISH = {
    1: "this pays one those there asked worked where you school change side",
    2: "people helping needed little business under woman teacher places wanted create",
    3: "volunteer survivor confidence however employer family radio idea",
    4: "information accessible community",
    5: "organization",
}
SPANISH = {
    1: "pan dos quien seis",
    2: "casa cuando guerra tiene puede aquí país",
    3: "oferta ayuda trabajo ciudades",
    4: "necesita organiza energía",
}


@pytest.mark.parametrize(
    ("count", "known"), [(ENGLISH, english_syllables), (SPANISH, spanish_syllables)]
)
def test_syllables_are_counted_as_they_are_spoken(count, known):
    wrong = {
        word: known(word)
        for number, words in count.items()
        for word in words.split()
        if known(word) != number
    }
    assert wrong == {}


def test_a_known_sentence_has_its_known_grade():
    """Seven words of nine syllables; five of seven."""
    assert grade("<p>The cat sat on the mat happily.</p>") == pytest.approx(
        0.39 * 7 + 11.8 * 9 / 7 - 15.59
    )
    assert grade("<p>Save</p><select><option>A very long list of words</select>") == 0
    assert ease("<p>La casa es muy grande.</p>") == pytest.approx(206.835 - 62.3 * 7 / 5 - 5)


@pytest.mark.django_db
def test_every_public_page_is_for_the_sixth_grade():
    for _party in range(5):
        make_need(make_party())
    counting.count_week(at=NOON)

    grades = {page: round(grade(Client().get(page).text), 1) for page in PUBLIC}

    assert {page: level for page, level in grades.items() if level > 6} == {}
