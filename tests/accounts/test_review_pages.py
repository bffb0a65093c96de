"""The pages of reviewers, and that nobody else has them."""

from datetime import date

import pytest
from django.urls import reverse

from accounts import vetting
from accounts.models import Check, Membership, Party, Review
from tests.factories import (
    NOON,
    make_check,
    make_evidence,
    make_party,
    make_reviewer,
    make_staff,
    make_user,
    owner_of,
)
from tests.pages import Page
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def reviewer(client):
    person = make_reviewer()
    client.force_login(person)
    return person


def waiting(kind="nonprofit", **fields):
    party = make_party(kind, verified=False, **fields)
    make_evidence(party)
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def page_of(party, name="party"):
    return reverse(f"desk:{name}", args=[party.public_id])


def status(party):
    return Party.objects.get(pk=party.pk).status


# The queue


def test_ones_own_party_is_in_no_queue_and_on_no_page(client, reviewer):
    party = waiting()
    Membership.objects.create(user=reviewer, party=party, joined_at=NOON)

    queue = client.get(reverse("desk:queue"))

    assert queue.context["mine"] == queue.context["others"] == []
    for name in ("party", "party_number", "party_suspend", "party_reopen"):
        assert client.post(page_of(party, name)).status_code == 404


# Deciding


@pytest.mark.parametrize("kind", ["nonprofit", "business", "volunteer"])
def test_the_page_shows_what_is_needed_to_decide(client, reviewer, kind):
    party = waiting(kind, mission="We teach car care.")

    page = client.get(page_of(party))

    assert Page(page.text).complaints == []
    assert "We teach car care." in page.text
    assert owner_of(party).email in page.text
    assert "Kings County, NY" in page.text


def test_two_reviewers_verify_an_organization_from_the_page(client, reviewer):
    party = waiting("business")

    client.post(page_of(party), {"decision": "verify"})
    again = client.post(page_of(party), {"decision": "verify"}, follow=True)
    assert "You have decided on this already." in again.text
    assert status(party) == Party.Status.IN_REVIEW

    client.force_login(make_reviewer())
    client.post(page_of(party), {"decision": "verify"})
    assert status(party) == Party.Status.VERIFIED


@pytest.mark.parametrize(
    ("decision", "outcome"), [("decline", "declined"), ("more_information", "more_information")]
)
def test_a_no_and_a_question_need_words(client, reviewer, decision, outcome):
    party = waiting()

    silent = client.post(page_of(party), {"decision": decision})
    assert silent.context["form"].errors["reason"] == [
        "Please say why, in words the party will read."
    ]
    assert Page(silent.text).complaints == []

    client.post(page_of(party), {"decision": decision, "reason": "Which state are you in?"})
    assert status(party) == outcome
    client.force_login(owner_of(party))
    shown = client.get(reverse("accounts:party", args=[party.public_id]))
    assert "Which state are you in?" in shown.text


@pytest.mark.parametrize("decision", ["", "suspend", "reopen", "maybe"])
def test_only_the_three_answers_are_taken(client, reviewer, decision):
    party = waiting()

    client.post(page_of(party), {"decision": decision, "reason": "Because."})

    assert Review.objects.count() == 0


def test_the_party_never_reads_who_decided(client, reviewer):
    party = waiting()
    vetting.decide(
        party=party,
        reviewer=make_reviewer(name="Canary Reviewer"),
        decision="decline",
        reason="No.",
        at=NOON,
    )
    client.force_login(owner_of(party))

    page = client.get(reverse("accounts:party", args=[party.public_id]))

    assert "Canary Reviewer" not in page.text


def test_the_registration_number_is_shown_on_demand_and_written_down(client, reviewer):
    party = waiting(registration_number="98-7654321")
    assert "98-7654321" not in client.get(page_of(party)).text

    shown = client.post(page_of(party, "party_number"))

    assert "98-7654321" in shown.text
    assert Page(shown.text).complaints == []
    audit = Audit.objects.get(verb="registration_number_read")
    assert (audit.actor_id, audit.subject_id) == (reviewer.pk, party.pk)


def test_suspending_and_reopening_from_the_page(client, reviewer):
    party = make_party()

    silent = client.post(page_of(party, "party_suspend"))
    assert "reason" in silent.context["reason_form"].errors
    assert Page(silent.text).complaints == []
    client.post(page_of(party, "party_suspend"), {"reason": "A call came in."})
    assert status(party) == Party.Status.SUSPENDED
    assert Page(client.get(page_of(party)).text).complaints == []
    client.post(page_of(party, "party_reopen"), {"reason": "It was a mistake."})
    assert status(party) == Party.Status.MORE_INFORMATION


# People and checks


def test_people_are_found_by_name_or_address(client, reviewer):
    ana = make_user(name="Ana Reyes", email="reyes@example.org")
    make_user(name="Bo")

    def found(words):
        page = client.get(reverse("accounts:review_people"), {"q": words})
        assert Page(page.text).complaints == []
        return list(page.context["page"])

    assert found("ana") == [ana]
    assert found("reyes@") == [ana]
    assert found("nobody at all") == []
    assert reviewer not in found("")


