"""Home after sign-in: what asks for an answer, what waits for others, what is one's own."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Consideration, Invitation, Membership, Party
from matching.models import Outlook, Reminder
from notices.models import Notice
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = timedelta(days=1)
IN_REVIEW: dict[str, Any] = {
    "verified": False,
    "status": "in_review",
    "submitted_at": NOON - 2 * DAY,
    "round": 1,
}


def home_of(person):
    client = Client()
    client.force_login(person)
    return client.get(reverse("home"))


def said(side, answer="yes"):
    return {f"{side}_answer": answer, f"{side}_answered_at": NOON - DAY}


def part(page, name):
    """The words of one section of the page; none where there is no such section."""
    _before, found, rest = page.partition(f'<h2 id="{name}">')
    return rest.partition("</section>")[0] if found else ""


def one_of_each(person):
    """One more row of every kind that the page shows."""
    party = make_party(owner=person)
    make_match(make_need(party, title="To answer"), proposed_at=NOON - 13 * DAY)
    later = make_match(make_need(party), make_offer(title="To think over"))
    Reminder.objects.create(match=later, person=person, due_at=NOON + DAY)
    make_match(make_need(party), make_offer(title="Asked"), status="accepted", **said("need"))
    make_match(make_need(party), make_offer(title="In line"), status="waiting")
    make_match(make_need(party), make_offer(title="Met"), status="introduced")
    make_match(make_need(party), make_offer(title="Refused"), **said("need", "no"))
    make_match(make_need(party), make_offer(title="Long over"), status="ended")
    make_need(party, status="completed", title="Done")
    Outlook.objects.create(need=make_need(party, title="Without a match"), due_at=NOON)
    make_offer(party, status="draft", title="Half an offer")
    make_party("business", owner=person, **IN_REVIEW)
    make_party(owner=person, status="renewal_due")
    make_party(owner=person, verified=False, legal_name="")
    inviting = make_party()
    Invitation.objects.create(
        party=inviting, email=person.email, invited_by=owner_of(inviting), created_at=NOON,
        due_at=NOON, expires_at=NOON + DAY,
    )  # fmt: skip
    make_check(person, expires_date=(NOON + 9 * DAY).date())


def test_home_says_what_asks_what_waits_what_is_ones_own_and_whom_one_met():
    person = make_user(name="Ana Example")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    one_of_each(person)
    Consideration.objects.create(
        person=person, level="registry", status="notice_sent", issued_date=NOON.date(),
        considered_by=make_reviewer(), considered_at=NOON - DAY, notice_at=NOON - DAY,
    )  # fmt: skip

    page = home_of(person).text

    asked, waiting, met, own = (part(page, name) for name in ("asked", "waiting", "met", "own"))
    assert "Hello, Ana" in page
    for words in (
        "Next: complete your profile",
        "Still missing: legal name.",
        "To answer",
        "2 days left to answer.",
        "Please look the profile over and send it in again.",
        "They ask you to join their team.",
        "Something came up.",
        "it ends on Jan. 21, 2027.",
    ):
        assert words in asked
    for words in ("To think over", "Asked", "Waiting since Jan. 11", "In line", "Sent in on"):
        assert words in waiting
    assert "Met" in met
    assert "Without a match" in own
    assert "Half an offer" in own
    for gone in ("Refused", "Long over", "Done"):
        assert f"{gone}</a>" not in page


def test_three_of_each_cost_as_many_queries_as_one():
    person = make_user()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    client = Client()
    client.force_login(person)
    client.get(reverse("home"))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("home")).status_code == 200
        return len(queries)

    one_of_each(person)
    one = cost()
    one_of_each(person), one_of_each(person)

    assert cost() == one


def test_who_speaks_for_several_sees_which_each_line_is_about():
    person = make_user()
    first, second = make_party(owner=person), make_party("business", owner=person)
    make_match(make_need(first))
    make_match(offer=make_offer(second), status="accepted", **said("offer"))

    page = home_of(person).text

    assert first.name in part(page, "asked")
    assert second.name in part(page, "waiting")


def test_where_nothing_is_asked_home_says_so_and_what_to_post_first():
    page = home_of(owner_of(make_party("volunteer"))).text

    assert "Nothing right now." in part(page, "asked")
    assert (part(page, "waiting"), part(page, "met")) == ("", "")
    assert "No offer yet." in part(page, "own")
    assert reverse("opportunities:offer_new") in part(page, "own")


def test_who_speaks_for_nobody_sees_the_one_next_step():
    page = home_of(make_user()).text

    assert f'href="{reverse("accounts:party_start")}"' in page
    assert "<h2" not in page


def test_home_marks_the_introduction_that_has_an_unread_message_and_shows_no_contact():
    match = make_match(status="introduced")
    person, other = owner_of(match.need.party), owner_of(match.offer.party)
    Notice.objects.create(
        recipient=person, event="message", key="message 1", created_at=NOON, due_at=NOON,
        path=reverse("engagements:thread", args=[match.public_id]),
    )  # fmt: skip

    assert "Read the new message" in part(home_of(person).text, "met")
    assert other.email not in home_of(person).text
    assert "Read the new message" not in home_of(other).text


def test_reviewers_land_on_their_desk_and_with_a_party_of_their_own_on_both():
    alone, both = make_reviewer(), make_reviewer()
    make_party(owner=both)
    make_party(**IN_REVIEW)

    assert home_of(alone).url == reverse("desk:queue")
    assert "Cases that wait for a reviewer: 1." in part(home_of(both).text, "asked")


def test_a_colleague_is_told_what_only_an_owner_can_do():
    party, colleague = make_party(verified=False), make_user()
    Membership.objects.create(user=colleague, party=party, role="staff", joined_at=NOON)

    page = home_of(colleague).text

    assert "Nothing right now." in part(page, "asked")
    assert "An owner must complete the profile" in part(page, "waiting")


def test_an_organization_in_review_is_asked_for_what_only_it_can_show():
    waits = IN_REVIEW | {"name": "Night Harbor"}
    party = make_party("nonprofit", website="", **waits)
    helper = make_party("volunteer", **waits)

    def asked(person):
        return "Help us to check Night Harbor" in part(home_of(person).content.decode(), "asked")

    assert (asked(owner_of(party)), asked(owner_of(helper))) == (False, False)
    Party.objects.filter(pk=party.pk).update(website="https://nightharbor.example.org")
    assert asked(owner_of(party))
    address = "desk@nightharbor.example.org"
    EmailAddress.objects.create(user=owner_of(party), email=address, verified=True)
    assert not asked(owner_of(party))
