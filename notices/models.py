"""Owed messages: one row for one person and one event, sent by a sweep."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import connections, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.preferences import Preference

__all__ = ["Notice", "NoticeQuerySet", "Preference"]

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


_UNSENT = Q(sent_at=None, failed_at=None, read_at=None, without_mail_at=None)
_OWE = """
    INSERT INTO notices_notice
        (public_id, event, urgent, created_at, due_at, tries, last_error, recipient_id, key, path)
    SELECT gen_random_uuid(), %s, %s, %s, %s, 0, '', recipient_id, key, path
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS owed (recipient_id, key, path)
    ON CONFLICT (recipient_id, key) DO NOTHING
"""


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: "AbstractBaseUser", *, at: datetime) -> Self:
        """What this person finds in the inbox at that moment, sent by mail or not."""
        mine = self.filter(recipient_id=person.pk, due_at__lte=at)
        return mine.exclude(event=Notice.Event.DIGEST)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def unsent(self) -> Self:
        """Mail that would still tell an active person something new."""
        return self.unread().filter(sent_at=None, without_mail_at=None, recipient__is_active=True)

    def owed_at(self, at: datetime) -> Self:
        """Mail that may go out now: due, not given up, and in nobody's hands."""
        return (
            self.unsent()
            .filter(failed_at=None, due_at__lte=at)
            .filter(Q(claimed_until=None) | Q(claimed_until__lte=at))
        )

    def late_at(self, at: datetime) -> Self:
        """Mail that is owed for so long that somebody should look at the mail server.

        What waits without a single try waits for its person's morning.
        """
        waits = Q(tries=0, claimed_until__gt=at)
        late = self.unsent().filter(failed_at=None, due_at__lte=at - Notice.LATE_AFTER)
        return late.exclude(waits)

    def undeliverable(self) -> Self:
        """Mail that was given up, and whose person has not read it in the inbox either."""
        return self.unsent().filter(failed_at__isnull=False)

    def owe(
        self,
        owed: Sequence[tuple[int, str, str]],
        *,
        event: str,
        urgent: bool = False,
        at: datetime,
        due_at: datetime,
    ) -> None:
        """Write a notice for each recipient's id, key and path; one that is owed stays as it is.

        In SQL, since it stands in the matcher's transaction and locks wait for it: a
        quarter of the time that as many model instances take.
        """
        people, keys, paths = (list(column) for column in zip(*owed, strict=True))
        with connections[self.db].cursor() as cursor:
            cursor.execute(_OWE, [event, urgent, at, due_at, people, keys, paths])


class Notice(models.Model):
    """One owed message to one person.

    ``key`` names the event ("match 12 proposed"), so that the same person is
    owed the same event once. The mail says nothing of it; the inbox, behind
    the sign-in, shows ``event``, leads to ``path`` and asks what is there
    (``subjects``): no title is stored here.

    Nobody sends it before ``claimed_until``: somebody is at it, or the last
    try failed and the next one waits, or it waits for its person's morning.

    A digest is a notice too: the one mail of a day that tells of all those that
    name it in ``digest``. It has no place in the inbox.
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
        VERIFIED = "verified", _("Your profile is verified.")
        DECIDED = "decided", _("There is a decision on what you sent in.")
        RENEWAL = "renewal", _("Your yearly renewal is due.")
        INVITED = "invited", _("You are invited to join a team.")
        WARNED = "warned", _("Please read a note about one of your introductions.")
        REPORTED = "reported", _("Something was reported, and waits for a reviewer.")
        HEARD = "heard", _("We looked at what you told us.")
        CHECK = "check", _("There is a message about your check.")
        MESSAGE = "message", _("Somebody wrote to you.")
        LAPSED = "lapsed", _("A check in one of your introductions needs to be renewed.")
        VOUCHED = "vouched", _("There is news about a team that yours vouches for.")
        DRAFT = "draft", _("Something you began still waits as a draft.")
        DIGEST = "digest", _("Several updates in one mail.")

    LEASE = timedelta(minutes=10)  # longer than one round of sending ever takes
    BACK_OFF = timedelta(minutes=1)  # doubles with each try
    MAX_TRIES = 8  # about four hours in all; a server that is away counts no try
    LATE_AFTER = timedelta(hours=1)
    DAILY_MAILS = 5  # a day and person: more is a flood on a phone; urgent ones come on top

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,  # an owed message goes with its person
        db_index=False,  # the promise to owe it once has one that begins with it
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
    without_mail_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("Since when it goes out by no mail of its own: a digest tells of it, or none."),
    )
    digest = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,  # what it told of stays in the inbox
        null=True,
        blank=True,
        db_index=False,  # few have one: see the indexes
        related_name="grouped",
        verbose_name=_("digest"),
    )
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"], name="notice_is_owed_once_per_person_and_event"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="notice_is_sent_or_failed_but_not_both",
            ),
            models.CheckConstraint(
                condition=Q(digest=None) | Q(without_mail_at__isnull=False, sent_at=None),
                name="notice_in_a_digest_has_no_mail_of_its_own",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-urgent", "due_at", "id"],
                condition=_UNSENT & Q(claimed_until=None),
                name="notice_owed",
            ),
            models.Index(
                fields=["claimed_until"],
                condition=_UNSENT & Q(claimed_until__isnull=False),
                name="notice_in_hand",
            ),
            models.Index(
                fields=["recipient", "sent_at"],
                condition=Q(sent_at__isnull=False),
                name="notice_mails_of_a_person",
            ),
            models.Index(
                fields=["digest"], condition=Q(digest__isnull=False), name="notice_of_a_digest"
            ),
            models.Index(
                fields=["failed_at"],
                condition=Q(failed_at__isnull=False),
                name="notice_given_up",
            ),
        ]

    def __str__(self) -> str:
        return self.get_event_display()

    @property
    def is_unread(self) -> bool:
        return self.read_at is None

    @property
    def is_untouched(self) -> bool:
        """It will go out, and nobody has begun to send it."""
        ended = self.sent_at or self.failed_at or self.without_mail_at or self.read_at
        return not (self.claimed_until or ended)
