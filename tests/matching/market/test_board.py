"""The board knows what a fresh reading would: whatever happened, in whatever order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from accounts import checks
from accounts.models import Check, Party
from matching import actions, fitting
from matching.candidates import candidates
from matching.market import board, retrieve, shelf
from matching.market.board import Board
from matching.market.touched import Touched
from matching.models import Match
from opportunities import actions as opportunities
from opportunities.models import Need, Offer, Topic
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from trail import actions as trail
from trail.models import Change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def pairs_on(of, *, at=NOON, ask="needs"):
    """Every pair that fits by the board, asked from one side."""
    if ask == "needs":
        pairs = of.fits_of_needs(of.needs.rows_of(ids(Need)), at=at)
    else:
        pairs = of.fits_of_offers(of.offers.rows_of(ids(Offer)), at=at)
    needs, offers = of.needs.beside("keys", pairs.need), of.offers.beside("keys", pairs.offer)
    return sorted(zip(needs.tolist(), offers.tolist(), strict=True))


def pairs_in_rows(*, at=NOON):
    """Every pair that fits by the rows as they are now."""
    found = retrieve.market(
        needs=Need.objects.open_at(at),
        offers=Offer.objects.active_at(at),
        at=at,
        since=at.date(),
    )
    pairs = fitting.fits(found)
    rows = zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)
    return sorted((found.needs[need].pk, found.offers[offer].pk) for need, offer in rows)


def ids(model):
    return list(model.objects.values_list("pk", flat=True))


def agrees(of, *, at=NOON):
    """Whether both sides of the board, asked, say what the rows say; returns what that is."""
    expected = pairs_in_rows(at=at)
    assert pairs_on(of, at=at) == expected
    assert pairs_on(of, at=at, ask="offers") == expected
    return expected


def changed(*rows, at=NOON):
    for row in rows:
        word = "party" if isinstance(row, Party) else row.WORD
        trail.changed(subject=word, ids=[row.pk], at=at)


def set_to(row, **values):
    """As raw ORM would, past every action."""
    type(row).objects.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


# What it holds


def test_it_holds_what_is_live_and_nothing_else():
    fit = (make_need().pk, make_offer().pk)
    make_need(status="draft", opened_at=None)
    make_offer(status="paused")
    make_need(make_party(verified=False))
    make_offer(end_date=NOON.date() - DAY)
    make_need(slots=["whenever"])

    of = Board(at=NOON)

    assert (len(of.needs), len(of.offers)) == (1, 1)
    assert agrees(of) == [fit]


@pytest.mark.parametrize("fresh", [0, 3, 10_000])
def test_umbrellas_kinds_and_places_fit_as_they_would_read_anew(fresh, monkeypatch):
    """Half of all is there from the start, half comes later, in every order of asking."""
    monkeypatch.setattr(shelf, "FRESH", fresh)
    umbrella = Topic.objects.filter(umbrella=True).order_by("pk").first()
    sibling = Topic.objects.filter(group=umbrella.group, umbrella=False).order_by("pk").first()
    stranger = Topic.objects.exclude(group=umbrella.group).order_by("pk").first()
    sets = [(umbrella.slug,), (sibling.slug,), (stranger.slug,), (sibling.slug, stranger.slug)]
    of = Board(at=NOON)
    for kind in ({}, {"kind": "job"}, {"mode": "remote"}):
        for number, topics in enumerate(sets):
            need, offer = make_need(topics=topics, **kind), make_offer(topics=topics, **kind)
            changed(need, offer)
            if number % 2:
                of.refresh(at=NOON)
    hidden = make_party(confidential=True, counties=["Kings County, NY"])
    changed(make_need(hidden, confidential=True, counties=["Kings County, NY"]))

    of.refresh(at=NOON)

    assert len(agrees(of)) > len(sets)
    assert agrees(Board(at=NOON)) == agrees(of)


def test_what_may_be_proposed_around_a_change_is_what_all_would_be():
    needs = [make_need(), make_need(languages=["es"])]
    offers = [make_offer(), make_offer(languages=["es"]), make_offer(languages=["es", "en"])]
    of, every = Board(at=NOON), pairs_in_rows()

    for changed_needs in ([], needs[:1], needs):
        for changed_offers in ([], offers[:2]):
            about = Touched(
                frozenset(need.pk for need in changed_needs),
                frozenset(offer.pk for offer in changed_offers),
            )
            found, pairs = candidates(of, about, at=NOON)
            rows = zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)
            around = sorted((found.needs[n].pk, found.offers[o].pk) for n, o in rows)
            assert around == [
                pair for pair in every if pair[0] in about.needs or pair[1] in about.offers
            ]
    assert len(every) == 4


# What changes it: every action leaves what the board needs to know


def pause(need, offer):
    opportunities.pause(posting=offer, by=owner_of(offer.party), at=NOON)


def move_away(need, offer):
    owner = owner_of(need.party)
    opportunities.edit(posting=need, by=owner, facts={"zip": "94110"}, at=NOON)


def suspend_party(need, offer):
    set_to(offer.party, status="suspended")
    changed(offer.party)


def withdraw_check(need, offer):
    check = Check.objects.get(person__in=offer.people.all())
    checks.withdraw_check(check=check, by=make_reviewer(), at=NOON)


def take_its_hours(need, offer):
    introduce(make_match(make_need(), offer))


def introduce(match):
    for party in (match.need.party, match.offer.party):
        actions.accept(match=match, by=owner_of(party), at=NOON)
        match.refresh_from_db()


ENDS = [pause, move_away, suspend_party, withdraw_check, take_its_hours]


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_a_fit_is_seen(end):
    teacher = make_user()
    make_check(teacher)
    need, offer = make_need(check_level="registry"), make_offer(people=[teacher])
    of = Board(at=NOON)
    before = agrees(of)

    end(need, offer)
    of.refresh(at=NOON)

    assert before == [(need.pk, offer.pk)]
    assert agrees(of) == []


def test_hours_that_are_taken_while_others_are_left_are_seen():
    offer = make_offer(slots=["Tue 18:00-20:00", "Thu 18:00-20:00"])
    make_need()
    thursday = make_need(slots=["Thu 18:00-20:00"])
    of = Board(at=NOON)
    take_its_hours(None, offer)  # a Tuesday's

    of.refresh(at=NOON)

    assert agrees(of) == [(thursday.pk, offer.pk)]


def test_hours_that_an_introduction_gave_back_are_seen():
    offer = make_offer()
    take_its_hours(None, offer)
    need = make_need()
    of = Board(at=NOON)
    before = agrees(of)

    match = Match.objects.get()
    actions.end(match=match, by=owner_of(offer.party), reason="Ill.", at=NOON)
    of.refresh(at=NOON)

    assert before == []
    assert (need.pk, offer.pk) in agrees(of)


@pytest.mark.parametrize("fresh", [0, 10_000])
def test_a_fit_can_come_go_and_come_back(fresh, monkeypatch):
    monkeypatch.setattr(shelf, "FRESH", fresh)
    _need, offer = make_need(), make_offer()
    of = Board(at=NOON)
    seen = []
    for status in ("paused", "active", "paused", "active"):
        set_to(offer, status=status)
        changed(offer)
        of.refresh(at=NOON)
        seen.append(len(agrees(of)))
    assert seen == [0, 1, 0, 1]
    assert (len(of.needs), len(of.offers)) == (1, 1)


def test_a_topic_that_is_new_or_becomes_an_umbrella_is_understood():
    make_need(topics=("car-maintenance",))
    group = Topic.objects.get(slug="car-maintenance").group
    of = Board(at=NOON)
    Topic.objects.create(slug="of-this-test", name="Of this test", group=group, umbrella=True)
    offer = make_offer(topics=("of-this-test",))
    changed(offer)

    of.refresh(at=NOON)

    assert len(agrees(of)) == 1


# What time alone changes


@pytest.mark.parametrize("side", ["need", "offer"])
def test_a_partys_year_that_ends_is_seen_without_any_change(side):
    rows = {"need": make_need(), "offer": make_offer()}
    set_to(rows[side].party, verified_until=NOON + timedelta(minutes=1))
    of = Board(at=NOON)
    assert len(agrees(of)) == 1
    assert agrees(of, at=NOON + timedelta(minutes=1)) == []


def test_the_last_day_is_over_on_the_day_after_without_any_change():
    make_need(end_date=(NOON + 30 * DAY).date())
    make_offer(end_date=(NOON + 28 * DAY).date())
    of = Board(at=NOON)
    over = NOON + 29 * DAY
    assert (len(agrees(of)), agrees(of, at=over)) == (1, [])


def test_a_check_that_ends_before_the_class_does_is_seen():
    teacher = make_user()
    check = make_check(teacher, expires_date=(NOON + 200 * DAY).date())
    make_need(check_level="registry")
    make_offer(people=[teacher])
    of = Board(at=NOON)
    before = agrees(of)

    set_to(check, expires_date=(NOON + 60 * DAY).date())
    trail.changed(subject="person", ids=[teacher.pk], at=NOON)
    of.refresh(at=NOON)

    assert (len(before), agrees(of)) == (1, [])


def test_sessions_that_are_past_stop_counting_as_days_go_by():
    make_need(end_date=(NOON + 22 * DAY).date())  # four Tuesdays, of which it needs four
    make_offer()
    of = Board(at=NOON)
    before = agrees(of)

    tomorrow = NOON + DAY
    of.refresh(at=tomorrow)

    assert (len(before), agrees(of, at=tomorrow)) == (1, [])


def test_a_worker_that_slept_for_a_day_catches_up():
    _need, offer = make_need(), make_offer()
    of = Board(at=NOON)
    set_to(offer, languages=["es"])
    changed(offer)
    later = [make_need(languages=["es"]), make_offer()]
    changed(*later)
    Change.objects.update(matched_at=NOON)
    trail.trim_changes(at=NOON + DAY)

    of.refresh(at=NOON + DAY)

    assert len(agrees(of, at=NOON + DAY)) == 2


def test_a_worker_that_slept_past_a_trim_reads_everything_anew():
    need, offer = make_need(), make_offer()
    of = Board(at=NOON)
    set_to(offer, status="paused")
    changed(offer)
    Change.objects.update(matched_at=NOON)
    set_to(need, end_date=(NOON + 300 * DAY).date())
    later = NOON + trail.KEPT_FOR + DAY
    trail.trim_changes(at=later)

    of.refresh(at=later)

    assert not Change.objects.filter(subject="offer").exists()
    assert agrees(of, at=later) == []
    assert len(of.offers) == 0


# The order of commits


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_late_is_seen_although_later_changes_were_seen_before():
    need, offer = make_need(), make_offer()
    of = Board(at=NOON)
    written, seen = Event(), Event()

    def pause_slowly():
        try:
            with transaction.atomic():
                set_to(offer, status="paused")
                changed(offer)
                written.set()
                seen.wait(timeout=30)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(pause_slowly)
        written.wait(timeout=30)
        other = make_offer()
        changed(other)
        of.refresh(at=NOON)
        during = agrees(of)
        seen.set()
        slow.result(timeout=30)
    of.refresh(at=NOON)

    assert during == [(need.pk, offer.pk), (need.pk, other.pk)]
    assert agrees(of) == [(need.pk, other.pk)]


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_while_the_board_is_read_is_seen_afterwards(monkeypatch):
    need, offer = make_need(), make_offer()
    read = board.live_offers

    def read_slowly(*args, **options):
        found = read(*args, **options)
        if not options.get("ids"):
            set_to(offer, status="paused")
            changed(offer)
        return found

    monkeypatch.setattr(board, "live_offers", read_slowly)
    of = Board(at=NOON)
    stale = pairs_on(of)
    of.refresh(at=NOON)

    assert stale == [(need.pk, offer.pk)]
    assert agrees(of) == []


def test_a_refresh_that_fails_half_way_is_done_again(monkeypatch):
    need, offer = make_need(), make_offer()
    of = Board(at=NOON)
    set_to(need, languages=["es"])
    set_to(offer, languages=["es"])
    changed(need, offer)
    read = board.live_offers

    def fail(*args, **options):
        raise ConnectionError

    monkeypatch.setattr(board, "live_offers", fail)
    with pytest.raises(ConnectionError):
        of.refresh(at=NOON)
    half = pairs_on(of)
    monkeypatch.setattr(board, "live_offers", read)
    of.refresh(at=NOON)

    assert half == []
    assert agrees(of) == [(need.pk, offer.pk)]


# Whose it is


def test_what_a_transaction_may_yet_roll_back_is_nobodys():
    assert board.kept(at=NOON) is not board.kept(at=NOON)


@pytest.mark.django_db(transaction=True)
def test_a_worker_keeps_its_own_board_and_no_other_thread_has_it():
    try:
        mine = board.kept(at=NOON)

        def theirs():
            try:
                return board.kept(at=NOON)
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(theirs).result(timeout=30)
        assert board.kept(at=NOON) is mine
        assert other is not mine
    finally:
        del board._kept.board


@pytest.mark.django_db(transaction=True)
def test_a_board_kept_over_an_emptied_database_is_read_anew():
    make_need()
    make_offer()
    of = Board(at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("truncate opportunities_need, opportunities_offer, trail_change cascade")
    make_need(languages=["es"])
    fit = (Need.objects.get().pk, make_offer(languages=["es"]).pk)

    of.refresh(at=NOON)

    assert agrees(of) == [fit]
