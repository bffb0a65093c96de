"""What is asked for and what is offered, topic by topic: counted once a day is often enough."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Count, QuerySet

from matching.columns.arrays import Floats
from matching.columns.book import Book
from matching.worth import Demand
from opportunities.models import Need, Offer

LATELY = timedelta(days=365)  # a year has every season in it: tax forms, camps, a winter's coats


def demand_at(book: Book, *, at: datetime) -> Demand:
    """The needs that opened within a year, whatever became of them, and the offers now active.

    book  whose topics it is counted by; those younger than this count do not count yet
    """
    offers = Offer.objects.active_at(at)
    needs = Need.objects.filter(opened_at__gt=at - LATELY, opened_at__lte=at)
    asked = Need.topics.through.objects.filter(need__in=needs)
    offered = Offer.topics.through.objects.filter(offer__in=offers)
    return Demand(_by_topic(asked, book), _by_topic(offered, book), offers.count())


def _by_topic(links: QuerySet[Any], book: Book) -> Floats:
    """(T,) how many postings name each topic."""
    counts = links.values_list("topic__slug").annotate(postings=Count("pk"))
    found = {book.topics.number(slug): postings for slug, postings in counts}
    by_topic = np.zeros(len(book.topics))
    by_topic[list(found)] = list(found.values())
    return by_topic
