"""Signing up, signing in and out, and keeping an account safe."""

import re
from datetime import timedelta
from email.utils import parseaddr

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts import inviting
from accounts.forms.signup import SignupForm
from accounts.models import Membership, Party, User
from tests.factories import NOON, make_party, make_user, owner_of
from tests.pages import Page
from trail.models import Audit

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"


def sign_up(client, **answers):
    facts = {
        "kind": "nonprofit",
        "party_name": "Harbor House",
        "name": "Ana Reyes",
        "email": "Ana@Example.org",
        "password1": "",
    } | answers
    return client.post(reverse("account_signup"), facts)


def with_address(person, *, verified=True):
    EmailAddress.objects.create(user=person, email=person.email, verified=verified, primary=True)
    return person


def member(password=PASSWORD, **fields):
    person = User.objects.create_user("ana@example.org", password, name="Ana Reyes", **fields)
    return with_address(person)


def signed_in(client):
    return "_auth_user_id" in client.session


def begin_second_step(client):
    """Sign in, show once more who it is, and open the page with the secret."""
    login = {"login": "ana@example.org", "password": PASSWORD}
    client.post(reverse("account_login"), login)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client.get(reverse("mfa_activate_totp"))


def one_time_code(secret):
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


# Signing up


@pytest.mark.parametrize(
    ("kind", "party_name", "called"),
    [
        ("nonprofit", "Harbor House", "Harbor House"),
        ("business", "Sunrise Bakery", "Sunrise Bakery"),
        ("volunteer", "", "Ana Reyes"),
    ],
)
@pytest.mark.parametrize("password", ["", PASSWORD])
def test_signing_up_creates_the_person_and_their_party(client, kind, party_name, called, password):
    answer = sign_up(client, kind=kind, party_name=party_name, password1=password)

    assert answer.url == reverse("account_email_verification_sent")
    person = User.objects.get()
    assert (person.email, person.name) == ("ana@example.org", "Ana Reyes")
    assert person.has_usable_password() is bool(password)
    membership = Membership.objects.select_related("party").get(user=person)
    assert membership.role == Membership.Role.OWNER
    assert (membership.party.kind, membership.party.name) == (kind, called)
    assert membership.party.status == Party.Status.DRAFT
    assert list(Audit.objects.order_by("pk").values_list("verb", flat=True)) == [
        "person_signed_up",
        "party_founded",
    ]


def test_the_code_from_the_mail_confirms_the_address_and_signs_in(client, mailed_code):
    sign_up(client)
    assert not signed_in(client)

    answer = client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})

    assert answer.url == reverse("opportunities:need_new")
    assert signed_in(client)
    assert EmailAddress.objects.get().verified is True


def test_a_wrong_code_confirms_nothing(client):
    sign_up(client)

    answer = client.post(reverse("account_email_verification_sent"), {"code": "AAAAAA"})

    assert answer.status_code == 200
    assert not signed_in(client)
    assert EmailAddress.objects.get().verified is False


def test_a_code_cannot_be_guessed(client):
    sign_up(client)
    for _try in range(3):
        client.post(reverse("account_email_verification_sent"), {"code": "AAAAAA"})

    answer = client.get(reverse("account_email_verification_sent"))

    assert answer.status_code == 302  # the code is void


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"kind": ""}, "kind", "This field is required."),
        ({"kind": "coalition"}, "kind", "Select a valid choice."),
        ({"party_name": ""}, "party_name", "Please tell us the name of your organization."),
        ({"name": ""}, "name", "This field is required."),
        ({"email": "ana"}, "email", "Enter a valid email address."),
        ({"password1": "12345"}, "password1", "This password is too short."),
    ],
)
def test_a_wrong_answer_is_explained_beside_its_field(client, answers, field, said):
    page = sign_up(client, **answers)

    assert page.status_code == 200
    assert page.context["form"].errors[field][0].startswith(said)
    assert Page(page.text).complaints == []
    assert User.objects.count() == 0


def test_the_page_asks_for_the_kind_that_was_chosen_before(client):
    page = client.get(reverse("account_signup"), {"kind": "business"})

    assert re.search(r'value="business"[^>]*checked', page.text)


