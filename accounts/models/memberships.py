"""Who speaks for a party."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User


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
        "accounts.Party",
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
