"""Matches by what is one's own in them: the title of one's need or offer."""

from collections.abc import Collection
from typing import TYPE_CHECKING, cast
from uuid import UUID

from accounts.models import User
from matching.models import Match

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def own_titles(person: "AbstractBaseUser", public_ids: Collection[UUID]) -> dict[UUID, str]:
    """By the public id of each match of this person; nothing of the other side."""
    viewer = cast("User", person)
    mine = Match.objects.sided(viewer).filter(public_id__in=public_ids)
    titled = mine.select_related("need", "offer").only("public_id", "need__title", "offer__title")
    return {match.public_id: str(match.posting_of(match.side_of(viewer))) for match in titled}
