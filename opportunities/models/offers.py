"""What is brought."""

from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from opportunities.choices import PayPeriod, RecordPolicy
from opportunities.models.fields import above_zero, words
from opportunities.models.postings import Posting, PostingQuerySet


class OfferQuerySet(PostingQuerySet["Offer"]):
    def active_at(self, at: datetime) -> Self:
        """Offers the matcher may propose at that moment."""
        return self.filter(status=Offer.Status.ACTIVE).of_verified_parties(at).in_date_on(at)


class Offer(Posting):
    """What is brought: a class or help, an apprenticeship, a job."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        ACTIVE = "active", _("Active")
        AT_CAPACITY = "at_capacity", _("At capacity")
        PAUSED = "paused", _("Paused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        SUSPENDED = "suspended", _("Suspended")

    WORD = "offer"
    LIVE = Status.ACTIVE
    FULL = Status.AT_CAPACITY

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    radius_km = models.FloatField(
        _("how far, in kilometers"),
        default=40,
        validators=[MinValueValidator(0), MaxValueValidator(5000)],
    )
    people = models.ManyToManyField(
        User,
        blank=True,
        related_name="offers_in_person",
        verbose_name=_("who comes"),
        help_text=_("Everyone who comes; the lowest check among them counts."),
    )
    tags = words(_("what it has"), max_length=40)
    terms = words(_("terms it states"), max_length=40)
    capacity = models.PositiveIntegerField(
        _("capacity"), default=1, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    groups = models.PositiveSmallIntegerField(
        _("groups at the same time"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    pay_amount = models.DecimalField(
        _("pay"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    pay_period = models.CharField(_("per"), max_length=10, choices=PayPeriod, blank=True)
    tips = models.BooleanField(_("tips come on top"), default=False)
    hours_per_week = models.DecimalField(
        _("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    shift_minutes = models.PositiveIntegerField(
        _("length of a shift, in minutes"), null=True, blank=True
    )
    workplace = models.CharField(_("place of work"), max_length=200, blank=True)
    supervisor = models.CharField(_("supervisor's role"), max_length=120, blank=True)
    record_policy = models.CharField(
        _("policy on records"), max_length=20, choices=RecordPolicy, blank=True
    )
    length_months = models.PositiveSmallIntegerField(
        _("length in months"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    credential = models.CharField(_("credential earned"), max_length=120, blank=True)
    sponsor = models.CharField(_("apprenticeship sponsor"), max_length=120, blank=True)
    instruction = models.CharField(_("related instruction"), max_length=300, blank=True)
    wage_steps = models.CharField(_("wage steps"), max_length=300, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta(Posting.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            *Posting.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="draft")
                | (
                    Q(start_date__isnull=False)
                    & ~Q(title="")
                    & Q(languages__len__gt=0)
                    & ~Q(time_zone="")
                ),
                name="offer_is_whole_once_sent_in",
                violation_error_message=_("Something is still missing."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(kind="class")
                | (
                    above_zero("pay_amount", "hours_per_week", "shift_minutes")
                    & ~Q(pay_period="")
                    & ~Q(workplace="")
                    & ~Q(supervisor="")
                    & ~Q(record_policy="")
                ),
                name="work_states_its_pay_hours_place_and_supervisor",
                violation_error_message=_(
                    "Work is never unpaid: state pay, hours, place, supervisor and record policy."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | ~Q(kind="apprenticeship")
                | (
                    above_zero("length_months")
                    & ~Q(credential="")
                    & ~Q(sponsor="")
                    & ~Q(instruction="")
                    & ~Q(wage_steps="")
                ),
                name="apprenticeship_states_what_it_leads_to",
                violation_error_message=_(
                    "State the length, credential, sponsor, instruction and wage steps."
                ),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1, groups__gte=1, radius_km__gte=0),
                name="offer_counts_from_one",
                violation_error_message=_("Numbers start at one."),
            ),
            models.CheckConstraint(
                condition=~Q(status="active") | Q(opened_at__isnull=False),
                name="active_offer_says_since_when",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "kind", "end_date"], name="offer_by_status"),
            models.Index(fields=["party", "-updated_at"], name="offer_by_party"),
        ]
