"""Why a waiting party should be looked at closely: reasons that people weigh, for many at once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from accounts.facts_asked import reviewed_facts
from accounts.models import Concern, Membership, Party, Review, User
from keeping.marks import seen_before_among, suspended_alike_among

Decision = Review.Decision
TURNED_DOWN = (Decision.SUSPEND, Decision.DECLINE)


def waiting_parties(user: User) -> QuerySet[Any]:
    """What waits and what this reviewer may look into, with all that its line in the list shows."""
    reviews = Review.objects.select_related("reviewer").order_by("at", "pk")
    concerns = Concern.objects.seen_by_reviewer(user).open().filter(party=OuterRef("pk"))
    turned_down = Review.objects.filter(party=OuterRef("pk"), decision__in=TURNED_DOWN)
    seen = Party.objects.waiting().seen_by_reviewer(user).select_related("claimed_by")
    return (
        seen.prefetch_related(Prefetch("reviews", reviews))
        .annotate(has_concern=Exists(concerns), was_turned_down=Exists(turned_down))
        .order_by("submitted_at", "pk")
    )


def risks_of(parties: Sequence[Any]) -> dict[int, list[str]]:
    """By party's id its reasons, the weightiest first. As many queries for one as for all."""
    marked = seen_before_among(parties) | suspended_alike_among(parties)
    alike = _sharing_a_site(parties) | _sharing_a_phone(parties)
    told: dict[int, list[str]] = defaultdict(list)
    for party in parties:
        reasons = {
            _("A team with the same number or domain was suspended here."): party.pk in marked,
            _("Somebody is worried about it."): party.has_concern,
            _("It was suspended or declined before."): party.was_turned_down,
            _("Another party has the same website or phone."): party.pk in alike,
            _("What we verified has changed since."): _has_changed(party),
        }
        told[party.pk] = [words for words, holds in reasons.items() if holds]
    return told


def _has_changed(party: Party) -> bool:
    """Whether reviewed facts differ from those last verified; the reviews are loaded."""
    yeses = [each for each in party.reviews.all() if each.decision == Decision.VERIFY]
    closed = [each.facts for each in yeses if each.closes and each.facts]
    now = reviewed_facts(party)
    return bool(closed) and any(now[fact] != value for fact, value in closed[-1].items())


def _sharing_a_site(parties: Sequence[Party]) -> set[int]:
    sites = {party.pk: party.website.lower() for party in parties if party.website}
    known = Party.objects.annotate(site=Lower("website")).filter(site__in=set(sites.values()))
    counts = dict(known.values_list("site").annotate(Count("pk")))
    return {pk for pk, site in sites.items() if counts.get(site, 0) > 1}


def _sharing_a_phone(parties: Sequence[Party]) -> set[int]:
    """Parties one of whose people has the phone of somebody who is not on the team."""
    team = Membership.objects.filter(party__in=[party.pk for party in parties])
    rows = team.exclude(user__phone="").values_list("party", "user", "user__phone")
    phones, people = defaultdict(set), defaultdict(set)
    for party, user, phone in rows:
        phones[party].add(phone)
        people[party].add(user)
    used = User.objects.filter(phone__in=set().union(*phones.values()))
    owners = list(used.values_list("phone", "pk"))
    return {
        party
        for party in phones
        if any(phone in phones[party] and pk not in people[party] for phone, pk in owners)
    }