def test_signing_up_with_a_taken_address_looks_the_same_but_changes_nothing(client):
    member()

    answer = sign_up(client)

    assert answer.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert Party.objects.count() == 0
    assert mail.outbox[-1].subject == "You have an account already"


def test_a_sign_up_that_is_sent_twice_at_once_makes_one_account_and_no_failure(client):
    request = client.get(reverse("account_signup")).wsgi_request
    facts = {"kind": "volunteer", "name": "Ana Reyes", "email": "ana@example.org", "password1": ""}
    with context.request_context(request):
        twice = SignupForm(facts)
        assert twice.is_valid()
        member()  # the first one is through by now

        person, answer = twice.try_save(request)

    assert (person, answer.url) == (None, reverse("account_email_verification_sent"))
    assert (User.objects.count(), Party.objects.count()) == (1, 0)


def test_the_language_of_the_pages_becomes_the_language_of_the_person(client):
    client.post(reverse("set_language"), {"language": "es", "next": "/"})

    sign_up(client)

    assert User.objects.get().language == "es"


# Signing in


def test_signing_in_by_password(client):
    person = member()

    answer = client.post(
        reverse("account_login"), {"login": "ANA@example.org", "password": PASSWORD}
    )

    assert answer.url == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_signing_in_by_code(client, mailed_code):
    member(password=None)
    client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})

    answer = client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})

    assert answer.url == reverse("home")
    assert signed_in(client)


def test_a_session_gets_a_new_name_on_sign_in(client):
    member()
    client.get(reverse("account_login"))
    client.session["before"] = True
    before = client.session.session_key

    client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})

    assert client.session.session_key != before


def test_a_wrong_password_and_a_wrong_address_get_the_same_answer(client):
    member()

    def answer_to(login, password):
        page = client.post(reverse("account_login"), {"login": login, "password": password})
        return page.status_code, page.context["form"].errors.as_json()

    assert answer_to("ana@example.org", "wrong") == answer_to("nobody@example.org", "wrong")


def test_too_many_wrong_passwords_are_stopped(client):
    member()
    for _try in range(5):
        client.post(reverse("account_login"), {"login": "ana@example.org", "password": "wrong"})

    client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})

    assert not signed_in(client)


def test_too_many_tries_from_one_place_are_told_so_in_plain_words(client):
    for _try in range(20):
        client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    page = client.post(reverse("account_reset_password"), {"email": "somebody@example.org"})

    assert page.status_code == 429
    assert Page(page.text).headings == ["Too many tries"]
    assert Page(page.text).complaints == []


def test_an_inactive_person_cannot_sign_in(client):
    person = member()
    person.is_active = False
    person.save(update_fields=["is_active"])

    client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})

    assert not signed_in(client)


def test_signing_out_is_a_post(client):
    client.force_login(make_user())

    client.get(reverse("account_logout"))
    assert signed_in(client)

    client.post(reverse("account_logout"))
    assert not signed_in(client)


def test_a_password_is_reset_by_mail(client):
    member()
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    form = client.get(path, follow=True)

    client.post(
        form.redirect_chain[-1][0], {"password1": "new-horse-10", "password2": "new-horse-10"}
    )

    assert User.objects.get().check_password("new-horse-10")


def test_a_reset_for_nobody_looks_the_same(client):
    member()

    known = client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


# With a second step


def test_a_second_step_is_set_up_and_then_asked_for(client):
    member()
    page = begin_second_step(client)
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml' in page.text

    client.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]
    client.post(reverse("account_logout"))
    cache.clear()
    asked = client.post(
        reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD}
    )

    assert asked.url == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert Page(client.get(asked.url).text).complaints == []

    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert signed_in(client)


def test_a_used_one_time_code_is_worth_nothing(client):
    member()
    login = {"login": "ana@example.org", "password": PASSWORD}
    secret = begin_second_step(client).context["form"].secret
    code = one_time_code(secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    client.post(reverse("account_logout"))

    client.post(reverse("account_login"), login)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert signed_in(client)

    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), login)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert not signed_in(client)


# Every page of an account


ENTRANCE = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
ACCOUNT = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "usersessions_list",
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", ENTRANCE)
def test_each_page_before_sign_in_is_plain_and_complete(client, name, language):
    page = client.get(reverse(name), headers={"Accept-Language": language})

    assert page.status_code == 200
    assert Page(page.text).complaints == []


