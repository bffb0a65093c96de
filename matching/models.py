"""What the matcher chose to propose, what both sides said, and who never meets again."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Party, User
from opportunities.models import Need, Offer


class MatchQuerySet(models.QuerySet["Match"]):
    def of(self, user: User) -> Self:
        """Matches of the parties this person may act for, on either side."""
        return self.filter(
            Q(need__party__memberships__user=user) | Q(offer__party__memberships__user=user)
        ).distinct()

    def unanswered(self) -> Self:
        """Proposals that still wait for one side or both."""
        return self.filter(status__in=Match.UNANSWERED)

    def holding(self) -> Self:
        """Introductions that hold a seat and an opening."""
        return self.filter(status__in=Match.HOLDING)


class Match(models.Model):
    """A fit that was proposed to both sides, with its reasons as they were then.

    ``reasons`` is a list of ``{"code": …, "params": {…}}`` from the white-list
    in ``reasons.py``; pages turn it into sentences in the reader's language.
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
    LIVE = (*UNANSWERED, Status.WAITING, *HOLDING)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="matches")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="matches")
    need_revision = models.PositiveIntegerField()
    offer_revision = models.PositiveIntegerField()
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.PROPOSED
    )
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
                name="match_is_proposed_once_per_pair_and_revisions",
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


class Block(models.Model):
    """One party never wants to be matched with another. Seen by nobody else."""

    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # pointless without either party
        related_name="blocks",
    )
    blocked = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # as above
        related_name="blocked_by",
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "blocked"], name="block_is_once_per_pair"),
            models.CheckConstraint(condition=~Q(party=F("blocked")), name="block_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} ✕ {self.blocked_id}"
