"""The page of questions about paid work on offer: what it is, and what it pays."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.choices import Kind, PayPeriod, RecordPolicy
from opportunities.forms.base import Section, StepForm
from opportunities.forms.hours import shift_hours
from opportunities.models import Need, Offer
from opportunities.requirements import pay_problem


class WorkForm(StepForm):
    """Pay, hours and supervision of a job or an apprenticeship on offer."""

    SECTIONS = (
        Section(
            "pay",
            _("Pay"),
            _(
                "Work found here is always paid, and at least the minimum wage. Nonprofits see"
                " the pay before anybody is asked."
            ),
            ("pay_amount", "pay_period", "tips"),
        ),
        Section(
            "work",
            _("Hours, place and supervision"),
            _("Clear terms keep people safe. Reviewers read them first."),
            ("hours_per_week", "shift_hours", "workplace", "supervisor", "record_policy"),
        ),
        Section(
            "apprenticeship",
            _("What the apprenticeship leads to"),
            _("So that nobody mistakes cheap labor for training."),
            ("length_months", "credential", "sponsor", "instruction", "wage_steps"),
        ),
    )
    PLAIN = (
        "pay_amount",
        "pay_period",
        "tips",
        "hours_per_week",
        "workplace",
        "supervisor",
        "record_policy",
        "length_months",
        "credential",
        "sponsor",
        "instruction",
        "wage_steps",
    )

    pay_amount = forms.DecimalField(
        label=_("Lowest pay, in dollars"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        help_text=_("Before taxes and without tips."),
    )
    pay_period = forms.ChoiceField(label=_("Paid for"), choices=PayPeriod.choices)
    tips = forms.BooleanField(label=_("Tips come on top"), required=False)
    hours_per_week = forms.DecimalField(
        label=_("Hours a week"),
        min_value=Decimal("0.5"),
        max_value=99,
        max_digits=4,
        decimal_places=1,
    )
    shift_hours = forms.DecimalField(
        label=_("Length of a shift, in hours"),
        min_value=Decimal("0.25"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
    )
    workplace = forms.CharField(
        label=_("Place of work"),
        max_length=200,
        help_text=_("Where people would really work, such as “Our bakery on Main Street”."),
    )
    supervisor = forms.CharField(
        label=_("Who supervises the work?"),
        max_length=120,
        help_text=_("The role, not the name, such as “Shift lead”."),
    )
    record_policy = forms.ChoiceField(
        label=_("How do you deal with criminal records?"),
        choices=RecordPolicy.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Some people have a record for what they were made to do. Nonprofits look at this."
        ),
    )
    length_months = forms.IntegerField(label=_("Length in months"), min_value=1, max_value=120)
    credential = forms.CharField(
        label=_("Credential earned"), max_length=120, help_text=_("Such as “Journeyworker card”.")
    )
    sponsor = forms.CharField(
        label=_("Sponsor of the apprenticeship"),
        max_length=120,
        help_text=_("Who runs and registers it: you, a union, a college."),
    )
    instruction = forms.CharField(
        label=_("Classes that go with it"),
        max_length=300,
        help_text=_("Such as “144 hours a year at the community college, paid by us”."),
    )
    wage_steps = forms.CharField(
        label=_("Wage steps"),
        max_length=300,
        help_text=_("Such as “$20 at first, $23 after 12 months, $27 at the end”."),
    )

    def known(self) -> dict[str, Any]:
        minutes = self.posting.shift_minutes  # type: ignore[union-attr]  # an offer's
        return super().known() | {"shift_hours": shift_hours(minutes) if minutes else None}

    def prepare(self) -> None:
        if self.posting.kind != Kind.APPRENTICESHIP:
            self.drop("length_months", "credential", "sponsor", "instruction", "wage_steps")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = ("pay_amount", "pay_period", "hours_per_week", "tips")
        stated = {name: cleaned[name] for name in names if cleaned.get(name)}
        shift = round((cleaned.get("shift_hours") or 0) * 60)
        offer = Offer(
            kind=self.posting.kind, state=self.posting.state, shift_minutes=shift, **stated
        )
        if problem := pay_problem(offer):
            self.add_error("pay_amount", problem)
        return cleaned

    def facts(self) -> dict[str, Any]:
        hours = self.cleaned_data.get("shift_hours")
        return super().facts() | ({"shift_minutes": round(hours * 60)} if hours else {})


def is_paid_work_on_offer(posting: Need | Offer) -> bool:
    """Such a posting states its pay and who supervises."""
    return isinstance(posting, Offer) and posting.kind != Kind.CLASS
