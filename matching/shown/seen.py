"""A match as one side sees it: all that its pages may show, and no more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from accounts.models import Membership, Party, User
from matching.models import OTHER, Match
from matching.reasons import Told
from matching.shown.history import Event, history_of
from matching.shown.sections import ANSWER, ASKED, IN_LINE, LATER, MET, PAST, SECTIONS, TONES
from matching.shown.sentences import where_it_stands
from matching.shown.waits import Wait, day_of, days_left, wait_of
from matching.starting import Missing, missing, started_at
from matching.why import unstated
from opportunities.choices import Kind
from opportunities.disclosure import Fact, facts_of, place_in_words, words_of
from opportunities.models import Offer
from opportunities.moves import may_be_edited
from opportunities.text_language import language_of

Teams = Mapping[int, Sequence[Membership]]  # of each party

FITS = (  # from this score on; under the floor of the matcher nothing is proposed
    (0.75, gettext_lazy("A very good fit")),
    (0.55, gettext_lazy("A good fit")),
    (0.0, gettext_lazy("A possible fit")),
)


class SeenMatch:
    """What templates get in place of the match, which knows too much."""

    def __init__(self, match: Match, *, viewer: User, teams: Teams, at: datetime) -> None:
        """``match`` comes from ``seen_by``; ``teams`` holds both parties' memberships."""
        self._match = match
        self._viewer = viewer
        self._teams = teams
        self._at = at
        self._side = match.side_of(viewer)
        self._mine = match.posting_of(self._side)
        self._theirs = match.posting_of(OTHER[self._side])
        self._status = match.status_for(self._side)
        self._reminded_at: datetime | None = match.viewer_reminded_at  # type: ignore[attr-defined]  # as ``viewer_side``
        self.public_id = match.public_id
        self.is_need_side = self._side == "need"

    # Both postings

    @property
    def own_title(self) -> str:
        return str(self._mine)

    @property
    def own_party(self) -> str:
        return self._mine.party.name

    @property
    def own_contact(self) -> User | None:
        """Whom the other side will see after an introduction."""
        return self._mine.told_among(self._teams[self._mine.party_id])

    @property
    def is_read_again(self) -> bool:
        """They changed what they say, and reviewers have yet to read it; so has this side."""
        return self._theirs.reviews_needed > 0

    @property
    def other_title(self) -> str:
        if self.is_read_again:
            return str(self._theirs.get_kind_display())
        return words_of(str(self._theirs), has_met=self.has_met)

    @property
    def other_party(self) -> str:
        return self._match.other_name(self._side)

    @property
    def other_place(self) -> str:
        return place_in_words(self._theirs)

    @property
    def other_description(self) -> str:
        if self.is_read_again:
            return _("This was changed. You see it again once our reviewers have read it.")
        return words_of(self._theirs.description, has_met=self.has_met)

    @property
    def other_language(self) -> str:
        """The code of the language their words are in, where it is not the reader's."""
        said = "" if self.is_read_again else f"{self._theirs.title} {self._theirs.description}"
        language = language_of(said)
        return language if language != get_language() else ""

    @property
    def written_in(self) -> str:
        """A note on that language for the reader; empty where there is nothing to note."""
        notes = {"en": _("Written in English."), "es": _("Written in Spanish.")}
        return notes.get(self.other_language, "")

    @property
    def other_facts(self) -> list[Fact]:
        return [] if self.is_read_again else facts_of(self._theirs, has_met=self.has_met)

    @property
    def other_contact(self) -> User | None:
        """The contact they chose to share: after an introduction, never before."""
        return self._theirs.told_among(self._teams[self._theirs.party_id]) if self.has_met else None

    # Why, and where it stands

    @property
    def fit(self) -> str:
        """The score, in words alone."""
        return next(str(words) for least, words in FITS if self._match.score >= least)

    @property
    def why(self) -> Told:
        """What fits, what is close, what is unknown."""
        return self._match.why(self._side)

    @property
    def path_to_say_more(self) -> str:
        """Where this side can say what its posting leaves open; empty where nothing is open."""
        mine = self._mine
        is_open = mine.kind == Kind.CLASS and not mine.venue
        if isinstance(mine, Offer) and not is_open:
            is_open = bool(unstated(mine.kind, terms=mine.terms, description=mine.description))
        if not (is_open and self.why.unknown and may_be_edited(mine)):
            return ""
        return reverse(f"opportunities:{mine.WORD}_edit", args=[mine.public_id])

    @property
    def has_met(self) -> bool:
        return self._match.has_met

    @property
    def is_warned(self) -> bool:
        """They met, and our reviewers have stopped the other side since."""
        return self._match.has_met and self._theirs.party.status == Party.Status.SUSPENDED

    @property
    def was_introduced(self) -> bool:
        """They have met, whatever came of it: what they wrote can still be read."""
        return self._match.introduced_at is not None

    @cached_property
    def missing(self) -> Missing:
        """What is not in place while both meet; nothing before, and nothing afterwards."""
        if self._match.status not in Match.HOLDING:
            return Missing(check=False, staff=False)
        return missing(self._match, at=self._at)

    @property
    def must_confirm_staff(self) -> bool:
        """Asked of the need's side alone: whom it is for is nobody else's to know."""
        return self.is_need_side and self.missing.staff

    @property
    def may_record_checks(self) -> bool:
        """An owner of the nonprofit may write down a check of who comes to it."""
        team = self._teams[self._mine.party_id]
        owns = any(member.user_id == self._viewer.pk and member.is_owner for member in team)
        comes = self._match.status in Match.HOLDING
        is_host = self._mine.party.kind == Party.Kind.NONPROFIT
        return self.is_need_side and is_host and comes and owns

    @property
    def may_answer(self) -> bool:
        return self._match.may_answer(self._side)

    @property
    def is_second_yes(self) -> bool:
        return self._match.is_second_yes(self._side)

    @property
    def may_take_back(self) -> bool:
        return self._match.may_take_back(self._side, self._at)

    @property
    def may_end(self) -> bool:
        return self._status in (*Match.HOLDING, Match.Status.WAITING)

    @property
    def may_start(self) -> bool:
        return self._status == Match.Status.INTRODUCED

    @property
    def may_complete(self) -> bool:
        return self._status in Match.HOLDING

    @property
    def said_no(self) -> bool:
        return self._match.answer_of(self._side) == Match.Answer.NO

    @property
    def may_say_why(self) -> bool:
        """Their no is fresh, and nobody of them has said why."""
        return self.said_no and self.may_take_back and not self._match.reason_of(self._side)

    @cached_property
    def section(self) -> int:
        if self.may_answer:
            return LATER if self._reminded_at else ANSWER
        sections = {
            Match.Status.INTRODUCED: MET,
            Match.Status.ENGAGED: MET,
            Match.Status.ACCEPTED: ASKED,
            Match.Status.WAITING: IN_LINE,
        }
        return sections.get(self._status, PAST)

    @property
    def section_name(self) -> str:
        return str(SECTIONS[self.section])

    @property
    def tone(self) -> str:
        """The sign that goes with ``stands``."""
        done = self._status == Match.Status.COMPLETED
        return "good" if done else TONES.get(self.section, "")

    @property
    def needs_answer(self) -> bool:
        """It asks now, and was not put off."""
        return self.section == ANSWER

    @property
    def closes_on(self) -> str:
        """The day on which silence closes it, as the reader's calendar has it."""
        return day_of(self._match.closes_at, self._viewer)

    @property
    def time_left(self) -> str:
        """How long there is to answer; empty where nothing is asked."""
        return (
            days_left(self._match.closes_at, self._viewer, at=self._at) if self.may_answer else ""
        )

    @property
    def reminded_on(self) -> str:
        """The day this person chose to be asked again; empty where they chose none."""
        chosen = self._reminded_at if self.may_answer else None
        return day_of(chosen, self._viewer) if chosen else ""

    @property
    def waits_since(self) -> str:
        """Since when the other side has to answer; empty where it has not."""
        answered_at = self._match.answered_at_of(self._side)
        if answered_at is None or self.section != ASKED:
            return ""
        return _("Waiting since %(day)s.") % {"day": day_of(answered_at, self._viewer)}

    @property
    def waits(self) -> list[Wait]:
        """To when an answer can be put off."""
        moments = self._match.may_be_reminded_at(self._at) if self.may_answer else []
        return [wait_of(moment, self._viewer, at=self._at) for moment in moments]

    @property
    def history(self) -> list[Event]:
        """What has happened so far, the oldest first, as this side may know it."""
        team = {member.user_id: member.user for member in self._teams[self._mine.party_id]}
        begun = started_at(self._match) if self.was_introduced else None
        return history_of(self._match, self._side, team=team, viewer=self._viewer, started_at=begun)

    @property
    def take_back_time(self) -> str:
        """How long a no can still be taken back."""
        answered_at = self._match.answered_at_of(self._side)
        if answered_at is None or not (self.said_no and self.may_take_back):
            return ""
        left = answered_at + Match.TAKE_BACK_FOR - self._at
        minutes = -(-left // timedelta(minutes=1))
        return ngettext(
            "%(n)s minute is left to take it back.",
            "%(n)s minutes are left to take it back.",
            minutes,
        ) % {"n": minutes}

    @cached_property
    def stands(self) -> str:
        """Where it stands and what comes next, in a sentence or two."""
        return where_it_stands(
            self._match, self._side, closes_on=self.closes_on, reminded_on=self.reminded_on
        )


def seen(matches: Sequence[Match], *, viewer: User, at: datetime) -> list[SeenMatch]:
    """These matches as the viewer sees them; the teams of all are read once a page asks for one."""
    teams = cast("Teams", SimpleLazyObject(lambda: _teams_of(matches)))
    return [SeenMatch(match, viewer=viewer, teams=teams, at=at) for match in matches]


def _teams_of(matches: Sequence[Match]) -> Teams:
    """The memberships of both sides of all of these, with their people."""
    parties = {posting.party_id for match in matches for posting in (match.need, match.offer)}
    teams: dict[int, list[Membership]] = {party: [] for party in parties}
    members = Membership.objects.filter(party__in=parties).select_related("user")
    for member in members.order_by("joined_at", "pk"):
        teams[member.party_id].append(member)
    return teams
