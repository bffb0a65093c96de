"""What the matcher chose to propose, and what both sides said to it."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Self, cast

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from matching import reasons
from matching.models.reminders import Reminder
from matching.reasons import Side, Told
from matching.why import to_settle, unstated
from opportunities.models import Need, Offer

OTHER: dict[Side, Side] = {"need": "offer", "offer": "need"}


def _belongs(user: User, side: Side) -> Exists:
    """Whether this person may act for that side's party, as a condition on matches."""
    return Exists(Membership.objects.filter(user=user, party=OuterRef(f"{side}__party")))


def _parties_of(user: User) -> list[int]:
    """Read first: as subqueries they would stand in a list's query again and again."""
    return list(user.memberships.values_list("party", flat=True))


class MatchQuerySet(models.QuerySet["Match"]):
    def of(self, user: User) -> Self:
        """Matches of the parties this person may act for, on either side."""
        return self._of_parties(_parties_of(user))

    def _of_parties(self, parties: Sequence[int]) -> Self:
        """Each side is found by an index of its own: one condition for both reads all matches."""
        by_need = Match.objects.filter(need__party__in=parties)
        by_offer = Match.objects.filter(offer__party__in=parties)
        return self.filter(pk__in=by_need.values("pk").union(by_offer.values("pk")))

    def answerable_by(self, user: User) -> Self:
        """Open proposals that this person's side has not answered yet."""
        return self.unanswered().filter(
            Q(_belongs(user, "need"), need_answer="") | Q(_belongs(user, "offer"), offer_answer="")
        )

    def sided(self, user: User) -> Self:
        """Theirs, with the side on which they are; ``side_of`` then asks for nothing."""
        own = _parties_of(user)
        on_the_side = When(need__party__in=own, then=Value("need"))
        return self._of_parties(own).annotate(
            viewer_id=Value(user.pk, models.BigIntegerField()),
            viewer_side=Case(on_the_side, default=Value("offer")),
        )

    def seen_by(self, user: User) -> Self:
        """Their matches with all a list shows."""
        chosen = Reminder.objects.pending().filter(match=OuterRef("pk"), person=user)
        seen = self.sided(user).annotate(viewer_reminded_at=Subquery(chosen.values("due_at")))
        return seen.select_related("need__party", "offer__party")

    def unanswered(self) -> Self:
        """Proposals that still wait for one side or both, a fresh no included."""
        return self.filter(status__in=Match.UNANSWERED)

    def hopeful(self) -> Self:
        """Proposals that may still become an introduction: nobody said no."""
        said_no = Q(need_answer=Match.Answer.NO) | Q(offer_answer=Match.Answer.NO)
        return self.unanswered().exclude(said_no)

    def waiting(self) -> Self:
        """Both said yes and wait for a free place, the first in line first."""
        return self.filter(status=Match.Status.WAITING).order_by("waiting_since", "pk")

    def holding(self) -> Self:
        """Introductions that hold a seat and an opening."""
        return self.filter(status__in=Match.HOLDING)