def test_the_list_of_people_comes_in_pages(client, reviewer):
    for _number in range(51):
        make_user(name="Same")

    first = client.get(reverse("accounts:review_people"), {"q": "same"})
    last = client.get(reverse("accounts:review_people"), {"q": "same", "page": "2"})

    assert (len(first.context["page"]), len(last.context["page"])) == (50, 1)
    assert 'href="?q=same&amp;page=2"' in first.text  # what was looked for goes along
    assert client.get(reverse("accounts:review_people"), {"page": "x"}).status_code == 200


def test_a_check_is_recorded_and_withdrawn_from_the_page(client, reviewer):
    party = make_party("volunteer")
    person = owner_of(party)
    address = reverse("accounts:review_person", args=[person.public_id])

    client.post(address, {"level": "registry", "issued_date": "2027-01-10", "expires_date": ""})

    check = Check.objects.get()
    assert (check.person, check.level, check.recorded_by) == (person, "registry", reviewer)
    assert (check.issued_date, check.expires_date) == (date(2027, 1, 10), None)
    page = client.get(address)
    assert Page(page.text).complaints == []
    assert "Does not expire." in page.text

    client.post(reverse("accounts:check_withdraw", args=[check.public_id]))
    check.refresh_from_db()
    assert check.withdrawn_at == NOON
    again = client.post(reverse("accounts:check_withdraw", args=[check.public_id]), follow=True)
    assert "This check was withdrawn already." in again.text


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"level": "none"}, "level", "Select a valid choice."),
        ({"issued_date": "2027-01-13"}, "issued_date", "This day has not come yet."),
        ({"issued_date": "yesterday"}, "issued_date", "Enter a valid date."),
        (
            {"expires_date": "2026-12-31"},
            "expires_date",
            "A check cannot expire before it was issued.",
        ),
    ],
)
def test_a_wrong_check_is_explained(client, reviewer, answers, field, said):
    address = reverse("accounts:review_person", args=[make_user().public_id])
    facts = {"level": "registry", "issued_date": "2027-01-10", "expires_date": ""} | answers

    page = client.post(address, facts)

    assert page.context["form"].errors[field][0].startswith(said)
    assert Check.objects.count() == 0
    assert Page(page.text).complaints == []


def test_nobody_sees_a_page_about_their_own_checks_as_a_reviewer(client, reviewer):
    own = make_check(reviewer)

    assert (
        client.get(reverse("accounts:review_person", args=[reviewer.public_id])).status_code == 404
    )
    assert client.post(reverse("accounts:check_withdraw", args=[own.public_id])).status_code == 404


# Nobody else


def test_for_everybody_else_these_pages_do_not_exist(client):
    party, check = waiting(), make_check(make_user())
    lists = [reverse(name) for name in ("desk:queue", "desk:stuck", "accounts:review_people")]
    posts = [page_of(party, f"party_{verb}") for verb in ("number", "call", "suspend", "reopen")]
    posts.append(reverse("accounts:check_withdraw", args=[check.public_id]))
    both = [page_of(party), reverse("accounts:review_person", args=[check.person.public_id])]

    for person in (make_user(), owner_of(party), make_user(is_staff=True)):
        client.force_login(person)
        assert {client.get(address).status_code for address in lists + both} == {404}
        assert {client.post(address).status_code for address in posts + both} == {404}
    assert Review.objects.count() == 0


# The admin


def test_the_admin_is_signed_into_like_everything_else(client):
    answer = client.get(reverse("admin:index"))

    assert answer.status_code == 302
    assert reverse("account_login") in client.get(answer.url, follow=True).redirect_chain[-1][0]


@pytest.fixture
def admin(client):
    person = make_staff(is_superuser=True)
    client.force_login(person)
    return person


@pytest.mark.parametrize("model", ["user", "party", "review", "check", "invitation"])
def test_the_admin_only_looks(client, admin, model):
    party = waiting(registration_number="98-7654321")
    make_check(owner_of(party))

    page = client.get(reverse(f"admin:accounts_{model}_changelist"))

    assert page.status_code == 200
    assert client.get(reverse(f"admin:accounts_{model}_add")).status_code == 403


def test_the_admin_does_not_show_registration_numbers(client, admin):
    party = waiting(registration_number="98-7654321")

    page = client.get(reverse("admin:accounts_party_change", args=[party.pk]))

    assert page.status_code == 200
    assert "98-7654321" not in page.text


def test_rights_given_in_the_admin_leave_a_trace(client, admin):
    person = make_user()

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]),
        {"is_active": "on", "is_reviewer": "on"},
    )

    person.refresh_from_db()
    assert (person.is_reviewer, person.is_staff) == (True, False)
    audit = Audit.objects.get(verb="rights_changed")
    assert (audit.actor_id, audit.subject_id) == (admin.pk, person.pk)
