"""How long each kind of row stays, and why: one table, and nothing is kept outside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from accounts.models import (
    CallBack,
    Check,
    Concern,
    Consideration,
    DomainProof,
    Invitation,
    Membership,
    Party,
    RegisterEntry,
    Review,
    Sponsorship,
    User,
)  # fmt: skip
from engagements.models import Message
from keeping.closing import OVER
from keeping.models import Erasure, Mark, Total
from matching.models import Block, Match, Outlook, Reminder
from notices.models import Notice, Preference
from opportunities.models import (
    Condition,
    Need,
    Offer,
    PostingReview,
    Topic,
    Upload,
    UploadRow,
)
from public.models import WeeklyCount
from trail.models import Audit, Change, Incident, Rematch, RematchBlock

Found = Callable[[datetime], QuerySet[Any]]


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows of a model.

    does   in a few words, for whoever reads the output of ``purge``
    days   how long they stay once they are no longer needed; None: see ``why``
    why    the reason for this time, or for keeping them
    over   from the moment before which something must have ended to the rows that go now;
           None: no row goes by itself
    """

    does: str
    days: int | None
    why: str
    over: Found | None = None

    def due_at(self, at: datetime) -> QuerySet[Any] | None:
        """The rows that go at that moment; None where none ever does."""
        if self.over is None:
            return None
        return self.over(at - timedelta(days=self.days or 0))


def stays(why: str) -> Rule:
    return Rule("stays", None, why)


def goes_with(whom: str) -> Rule:
    return Rule(f"goes with its {whom}", None, f"It is nothing without its {whom}.")


# Which rows are over


def _met(posting: str) -> Exists:
    return Exists(Match.objects.holding().order_by().filter(**{posting: OuterRef("pk")}))


def _unsent_postings(model: type[Need] | type[Offer]) -> Found:
    return lambda since: model.objects.filter(status="draft", round=0, updated_at__lt=since)


def _ended_postings(model: type[Need] | type[Offer]) -> Found:
    """Ended, or sent back and never mended; not while people of both sides still meet."""
    ended = Q(status__in=OVER) | Q(status="draft", round__gt=0)
    return lambda since: model.objects.filter(ended, ~_met(model.WORD), updated_at__lt=since)


def _unsent_parties(since: datetime) -> QuerySet[Party]:
    posted = [
        Exists(model.objects.filter(party=OuterRef("pk"), round__gt=0)) for model in (Need, Offer)
    ]
    return Party.objects.filter(
        *(~some for some in posted), status=Party.Status.DRAFT, round=0, created_at__lt=since
    )


def _unproven_people(since: datetime) -> QuerySet[User]:
    """Signed up, never showed that the address is theirs, and never came in."""
    proven = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    return User.objects.filter(
        ~Exists(proven), last_login=None, joined_at__lt=since,
        is_active=True, is_reviewer=False, is_staff=False, is_superuser=False,
        conduct_version=0,
    )  # fmt: skip


def _old_matches(since: datetime) -> QuerySet[Match]:
    """Closed, and one of their postings is over: those two are never asked again."""
    gone = Q(need__status__in=OVER) | Q(offer__status__in=OVER)
    return Match.objects.exclude(status__in=Match.LIVE).filter(gone, closed_at__lt=since)


def _old_messages(since: datetime) -> QuerySet[Message]:
    """Of matches that are closed; not while reviewers still look into a concern about them."""
    open_still = Concern.objects.open()
    about_it = open_still.filter(subject=Concern.MESSAGE, subject_id=OuterRef("pk"))
    about_all = open_still.filter(subject=Concern.MATCH, subject_id=OuterRef("match"))
    closed = Message.objects.filter(match__closed_at__lt=since)
    return closed.exclude(Exists(about_it)).exclude(Exists(about_all))


