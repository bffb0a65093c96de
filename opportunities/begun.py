"""An offer that somebody began before they had an account waits in their session.

The session goes on through sign-up and the confirmation of the address, and the first page
of a new offer is filled in from it. It is gone once the draft is saved, or with the session.
"""

from collections.abc import Mapping
from typing import Any, TypedDict

from django.http import HttpRequest

from opportunities.choices import Kind
from opportunities.forms.topics import GROUPS_OF_KIND
from opportunities.models import Need, Offer, Topic

SESSION_KEY = "begun_offer"


class Begun(TypedDict):
    """Plain values, as a session keeps them. ``topics`` are slugs; ``zip`` may be empty."""

    kind: str
    title: str
    topics: list[str]
    zip: str


def begin(request: HttpRequest, begun: Begun) -> None:
    request.session[SESSION_KEY] = begun


def words_of_begun(request: HttpRequest, model: type[Need] | type[Offer]) -> dict[str, Any]:
    """What the first page of a new offer shows already; nothing for a need."""
    begun: Begun | None = request.session.get(SESSION_KEY)
    if begun is None or model is not Offer:
        return {}
    return {"kind": begun["kind"], "title": begun["title"]}


def facts_with_begun(
    request: HttpRequest, model: type[Need] | type[Offer], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers of the first page, and what was said before of topics and place."""
    begun: Begun | None = request.session.get(SESSION_KEY)
    if begun is None or model is not Offer:
        return dict(facts)
    groups = GROUPS_OF_KIND[Kind(facts.get("kind") or begun["kind"])]
    topics = Topic.objects.filter(slug__in=begun["topics"], group__in=groups, retired=False)
    told: dict[str, Any] = {"topics": list(topics)} if topics else {}
    if begun["zip"]:
        told["zip"] = begun["zip"]
    return told | dict(facts)


def forget_begun(request: HttpRequest) -> None:
    """It is a draft now."""
    request.session.pop(SESSION_KEY, None)
