"""A posting without a match: what is counted, when, and what its party may know of it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from accounts.models import Party
from matching import pipeline
from matching.market.board import Board
from matching.market.touched import Touched
from matching.models import Block, Outlook
from matching.no_match import counting
from matching.no_match.counting import QUESTIONS_A_DAY, count_due
from matching.no_match.one_click import HasMoved, Step, take_back, widen
from opportunities import actions as opportunities
from opportunities.models import Need, Offer, Topic
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from trail import actions as trail

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SATURDAY = ["Sat 10:00-12:00"]


@pytest.fixture(autouse=True)
def _no_questions_yet():
    cache.clear()


def counted(posting, at=NOON):
    """What a worker that starts now writes down about it."""
    note(posting, at=at)
    count_due(board=Board(at=at), at=at)
    row = Outlook.objects.filter(**{posting.WORD: posting}).first()
    return row and row.counts


def note(posting, at=NOON):
    ids = frozenset([posting.pk])
    changed = Touched(ids, frozenset()) if isinstance(posting, Need) else Touched(frozenset(), ids)
    counting.make_due(changed, at=at)


def moves(counts):
    return {code: (value, count) for code, value, count in counts["moves"]}


def spread(make, count, **fields):
    """So many postings, each of a party of its own."""
    return [make(**fields) for _ in range(count)]


# What a need's party reads


def test_a_few_are_never_told_as_a_number():
    need = make_need()
    spread(make_offer, 4, slots=SATURDAY)

    counts = counted(need)

    assert (counts["sharing"], counts["fitting"], counts["alone"]) == (1, 0, [["time", 1]])
    assert moves(counts) == {"hours": ("weekends", 1)}


def test_from_five_on_it_is_told_how_many_and_what_one_change_would_gain():
    need = make_need()
    spread(make_offer, 6, slots=SATURDAY)
    spread(make_offer, 2, languages=["es"])

    counts = counted(need)

    assert (counts["sharing"], counts["alone"]) == (8, [["time", 6], ["language", 1]])
    assert moves(counts) == {"hours": ("weekends", 6), "language": ("es", 1)}


def test_two_conditions_in_the_way_are_named_without_a_number():
    need = make_need()
    spread(make_offer, 5, languages=["es"], capacity=1)

    counts = counted(need)

    assert (counts["alone"], counts["moves"], counts["together"]) == ([], [], ["language", "room"])


def test_only_verified_parties_live_offers_of_others_count():
    need = make_need()
    make_offer(status="paused", slots=SATURDAY)
    make_offer(make_party(verified=False), slots=SATURDAY)
    make_offer(need.party, slots=SATURDAY)
    make_offer(make_party(status="suspended"), slots=SATURDAY)
    make_offer(end_date=NOON.date() - DAY, slots=SATURDAY)
    over = make_offer(slots=SATURDAY)
    Party.objects.filter(pk=over.party_id).update(verified_until=NOON)

    assert counted(need)["sharing"] == 0


def test_whom_its_own_party_blocked_does_not_count_and_who_blocked_it_does():
    need = make_need()
    for side in ("own", "theirs"):
        offer = make_offer(slots=SATURDAY)
        pair = [need.party, offer.party] if side == "own" else [offer.party, need.party]
        Block.objects.create(party=pair[0], blocked=pair[1], created_at=NOON)
    mine = counted(need)
    Block.objects.filter(blocked=need.party).delete()

    assert (mine, mine["sharing"]) == (counted(need, NOON + HOUR * 2), 1)


def test_a_check_that_is_missing_is_counted_on_both_sides_and_never_lowered():
    needs = spread(make_need, 3, check_level="fingerprint")
    offers = spread(make_offer, 3)

    for posting in (needs[0], offers[0]):
        assert counted(posting)["alone"] == [["check", 1]]
    assert moves(counted(needs[1])) == {}
    assert moves(counted(offers[1])) == {"check": ("fingerprint", 1)}


def test_related_topics_are_offered_where_nobody_shares_the_topic():
    need = make_need(topics=("car-maintenance",))
    group = need.topics.get().group
    others = Topic.objects.filter(group=group, umbrella=False)
    other = others.exclude(slug="car-maintenance").order_by("pk").first().slug
    spread(make_offer, 5, topics=(other,))

    counts = counted(need)

    assert (counts["sharing"], counts["moves"]) == (0, [["topic", other, 5]])


# Silent facts


@pytest.mark.parametrize(
    "fact",
    [
        {"exclusions": ["alcohol"]},
        {"exclusions": ["not_woman_led"]},
        {"requires": ["faith_content"]},
    ],
)
def test_what_needs_exclude_or_wish_about_the_teacher_changes_no_count_of_an_offer(fact):
    spread(make_need, 5, slots=SATURDAY)
    offer = make_offer()
    before = counted(offer)
    Need.objects.update(**fact)

    for tags in ([], ["alcohol"], ["not_woman_led"], ["alcohol", "nights"]):
        Offer.objects.update(tags=tags)
        assert counted(offer, NOON + HOUR) == before
    assert before["alone"] == [["time", 5]]


def test_needs_for_minors_are_in_no_count_of_an_offer():
    teacher = make_user()
    make_check(teacher, level="fingerprint")
    spread(make_need, 5, audience="both", slots=SATURDAY)
    spread(make_need, 5, audience="minors", slots=SATURDAY)

    for audience in ("adults", "minors", "both"):
        assert counted(make_offer(audience=audience, people=[teacher]))["sharing"] == 0


def test_silent_facts_keep_offers_out_of_a_needs_counts_without_a_word():
    need = make_need(exclusions=["alcohol", "not_woman_led"])
    spread(make_offer, 5, tags=["alcohol"])
    spread(make_offer, 5, tags=["not_woman_led"], slots=SATURDAY)
    spread(make_offer, 5, audience="minors", slots=SATURDAY)

    counts = counted(need)

    assert counts == {"sharing": 0, "fitting": 0, "alone": [], "together": [], "moves": []}


def test_a_wish_about_the_teacher_is_never_a_condition_to_drop():
    need = make_need(requires=["faith_content", "transport"])
    spread(make_offer, 5, terms=["faith_content"])
    spread(make_offer, 5, terms=["transport"])

    assert moves(counted(need)) == {"term": ("transport", 5)}


def test_an_offer_of_a_confidential_party_is_in_no_count():
    need = make_need()
    hidden = make_party(confidential=True, counties=["Kings County, NY"])
    make_offer(hidden, zip="11201", latitude=40.69, longitude=-73.99, county="Kings County, NY")

    assert counted(need)["sharing"] == 0


# What an offer's party reads


def test_an_offer_is_told_of_needs_of_three_parties_and_never_of_fewer():
    two = [make_party(), make_party()]
    for party in two * 4:
        make_need(party, slots=SATURDAY)
    offer = make_offer()
    before = counted(offer)
    make_need(slots=SATURDAY)

    after = counted(offer, NOON + HOUR)

    assert before == {"sharing": 0, "fitting": 0, "alone": [], "together": [], "moves": []}
    assert (after["sharing"], after["alone"]) == (5, [["time", 5]])


def test_an_offer_is_told_at_least_how_many_in_steps():
    spread(make_need, 8, slots=SATURDAY)
    offer = make_offer()
    eight = counted(offer)
    make_need(slots=SATURDAY)

    assert counted(offer, NOON + HOUR) == eight
    assert moves(eight) == {"hours": ("weekends", 5)}


def test_where_a_need_stands_within_its_cell_changes_no_count_of_an_offer():
    needs = spread(make_need, 3)
    offer = make_offer(latitude=40.9, longitude=-73.6, zip="", radius_km=50)
    before = counted(offer)
    for latitude, longitude in ((40.501, -73.999), (40.999, -73.501), (40.69, -73.99)):
        Need.objects.filter(pk__in=[need.pk for need in needs]).update(
            latitude=latitude, longitude=longitude, zip=""
        )
        assert counted(offer, NOON + HOUR) == before
    assert before["fitting"] == 1


def test_who_changes_an_offer_all_day_is_answered_later(monkeypatch):
    spread(make_need, 5, slots=SATURDAY)
    offer = make_offer()
    owner = owner_of(offer.party)
    monkeypatch.setitem(QUESTIONS_A_DAY, "offer", 2)
    for change in range(2):
        opportunities.edit(posting=offer, by=owner, facts={"radius_km": 10 + change}, at=NOON)
        counted(offer)
    assert Outlook.objects.get().revision == Offer.objects.get(pk=offer.pk).revision
    opportunities.edit(posting=offer, by=owner, facts={"slots": SATURDAY}, at=NOON)
    other = make_offer(offer.party)

    kept = counted(offer)

    assert kept["alone"] == [["time", 5]]  # of before its last change
    assert counted(other) == {}
    assert counted(make_offer())["sharing"] == 5
    assert counted(other, NOON + DAY)["sharing"] == 5


def test_what_others_change_is_counted_again_without_using_up_a_day(monkeypatch):
    spread(make_need, 5, slots=SATURDAY)
    offer = make_offer()
    monkeypatch.setitem(QUESTIONS_A_DAY, "offer", 1)
    for _ in range(3):
        counted(offer)
    Need.objects.update(slots=["Tue 18:00-20:00"])

    assert counted(offer)["fitting"] == 5


# When


def test_a_change_is_counted_by_the_next_worker_and_again_within_the_hour():
    need = make_need()
    pipeline_run(need)
    row = Outlook.objects.get()
    assert (row.due_at, row.counted_at) == (NOON, None)

    count_due(board=Board(at=NOON), at=NOON)

    row.refresh_from_db()
    assert (row.counted_at, row.due_at, row.revision) == (NOON, NOON + HOUR, need.revision)
    assert count_due(board=Board(at=NOON), at=NOON) == 0
    assert count_due(board=Board(at=NOON), at=NOON + HOUR) == 1


def pipeline_run(posting):
    trail.changed(subject=posting.WORD, ids=[posting.pk], at=NOON)
    return pipeline.match_changes(at=NOON)


def test_a_posting_with_a_match_has_no_row():
    need, offer = make_need(), make_offer()

    assert pipeline_run(need) == 1
    count_due(board=Board(at=NOON), at=NOON)

    assert not Outlook.objects.exists()
    assert counted(offer) is None


def test_a_posting_whose_match_ended_has_one_again():
    match = make_match(status="declined")

    assert counted(match.need)["fitting"] == 1


@pytest.mark.parametrize("status", ["draft", "paused", "withdrawn"])
def test_what_is_not_live_is_never_counted(status):
    need = make_need()
    counted(need)
    Need.objects.update(status=status)

    assert counted(need, NOON + HOUR * 2) is None


def test_a_change_while_it_is_counted_is_counted_once_more(monkeypatch):
    need = make_need()
    note(need)
    count = counting.counts_of

    def and_meanwhile(*args, **options):
        note(need, at=NOON + HOUR)
        return count(*args, **options)

    monkeypatch.setattr(counting, "counts_of", and_meanwhile)
    count_due(board=Board(at=NOON), at=NOON)

    row = Outlook.objects.get()
    assert (row.counted_at, row.due_at) == (None, NOON + HOUR)


def test_a_worker_that_dies_leaves_it_to_the_next():
    need = make_need()
    note(need)
    Outlook.objects.claim(limit=5, at=NOON)

    assert Outlook.objects.claim(limit=5, at=NOON) == []
    assert len(Outlook.objects.claim(limit=5, at=NOON + Outlook.LEASE)) == 1


def test_a_row_is_of_one_posting():
    for sides in ({}, {"need": make_need(), "offer": make_offer()}):
        with pytest.raises(IntegrityError, match="outlook_is_of_one_posting"), transaction.atomic():
            Outlook.objects.create(due_at=NOON, **sides)


# What a press does, where no page could ask for it


def test_what_was_changed_again_since_is_not_taken_back():
    need = make_need(languages=["fr"])
    step = Step("languages", ["en"], ["en", "es"])

    with pytest.raises(HasMoved):
        take_back(posting=need, step=step, by=owner_of(need.party), at=NOON)


def test_a_confidential_need_names_one_more_county_by_a_press():
    home = make_party(confidential=True, counties=["Kings County, NY"])
    need = make_need(home, confidential=True, counties=["Kings County, NY"])
    there = {"latitude": 40.75, "longitude": -73.59, "zip": "", "county": "Nassau County, NY"}
    offer = make_offer(radius_km=1, **there)
    counts = counted(need)

    owner = owner_of(home)
    widen(posting=need, code="county", value="Nassau County, NY", by=owner, at=NOON)

    need.refresh_from_db()
    assert moves(counts) == {"county": ("Nassau County, NY", 1)}
    assert need.counties == ["Kings County, NY", "Nassau County, NY"]
    assert pipeline_run(need) == 1
    assert need.matches.get().offer == offer
