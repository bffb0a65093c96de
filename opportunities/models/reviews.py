"""What reviewers decided on postings."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class PostingReviewQuerySet(models.QuerySet["PostingReview"]):
    def decisions(self) -> Self:
        """Answers to something sent in, as opposed to what a reviewer did unasked."""
        return self.filter(decision__in=PostingReview.ANSWERS)


class PostingReview(models.Model):
    """What one reviewer decided on a need or an offer, and why."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("Approve")
        DECLINE = "decline", _("Send back")
        SUSPEND = "suspend", _("Suspend")

    ANSWERS = (Decision.APPROVE, Decision.DECLINE)

    need = models.ForeignKey(
        "opportunities.Need",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews",
    )  # erased with its posting; the audit keeps the ids
    offer = models.ForeignKey(
        "opportunities.Offer",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reviews",
    )
    round = models.PositiveIntegerField()
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField()
    facts = models.JSONField(
        default=dict, blank=True, help_text=_("What was approved, to show later what changed.")
    )

    objects = PostingReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a posting")
        verbose_name_plural = _("reviews of postings")
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None, offer__isnull=False) | Q(need__isnull=False, offer=None),
                name="posting_review_is_about_one_posting",
            ),
            models.UniqueConstraint(
                fields=["need", "round", "reviewer"],
                condition=Q(decision__in=["approve", "decline"]),
                name="need_is_reviewed_once_per_round",
                violation_error_message=_("You have decided on this already."),
            ),
            models.UniqueConstraint(
                fields=["offer", "round", "reviewer"],
                condition=Q(decision__in=["approve", "decline"]),
                name="offer_is_reviewed_once_per_round",
                violation_error_message=_("You have decided on this already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="approve") | ~Q(reason=""),
                name="posting_review_gives_a_reason_unless_it_approves",
                violation_error_message=_("Please say why, in words the poster will read."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need or self.offer}: {self.get_decision_display()}"
