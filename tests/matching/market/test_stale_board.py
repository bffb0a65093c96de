"""A stale or half-refreshed board costs a proposal; it never breaks a rule.

Each row below is changed past every action, so that no trace of it is in the log and the
board goes on believing what was true before.
"""

from datetime import timedelta

import pytest

from accounts.models import Check, Membership
from matching import pipeline
from matching.market.board import Board
from matching.market.touched import Touched
from matching.models import Block, Match
from opportunities.models import Need, Offer, Topic
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_user,
    owner_of,
)
from trail import actions as trail

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def set_to(row, **values):
    type(row).objects.filter(pk=row.pk).update(**values)


def other_topics(need, offer):
    elsewhere = Topic.objects.filter(umbrella=False).exclude(group=need.topics.get().group)
    offer.topics.set([elsewhere.order_by("pk").last()])


def other_kind(need, offer):
    set_to(need, kind="job", helpers=1)


def checks_of(offer):
    return Check.objects.filter(person__in=offer.people.all())


def taken_hours(need, offer):
    make_match(offer=offer, status="introduced")


BREAKS = {
    "1 need's party": lambda need, offer: set_to(need.party, status="suspended"),
    "1 offer's party": lambda need, offer: set_to(offer.party, verified_until=NOON),
    "2 kind": other_kind,
    "3 topics": other_topics,
    "4 mode": lambda need, offer: set_to(offer, mode="remote"),
    "4 place": lambda need, offer: set_to(need, zip="94110", latitude=37.7, longitude=-122.4),
    "4 radius": lambda need, offer: set_to(need, zip="", latitude=40.0),
    "4 hidden": lambda need, offer: set_to(
        need,
        confidential=True,
        zip="",
        latitude=None,
        longitude=None,
        county="",
        counties=["Kern County, CA"],
    ),
    "5 dates": lambda need, offer: set_to(offer, start_date=NOON.date() + 300 * DAY, end_date=None),
    "6 hours": lambda need, offer: set_to(offer, slots=["Wed 18:00-20:00"]),
    "6 zone": lambda need, offer: set_to(offer, time_zone="Pacific/Honolulu"),
    "6 length": lambda need, offer: set_to(need, minutes=121),
    "6 sessions": lambda need, offer: set_to(need, sessions=100),
    "6 listed dates": lambda need, offer: set_to(offer, dates=[NOON.date()]),
    "7 languages": lambda need, offer: set_to(need, languages=["es"]),
    "8 level": lambda need, offer: set_to(need, check_level="fingerprint"),
    "8 minors": lambda need, offer: (
        set_to(need, audience="minors"),
        set_to(offer, audience="both"),
    ),
    "8 withdrawn": lambda need, offer: checks_of(offer).update(withdrawn_at=NOON),
    "8 ends": lambda need, offer: checks_of(offer).update(expires_date=NOON.date() + DAY),
    "8 who comes": lambda need, offer: offer.people.add(make_user()),
    "9 audience": lambda need, offer: set_to(offer, audience="minors"),
    "10 exclusions": lambda need, offer: (
        set_to(need, exclusions=["alcohol"]),
        set_to(offer, tags=["alcohol"]),
    ),
    "11 room": lambda need, offer: set_to(need, seats=11),
    "12 terms": lambda need, offer: set_to(need, requires=["transport"]),
    "live: need": lambda need, offer: set_to(need, status="paused"),
    "live: offer": lambda need, offer: set_to(offer, status="suspended"),
    "live: over": lambda need, offer: set_to(need, end_date=NOON.date() - DAY),
    "live: same party": lambda need, offer: set_to(offer, party=need.party),
    "live: same person": lambda need, offer: Membership.objects.create(
        user=owner_of(need.party), party=offer.party, role="staff", joined_at=NOON
    ),
    "live: block": lambda need, offer: Block.objects.create(
        party=need.party, blocked=offer.party, created_at=NOON
    ),
    "live: declined": lambda need, offer: make_match(need, offer, status="declined"),
    "live: need's room": lambda need, offer: make_match(need, status="introduced"),
    "live: hours taken": taken_hours,
}
NOTHING = "nothing"
LEVELS = {"check_level": "registry"}


def pair(topics=("car-maintenance",)):
    teacher = make_user()
    make_check(teacher)
    need = make_need(topics=topics, **LEVELS)
    return need, make_offer(topics=topics, people=[teacher])


def new_matches(of, needs=(), offers=()):
    """What is proposed for these, by a board as stale as it is."""
    before = set(Match.objects.values_list("pk", flat=True))
    about = Touched(frozenset(row.pk for row in needs), frozenset(row.pk for row in offers))
    pipeline.match(of, about, at=NOON)
    return list(Match.objects.exclude(pk__in=before))


def a_pair_for_each_break():
    """By name, each with a topic of its own, and one that nothing happens to."""
    slugs = Topic.objects.filter(umbrella=False).exclude(slug="car-maintenance").order_by("pk")
    names = [NOTHING, *BREAKS]
    topics = zip(slugs.values_list("slug", flat=True)[: len(names)], strict=True)
    return dict(zip(names, map(pair, topics), strict=True))


def spoil(pairs):
    for name, break_ in BREAKS.items():
        break_(*pairs[name])


def proposed_by(of, pairs, *, needs=False, offers=False):
    """The names of the pairs that it proposes, asked about one side or both."""
    asked = {"needs": [need for need, _offer in pairs.values()]} if needs else {}
    asked |= {"offers": [offer for _need, offer in pairs.values()]} if offers else {}
    names = {(need.pk, offer.pk): name for name, (need, offer) in pairs.items()}
    found = new_matches(of, **asked)
    return [names.get((match.need_id, match.offer_id), "another") for match in found]


@pytest.mark.parametrize("asked", ["needs", "offers"])
def test_a_stale_board_never_leads_to_a_proposal_that_breaks_a_rule(asked):
    pairs = a_pair_for_each_break()
    of = Board(at=NOON)
    spoil(pairs)

    assert proposed_by(of, pairs, **{asked: True}) == [NOTHING]


@pytest.mark.parametrize("seen", ["need", "offer"])
def test_a_half_refreshed_board_never_does_either(seen):
    """One side is read anew, the other is as it was."""
    pairs = a_pair_for_each_break()
    of = Board(at=NOON)
    spoil(pairs)
    rows = [need if seen == "need" else offer for need, offer in pairs.values()]
    trail.changed(subject=seen, ids=[row.pk for row in rows], at=NOON)
    of.refresh(at=NOON)

    assert proposed_by(of, pairs, needs=True, offers=True) == [NOTHING]


def test_what_a_stale_board_cost_comes_with_the_next_look():
    need, offer = pair()
    set_to(need, languages=["es"])
    of = Board(at=NOON)
    set_to(need, languages=["en"])
    missed = new_matches(of, needs=[need])

    trail.changed(subject="need", ids=[need.pk], at=NOON)
    pipeline.match_changes(at=NOON, board=of)

    assert missed == []
    assert Match.objects.get().offer == offer


def test_a_posting_that_is_gone_by_the_time_it_is_read_is_passed_over():
    _need, offer = pair()
    other = make_offer(people=[Offer.objects.get().people.get()])
    of = Board(at=NOON)
    Offer.objects.filter(pk=offer.pk).delete()

    (match,) = new_matches(of, needs=[Need.objects.get()])

    assert match.offer == other
