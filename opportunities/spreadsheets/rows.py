"""Needs and offers as rows of a spreadsheet: their columns, defaults and refusals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from accounts.choices import CheckLevel
from opportunities.choices import Audience, Format, Kind, Mode, RecordPolicy
from opportunities.schedules import Slot
from opportunities.spreadsheets.cells import Cells
from opportunities.spreadsheets.tables import RowRejected, Table, read_table
from opportunities.topics import suggest, taxonomy

_NEED = (
    "need_id title description kind format topics zip latitude longitude mode timezone slots dates"
    " minutes sessions start_date end_date languages check_level audience exclusions requires"
    " seats helpers party party_verified"
)
_OFFER = (
    "offer_id title description kind format topics zip latitude longitude mode radius_km timezone"
    " slots dates start_date end_date languages check_level check_expires audience tags terms"
    " capacity groups pay pay_period hours_per_week shift_minutes workplace supervisor"
    " record_policy length_months credential sponsor instruction wage_steps party party_verified"
)
NEED_COLUMNS = tuple(_NEED.split())
OFFER_COLUMNS = tuple(_OFFER.split())
REQUIRED_NEED_COLUMNS = ("need_id", "title")
REQUIRED_OFFER_COLUMNS = ("offer_id", "title")
_TRAINING: dict[str, Any] = {
    "length_months": None, "credential": "", "sponsor": "", "instruction": "", "wage_steps": "",
}  # fmt: skip
# What only work has, and what of it only an apprenticeship, as it stands where there is none.
NOT_OF: dict[str, dict[str, Any]] = {
    Kind.CLASS: {
        "pay": None, "pay_period": "", "hours_per_week": None, "shift_minutes": None,
        "workplace": "", "supervisor": "", "record_policy": "",
    } | _TRAINING,
    Kind.JOB: _TRAINING,
    Kind.APPRENTICESHIP: {},
}  # fmt: skip
MAX_TOPICS = 6  # as opportunities.models says: more no longer say what is meant
SURE_IN_TITLE = 0.6  # confidence from which a suggested topic is kept unasked
SURE_IN_TEXT = 0.78  # likewise, where the title says nothing: descriptions mention much in passing
MAX_SURE = 3  # of one text; what comes after the third is rarely what it is about


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingRow:
    """What the row of a need and of an offer have in common, defaults filled in."""

    import_id: str  # need_id or offer_id
    title: str
    description: str
    kind: str
    format: str  # empty: not said
    topics: tuple[str, ...]  # known slugs; none: to be suggested from the text
    zip: str
    latitude: float | None  # as given, else the ZIP's; None where unknown
    longitude: float | None
    county: str  # the ZIP's, as accounts.places writes it; empty where unknown
    state: str
    mode: str
    time_zone: str
    slots: tuple[Slot, ...]  # none: any time of the week
    dates: tuple[date, ...]  # none: every date
    start_date: date
    languages: tuple[str, ...]
    check_level: str
    audience: str
    party: str
    party_verified: bool  # counts in the dry run alone
    given: frozenset[str]  # the columns whose cell is not empty
    warnings: tuple[str, ...]  # what was left out or assumed, in words for people


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRow(PostingRow):
    end_date: date
    minutes: int
    sessions: int
    exclusions: tuple[str, ...]
    requires: tuple[str, ...]
    seats: int
    helpers: int

    @property
    def words(self) -> frozenset[str]:
        """The words of its lists, some of which nobody may know."""
        return frozenset(self.exclusions + self.requires)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow(PostingRow):
    end_date: date | None
    radius_km: float
    check_expires: date | None  # None: never
    tags: tuple[str, ...]
    terms: tuple[str, ...]
    capacity: int
    groups: int
    pay: Decimal | None
    pay_period: str
    hours_per_week: Decimal | None
    shift_minutes: int | None
    workplace: str
    supervisor: str
    record_policy: str
    length_months: int | None
    credential: str
    sponsor: str
    instruction: str
    wage_steps: str

    @property
    def words(self) -> frozenset[str]:
        """As for a need."""
        return frozenset(self.tags + self.terms)


def read_needs(path: Path) -> Table:
    """Open a table of needs. Raises ``TableRefused``."""
    return read_table(path, NEED_COLUMNS, REQUIRED_NEED_COLUMNS)


def read_offers(path: Path) -> Table:
    """Open a table of offers. Raises ``TableRefused``."""
    return read_table(path, OFFER_COLUMNS, REQUIRED_OFFER_COLUMNS)


def parse_need(cells: Mapping[str, str], today: date, *, time_zone: str = "UTC") -> NeedRow:
    """Read a row's cells. Raises ``RowRejected``.

    time_zone  stands where the row names neither a time zone nor a ZIP (with a warning)
    """
    read = Cells(cells)
    shared = _shared(read, "need_id", today, time_zone)
    helpers = read.whole("helpers", 1, 1, 50)
    if helpers > 1 and shared["kind"] != Kind.CLASS:
        raise RowRejected("helpers", _("Only a class can ask for several helpers."))
    row = NeedRow(
        **shared,
        end_date=_end(read, shared["start_date"]) or _a_year_after(shared["start_date"]),
        minutes=read.whole("minutes", 60, 1, 1440),
        sessions=read.whole("sessions", 1, 1, 10_000),
        exclusions=read.words("exclusions"),
        requires=read.words("requires"),
        seats=read.whole("seats", 1, 1, 500),
        helpers=helpers,
        warnings=(),
    )
    return replace(row, warnings=tuple(read.warnings))


def parse_offer(cells: Mapping[str, str], today: date, *, time_zone: str = "UTC") -> OfferRow:
    """Read a row's cells. Raises ``RowRejected``.

    time_zone  stands where the row names neither a time zone nor a ZIP (with a warning)
    """
    read = Cells(cells)
    shared = _shared(read, "offer_id", today, time_zone)
    row = OfferRow(
        **shared,
        end_date=_end(read, shared["start_date"]),
        radius_km=read.number("radius_km", 40.0, 0, 5000),
        check_expires=read.day("check_expires"),
        tags=read.words("tags"),
        terms=read.words("terms"),
        capacity=read.whole("capacity", 1, 1, 500),
        groups=read.whole("groups", 1, 1, 50),
        pay=read.money("pay"),
        pay_period=read.pay_period("pay_period"),
        hours_per_week=read.hours("hours_per_week"),
        shift_minutes=read.whole_or_none("shift_minutes", 1, 1440),
        workplace=read.line("workplace", 200),
        supervisor=read.line("supervisor", 120),
        record_policy=read.optional_choice("record_policy", RecordPolicy),
        length_months=read.whole_or_none("length_months", 1, 120),
        credential=read.line("credential", 120),
        sponsor=read.line("sponsor", 120),
        instruction=read.line("instruction", 300),
        wage_steps=read.line("wage_steps", 300),
        warnings=(),
    )
    stray = sorted(row.given & NOT_OF[row.kind].keys())
    if stray:
        read.warnings.append(_left_out(row.kind) % {"columns": ", ".join(stray)})
        row = replace(row, **NOT_OF[row.kind])
    return replace(row, warnings=tuple(read.warnings))


def _left_out(kind: str) -> str:
    if kind == Kind.CLASS:
        return _("%(columns)s: left out, a class has none.")
    return _("%(columns)s: left out, a job has none.")


def suggest_topics(row: PostingRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """For a row without topics, those its text speaks of: the sure ones, or else the doubtful.

    A title that says what it is about is believed alone.
    An umbrella is never sure, it would be shared with its whole group.
    """
    if sure := _sure(_suggest(row.title, row.kind), SURE_IN_TITLE):
        return sure, ()
    of_text = _suggest(f"{row.title}\n{row.description}", row.kind)
    if sure := _sure(of_text, SURE_IN_TEXT):
        return sure, ()
    return (), tuple(slug for slug, _confidence in of_text)


def _sure(found: list[tuple[str, float]], least: float) -> tuple[str, ...]:
    umbrellas = {entry.slug for entry in taxonomy() if entry.umbrella}
    known = [slug for slug, confidence in found if confidence >= least and slug not in umbrellas]
    return tuple(known[:MAX_SURE])


@lru_cache(maxsize=1_000)  # the same text often stands in many rows
def _suggest(text: str, kind: str) -> list[tuple[str, float]]:
    return suggest(text, kind=kind, limit=MAX_TOPICS)


def _shared(read: Cells, key: str, today: date, time_zone: str) -> dict[str, Any]:
    """What every posting says."""
    kind = read.choice("kind", Kind, Kind.CLASS)
    place, point = read.zip_place("zip"), read.point()
    if point is None and place and place.latitude is not None and place.longitude is not None:
        point = place.latitude, place.longitude
    latitude, longitude = point or (None, None)
    return {
        "import_id": read.line(key, 80, required=True),
        "title": read.line("title", 120, required=True),
        "description": read.text("description", 4000),
        "kind": kind.value,
        "format": read.optional_choice("format", Format),
        "topics": _topics(read, kind),
        "zip": place.zip if place else "",
        "latitude": latitude,
        "longitude": longitude,
        "county": place.county if place else "",
        "state": place.state if place else "",
        "mode": read.choice("mode", Mode, Mode.EITHER).value,
        "time_zone": read.time_zone("timezone", place.time_zone if place else "", time_zone),
        "slots": read.slots("slots"),
        "dates": read.days("dates"),
        "start_date": read.day("start_date") or today,
        "languages": read.languages("languages"),
        "check_level": read.choice("check_level", CheckLevel, CheckLevel.NONE).value,
        "audience": read.choice("audience", Audience, Audience.ADULTS).value,
        "party": read.line("party", 120),
        "party_verified": read.yes("party_verified"),
        "given": read.given,
    }


def _end(read: Cells, start: date) -> date | None:
    end = read.day("end_date")
    if end and end < start:
        raise RowRejected("end_date", _("The last day cannot come before the first."))
    return end


def _a_year_after(start: date) -> date:
    leap_day = (start.month, start.day) == (2, 29)
    return start.replace(year=start.year + 1, day=28 if leap_day else start.day)


def _topics(read: Cells, kind: str) -> tuple[str, ...]:
    """Known slugs; each part may be a slug or a name."""
    slugs: dict[str, None] = {}
    unknown = []
    for part in read.parts("topics"):
        if slug := _slug(part, kind):
            slugs[slug] = None
        else:
            unknown.append(part[:60])
    if unknown:
        read.warnings.append(_("topics: we do not know %(words)s.") % {"words": ", ".join(unknown)})
    if len(slugs) > MAX_TOPICS:
        raise RowRejected("topics", _("Six topics are the most; these are %d.") % len(slugs))
    return tuple(slugs)


def _slug(part: str, kind: str) -> str:
    """The topic's slug; where two topics share a name, the one of the posting's kind."""
    named = _topic_names().get(part.lower(), ())
    return next((slug for slug, group in named if group == kind), named[0][0] if named else "")


@cache
def _topic_names() -> dict[str, list[tuple[str, str]]]:
    """(slug, group) of the topics by their slug and by their name, in lower case."""
    names: dict[str, list[tuple[str, str]]] = {}
    for entry in taxonomy():
        for name in {entry.slug, entry.name.lower()}:
            names.setdefault(name, []).append((entry.slug, entry.group))
    return names
