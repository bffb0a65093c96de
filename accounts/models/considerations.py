"""A record that came up in a check, and the steps before anybody may be declined."""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.models.people import User


class ConsiderationQuerySet(models.QuerySet["Consideration"]):
    def open(self) -> Self:
        return self.filter(decided_at=None)

    def of(self, person: User) -> Self:
        """What this person may read and answer: nothing before the notice went out."""
        return self.filter(person=person, notice_at__isnull=False)

    def seen_by_reviewer(self, user: User) -> Self:
        """Never about the reviewer, nor about a colleague."""
        if not (user.is_reviewer and user.is_active):
            return self.none()
        colleagues = User.objects.filter(memberships__party__memberships__user=user)
        return self.exclude(person=user).exclude(person__in=colleagues)


class Consideration(models.Model):
    """Something came up. It decides nothing by itself: a person looks at it, and hears them.

    What came up is written down nowhere here; who made the report sends it to the person.
    """

    class Status(models.TextChoices):
        CONSIDERED = "considered", _("Being looked at")
        NOTICE_SENT = "notice_sent", _("The person was asked")
        CLEARED = "cleared", _("Cleared")
        DECLINED = "declined", _("Declined")

    WAIT_DAYS = 5  # business days between the notice and a "declined"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # goes with its person
        related_name="considerations",
        verbose_name=_("person"),
    )
    level = models.CharField(_("level"), max_length=20, choices=CheckLevel)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.CONSIDERED)
    issued_date = models.DateField(_("issued on"))
    expires_date = models.DateField(_("expires on"), null=True, blank=True)
    considered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField()
    notice_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("your answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ConsiderationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consideration")
        verbose_name_plural = _("considerations")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="declined")
                | Q(
                    notice_at__isnull=False,
                    decided_at__isnull=False,
                    # Five business days are never over within six days and some hours.
                    decided_at__gt=F("notice_at") + timedelta(days=6),
                ),
                name="declined_only_after_the_notice_and_its_wait",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["considered", "notice_sent"], decided_at=None)
                | Q(status__in=["cleared", "declined"], decided_at__isnull=False),
                name="consideration_is_decided_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=~Q(status="considered") | Q(notice_at=None),
                name="consideration_with_a_notice_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(status="notice_sent") | Q(notice_at__isnull=False),
                name="consideration_says_when_the_notice_went",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("considered_by"))
                & (Q(decided_by=None) | ~Q(person=F("decided_by"))),
                name="nobody_considers_themselves",
            ),
            models.UniqueConstraint(
                fields=["person", "level"],
                condition=Q(decided_at=None),
                name="one_open_consideration_per_person_and_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None
