"""Go through the pages of postings as a person does."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from tests.pages import Page


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(posting, name="", *args):
    name = f"{posting.WORD}_{name}" if name else posting.WORD
    return reverse(f"opportunities:{name}", args=[posting.public_id, *args])


def complaints(response):
    """What is wrong with the page; nothing if it was not even found."""
    assert response.status_code == 200, response.status_code
    return Page(response.content.decode()).complaints


def hidden(response):
    """Name and value of the hidden inputs of a page, as a browser would send them."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", response.content.decode()):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "hidden" and attributes["name"] != "next":
            found[attributes["name"]] = unescape(attributes.get("value", ""))
    return found


def answer(client, address, answers, **more):
    """Open a page and send its form with these answers; hidden inputs go along."""
    page = client.get(address)
    assert page.status_code == 200, address
    return client.post(address, hidden(page) | answers, **more)


CLASS_WORDS = {
    "kind": "class",
    "title": "Budgeting class for beginners",
    "description": "Eight evenings on saving, banking and credit.",
}
CLASS_PLACE = {
    "topics": ["budgeting"],
    "format": "group_class",
    "mode": "in_person",
    "venue": "nonprofit",
    "zip": "11201",
}
CLASS_HOURS = {
    "start_date": "2027-02-01",
    "end_date": "2027-06-30",
    "from_1": "18:00",
    "to_1": "20:00",
    "minutes": "90",
    "sessions": "8",
}
CLASS_TERMS = {
    "seats": "3",
    "helpers": "1",
    "languages": ["en"],
    "audience": "adults",
    "check_level": "registry",
    "exclusions": ["alcohol", "not_woman_led"],
    "requires": ["child_care"],
}
WORK_WORDS = {
    "title": "Baker's helper",
    "description": "Shaping bread and cleaning, side by side with our bakers.",
}
WORK_PLACE = {
    "topics": ["baker"],
    "mode": "in_person",
    "zip": "11201",
    "radius_miles": "10",
}
WORK_HOURS = {
    "start_date": "2027-02-01",
    "from_0": "06:00",
    "to_0": "14:00",
    "from_1": "06:00",
    "to_1": "14:00",
}
WORK_PAY = {
    "pay_amount": "21.50",
    "pay_period": "hour",
    "hours_per_week": "32",
    "shift_hours": "8",
    "workplace": "Our bakery in Brooklyn",
    "supervisor": "Head baker",
    "record_policy": "not_asked",
}
WORK_TERMS = {
    "capacity": "2",
    "languages": ["en", "es"],
    "audience": "adults",
    "terms": ["guaranteed_interview"],
    "tags": ["age_18"],
}
TRAINING = {
    "length_months": "24",
    "credential": "Journeyworker card",
    "sponsor": "The bakers' union",
    "instruction": "144 hours a year at the college, paid",
    "wage_steps": "$20 at first, $24 after a year",
}
