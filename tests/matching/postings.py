"""Facts of needs and offers for the tests of the rules: plain ones, and generated ones.

A plain need and a plain offer fit. What is generated stays near that: most
facts are as in the plain ones, and those that differ lie on the edge of a rule,
so that every rule says yes and no often, and rarely together with another.

What does not depend on a draw is made once: making these strategies takes longer than drawing.
"""

from datetime import date, timedelta
from functools import cache

from hypothesis import strategies as st

from matching.columns.arrays import NeedFacts, OfferFacts
from matching.columns.book import TopicFacts
from tests.matching import reference

TOPICS = [
    TopicFacts("trades", "trades", umbrella=True),
    TopicFacts("welding", "trades", umbrella=False),
    TopicFacts("plumbing", "trades", umbrella=False),
    TopicFacts("budgeting", "money", umbrella=False),
    TopicFacts("credit", "money", umbrella=False),
]
MONDAY = date(2027, 5, 3)
TUESDAY_EVENING = (1, 18 * 60, 20 * 60)
COOK, LAKE = "Cook, IL", "Lake, IL"
CHICAGO, EVANSTON, GARY = (41.8781, -87.6298), (42.0451, -87.6877), (41.5934, -87.3464)
SAN_JUAN, HAGATNA = (18.4655, -66.1057), (13.4745, 144.7504)
POINTS = [CHICAGO, EVANSTON, GARY, SAN_JUAN, HAGATNA, (None, None)]
CENTROIDS = {COOK: CHICAGO, LAKE: (42.3225, -87.6101), "Guam, GU": HAGATNA, "Nowhere, AK": None}
ZONES = [
    "America/Chicago",
    "America/New_York",
    "America/Denver",
    "America/Los_Angeles",
    "America/Phoenix",
    "America/Anchorage",
    "America/Puerto_Rico",
    "Pacific/Honolulu",
    "Pacific/Guam",
    "Pacific/Pago_Pago",
    "America/Havana",  # its clocks skip midnight
    "Australia/Lord_Howe",  # its clocks move by half an hour
    "Asia/Kathmandu",  # a quarter off
]
SPRING, FALL = date(2027, 3, 14), date(2027, 11, 7)  # the clocks of the United States change


def a_need(**changes):
    facts = {
        "key": 1,
        "verified": True,
        "kind": "class",
        "topics": ("budgeting",),
        "mode": "in_person",
        "zip": "60601",
        "latitude": CHICAGO[0],
        "longitude": CHICAGO[1],
        "confidential": False,
        "counties": (),
        "start_date": MONDAY,
        "end_date": MONDAY + timedelta(days=27),
        "time_zone": "America/Chicago",
        "slots": (TUESDAY_EVENING,),
        "dates": (),
        "minutes": 60,
        "sessions": 4,
        "languages": ("en",),
        "check_level": "none",
        "audience": "adults",
        "exclusions": (),
        "requires": (),
        "seats": 1,
        "helpers": 1,
        "title": "A class",
        "description": "",
        "wait_days": 0.0,
    }
    return NeedFacts(**{**facts, **changes})


def an_offer(**changes):
    facts = {
        "key": 1,
        "verified": True,
        "kind": "class",
        "topics": ("budgeting",),
        "mode": "in_person",
        "zip": "60201",
        "latitude": EVANSTON[0],
        "longitude": EVANSTON[1],
        "county": COOK,
        "radius_km": 40.0,
        "start_date": MONDAY,
        "end_date": None,
        "time_zone": "America/Chicago",
        "slots": (TUESDAY_EVENING,),
        "dates": (),
        "languages": ("en",),
        "checks": (),
        "audience": "adults",
        "tags": (),
        "terms": (),
        "capacity": 1,
        "groups": 1,
        "title": "A class",
        "description": "",
        "wait_days": 0.0,
    }
    return OfferFacts(**{**facts, **changes})


@cache
def mostly(usual, *others, weight=3):
    """The usual value three times in four, else one of the others."""
    return st.one_of(*[st.just(usual)] * weight, st.sampled_from(others))


def some_of(*words):
    return st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)


@cache
def slots():
    """Hours that cluster around the nights on which clocks change."""
    starts = st.sampled_from([0, 30, 60, 90, 120, 121, 150, 180, 600, 1080, 1380, 1410, 1439])
    lengths = st.sampled_from([1, 30, 60, 61, 90, 120, 240, 480, 1439, 1440])
    slot = st.tuples(st.sampled_from([5, 6, 6, 6, 0, 1, 2]), starts, lengths).map(_slot)
    return st.one_of(st.just(()), st.lists(slot, min_size=1, max_size=4).map(tuple))


def _slot(drawn):
    """Written as ``Slot`` counts, past midnight, or as people write it, ending before it starts."""
    weekday, start, length = drawn
    end = start + length
    return weekday, start, end - 24 * 60 if end > 24 * 60 and length % 2 else end


CHANGES = st.sampled_from([SPRING, FALL])
UNTIL_A_CHANGE = st.integers(-20, 6)
LENGTHS = st.one_of(st.integers(0, 9), st.integers(0, 40), st.sampled_from([365, 800]))


@cache
def dates_near(change):
    near = st.integers(-9, 9).map(lambda days: change + timedelta(days=days))
    return mostly((), (change,), weight=4) | st.lists(near, max_size=5).map(tuple)


@st.composite
def times(draw):
    """When somebody is there: a range near a change of clocks, hours, dates, a zone."""
    change = draw(CHANGES)
    start = change + timedelta(days=draw(UNTIL_A_CHANGE))
    end = start + timedelta(days=draw(LENGTHS))
    return {
        "start_date": start,
        "end_date": end,
        "time_zone": draw(mostly(*ZONES)),
        "slots": draw(slots()),
        "dates": draw(dates_near(change)),
    }


