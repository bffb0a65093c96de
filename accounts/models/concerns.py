"""What members report to the platform, about whom, and what became of it."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.parties import Party
from accounts.models.people import User


class ConcernQuerySet(models.QuerySet["Concern"]):
    def of(self, person: User) -> Self:
        """What this person reported."""
        return self.filter(reporter=person)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def seen_by_reviewer(self, user: User) -> Self:
        """Never about a reviewer's own party, and never one they reported themselves."""
        if not (user.is_reviewer and user.is_active):
            return self.none()
        mine = Party.objects.filter(memberships__user=user)
        own = Q(reporter=user) | Q(party__in=mine) | Q(reporter__memberships__party__in=mine)
        return self.exclude(pk__in=Concern.objects.filter(own))


class Concern(models.Model):
    """Somebody is worried. The platform's reviewers read it; the other side never does."""

    class Kind(models.TextChoices):
        SAFETY = "safety", _("Somebody may be in danger")
        CONTACT = "contact", _("Private contact, messages or visits that are not agreed")
        PRIVACY = "privacy", _("Stories, photos or names were passed on")
        MONEY = "money", _("Fees, deposits, unpaid work, or papers that were kept")
        PRESSURE = "pressure", _("Pressure, also about faith")
        HONESTY = "honesty", _("They are not who they say they are")
        OTHER = "other", _("Something else")

    # What it may be about beside a party: rows of rooms above, by Django's names for them.
    MATCH, MESSAGE = "matching.match", "engagements.message"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what it is about"), max_length=10, choices=Kind)
    text = models.TextField(_("what happened"), max_length=2000)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # erased with the party; the audit keeps the ids
        null=True,
        blank=True,
        related_name="concerns",
        verbose_name=_("about"),
    )
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(
        null=True, blank=True, help_text=_("What page it was reported from, such as a match.")
    )
    reporter = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,  # the worry stays when its person is erased
        null=True,
        blank=True,
        related_name="concerns",
    )
    reported_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("what was done"), max_length=1000, blank=True)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="concern_says_something"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, note="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(note="")),
                name="closed_concern_says_by_whom_and_what_was_done",
            ),
            models.CheckConstraint(
                condition=Q(subject="", subject_id=None)
                | Q(
                    subject__in=["matching.match", "engagements.message"],
                    subject_id__isnull=False,
                ),
                name="concern_is_about_a_match_or_a_message_by_its_id",
            ),
        ]
        indexes = [
            models.Index(fields=["reported_at"], condition=Q(closed_at=None), name="concern_queue"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def opens_messages(self) -> bool:
        """Whether it came from a match or a message: reviewers may then read what was written."""
        return self.subject in {Concern.MATCH, Concern.MESSAGE}

    @property
    def is_open(self) -> bool:
        return self.closed_at is None
