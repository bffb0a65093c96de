"""Many new drafts at once, as a file brings them: a few statements for all of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import User
from opportunities.actions import Facts
from opportunities.models import Need, Offer
from trail import actions as trail


class NewDraft(NamedTuple):
    """What ``actions.new_draft`` made, and who begins it (None: nobody speaks for it yet)."""

    posting: Any  # a need, or an offer
    facts: Facts
    by: User | None


@transaction.atomic
def save_drafts(drafts: Sequence[NewDraft], *, at: datetime) -> None:
    """Save all of these, of one model, as ``actions.save_draft`` saves one: all or none."""
    if not drafts:
        return
    model: type[Need] | type[Offer] = type(drafts[0].posting)
    model.objects.bulk_create([draft.posting for draft in drafts])
    topics: type[Any] = model.topics.through
    topics.objects.bulk_create(
        topics(**{f"{model.WORD}_id": posting, "topic_id": topic})
        for posting, topic in _pairs("topics", drafts)
    )
    people = Offer.people.through
    people.objects.bulk_create(
        people(offer_id=posting, user_id=person) for posting, person in _pairs("people", drafts)
    )
    trail.record_each(
        [(draft.by.pk if draft.by else None, draft.posting) for draft in drafts],
        verb=f"{model.WORD}_saved",
        at=at,
        status=str(model.Status.DRAFT),
        round=0,
    )


def _pairs(what: str, drafts: Sequence[NewDraft]) -> Iterator[tuple[int, int]]:
    """Of a draft and each of its topics, or of the people who come; needs name nobody."""
    for draft in drafts:
        for pk in dict.fromkeys(one.pk for one in draft.facts.get(what, ())):
            yield draft.posting.pk, pk
