"""Likeness: which topic a text is like, by the pieces of words that were told of each."""

import numpy as np
import pytest

from opportunities.hearing import Hearing
from opportunities.lexicon import Sayings
from opportunities.likeness import Likeness, Told

KITCHEN = ["she burns rice and wants to learn supper", "soup and bread on a cold evening"]
GARAGE = ["her engine smokes and the brakes squeal", "brakes, engine and an empty tank"]


@pytest.fixture
def likeness():
    return Likeness([[Told(text, 1.0) for text in texts] for texts in (KITCHEN, GARAGE)])


def test_a_text_is_like_the_topic_that_its_words_were_told_of(likeness):
    kitchen, garage = likeness.lift("no idea how to make supper, only rice")

    assert kitchen > 0 > garage
    assert likeness.lift("squealing brakes").argmax() == 1


def test_a_word_misspelled_or_in_another_form_is_still_like_it(likeness):
    assert likeness.lift("smokey engin, squeeling").argmax() == 1


def test_chances_add_up_to_one(likeness):
    lift = likeness.lift("bread and brakes")

    assert np.exp(lift).mean() == pytest.approx(1)


def test_unknown_words_say_nothing(likeness):
    assert likeness.lift("zxcv qwrt") == pytest.approx([0, 0])
    assert likeness.lift("") == pytest.approx([0, 0])


def test_a_word_among_many_unknown_ones_says_less(likeness):
    alone = likeness.lift("supper")[0]
    among = likeness.lift("supper zxcvb qwrtz plmkj wsxdc")[0]

    assert alone > among > 0


def test_what_speaks_of_no_topic_keeps_a_text_from_all():
    topics = [Sayings(("supper class",), (), umbrella=False, told=tuple(KITCHEN))]
    elsewhere = Sayings(("supper club tickets",), (), umbrella=False, told=("tickets for supper",))
    hearing = Hearing(topics, elsewhere)

    assert [topic for topic, _sure in hearing.topics("supper with rice and soup")] == [0]
    assert hearing.topics("two tickets for the supper club") == []


def test_an_umbrella_steps_back_behind_something_more_exact():
    umbrella = Sayings(("trade apprenticeship",), (), umbrella=True)
    exact = Sayings(("carpentry work",), (), umbrella=False)
    hearing = Hearing([umbrella, exact], Sayings((), (), umbrella=False))

    found = [topic for topic, _sure in hearing.topics("trade apprenticeship, carpentry work")]

    assert found == [1, 0]
