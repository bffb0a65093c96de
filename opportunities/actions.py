"""What can happen to a posting: saved, sent in, edited, paused, renewed, ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import conduct
from accounts.models import Membership, Party, User
from accounts.refusals import Refused, WordsRefused
from opportunities import facts as told
from opportunities.facts import (
    MATERIAL,
    PAY,
    WORDS,
    CannotSay,
    HoursUnreadable,
    NotOfTheTeam,
    TooManyTopics,
    WishesAreForClasses,
)
from opportunities.left_drafts import forget_reminder
from opportunities.lifecycle import (
    OFTEN_FULL,
    PostingT,
    approvals_after_edit,
    approvals_to_publish,
    begin_round,
    is_over,
    lock,
    possible,
    save,
    settle,
    waits_for,
)
from opportunities.models import Need, Offer
from opportunities.own_name import own_name_in
from opportunities.placing import UnknownTimeZone
from opportunities.requirements import missing_facts, pay_problem
from opportunities.screening import (
    ask_reviewers,
    findings_in,
    identities_in_lists,
    verdict_on,
)

__all__ = [
    "CannotChange", "CannotSay", "DateIsPast", "FactsMissing", "HoursUnreadable", "KindIsFixed",
    "NotADraft", "NotOfTheTeam", "TooManyTopics", "UnknownTimeZone", "WishesAreForClasses",
    "WordsRefused", "complete", "edit", "missing_facts", "pause", "possible", "publish", "renew",
    "resume", "save_draft", "waits_for", "withdraw",
]  # fmt: skip

Facts = Mapping[str, Any]
READ = frozenset({*WORDS, *PAY, "kind", "hours_per_week", "shift_minutes"})  # by the screening


class CannotChange(Refused):
    """The base of every reason why a posting cannot be moved or changed."""

    message = _("This is not possible for this posting as it stands now.")


class NotADraft(CannotChange):
    message = _("It is published already. Edit it instead.")


class KindIsFixed(CannotChange):
    message = _("The kind of a published posting never changes. Post a new one instead.")


class DateIsPast(CannotChange):
    message = _("Choose a last day that is still to come.")


class FactsMissing(Refused):
    """Something is still missing; ``missing`` names it, in words for people."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return gettext("Before it can be published, please add: %(missing)s.") % {
            "missing": ", ".join(self.missing)
        }


# Drafts


@transaction.atomic
def save_draft(
    *,
    model: type[PostingT],
    party: Party,
    by: User | None,
    facts: Facts,
    posting: PostingT | None = None,
    public_id: UUID | None = None,
    at: datetime,
) -> PostingT:
    """Create a draft, or save one again. Asks for nothing; only given facts change.

    ``public_id`` is what a new one is to be called, so that a form sent twice makes one.

    A new one takes from its party what is not given: place (a confidential
    party's need: its counties), languages, and for a volunteer's offer who comes.
    ``by`` is None where a command imports for a party that nobody speaks for yet.
    Raises ``WordsRefused`` where an identity was typed, ``CannotSay``, ``UnknownZip``,
    ``UnknownCounty``, ``UnknownTimeZone``, ``NotADraft``, ``KindIsFixed``.
    """
    if posting is None:
        draft, facts = new_draft(model=model, party=party, facts=facts, at=at)
        draft.public_id = public_id or draft.public_id
    else:
        draft = lock(posting)
        _must_allow("save", draft, NotADraft)
        kind = draft.kind
        _say(draft, facts)
        if draft.kind != kind and draft.round:
            raise KindIsFixed
    save(draft, verb="saved", actor=by, at=at, seen_by_matcher=False)
    if posting is not None:
        forget_reminder(draft, at=at)
    told.link(draft, facts)
    return draft


def new_draft(
    *, model: type[PostingT], party: Party, facts: Facts, at: datetime
) -> tuple[PostingT, Facts]:
    """A draft that is yet to be saved, and all that is said of it. Raises as ``save_draft``."""
    draft = model(party=party, created_at=at, updated_at=at)
    facts = _with_defaults(draft, facts)
    _say(draft, facts)
    return draft, facts


def _say(draft: Need | Offer, facts: Facts) -> None:
    told.take(draft, facts)
    _refuse(findings_in(draft).identities + identities_in_lists(draft) + own_name_in(draft))


def _with_defaults(draft: Need | Offer, facts: Facts) -> Facts:
    filled = told.fill_in_defaults(draft, facts)
    if isinstance(draft, Offer) and draft.party.is_volunteer and "people" not in facts:
        owners = User.objects.filter(
            memberships__party=draft.party, memberships__role=Membership.Role.OWNER
        )
        filled["people"] = list(owners)
    return filled


# Published postings


@transaction.atomic
def publish(*, posting: PostingT, by: User | None, at: datetime) -> PostingT:
    """Send a draft (or a suspended offer) in: it opens, or waits for review or for its party.

    Raises ``FactsMissing``, ``WordsRefused``, ``DateIsPast``, ``CannotChange``, and
    ``conduct.NotAccepted`` where its person has not accepted the agreement.
    """
    if by is not None:
        conduct.require(by)
    posting = lock(posting)
    _must_allow("publish", posting)
    _must_be_whole(posting, at)
    verdict = verdict_on(posting)
    _refuse(identities_in_lists(posting) + _pay_refused(posting))
    _refuse(verdict.findings.refused + own_name_in(posting))
    ask_reviewers(posting, verdict)
    begin_round(posting, approvals=approvals_to_publish(posting), at=at)
    settle(posting, at=at)
    save(posting, verb="published", actor=by, at=at)
    forget_reminder(posting, at=at)
    return posting


