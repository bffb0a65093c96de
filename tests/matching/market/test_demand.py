"""What is asked for and offered is counted as it stands, and as it was within a year."""

from datetime import timedelta

import pytest

from matching.columns.book import Book, TopicFacts
from matching.market.demand import LATELY, demand_at
from matching.models import Match
from matching.pipeline import match_changes
from opportunities.models import Need, Offer
from opportunities.topics import taxonomy
from tests.factories import NOON, make_need, make_offer
from trail.actions import changed

pytestmark = pytest.mark.django_db


def counts(at=NOON):
    """For each topic that is asked for or offered, how often; and how many offers there are."""
    book = Book(TopicFacts(entry.slug, entry.group, entry.umbrella) for entry in taxonomy())
    asked, offered, offers = demand_at(book, at=at)
    slugs = ("car-maintenance", "budgeting")
    numbers = [book.topics.number(slug) for slug in slugs]
    return asked[numbers].tolist(), offered[numbers].tolist(), offers


def test_each_posting_counts_under_each_of_its_topics():
    make_need(topics=["car-maintenance"])
    make_need(topics=["car-maintenance", "budgeting"])
    make_offer(topics=["budgeting"])

    assert counts() == ([2, 1], [0, 1], 1)


def test_a_need_counts_for_a_year_whatever_became_of_it():
    filled, old = make_need(), make_need()
    Need.objects.filter(pk=filled.pk).update(status=Need.Status.FILLED)
    Need.objects.filter(pk=old.pk).update(opened_at=NOON - LATELY)

    assert counts()[0] == [1, 0]
    assert counts(at=NOON - timedelta(days=30))[0] == [1, 0]


def test_only_offers_that_can_be_asked_count():
    make_offer()
    paused = make_offer()
    Offer.objects.filter(pk=paused.pk).update(status=Offer.Status.PAUSED)

    assert counts() == ([0, 0], [1, 0], 1)


def test_of_two_offers_that_fit_alike_the_one_that_others_need_less_is_asked_first():
    both = ("car-maintenance", "budgeting")
    all_rounder, specialist = make_offer(topics=both), make_offer()
    need = make_need()
    make_need(topics=("budgeting",), languages=["es"])  # it asks for it, and cannot have this one
    changed(subject="need", ids=[need.pk], at=NOON)

    match_changes(at=NOON)

    asked = Match.objects.filter(need=need).order_by("pk")
    assert [match.offer for match in asked] == [specialist, all_rounder]
    assert asked[0].score == asked[1].score
