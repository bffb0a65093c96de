"""How figures stand on a page: each with its name, what it means, a drawing and a column."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from figures.plots import Drawing, Value, bars, line, spread
from figures.quartiles import Wait


class Figure(NamedTuple):
    """A figure's name, and in one plain sentence what it counts."""

    name: str
    label: Promise
    means: Promise


class Shown(NamedTuple):
    """One figure on the page, with its plot; ``key`` is its own on the page."""

    key: str
    figure: Figure
    total: str
    drawing: Drawing


class Table(NamedTuple):
    """The same facts: the heads of the columns, and rows of a period with each head's cell."""

    heads: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]


def table(heads: list[str], rows: list[tuple[str, list[str]]]) -> Table:
    """Each row a period and its cells, in the order of the heads."""
    paired = [(period, list(zip(heads, cells, strict=True))) for period, cells in rows]
    return Table(heads, paired)


NO_VALUE = gettext_lazy("none")


def in_days(days: Value) -> str:
    """A wait as people read it: days, with one digit after the point below ten."""
    if days is None:
        return str(NO_VALUE)
    return number_format(days, 1 if days < 10 else 0)


def in_percent(share: Value) -> str:
    """A share of 0 to 100 as people read it."""
    return str(NO_VALUE) if share is None else _("%(share)s%%") % {"share": round(share)}


def month_name(month: datetime) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


def month_letters(month: datetime) -> str:
    return date_format(month, "M")


def day_name(day: datetime) -> str:
    return date_format(day, "DATE_FORMAT")


def day_letters(day: datetime) -> str:
    # The order of day and short month, in the letters of Django's date filter.
    return date_format(day, _("M j"))


def drawn_counts(figure: Figure, values: Sequence[int], days: Sequence[str]) -> Drawing:
    """A bar a period, told in words as well."""
    return bars(values, days=days, title=str(figure.label), description=_told(values, days))


def drawn_line(
    figure: Figure, values: Sequence[Value], days: Sequence[str], *, top: float | None = None
) -> Drawing:
    said = _told([round(value) for value in values if value is not None], days)
    return line(values, days=days, title=str(figure.label), description=said, top=top)


def drawn_waits(figure: Figure, waits: Sequence[Wait], days: Sequence[str]) -> Drawing:
    """A dot at each median, before the spread of the middle half."""
    medians = [wait.median for wait in waits]
    said = _told([round(median) for median in medians if median is not None], days)
    quartiles = [wait.quartiles for wait in waits]
    return spread(medians, quartiles, days=days, title=str(figure.label), description=said)


def _told(values: Sequence[int], days: Sequence[str]) -> str:
    """What the drawing shows, for who does not see it."""
    if not any(values):
        return _("From %(first)s to %(last)s: nothing yet.") % _ends(days)
    return _(
        "From %(first)s to %(last)s: between %(low)s and %(high)s, %(now)s at the end. The table"
        " below has each value."
    ) % (_ends(days) | {"low": min(values), "high": max(values), "now": values[-1]})


def _ends(days: Sequence[str]) -> dict[str, object]:
    return {"first": days[0], "last": days[-1]}
