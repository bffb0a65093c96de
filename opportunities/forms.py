"""What people type about a need or an offer: what every page of questions has, and the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Kind
from opportunities.facts import WORDS, facts_of
from opportunities.models import Condition, Need, Offer, PostingReview
from opportunities.screening import screen

Posting = Need | Offer
Text = str | Promise

KINDS = {
    Need: [
        (Kind.CLASS, _("A class or help: somebody who teaches, mentors or gives a day")),
        (Kind.APPRENTICESHIP, _("An apprenticeship: paid work that trains for a trade")),
        (Kind.JOB, _("A job")),
    ],
    Offer: [
        (Kind.CLASS, _("A class or help: I teach, mentor or give a day")),
        (Kind.APPRENTICESHIP, _("An apprenticeship: paid work that trains for a trade")),
        (Kind.JOB, _("A job")),
    ],
}


class DayField(forms.DateField):
    """A date, typed or picked."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class DecidedTogether:
    """Mixed into a field that must be answered as far as the page says.

    Whether it is missing is decided in ``clean``, together with other answers.
    """

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]  # the field's


class TickedField(DecidedTogether, forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class OneOfField(DecidedTogether, forms.ChoiceField):
    """One of a few."""

    widget = forms.RadioSelect


@dataclass(frozen=True)
class Section:
    """Questions that belong together.

    name    how a template may know that it lays this one out itself
    why     why we ask
    folded  shown behind a line to press, since most people need none of it
    """

    name: str
    title: Text
    why: Text
    fields: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A section with the questions that this posting is asked."""

    name: str
    title: Text
    why: Text
    folded: bool
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        """A fold opens by itself where it holds an answer or an error."""
        return any(field.errors or field.value() for field in self.fields)


class StepForm(forms.Form):
    """One page of questions. What does not concern the posting is not asked.

    posting   the draft or published posting; an unsaved one on the first page
    today     the day it is where the person sits
    asks_all  False while somebody only puts the draft aside: nothing is required then
    """

    SECTIONS: ClassVar[tuple[Section, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()  # answers that are facts under the same name
    MAY_BE_EMPTIED = ("end_date",)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        posting: Posting,
        today: date,
        asks_all: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.posting, self.today, self.asks_all = posting, today, asks_all
        self.is_need = isinstance(posting, Need)
        self.is_class = posting.kind == Kind.CLASS
        self.is_redrawn = initial is not None
        super().__init__(data, initial=self.known() | dict(initial or {}))
        self.prepare()
        if not asks_all:
            for field in self.fields.values():
                field.required = False

    def known(self) -> dict[str, Any]:
        """What the page shows at first: the posting as it stands."""
        described = facts_of(type(self.posting))
        return {name: getattr(self.posting, name) for name in self.PLAIN if name in described}

    def prepare(self) -> None:
        """Drop questions, fill in choices."""

    def clean(self) -> dict[str, Any]:
        """Words are read here too, so that what is refused is refused at its field."""
        cleaned = super().clean() or {}
        texts = {name: cleaned[name] for name in WORDS if cleaned.get(name)}
        if self.asks_all and texts:
            self.refuse(screen(texts, kind=self.posting.kind).refused)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The answers, as the actions take them; what cannot be empty and is, stays as it was."""
        asked = {name: self.cleaned_data[name] for name in self.PLAIN if name in self.cleaned_data}
        return {
            name: value
            for name, value in asked.items()
            if value is not None or name in StepForm.MAY_BE_EMPTIED
        }

    def redrawn(self, **changes: Any) -> Self:
        """The same page with what was typed, checked by nobody yet."""
        typed = {name: self[name].value() for name in self.fields}
        return type(self)(posting=self.posting, today=self.today, initial=typed | changes)

    def drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def need(self, name: str, message: Text) -> None:
        """A question that must be answered unless the draft is only put aside."""
        empty = not self.cleaned_data.get(name)
        if self.asks_all and empty and name in self.fields and name not in self.errors:
            self.add_error(name, str(message))

    def refuse(self, problems: Iterable[tuple[str, str]]) -> None:
        """Show what was refused at the field it was typed in."""
        for name, message in problems:
            self.add_error(name if name in self.fields else None, str(message))

    @property
    def sections(self) -> list[ShownSection]:
        shown = []
        for section in self.SECTIONS:
            fields = [self[name] for name in section.fields if name in self.fields]
            if fields:
                shown.append(
                    ShownSection(section.name, section.title, section.why, section.folded, fields)
                )
        return shown


class WordsForm(StepForm):
    """What it is about, in the person's own words."""

    SECTIONS = (
        Section("kind", "", "", ("kind",)),
        Section(
            "words",
            _("In your own words"),
            _(
                "Write as you would tell a friend. Please leave out names, phone numbers,"
                " addresses and anybody's story: it must never be possible to tell who is meant."
                " We stop such words before they are saved."
            ),
            ("title", "description"),
        ),
    )
    PLAIN = ("kind", "title", "description")

    kind = forms.ChoiceField(widget=forms.RadioSelect)
    title = forms.CharField(label=_("In one line"), max_length=120)
    description = forms.CharField(
        label=_("A little more"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def prepare(self) -> None:
        kind, title = self.fields["kind"], self.fields["title"]
        kind.choices = KINDS[type(self.posting)]  # type: ignore[attr-defined]  # a ChoiceField
        kind.label = _("What do you need?") if self.is_need else _("What do you offer?")
        kind.help_text = _("Needs and offers of the same kind are brought together.")
        title.help_text = (
            _("Such as “Budgeting class for beginners”. People who may help read this first.")
            if self.is_need
            else _("Such as “I teach car care for beginners”. Nonprofits read this first.")
        )
        self.fields["description"].help_text = (
            _("What should happen, and what would make it go well? We find the topics in it.")
            if self.is_need
            else _("What do you bring, and how do you do it? We find the topics in it.")
        )
        if self.posting.round or self.posting.status != self.posting.Status.DRAFT:
            self.drop("kind")  # it never changes once it was sent in

    def facts(self) -> dict[str, Any]:
        """A draft that turns into work leaves its wishes for classes behind."""
        facts = super().facts()
        turns_into_work = self.is_class and facts.get("kind", Kind.CLASS) != Kind.CLASS
        if turns_into_work and self.posting.pk:
            wishes = set(Condition.objects.filter(kind="class_only").values_list("slug", flat=True))
            for name in ("exclusions", "requires") if self.is_need else ("tags", "terms"):
                carried = getattr(self.posting, name)
                facts[name] = [slug for slug in carried if slug not in wishes]
        return facts


class RenewForm(forms.Form):
    """A new last day."""

    end_date = DayField(label=_("Until"))

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(posting, Offer):
            self.fields["end_date"].required = False
            self.fields["end_date"].help_text = _("Empty: until you say otherwise.")
        else:
            self.fields["end_date"].help_text = _("We look until this day.")


class PostingDecisionForm(forms.Form):
    """Yes, or back to its poster with a reason."""

    seen_round = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(answer.value, answer.label) for answer in PostingReview.ANSWERS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        help_text=_("Needed to send it back. The poster will read it: please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == PostingReview.Decision.DECLINE and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why, in words the poster will read."))
        return cleaned


class SuspensionForm(forms.Form):
    """Why an offer is taken off the market; its poster reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The poster will read this. Please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
