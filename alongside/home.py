"""What a signed-in person meets first: what asks them, what waits for others, what is theirs.

The querysets of the rooms are its words. It costs the same few queries however much there is.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import checks, claiming, inviting
from accounts.choices import CheckLevel
from accounts.evidence import unproven
from accounts.facts_asked import missing_facts
from accounts.models import Consideration, Invitation, Membership, Party, Sponsorship, User
from desk.cases import cases_for
from matching.models import Match
from matching.no_match.counting import ids_with_match
from matching.shown.brief import in_brief
from matching.shown.sections import ANSWER, MET, PAST
from matching.shown.seen import SeenMatch, seen
from matching.shown.waits import day_of
from notices.models import Notice
from opportunities.lifecycle import waits_for
from opportunities.models import Need, Offer

MATCHES = 30  # more than anybody answers at one sitting; the list has them all
POSTINGS = 5  # of each kind, the newest changes first
LINE = ("public_id", "party", "kind", "title", "status", "reviews_needed", "outlook__due_at")
CHECK_ENDS_SOON = timedelta(days=30)  # time to have a new one made
FINISHED = ("completed", "withdrawn")  # by their people; what ran out can be renewed


class Task(NamedTuple):
    """One thing that is asked of this person; matches are asked for by themselves."""

    title: str
    text: str
    url: str
    action: str


class Waiting(NamedTuple):
    """One thing that waits for somebody else, or for its day; ``party`` where there are several."""

    title: str
    url: str
    text: str
    party: str


class Introduction(NamedTuple):
    match: SeenMatch
    has_message: bool  # that this person has not read


class OwnPosting(NamedTuple):
    posting: Need | Offer
    stands: str  # what it waits for and what to do next
    has_match: bool  # and looks for more


class Home(NamedTuple):
    """All of the page."""

    unfinished: list[tuple[Party, str]]  # profiles to complete, and what they still lack
    tasks: list[Task]
    renewals: list[Membership]  # of parties that are to be looked over, or were stopped
    answers: list[SeenMatch]
    introductions: list[Introduction]
    waiting: list[Waiting]
    postings: list[OwnPosting]
    speaks_for_several: bool
    begins_with_offers: bool
    is_new: bool  # speaks for nobody yet

    @property
    def asks_nothing(self) -> bool:
        return not (self.unfinished or self.tasks or self.renewals or self.answers)


def home_of(person: User, *, at: datetime) -> Home:
    """Everything this person is asked, waits for, and has."""
    mine = list(person.memberships.select_related("party").order_by("joined_at", "pk"))
    parties = [member.party for member in mine]
    live = _live(person)
    matches = sorted(seen(live, viewer=person, at=at), key=lambda match: match.section)
    return Home(
        unfinished=[(member.party, _lacks(member.party)) for member in mine if _is_begun(member)],
        tasks=[
            *_unproven(mine),
            *_invitations(person, at=at),
            *_checks(person, at=at),
            *_to_review(person, at=at),
        ],
        renewals=[member for member in mine if _is_to_look_over(member)],
        answers=[match for match in matches if match.section == ANSWER],
        introductions=_introductions(matches, person, at=at),
        waiting=[*_asked(matches, several=len(mine) > 1), *_in_review(mine, person, at=at)],
        postings=_postings(parties, live, at=at),
        speaks_for_several=len(mine) > 1,
        begins_with_offers=bool(mine) and parties[0].kind != Party.Kind.NONPROFIT,
        is_new=not mine,
    )


# Matches


def _live(person: User) -> list[Match]:
    """Those that are open or under way, the oldest first: it closes first.

    Lists have the database put them in sections. To sort these few here is quicker.
    """
    live = in_brief(Match.objects.seen_by(person)).filter(status__in=Match.LIVE)
    return list(live.order_by("proposed_at", "pk")[:MATCHES])


def _introductions(
    matches: Sequence[SeenMatch], person: User, *, at: datetime
) -> list[Introduction]:
    """The newest first. The contact is one press away: each look at it is written down."""
    met = [match for match in reversed(matches) if match.section == MET]
    if not met:
        return []
    unread = Notice.objects.of(person, at=at).unread().filter(event=Notice.Event.MESSAGE)
    paths = set(unread.values_list("path", flat=True))
    return [
        Introduction(match, reverse("engagements:thread", args=[match.public_id]) in paths)
        for match in met
    ]


def _asked(matches: Sequence[SeenMatch], *, several: bool) -> Iterator[Waiting]:
    """What this person has answered, or put off."""
    for match in matches:
        if match.section not in {ANSWER, MET, PAST}:
            url = reverse("matching:match", args=[match.public_id])
            text = " ".join(part for part in (match.stands, match.waits_since) if part)
            yield Waiting(match.other_title, url, text, match.own_party if several else "")


# Parties


def _is_begun(member: Membership) -> bool:
    """A profile that its owner has not sent in for the first time."""
    return member.is_owner and member.party.status == Party.Status.DRAFT


def _lacks(party: Party) -> str:
    return ", ".join(missing_facts(party))


def _is_to_look_over(member: Membership) -> bool:
    """A renewal, a question of a reviewer's, or an end; for owners, who can do something."""
    party = member.party
    stopped = party.status in {Party.Status.SUSPENDED, Party.Status.DECLINED}
    return member.is_owner and not _is_begun(member) and (party.may_be_submitted or stopped)


