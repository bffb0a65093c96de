"""Rows become facts and columns: whole, current, and never more than may be known."""

from datetime import date, timedelta

import pytest

from accounts.models import Membership, Party
from matching import fitting
from matching.market import retrieve
from matching.market.touched import touched
from opportunities.models import Need, Offer
from tests.factories import NOON, make_check, make_need, make_offer, make_party, make_user
from trail.models import Change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def market(**options):
    return retrieve.market(needs=Need.objects.all(), offers=Offer.objects.all(), at=NOON, **options)


def pairs_of(found):
    pairs = fitting.fitting(found)
    rows = zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)
    return sorted((found.needs[need].pk, found.offers[offer].pk) for need, offer in rows)


def test_a_need_is_read_as_it_stands():
    need = make_need(
        exclusions=["alcohol"], requires=["transport"], dates=[date(2027, 2, 2)], audience="both"
    )

    facts = market().need_facts[0]

    assert (facts.key, facts.topics, facts.verified) == (need.pk, ("car-maintenance",), True)
    assert facts.slots == ((1, 18 * 60, 20 * 60),)
    assert (facts.exclusions, facts.requires) == (("alcohol",), ("transport",))
    assert (facts.dates, facts.required_check) == ((date(2027, 2, 2),), "fingerprint")
    assert facts.wait_days == 5


def test_a_confidential_need_is_counties_and_nothing_else():
    party = make_party(confidential=True, counties=["Kings County, NY"])
    make_need(party, confidential=True, counties=["Kings County, NY"])

    facts = market().need_facts[0]

    assert (facts.zip, facts.latitude, facts.longitude) == ("", None, None)
    (county,) = facts.counties
    assert county[0] == "Kings County, NY"
    assert county[1] == pytest.approx(40.65, abs=0.1)


def test_sessions_that_are_past_are_not_counted():
    need, _offer = make_need(start_date=date(2026, 12, 1)), make_offer()
    today = market(since=NOON.date())
    Need.objects.update(end_date=NOON.date() + 14 * DAY)  # three Tuesdays left, it needs four

    assert today.need_facts[0].start_date == NOON.date()
    assert pairs_of(market(since=NOON.date())) == []
    assert pairs_of(market()) == [(need.pk, Offer.objects.get().pk)]


@pytest.mark.parametrize(
    ("checks", "held"),
    [
        ([], {}),
        ([{"level": "registry"}], {"references", "registry"}),
        ([{"level": "registry"}, {"level": "references"}], {"references"}),
        ([{"level": "fingerprint"}, {}], {}),
        ([{"level": "registry", "withdrawn_at": NOON}], {}),
    ],
    ids=["nobody named", "one", "the lowest counts", "one without", "withdrawn"],
)
def test_an_offers_check_is_the_lowest_among_all_who_come(checks, held):
    people = [make_user() for _ in checks]
    for person, check in zip(people, checks, strict=True):
        if check:
            make_check(person, **check)
    make_offer(people=people)

    assert {level for level, _until in market().offer_facts[0].checks} == set(held)


def test_a_check_holds_until_the_first_of_them_ends():
    people = [make_user(), make_user()]
    for person, expires in zip(people, (None, date(2027, 3, 1)), strict=True):
        make_check(person, expires_date=expires)
    make_offer(people=people)

    assert dict(market().offer_facts[0].checks)["registry"] == date(2027, 3, 1)


def test_who_is_told_is_found_for_all_at_once_as_for_each():
    with_contact, with_partys_contact, with_former = (make_party() for _ in range(3))
    colleague, former = make_user(), make_user()
    for party in (with_contact, with_partys_contact):
        Membership.objects.create(user=colleague, party=party, role="staff", joined_at=NOON)
    Party.objects.filter(pk=with_partys_contact.pk).update(contact=colleague)
    needs = [
        make_need(with_contact, contact=colleague),
        make_need(with_contact),
        make_need(with_partys_contact),
        make_need(with_former, contact=former),
    ]
    found = market()

    at_once = [found.parties.told_id(need) for need in found.needs]
    one_by_one = [Need.objects.get(pk=need.pk).told.pk for need in needs]
    assert dict(zip([need.pk for need in found.needs], at_once, strict=True)) == dict(
        zip([need.pk for need in needs], one_by_one, strict=True)
    )


def test_a_party_and_a_person_stand_for_their_postings():
    teacher = make_user()
    need, offer = make_need(), make_offer(people=[teacher])
    make_need()
    changes = [
        Change(subject="party", subject_id=need.party_id, at=NOON),
        Change(subject="person", subject_id=teacher.pk, at=NOON),
        Change(subject="offer", subject_id=999, at=NOON),
    ]

    found = touched(changes)

    assert found.needs == {need.pk}
    assert (found.offers, found.rechecked) == ({offer.pk, 999}, {offer.pk})
