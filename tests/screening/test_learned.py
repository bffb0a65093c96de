"""What the learned models find, doubt, and leave to the patterns; and what they are taught by."""

import numpy as np
import pytest

from accounts.party_words import identities_in as of_a_party
from engagements.words import identities_in as of_a_message
from screening.hotlines import is_hotline
from screening.identities import identities
from screening.judging import judge, screen
from screening.learned import BUCKETS, MODELS, TELLS_OF_ONE, log_odds, row
from screening.reading import Reading
from screening.teaching import lessons, texts, train
from screening.terms import terms
from tests.screening.corpus import FOLDER, HANDS, written_by

TOLD = (
    "Two afternoons in May would be lovely. The house has paper and paint."
    " Zelma and Orrin don't sit together since the motel."
)
MILL = "Marta, who owns the mill, is on the floor all day and shows the machines to whoever asks."


def test_the_sentence_that_tells_of_somebody_is_marked():
    (mark,) = screen({"title": "Painting", "description": TOLD}, "class").marks

    assert (mark.field, mark.weight, mark.code) == ("description", "identity", "person")
    assert TOLD[mark.start : mark.end] == TOLD[TOLD.index("Zelma") :]


def test_a_name_in_a_text_that_tells_of_nobody_is_left_to_a_person():
    alone = next(identities(Reading("description", MILL)))
    verdict = judge({"title": "Monday group", "description": MILL}, "class")

    assert (alone.weight, alone.code) == ("identity", "person")
    assert (verdict.decision, verdict.questions) == ("review", ["one_person"])


def test_what_no_reviewer_reads_first_is_refused_where_it_may_name_somebody():
    assert [field for field, _advice in of_a_message(MILL)] == ["text"]
    assert [field for field, _advice in of_a_party({"mission": MILL})] == ["mission"]


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_as_many_numbers_as_it_has_buckets(model):
    buckets, values = row(terms(Reading("", TOLD)))

    assert (int(buckets.max()) < BUCKETS, round(float(values @ values), 6)) == (True, 1.0)
    assert np.isfinite(log_odds(model, Reading("", TOLD)))


def test_what_reads_like_a_lure_is_looked_at_though_no_phrase_says_so():
    lure = (
        "You live at our studio for six weeks, family may visit after the third, then we place"
        " you somewhere."
    )

    assert judge({"title": "Course", "description": lure}, "class").questions == ["sounds_risky"]


def test_a_name_is_any_name_to_the_models():
    one, other = (terms(Reading("", f"We hope that {name} comes.")) for name in ("Maria", "Elena"))

    assert one == other


def test_what_is_held_out_teaches_nothing():
    taught = {text.words for text in texts(FOLDER)}
    held_out = {
        ". ".join((text.fields["title"], text.fields["description"]))
        for hand in HANDS
        if hand.endswith("held_out")
        for text in written_by(hand)
    }

    assert taught & held_out == set()


def test_a_model_learns_to_tell_two_sorts_apart():
    every = [text for text in texts(FOLDER) if text.hand == "fifth_hand"]
    rows, of_sort, _hands = lessons(TELLS_OF_ONE, every)

    weights, bias = train(rows, of_sort)

    told = np.array([weights[buckets] @ values + bias > 0 for buckets, values in rows])
    assert (told == (of_sort == 1)).all()


@pytest.mark.parametrize(
    ("written", "passes"),
    [("1-888-373-7888", True), ("(800) 799 7233", True), ("888-373-7889", False)],
)
def test_only_a_public_help_line_may_be_given(written, passes):
    assert is_hotline(written) == passes
    assert (screen({"description": f"Call {written} at night."}).identities == []) == passes


@pytest.mark.parametrize(
    "typed",
    [
        "The docket is FL-2023-005512.",
        "Consta en el parte policial 26/4471.",
        "Her ITIN ends in 5560.",
        "Her social starts with 601-22.",
        "El hogar está en el 315 de la avenida Los Robles.",
        "Pick-up is from 3390 Sandhill Bend at noon.",
        "Sus piezas están en instagram, barro.de.nubia.",
        "Está en facebook, sale como Reynita Siete.",
        "I am staying at the shelter and would like to read.",
    ],
)
def test_parts_of_numbers_names_of_profiles_and_ways_home_are_refused(typed):
    assert screen({"description": typed}, "class").identities != []