@transaction.atomic
def edit(*, posting: PostingT, by: User | None, facts: Facts, at: datetime) -> PostingT:
    """Change a published posting; only given facts change.

    A material change counts ``revision`` up. A change of what reviewers decided
    on stops matching and begins a new round of review in the same transaction.
    Raises what ``save_draft`` raises, ``FactsMissing``, ``DateIsPast``.
    """
    posting = lock(posting)
    _must_allow("edit", posting)
    before = told.snapshot(posting)
    told.take(posting, facts)
    if posting.kind != before["kind"]:
        raise KindIsFixed
    told.link(posting, facts)
    touched = told.touched(before, told.snapshot(posting))
    if not touched:
        return posting
    _must_be_whole(posting, at)
    if touched & MATERIAL:
        posting.revision += 1
    _look_again(posting, touched, at)
    if posting.status == posting.FULL and _has_grown(posting, before):
        settle(posting, at=at)
    save(posting, verb="edited", actor=by, at=at, fields=sorted(touched))
    return posting


def _look_again(posting: Need | Offer, touched: frozenset[str], at: datetime) -> None:
    """Screen changed words, and begin a round of review if what was decided on has changed."""
    _refuse(identities_in_lists(posting) + _pay_refused(posting))
    if touched & READ:
        verdict = verdict_on(posting)
        _refuse(verdict.findings.refused + own_name_in(posting))
        ask_reviewers(posting, verdict)
    if approvals := approvals_after_edit(posting, touched):
        begin_round(posting, approvals=max(approvals, posting.reviews_needed), at=at)
    elif _only_questions_kept(posting, touched):
        posting.reviews_needed = 0
    else:
        return
    if posting.status not in {"paused", "suspended"}:
        settle(posting, at=at)


def _only_questions_kept(posting: Need | Offer, touched: frozenset[str]) -> bool:
    """In review for its words alone, and the new words raise no question."""
    looked_at_anyway = isinstance(posting, Offer) and posting.is_work
    return (
        posting.is_in_review
        and posting.reviews_needed == 1
        and not looked_at_anyway
        and not posting.questions
        and bool(touched & set(WORDS))
    )


def _has_grown(posting: Need | Offer, before: Facts) -> bool:
    return any(getattr(posting, field) > before[field] for field in OFTEN_FULL if field in before)


@transaction.atomic
def pause(*, posting: PostingT, by: User, at: datetime) -> PostingT:
    """Be asked for nothing new for a while. Raises ``CannotChange``."""
    return _put(posting, "pause", type(posting).Status.PAUSED, by=by, at=at)


@transaction.atomic
def resume(*, posting: PostingT, by: User, at: datetime) -> PostingT:
    """End a pause: it opens, or waits for what it still needs. Raises ``CannotChange``."""
    posting = lock(posting)
    _must_allow("resume", posting)
    if is_over(posting, at):
        raise DateIsPast
    settle(posting, at=at)
    save(posting, verb="resumed", actor=by, at=at)
    return posting


@transaction.atomic
def withdraw(*, posting: PostingT, by: User, at: datetime) -> PostingT:
    """Take it back for good. Raises ``CannotChange``."""
    withdrawn = _put(posting, "withdraw", type(posting).Status.WITHDRAWN, by=by, at=at)
    forget_reminder(withdrawn, at=at)
    return withdrawn


@transaction.atomic
def complete(*, posting: PostingT, by: User, at: datetime) -> PostingT:
    """Say that a need is met. Raises ``CannotChange``, for an offer always."""
    return _put(posting, "complete", Need.Status.COMPLETED, by=by, at=at)


def _put(posting: PostingT, verb: str, status: str, *, by: User, at: datetime) -> PostingT:
    """Have it stand where a person puts it; the audit calls the move by the status it ends in."""
    posting = lock(posting)
    _must_allow(verb, posting)
    posting.status = status
    save(posting, verb=str(status), actor=by, at=at)
    return posting


@transaction.atomic
def renew(*, posting: PostingT, by: User, end_date: date | None, at: datetime) -> PostingT:
    """Move the last day (none: an offer without an end); an expired one opens again.

    Raises ``DateIsPast``, ``FactsMissing`` or ``CannotChange``.
    """
    posting = lock(posting)
    _must_allow("renew", posting)
    before = posting.end_date
    told.take(posting, {"end_date": end_date})
    _must_be_whole(posting, at)
    if posting.end_date != before:
        posting.revision += 1
    if posting.status == "expired":
        settle(posting, at=at)
    save(posting, verb="renewed", actor=by, at=at)
    return posting


# What stands in the way


def _must_allow(
    verb: str, posting: Need | Offer, refusal: type[CannotChange] = CannotChange
) -> None:
    if verb not in possible(posting):
        raise refusal


def _must_be_whole(posting: Need | Offer, at: datetime) -> None:
    if missing := missing_facts(posting):
        raise FactsMissing(missing)
    if is_over(posting, at) or _ends_before_it_starts(posting):
        raise DateIsPast


def _ends_before_it_starts(posting: Need | Offer) -> bool:
    return bool(posting.start_date and posting.end_date and posting.end_date < posting.start_date)


def _pay_refused(posting: Need | Offer) -> list[tuple[str, str]]:
    problem = pay_problem(posting) if isinstance(posting, Offer) else ""
    return [("pay_amount", problem)] if problem else []


def _refuse(problems: list[tuple[str, str]]) -> None:
    if problems:
        raise WordsRefused(problems)
