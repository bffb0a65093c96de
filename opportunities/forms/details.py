"""The second page of a draft: all that matching needs, with the seldom changed folded away."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import hint
from opportunities.forms.base import Section
from opportunities.forms.hours import HoursForm
from opportunities.forms.terms import TermsForm
from opportunities.forms.topics import TopicsForm

# Questions that come with an answer: who empties one gets that answer back.
ANSWERED = (
    *("format", "mode", "venue", "start_date", "end_date", "minutes", "sessions", "helpers"),
    *("groups", "languages", "check_level", "radius_miles", "zip", "counties"),
)
NOTHING: tuple[Any, ...] = (None, "", [])


class DetailsForm(TermsForm, HoursForm, TopicsForm):
    """Topics, times and numbers to answer; place, length, promises and the like have an answer."""

    SECTIONS: ClassVar[tuple[Section, ...]] = (
        Section(
            "topics",
            _("Topics"),
            _("A need and an offer meet when they share a topic."),
            ("topics", "look", "other"),
        ),
        Section("hours", "", "", ("any_time", "quick", "grid", "from_0")),
        Section(
            "length",
            _("Shifts"),
            _("So that we look for people who are free long and often enough."),
            ("shift_hours", "shifts_per_week"),
        ),
        Section(
            "people",
            _("Who takes part"),
            _("Numbers only. We never ask for, or keep, anything about a single person."),
            ("seats", "capacity", "audience", "people"),
        ),
        Section(
            "place",
            _("Where and how"),
            "",
            ("mode", "format", "venue", "zip", "counties", "radius_miles"),
            folded=True,
        ),
        Section(
            "range",
            _("Dates, how long and how often"),
            "",
            ("start_date", "end_date", "minutes", "sessions"),
            folded=True,
        ),
        Section(
            "checks",
            _("Languages and checks"),
            "",
            ("languages", "check_level", "helpers", "groups", "contact"),
            folded=True,
        ),
        Section(
            "terms",
            _("What must be promised"),
            _("Only offers that state what you tick here are brought to you."),
            ("requires",),
            folded=True,
        ),
        Section(
            "silent",
            _("What must not be there"),
            _(
                "Some settings hurt. Offers that have what you tick here are never brought to"
                " you. This works in silence: the other side is never told."
            ),
            ("exclusions",),
            folded=True,
        ),
        Section(
            "stated",
            _("What you promise"),
            _("Nonprofits look for these. Tick only what always holds."),
            ("terms",),
            folded=True,
        ),
        Section(
            "has",
            _("What people would find there"),
            _("For some people a setting is out of the question. Honest answers keep them safe."),
            ("tags",),
            folded=True,
        ),
    )
    PLAIN: ClassVar[tuple[str, ...]] = (*TermsForm.PLAIN, *HoursForm.PLAIN, *TopicsForm.PLAIN)

    def known(self) -> dict[str, Any]:
        """A need looks for three months where nobody has said how long."""
        known = super().known()
        if self.is_need and not known["end_date"]:
            known["end_date"] = self.today + self.LOOKS_FOR
        return known

    def prepare(self) -> None:
        super().prepare()
        for name in self._answered():
            self.fields[name].required = False
            hint(self, name, "")

    def _answered(self) -> list[str]:
        known = [name for name in ANSWERED if name in self.fields]
        return [name for name in known if self.initial.get(name) not in NOTHING]

    def clean(self) -> dict[str, Any]:
        for name in self._answered():
            if name not in self.errors and self.cleaned_data.get(name) in NOTHING:
                self.cleaned_data[name] = self.initial[name]
        return super().clean()
