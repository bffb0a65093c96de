"""Erase a person, and each party that nobody else is in charge of.

What stays: counts of matches, the audit's ids, and of a suspended party keyed hashes. The
person's own row goes, unless others need it: who decided on a party, or recorded a check.
Then the row stays as a bare number, without name, address or phone.
"""

import uuid
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import ProtectedError, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Concern, DomainProof, Invitation, Party, User
from accounts.refusals import Refused
from accounts.vetting import lock
from engagements.models import Message
from keeping import closing, marks, totals
from keeping.models import Erasure
from matching import locks
from matching.models import Match
from matching.telling import SIDES
from notices import actions as notices
from notices.models import Notice
from opportunities.models import Need, Offer
from trail import actions as trail


class CloseFirst(Refused):
    message = _(
        "Nobody else is in charge of your team, and it still has something open. Make another"
        " person an owner, or close the team first."
    )


class NotAsked(Refused):
    message = _("There is nothing to undo.")


# What the person does


@transaction.atomic
def ask(*, person: User, at: datetime) -> Erasure:
    """Erase me in a week. Raises ``CloseFirst``. Asking twice changes nothing."""
    for party in closing.only_owned_by(person):
        if not closing.is_closed(lock(party)):
            raise CloseFirst
    found, new = Erasure.objects.get_or_create(
        person=person, defaults={"asked_at": at, "due_at": at + Erasure.WAIT}
    )
    if new:
        trail.record(actor_id=person.pk, verb="erasure_asked", subject=person, at=at)
    return found


@transaction.atomic
def take_back(*, person: User, at: datetime) -> None:
    """Stay after all. Raises ``NotAsked``."""
    asked, _each = Erasure.objects.filter(person=person).delete()
    if not asked:
        raise NotAsked
    trail.record(actor_id=person.pk, verb="erasure_taken_back", subject=person, at=at)


# What the night does


def erasable_at(at: datetime) -> models.QuerySet[User]:
    """Whose week is over. While somebody reports a danger about a team, it stays until heard.

    So do its people, and whoever has written for it, also if they have left it since: their
    messages may be what the report is about.
    """
    due = Erasure.objects.due_at(at).values("person")
    reported = Concern.objects.open().filter(party__isnull=False).values("party")
    team = User.objects.filter(memberships__party__in=reported)
    wrote = Message.objects.filter(
        Q(side="need", match__need__party__in=reported)
        | Q(side="offer", match__offer__party__in=reported)
    )
    return (
        User.objects.filter(pk__in=due).exclude(pk__in=team).exclude(pk__in=wrote.values("author"))
    )


@transaction.atomic
def erase_person(*, person: User, at: datetime) -> None:
    """All of it, at once."""
    for party in closing.only_owned_by(person):
        erase_party(party=party, at=at)
    trail.record(actor_id=None, verb="person_erased", subject=person, at=at)
    teams = list(person.memberships.values_list("party", flat=True))
    trail.changed(subject="party", ids=teams, at=at)
    trail.changed(subject="person", ids=[person.pk], at=at)
    _forget_words_of(person)
    _end_sessions_of(person)
    _forget_in_admin(person)
    _delete_or_empty(person)


def _forget_words_of(person: User) -> None:
    """What they typed, or others typed about them, where the row itself stays."""
    Match.objects.filter(need_answered_by=person).update(need_reason="")
    Match.objects.filter(offer_answered_by=person).update(offer_reason="")
    addresses = {person.email, *_addresses(person)}
    Invitation.objects.filter(Q(email__in=addresses) | Q(invited_by=person)).delete()
    DomainProof.objects.filter(email__in=addresses).delete()


def _addresses(person: User) -> list[str]:
    found = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return [email.lower() for email in found]


def _end_sessions_of(person: User) -> None:
    keys = UserSession.objects.filter(user=person).values("session_key")
    Session.objects.filter(session_key__in=keys).delete()


def _forget_in_admin(row: models.Model) -> None:
    """The admin's own log keeps names of what was changed there."""
    LogEntry.objects.filter(
        content_type__app_label=row._meta.app_label,  # noqa: SLF001 - Django documents it
        content_type__model=row._meta.model_name,  # noqa: SLF001 - as above
        object_id=str(row.pk),
    ).delete()


def _delete_or_empty(person: User) -> None:
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        _let_go_of_all(person)
        _empty(person)


def _let_go_of_all(person: User) -> None:
    """Do to each row that points here what it asks for, as a deletion would."""
    for relation in User._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django documents it
        if not isinstance(relation, models.ManyToOneRel):
            continue
        pointing = {relation.field.name: person}
        rows = relation.related_model._base_manager.filter(**pointing)  # noqa: SLF001 - as above
        if relation.on_delete is models.CASCADE:
            rows.delete()
        elif relation.on_delete is models.SET_NULL:
            rows.update(**dict.fromkeys(pointing))


def _empty(person: User) -> None:
    """A bare number stays: whoever asks who decided finds that this person is gone."""
    bare = User(
        pk=person.pk,
        email=f"{uuid.uuid4()}@erased.invalid",
        is_active=False,
        joined_at=person.joined_at,
    )
    bare.set_unusable_password()
    bare.save(force_update=True)


@transaction.atomic
def erase_party(*, party: Party, at: datetime) -> None:
    """A party with all it posted; who is under way with it hears that it ended."""
    needs, offers = list(party.needs.all()), list(party.offers.all())
    locks.hold(needs=[one.pk for one in needs], offers=[one.pk for one in offers])
    party = lock(party)
    if party.status == Party.Status.SUSPENDED:
        marks.leave(party, at=at)
    _tell_the_others(party, at=at)
    totals.reduce(closing.matches_of(party))
    for posting in (*needs, *offers):
        _forget_in_admin(posting)
    for model, own in ((Need, needs), (Offer, offers)):
        trail.changed(subject=model.WORD, ids=[posting.pk for posting in own], at=at)
        model.objects.filter(party=party).delete()
    trail.changed(subject="party", ids=[party.pk], at=at)
    trail.record(actor_id=None, verb="party_erased", subject=party, at=at)
    _forget_in_admin(party)
    party.delete()


def _tell_the_others(party: Party, *, at: datetime) -> None:
    """Their old notices lead to pages that are gone; one new one says that it is over."""
    theirs = closing.matches_of(party).select_related("need__party", "offer__party")
    for match in theirs.order_by("pk"):
        here = reverse("matching:match", args=[match.public_id])  # its messages lie below
        Notice.objects.filter(path__startswith=here).delete()
        side = next(side for side in SIDES if match.posting_of(side).party_id != party.pk)
        other = match.posting_of(side)
        trail.changed(subject=other.WORD, ids=[other.pk], at=at)
        if match.status in Match.LIVE and (told := other.told):
            met = match.status in Match.HOLDING
            notices.owe(
                recipient=told,
                event=Notice.Event.ENDED if met else Notice.Event.WITHDRAWN,
                key=f"match {match.pk} erased",
                path=reverse("matching:list"),
                at=at,
            )
