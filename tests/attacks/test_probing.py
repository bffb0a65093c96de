"""Somebody moves 200 offers about, to find where one confidential home stands.

What the attacker reads is what an offer is told: whether there is a match, how well it
fits, and why. The county is told to everybody who meets the home; nothing finer may be.
"""

import math
import re
from itertools import cycle

import pytest
import time_machine

from accounts.places import UnknownZip, county_centroid, place_of_zip
from matching import reasons
from matching.columns.discs import EARTH_KM
from matching.market.retrieve import market
from matching.models import Match
from matching.pipeline import match_changes
from matching.rules import fits
from matching.score import parts, score
from matching.why import reasons_of
from matching.words import texts
from opportunities.models import Need, Offer
from tests.factories import NOON, make_need, make_offer, make_party
from tests.matching.pages import list_of, main_of, page_of, people_of
from trail import actions as trail

pytestmark = pytest.mark.django_db
HOME = "Nassau County, NY"
RADII_KM = (5, 15, 40, 80)
IN_PERSON = {"mode": "in_person"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def need():
    party = make_party(confidential=True, counties=[HOME], alias="A home in New York")
    nowhere = {"zip": "", "latitude": None, "longitude": None, "county": ""}
    return make_need(party, confidential=True, counties=[HOME], **IN_PERSON, **nowhere)


def places(zips):
    """Where these ZIPs lie, as far as there are such."""
    for number in zips:
        try:
            place = place_of_zip(f"{number:05}")
        except UnknownZip:
            continue
        if place.latitude is not None:
            yield place


def stand(offer, place, radius_km):
    where = {"zip": place.zip, "latitude": place.latitude, "longitude": place.longitude}
    where |= {"county": place.county, "state": place.state, "radius_km": radius_km}
    Offer.objects.filter(pk=offer.pk).update(**where)


def probe(attacker, where, *, count=200):
    """Offers of the attacker that differ in place and radius alone."""
    probes = []
    for place, _again in zip(cycle(where), range(count), strict=False):
        radius_km = RADII_KM[len(probes) * len(RADII_KM) // count]
        offer = make_offer(attacker, **IN_PERSON)
        stand(offer, place, radius_km)
        probes.append((offer.pk, place, radius_km))
    return probes


def answers():
    """What each offer is told of the one need, as the matcher finds it: words and score."""
    found = market(needs=Need.objects.all(), offers=Offer.objects.order_by("pk"), at=NOON)
    pairs = fits(found.need_columns, found.offer_columns, found.book)
    rated = parts(
        pairs, found.need_columns, found.offer_columns, found.book,
        need_texts=texts(found.need_facts), offer_texts=texts(found.offer_facts),
    )  # fmt: skip
    told = {}
    for row, worth in enumerate(score(rated)):
        need, offer = (found.need_facts[pairs.need[row]], found.offer_facts[pairs.offer[row]])
        why = reasons_of(
            need, offer, found.book, sessions=int(pairs.sessions[row]),
            in_person=bool(pairs.in_person[row]), distance_km=float(pairs.distance_km[row]),
        )  # fmt: skip
        told[offer.key] = (*reasons.told(why, side="offer"), float(worth))
    return told


def test_all_of_its_county_is_answered_alike(need):
    """Every ZIP of the county with every radius: one answer, to the last digit of the score."""
    inside = [place for place in places(range(11001, 11999)) if place.county == HOME]
    probes = probe(make_party("volunteer"), inside)

    told = answers()

    assert len(inside) > 50
    assert sorted(told) == [pk for pk, _place, _radius in probes]
    assert len({repr(answer) for answer in told.values()}) == 1


def test_from_around_it_the_middle_of_the_county_is_all_that_can_be_found(need):
    """Who fits follows from what everybody knows: the county's name and its middle."""
    around = list(places(range(10001, 11999, 7)))
    probes = probe(make_party("volunteer"), around)

    told = answers()

    known = {
        pk for pk, place, radius in probes if place.county == HOME or reaches_middle(place, radius)
    }
    assert set(told) == known
    assert 20 < len(known) < 180
    assert len({repr(answer) for answer in told.values()}) == 1


def reaches_middle(place, radius_km):
    """By the law of cosines, unlike the rules themselves."""
    (north, east), (other_north, other_east) = (
        map(math.radians, point)
        for point in (county_centroid(HOME), (place.latitude, place.longitude))
    )
    cosine = math.sin(north) * math.sin(other_north) + math.cos(north) * math.cos(
        other_north
    ) * math.cos(east - other_east)
    return EARTH_KM * math.acos(cosine) <= radius_km


def test_the_pages_of_two_ends_of_the_county_are_the_same(need):
    west, *_between, east = sorted(
        (place for place in places(range(11001, 11999)) if place.county == HOME),
        key=lambda place: place.longitude,
    )

    assert pages_of_an_offer_at(west, 5) == pages_of_an_offer_at(east, 80)


def pages_of_an_offer_at(place, radius_km):
    """What its person reads: the match and the list, without what names the match itself."""
    offer = make_offer(**IN_PERSON)
    stand(offer, place, radius_km)
    trail.changed(subject="offer", ids=[offer.pk], at=NOON)
    match_changes(at=NOON)
    match = Match.objects.get(offer=offer)
    _asking, person = people_of(match)
    pages = [main_of(page, match) for page in (page_of(match, person), list_of(person))]
    own = "|".join(map(re.escape, (offer.party.name, person.email, person.name)))
    return [re.sub(own, "OWN", page) for page in pages]
