"""What waits for a reviewer, as one list: parties, postings, concerns and checks.

They stand by risk and age: each as if it had waited since ``as_if_since``, which lies
earlier for each reason to look closely. So the risky come sooner, and the rest still come
up. Only a danger to somebody goes before all.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from accounts.adverse import answer_by
from accounts.models import Concern, Consideration, Party, User
from desk.party_risks import risks_of, waiting_parties
from opportunities.models import Need, Offer, PostingReview
from opportunities.models.postings import RISK_COUNTS_AS

MOST = 200  # of each kind: more than a reviewer decides in a day
A_REASON_COUNTS_AS = timedelta(days=3)  # of waiting; all reasons together as a posting's risk
SHOWN_REASONS = 3  # in the list; its own page has them all


class Case(NamedTuple):
    """One thing to decide.

    key          its public id, unique among all
    waits        for how long, in words
    group        "parties", "postings", "concerns" or "checks"
    as_if_since  where it stands in the list
    reasons      why it should be looked at closely, in words, the weightiest first
    stands       how far it is, in one sentence
    is_mine      whether this reviewer may decide on it now
    is_danger    somebody may be in danger: before all else
    """

    key: str
    group: str
    kind: str
    title: str
    path: str
    waits: str
    as_if_since: datetime
    reasons: list[str]
    stands: str
    is_mine: bool = True
    is_danger: bool = False

    @property
    def shown_reasons(self) -> list[str]:
        return self.reasons[:SHOWN_REASONS]

    @property
    def other_reasons(self) -> int:
        """How many more there are."""
        return max(0, len(self.reasons) - SHOWN_REASONS)


def cases_for(user: User, *, at: datetime) -> list[Case]:
    """All that waits and that this reviewer may look into, in the order of reading."""
    found = [*_parties(user, at), *_postings(user, at), *_concerns(user, at), *_checks(user, at)]
    return sorted(found, key=lambda case: (not case.is_danger, case.as_if_since, case.key))


def case_beside(user: User, key: str, *, ahead: bool, at: datetime) -> Case | None:
    """The next case this reviewer may decide on, or the one before; None at the end.

    From one that is not among them, decided meanwhile, the first is the next.
    """
    mine = [case for case in cases_for(user, at=at) if case.is_mine]
    keys = [case.key for case in mine]
    if key not in keys:
        return mine[0] if mine and ahead else None
    place = keys.index(key) + (1 if ahead else -1)
    return mine[place] if 0 <= place < len(mine) else None


def _parties(user: User, at: datetime) -> Iterator[Case]:
    parties = list(waiting_parties(user)[:MOST])
    risks = risks_of(parties)
    for party in parties:
        since, reasons = party.submitted_at or at, risks[party.pk]
        lead = min(len(reasons) * A_REASON_COUNTS_AS, RISK_COUNTS_AS)
        answers = [review for review in party.reviews.all() if review.round == party.round]
        yield Case(
            key=str(party.public_id),
            group="parties",
            kind=party.get_kind_display(),
            title=party.name,
            path=reverse("desk:party", args=[party.public_id]),
            waits=_age(since, at),
            as_if_since=since - lead,
            reasons=reasons,
            stands=_stands(party, sum(review.decision == "verify" for review in answers), user, at),
            is_mine=all(review.reviewer_id != user.pk for review in answers),
        )


def _stands(party: Party, yeses: int, user: User, at: datetime) -> str:
    said = _("%(yeses)s of %(needed)s have said yes.") % {
        "yeses": yeses,
        "needed": party.reviewers_needed,
    }
    if not party.is_claimed_at(at) or party.claimed_by is None:
        return said
    if party.claimed_by_id == user.pk:
        return " ".join([said, _("You are at it.")])
    name = party.claimed_by.get_full_name()
    return " ".join([said, _("%(name)s is at it.") % {"name": name}])


def _postings(user: User, at: datetime) -> Iterator[Case]:
    for model in (Need, Offer):
        mine: QuerySet[Any] = model.objects.reviewable_by(user)
        waiting: QuerySet[Any] = model.objects.undecided().seen_by_reviewer(user)
        yield from _posting_cases(waiting, set(mine.values_list("pk", flat=True)), at)


def _posting_cases(waiting: Any, mine: set[int], at: datetime) -> Iterator[Case]:
    yes = Q(reviews__decision=PostingReview.Decision.APPROVE, reviews__round=F("round"))
    counted = waiting.select_related("party").annotate(
        yeses=Count("reviews", filter=yes, distinct=True)
    )
    for posting in counted.by_risk_and_age()[:MOST]:
        yield Case(
            key=str(posting.public_id),
            group="postings",
            kind=f"{_name_of(posting)} · {posting.get_kind_display()}",
            title=str(posting),
            path=reverse("opportunities:review_posting", args=[posting.public_id]),
            waits=_age(posting.submitted_at, at),
            as_if_since=posting.waits_as_if_since,
            reasons=posting.asked,
            stands=_posting_stands(posting),
            is_mine=posting.pk in mine,
        )


def _name_of(posting: Need | Offer) -> str:
    return _("Need") if isinstance(posting, Need) else _("Offer")


def _posting_stands(posting: Any) -> str:
    said = _("By %(name)s. Yes so far: %(yeses)s. Still needed: %(needed)s.") % {
        "name": posting.party.name,
        "yeses": posting.yeses,
        "needed": posting.reviews_needed,
    }
    return " ".join([said, _("Its party waits, too.")]) if posting.party.is_waiting else said


def _concerns(user: User, at: datetime) -> Iterator[Case]:
    seen = Concern.objects.seen_by_reviewer(user).open().select_related("party")
    for concern in seen.order_by("reported_at", "pk")[:MOST]:
        yield Case(
            key=str(concern.public_id),
            group="concerns",
            kind=_("Concern"),
            title=concern.get_kind_display(),
            path=reverse("accounts:concern_review", args=[concern.public_id]),
            waits=_age(concern.reported_at, at),
            as_if_since=concern.reported_at - RISK_COUNTS_AS,  # as the riskiest posting
            reasons=[],
            stands=_("About %(name)s.") % {"name": concern.party.name} if concern.party else "",
            is_danger=concern.kind == Concern.Kind.SAFETY,
        )


def _checks(user: User, at: datetime) -> Iterator[Case]:
    seen = Consideration.objects.seen_by_reviewer(user).open().select_related("person")
    for found in seen.order_by("considered_at", "pk")[:MOST]:
        since = found.answered_at or found.considered_at
        yield Case(
            key=str(found.public_id),
            group="checks",
            kind=_("Check"),
            title=found.person.get_full_name(),
            path=reverse("accounts:consideration", args=[found.public_id]),
            waits=_age(since, at),
            as_if_since=since,
            reasons=[],
            stands=_check_stands(found, at),
            is_mine=_may_be_decided(found, at),
        )


def _may_be_decided(found: Consideration, at: datetime) -> bool:
    """Not while the person still has time to answer, and has not."""
    return not found.notice_at or bool(found.answered_at) or answer_by(found) < at.date()


def _check_stands(found: Consideration, at: datetime) -> str:
    if found.answered_at:
        return _("The person has answered.")
    return found.get_status_display()


def _age(since: datetime, at: datetime) -> str:
    """In its largest unit alone: hours do not matter after a day."""
    if at - since < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(since, at, depth=1)


GROUPS = ("parties", "postings", "concerns", "checks")


def counts_of(cases: Iterable[Case]) -> dict[str, int]:
    """How many of each group wait for this reviewer."""
    mine = [case.group for case in cases if case.is_mine]
    return {group: mine.count(group) for group in GROUPS}
