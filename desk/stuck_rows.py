"""What does not move by itself any more: the rows of each kind, oldest first, and one in words."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Check, Party, Review, User
from matching.models import Match
from notices.models import Notice
from opportunities.models import Offer, Upload
from trail.models import Audit, Change, Rematch

ASKED_LONG_AGO = timedelta(days=14)  # the party may have missed the mail
NEAR_DEADLINE = timedelta(days=3)  # time for a call
BY_ITSELF = timedelta(hours=1)  # long after every schedule should have done it
MATCHED_WITHIN = timedelta(minutes=10)  # twenty rounds of the matcher


class Line(NamedTuple):
    """One thing that is stuck, and the page where something can be done; "" if there is none."""

    words: str
    path: str
    since: datetime | None


# What people left standing


def claimed_and_idle(user: User, at: datetime) -> QuerySet[Any]:
    parties = Party.objects.waiting().seen_by_reviewer(user).select_related("claimed_by")
    return parties.filter(claimed_until__lte=at).order_by("claimed_until", "pk")


def claimed_line(party: Any) -> Line:
    name = party.claimed_by.get_full_name() if party.claimed_by else "—"
    words = _("%(party)s: %(name)s began, and their time is up") % {
        "party": party.name,
        "name": name,
    }
    return Line(words, reverse("desk:party", args=[party.public_id]), party.claimed_until)


def asked_long_ago(user: User, at: datetime) -> QuerySet[Any]:
    asked = Q(reviews__decision__in=(Review.Decision.MORE_INFORMATION, Review.Decision.REOPEN))
    parties = Party.objects.seen_by_reviewer(user).filter(
        status=Party.Status.MORE_INFORMATION, submitted_at=None
    )
    dated = parties.annotate(asked_at=Max("reviews__at", filter=asked))
    return dated.filter(asked_at__lte=at - ASKED_LONG_AGO).order_by("asked_at", "pk")


def asked_line(party: Any) -> Line:
    return Line(party.name, reverse("desk:party", args=[party.public_id]), party.asked_at)


def near_their_deadline(user: User, at: datetime) -> QuerySet[Any]:
    soon = Match.objects.hopeful().filter(
        proposed_at__lte=at - Match.CLOSE_AFTER + NEAR_DEADLINE,
        proposed_at__gt=at - Match.CLOSE_AFTER,
    )
    own = Party.objects.of(user)
    others = soon.exclude(need__party__in=own).exclude(offer__party__in=own)
    return others.select_related("need__party", "offer__party").order_by("proposed_at", "pk")


def match_line(match: Match) -> Line:
    silent = match.need if not match.need_answer else match.offer
    words = _("%(posting)s: waits for %(party)s") % {
        "posting": silent.title,
        "party": silent.party.name,
    }
    return Line(words, reverse("desk:party", args=[silent.party.public_id]), match.proposed_at)


def people_without_a_check(user: User, at: datetime) -> QuerySet[Any]:
    counts = Check.objects.standing().filter(person=OuterRef("pk"))
    valid = counts.filter(Q(expires_date=None) | Q(expires_date__gte=at.date()))
    offered = Offer.objects.active_at(at).filter(people=OuterRef("pk"))
    people = User.objects.filter(Exists(offered), ~Exists(valid), is_active=True)
    return people.exclude(pk=user.pk).order_by("joined_at", "pk")


def person_line(person: User) -> Line:
    path = reverse("accounts:review_person", args=[person.public_id])
    return Line(person.get_full_name(), path, None)


# What programs left standing


def undelivered(_user: User, _at: datetime) -> QuerySet[Any]:
    given_up = Notice.objects.undeliverable().select_related("recipient")
    return given_up.order_by("failed_at", "pk")


def notice_line(notice: Notice) -> Line:
    words = f"{notice.recipient.get_full_name()}: {notice.get_event_display()}"
    return Line(words, reverse("notices:undelivered"), notice.failed_at or notice.due_at)


def late_mail(_user: User, at: datetime) -> QuerySet[Any]:
    return Notice.objects.late_at(at).select_related("recipient").order_by("due_at", "pk")


def unmatched(_user: User, at: datetime) -> QuerySet[Any]:
    late = at - MATCHED_WITHIN
    return Change.objects.due_at(at).filter(
        Q(not_before=None, at__lte=late) | Q(not_before__lte=late)
    ).order_by("at", "pk")  # fmt: skip


def change_line(change: Change) -> Line:
    return Line(f"{change.get_subject_display()} {change.subject_id}", "", change.at)


def unfinished_rematch(_user: User, at: datetime) -> QuerySet[Any]:
    return Rematch.objects.unfinished().filter(started_at__lte=at - BY_ITSELF).order_by("pk")


def rematch_line(rematch: Rematch) -> Line:
    done, blocks, _proposed = rematch.progress()
    words = _("%(done)s of %(blocks)s blocks are done") % {"done": done, "blocks": blocks}
    return Line(words, "", rematch.started_at)


def past_their_deadline(_user: User, at: datetime) -> QuerySet[Any]:
    over = Match.objects.hopeful().filter(proposed_at__lte=at - Match.CLOSE_AFTER - BY_ITSELF)
    return over.select_related("need").order_by("proposed_at", "pk")


def past_line(match: Match) -> Line:
    return Line(match.need.title, "", match.closes_at)


def past_their_year(_user: User, at: datetime) -> QuerySet[Any]:
    return Party.objects.lapsed_at(at - 2 * BY_ITSELF).order_by("verified_until", "pk")


def lapsed_line(party: Party) -> Line:
    return Line(party.name, "", party.verified_until)


def unfinished_uploads(_user: User, at: datetime) -> QuerySet[Any]:
    begun = Upload.objects.unfinished().filter(created_at__lte=at - BY_ITSELF)
    return begun.select_related("party").order_by("created_at", "pk")


def upload_line(upload: Upload) -> Line:
    return Line(upload.party.name, "", upload.created_at)


def unsealed(_user: User, at: datetime) -> QuerySet[Any]:
    return Audit.objects.unsealed().filter(at__lte=at - BY_ITSELF).order_by("pk")


def trace_line(trace: Audit) -> Line:
    return Line(trace.verb_in_words, "", trace.at)
