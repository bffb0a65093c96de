"""The pages of questions a posting goes through, in order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Kind
from opportunities.forms.base import StepForm
from opportunities.forms.details import DetailsForm
from opportunities.forms.hours import HoursForm
from opportunities.forms.terms import TermsForm
from opportunities.forms.topics import TopicsForm
from opportunities.forms.words import WordsForm
from opportunities.forms.work import WorkForm, is_paid_work_on_offer
from opportunities.models import Need, Offer


@dataclass(frozen=True)
class Step:
    """One page: its word in the address, its title, its questions."""

    slug: str
    title: Promise
    form: type[StepForm]


WORDS = Step("words", _("In your own words"), WordsForm)
DETAILS = Step("details", _("What fits, and when"), DetailsForm)
WORK = Step("work", _("Pay and supervision"), WorkForm)
LOOK_OVER = _("Look it over")
ONE_BY_ONE = (
    Step("topics", _("Topics and place"), TopicsForm),
    Step("hours", _("Days and hours"), HoursForm),
    Step("terms", _("Who takes part, and what must hold"), TermsForm),
)


def steps_of(posting: Need | Offer) -> list[Step]:
    """The pages on which it is changed, each about one thing."""
    return [WORDS, *ONE_BY_ONE, *_work(posting)]


def flow_of(posting: Need | Offer) -> list[Step]:
    """The pages of a new one, as few as can be: the preview follows."""
    return [WORDS, DETAILS, *_work(posting)]


def path_of(posting: Need | Offer) -> list[dict[str, Promise]]:
    """What the line of steps names: the pages of a new one, and the last look."""
    return [{"title": step.title} for step in flow_of(posting)] + [{"title": LOOK_OVER}]


def lengths_of(model: type[Need] | type[Offer]) -> list[int]:
    """How many steps a new one may have, before it is known what kind it is; the fewest first."""
    return sorted({len(path_of(model(kind=kind))) for kind in Kind})


def step_named(slug: str, posting: Need | Offer) -> Step | None:
    """The page of that address; the one that asks for all at once is for drafts."""
    pages = {*steps_of(posting), *(flow_of(posting) if posting.is_draft else ())}
    return next((step for step in pages if step.slug == slug), None)


def step_after(step: Step, posting: Need | Offer) -> Step | None:
    """The next page; None after the last one."""
    return _beside(step, posting, 1)


def step_before(step: Step, posting: Need | Offer) -> Step | None:
    """The page to go back to; None before the first one."""
    return _beside(step, posting, -1)


def _beside(step: Step, posting: Need | Offer, by: int) -> Step | None:
    way = flow_of(posting) if step in flow_of(posting) else steps_of(posting)
    place = way.index(step) + by
    return way[place] if 0 <= place < len(way) else None


def _work(posting: Need | Offer) -> list[Step]:
    """Only paid work on offer is asked about pay."""
    return [WORK] if is_paid_work_on_offer(posting) else []
