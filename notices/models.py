"""Owed messages: one row for one person and one event, sent by a sweep."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One owed message to one person.

    ``key`` names the event ("match 12 proposed"), so that the same person is
    owed the same event once. The mail says nothing of it; the inbox, behind
    the sign-in, shows ``event`` and leads to ``path``.
    """

    class Event(models.TextChoices):
        PROPOSED = "proposed", _("There may be a match for you.")
        NUDGE = "nudge", _("A match still waits for your answer.")
        SECOND_CONTACT = "second_contact", _("A match waits for an answer from your team.")
        INTRODUCED = "introduced", _("Both sides said yes. Here is the introduction.")
        WAITING = "waiting", _("Both sides said yes. You are next in line for a free place.")
        DECLINED = "declined", _("The other side cannot do this one. We keep looking.")
        NO_ANSWER = "no_answer", _("The other side did not answer. We keep looking.")
        CLOSED = "closed", _("A match was closed because it had no answer in time.")
        ENDED = "ended", _("An introduction was ended.")
        WITHDRAWN = "withdrawn", _("A match is no longer open.")
        VERIFIED = "verified", _("Your organization is verified.")
        DECIDED = "decided", _("There is a decision on what you sent in.")
        RENEWAL = "renewal", _("Your yearly renewal is due.")
        INVITED = "invited", _("You are invited to join a team.")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,  # an owed message goes with its person
        related_name="notices",
        verbose_name=_("recipient"),
    )
    event = models.CharField(_("event"), max_length=20, choices=Event)
    key = models.CharField(max_length=80)
    path = models.CharField(max_length=200, help_text=_("The page that shows it, after sign-in."))
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="notice_is_owed_once_per_person_and_event"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="notice_is_sent_or_failed_but_not_both",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "due_at", "id"],
                condition=Q(sent_at=None, failed_at=None),
                name="notice_owed",
            ),
            models.Index(fields=["recipient", "-created_at"], name="notice_inbox"),
        ]

    def __str__(self) -> str:
        return self.get_event_display()
