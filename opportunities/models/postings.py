"""What a need and an offer have in common."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Party, User
from opportunities.choices import Audience, Format, Kind, Mode, Venue
from opportunities.models.fields import words
from opportunities.models.lists import Topic
from opportunities.models.reviews import PostingReview
from opportunities.schedules import Slot, parse_slots
from screening.judging import REVIEW_FROM, reason_text

MAX_TOPICS = 6  # more than six topics no longer say what is meant
RISK_COUNTS_AS = timedelta(days=7)  # of waiting, at a score of 1; the rest still comes up
LATEST_DAY = timedelta(hours=11)  # behind UTC: where a day of the United States ends last


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

    def by_risk_and_age(self) -> Self:
        """As reviewers read: the longest waiting first, and risk counts as waiting."""
        lead = models.ExpressionWrapper(
            F("flag_score") * models.Value(RISK_COUNTS_AS), output_field=models.DurationField()
        )
        return self.order_by(F("submitted_at") - lead, "pk")

    def held(self, *, limit: int) -> list[PostingT_co]:
        """Some of them with their parties, locked; what somebody else holds is passed over."""
        rows = self.select_related("party").select_for_update(skip_locked=True, of=("self",))
        return list(rows.order_by("pk")[:limit])


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
    )  # the codes that screening.judging explains
    flag_score = models.FloatField(
        default=0, editable=False, help_text=_("From 0 to 1: it sorts the review, no more.")
    )
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
                condition=~Q(format="mentoring") | Q(audience="adults"),
                name="%(class)s_for_minors_is_never_one_to_one",
                violation_error_message=_("With minors nobody meets one to one."),
            ),
            models.CheckConstraint(
                condition=Q(flag_score__range=(0, 1)), name="%(class)s_flag_score_is_a_share"
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
        """Who is told, and answers: its contact, else its party's, else the first owner."""
        return self.told_among(self.party.memberships.select_related("user"))

    def told_among(self, team: Iterable[Membership]) -> User | None:
        """The same, for who has read the party's memberships already, with their users.

        Whoever has left the team, or is no longer active, is told nothing.
        """
        active = sorted(
            (member for member in team if member.user.is_active),
            key=lambda member: (member.joined_at, member.pk),
        )
        people = {member.user_id: member.user for member in active}
        for chosen in (self.contact_id, self.party.contact_id):
            if chosen in people:
                return people[chosen]
        return next((member.user for member in active if member.is_owner), None)

    @property
    def asked(self) -> list[str]:
        """The questions its words raise, in the reader's language."""
        return [reason_text(code) for code in self.questions]

    @property
    def waits_as_if_since(self) -> datetime | None:
        """When it was sent in, and earlier the riskier it looks; see ``by_risk_and_age``."""
        return self.submitted_at and self.submitted_at - self.flag_score * RISK_COUNTS_AS

    @property
    def looks_risky(self) -> bool:
        return self.flag_score >= REVIEW_FROM

    @property
    def is_work(self) -> bool:
        """A job or an apprenticeship: paid, and looked at by reviewers."""
        return self.kind != Kind.CLASS

    @property
    def is_work_for_minors(self) -> bool:
        return self.is_work and self.is_for_minors

    @property
    def is_for_minors(self) -> bool:
        return self.audience != Audience.ADULTS

    @property
    def is_draft(self) -> bool:
        return self.status == "draft"

    @property
    def is_in_review(self) -> bool:
        return self.status == "in_review"

    @property
    def path(self) -> str:
        """Its own page, for those who may see it."""
        return reverse(f"opportunities:{self.WORD}", args=[self.public_id])
