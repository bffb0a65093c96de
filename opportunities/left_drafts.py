"""Drafts that somebody left: one reminder of each, settled as soon as somebody goes on with it."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.models import Party
from notices import actions as notices
from notices.models import Notice
from opportunities.models import Need, Offer

LEFT_FOR = timedelta(days=7)  # after which nobody is at it any more
LOOKS_BACK = timedelta(days=14)  # what is older, an outage or not, is left in peace
AT_ONCE = 500  # drafts that one transaction of a sweep looks at
SHUT = (Party.Status.SUSPENDED, Party.Status.DECLINED)


def remind_of_drafts(*, at: datetime) -> int:
    """Remind of each that nobody has touched for a week. Returns how many."""
    return sum(_remind(model, at=at) for model in (Need, Offer))


@transaction.atomic
def _remind(model: type[Need] | type[Offer], *, at: datetime) -> int:
    """Their people are told, once for each draft; files that were brought ask by themselves."""
    drafts: QuerySet[Any] = model.objects.filter(status="draft", round=0, import_id="")
    left: Any = drafts.filter(
        updated_at__lte=at - LEFT_FOR, updated_at__gt=at - LEFT_FOR - LOOKS_BACK
    ).exclude(party__status__in=SHUT)
    found = left.exclude(_was_told(model)).held(limit=AT_ONCE)
    owed = [
        (person.pk, _key(draft.WORD, draft.pk), _path(draft))
        for draft in found
        if (person := draft.told)
    ]
    notices.owe_all(event=Notice.Event.DRAFT, owed=owed, at=at)
    return len(owed)


def forget_reminder(posting: Need | Offer, *, at: datetime) -> None:
    """Somebody is at it: no mail goes out about it, and the inbox shows nothing new."""
    if posting.import_id:
        return  # nobody was reminded of it
    team = posting.party.memberships.values_list("user_id", flat=True)
    notices.settle(people=team, path=_path(posting), events=[Notice.Event.DRAFT], at=at)


def _was_told(model: type[Need] | type[Offer]) -> Exists:
    """Whether anybody of its team was reminded of a draft, as a condition on drafts."""
    key = Concat(
        Value(f"{model.WORD} "), Cast(OuterRef("pk"), CharField()), Value(" draft")
    )  # as ``_key``
    told = Notice.objects.filter(recipient__memberships__party=OuterRef("party"), key=key)
    return Exists(told)


def _key(word: str, pk: int) -> str:
    return f"{word} {pk} draft"


def _path(posting: Need | Offer) -> str:
    return reverse(f"opportunities:{posting.WORD}_edit", args=[posting.public_id])
