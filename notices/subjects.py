"""What a notice is about, in words of the reader's own: told by the rooms above, which know it.

Nothing of it is stored with the notice. A page of the inbox asks for the titles of what its
lines lead to, and gets those alone that this person may read.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import Resolver404, resolve

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from notices.models import Notice

Teller = Callable[["AbstractBaseUser", Collection[UUID]], Mapping[UUID, str]]
_TELLERS: dict[str, Teller] = {}


def tells(teller: Teller, *, of: Iterable[str]) -> None:
    """Have notices that lead to these views, by their names, be named by this function.

    teller  given a person and public ids, the title of each that this person may read
    """
    _TELLERS.update(dict.fromkeys(of, teller))


def subjects_of(person: "AbstractBaseUser", notices: Iterable["Notice"]) -> dict[str, str]:
    """Titles by the notices' paths; what nobody tells of is absent. One question a teller."""
    asked: dict[Teller, dict[str, UUID]] = defaultdict(dict)
    for path in {notice.path for notice in notices}:
        if found := _told_by(path):
            teller, public_id = found
            asked[teller][path] = public_id
    titles: dict[str, str] = {}
    for teller, ids in asked.items():
        told = teller(person, set(ids.values()))
        titles |= {path: told[public_id] for path, public_id in ids.items() if public_id in told}
    return titles


def _told_by(path: str) -> tuple[Teller, UUID] | None:
    """Who knows what is there, and its public id."""
    try:
        place = resolve(path)
    except Resolver404:
        return None
    teller, public_id = _TELLERS.get(place.view_name), place.kwargs.get("public_id")
    return (teller, public_id) if teller and isinstance(public_id, UUID) else None
