"""What is asked for and what is brought: topics, conditions, needs, offers, reviews."""

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.models import Membership, Party, User
from opportunities.choices import Audience, Format, Kind, Mode, PayPeriod, RecordPolicy, Venue
from opportunities.schedules import Slot, parse_slots
from opportunities.screening import question_text
from opportunities.topics import name_of

MAX_TOPICS = 6  # more than six topics no longer say what is meant
LATEST_DAY = timedelta(hours=11)  # behind UTC: where a day of the United States ends last


def words(verbose_name: Any, max_length: int = 80, **options: Any) -> "ArrayField[Any, Any]":
    """A list of short words, empty by default."""
    return ArrayField(
        models.CharField(max_length=max_length),
        verbose_name=verbose_name,
        default=list,
        blank=True,
        **options,
    )


def _above_zero(*numbers: str) -> Q:
    """Each is there and above zero; a comparison with nothing would refuse nothing."""
    there = {f"{number}__isnull": False for number in numbers}
    return Q(**there) & Q(**{f"{number}__gt": 0 for number in numbers})


class Topic(models.Model):
    """An entry of the taxonomy, loaded from the file that ships with the project."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    group = models.CharField(_("group"), max_length=30)
    synonyms = words(_("synonyms"), max_length=120)
    umbrella = models.BooleanField(
        _("umbrella"), default=False, help_text=_("Shared with every topic of its group.")
    )
    soc = models.CharField(_("SOC 2018 code"), max_length=10, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return name_of(self.slug, get_language() or "en") or self.name


class Condition(models.Model):
    """A word that a posting may exclude, carry, require or state. Reviewers extend the list."""

    class Kind(models.TextChoices):
        SETTING = "setting", _("Setting")
        EMPLOYER_REQUIREMENT = "employer_requirement", _("Employer's requirement")
        CLASS_ONLY = "class_only", _("Classes only")
        TERM = "term", _("Term an offer may state")

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    label = models.CharField(_("label"), max_length=120)
    label_es = models.CharField(_("label in Spanish"), max_length=120, blank=True)
    retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")

    def __str__(self) -> str:
        spanish = (get_language() or "en").startswith("es")
        return self.label_es if spanish and self.label_es else self.label


PostingT_co = TypeVar("PostingT_co", bound="Posting", covariant=True)


class PostingQuerySet(models.QuerySet[PostingT_co]):
    """The vocabulary that needs and offers share."""

    def of(self, user: User) -> Self:
        """Postings of the parties this person may act for."""
        return self.filter(party__memberships__user=user)

    def in_date_on(self, at: datetime) -> Self:
        return self.filter(Q(end_date=None) | Q(end_date__gte=at.date()))

    def of_verified_parties(self, at: datetime) -> Self:
        return self.filter(party__status__in=Party.VERIFIED_STATUSES, party__verified_until__gt=at)

    def over_at(self, at: datetime) -> Self:
        """Those whose last day is over, even where the day is latest (Samoa, UTC-11)."""
        return self.filter(end_date__lt=(at - LATEST_DAY).date())

    def in_review(self) -> Self:
        return self.filter(status="in_review")

    def undecided(self) -> Self:
        """In review, and still short of approvals."""
        return self.in_review().filter(reviews_needed__gt=0)

    def waiting_for_party(self) -> Self:
        """In review, and nothing is missing but the party's verification."""
        return self.in_review().filter(reviews_needed=0)

    def seen_by_reviewer(self, user: User) -> Self:
        """What a reviewer may look into: sent in at least once, and never of their own party."""
        if not (user.is_reviewer and user.is_active):
            return self.none()
        return self.filter(round__gt=0).exclude(party__memberships__user=user)

    def reviewable_by(self, user: User) -> Self:
        """What waits for a decision by this reviewer, who decides once a round."""
        decided = PostingReview.objects.decisions().filter(
            **{self.model.WORD: OuterRef("pk")},
            round=OuterRef("round"),
            reviewer=user,
        )
        return self.undecided().seen_by_reviewer(user).exclude(models.Exists(decided))

    def with_told(self) -> Self:
        """Everything that ``told`` reads, in a fixed number of queries."""
        members = Membership.objects.select_related("user")
        return self.select_related("party").prefetch_related(
            models.Prefetch("party__memberships", queryset=members)
        )


