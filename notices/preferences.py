"""What a person wants to hear of by mail, and when."""

import zoneinfo
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Kind(models.TextChoices):
    """What a person can choose for, in the words of the page that asks."""

    PROPOSALS = "proposals", _("New matches")
    REMINDERS = "reminders", _("Matches that wait for an answer")
    ANSWERS = "answers", _("Answers, introductions and endings")
    MESSAGES = "messages", _("Messages after an introduction")
    PROFILE = "profile", _("Your profile, your team and what you posted")


KIND_OF = {
    "proposed": Kind.PROPOSALS,
    "nudge": Kind.REMINDERS,
    "second_contact": Kind.REMINDERS,
    "introduced": Kind.ANSWERS,
    "waiting": Kind.ANSWERS,
    "declined": Kind.ANSWERS,
    "no_answer": Kind.ANSWERS,
    "closed": Kind.ANSWERS,
    "ended": Kind.ANSWERS,
    "withdrawn": Kind.ANSWERS,
    "lapsed": Kind.ANSWERS,
    "message": Kind.MESSAGES,
}  # by event; all others: the profile


class Preference(models.Model):
    """What one person wants by mail, and when. Without a row: all at once, but not at night.

    The inbox keeps everything, whatever is chosen here. Hours are those of the
    person's own time zone.
    """

    class When(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        OFF = "off", _("No mail")

    MORNING = 8  # o'clock; when grouped mail goes out where no quiet hours end

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,  # a choice goes with its person
        related_name="notice_preference",
        verbose_name=_("person"),
    )
    proposals = models.CharField(
        Kind.PROPOSALS.label, max_length=10, choices=When, default=When.AT_ONCE
    )
    reminders = models.CharField(
        Kind.REMINDERS.label, max_length=10, choices=When, default=When.AT_ONCE
    )
    answers = models.CharField(
        Kind.ANSWERS.label, max_length=10, choices=When, default=When.AT_ONCE
    )
    messages = models.CharField(
        Kind.MESSAGES.label, max_length=10, choices=When, default=When.AT_ONCE
    )
    profile = models.CharField(
        Kind.PROFILE.label, max_length=10, choices=When, default=When.AT_ONCE
    )
    has_quiet_hours = models.BooleanField(_("No mail at night"), default=True)
    quiet_from = models.PositiveSmallIntegerField(_("from"), default=21)  # o'clock
    quiet_until = models.PositiveSmallIntegerField(_("until"), default=MORNING)  # o'clock

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23, quiet_until__lte=23),
                name="quiet_hours_are_hours_of_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(quiet_from=models.F("quiet_until")),
                name="quiet_hours_end",
                violation_error_message=_("Quiet hours need an end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"

    def choice_for(self, event: str) -> str:
        """When this person wants to hear of such an event."""
        kind = KIND_OF.get(event, Kind.PROFILE)
        return str(getattr(self, kind))

    def is_quiet_at(self, at: datetime) -> bool:
        """Whether it is night for this person, as they define it."""
        if not self.has_quiet_hours:
            return False
        hour = at.astimezone(self._zone).hour
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until

    def morning_after(self, at: datetime, *, weekday: int | None = None) -> datetime:
        """When grouped mail goes out next: as the quiet hours end, on that weekday (0: Monday)."""
        hour = time(self.quiet_until if self.has_quiet_hours else self.MORNING)
        today = at.astimezone(self._zone).date()
        mornings = (
            datetime.combine(today + timedelta(days=days), hour, self._zone).astimezone(UTC)
            for days in range(9)
        )
        return next(
            morning
            for morning in mornings
            if morning > at and weekday in {None, morning.astimezone(self._zone).weekday()}
        )

    def day_of(self, moment: datetime) -> str:
        """The date of that moment where this person is."""
        return moment.astimezone(self._zone).date().isoformat()

    @property
    def _zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.person.time_zone)


def preference_of(person: "AbstractBaseUser") -> Preference:
    """What this person chose, or what holds until they do."""
    try:
        found: Preference = person.notice_preference  # type: ignore[attr-defined]  # related name
    except Preference.DoesNotExist:
        return Preference(person=person)  # type: ignore[misc]  # it is the one user model
    return found
