"""What somebody types on the pages of a posting: saved within what a party may do in a day."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actions import edit_party
from accounts.models import Party, User
from opportunities import actions, daily_limits
from opportunities.choices import Kind, Mode
from opportunities.models import Need, Offer

Facts = Mapping[str, Any]


def begun_as(
    public_id: UUID, *, model: type[Need] | type[Offer], party: Party
) -> Need | Offer | None:
    """The draft of that name, which the same page has made already; None if there is none."""
    drafts = model.objects.filter(party=party, public_id=public_id, status="draft")
    found: Need | Offer | None = drafts.first()
    return found


@transaction.atomic
def begin(
    *,
    model: type[Need] | type[Offer],
    party: Party,
    by: User,
    facts: Facts,
    profile: Facts | None,
    public_id: UUID,
    at: datetime,
) -> Need | Offer:
    """A new draft, with what was not known of its party yet: both, or neither.

    profile    facts of the party, its ``place`` and its ``counties``; None where all is known
    public_id  what the draft is going to be called, so that a form sent twice makes one

    Raises what ``actions.save_draft`` and ``accounts.actions.edit_party`` raise, and
    ``TooManyNew``.
    """
    if profile:
        place, counties = profile["place"], profile["counties"]
        party = edit_party(
            party=party, editor=by, facts=profile, place=place, counties=counties, at=at
        )
    daily_limits.allow_new(party, public_id=public_id, at=at)  # a form sent twice waits for itself
    begun = begun_as(public_id, model=model, party=party)
    is_taken = model.objects.filter(public_id=public_id).exists()
    return actions.save_draft(
        model=model,
        party=party,
        by=by,
        facts=facts if begun else {**_usual(model, facts), **facts},
        posting=begun,
        public_id=None if is_taken else public_id,
        at=at,
    )


@transaction.atomic
def change(*, posting: Need | Offer, by: User, facts: Facts, at: datetime) -> Need | Offer:
    """Another page of it. Raises what ``actions`` raise for it, and ``TooManyEdits``."""
    if not posting.is_draft:
        daily_limits.allow_edit(posting.party, at=at)
        return actions.edit(posting=posting, by=by, facts=facts, at=at)
    model, party = type(posting), posting.party
    return actions.save_draft(model=model, party=party, by=by, facts=facts, posting=posting, at=at)


def _usual(model: type[Need] | type[Offer], facts: Facts) -> dict[str, Any]:
    """What a new offer of work begins with: most is done in person, and the rest says so."""
    is_work = model is Offer and facts.get("kind", Kind.CLASS) != Kind.CLASS
    return {"mode": Mode.IN_PERSON} if is_work else {}