def _in_review(mine: Sequence[Membership], person: User, *, at: datetime) -> Iterator[Waiting]:
    """Profiles that reviewers look at, that an owner must send in, or that nobody vouched for."""
    parties = [member.party for member in mine]
    waits = {
        kind: claiming.wait_in_words(kind, at=at)
        for kind in sorted({party.kind for party in parties if party.is_waiting})
    }
    in_review = [party for party in parties if party.status == Party.Status.IN_REVIEW]
    asked = Sponsorship.objects.unanswered().filter(party__in=in_review)
    unvouched = set(asked.values_list("party", flat=True))  # asks nothing where none is
    for member in mine:
        party = member.party
        url = reverse("accounts:party", args=[party.public_id])
        if party.is_waiting:
            yield Waiting(party.name, url, _sent_in(party, waits[party.kind], person), "")
        elif party.status == Party.Status.DRAFT and not member.is_owner:
            text = _("An owner must complete the profile and send it in.")
            yield Waiting(party.name, url, text, "")
        if party.pk in unvouched and member.is_owner:
            text = _("Nobody has vouched for you yet. You can pass on your link again.")
            url = reverse("accounts:evidence", args=[party.public_id])
            yield Waiting(party.name, url, text, "")


def _sent_in(party: Party, wait: str, person: User) -> str:
    since = day_of(party.submitted_at, person) if party.submitted_at else ""
    return _("Sent in on %(day)s. Our reviewers look at it. %(wait)s") % {
        "day": since,
        "wait": wait,
    }


# Tasks


def _unproven(mine: Sequence[Membership]) -> Iterator[Task]:
    """Waiting organizations that could do more themselves, so that reviewers can verify them."""
    waiting = [member.party for member in mine if member.is_owner and member.party.is_waiting]
    for party in unproven(waiting) if waiting else []:
        yield Task(
            title=_("Help us to check %(party)s") % {"party": party.name},
            text=_may_show(party),
            url=reverse("accounts:evidence", args=[party.public_id]),
            action=_("What we check, and how you can help"),
        )


def _may_show(party: Party) -> str:
    if party.kind == Party.Kind.NONPROFIT:
        return _("The quickest way: open a link in a mailbox that ends like your website.")
    return _(
        "We cannot finish without a mail address that ends like your website, or your business"
        " license."
    )


def _invitations(person: User, *, at: datetime) -> Iterator[Task]:
    asked = Invitation.objects.open_at(at).to(inviting.verified_addresses(person))
    in_order = asked.order_by("created_at", "pk")
    for public_id, party in in_order.values_list("public_id", "party__name"):
        yield Task(
            title=party,
            text=_("They ask you to join their team."),
            url=reverse("accounts:invitation", args=[public_id]),
            action=_("See the invitation"),
        )


def _checks(person: User, *, at: datetime) -> Iterator[Task]:
    """What came up in a check and waits for this person's words, and a check that ends soon."""
    open_still = Consideration.objects.of(person).open().filter(answered_at=None)
    in_order = open_still.order_by("notice_at", "pk")
    for public_id in in_order.values_list("public_id", flat=True):
        yield Task(
            title=_("Your check"),
            text=_("Something came up. Please read it: you can answer before anybody decides."),
            url=reverse("accounts:own_consideration", args=[public_id]),
            action=_("Read it"),
        )
    today = at.date()
    for level, last in checks.levels_held([person.pk])[person.pk].items():
        if last and today <= last <= today + CHECK_ENDS_SOON:
            yield Task(
                title=_("Your check ends soon"),
                text=_("%(level)s: it ends on %(day)s. What asks for it is not matched after that.")
                % {"level": CheckLevel(level).label, "day": date_format(last)},
                url=reverse("accounts:own_checks"),
                action=_("See your checks"),
            )


def _to_review(person: User, *, at: datetime) -> Iterator[Task]:
    """For a reviewer who also speaks for a party: the desk is a page of its own."""
    if not person.is_reviewer:
        return
    if number := sum(case.is_mine for case in cases_for(person, at=at)):
        yield Task(
            title=_("Review"),
            text=_("Cases that wait for a reviewer: %(number)s.") % {"number": number},
            url=reverse("desk:queue"),
            action=_("Go to the desk"),
        )


# Postings


def _postings(parties: Sequence[Party], live: Sequence[Match], *, at: datetime) -> list[OwnPosting]:
    """Needs, then offers, the newest change first in each; none that are over."""
    found: list[OwnPosting] = []
    for model in (Need, Offer):
        newest = _newest(model, parties)
        matched = _matched(model, newest, live)
        found += [
            OwnPosting(one, waits_for(one, at), one.pk in matched and one.status == one.LIVE)
            for one in newest
        ]
    return found


def _newest(model: type[Need] | type[Offer], parties: Sequence[Party]) -> list[Need | Offer]:
    """With the parties that are known already, and no more columns than a line shows."""
    rows: QuerySet[Any] = model.objects.filter(party__in=parties).exclude(status__in=FINISHED)
    newest = rows.select_related("outlook").only(*LINE).order_by("-updated_at", "-pk")[:POSTINGS]
    known = {party.pk: party for party in parties}
    for posting in newest:
        posting.party = known[posting.party_id]
    return list(newest)


def _matched(
    model: type[Need] | type[Offer], newest: Sequence[Need | Offer], live: Sequence[Match]
) -> set[int]:
    """Which of these have a match: known from the live ones, where those are all."""
    if len(live) == MATCHES:
        return ids_with_match(model, [posting.pk for posting in newest])
    return {match.need_id if model is Need else match.offer_id for match in live}
