"""Who visits which pages in the web benchmark; imported once Django is set up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import conduct, stepping_up
from accounts.models import Party, User
from alongside.demo import country, settling
from benchmarks import crowd
from matching import pipeline
from matching.models import Match
from opportunities.models import Need
from public import counting
from public.models import WeeklyCount
from trail import actions as trail

MATCHED = 3  # needs of the one who looks


class Page(NamedTuple):
    """What is asked for, by whom, and a piece of the page that only the right one has."""

    path: str
    session: str  # empty for strangers
    shows: str


def prepare(postings: int, *, say: Callable[[str], None]) -> dict[str, Page]:
    """Fill the database, and name the pages to ask for.

    Inside, it is somebody of the crowd with ten needs, three of which have just been matched:
    up to nine matches to answer, which is more than anybody in the demo has.
    """
    now = timezone.now()
    call_command("migrate", verbosity=0)
    made = country.make_country(seed=country.SEED, today=now.date())
    settling.settle(made, now=now - timedelta(hours=1), say=say)
    crowd.gather(postings, at=now, say=say)
    WeeklyCount.objects.all().delete()
    counting.count_week(at=now)
    party = Party.objects.filter(kind="nonprofit", name__startswith="Crowd").order_by("pk")[0]
    session = _session_of(User.objects.get(memberships__party=party), at=now)
    proposed = _matches_of(party, at=now)
    say(f"{len(proposed)} matches are proposed to the one who looks")
    first = proposed[0]
    return {
        "home": Page("/", session, reverse("matching:list")),
        "matches": Page(reverse("matching:list"), session, str(first.public_id)),
        "a match": Page(reverse("matching:match", args=[first.public_id]), session, "<form"),
        "own postings": Page(reverse("opportunities:mine"), session, "Class number"),
        "inbox": Page(reverse("notices:inbox"), session, "<form"),
        "public map": Page(reverse("public:needed"), "", "<svg"),
        "a state": Page(reverse("public:needed_in", args=["ny"]), "", "New York"),
        "home of strangers": Page("/", "", "<main"),
    }


def _matches_of(party: Party, *, at: datetime) -> list[Match]:
    """Have some of its needs matched among all postings."""
    ids = Need.objects.filter(party=party).order_by("pk").values_list("pk", flat=True)
    trail.changed(subject="need", ids=list(ids[:MATCHED]), at=at)
    pipeline.match_changes(at=at)
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as PostgreSQL does by itself within a minute
    return list(Match.objects.filter(need__party=party).order_by("pk"))


def _session_of(person: User, *, at: datetime) -> str:
    """Somebody who signed in a moment ago, and owes neither an agreement nor a second step yet."""
    User.objects.filter(pk=person.pk).update(
        conduct_version=conduct.CURRENT, conduct_accepted_at=at, second_factor_asked_at=at
    )
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
            stepping_up.SESSION_KEY: at.timestamp(),
        }
    )
    session.create()
    return str(session.session_key)
