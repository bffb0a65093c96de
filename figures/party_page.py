"""A party's numbers as its page and its file show them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from figures.party import PartyNumbers, Row
from figures.shown import (
    Figure,
    Shown,
    Table,
    drawn_counts,
    drawn_line,
    drawn_waits,
    in_days,
    in_percent,
    month_letters,
    month_name,
    table,
)
from opportunities.spreadsheets.tables import guarded

POSTED = Figure(
    "posted",
    gettext_lazy("Posted"),
    gettext_lazy("Needs and offers that you sent in, by the month they first opened."),
)
PROPOSED = Figure(
    "proposed",
    gettext_lazy("Fits"),
    gettext_lazy("Matches that we proposed to you."),
)
INTRODUCED = Figure(
    "introduced",
    gettext_lazy("Introductions"),
    gettext_lazy("Matches that both sides said yes to, by the month of the second yes."),
)
RATE = Figure(
    "rate",
    gettext_lazy("Response rate"),
    gettext_lazy(
        "How many in a hundred of those matches you answered in time, yes or no. A match that"
        " closed for another reason before you answered does not count."
    ),
)
WAIT = Figure(
    "wait",
    gettext_lazy("Time to answer, in days"),
    gettext_lazy(
        "From our proposal to your answer. Half of your answers came sooner than the dot, half"
        " later. The bar holds the middle half. It is drawn from five answers on."
    ),
)
FIGURES = (POSTED, PROPOSED, INTRODUCED, RATE, WAIT)
COLUMNS = ("month", "posted", "fits", "introductions", "asked", "answered", "rate_percent",
    "median_days_to_answer")  # fmt: skip
PERCENT = 100.0


def shown_figures(numbers: PartyNumbers) -> list[Shown]:
    """Each figure with its total and its plot over the months."""
    rows, total = numbers
    days = [month_letters(row.month) for row in rows if row.month]
    drawn = {
        POSTED: drawn_counts(POSTED, [row.posted for row in rows], days),
        PROPOSED: drawn_counts(PROPOSED, [row.proposed for row in rows], days),
        INTRODUCED: drawn_counts(INTRODUCED, [row.introduced for row in rows], days),
        RATE: drawn_line(RATE, [row.rate for row in rows], days, top=PERCENT),
        WAIT: drawn_waits(WAIT, [row.wait for row in rows], days),
    }
    totals = _cells(total)
    return [
        Shown(figure.name, figure, told, drawn[figure])
        for figure, told in zip(FIGURES, totals, strict=True)
    ]


def table_of(numbers: PartyNumbers) -> Table:
    """The newest month first, then all time."""
    rows = [(month_name(row.month), _cells(row)) for row in reversed(numbers.months) if row.month]
    rows.append((_("All time"), _cells(numbers.total)))
    return table([str(figure.label) for figure in FIGURES], rows)


def file_rows(numbers: PartyNumbers) -> Iterator[list[str]]:
    """The header, each month, and a line of totals; cells that no program takes for a formula."""
    yield list(COLUMNS)
    for row in (*numbers.months, numbers.total):
        yield [guarded(cell) for cell in _file_cells(row)]


def _cells(row: Row) -> list[str]:
    rate = in_percent(row.rate)
    if row.asked:
        rate = _("%(answered)s of %(asked)s (%(rate)s)") % {
            "answered": row.answered,
            "asked": row.asked,
            "rate": rate,
        }
    counts = [str(row.posted), str(row.proposed), str(row.introduced)]
    return [*counts, rate, in_days(row.wait.median)]


def _file_cells(row: Row) -> list[str]:
    """Plain numbers with a point, the same in every language."""
    counts = (row.posted, row.proposed, row.introduced, row.asked, row.answered)
    return [
        f"{row.month:%Y-%m}" if row.month else "total",
        *map(str, counts),
        "" if row.rate is None else f"{row.rate:.0f}",
        "" if row.wait.median is None else f"{row.wait.median:.1f}",
    ]
