"""What is asked for."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from opportunities.choices import Audience
from opportunities.models.fields import words
from opportunities.models.postings import Posting, PostingQuerySet


class NeedQuerySet(PostingQuerySet["Need"]):
    def open_at(self, at: datetime) -> Self:
        """Needs the matcher may propose for at that moment."""
        return self.filter(status=Need.Status.OPEN).of_verified_parties(at).in_date_on(at)


class Need(Posting):
    """What is asked for: seats and requirements, never a person.

    A confidential need has no place of its own: neither ZIP nor coordinates
    are stored, the counties it names stand for its place.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        OPEN = "open", _("Open")
        FILLED = "filled", _("Filled")
        COMPLETED = "completed", _("Completed")
        PAUSED = "paused", _("Paused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    WORD = "need"
    LIVE = Status.OPEN
    FULL = Status.FILLED

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    confidential = models.BooleanField(_("the place is confidential"), default=False)
    counties = words(_("counties"), help_text=_("They stand for a confidential place."))
    minutes = models.PositiveIntegerField(
        _("length of a session, in minutes"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
    )
    sessions = models.PositiveIntegerField(
        _("number of sessions"), default=1, validators=[MinValueValidator(1)]
    )
    shifts_per_week = models.PositiveSmallIntegerField(
        _("shifts a week"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    check_level = models.CharField(
        _("check level"), max_length=20, choices=CheckLevel, default=CheckLevel.NONE
    )
    exclusions = words(_("what it must not have"), max_length=40)
    requires = words(_("terms it must state"), max_length=40)
    seats = models.PositiveIntegerField(
        _("seats"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    helpers = models.PositiveSmallIntegerField(
        _("helpers wanted"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    objects = NeedQuerySet.as_manager()

    class Meta(Posting.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        constraints = [
            *Posting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(confidential=False)
                | Q(zip="", latitude=None, longitude=None, county=""),
                name="confidential_need_has_no_place",
                violation_error_message=_("A confidential place is never stored."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(confidential=False)
                | Q(mode="remote")
                | Q(counties__len__gt=0),
                name="confidential_need_names_its_counties",
                violation_error_message=_("Name at least one county, or choose online."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | (
                    Q(start_date__isnull=False, end_date__isnull=False)
                    & ~Q(title="")
                    & Q(languages__len__gt=0)
                    & ~Q(time_zone="")
                ),
                name="need_is_whole_once_sent_in",
                violation_error_message=_("Something is still missing."),
            ),
            models.CheckConstraint(
                condition=Q(
                    minutes__gte=1, minutes__lte=1440, sessions__gte=1, seats__gte=1, helpers__gte=1
                ),
                name="need_counts_from_one",
                violation_error_message=_("Numbers start at one."),
            ),
            models.CheckConstraint(
                condition=Q(kind="class") | Q(helpers=1),
                name="only_a_class_asks_for_several_helpers",
                violation_error_message=_("Only a class can ask for several helpers."),
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(opened_at__isnull=False),
                name="open_need_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "kind", "end_date"], name="need_by_status"),
            models.Index(fields=["party", "-updated_at"], name="need_by_party"),
        ]

    @property
    def required_check(self) -> str:
        """Rule 8: minors always mean the fingerprint level."""
        return CheckLevel.FINGERPRINT if self.audience != Audience.ADULTS else self.check_level