class Match(models.Model):
    """A fit that was proposed to both sides, with its reasons as they were then.

    ``reasons`` is a list of ``{"code": …, "params": {…}}`` from the white-list
    in ``why.py``; pages turn it into sentences in the reader's language.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Waiting for an answer")
        ACCEPTED = "accepted", _("One side said yes")
        WAITING = "waiting", _("Both said yes, next in line")
        INTRODUCED = "introduced", _("Introduced")
        ENGAGED = "engaged", _("Under way")
        COMPLETED = "completed", _("Completed")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("No answer in time")
        WITHDRAWN = "withdrawn", _("No longer open")
        BLOCKED = "blocked", _("Blocked")
        ENDED = "ended", _("Introduction ended")

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    UNANSWERED = (Status.PROPOSED, Status.ACCEPTED)
    HOLDING = (Status.INTRODUCED, Status.ENGAGED)
    MET = (*HOLDING, Status.COMPLETED)  # each side knows the other's contact
    LIVE = (*UNANSWERED, Status.WAITING, *HOLDING)

    TAKE_BACK_FOR = timedelta(minutes=10)  # a slip of the finger is noticed at once
    NUDGE_AFTER = timedelta(days=5)  # counted from the proposal, as the three below
    SECOND_CONTACT_AFTER = timedelta(days=10)
    CLOSE_AFTER = timedelta(days=15)
    TIME_TO_ANSWER = timedelta(days=1)  # whoever is asked again has at least this long

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="matches")
    need_revision = models.PositiveIntegerField()
    offer_revision = models.PositiveIntegerField()
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PROPOSED)
    score = models.FloatField(help_text=_("0 to 1; shown in words."))
    reasons = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    need_answer = models.CharField(max_length=3, choices=Answer, blank=True)
    need_answered_at = models.DateTimeField(null=True, blank=True)
    need_answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the answer stays when its person is erased
    need_reason = models.CharField(max_length=300, blank=True)
    offer_answer = models.CharField(max_length=3, choices=Answer, blank=True)
    offer_answered_at = models.DateTimeField(null=True, blank=True)
    offer_answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # as above
    offer_reason = models.CharField(max_length=300, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)
    second_contact_at = models.DateTimeField(null=True, blank=True)
    waiting_since = models.DateTimeField(null=True, blank=True)
    introduced_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(
        max_length=300, blank=True, help_text=_("For the platform's staff alone.")
    )

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "offer", "need_revision", "offer_revision"],
                condition=~Q(status="withdrawn"),
                name="match_is_answered_once_per_pair_and_revisions",
            ),
            models.UniqueConstraint(
                fields=["need", "offer"],
                condition=Q(
                    status__in=["proposed", "accepted", "waiting", "introduced", "engaged"]
                ),
                name="match_is_live_once_per_pair",
            ),
            models.CheckConstraint(
                condition=Q(need_answer="", need_answered_at=None)
                | (~Q(need_answer="") & Q(need_answered_at__isnull=False)),
                name="need_side_answered_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(offer_answer="", offer_answered_at=None)
                | (~Q(offer_answer="") & Q(offer_answered_at__isnull=False)),
                name="offer_side_answered_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["waiting", "introduced", "engaged", "completed"])
                | Q(need_answer="yes", offer_answer="yes"),
                name="introduction_has_two_yeses",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["introduced", "engaged", "completed"])
                | Q(introduced_at__isnull=False),
                name="introduction_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="match_score_is_0_to_1"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "proposed_at"], name="match_deadlines"),
            models.Index(fields=["offer", "status"], name="match_by_offer"),
            models.Index(fields=["need", "status"], name="match_by_need"),
        ]

    def __str__(self) -> str:
        return f"{self.need} · {self.offer}"

    @property
    def closes_at(self) -> datetime:
        """When silence closes it."""
        return self.proposed_at + Match.CLOSE_AFTER

    def may_be_reminded_at(self, at: datetime) -> list[datetime]:
        """The moments to which an answer can be put off: each leaves time to give it."""
        last = self.closes_at - Match.TIME_TO_ANSWER
        return [at + wait for wait in Reminder.AFTER if at + wait <= last]

    @property
    def has_met(self) -> bool:
        return self.status in Match.MET

    def side_of(self, user: User) -> Side:
        """The side this person may act for. Raises ``LookupError`` for a stranger."""
        if getattr(self, "viewer_id", None) == user.pk:  # annotated by ``sided``
            return cast("Side", self.viewer_side)  # type: ignore[attr-defined]  # as above
        mine = set(user.memberships.values_list("party_id", flat=True))
        if self.need.party_id in mine:
            return "need"
        if self.offer.party_id in mine:
            return "offer"
        raise LookupError("This person belongs to neither side.")

    def posting_of(self, side: Side) -> Need | Offer:
        return self.need if side == "need" else self.offer

    def answer_of(self, side: Side) -> str:
        """ "yes", "no", or empty."""
        return self.need_answer if side == "need" else self.offer_answer

    def answered_at_of(self, side: Side) -> datetime | None:
        return self.need_answered_at if side == "need" else self.offer_answered_at

    def put_answer(
        self, side: Side, answer: str, *, by: User | None, at: datetime | None, reason: str = ""
    ) -> None:
        """Write one side's answer down, or take it away; the caller saves."""
        if side == "need":
            self.need_answer, self.need_reason = answer, reason
            self.need_answered_at, self.need_answered_by = at, by
        else:
            self.offer_answer, self.offer_reason = answer, reason
            self.offer_answered_at, self.offer_answered_by = at, by

    def put_reason(self, side: Side, reason: str) -> None:
        """Why that side said no, for the platform's staff alone; the caller saves."""
        if side == "need":
            self.need_reason = reason
        else:
            self.offer_reason = reason

    def reason_of(self, side: Side) -> str:
        return self.need_reason if side == "need" else self.offer_reason

    def said_no_for_good(self, side: Side, at: datetime) -> bool:
        """That side said no, and the time to take it back is over."""
        answered_at = self.answered_at_of(side)
        return (
            self.answer_of(side) == Match.Answer.NO
            and answered_at is not None
            and at >= answered_at + Match.TAKE_BACK_FOR
        )

    def may_answer(self, side: Side) -> bool:
        return self.status in Match.UNANSWERED and not self.answer_of(side)

    def may_take_back(self, side: Side, at: datetime) -> bool:
        """A no for ten minutes; a first yes until the second comes."""
        if self.status not in Match.UNANSWERED or not self.answer_of(side):
            return False
        return not self.said_no_for_good(side, at)

    def is_second_yes(self, side: Side) -> bool:
        """Whether a yes of this side would be the final one."""
        return self.may_answer(side) and self.answer_of(OTHER[side]) == Match.Answer.YES

    def status_for(self, side: Side) -> Status:
        """The status as that side may know it.

        One's own no is a no at once; the other's is not seen before it is final;
        a block looks like any other no, to both.
        """
        if self.status in Match.UNANSWERED:
            answers = {self.answer_of(side), self.answer_of(OTHER[side])}
            if self.answer_of(side) == Match.Answer.NO:
                return Match.Status.DECLINED
            return Match.Status.ACCEPTED if "yes" in answers else Match.Status.PROPOSED
        if self.status == Match.Status.BLOCKED:
            return Match.Status.DECLINED
        return Match.Status(self.status)

    def other_name(self, side: Side) -> str:
        """The other party's name, as that side may know it."""
        party = self.posting_of(OTHER[side]).party
        return party.shown_name if self.has_met else party.public_name

    def why(self, side: Side) -> Told:
        """What fits, what is close, what is unknown, as that side reads it.

        As it was when it was proposed; what both have to settle, and what an offer does not
        say, as it stands now, since it may have been said meanwhile.
        """
        need, offer = self.need, self.offer
        settle = to_settle(
            offer.kind,
            modes=(need.mode, offer.mode),
            venues=(need.venue, offer.venue),
            formats=(need.format, offer.format),
        )
        unsaid = unstated(offer.kind, terms=offer.terms, description=offer.description)
        return reasons.told([*self.reasons, *settle, *unsaid], side=side)
