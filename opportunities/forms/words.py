"""The first page of questions: what it is about, in one's own words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Party
from opportunities.choices import Kind
from opportunities.forms.base import Section, StepForm
from opportunities.models import Condition, Need, Offer

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
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def prepare(self) -> None:
        kind = self.fields["kind"]
        kind.choices = KINDS[type(self.posting)]  # type: ignore[attr-defined]  # a ChoiceField
        kind.label = _("What is it?")
        kind.help_text = _("Needs and offers of the same kind are brought together.")
        self._ask_for_title()
        self.fields["description"].help_text = (
            _("What should happen, and what would make it go well? We find the topics in it.")
            if self.is_need
            else _("What do you bring, and how do you do it? We find the topics in it.")
        )
        if self.posting.round or self.posting.status != self.posting.Status.DRAFT:
            self.drop("kind")  # it never changes once it was sent in

    def _ask_for_title(self) -> None:
        title = self.fields["title"]
        if self.is_need:
            title.help_text = _(
                "Such as “Budgeting class for beginners”. People who may help read this first."
            )
        elif self.posting.party.kind == Party.Kind.BUSINESS:
            title.help_text = _("Such as “Morning baker, full time”. Nonprofits read this first.")
        else:
            title.help_text = _(
                "Such as “I teach car care for beginners”. Nonprofits read this first."
            )

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
