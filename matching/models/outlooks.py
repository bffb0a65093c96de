"""What stands in the way of a posting without a match: counts, as a worker last found them."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from opportunities.models import Need, Offer


class OutlookQuerySet(models.QuerySet["Outlook"]):
    def of(self, user: User) -> Self:
        """Those of the parties this person may act for."""
        mine = Q(need__party__memberships__user=user) | Q(offer__party__memberships__user=user)
        return self.filter(mine)

    def due_at(self, at: datetime) -> Self:
        return self.filter(due_at__lte=at)

    @transaction.atomic
    def claim(self, *, limit: int, at: datetime) -> list["Outlook"]:
        """Some that are due, the longest due first; for a while they are nobody else's.

        Counting takes longer than a lock should be held: who changes a posting must not
        wait for it, and the row of a worker that dies is simply due again.
        """
        due = self.due_at(at).select_for_update(skip_locked=True, no_key=True)
        claimed = list(due.order_by("due_at", "pk")[:limit])
        for outlook in claimed:
            outlook.due_at = at + Outlook.LEASE
        self.filter(pk__in=[outlook.pk for outlook in claimed]).update(due_at=at + Outlook.LEASE)
        return claimed


class Outlook(models.Model):
    """Of one posting: what stands in the way, and what moving one condition would gain.

    A row is also the worker's errand: it is counted (again) when it is due, and goes when
    its posting is no longer live or has a match. Only what may be told is stored, with 1 for
    "a few": ``{"sharing": n, "fitting": n, "alone": [[obstacle, n], …], "together":
    [obstacle, …], "moves": [[code, value, n], …]}``.
    """

    LEASE = timedelta(minutes=2)
    AGAIN_AFTER = {"need": timedelta(hours=1), "offer": timedelta(days=1)}

    need = models.OneToOneField(
        Need,
        on_delete=models.CASCADE,  # nothing but counts about it
        null=True,
        blank=True,
        related_name="outlook",
    )
    offer = models.OneToOneField(
        Offer,
        on_delete=models.CASCADE,  # as above
        null=True,
        blank=True,
        related_name="outlook",
    )
    due_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(
        default=0, help_text=_("Of the posting, as it was counted.")
    )
    counts = models.JSONField(default=dict)

    objects = OutlookQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None, offer__isnull=False) | Q(need__isnull=False, offer=None),
                name="outlook_is_of_one_posting",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="outlook_due")]

    def __str__(self) -> str:
        return f"{self.need or self.offer}"
