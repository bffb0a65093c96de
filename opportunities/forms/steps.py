"""The pages of questions a posting goes through, in order."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities.forms.base import StepForm
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


STEPS = (
    Step("words", _("In your own words"), WordsForm),
    Step("topics", _("Topics and place"), TopicsForm),
    Step("hours", _("Days and hours"), HoursForm),
    Step("work", _("Pay and supervision"), WorkForm),
    Step("terms", _("Who takes part, and what must hold"), TermsForm),
)


def steps_of(posting: Need | Offer) -> list[Step]:
    """The pages this posting needs: only paid work on offer is asked about pay."""
    return [step for step in STEPS if step.slug != "work" or is_paid_work_on_offer(posting)]


def step_after(step: Step, posting: Need | Offer) -> Step | None:
    """The next page; None after the last one."""
    steps = steps_of(posting)
    number = steps.index(step) + 1
    return steps[number] if number < len(steps) else None
