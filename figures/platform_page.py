"""The platform's numbers as the page of reviewers shows them."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from figures.platform import COUNTED, Week
from figures.shown import (
    Figure,
    Shown,
    Table,
    day_letters,
    day_name,
    drawn_counts,
    drawn_line,
    drawn_waits,
    in_days,
    table,
)

FIGURES = {
    figure.name: figure
    for figure in (
        Figure(
            "parties_waiting",
            gettext_lazy("Parties that wait"),
            gettext_lazy("Parties without a decision when the week ended; at the end: now."),
        ),
        Figure(
            "parties_decided",
            gettext_lazy("Parties decided"),
            gettext_lazy("Reviews of a party that ended: with a yes, a no or a question."),
        ),
        Figure(
            "postings_sent_in",
            gettext_lazy("Needs and offers sent in"),
            gettext_lazy("By the week they were sent in last."),
        ),
        Figure(
            "proposals",
            gettext_lazy("Proposals"),
            gettext_lazy("Fits that we proposed to two sides."),
        ),
        Figure(
            "answers",
            gettext_lazy("Answers"),
            gettext_lazy("A yes or a no of one side. A full match has two."),
        ),
        Figure(
            "introductions",
            gettext_lazy("Introductions"),
            gettext_lazy("Proposals that both sides said yes to."),
        ),
        Figure(
            "undelivered",
            gettext_lazy("Mail given up"),
            gettext_lazy("Notices that we could not deliver by mail."),
        ),
    )
}
WAIT = Figure(
    "wait",
    gettext_lazy("Wait for a decision, in days"),
    gettext_lazy(
        "How long a party had waited when its review ended. Half waited less than the dot, half"
        " more. The bar holds the middle half. It is drawn from five reviews on."
    ),
)


def shown_figures(weeks: Sequence[Week]) -> list[Shown]:
    """Each figure with this week's value and its plot, the wait after the decisions."""
    days = [day_letters(week.monday) for week in weeks]
    shown = [_counted(name, weeks, days) for name in COUNTED]
    drawn = drawn_waits(WAIT, [week.wait for week in weeks], days)
    last = Shown(WAIT.name, WAIT, in_days(weeks[-1].wait.median), drawn)
    return [*shown[:2], last, *shown[2:]]


def table_of(weeks: Sequence[Week]) -> Table:
    """The newest week first."""
    heads = [str(FIGURES[name].label) for name in COUNTED]
    rows = [
        (
            day_name(week.monday),
            [*(str(week.counts[name]) for name in COUNTED), in_days(week.wait.median)],
        )
        for week in reversed(weeks)
    ]
    return table([*heads, str(WAIT.label)], rows)


def _counted(name: str, weeks: Sequence[Week], days: Sequence[str]) -> Shown:
    figure, values = FIGURES[name], [week.counts[name] for week in weeks]
    stands = name == "parties_waiting"  # a number at a moment, not of a week
    drawn = drawn_line(figure, values, days) if stands else drawn_counts(figure, values, days)
    return Shown(name, figure, str(values[-1]), drawn)
