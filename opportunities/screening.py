"""How a posting is read before it is kept or sent in, and what reviewers are asked about it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.contrib.admin.utils import label_for_field
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Party, User
from opportunities.facts import LISTS_OF_WORDS, WORDS
from opportunities.models import Need, Offer
from opportunities.requirements import hourly_pay
from opportunities.shipped_lists import shipped_words
from screening.behind import Behind, words_behind
from screening.findings import Findings
from screening.judging import Verdict, judge, reason_text, screen


def findings_in(posting: Need | Offer) -> Findings:
    """Identities and forbidden terms in every text of the posting."""
    return screen(_words(posting), kind=posting.kind)


def identities_in_lists(posting: Need | Offer) -> list[tuple[str, str]]:
    """(Field, advice) for lists with words of one's own, as a file brings, that tell who."""
    own = {field: ". ".join(_own_words(getattr(posting, field, ()))) for field in LISTS_OF_WORDS}
    said = {field: words for field, words in own.items() if words}
    return screen(said, kind=posting.kind, is_reviewed=False).identities if said else []


def _own_words(slugs: Iterable[str]) -> Iterator[str]:
    return (slug.replace("_", " ") for slug in slugs if slug not in shipped_words())


def verdict_on(posting: Need | Offer) -> Verdict:
    """The same, and for a reviewer: red flags and their score."""
    is_offer = isinstance(posting, Offer)
    return judge(
        _words(posting),
        kind=posting.kind,
        facts=_facts(posting) if isinstance(posting, Offer) else {},
        states_terms=is_offer,
        is_shared=is_offer and posting.is_work and gives_contact_of_another(posting.party),
    )


def ask_reviewers(posting: Need | Offer, verdict: Verdict) -> None:
    """Set on a posting why a person looks and how soon. Work on offer has all reasons."""
    is_read_anyway = isinstance(posting, Offer) and posting.is_work
    reasons = [*verdict.findings.questions, *verdict.flags]
    posting.questions = reasons if is_read_anyway else verdict.questions
    posting.flag_score = verdict.flag_score


class Reason(NamedTuple):
    """Why a reviewer should look, and the words it is about, each with where they stand."""

    words: str
    behind: list[str]


def reasons_of(posting: Need | Offer) -> list[Reason]:
    """What reviewers are asked about a posting, the weightiest first, with what raised it."""
    texts = _words(posting) | (_facts(posting) if isinstance(posting, Offer) else {})
    behind = words_behind(posting.questions, texts, findings_in(posting))
    labels = _labels(posting)
    return [
        Reason(reason_text(code), [_quoted(one, labels) for one in behind[code]])
        for code in posting.questions
    ]


def _quoted(one: Behind, labels: Mapping[str, str]) -> str:
    where = labels.get(one.field)
    return f"“{one.words}” · {where}" if where else f"“{one.words}”"


def _labels(posting: Need | Offer) -> dict[str, str]:
    """What the fields are called on the page."""
    fields = [field for field in WORDS if hasattr(type(posting), field)]
    named = {field: str(label_for_field(field, type(posting))) for field in fields}
    return named | {"company": _("name"), "pay": _("pay"), "location": _("place")}


def gives_contact_of_another(party: Party) -> bool:
    """Whether another party has the same website, or the same phone of another person."""
    team = User.objects.filter(memberships__party=party)
    phones = team.exclude(phone="").values("phone")
    same_phone = User.objects.filter(phone__in=phones).exclude(pk__in=team)
    same_site = Q(website__iexact=party.website) & ~Q(website="")
    shared = Party.objects.filter(same_site | Q(memberships__user__in=same_phone))
    return shared.exclude(pk=party.pk).exists()


def _words(posting: Need | Offer) -> dict[str, str]:
    said = {field: getattr(posting, field, "") for field in WORDS}
    return {field: text for field, text in said.items() if text}


def _facts(offer: Offer) -> dict[str, str]:
    """What the form asks in fields of their own, in words that are weighed and never marked."""
    hourly = hourly_pay(offer)
    return {
        "company": offer.party.name,
        "location": f"{offer.county}, {offer.state}",
        "pay": f"${hourly:.2f} an hour" if hourly else "",
        "hours_per_week": f"{offer.hours_per_week:g} hours a week" if offer.hours_per_week else "",
    }
