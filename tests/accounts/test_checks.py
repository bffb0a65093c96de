"""What people's checks say, alone and together."""

from datetime import date

import pytest

from accounts import checks
from accounts.checks import levels_held, levels_of_all
from tests.factories import NOON, make_check, make_reviewer, make_user
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
JUNE, JULY, NEVER = date(2027, 6, 30), date(2027, 7, 31), None


def record(person, by, **facts):
    values = {"level": "registry", "issued_date": date(2027, 1, 1), "expires_date": JUNE} | facts
    return checks.record_check(person=person, by=by, at=NOON, **values)


def held(*found):
    person = make_user()
    for level, expires in found:
        make_check(person, level, expires_date=expires)
    return levels_held([person.pk])[person.pk]


def test_a_reviewer_records_a_check_and_the_matcher_hears_of_it():
    person, reviewer = make_user(), make_reviewer()

    check = record(person, reviewer)

    assert (check.level, check.expires_date, check.recorded_by) == ("registry", JUNE, reviewer)
    assert list(Change.objects.values_list("subject", "subject_id")) == [("person", person.pk)]
    audit = Audit.objects.get()
    assert (audit.actor_id, audit.verb) == (reviewer.pk, "check_recorded")
    assert audit.facts == {"person": person.pk, "level": "registry"}


def test_only_reviewers_record_and_nobody_their_own():
    reviewer = make_reviewer()

    with pytest.raises(checks.MayNotRecord):
        record(make_user(), make_user())
    with pytest.raises(checks.MayNotRecord):
        record(reviewer, reviewer)


def test_a_withdrawn_check_counts_no_more():
    person, reviewer = make_user(), make_reviewer()
    check = record(person, reviewer)
    Change.objects.all().delete()

    checks.withdraw_check(check=check, by=reviewer, at=NOON)

    assert levels_held([person.pk]) == {person.pk: {}}
    assert Change.objects.get().subject == "person"
    with pytest.raises(checks.WithdrawnAlready):
        checks.withdraw_check(check=check, by=reviewer, at=NOON)


def test_only_reviewers_withdraw_and_nobody_their_own():
    reviewer = make_reviewer()
    check = record(reviewer, make_reviewer())

    for person in (make_user(), reviewer):
        with pytest.raises(checks.MayNotRecord):
            checks.withdraw_check(check=check, by=person, at=NOON)


@pytest.mark.parametrize(
    ("found", "levels"),
    [
        ([], {}),
        ([("references", JUNE)], {"references": JUNE}),
        ([("registry", JUNE)], {"references": JUNE, "registry": JUNE}),
        (
            [("fingerprint", NEVER)],
            {"references": NEVER, "registry": NEVER, "fingerprint": NEVER},
        ),
        (
            [("fingerprint", JUNE), ("references", JULY)],
            {"references": JULY, "registry": JUNE, "fingerprint": JUNE},
        ),
        (
            [("registry", NEVER), ("fingerprint", JUNE)],
            {"references": NEVER, "registry": NEVER, "fingerprint": JUNE},
        ),
        ([("registry", JUNE), ("registry", JULY)], {"references": JULY, "registry": JULY}),
    ],
)
def test_a_check_counts_for_every_lower_level_until_it_ends(found, levels):
    assert held(*found) == levels


def test_each_person_is_answered_for_even_without_a_check():
    first, second = make_user(), make_user()
    make_check(first, "references", expires_date=JUNE)

    assert levels_held([first.pk, second.pk]) == {first.pk: {"references": JUNE}, second.pk: {}}


def test_many_people_cost_one_query(django_assert_num_queries):
    people = [make_user().pk for _number in range(5)]

    with django_assert_num_queries(1):
        levels_held(people)


@pytest.mark.parametrize(
    ("group", "together"),
    [
        ([], {}),
        ([{}], {}),
        ([{"references": JUNE}, {}], {}),
        ([{"references": JUNE}, {"references": JULY}], {"references": JUNE}),
        ([{"references": NEVER}, {"references": JULY}], {"references": JULY}),
        ([{"references": NEVER}, {"references": NEVER}], {"references": NEVER}),
        (
            [{"references": NEVER, "registry": NEVER}, {"references": JUNE}],
            {"references": JUNE},
        ),
    ],
)
def test_of_everyone_who_comes_the_lowest_check_counts(group, together):
    assert levels_of_all(group) == together


def test_levels_up_to_leaves_out_none():
    assert checks.levels_up_to("none") == []
    assert checks.levels_up_to("registry") == ["references", "registry"]
