"""Whoever acts here."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.models.memberships import Membership
from accounts.models.party_rules import PARTY_RULES
from accounts.models.people import User
from accounts.models.reviews import Review
from accounts.places import Place, county_time_zone
from accounts.states import state_name


class PartyQuerySet(models.QuerySet["Party"]):
    def of(self, user: User) -> Self:
        """The parties this person may act for."""
        return self.filter(memberships__user=user)

    def owned_by(self, user: User) -> Self:
        return self.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)

    def verified_at(self, at: datetime) -> Self:
        """Parties whose postings may be matched at that moment."""
        return self.filter(status__in=Party.VERIFIED_STATUSES, verified_until__gt=at)

    def able_to_vouch(self, user: User, at: datetime) -> Self:
        """Verified organizations of this owner: a volunteer has shown too little."""
        return self.owned_by(user).verified_at(at).exclude(kind=Party.Kind.VOLUNTEER)

    def waiting(self) -> Self:
        """Sent in and not decided yet, a renewal included."""
        return self.filter(submitted_at__isnull=False)

    def seen_by_reviewer(self, user: User) -> Self:
        """What a reviewer may look into: never a party of their own."""
        if not (user.is_reviewer and user.is_active):
            return self.none()
        return self.exclude(memberships__user=user)

    def reviewable_by(self, user: User) -> Self:
        """What waits for a decision by this reviewer, who decides once a round."""
        decided = Review.objects.decisions().filter(
            party=models.OuterRef("pk"), round=models.OuterRef("round"), reviewer=user
        )
        return self.waiting().seen_by_reviewer(user).exclude(models.Exists(decided))

    def renewal_due_at(self, at: datetime) -> Self:
        """Verified parties whose year ends within the notice they are given."""
        return self.filter(
            status=Party.Status.VERIFIED, verified_until__lte=at + Party.RENEWAL_NOTICE
        )

    def last_reminder_due_at(self, at: datetime) -> Self:
        """Their year ends within a week, they have not sent themselves in, nor heard again."""
        last = at + Party.LAST_REMINDER
        due = self.filter(status=Party.Status.RENEWAL_DUE, submitted_at=None, reminded_at=None)
        return due.filter(verified_until__gt=at, verified_until__lte=last)

    def lapsed_at(self, at: datetime) -> Self:
        """Parties that still count as verified although their year has ended."""
        return self.filter(status__in=Party.VERIFIED_STATUSES, verified_until__lte=at)


class Party(models.Model):
    """Whoever acts here: a nonprofit, a business, or a volunteer.

    A confidential party has no ZIP and no coordinates, so that no table holds
    where it is: the counties it names stand for its place.
    """

    class Kind(models.TextChoices):
        NONPROFIT = "nonprofit", _("Nonprofit")
        BUSINESS = "business", _("Business")
        VOLUNTEER = "volunteer", _("Volunteer")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        MORE_INFORMATION = "more_information", _("More information needed")
        VERIFIED = "verified", _("Verified")
        RENEWAL_DUE = "renewal_due", _("Renewal due")
        LAPSED = "lapsed", _("Lapsed")
        DECLINED = "declined", _("Declined")
        SUSPENDED = "suspended", _("Suspended")

    VERIFIED_STATUSES = (Status.VERIFIED, Status.RENEWAL_DUE)
    SUBMITTABLE_STATUSES = (
        Status.DRAFT,
        Status.MORE_INFORMATION,
        Status.RENEWAL_DUE,
        Status.LAPSED,
    )
    VERIFIED_FOR = timedelta(days=365)  # a year, as product.md promises
    RENEWAL_NOTICE = timedelta(days=30)  # enough for two reviewers and a question in between
    LAST_REMINDER = timedelta(days=7)
    CLAIM_FOR = timedelta(days=2)  # time for a call-back on the next working day

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The name that others see after an introduction.")
    )
    reviewed_name = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("As reviewers last said yes to it. Others see no newer one; empty before."),
    )
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    registration_number = models.CharField(
        _("EIN or registration number"),
        max_length=40,
        blank=True,
        help_text=_("Only reviewers see it."),
    )
    license_number = models.CharField(
        _("business license number"),
        max_length=40,
        blank=True,
        help_text=_("Only reviewers see it."),
    )
    license_state = models.CharField(_("issuing state"), max_length=2, blank=True)
    mailing_address = models.CharField(
        _("mailing address: a PO box"),
        max_length=120,
        blank=True,
        help_text=_("Only reviewers see it."),
    )
    mission = models.CharField(_("mission in one sentence"), max_length=300, blank=True)
    website = models.URLField(_("website"), blank=True)
    residential = models.BooleanField(_("people live with us"), default=False)
    confidential = models.BooleanField(_("our place is confidential"), default=False)
    alias = models.CharField(
        _("alias"),
        max_length=120,
        blank=True,
        help_text=_("Shown in place of the name of a confidential party until an introduction."),
    )
    reviewed_alias = models.CharField(
        max_length=120, blank=True, help_text=_("As reviewers last said yes to it.")
    )
    zip = models.CharField(_("ZIP code"), max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    county = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    counties = ArrayField(
        models.CharField(max_length=80),
        verbose_name=_("counties"),
        default=list,
        blank=True,
        help_text=_("The counties that stand for a confidential place."),
    )
    languages = ArrayField(
        models.CharField(max_length=8),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    contact = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,  # the owner stands in when the contact leaves
        null=True,
        blank=True,
        related_name="contact_of",
        verbose_name=_("contact person"),
        help_text=_("Shared with the other side on an introduction."),
    )
    second_contact = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,  # without one, nobody else is asked
        null=True,
        blank=True,
        related_name="second_contact_of",
        verbose_name=_("second contact"),
        help_text=_("Asked when the contact does not answer within ten days."),
    )
    members = models.ManyToManyField(User, through="Membership", related_name="parties")
    round = models.PositiveIntegerField(
        default=0, help_text=_("How often it was sent in for review.")
    )
    submitted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Since when it waits for a decision; empty when it does not."),
    )
    claimed_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,  # nobody is at it then
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The reviewer who is at it."),
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_until = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the last reminder of this year went out.")
    )
    created_at = models.DateTimeField()

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = PARTY_RULES
        indexes = [
            models.Index(
                fields=["submitted_at"],
                condition=Q(submitted_at__isnull=False),
                name="party_queue",
            ),
            models.Index(fields=["status", "verified_until"], name="party_year"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """What others call it: a new name reaches nobody before reviewers have read it."""
        return self.reviewed_name or self.name

    @property
    def public_name(self) -> str:
        """What the other side sees before an introduction."""
        if not self.confidential:
            return self.shown_name
        alias = self.reviewed_alias if self.reviewed_name else self.alias
        return alias or gettext("A nonprofit in %(state)s") % {"state": state_name(self.state)}

    def keep_reviewed_names(self) -> None:
        """Reviewers have said yes to what it is called now."""
        self.reviewed_name, self.reviewed_alias = self.name, self.alias

    @property
    def language_names(self) -> list[str]:
        return [str(Language(code).label) for code in self.languages]

    @property
    def reviewers_needed(self) -> int:
        return 1 if self.kind == Party.Kind.VOLUNTEER else 2

    @property
    def is_volunteer(self) -> bool:
        return self.kind == Party.Kind.VOLUNTEER

    @property
    def is_waiting(self) -> bool:
        """Sent in for review and not decided yet."""
        return self.submitted_at is not None

    @property
    def is_decided_on(self) -> bool:
        """Somebody said yes to its facts, or is about to."""
        return self.status in {*Party.VERIFIED_STATUSES, Party.Status.IN_REVIEW}

    def is_claimed_at(self, at: datetime) -> bool:
        """A reviewer is at it, and their time is not up."""
        return self.claimed_until is not None and self.claimed_until > at

    @property
    def may_be_reopened(self) -> bool:
        return self.status in {Party.Status.SUSPENDED, Party.Status.DECLINED}

    @property
    def may_be_submitted(self) -> bool:
        return self.status in Party.SUBMITTABLE_STATUSES and not self.is_waiting

    def put_at(self, place: Place) -> None:
        """Stand at a ZIP's place, for everyone to be matched by distance."""
        self.confidential, self.counties = False, []
        self.zip, self.latitude, self.longitude = place.zip, place.latitude, place.longitude
        self.county, self.state, self.time_zone = place.county, place.state, place.time_zone

    def hide_in(self, counties: list[str]) -> None:
        """Be somewhere in these counties; whatever said more is forgotten."""
        self.confidential, self.counties = True, counties
        self.zip, self.latitude, self.longitude, self.county = "", None, None, ""
        first = counties[0] if counties else ""
        self.state, self.time_zone = first.rpartition(", ")[2], county_time_zone(first)

    def is_verified_at(self, at: datetime) -> bool:
        return (
            self.status in Party.VERIFIED_STATUSES
            and self.verified_until is not None
            and self.verified_until > at
        )
