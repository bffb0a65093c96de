"""Which counts may be told: worked by hand, row by row."""

from itertools import count

from public.telling import COUNTRY, GROUP, OTHERS, TOPIC, Row, StateCount, cells_of, states_of

numbers = count()


def rows(*plans, hidden=False):
    """Each plan is a topic, its group, a state, and the party of each need."""
    return [
        Row(topic, group, state, [next(numbers) for _ in parties], sorted(set(parties)), hidden)
        for topic, group, state, parties in plans
    ]


def told(*found):
    return [(cell.kind, cell.key, cell.state, len(cell.needs)) for cell in cells_of(found)]


def test_a_count_is_told_once_three_parties_stand_behind_it():
    assert told(*rows(("Sewing", "life", "NY", [1, 2]))) == []
    assert told(*rows(("Sewing", "life", "NY", [1, 2, 3]))) == [(TOPIC, "Sewing", "NY", 3)]


def test_many_needs_of_two_parties_are_no_count():
    assert told(*rows(("Sewing", "life", "NY", [1, 1, 1, 2, 2, 2]))) == []


def test_states_too_small_to_tell_are_told_together():
    found = rows(
        ("Sewing", "life", "CT", [4]),
        ("Sewing", "life", "NJ", [5, 6]),
        ("Sewing", "life", "NY", [1, 2, 3]),
    )

    assert told(*found) == [(TOPIC, "Sewing", "NY", 3), (TOPIC, "Sewing", COUNTRY, 3)]


def test_topics_too_small_to_tell_are_told_as_their_group_then_as_others():
    assert told(
        *rows(("Sewing", "life", "NY", [1]), ("Cooking", "life", "NY", [2, 3])),
        *rows(("Baker", "job", "NY", [4])),
    ) == [(GROUP, "life", "NY", 3)]
    assert told(
        *rows(("Sewing", "life", "NY", [1]), ("Baker", "job", "NY", [2]), ("GED", "x", "NY", [3]))
    ) == [(OTHERS, "", "NY", 3)]


def test_a_confidential_party_alone_in_a_state_is_told_for_the_country_alone():
    others = rows(("Sewing", "life", "NY", [1, 2, 3]), ("Sewing", "life", "NJ", [4, 5]))
    alone = rows(("Sewing", "life", "NY", [9]), hidden=True)

    assert told(*others, *alone) == [(TOPIC, "Sewing", "NY", 3), (TOPIC, "Sewing", COUNTRY, 3)]
    two = rows(("Sewing", "life", "NY", [8, 9]), hidden=True)
    assert told(*others, *two) == [(TOPIC, "Sewing", "NY", 5)]


def test_the_third_party_is_never_the_one_that_hides():
    found = [
        *rows(("Sewing", "life", "NY", [1, 2])), *rows(("Sewing", "life", "NY", [9]), hidden=True)
    ]  # fmt: skip

    assert [cell.state for cell in cells_of(found)] == [COUNTRY]


def test_a_states_numbers_are_made_of_what_its_topics_tell():
    found = cells_of(rows(("Sewing", "life", "NY", [1, 2, 3, 4]), ("Sewing", "life", "NJ", [1])))
    needs = sorted(found[0].needs)
    party_of = dict(zip(needs, [1, 2, 3, 4], strict=True))

    assert states_of(found, met=needs[:1], party_of=party_of) == {"NY": StateCount(4, 3)}
    assert states_of(found, met=needs[:2], party_of=party_of) == {"NY": StateCount(4, 0)}
