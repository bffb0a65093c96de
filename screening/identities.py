"""What tells who or where somebody is: never stored, and refused with advice."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from screening.ages import ages
from screening.columns import CONTACT, NAME, PLACE, TEXT, about
from screening.contacts import emails, handles, phones, socials
from screening.findings import Mark
from screening.ids import aliens, births, cases, plates, social_tails
from screening.initials import initials
from screening.names import people
from screening.one_person import told_of_one
from screening.patterns import Span, Text
from screening.places import addresses, landmarks
from screening.reading import Reading, turned
from screening.singled_out import singled_out


class Identity(NamedTuple):
    """A way to tell who somebody is. ``not_in``: what the fields are about where it is no harm."""

    code: str
    found: Callable[[Reading], Iterator[Span]]
    message: Text
    not_in: tuple[str, ...] = ()


_EMAIL = _(
    "Please leave out email addresses. Your own, or your organization's, belongs in your contact,"
    " which is shared after both sides say yes."
)
_PHONE = _(
    "Please leave out phone numbers. Your own, or your organization's, belongs in your contact,"
    " which is shared after both sides say yes."
)
_SSN = _("This looks like a Social Security number. Please take it out.")
_CASE = _("This looks like an immigration or case number. Please take it out.")
PERSON = _("This seems to name a person you serve. Please describe the need, never the person.")
ONE_PERSON = "one_person"
MAY_BE_ONE = _("It may point at one person who is served.")

MOST = 100  # told of one field, which is refused with the first
IDENTITIES = (
    Identity(
        "turned",
        turned,
        _("This text holds signs that turn letters round. Please type it again by hand."),
    ),
    Identity("email", emails, _EMAIL, (CONTACT,)),
    Identity("ssn", socials, _SSN, (CONTACT,)),
    Identity("ssn", social_tails, _SSN),
    Identity("phone", phones, _PHONE, (CONTACT,)),
    Identity("case_number", aliens, _CASE, (CONTACT,)),
    Identity("case_number", cases, _CASE, (CONTACT,)),
    Identity("plate", plates, _("This looks like the plate of a car. Please take it out.")),
    Identity(
        "birth_date",
        births,
        _("This looks like a birth date. Please take it out; an age group is enough."),
        (CONTACT,),
    ),
    Identity(
        "address",
        addresses,
        _("Please leave out street addresses. Places are told only after both sides say yes."),
        (PLACE, CONTACT),
    ),
    Identity(
        "landmark",
        landmarks,
        _("This may show where people live. Please name the county only."),
        (PLACE, CONTACT),
    ),
    Identity(
        "handle",
        handles,
        _(
            "Please leave out accounts and handles. Your own, or your organization's, belongs in"
            " your contact, which is shared after both sides say yes."
        ),
        (CONTACT,),
    ),
    Identity("age", ages, _("Please leave out anyone's age. An age group is enough."), (NAME,)),
    Identity("person", people, PERSON, (NAME, CONTACT)),
    Identity("initials", initials, PERSON, (NAME, CONTACT)),
    Identity("person", singled_out, PERSON, (NAME, CONTACT)),
)


def identities(reading: Reading) -> Iterator[Mark]:
    """Every identity in one field; a stretch that is part of another is told once."""
    taken: list[Span] = []
    topic = about(reading.field)
    for identity in IDENTITIES:
        if topic in identity.not_in:
            continue
        for start, end in identity.found(reading):
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            taken.append((start, end))
            if len(taken) > MOST:
                return
            at, until = reading.where(start, end)
            message = str(identity.message)
            yield Mark(reading.field, at, until, "identity", identity.code, message)
    if topic == TEXT and not taken:
        yield from _of_one(reading)


def _of_one(reading: Reading) -> Iterator[Mark]:
    """What is told of one person: refused where it is plain, a question where it is likely."""
    for (start, end), is_plain in told_of_one(reading):
        at, until = reading.where(start, end)
        if is_plain:
            yield Mark(reading.field, at, until, "identity", "person", str(PERSON))
        else:
            yield Mark(reading.field, at, until, "question", ONE_PERSON, str(MAY_BE_ONE))