@cache
def names(words, most):
    return st.lists(st.sampled_from(words), max_size=most, unique=True)


@st.composite
def twisted(draw, make, usual, twists, most):
    """A posting as usual, but for at most so many of these twists: names of facts, or of groups."""
    changes = dict(usual)
    for name in draw(names(tuple(sorted(twists)), most)):
        drawn = draw(twists[name])
        changes.update(drawn if isinstance(drawn, dict) else {name: drawn})
    return make(**changes)


@cache
def needs():
    twists = {
        "when": times(),
        "verified": st.sampled_from([True, True, False]),
        "kind": st.sampled_from(["class", "job", "apprenticeship"]),
        "topics": topics(),
        "mode": st.sampled_from(["remote", "either"]),
        "where": st.sampled_from(POINTS).map(place),
        "zip": st.sampled_from(["60601", "60201", ""]),
        "counties": named_counties(),
        "minutes": st.sampled_from([1, 30, 61, 120, 240, 480, 1440]),
        "sessions": st.sampled_from([2, 3, 4, 5, 30]),
        "languages": st.sampled_from([("es",), ("es", "en"), ()]),
        "check_level": st.sampled_from(reference.LEVELS[1:]),
        "audience": st.sampled_from(["minors", "both"]),
        "exclusions": st.sampled_from([("alcohol",), ("nights", "alcohol")]),
        "requires": st.sampled_from([("transport",), ("transport", "child_care")]),
        "seats": st.sampled_from([2, 5]),
    }
    return twisted(a_need, {"sessions": 1}, twists, most=6)


def place(point):
    return {"latitude": point[0], "longitude": point[1]}


def named_counties():
    """A confidential need: the counties stand for its place."""
    names = st.lists(st.sampled_from(sorted(CENTROIDS)), max_size=3, unique=True)
    points = names.map(lambda found: tuple((c, *(CENTROIDS[c] or (None, None))) for c in found))
    hidden = {"confidential": True, "zip": "", "latitude": None, "longitude": None}
    return points.map(lambda counties: {**hidden, "counties": counties})


def offers(near):
    """An offer that fits one of these needs, or would but for a twist or two."""
    return offers_for(st.sampled_from(near))


@st.composite
def offers_for(draw, wanted):
    need = draw(wanted)
    start, end = draw(ranges(need.start_date, need.end_date))
    usual = {
        "kind": need.kind,
        "topics": need.topics,
        "mode": need.mode,
        "start_date": start,
        "end_date": end,
        "time_zone": need.time_zone,
        "slots": need.slots,
        "languages": need.languages,
        "checks": draw(checks(min(need.end_date, end or date.max))),
        "audience": need.audience,
        "tags": draw(mostly((), need.exclusions[-1:])),
        "terms": need.requires,
        "capacity": need.seats,
    }
    point = draw(mostly(EVANSTON, *POINTS))
    twists = {**TWISTS_OF_OFFERS, "radius_km": st.deferred(lambda: radii(need, *point))}
    return draw(twisted(an_offer, {**usual, **place(point)}, twists, most=3))


@cache
def topics():
    slugs = ["trades", "welding", "plumbing", "credit", "pottery"]
    return mostly(("budgeting",), *[(s,) for s in slugs]) | some_of("budgeting", *slugs)


TWISTS_OF_OFFERS = {
    "when": times(),
    "verified": st.just(value=False),
    "kind": st.sampled_from(["class", "job"]),
    "topics": topics(),
    "mode": st.sampled_from(["in_person", "remote", "either"]),
    "zip": st.sampled_from(["60601", ""]),
    "county": st.sampled_from([LAKE, "Guam, GU", "Nowhere, AK", ""]),
    "languages": st.sampled_from([("en",), ("es",), ("fr", "es")]),
    "audience": st.sampled_from(["adults", "minors", "both"]),
    "tags": st.just(("live_in",)),
    "terms": st.sampled_from([(), ("transport",), ("transport", "guaranteed_interview")]),
    "capacity": st.sampled_from([1, 2, 4]),
}
EDGES = st.integers(-2, 2).map(lambda days: timedelta(days=days))


@cache
def ranges(first, last):
    """Ranges that hold the need's, and ranges that just meet it or just do not."""
    edges, long = EDGES, timedelta(days=60)
    return st.one_of(
        st.just((first - long, None)),
        st.just((first, last)),
        edges.map(lambda edge: (last + edge, None)),
        edges.map(lambda edge: (first + edge - long, first + edge)),
        st.tuples(edges, edges).map(
            lambda edge: (first + edge[0], max(first + edge[0], last + edge[1]))
        ),
    )


def radii(need, latitude, longitude):
    """Radii that just reach the need or one of its counties, or just do not."""
    points = [(need.latitude, need.longitude), *(county[1:] for county in need.counties)]
    exact = [
        reference.haversine(*point, latitude, longitude)
        for point in points
        if None not in (*point, latitude, longitude)
    ]
    edges = [0.0, 1e-10, -1e-10, 1e-8, -1e-8, 1.0, -1.0]
    near = [max(0.0, distance + edge) for distance in exact for edge in edges]
    return st.sampled_from([0.0, 40.0, 40.0, *near])


@cache
def checks(last):
    """Checks that end on the last common day, a day before or after it, never, or not held."""
    days = [last + timedelta(days=days) for days in (-1, 0, 1) if last < date(9000, 1, 1)]
    one = st.tuples(st.sampled_from(reference.LEVELS), st.sampled_from([None, *days]))
    return st.one_of(
        st.just((("fingerprint", None),)),
        st.lists(one, max_size=2).map(tuple),
        st.sampled_from([None, *days]).map(lambda day: (("fingerprint", day),)),
    )
