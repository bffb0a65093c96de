"""What does not move by itself any more: each with how many, the first of them, and a next step."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.models import User
from desk import stuck_rows
from desk.stuck_rows import Line

SHOWN = 20  # of each kind; the number says how many there are

Rows = Callable[[User, datetime], QuerySet[Any]]


class Kind(NamedTuple):
    """One way of being stuck.

    rows  what is stuck now, oldest first, of what this reviewer may see
    line  one of them in words
    path  the name of the page that helps with all of them; "" if there is none
    """

    key: str
    label: Promise
    step: Promise
    rows: Rows
    line: Callable[[Any], Line]
    path: str = ""


class Stuck(NamedTuple):
    key: str
    label: str
    step: str
    number: int
    lines: list[Line]
    path: str


def stuck_now(user: User, *, at: datetime, shown: int = SHOWN) -> list[Stuck]:
    """Every way of being stuck that something is, with some of it; two queries each."""
    return [found for kind in KINDS if (found := _found(kind, user, at, shown)).number]


def _found(kind: Kind, user: User, at: datetime, shown: int) -> Stuck:
    rows = kind.rows(user, at)
    return Stuck(
        key=kind.key,
        label=str(kind.label),
        step=str(kind.step),
        number=rows.count(),
        lines=[kind.line(row) for row in rows[:shown]],
        path=reverse(kind.path) if kind.path else "",
    )


WHOEVER_RUNS_IT = gettext_lazy(
    "A task fails, or no worker runs. Tell whoever runs the site: the worker's log says more."
)
KINDS = (
    Kind(
        "claimed",
        gettext_lazy("Begun and not decided"),
        gettext_lazy("Ask them, or take it over: press “I take this one” on its page."),
        stuck_rows.claimed_and_idle,
        stuck_rows.claimed_line,
    ),
    Kind(
        "asked",
        gettext_lazy("Asked for more, and no answer for two weeks"),
        gettext_lazy("A call often helps: the people and their phones are on its page."),
        stuck_rows.asked_long_ago,
        stuck_rows.asked_line,
    ),
    Kind(
        "deadline",
        gettext_lazy("Matches that close within three days"),
        gettext_lazy("Call the side that has not answered, or leave it: silence is an answer."),
        stuck_rows.near_their_deadline,
        stuck_rows.match_line,
    ),
    Kind(
        "unchecked",
        gettext_lazy("People on open offers without a check"),
        gettext_lazy(
            "Record what they sent you. Ask nobody to pay for a check before a need wants it."
        ),
        stuck_rows.people_without_a_check,
        stuck_rows.person_line,
    ),
    Kind(
        "undelivered",
        gettext_lazy("Mail that we gave up"),
        gettext_lazy("Call the person, or try again once their mail works."),
        stuck_rows.undelivered,
        stuck_rows.notice_line,
        "notices:undelivered",
    ),
    Kind(
        "late",
        gettext_lazy("Mail that waits for more than an hour"),
        gettext_lazy("The mail server may be away. Tell whoever runs the site."),
        stuck_rows.late_mail,
        stuck_rows.notice_line,
        "notices:undelivered",
    ),
    Kind(
        "uploads",
        gettext_lazy("Spreadsheets that are not through"),
        WHOEVER_RUNS_IT,
        stuck_rows.unfinished_uploads,
        stuck_rows.upload_line,
    ),
    Kind(
        "unmatched",
        gettext_lazy("Changes that the matcher has not seen"),
        WHOEVER_RUNS_IT,
        stuck_rows.unmatched,
        stuck_rows.change_line,
    ),
    Kind(
        "rematch",
        gettext_lazy("A full rematch that does not end"),
        WHOEVER_RUNS_IT,
        stuck_rows.unfinished_rematch,
        stuck_rows.rematch_line,
    ),
    Kind(
        "overdue",
        gettext_lazy("Matches past their last day"),
        WHOEVER_RUNS_IT,
        stuck_rows.past_their_deadline,
        stuck_rows.past_line,
    ),
    Kind(
        "lapsed",
        gettext_lazy("Parties past their year"),
        WHOEVER_RUNS_IT,
        stuck_rows.past_their_year,
        stuck_rows.lapsed_line,
    ),
    Kind(
        "unsealed",
        gettext_lazy("Traces without their seal"),
        WHOEVER_RUNS_IT,
        stuck_rows.unsealed,
        stuck_rows.trace_line,
    ),
)