def test_a_bad_reset_link_is_explained(client):
    page = client.get(reverse("account_reset_password_from_key", args=["1", "bad-key"]))

    assert page.status_code == 200
    assert Page(page.text).complaints == []


def test_each_page_of_an_account_is_plain_and_complete(client):
    member()
    before = begin_second_step(client)
    secret = before.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": one_time_code(secret)})

    assert Page(before.text).complaints == []
    names = [name for name in ACCOUNT if name != "mfa_activate_totp"]
    pages = {name: client.get(reverse(name)) for name in names}
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(names, 200)
    assert {name: Page(page.text).complaints for name, page in pages.items()} == {
        name: [] for name in names
    }


@pytest.mark.parametrize("password", [None, PASSWORD])
def test_after_a_while_what_matters_asks_once_more_who_it_is(client, password, mailed_code):
    """Someone without a password has nothing to show again, and is let through."""
    with time_machine.travel(NOON, tick=False):
        member(password=password)
        client.post(reverse("account_request_login_code"), {"email": "ana@example.org"})
        client.post(reverse("account_confirm_login_code"), {"code": mailed_code()})

    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        page = client.get(reverse("mfa_activate_totp"), follow=True)

    assert page.status_code == 200
    assert bool(page.redirect_chain) is bool(password)
    assert Page(page.text).complaints == []


def test_a_person_without_a_password_can_set_one(client, mailed_code):
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})

    page = client.get(reverse("account_change_password"), follow=True)
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})

    assert Page(page.text).complaints == []
    assert User.objects.get().check_password(PASSWORD)


def test_other_sessions_can_be_ended(client):
    member()
    login = {"login": "ana@example.org", "password": PASSWORD}
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), login)
    client.post(reverse("account_login"), login)

    client.post(reverse("usersessions_list"))

    assert signed_in(client)
    assert elsewhere.get(reverse("accounts:person")).status_code == 302


def test_a_second_address_is_added_and_confirmed_by_a_code(client, mailed_code):
    member()
    client.post(reverse("account_login"), {"login": "ana@example.org", "password": PASSWORD})

    client.post(reverse("account_email"), {"email": "reyes@example.org", "action_add": ""})
    page = client.get(reverse("account_email_verification_sent"))
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})

    assert Page(page.text).complaints == []
    assert EmailAddress.objects.get(email="reyes@example.org").verified is True


def test_mails_about_an_account_name_no_topic_party_or_machine(client, mailed_code):
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    client.post(reverse("account_reset_password"), {"email": "ana@example.org"})
    client.post(reverse("account_logout"))
    client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})

    assert len(mail.outbox) == 4
    for message in mail.outbox:
        text = (message.subject + message.body).lower()
        assert parseaddr(message.from_email)[0] == "Alongside"
        assert [
            word for word in ("harbor", "nonprofit", "survivor", "traffick") if word in text
        ] == []
        assert "127.0.0.1" not in text
        assert message.alternatives == []


# Invited people


def test_an_invited_person_signs_up_into_the_team(client, mailed_code):
    party = make_party()
    invitation = inviting.invite(
        party=party, email="ana@example.org", role="staff", by=owner_of(party), at=NOON
    )
    with time_machine.travel(NOON, tick=False):
        page = client.get(reverse("account_signup"), {"invitation": invitation.public_id})
        client.post(
            reverse("account_signup"),
            {
                "name": "Ana Reyes",
                "email": "ana@example.org",
                "password1": "",
                "invitation": invitation.public_id,
            },
        )
        client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})

    assert "kind" not in page.context["form"].fields
    assert Page(page.text).complaints == []
    joined = Membership.objects.get(user__email="ana@example.org")
    assert (joined.party, joined.role) == (party, "staff")
    assert Party.objects.count() == 1


def test_an_invitation_cannot_be_used_with_another_address(client):
    party = make_party()
    invitation = inviting.invite(
        party=party, email="ana@example.org", role="owner", by=owner_of(party), at=NOON
    )

    page = sign_up(client, email="eve@example.org", invitation=invitation.public_id)

    assert page.context["form"].errors["email"] == [
        "Please sign up with the address the invitation was sent to."
    ]
    assert User.objects.filter(email="eve@example.org").count() == 0
