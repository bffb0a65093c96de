"""The last page of questions: who takes part, and what must hold."""

from collections import defaultdict
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.forms.fields import MemberChoice
from accounts.models import User
from opportunities.choices import Format
from opportunities.forms.base import Section, StepForm
from opportunities.models import Condition, Offer

# Terms that say something about paid work only; a class is not asked for them.
WORK_TERMS = frozenset(
    {
        "no_record_question_before_offer",
        "guaranteed_interview",
        "no_license_needed",
        "flexible_hours",
        "time_off_for_appointments",
        "paid_training",
        "benefits",
        "weekly_pay",
        "no_experience_needed",
    }
)
# Terms that mean something in a class only.
CLASS_TERMS = frozenset({"certificate_given"})


class TermsForm(StepForm):
    """Who takes part, in which languages, with which checks, and under which conditions."""

    SECTIONS: ClassVar[tuple[Section, ...]] = (
        Section(
            "people",
            _("How many"),
            _("Numbers only. We never ask for, or keep, anything about a single person."),
            ("seats", "helpers"),
        ),
        Section(
            "room",
            _("How many"),
            _("We bring you no more than you can take."),
            ("capacity", "groups"),
        ),
        Section("languages", "", "", ("languages",)),
        Section(
            "audience",
            _("Who takes part"),
            _("So that nobody is asked who cannot work with them."),
            ("audience",),
        ),
        Section(
            "checks",
            _("Checks"),
            "",
            ("check_level", "people"),
        ),
        Section(
            "terms",
            _("What must be promised"),
            _("Only offers that state what you tick here are brought to you."),
            ("requires",),
        ),
        Section(
            "silent",
            _("What must not be there"),
            _(
                "Some settings hurt. Offers that have what you tick here are never brought to"
                " you. This works in silence: the other side is never told."
            ),
            ("exclusions",),
        ),
        Section(
            "stated",
            _("What you promise"),
            _("Nonprofits look for these. Tick only what always holds."),
            ("terms",),
        ),
        Section(
            "has",
            _("What people would find there"),
            _("For some people a setting is out of the question. Honest answers keep them safe."),
            ("tags",),
        ),
        Section("contact", "", "", ("contact",)),
    )
    PLAIN: ClassVar[tuple[str, ...]] = (
        "seats",
        "helpers",
        "capacity",
        "groups",
        "languages",
        "audience",
        "check_level",
        "requires",
        "exclusions",
        "terms",
        "tags",
    )

    seats = forms.IntegerField(min_value=1, max_value=500)
    helpers = forms.IntegerField(
        label=_("How many helpers do you need?"),
        min_value=1,
        max_value=50,
        help_text=_("We stop looking when so many have said yes."),
    )
    capacity = forms.IntegerField(min_value=1, max_value=500)
    groups = forms.IntegerField(
        label=_("How many groups would you take in the same weeks?"),
        min_value=1,
        max_value=50,
        help_text=_("We ask you for no more than that."),
    )
    languages = forms.MultipleChoiceField(
        label=_("In which languages?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One language in common is enough."),
    )
    audience = forms.ChoiceField(widget=forms.RadioSelect)
    check_level = forms.ChoiceField(
        label=_("Which check must the people who come have?"),
        widget=forms.RadioSelect,
        help_text=_("Ask for what you really need: each level leaves fewer people."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who comes?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    requires = forms.MultipleChoiceField(
        label=_("It must have"), widget=forms.CheckboxSelectMultiple, required=False
    )
    exclusions = forms.MultipleChoiceField(
        label=_("It must not have"), widget=forms.CheckboxSelectMultiple, required=False
    )
    terms = forms.MultipleChoiceField(
        label=_("We promise"), widget=forms.CheckboxSelectMultiple, required=False
    )
    tags = forms.MultipleChoiceField(
        label=_("It has, or asks for"), widget=forms.CheckboxSelectMultiple, required=False
    )
    contact = MemberChoice(
        label=_("Contact person"),
        queryset=User.objects.none(),
        required=False,
        help_text=_(
            "Told about matches, and shown to the other side after an introduction, never before."
        ),
    )

    def known(self) -> dict[str, Any]:
        posting = self.posting
        known = super().known() | {"contact": posting.contact_id}
        known["languages"] = posting.languages or posting.party.languages or ["en"]
        if posting.is_draft and posting.format == Format.GROUP_CLASS:
            for size in ("seats", "capacity"):
                if known.get(size) == 1:  # nobody's answer yet: a group of one meets nobody
                    known[size] = None
        if isinstance(posting, Offer):
            known["people"] = list(posting.people.values_list("pk", flat=True))
        return known

    def prepare(self) -> None:
        super().prepare()
        if self.is_need:
            self.drop("capacity", "groups", "terms", "tags", "people")
        else:
            self.drop("seats", "helpers", "requires", "exclusions", "check_level")
        if not self.is_class:
            self.drop("helpers", "groups")
        self._name_the_numbers()
        self._ask_about_audience()
        self._fill_conditions()
        self._fill_languages()
        self._fill_people()

    def _name_the_numbers(self) -> None:
        if "seats" in self.fields:
            self.fields["seats"].label = (
                _("How many people will take part?")
                if self.is_class
                else _("How many people look for this work?")
            )
            self.fields["seats"].help_text = _(
                "Fewer than five are shown as “a few” until an introduction."
            )
            return
        self.fields["capacity"].label = (
            _("How many people can you take at once?")
            if self.is_class
            else _("How many openings are there?")
        )
        self.fields["capacity"].help_text = (
            _("A need with more people than this is not brought to you.")
            if self.is_class
            else _("Each introduction holds one until it is clear whether the work began.")
        )

    def _ask_about_audience(self) -> None:
        audience = self.fields["audience"]
        if self.is_need:
            audience.label = _("Are minors among them?")
            audience.choices = [  # type: ignore[attr-defined]  # a ChoiceField
                ("adults", _("No, adults only")),
                ("both", _("Yes, adults and minors")),
                ("minors", _("Yes, minors only")),
            ]
            audience.help_text = _(
                "With minors, everyone who comes needs a fingerprint check. This works in silence:"
                " that minors take part is never shown to the other side, and never in a list."
            )
            self.fields["check_level"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
                ("none", _("None")),
                ("references", _("References: somebody vouches for them")),
                ("registry", _("Registry search: sex offender and abuse registries")),
                ("fingerprint", _("Fingerprint check: the closest look")),
            ]
            return
        audience.label = _("With whom can you work?")
        audience.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("adults", _("Adults")),
            ("both", _("Adults and minors")),
            ("minors", _("Minors only")),
        ]
        audience.help_text = _("Work with minors needs a fingerprint check of everyone who comes.")

    def _fill_conditions(self) -> None:
        """The lists that reviewers extend, and whatever the posting already carries."""
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for condition in Condition.objects.filter(retired=False).order_by("kind", "pk"):
            labels[condition.kind][condition.slug] = str(condition)
        kinds = Condition.Kind
        setting = (
            labels[kinds.SETTING]
            | labels[kinds.CLASS_ONLY if self.is_class else kinds.EMPLOYER_REQUIREMENT]
        )
        beside_the_point = WORK_TERMS if self.is_class else CLASS_TERMS
        terms = {
            slug: label
            for slug, label in labels[kinds.TERM].items()
            if slug not in beside_the_point
        }
        every = {slug: label for of_kind in labels.values() for slug, label in of_kind.items()}
        for name, known in {
            "exclusions": setting,
            "tags": setting,
            "requires": terms,
            "terms": terms,
        }.items():
            if name in self.fields:
                carried = {slug: every.get(slug, slug) for slug in getattr(self.posting, name)}
                self.fields[name].choices = (known | carried).items()  # type: ignore[attr-defined]  # a choice

    def _fill_languages(self) -> None:
        carried = {code: code for code in self.posting.languages if code not in Language.values}
        self.fields["languages"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            *Language.choices,
            *carried.items(),
        ]

    def _fill_people(self) -> None:
        members = User.objects.filter(memberships__party=self.posting.party).order_by("name", "pk")
        team = list(members)
        contact = self.fields["contact"]
        contact.queryset = members  # type: ignore[attr-defined]  # a MemberChoice
        contact.empty_label = _("As the team has it")  # type: ignore[attr-defined]  # a choice
        contact.hint = ""  # type: ignore[attr-defined]  # it has an answer from the start
        if len(team) < 2:
            self.drop("contact")
        if "people" not in self.fields:
            return
        people = self.fields["people"]
        people.queryset = members  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
        people.help_text = (
            _(
                "Some needs ask for a check. The lowest check among those who come counts, so name"
                " everyone. You need not pay for a check before somebody asks for you."
            )
            if self.is_class
            else _(
                "Those who would train or supervise. Some needs ask for a check of them; the"
                " lowest among them counts."
            )
        )
        if len(team) == 1 and self.posting.is_draft:
            self.initial["people"] = self.initial.get("people") or [team[0].pk]
        if len(team) == 1 and self.posting.party.is_volunteer:
            self.drop("people")  # it can only be the volunteer: the action names them

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.is_class and not self.is_need:
            self.need("people", _("Please name at least one person who comes."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        if "people" in self.cleaned_data:
            facts["people"] = list(self.cleaned_data["people"])
        if "contact" in self.cleaned_data:
            facts["contact"] = self.cleaned_data["contact"]
        return facts