class Posting(models.Model):
    """What a need and an offer have in common.

    ``revision`` counts the material changes: a declined pair may be looked at
    again only when it has moved.
    """

    Kind = Kind
    WORD: ClassVar[str]  # what addresses, changes and reviews call it
    LIVE: ClassVar[str]  # the status in which the matcher may propose it
    FULL: ClassVar[str]  # the status in which it has all it wanted, or gives all it can
    status: str

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("party")
    )
    import_id = models.CharField(
        _("id in your spreadsheet"), max_length=80, blank=True, editable=False
    )
    contact = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,  # the party's contact or owner stands in
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact person"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.CLASS)
    title = models.CharField(_("title"), max_length=120, blank=True)
    description = models.TextField(_("in your own words"), max_length=4000, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, verbose_name=_("topics"))
    format = models.CharField(_("format"), max_length=20, choices=Format, blank=True)
    venue = models.CharField(_("venue"), max_length=20, choices=Venue, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=Mode, default=Mode.EITHER)
    zip = models.CharField(_("ZIP code"), max_length=5, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    county = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    slots = words(
        _("weekly hours"), max_length=20, help_text=_("Such as “Tue 18:00-20:00”; none: any time.")
    )
    dates = ArrayField(
        models.DateField(), verbose_name=_("only on these dates"), default=list, blank=True
    )
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("until"), null=True, blank=True)
    languages = words(_("languages"), max_length=8)
    audience = models.CharField(
        _("audience"), max_length=10, choices=Audience, default=Audience.ADULTS
    )
    questions = words(
        _("questions its words raise"), max_length=120, help_text=_("Answered by a reviewer.")
    )  # the codes of screening.py
    revision = models.PositiveIntegerField(default=1, editable=False)
    round = models.PositiveIntegerField(default=0, editable=False)
    reviews_needed = models.PositiveSmallIntegerField(
        default=0,
        editable=False,
        help_text=_("Approvals that this round takes; 0 once it has them, or needs none."),
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["party", "import_id"],
                condition=~Q(import_id=""),
                name="%(class)s_is_imported_once",
            ),
            models.CheckConstraint(
                condition=Q(start_date=None) | Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                # A comparison with nothing is no refusal, so both are asked for by name.
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="%(class)s_place_is_on_earth",
                violation_error_message=_("These coordinates are nowhere on earth."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(no title yet)"))

    @property
    def weekly_slots(self) -> tuple[Slot, ...]:
        return parse_slots(";".join(self.slots))

    @property
    def told(self) -> User | None:
        """Who is told and answers: the posting's contact, else the party's, else its first owner.

        Whoever has left the team, or is no longer active, is told nothing. Lists load what it
        reads by ``with_told()``.
        """
        team = sorted(
            (member for member in self.party.memberships.all() if member.user.is_active),
            key=lambda member: (member.joined_at, member.pk),
        )
        people = {member.user_id: member.user for member in team}
        for chosen in (self.contact_id, self.party.contact_id):
            if chosen in people:
                return people[chosen]
        return next((member.user for member in team if member.is_owner), None)

    @property
    def asked(self) -> list[str]:
        """The questions its words raise, in the reader's language."""
        return [question_text(code) for code in self.questions]

    @property
    def is_work(self) -> bool:
        """A job or an apprenticeship: paid, and looked at by reviewers."""
        return self.kind != Kind.CLASS

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"

    @property
    def is_in_review(self) -> bool:
        return self.status == "in_review"

    @property
    def is_paused(self) -> bool:
        return self.status == "paused"

    @property
    def is_live(self) -> bool:
        """The matcher may propose it."""
        return self.status == self.LIVE

    @property
    def path(self) -> str:
        """Its own page, for those who may see it."""
        return reverse(f"opportunities:{self.WORD}", args=[self.public_id])


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
                    _above_zero("pay_amount", "hours_per_week", "shift_minutes")
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
                    _above_zero("length_months")
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
        Need, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews"
    )  # erased with its posting; the audit keeps the ids
    offer = models.ForeignKey(
        Offer, on_delete=models.CASCADE, null=True, blank=True, related_name="reviews"
    )
    round = models.PositiveIntegerField()
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=20, choices=Decision)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    at = models.DateTimeField()

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
