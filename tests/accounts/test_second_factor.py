"""A second step is asked of whoever could do harm to others, and nobody is locked out."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.urls import reverse

from accounts import second_factor
from accounts.models import Membership
from tests.factories import NOON, make_party, make_reviewer, make_user, owner_of
from tests.pages import Page
from trail.models import Audit

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"
SECRET = "JBSWY3DPEHPK3PXP" * 2
OVER = NOON + second_factor.GRACE


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def with_app(person):
    TOTP.activate(person, SECRET)
    return person


def code(at):
    return format_hotp_value(hotp_value(SECRET, int(at.timestamp()) // 30))


def sign_in(client, person):
    facts = {"login": person.email, "password": PASSWORD}
    return client.post(reverse("account_login"), facts, follow=True)


# Who


def test_it_is_asked_of_reviewers_staff_and_owners_of_organizations():
    asked = [
        make_reviewer(),
        make_user(is_staff=True),
        owner_of(make_party("nonprofit")),
        owner_of(make_party("business")),
    ]
    assert [second_factor.must_have(person) for person in asked] == [True] * 4


def test_it_is_not_asked_of_volunteers_and_of_staff_of_a_team():
    colleague = make_user()
    Membership.objects.create(
        user=colleague, party=make_party(), role="staff", joined_at=NOON - timedelta(days=1)
    )
    others = [make_user(), owner_of(make_party("volunteer")), colleague]
    assert [second_factor.must_have(person) for person in others] == [False] * 3


def test_recovery_codes_alone_are_no_second_step():
    person = make_reviewer()
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    assert not second_factor.has_one(person)
    with_app(person)
    assert second_factor.has_one(person)


# The grace


def test_the_two_weeks_begin_with_the_first_sign_in_and_each_sign_in_says_so(client, clock):
    person = with_password(make_reviewer())

    page = sign_in(client, person)
    assert "Please add a second step to your sign-in by Jan. 26, 2027:" in page.text
    client.logout()
    clock.move_to(NOON + timedelta(days=3))
    sign_in(client, person)

    person.refresh_from_db()
    assert person.second_factor_asked_at == NOON
    assert Audit.objects.filter(verb="second_factor_asked").count() == 1
    page = client.get(reverse("accounts:second_factor"))
    assert "Please set it up by Jan. 26, 2027: 11 days left." in page.text
    assert Page(page.text).complaints == []


def test_who_need_not_have_one_is_never_asked(client):
    person = with_password(owner_of(make_party("volunteer")))
    page = sign_in(client, person)
    person.refresh_from_db()
    assert person.second_factor_asked_at is None
    assert "second step to your sign-in" not in page.text


def test_within_the_grace_all_works(client, clock):
    clock.move_to(OVER - timedelta(seconds=1))
    client.force_login(make_reviewer(second_factor_asked_at=NOON))
    assert client.get(reverse("desk:queue")).status_code == 200


def test_afterwards_only_the_pages_that_set_it_up_are_open(client, clock):
    clock.move_to(OVER)
    client.force_login(make_reviewer(second_factor_asked_at=NOON))

    page = reverse("accounts:second_factor")
    for closed in ("desk:queue", "notices:inbox", "matching:list", "admin:index"):
        assert client.get(reverse(closed)).headers["Location"] == page
    assert client.post(reverse("notices:read_all")).headers["Location"] == page
    assert "Everything else opens again" in client.get(page).text
    for open_page in ("mfa_index", "mfa_add_webauthn", "mfa_activate_totp", "account_email"):
        assert client.get(reverse(open_page)).status_code == 200
    assert client.post(reverse("leave")).status_code == 303


def test_with_a_second_step_everything_opens_again(client, clock):
    person = make_reviewer(second_factor_asked_at=NOON)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    clock.move_to(OVER)
    client.force_login(person)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    number = format_hotp_value(hotp_value(secret, int(OVER.timestamp()) // 30))

    client.post(reverse("mfa_activate_totp"), {"code": number})

    assert client.get(reverse("desk:queue")).status_code == 200
    Authenticator.objects.filter(user=person).delete()
    assert client.get(reverse("desk:queue")).status_code == 302


# The step itself


def test_a_password_alone_does_not_sign_in_who_has_one(client):
    person = with_app(with_password(make_reviewer()))
    page = sign_in(client, person)
    assert page.redirect_chain == [(reverse("mfa_authenticate"), 302)]
    assert client.get(reverse("desk:queue")).status_code == 302

    client.post(reverse("mfa_authenticate"), {"code": code(NOON)})
    assert client.get(reverse("desk:queue")).status_code == 200


def test_a_code_is_taken_once(client, client_of_another_browser):
    person = with_app(with_password(make_reviewer()))
    for browser in (client, client_of_another_browser):
        sign_in(browser, person)
        browser.post(reverse("mfa_authenticate"), {"code": code(NOON)})
    assert client.get(reverse("desk:queue")).status_code == 200
    assert client_of_another_browser.get(reverse("desk:queue")).status_code == 302


def test_a_code_of_a_minute_ago_is_not_taken(client):
    person = with_app(with_password(make_reviewer()))
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code(NOON - timedelta(minutes=1))})
    assert client.get(reverse("desk:queue")).status_code == 302


def test_sign_ins_of_reviewers_are_written_down_and_of_others_not(client):
    reviewer = with_password(make_reviewer())
    sign_in(client, reviewer)
    client.logout()
    sign_in(client, with_password(owner_of(make_party("volunteer"))))
    assert list(Audit.objects.filter(verb="signed_in").values_list("actor_id", flat=True)) == [
        reviewer.pk
    ]
