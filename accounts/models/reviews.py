"""What reviewers decided on parties."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def decisions(self) -> Self:
        """Answers to something sent in, as opposed to what a reviewer did unasked."""
        return self.filter(decision__in=Review.ANSWERS)


class Review(models.Model):
    """What one reviewer decided on a party, and why."""

    class Decision(models.TextChoices):
        VERIFY = "verify", _("Verify")
        MORE_INFORMATION = "more_information", _("Ask for more information")
        DECLINE = "decline", _("Decline")
        SUSPEND = "suspend", _("Suspend")
        REOPEN = "reopen", _("Reopen")

    ANSWERS = (Decision.VERIFY, Decision.MORE_INFORMATION, Decision.DECLINE)

    party = models.ForeignKey(
        "accounts.Party",
        on_delete=models.CASCADE,  # erased with its party; the audit keeps the ids
        related_name="reviews",
    )
    round = models.PositiveIntegerField()
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField()
    submitted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when what was decided on had waited.")
    )
    closes = models.BooleanField(default=False, help_text=_("It ended its round."))
    facts = models.JSONField(
        default=dict, blank=True, help_text=_("The reviewed facts that a yes was said to.")
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "round", "reviewer"],
                condition=Q(decision__in=["verify", "more_information", "decline"]),
                name="review_is_once_per_reviewer_and_round",
                violation_error_message=_("You have decided on this already."),
            ),
            models.CheckConstraint(
                condition=Q(decision="verify") | ~Q(reason=""),
                name="review_gives_a_reason_unless_it_verifies",
                violation_error_message=_("Please say why, in words the party will read."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.get_decision_display()}"
