"""Needs and offers as rows of a spreadsheet: their columns, defaults and refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opportunities.schedules import Slot
from opportunities.tables import RowRejected, Table, TableRefused, TableRow, read_table

__all__ = [
    "NEED_COLUMNS",
    "OFFER_COLUMNS",
    "NeedRow",
    "OfferRow",
    "RowRejected",
    "Table",
    "TableRefused",
    "TableRow",
    "parse_need",
    "parse_offer",
    "read_table",
]

_NEED = (
    "need_id title description kind format topics zip latitude longitude mode timezone slots dates"
    " minutes sessions start_date end_date languages check_level audience exclusions requires"
    " seats helpers party party_verified"
)
_OFFER = (
    "offer_id title description kind format topics zip latitude longitude mode radius_km timezone"
    " slots dates start_date end_date languages check_level check_expires audience tags terms"
    " capacity groups pay pay_period hours_per_week workplace supervisor party party_verified"
)
NEED_COLUMNS = tuple(_NEED.split())
OFFER_COLUMNS = tuple(_OFFER.split())
REQUIRED_NEED_COLUMNS = ("need_id", "title")
REQUIRED_OFFER_COLUMNS = ("offer_id", "title")


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
    workplace: str
    supervisor: str


def parse_need(cells: Mapping[str, str], today: date, *, time_zone: str = "UTC") -> NeedRow:
    """Read a row's cells. Raises ``RowRejected``.

    time_zone  stands where the row names neither a time zone nor a ZIP (with a warning)
    """
    raise NotImplementedError


def parse_offer(cells: Mapping[str, str], today: date, *, time_zone: str = "UTC") -> OfferRow:
    """Read a row's cells. Raises ``RowRejected``.

    time_zone  stands where the row names neither a time zone nor a ZIP (with a warning)
    """
    raise NotImplementedError
