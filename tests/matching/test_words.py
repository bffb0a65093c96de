"""How close two texts are: by letters, topics and themes, in either language."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.words import closeness, closest, texts_of
from tests.matching.encoders import rolls_or_grows


def close(one, other, encoder=None, *, one_topics=(), other_topics=()):
    """The closeness of two texts, each with its topics by slug."""
    return closeness(
        np.array([0]),
        np.array([0]),
        texts_of([one], [one_topics], encoder),
        texts_of([other], [other_topics], encoder),
    )[0]


def test_the_same_words_are_as_close_as_can_be():
    assert close("Car care on Tuesdays", "Car care on Tuesdays") == pytest.approx(1.0)


def test_nothing_in_common_is_zero():
    assert close("zzxq", "Car care") == 0
    assert close("", "Car care") == 0


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("Changing tires", "A mechanic for our garage", "Piano for children"),
        ("Jardinería y plantas", "Weeding and pruning", "Filing and phones"),
        ("Clases de inglés", "ESL conversation", "Yoga in the park"),
        ("Dietitian", "Healthy eating workshop", "Stage crew for concerts"),
        ("Befriending", "Visits to lonely seniors", "Software testing"),
    ],
)
def test_meaning_counts_where_no_word_is_shared(one, near, far):
    assert close(one, near) > 2 * close(one, far)


def test_known_topics_count_beside_the_words():
    unknown = close("Come on Tuesday", "Something for Fridays")
    known = close(
        "Come on Tuesday",
        "Something for Fridays",
        one_topics=["budgeting"],
        other_topics=["budgeting"],
    )

    assert known > unknown + 0.1


def test_a_topic_nobody_knows_changes_nothing():
    assert close("Car care", "Tires", one_topics=["left-the-list"]) == close("Car care", "Tires")


@given(
    one=st.lists(st.text(max_size=40), min_size=1, max_size=6),
    other=st.lists(st.text(max_size=40), min_size=1, max_size=6),
)
def test_closeness_is_a_share_and_the_same_from_both_sides(one, other):
    need, offer = (grid.ravel() for grid in np.indices((len(one), len(other))))

    there = closeness(need, offer, texts_of(one), texts_of(other))
    back = closeness(offer, need, texts_of(other), texts_of(one))

    assert np.all((there >= 0) & (there <= 1))
    np.testing.assert_allclose(there, back, atol=1e-6)


def test_a_pair_has_one_closeness_whoever_else_is_looked_at():
    alone = close("Car care", "Oil and tires")
    need, offer = np.array([0, 1, 0]), np.array([1, 0, 0])

    among = closeness(
        need, offer, texts_of(["Car care", "Piano"]), texts_of(["Violin", "Oil and tires"])
    )

    assert among[0] == pytest.approx(alone)


def test_the_closest_come_first_and_strangers_not_at_all():
    others = texts_of(["Piano lessons", "Oil and tires", "zzxq", "Car care for beginners"])

    [(rows, values)] = closest(texts_of(["Car care"]), others, top=3)

    assert rows.tolist()[:2] == [3, 1]
    assert 2 not in rows
    assert values.tolist() == sorted(values.tolist(), reverse=True)


def test_an_encoder_adds_the_meaning_of_sentences():
    without = close("Automobile", "Four wheels")

    assert close("Automobile", "Four wheels", rolls_or_grows) == pytest.approx(0.5 * without + 0.5)
    assert close("Automobile", "Roses", rolls_or_grows) < 0.2
