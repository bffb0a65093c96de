"""Who never meets again."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Party, User


class Block(models.Model):
    """One party never wants to be matched with another. Seen by nobody else."""

    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # pointless without either party
        related_name="blocks",
    )
    blocked = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # as above
        related_name="blocked_by",
    )
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "blocked"], name="block_is_once_per_pair"),
            models.CheckConstraint(condition=~Q(party=F("blocked")), name="block_is_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} ✕ {self.blocked_id}"
