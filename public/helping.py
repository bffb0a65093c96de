"""How somebody could help: who they are, what would fit, and the offer this begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from accounts.models import Party
from opportunities.choices import Kind
from opportunities.forms.topics import CONFIDENT
from opportunities.models import MAX_TOPICS
from opportunities.topics import GROUPS, group_of_slug, name_of, suggest
from screening.judging import screen

LONGEST_TITLE = 120  # letters, as a posting's title


@dataclass(frozen=True)
class Helper:
    """A kind of people who ask what they could do, and the kind of party they sign up as.

    ideas  by kind of posting: slugs of topics that such people often bring
    """

    slug: str
    name: Promise
    party: Party.Kind
    note: Promise
    ideas: dict[Kind, tuple[str, ...]]

    @property
    def example(self) -> Promise:
        """What somebody like them might write."""
        return IN_OWN_WORDS[self.party == Party.Kind.BUSINESS]

    @property
    def choices(self) -> list[tuple[Promise, list[tuple[str, str]]]]:
        """The ideas with their names in the reader's language, a list for each kind."""
        return [
            (HEADINGS[kind], [(slug, topic_name(slug)) for slug in slugs])
            for kind, slugs in self.ideas.items()
        ]


class Thought(NamedTuple):
    """What somebody has said so far: topics by slug, and their own words."""

    topics: list[str]
    words: str


class Draft(NamedTuple):
    """The offer that a thought comes to."""

    kind: Kind
    title: str
    topics: list[str]


IN_OWN_WORDS: dict[bool, Promise] = {  # whether a business writes
    True: gettext_lazy("Such as “We can hire two bakers”. Please name no one."),
    False: gettext_lazy("Such as “I can teach car care on weekends”. Please name no one."),
}
HEADINGS: dict[Kind, Promise] = {
    Kind.CLASS: gettext_lazy("Teach or help"),
    Kind.APPRENTICESHIP: gettext_lazy("Train someone on the job, with pay"),
    Kind.JOB: gettext_lazy("Hire"),
}
TITLES: dict[Kind, Promise] = {
    Kind.CLASS: gettext_lazy("Help with: %(topics)s"),
    Kind.APPRENTICESHIP: gettext_lazy("Paid training: %(topics)s"),
    Kind.JOB: gettext_lazy("Job: %(topics)s"),
}
HELPERS = (
    Helper(
        "business",
        gettext_lazy("A business"),
        Party.Kind.BUSINESS,
        gettext_lazy("You sign up as a business. We check each business and each job first."),
        {
            Kind.JOB: ("prep-cook", "baker", "retail-associate", "warehouse-associate",
                       "receptionist", "hotel-front-desk", "office-clerk", "entry-level-any"),
            Kind.APPRENTICESHIP: ("apprenticeship-any", "paid-internship", "cook-apprentice",
                                  "office-apprentice"),
            Kind.CLASS: ("interview-skills", "job-shadowing", "workplace-skills",
                         "customer-service-skills"),
        },
    ),
    Helper(
        "faith-group",
        gettext_lazy("A faith group"),
        Party.Kind.NONPROFIT,
        gettext_lazy(
            "You sign up as a nonprofit, which is how we check groups. Help is never tied to faith:"
            " nobody has to pray or believe to get it. If a class has faith content, you say so."
        ),
        {
            Kind.CLASS: ("cooking", "sewing-and-crafts", "driving-lessons", "setting-up-a-home",
                         "parenting", "child-care", "transportation", "food-support",
                         "household-goods", "budgeting"),
        },
    ),
    Helper(
        "school",
        gettext_lazy("A school or college"),
        Party.Kind.NONPROFIT,
        gettext_lazy(
            "You sign up as a nonprofit, which is how we check schools. A for-profit school signs"
            " up as a business."
        ),
        {
            Kind.CLASS: ("ged", "esl", "adult-literacy", "tutoring", "computer-basics",
                         "college-applications", "financial-aid", "cna-certification",
                         "culinary-certificate", "welding-certification"),
        },
    ),
    Helper(
        "professional",
        gettext_lazy("A professional, such as a lawyer or a nurse"),
        Party.Kind.VOLUNTEER,
        gettext_lazy("You sign up as a volunteer, with your own name."),
        {
            Kind.CLASS: ("legal-aid", "immigration-legal-help", "record-clearing", "dental-care",
                         "medical-care", "counseling", "taxes", "budgeting", "career-mentoring",
                         "tattoo-removal"),
        },
    ),
    Helper(
        "neighbor",
        gettext_lazy("A neighbor, working or retired"),
        Party.Kind.VOLUNTEER,
        gettext_lazy("You sign up as a volunteer, with your own name."),
        {
            Kind.CLASS: ("car-maintenance", "cooking", "driving-lessons", "sewing-and-crafts",
                         "gardening", "fitness", "music", "esl", "computer-basics",
                         "home-repair-basics"),
        },
    ),
)  # fmt: skip
BY_SLUG = {helper.slug: helper for helper in HELPERS}


def thought_of(helper: Helper, *, topics: Iterable[str], words: str) -> Thought:
    """What was ticked and typed; what names a person is not taken."""
    known = {slug for slugs in helper.ideas.values() for slug in slugs}
    typed = " ".join(words.split())[:LONGEST_TITLE]
    clean = "" if screen({"title": typed}).identities else typed
    return Thought([slug for slug in topics if slug in known][:MAX_TOPICS], clean)


def draft_of(helper: Helper, thought: Thought) -> Draft | None:
    """One offer of one kind: that of the first topic, else of what the words speak of.

    None where nothing was said.
    """
    if not thought.topics and not thought.words:
        return None
    kind = _kind_of(helper, thought)
    ticked = [slug for slug in thought.topics if group_of_slug(slug) in GROUPS[kind]]
    meant = [slug for slug, sure in suggest(thought.words, kind) if sure >= CONFIDENT]
    topics = list(dict.fromkeys([*ticked, *meant]))[:MAX_TOPICS]
    return Draft(kind, thought.words or _title(kind, topics), topics)


def left_for_another(thought: Thought, draft: Draft) -> list[str]:
    """Topics that were ticked and are of another kind: an offer has one, so they need their own."""
    return [slug for slug in thought.topics if slug not in draft.topics]


def topic_name(slug: str) -> str:
    return name_of(slug, get_language() or "en")


def _kind_of(helper: Helper, thought: Thought) -> Kind:
    if thought.topics:
        group = group_of_slug(thought.topics[0])
        return next(kind for kind in Kind if group in GROUPS[kind])
    sure = {kind: _sureness(thought.words, kind) for kind in helper.ideas}
    return max(sure, key=lambda kind: (sure[kind], kind == Kind.CLASS))


def _sureness(words: str, kind: Kind) -> float:
    return max((sure for _slug, sure in suggest(words, kind, limit=1)), default=0.0)


def _title(kind: Kind, topics: Sequence[str]) -> str:
    """As many of the names as fit."""
    names = [topic_name(slug) for slug in topics]
    while len(title := TITLES[kind] % {"topics": ", ".join(names)}) > LONGEST_TITLE:
        names.pop()
    return str(title)
