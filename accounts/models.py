"""People, the parties they speak for, and what reviewers found about both."""

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel, Language
from accounts.places import STATES, Place, county_time_zone


class UserManager(BaseUserManager["User"]):
    """Makes people, who are known by their e-mail address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, is_reviewer=True, **fields
        )


def spoken_languages() -> list[tuple[str, Any]]:
    """Asked for when needed, so that one language more takes no migration."""
    return list(settings.LANGUAGES)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. Never a survivor: survivors are not recorded here."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=spoken_languages, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="America/New_York")
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_reviewer = models.BooleanField(_("reviewer"), default=False)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_lower_case"),
        ]

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email


class PartyQuerySet(models.QuerySet["Party"]):
    def of(self, user: User) -> Self:
        """The parties this person may act for."""
        return self.filter(memberships__user=user)

    def owned_by(self, user: User) -> Self:
        return self.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)

    def verified_at(self, at: datetime) -> Self:
        """Parties whose postings may be matched at that moment."""
        return self.filter(status__in=Party.VERIFIED_STATUSES, verified_until__gt=at)

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

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The name that others see after an introduction.")
    )
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    registration_number = models.CharField(
        _("EIN or registration number"),
        max_length=40,
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
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential=False)
                | Q(zip="", latitude=None, longitude=None, county=""),
                name="confidential_party_has_no_place",
                violation_error_message=_("A confidential place is never stored."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["verified", "renewal_due"])
                | Q(verified_at__isnull=False, verified_until__isnull=False),
                name="verified_party_says_since_when_and_until_when",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,  # a comparison with NULL would let a half point pass
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="party_place_is_on_earth",
            ),
            models.CheckConstraint(
                # A renewal is reviewed while the old year still counts.
                condition=Q(status="in_review", submitted_at__isnull=False)
                | Q(status="renewal_due")
                | Q(~Q(status="in_review"), submitted_at=None),
                name="party_waits_exactly_while_it_is_reviewed",
            ),
            models.CheckConstraint(
                condition=~Q(kind="volunteer") | Q(confidential=False, residential=False),
                name="volunteer_is_no_confidential_home",
            ),
        ]
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
    def public_name(self) -> str:
        """What the other side sees before an introduction."""
        if not self.confidential:
            return self.name
        state = STATES.get(self.state, "")
        return self.alias or gettext("A nonprofit in %(state)s") % {"state": state}

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


class Membership(models.Model):
    """A person speaks for a party, as owner or as staff."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        STAFF = "staff", _("Staff")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # a membership is nothing without its person
        related_name="memberships",
    )
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # nor without its party
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.STAFF)
    joined_at = models.DateTimeField()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "party"], name="membership_is_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.party}"

    @property
    def is_owner(self) -> bool:
        return self.role == Membership.Role.OWNER


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open_at(self, at: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=at)

    def to(self, addresses: Collection[str]) -> Self:
        return self.filter(email__in=[address.lower() for address in addresses])

    def owed_at(self, at: datetime) -> Self:
        """Open ones whose mail has not gone out, is due, and is in nobody's hands."""
        return self.open_at(at).filter(sent_at=None, failed_at=None, due_at__lte=at)

    def claim(self, *, limit: int, at: datetime) -> list["Invitation"]:
        """Take some that are owed for a while; nobody else sends them meanwhile."""
        with transaction.atomic():
            claimed = list(
                self.owed_at(at)
                .select_related("party", "invited_by")
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("due_at", "pk")[:limit]
            )
            lease_ends = at + Invitation.LEASE
            Invitation.objects.filter(pk__in=[one.pk for one in claimed]).update(due_at=lease_ends)
        return claimed


class Invitation(models.Model):
    """A colleague is asked by mail to join a party. The mail is owed by this row."""

    OPEN_FOR = timedelta(days=14)
    LEASE = timedelta(minutes=5)  # longer than any mail server keeps us waiting
    MAX_TRIES = 5

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # nobody can join what is gone
        related_name="invitations",
    )
    email = models.EmailField(_("email address"))
    role = models.CharField(
        _("role"), max_length=10, choices=Membership.Role, default=Membership.Role.STAFF
    )
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(help_text=_("When its mail may be sent, or tried again."))
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_address_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn_but_not_both",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="invitation_is_sent_or_failed_but_not_both",
            ),
            models.UniqueConstraint(
                fields=["party", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_is_open_once",
                violation_error_message=_("This address is already invited."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.party}"

    def mark_sent(self, *, at: datetime) -> None:
        self.sent_at = at
        self.save(update_fields=["sent_at"])

    def put_back(self, *, at: datetime) -> None:
        """Try again later, each time after twice as long; in the end, show it to a person."""
        self.tries += 1
        self.due_at = at + Invitation.LEASE * 2**self.tries
        self.failed_at = at if self.tries >= Invitation.MAX_TRIES else None
        self.save(update_fields=["tries", "due_at", "failed_at"])


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
        Party,
        on_delete=models.CASCADE,  # erased with its party; the audit keeps the ids
        related_name="reviews",
    )
    round = models.PositiveIntegerField()
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField()

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


class CheckQuerySet(models.QuerySet["Check"]):
    def standing(self) -> Self:
        """Checks that count; a withdrawn one never does."""
        return self.filter(withdrawn_at=None)

    def holding_on(self, day: date) -> Self:
        return self.standing().filter(Q(expires_date=None) | Q(expires_date__gte=day))


class Check(models.Model):
    """What a reviewer determined about a person. The determination, never the report."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # a determination goes with its person
        related_name="checks",
        verbose_name=_("person"),
    )
    level = models.CharField(_("level"), max_length=20, choices=CheckLevel)
    issued_date = models.DateField(_("issued on"))
    expires_date = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("Empty if it does not expire.")
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.CheckConstraint(
                condition=~Q(level="none"),
                name="check_has_a_level",
                violation_error_message=_("Choose a level."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("recorded_by")),
                name="check_is_never_recorded_by_its_person",
                violation_error_message=_("Nobody records their own check."),
            ),
            models.CheckConstraint(
                condition=Q(expires_date=None) | Q(expires_date__gte=F("issued_date")),
                name="check_expires_after_it_was_issued",
                violation_error_message=_("A check cannot expire before it was issued."),
            ),
        ]
        indexes = [models.Index(fields=["person", "level"], name="check_by_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_level_display()}"
