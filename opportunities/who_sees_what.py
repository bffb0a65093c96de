"""Who sees what of a posting: the same on the preview, one's own page and for reviewers.

Three tiers: everybody, the verified counterpart, and after an introduction. What the
counterpart sees is the very list that the page of a match shows.
"""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.states import state_name
from opportunities.choices import Audience
from opportunities.disclosure import Fact, facts_of
from opportunities.distances import in_miles
from opportunities.in_words import Labels, condition_labels
from opportunities.models import Need, Offer


@dataclass(frozen=True)
class Shown:
    """A posting's facts by who may read them; ``never`` is for its team and for reviewers alone."""

    public: list[Fact]
    counterpart: list[Fact]
    introduced: list[Fact]
    never: list[Fact]


def shown_of(posting: Need | Offer) -> Shown:
    """Everything about it that has a value; a handful of queries."""
    prefetch_related_objects([posting], "topics")
    labels = condition_labels(posting)
    before = facts_of(posting, has_met=False, labels=labels)
    after = facts_of(posting, has_met=True, labels=labels)
    return Shown(
        public=_said(_public(posting)) if isinstance(posting, Need) else [],
        counterpart=_said(_words(posting)) + before,
        introduced=_said(_contact(posting)) + [fact for fact in after if fact not in before],
        never=_said(_silent(posting, labels)),
    )


def _said(facts: list[Fact]) -> list[Fact]:
    """Those that say something."""
    return [fact for fact in facts if any(fact.values)]


def _public(need: Need) -> list[Fact]:
    """Needs for minors are in no list and no count."""
    if need.audience != Audience.ADULTS:
        return []
    topics = sorted(topic.label for topic in need.topics.all())
    return [Fact(_("Topics"), topics), Fact(_("State"), [state_name(need.state)])]


def _words(posting: Need | Offer) -> list[Fact]:
    by = _("Asked by") if isinstance(posting, Need) else _("Offered by")
    return [
        Fact(by, [posting.party.public_name]),
        Fact(_("In one line"), [posting.title]),
        Fact(_("A little more"), [posting.description]),
    ]


def _contact(posting: Need | Offer) -> list[Fact]:
    person = posting.told
    reached = [person.email, person.phone] if person else []
    return [
        Fact(_("Name of the team"), [posting.party.shown_name]),
        Fact(_("Contact person"), [person.get_full_name()] if person else []),
        Fact(_("How to reach them"), [way for way in reached if way]),
    ]


def _silent(posting: Need | Offer, labels: Labels) -> list[Fact]:
    if isinstance(posting, Need):
        return _silent_need(posting, labels)
    return _silent_offer(posting)


def _silent_need(need: Need, labels: Labels) -> list[Fact]:
    silent = need.audience != Audience.ADULTS
    place = _("Not stored: the place is confidential") if need.confidential else need.zip
    exclusions = [capfirst(labels.get(slug, slug.replace("_", " "))) for slug in need.exclusions]
    return [
        Fact(_("What must not be there"), exclusions or [_("Nothing named")]),
        Fact(_("Minors among them"), [str(need.get_audience_display()) if silent else _("No")]),
        Fact(_("ZIP code"), [place]),
    ]


def _silent_offer(offer: Offer) -> list[Fact]:
    people = [person.get_full_name() for person in offer.people.order_by("name", "pk")]
    return [
        Fact(_("ZIP code"), [offer.zip]),
        Fact(_("How far"), [_reach(offer)]),
        Fact(_("With whom"), [str(offer.get_audience_display())]),
        Fact(_("Who comes"), people),
        Fact(_("Groups in the same weeks"), [str(offer.groups)] if offer.groups > 1 else []),
    ]


def _reach(offer: Offer) -> str:
    return _("%(miles)s miles (%(km)s kilometers)") % {
        "miles": in_miles(offer.radius_km),
        "km": f"{offer.radius_km:g}",
    }