RULES: Mapping[type[Model], tuple[Rule, ...]] = MappingProxyType(
    {
        # What people sent each other, and what they are owed
        Notice: (
            Rule(
                "delete read",
                90,
                "Read, and long past.",
                lambda since: Notice.objects.filter(read_at__lt=since),
            ),
            Rule(
                "delete unread",
                365,
                "Nobody will read it now.",
                lambda since: Notice.objects.filter(read_at=None, due_at__lt=since),
            ),
        ),
        Preference: (goes_with("person"),),
        Invitation: (
            Rule(
                "delete",
                90,
                "Answered or run out; it holds an address.",
                lambda since: Invitation.objects.filter(
                    Q(accepted_at__lt=since) | Q(expires_at__lt=since)
                ),
            ),
        ),
        # What was matched, then what was posted
        Match: (
            Rule("count and delete", 365, "Only how many there were is of use.", _old_matches),
        ),
        Reminder: (goes_with("match or person"),),
        Message: (
            Rule(
                "delete of what is closed",
                365,
                "A year to look back. It goes before with its match or with whoever wrote it.",
                _old_messages,
            ),
        ),
        Block: (goes_with("party"),),
        Outlook: (goes_with("posting"),),
        Need: (
            Rule("delete never sent in", 180, "Begun and left.", _unsent_postings(Need)),
            Rule(
                "delete ended", 365, "A year to look back and post it again.", _ended_postings(Need)
            ),
        ),
        Offer: (
            Rule("delete never sent in", 180, "Begun and left.", _unsent_postings(Offer)),
            Rule(
                "delete ended",
                365,
                "A year to look back and post it again.",
                _ended_postings(Offer),
            ),
        ),
        PostingReview: (goes_with("posting"),),
        Upload: (
            Rule(
                "delete",
                Upload.KEPT_FOR.days,
                "Saved or left; its rows hold what was typed.",
                lambda since: Upload.objects.filter(created_at__lt=since),
            ),
        ),
        UploadRow: (goes_with("upload"),),
        # Parties and what speaks for them
        CallBack: (
            Rule(
                "delete",
                730,
                "It counts for one year; one more to compare at a renewal.",
                lambda since: CallBack.objects.filter(called_at__lt=since),
            ),
        ),
        DomainProof: (
            Rule(
                "delete unopened",
                30,
                "Its link no longer works.",
                lambda since: DomainProof.objects.filter(confirmed_at=None, expires_at__lt=since),
            ),
        ),
        RegisterEntry: (
            Rule(
                "delete",
                730,
                "Its round is over; one more year to compare at a renewal.",
                lambda since: RegisterEntry.objects.filter(looked_up_at__lt=since),
            ),
        ),
        Sponsorship: (
            Rule(
                "delete",
                365,
                "Taken back, or never answered.",
                lambda since: Sponsorship.objects.filter(
                    Q(withdrawn_at__lt=since) | Q(vouched_at=None, asked_at__lt=since)
                ),
            ),
        ),
        Concern: (
            Rule(
                "delete closed",
                730,
                "Two years show whether it happens again.",
                lambda since: Concern.objects.filter(closed_at__lt=since),
            ),
        ),
        Review: (goes_with("party"),),
        Membership: (goes_with("person or party"),),
        Party: (Rule("erase never sent in", 365, "Begun and left.", _unsent_parties),),
        # Checks of people: the determination alone
        Consideration: (
            Rule(
                "empty the answer",
                0,
                "It was for the decision, which is made.",
                lambda since: Consideration.objects.filter(decided_at__lte=since).exclude(
                    answer=""
                ),
            ),
            Rule(
                "delete",
                730,
                "Long enough to ask about it and to object.",
                lambda since: Consideration.objects.filter(decided_at__lt=since),
            ),
        ),
        Check: (
            Rule(
                "delete",
                365,
                "It ended, or was taken back, and counts for nothing.",
                lambda since: Check.objects.filter(
                    Q(withdrawn_at__lt=since) | Q(expires_date__lt=since.date())
                ),
            ),
        ),
        # People
        Session: (
            Rule(
                "delete ended",
                0,
                "Nobody is signed in by it.",
                lambda since: Session.objects.filter(expire_date__lte=since),
            ),
        ),
        UserSession: (
            Rule(
                "delete ended",
                0,
                "It tells an address of a session that is over.",
                lambda since: UserSession.objects.filter(
                    ~Exists(
                        Session.objects.filter(
                            session_key=OuterRef("session_key"), expire_date__gt=since
                        )
                    )
                ),
            ),
        ),
        Erasure: (goes_with("person"),),
        User: (
            Rule(
                "erase unproven",
                30,
                "Nobody has shown that the address is theirs.",
                _unproven_people,
            ),
        ),
        # The trail and the clock
        Change: (
            stays("The matcher trims it three days after it was read: trail.actions.trim_changes."),
        ),
        Rematch: (
            Rule(
                "delete",
                30,
                "Done, and read by nobody.",
                lambda since: Rematch.objects.filter(finished_at__lt=since),
            ),
        ),
        RematchBlock: (goes_with("rematch"),),
        Audit: (stays("Who did what must be found out years later. Ids alone."),),
        Incident: (stays("What was stopped, when and why. No names."),),
        Total: (stays("Counts of nobody."),),
        Mark: (
            Rule(
                "delete",
                1825,
                "Five years: who comes back later is looked at anew.",
                lambda since: Mark.objects.filter(marked_at__lt=since),
            ),
        ),
        # What the public was told
        WeeklyCount: (
            Rule(
                "delete",
                35,
                "Only the newest is shown; a month to look up what was.",
                lambda since: WeeklyCount.objects.filter(counted_at__lt=since),
            ),
        ),
        # Lists that ship with the project
        Topic: (stays("A list, of nobody."),),
        Condition: (stays("A list, of nobody."),),
    }
)
