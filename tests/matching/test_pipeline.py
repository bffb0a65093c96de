"""From what changed to what both sides are told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from accounts.models import Membership
from matching import actions, pipeline, room
from matching.allocate import CANDIDATES
from matching.market.board import Board
from matching.models import Block, Match
from matching.score import WEIGHTS
from notices.models import Notice
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
from trail.models import Change

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Status = Match.Status


def changed(*postings, at=NOON):
    for posting in postings:
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=at)


def match_now(*postings, at=NOON):
    """Say that these changed, and let the matcher look. Returns all open pairs."""
    changed(*postings, at=at)
    pipeline.match_changes(at=at)
    return set(Match.objects.unanswered().values_list("need_id", "offer_id"))


def told(person):
    return list(
        Notice.objects.filter(recipient=person).order_by("pk").values_list("event", flat=True)
    )


# What is proposed


@pytest.mark.parametrize("which", ["need", "offer", "both", "need's party", "offer's party"])
def test_whatever_changed_a_fit_is_proposed_once_and_both_sides_are_told(which):
    need, offer = make_need(), make_offer()
    for subject, row in {
        "need": [("need", need)],
        "offer": [("offer", offer)],
        "both": [("need", need), ("offer", offer)],
        "need's party": [("party", need.party)],
        "offer's party": [("party", offer.party)],
    }[which]:
        trail.changed(subject=subject, ids=[row.pk], at=NOON)

    proposed = [pipeline.match_changes(at=NOON) for _ in range(2)]

    match = Match.objects.get()
    assert proposed == [1, 0]
    assert (match.need, match.offer, match.proposed_at) == (need, offer, NOON)
    assert told(owner_of(need.party)) == ["proposed"]
    assert told(owner_of(offer.party)) == ["proposed"]
    assert not Change.objects.unmatched().exists()


def test_a_check_that_was_recorded_brings_the_persons_offers_back():
    teacher = make_user()
    need, offer = make_need(check_level="registry"), make_offer(people=[teacher])
    before = match_now(need, offer)
    make_check(teacher)
    trail.changed(subject="person", ids=[teacher.pk], at=NOON)
    pipeline.match_changes(at=NOON)

    assert before == set()
    assert Match.objects.get().offer == offer


def test_a_match_says_why_in_sentences_for_both_sides():
    match_now(make_need(), make_offer())
    match = Match.objects.get()
    assert 0 < match.score <= 1
    assert match.why("need").fits
    assert match.why("offer").fits


def test_who_is_told_is_the_postings_contact_while_they_belong_to_the_team():
    need, former = make_need(), make_user()
    colleague = make_user()
    Membership.objects.create(user=colleague, party=need.party, role="staff", joined_at=NOON - DAY)
    Need.objects.update(contact=colleague)
    Offer.objects.update(contact=former)

    match_now(need, make_offer(contact=former))

    assert told(colleague) == ["proposed"]
    assert told(former) == []
    assert Notice.objects.count() == 2


def test_a_party_that_nobody_speaks_for_yet_is_matched_all_the_same():
    need, offer = make_need(), make_offer()
    need.party.memberships.all().delete()

    assert match_now(need, offer) == {(need.pk, offer.pk)}
    assert Notice.objects.count() == 1


UNVERIFIED = ["draft", "more_information", "lapsed", "declined", "suspended"]
NOT_LIVE = {
    **{
        f"need {s}": lambda need, offer, s=s: set_to(need, status=s)
        for s in Need.Status.values
        if s != "open"
    },
    **{
        f"offer {s}": lambda need, offer, s=s: set_to(offer, status=s)
        for s in Offer.Status.values
        if s != "active"
    },
    **{
        f"need's party {s}": lambda need, offer, s=s: set_to(need.party, status=s)
        for s in UNVERIFIED
    },
    **{
        f"offer's party {s}": lambda need, offer, s=s: set_to(offer.party, status=s)
        for s in UNVERIFIED
    },
    "need's party past its year": lambda need, offer: set_to(need.party, verified_until=NOON),
    "offer's party past its year": lambda need, offer: set_to(offer.party, verified_until=NOON),
    "need over": lambda need, offer: set_to(need, end_date=NOON.date() - DAY),
    "offer over": lambda need, offer: set_to(offer, end_date=NOON.date() - DAY),
    "same party": lambda need, offer: set_to(offer, party=need.party),
    "same person": lambda need, offer: Membership.objects.create(
        user=owner_of(need.party), party=offer.party, role="staff", joined_at=NOON
    ),
    "person who comes": lambda need, offer: offer.people.set([owner_of(need.party)]),
    "contact of the other side": lambda need, offer: set_to(need, contact=owner_of(offer.party)),
    "need's block": lambda need, offer: Block.objects.create(
        party=need.party, blocked=offer.party, created_at=NOON
    ),
    "offer's block": lambda need, offer: Block.objects.create(
        party=offer.party, blocked=need.party, created_at=NOON
    ),
    "need full": lambda need, offer: make_match(need, status="introduced"),
    "hours full": lambda need, offer: make_match(offer=offer, status="introduced"),
}


def set_to(row, **values):
    """As raw ORM would, past every action."""
    type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


def test_what_is_not_live_together_is_never_proposed():
    """Many pairs, each with a topic of its own; nothing happens to the last."""
    slugs = Topic.objects.filter(umbrella=False).exclude(slug="car-maintenance").order_by("pk")
    pairs = [
        (make_need(topics=(slug,)), make_offer(topics=(slug,)))
        for slug in slugs.values_list("slug", flat=True)[: len(NOT_LIVE) + 1]
    ]
    *spoiled, (need, offer) = pairs
    for undo, two in zip(NOT_LIVE.values(), spoiled, strict=True):
        undo(*two)

    found = match_now(*(posting for two in pairs for posting in two))
    forced = actions.propose(proposals=[proposal(*two) for two in spoiled], at=NOON)

    assert found == {(need.pk, offer.pk)}
    assert forced == []
    told_of_it = Notice.objects.filter(event="proposed").values_list("recipient_id", flat=True)
    assert set(told_of_it) == {owner_of(need.party).pk, owner_of(offer.party).pk}


def proposal(need, offer):
    """What the matcher would hand over, had it seen this pair fit."""
    return actions.Proposal(
        need_id=need.pk,
        offer_id=offer.pk,
        need_revision=need.revision,
        offer_revision=offer.revision,
        score=0.9,
        reasons=[],
    )


# The locked door


def test_a_pair_that_no_longer_fits_is_not_proposed_however_it_was_chosen():
    need, offer = make_need(languages=["es"]), make_offer()
    assert actions.propose(proposals=[proposal(need, offer)], at=NOON) == []


def test_a_pair_seen_before_an_edit_is_left_to_the_edits_own_change():
    need, offer = make_need(), make_offer()
    seen = proposal(need, offer)
    set_to(offer, revision=2)
    assert actions.propose(proposals=[seen], at=NOON) == []


def test_the_same_pair_twice_in_one_call_is_proposed_once():
    pair = proposal(make_need(), make_offer())
    assert len(actions.propose(proposals=[pair, pair], at=NOON)) == 1


def test_room_is_counted_again():
    need = make_need()
    proposals = [proposal(need, make_offer()) for _ in range(5)]
    assert len(actions.propose(proposals=proposals, at=NOON)) == 1 + room.NEED_SPARE


# Once, ever


@pytest.mark.parametrize("status", ["declined", "expired", "ended"])
def test_a_pair_that_was_closed_never_returns_unless_one_side_changed(status):
    match = make_match(status=status)
    same = match_now(match.need, match.offer)
    set_to(match.offer, revision=2)
    again = match_now(match.offer)

    assert same == set()
    assert again == {(match.need_id, match.offer_id)}


def test_a_pair_that_nobody_refused_returns_when_it_can():
    match = make_match()
    owner = owner_of(match.offer.party)
    opportunities.pause(posting=match.offer, by=owner, at=NOON)
    pipeline.match_changes(at=NOON)
    match.refresh_from_db()
    opportunities.resume(posting=match.offer, by=owner, at=NOON + HOUR)

    assert match.status == Status.WITHDRAWN
    assert match_now(match.offer, at=NOON + HOUR) == {(match.need_id, match.offer_id)}


def test_a_pair_that_falls_apart_again_and_again_stays_apart():
    match = make_match(status="withdrawn")
    make_match(match.need, match.offer, status="withdrawn")
    third_time = match_now(match.need)
    Match.objects.update(status=Status.WITHDRAWN)

    assert third_time == {(match.need_id, match.offer_id)}
    assert match_now(match.need) == set()


def test_a_declined_pair_is_reopened_at_most_once_in_ninety_days():
    first = make_match(status="declined", proposed_at=NOON - 120 * DAY)
    make_match(
        first.need,
        first.offer,
        status="declined",
        offer_revision=2,
        proposed_at=NOON - 60 * DAY,
    )
    set_to(first.offer, revision=3)

    early = match_now(first.offer)
    later = match_now(first.offer, at=NOON + 31 * DAY)

    assert early == set()
    assert later == {(first.need_id, first.offer_id)}


def test_those_who_said_no_crowd_nobody_out():
    """More than are looked at for a need, all of them better than the one who is left."""
    need = make_need()
    for _ in range(CANDIDATES + 1):
        make_match(need, make_offer(terms=["transport", "child_care"]), status="declined")
    far = {"latitude": need.latitude + 0.6, "zip": "", "radius_km": 80}
    left = make_offer(end_date=NOON.date() + 25 * DAY, **far)

    assert match_now(need) == {(need.pk, left.pk)}


def test_a_no_brings_the_next_candidate_at_once():
    need = make_need()
    offers = [make_offer() for _ in range(4)]
    asked = match_now(need)
    match = Match.objects.order_by("pk").first()

    actions.decline(match=match, by=owner_of(match.offer.party), at=NOON)
    pipeline.match_changes(at=NOON)

    assert len(asked) == 3
    assert {offer for _, offer in match_now(need)} == {offer.pk for offer in offers}


# Limits


def test_a_need_has_a_few_open_proposals_beyond_its_places():
    need = make_need(helpers=2)
    for _ in range(8):
        make_offer()
    assert len(match_now(need)) == 2 + room.NEED_SPARE


def test_an_offer_is_asked_for_little_more_than_it_can_give():
    offer = make_offer(kind="job", capacity=3)
    for _ in range(8):
        make_need(kind="job", seats=1)
    assert len(match_now(offer)) == 3 + room.OFFER_SPARE


def test_every_need_is_served_before_any_gets_a_second():
    needs = [make_need() for _ in range(3)]
    offers = [make_offer() for _ in range(3)]
    match_now(*needs)
    match_now(*offers)
    served = set(Match.objects.values_list("need_id", flat=True))
    assert served == {need.pk for need in needs}


def test_nobody_hears_of_more_than_a_days_worth_and_the_rest_comes_tomorrow():
    busy = make_party("business")
    offers = [make_offer(busy) for _ in range(room.DAILY_LIMIT["offer"] + 5)]
    needs = [make_need(title=f"Class {n}") for n in range(len(offers))]
    today = len(match_now(*needs, *offers))
    again = len(match_now(at=NOON + DAY / 2))
    tomorrow = len(match_now(at=NOON + DAY))

    assert today == again == room.DAILY_LIMIT["offer"]
    assert tomorrow > today


def test_below_the_floor_nothing_is_proposed():
    far = {"latitude": 41.0, "longitude": -73.99, "zip": "10589"}
    weak = make_need(
        title="x", description="y", topics=("career-readiness",), slots=[], sessions=1, **far
    )
    offer = make_offer(title="q", description="z", slots=[])
    match_now(weak, offer)
    scores = Match.objects.values_list("score", flat=True)
    assert all(score >= WEIGHTS.floor for score in scores)


# What is closed


def test_pausing_lets_open_proposals_go_and_tells_the_other_side_once():
    match = make_match()
    owner, other = owner_of(match.need.party), owner_of(match.offer.party)

    opportunities.pause(posting=match.need, by=owner, at=NOON)
    for _ in range(2):
        pipeline.match_changes(at=NOON)

    match.refresh_from_db()
    assert match.status == Status.WITHDRAWN
    assert (told(owner), told(other)) == ([], ["withdrawn"])


def test_a_withdrawn_check_lets_open_proposals_go():
    teacher = make_user()
    check = make_check(teacher)
    match = make_match(make_need(check_level="registry"), make_offer(people=[teacher]))
    check.withdrawn_at = NOON
    check.save()
    trail.changed(subject="person", ids=[teacher.pk], at=NOON)

    pipeline.match_changes(at=NOON)

    match.refresh_from_db()
    assert match.status == Status.WITHDRAWN
    assert told(owner_of(match.need.party)) == ["withdrawn"]


def test_more_seats_move_the_line_up():
    need = make_need(kind="job", seats=1, status="filled")
    make_match(need, make_offer(kind="job"), status="introduced")
    waiting = make_match(need, make_offer(kind="job"), status="waiting")
    set_to(need, seats=2)

    match_now(need)

    waiting.refresh_from_db()
    assert waiting.status == Status.INTRODUCED


def test_more_seats_open_a_filled_need_again_and_find_somebody():
    need = make_need(kind="job", seats=1, status="filled")
    make_match(need, make_offer(kind="job"), status="introduced")
    offer = make_offer(kind="job")
    set_to(need, seats=2)

    assert match_now(need) == {(need.pk, offer.pk)}


def test_a_posting_that_cannot_be_read_never_stops_the_others():
    broken = [
        make_need(slots=["whenever"]),
        make_need(time_zone="Mars/Olympus"),
        make_need(audience="everybody"),
        make_offer(kind="gift"),
    ]
    need, offer = make_need(), make_offer()

    assert match_now(*broken, need, offer) == {(need.pk, offer.pk)}


def test_a_change_for_a_later_day_is_left_until_then():
    need, offer = make_need(), make_offer()
    trail.changed(subject="need", ids=[need.pk], at=NOON, not_before=NOON + DAY)

    assert match_now() == set()
    assert match_now(at=NOON + DAY) == {(need.pk, offer.pk)}


def test_many_changes_are_matched_in_batches(monkeypatch):
    monkeypatch.setattr(pipeline, "AT_ONCE", 2)
    needs = [make_need() for _ in range(5)]
    offers = [make_offer() for _ in range(10)]  # enough for what the first batch takes

    match_now(*needs, *offers)

    assert set(Match.objects.values_list("need_id", flat=True)) == {need.pk for need in needs}
    assert not Change.objects.unmatched().exists()


def test_matching_costs_as_many_queries_for_twenty_postings_as_for_two(
    django_assert_max_num_queries,
):
    def queries(count):
        postings = [make_need() for _ in range(count)] + [
            make_offer(people=[make_user()]) for _ in range(count)
        ]
        changed(*postings)
        found = pipeline.touched(list(Change.objects.unmatched()))
        board = Board(at=NOON)
        with django_assert_max_num_queries(30) as captured:
            board.refresh(at=NOON)
            pipeline.candidates(board, found, at=NOON)
        return len(captured)

    assert queries(1) == queries(10)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_propose_each_pair_once():
    needs = [make_need() for _ in range(6)]
    offers = [make_offer() for _ in range(6)]
    changed(*needs, *offers)

    def work(_number):
        try:
            return pipeline.match_changes(at=NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        proposed = list(pool.map(work, range(3)))

    pairs = list(Match.objects.values_list("need_id", "offer_id"))
    assert sum(proposed) == len(pairs) == len(set(pairs))
    assert {need for need, _ in pairs} == {need.pk for need in needs}
    assert Notice.objects.count() == 2 * len(pairs)
    assert not Change.objects.unmatched().exists()
    for need in needs:
        assert need.matches.count() <= 1 + room.NEED_SPARE


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_is_not_missed():
    """Its number is lower than one that is matched already."""
    need, offer = make_need(), make_offer()
    written, matched = Event(), Event()

    def commit_late():
        try:
            with transaction.atomic():
                changed(need)
                written.set()
                matched.wait(timeout=30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(commit_late)
        written.wait(timeout=30)
        trail.changed(subject="party", ids=[make_party().pk], at=NOON)
        early = pipeline.match_changes(at=NOON)
        matched.set()
        late.result()

    assert (early, pipeline.match_changes(at=NOON)) == (0, 1)
    assert Match.objects.get().offer == offer


def test_work_that_was_cut_off_is_done_again_and_nothing_is_told_twice(monkeypatch):
    need, offer = make_need(), make_offer()
    changed(need, offer)

    def die(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline.closing, "withdraw_unfit", die)
    with pytest.raises(KeyboardInterrupt):
        pipeline.match_changes(at=NOON)
    cut_off = Match.objects.count(), Notice.objects.count()
    monkeypatch.undo()
    pipeline.match_changes(at=NOON)

    assert cut_off == (0, 0)
    assert Match.objects.count() == 1
    assert Notice.objects.count() == 2


def test_two_texts_that_say_much_the_same_are_a_reason_to_meet():
    words = {"title": "Brakes and oil changes", "description": "Brakes, oil changes, tires."}

    match_now(make_need(**words), make_offer(**words))

    codes = [reason["code"] for reason in Match.objects.get().reasons]
    assert "words_close" in codes
