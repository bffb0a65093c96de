"""How much a party may post and change in a day; whoever needs more may be probing.

By hand, and with files of its own, each counted apart. What a command imports is brought by
whoever runs the platform, and is not limited.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Party
from accounts.refusals import Refused
from opportunities.models import Need, Offer
from trail.models import Audit

NEW_A_DAY = 20  # drafts included: several times what a busy program wants in a week
EDITS_A_DAY = 60  # of what is published; each page that changes something is one
FROM_FILES_A_DAY = 200  # published, or changed while published; drafts reach nobody
DAY = timedelta(days=1)


class TooManyToday(Refused):
    """The base of both limits."""


class TooManyNew(TooManyToday):
    message = _(
        "That is a lot of new postings for one day. Please go on tomorrow, or write to us if you"
        " have a long list: we can take it from a spreadsheet."
    )


class TooManyEdits(TooManyToday):
    message = _("That is a lot of changes for one day. Please go on tomorrow.")


class TooManyFromFiles(TooManyToday):
    message = _(
        "That is a lot from files for one day. Please bring the file again tomorrow, or write to"
        " us if you have a long list."
    )


def allow_new(party: Party, *, public_id: UUID, at: datetime) -> None:
    """Raises ``TooManyNew``. Call in the transaction that creates it: the party's row is held.

    public_id  what it is going to be called; sent twice, it does not stand in its own way
    """
    held = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    lately = Q(party=held, import_id="", created_at__gt=at - DAY) & ~Q(public_id=public_id)
    if sum(model.objects.filter(lately).count() for model in (Need, Offer)) >= NEW_A_DAY:
        raise TooManyNew


def allow_edit(party: Party, *, at: datetime) -> None:
    """Raises ``TooManyEdits``. Two at the same moment may both be the last: no row is held."""
    if sum(_edits_of(model, party, at=at) for model in (Need, Offer)) >= EDITS_A_DAY:
        raise TooManyEdits


def left_from_files(party: Party, *, at: datetime) -> int:
    """How many more rows of its files may be published, or change what is. Likewise.

    Whoever brings them raises ``TooManyFromFiles``.
    """
    done = sum(_from_files_of(model, party, at=at) for model in (Need, Offer))
    return max(0, FROM_FILES_A_DAY - done)


def _edits_of(model: type[Need] | type[Offer], party: Party, *, at: datetime) -> int:
    by_hand = list(model.objects.filter(party=party, import_id="").values_list("pk", flat=True))
    return _done(model, by_hand, ["edited"], at=at)


def _from_files_of(model: type[Need] | type[Offer], party: Party, *, at: datetime) -> int:
    brought = model.objects.filter(party=party, updated_at__gt=at - DAY).exclude(import_id="")
    return _done(model, list(brought.values_list("pk", flat=True)), ["edited", "published"], at=at)


def _done(
    model: type[Need] | type[Offer], ids: list[int], verbs: list[str], *, at: datetime
) -> int:
    """How often one of these was done to one of them within a day."""
    told = Audit.objects.filter(subject=f"opportunities.{model.WORD}", subject_id__in=ids)
    return told.filter(verb__in=[f"{model.WORD}_{verb}" for verb in verbs], at__gt=at - DAY).count()
