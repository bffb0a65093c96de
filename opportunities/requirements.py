"""What publishing asks for, kind by kind, and what it refuses outright."""

from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.states import state_name
from opportunities.choices import Kind, Mode, PayPeriod
from opportunities.models import Need, Offer
from screening.wages import as_of, floor, too_low

WEEKS_A_YEAR = Decimal(52)


def missing_facts(posting: Need | Offer) -> list[str]:
    """What must be filled in before it can be published, in words for people."""
    facts = _of_every_posting(posting) | _of_place(posting)
    if isinstance(posting, Need):
        facts |= _of_work_wanted(posting) if posting.is_work else _of_class(posting)
    elif posting.is_work:
        facts |= _of_work(posting)
    else:
        facts |= _of_class(posting)
    if isinstance(posting, Offer) and posting.kind == Kind.APPRENTICESHIP:
        facts |= _of_apprenticeship(posting)
    return [label for label, value in facts.items() if not value]


def pay_problem(offer: Offer) -> str:
    """Why this pay is refused, for people; empty where it is not."""
    if not offer.is_work or (hourly := hourly_pay(offer)) is None:
        return ""
    least = floor(offer.state, tips=offer.tips)  # before tips, which are stated apart
    if hourly >= Decimal(str(least)):
        return ""
    return too_low(least)


def least_pay_in_words(offer: Offer) -> str:
    """What a reviewer should know of the figure that the pay was compared with."""
    words = _(
        "We compared the pay with $%(least)s an hour, the minimum wage of %(state)s as far as we"
        " know (figures of %(day)s). Nobody has held this figure against the Labor Department's"
        " table yet, and a city may ask for more. Please look it up."
    )
    least = floor(offer.state, tips=offer.tips)
    told = {"least": f"{least:.2f}", "state": state_name(offer.state), "day": as_of()}
    return words % told if offer.is_work and offer.state else ""


def hourly_pay(offer: Offer) -> Decimal | None:
    """Dollars an hour, as far as pay, period and hours are known."""
    hours = {
        PayPeriod.HOUR: Decimal(1),
        PayPeriod.DAY: Decimal(offer.shift_minutes or 0) / 60,
        PayPeriod.WEEK: Decimal(offer.hours_per_week or 0),
        PayPeriod.MONTH: Decimal(offer.hours_per_week or 0) * WEEKS_A_YEAR / 12,
        PayPeriod.YEAR: Decimal(offer.hours_per_week or 0) * WEEKS_A_YEAR,
    }
    worked = hours[PayPeriod(offer.pay_period)] if offer.pay_period else None
    return Decimal(offer.pay_amount) / worked if offer.pay_amount and worked else None


def _of_every_posting(posting: Need | Offer) -> dict[str, object]:
    facts: dict[str, object] = {
        _("title"): posting.title,
        _("at least one topic"): posting.topics.exists(),
        _("languages"): posting.languages,
        _("first day"): posting.start_date,
    }
    if isinstance(posting, Need):
        facts[_("last day")] = posting.end_date
    return facts


def _of_place(posting: Need | Offer) -> dict[str, object]:
    if isinstance(posting, Need) and posting.confidential:
        counties = posting.counties or posting.mode == Mode.REMOTE
        return {_("counties"): counties, _("time zone"): posting.time_zone or not counties}
    known = posting.zip or posting.latitude is not None or posting.mode == Mode.REMOTE
    return {_("ZIP code"): known, _("time zone"): posting.time_zone or not known}


def _of_class(posting: Need | Offer) -> dict[str, object]:
    facts: dict[str, object] = {_("format"): posting.format, _("venue"): posting.venue}
    if isinstance(posting, Need):
        facts |= {
            _("length of a session"): posting.minutes,
            _("number of sessions"): posting.sessions,
        }
    return facts


def _of_work_wanted(need: Need) -> dict[str, object]:
    return {
        _("possible hours"): need.slots,
        _("length of a shift"): need.minutes,
        _("shifts a week"): need.shifts_per_week,
        _("as many possible hours as shifts a week, each as long as a shift"): (
            not need.slots or _hours_hold_the_shifts(need)
        ),
    }


def _hours_hold_the_shifts(need: Need) -> bool:
    """Whether enough of the weekly slots are long enough for a shift."""
    long_enough = [slot for slot in need.weekly_slots if slot.end - slot.start >= need.minutes]
    return len(long_enough) >= (need.shifts_per_week or 1)


def _of_work(offer: Offer) -> dict[str, object]:
    return {
        _("pay"): offer.pay_amount,
        _("what the pay is for (an hour, a week, …)"): offer.pay_period,
        _("hours a week"): offer.hours_per_week,
        _("length of a shift"): offer.shift_minutes,
        _("place of work"): offer.workplace,
        _("supervisor's role"): offer.supervisor,
        _("policy on records"): offer.record_policy,
    }


def _of_apprenticeship(offer: Offer) -> dict[str, object]:
    return {
        _("length in months"): offer.length_months,
        _("credential earned"): offer.credential,
        _("apprenticeship sponsor"): offer.sponsor,
        _("related instruction"): offer.instruction,
        _("wage steps"): offer.wage_steps,
    }
