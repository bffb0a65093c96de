"""What both sides of an introduction write to each other."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from matching.models import Match
from matching.reasons import Side

MOST_SIGNS = 2000  # of a message; what is longer is better said by phone


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, user: User) -> Self:
        """Messages of the introductions of this person's parties, on either side."""
        return self.filter(match__in=Match.objects.of(user))

    def from_other_side_of(self, user: User) -> Self:
        """Those that the side this person does not speak for has written."""
        mine = user.memberships.values("party")
        of_need, of_offer = Q(match__need__party__in=mine), Q(match__offer__party__in=mine)
        return self.filter((of_need & Q(side="offer")) | (of_offer & Q(side="need")))

    def oldest_first(self) -> Self:
        return self.order_by("written_at", "pk")


class Message(models.Model):
    """Plain words from one side to the other. The database takes none before an introduction.

    It goes with its match, and with whoever wrote it: words are no count of nobody.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    match = models.ForeignKey(
        Match,
        on_delete=models.CASCADE,  # it is nothing without its introduction
        related_name="messages",
    )
    side = models.CharField(
        max_length=5, choices=[("need", _("the need's")), ("offer", _("the offer's"))]
    )
    author = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # somebody's words go with them
        related_name="messages",
    )
    text = models.TextField(_("your message"), max_length=MOST_SIGNS)
    written_at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), MOST_SIGNS),
                name="message_is_short",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["need", "offer"]), name="message_comes_from_a_side"
            ),
        ]
        indexes = [
            models.Index(fields=["match", "written_at"], name="message_by_match"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} · {self.written_at:%Y-%m-%d %H:%M}"

    def is_from(self, side: Side) -> bool:
        return self.side == side
