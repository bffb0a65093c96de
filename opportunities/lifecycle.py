"""Where a posting stands: open, or what it still waits for, and what may be done with it."""

from datetime import datetime
from typing import TypeVar, cast

from django.utils.translation import gettext as _

from accounts.models import Party, User
from opportunities.choices import Kind
from opportunities.facts import BY_NOBODY, BY_TWO, WORDS, facts_of
from opportunities.models import LATEST_DAY, Need, Offer
from trail import actions as trail

PostingT = TypeVar("PostingT", bound=Need | Offer)

STANDING = (
    "status", "round", "reviews_needed", "questions", "flag_score", "revision", "submitted_at",
    "opened_at", "updated_at",
)  # fmt: skip
POSSIBLE_IN = {
    "save": {"draft"},
    "publish": {"draft", "suspended"},
    "edit": {"in_review", "open", "filled", "active", "at_capacity", "paused", "suspended"},
    "pause": {"open", "active", "at_capacity"},
    "resume": {"paused"},
    "renew": {"in_review", "open", "filled", "active", "at_capacity", "paused", "expired"},
    "complete": {"open", "filled", "paused"},
    "withdraw": {
        "draft", "in_review", "open", "filled", "active", "at_capacity", "paused", "suspended",
        "expired",
    },
}  # fmt: skip
OFTEN_FULL = ("seats", "helpers", "capacity", "groups")  # more of these makes room


def possible(posting: Need | Offer) -> frozenset[str]:
    """The verbs that may be done with it now: save, publish, edit, pause, resume, renew, …"""
    verbs = {verb for verb, statuses in POSSIBLE_IN.items() if posting.status in statuses}
    return frozenset(verbs - ({"complete"} if isinstance(posting, Offer) else set()))


def lock(posting: PostingT) -> PostingT:
    """The posting as it is now, held until the end of the transaction."""
    rows = type(posting).objects.select_for_update(of=("self",))
    now = rows.select_related("party__contact", "contact").get(pk=posting.pk)
    return cast("PostingT", now)


def is_over(posting: Need | Offer, at: datetime) -> bool:
    """Whether its last day has passed, even where the day is latest."""
    return posting.end_date is not None and posting.end_date < (at - LATEST_DAY).date()


def begin_round(posting: Need | Offer, *, approvals: int, at: datetime) -> None:
    """Send a locked posting in (again); approvals of an earlier round count no more."""
    posting.round += 1
    posting.reviews_needed = approvals
    posting.submitted_at = at


def settle(posting: Need | Offer, *, at: datetime) -> None:
    """Open a locked posting if nothing stands in the way; else it is in review, and waits."""
    if posting.reviews_needed or not posting.party.is_verified_at(at):
        posting.status = type(posting).Status.IN_REVIEW
        return
    posting.status = type(posting).LIVE
    posting.opened_at = posting.opened_at or at


def approvals_to_publish(posting: Need | Offer) -> int:
    """How many reviewers must approve it before it opens.

    A party's first job or apprenticeship takes two, a later one takes one, and each that is
    open to minors takes two; a class or a need takes one if its words raise a question. What
    was sent back or suspended takes no fewer than before, and work that was open before takes
    two.
    """
    owed = posting.reviews_needed
    if isinstance(posting, Offer) and posting.is_work:
        if posting.is_for_minors:
            return max(owed, 2)
        seasoned = posting.opened_at is None and _has_opened_other_work(posting)
        return max(owed, 1 if seasoned else 2)
    return max(owed, 1 if posting.questions else 0)


def approvals_after_edit(posting: Need | Offer, touched: frozenset[str]) -> int:
    """How many reviewers must look at it again; 0 if nothing was touched that they decided on."""
    if isinstance(posting, Offer) and posting.is_work:
        if touched & BY_TWO:
            return 2
        if posting.is_for_minors and touched - {"import_id"}:
            return 2  # its hours and days too: the law limits them
        return 1 if touched - BY_NOBODY else 0
    return 1 if posting.questions and touched & set(WORDS) else 0


def _has_opened_other_work(offer: Offer) -> bool:
    work = offer.party.offers.exclude(kind=Kind.CLASS).exclude(pk=offer.pk)
    return work.filter(opened_at__isnull=False).exists()


def save(
    posting: Need | Offer,
    *,
    verb: str,
    actor: User | None,
    at: datetime,
    seen_by_matcher: bool = True,
    **facts: object,
) -> None:
    """Save a locked posting, or a new one, for the matcher and for the audit alike."""
    posting.updated_at = at
    fields = [*facts_of(type(posting)), *STANDING]
    posting.save(update_fields=fields if posting.pk else None)
    if seen_by_matcher:
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=at)
    trail.record(
        actor_id=actor.pk if actor else None,
        verb=f"{posting.WORD}_{verb}",
        subject=posting,
        at=at,
        status=str(posting.status),
        round=posting.round,
        **facts,
    )


def waits_for(posting: Need | Offer, at: datetime) -> str:
    """What it waits for and what to do next, in one sentence; no query if ``party`` is loaded."""
    if posting.status == "in_review":
        return _waits_in_review(posting, at)
    if posting.status == posting.LIVE and not posting.party.is_verified_at(at):
        return _waits_for_party(posting.party)
    return _sentences()[posting.status]


def _sentences() -> dict[str, str]:
    return {
        "draft": _("This is a draft. Publish it when it says all it should."),
        "open": _(
            "It is open. Whoever fits stands under “Matches”, and we write to you when that"
            " happens."
        ),
        "active": _(
            "It is active. Whoever needs it stands under “Matches”, and we write to you when that"
            " happens."
        ),
        "filled": _("It has all it asked for. Say so when it is completed."),
        "at_capacity": _("It gives all it can right now. It becomes active when there is room."),
        "completed": _("It is completed. Thank you."),
        "paused": _("It is paused: nobody is asked. Press “Go on looking” when you are ready."),
        "withdrawn": _("It was withdrawn. Post a new one when you want to start again."),
        "expired": _("Its last day has passed. Renew it to open it again."),
        "suspended": _("Our reviewers stopped it. Read why, mend it, and send it in again."),
    }


def _waits_in_review(posting: Need | Offer, at: datetime) -> str:
    if not posting.reviews_needed:
        return _waits_for_party(posting.party)
    if posting.reviews_needed == 1:
        return _("One of our reviewers reads it before it opens. You need to do nothing.")
    return _("Two of our reviewers read it before it opens. You need to do nothing.")


def _waits_for_party(party: Party) -> str:
    if party.is_waiting:
        return _("It opens as soon as our reviewers have checked your profile.")
    if party.may_be_submitted:
        return _("It opens once your profile is verified. Complete your profile and send it in.")
    return _("It cannot open while your profile is not verified. Your profile page says why.")
