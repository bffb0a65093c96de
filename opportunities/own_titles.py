"""What one's own needs and offers are called, for whoever lists them by their public ids."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from opportunities.models import Need, Offer

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def own_titles(
    person: "AbstractBaseUser", public_ids: Collection[UUID], *, model: type[Need] | type[Offer]
) -> dict[UUID, str]:
    """By the public id of each that belongs to a party of this person."""
    mine: QuerySet[Any] = model.objects.of(cast("User", person)).filter(public_id__in=public_ids)
    return {posting.public_id: str(posting) for posting in mine.only("public_id", "title")}
