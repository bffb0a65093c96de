"""The admin: behind the same sign-in, with a second step, for looking, and never one's own."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import Party, User
from accounts.stepping_up import SESSION_KEY
from tests.factories import NOON, make_party, make_staff, make_user
from trail.models import Audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client):
    person = make_staff(is_superuser=True)
    client.force_login(person)
    return person


def test_without_a_second_step_staff_are_led_to_set_one_up(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain[-1][0] == reverse("accounts:second_factor")


def test_the_admin_has_no_password_form_of_its_own(client):
    for answer in (
        client.get(reverse("admin:login")),
        client.post(reverse("admin:login"), {"username": "a@example.org", "password": "b"}),
    ):
        assert answer.headers["Location"].startswith(reverse("account_login"))


def test_its_door_leads_nowhere_else(client, root):
    answer = client.get(reverse("admin:login"), {"next": "https://evil.example.org/"})
    assert answer.headers["Location"] == reverse("admin:index")
    changed = client.get(reverse("admin:password_change"))
    assert changed.headers["Location"] == reverse("account_change_password")


@pytest.mark.parametrize("model", [Authenticator, EmailAddress, Group, UserSession])
def test_what_belongs_to_the_sign_in_is_not_in_it(model):
    assert not admin.site.is_registered(model)


def test_nobody_verifies_a_party_in_the_admin(client, root):
    party = make_party(verified=False)
    change = reverse("admin:accounts_party_change", args=[party.pk])
    assert client.post(change, {"status": "verified"}).status_code == 403
    assert Party.objects.get(pk=party.pk).status == "draft"


def test_nobody_gives_rights_to_themselves(client):
    person = make_staff(is_superuser=True)
    client.force_login(person)
    change = reverse("admin:accounts_user_change", args=[person.pk])
    client.post(change, {"is_active": "on", "is_staff": "on", "is_reviewer": "on"})
    assert not User.objects.get(pk=person.pk).is_reviewer


def test_ones_own_party_is_for_others_to_look_into(client, root):
    own, other = make_party(owner=root), make_party()
    listed = client.get(reverse("admin:accounts_party_changelist"))
    assert list(listed.context["cl"].queryset) == [other]
    change = reverse("admin:accounts_party_change", args=[own.pk])
    assert client.get(change).headers["Location"] == reverse("admin:index")


def test_staff_without_further_rights_look_at_nothing(client):
    client.force_login(make_staff())
    make_party()
    assert client.get(reverse("admin:accounts_party_changelist")).status_code == 403
    assert client.get(reverse("admin:trail_audit_changelist")).status_code == 403


def test_each_look_is_written_down(client, root):
    party = make_party()
    client.get(reverse("admin:accounts_party_changelist"))
    client.get(reverse("admin:accounts_party_change", args=[party.pk]))

    rows = Audit.objects.order_by("pk").values_list("actor_id", "verb", "subject_id", "facts")
    assert list(rows) == [
        (root.pk, "admin_listed", root.pk, {"of": "accounts.party"}),
        (root.pk, "admin_read", party.pk, {}),
    ]


def test_the_audit_is_there_to_look_at_and_nothing_else(client, root):
    client.get(reverse("admin:index"))
    client.get(reverse("admin:accounts_party_changelist"))
    row = Audit.objects.get()
    assert client.get(reverse("admin:trail_audit_changelist")).status_code == 200
    assert client.get(reverse("admin:trail_audit_change", args=[row.pk])).status_code == 200
    assert client.post(reverse("admin:trail_audit_change", args=[row.pk])).status_code == 403
    assert client.post(reverse("admin:trail_audit_delete", args=[row.pk])).status_code == 403
    assert client.get(reverse("admin:trail_audit_add")).status_code == 403


def test_rights_change_only_after_a_fresh_proof(client):
    root, person = make_staff(is_superuser=True), make_user()
    root.set_password("correct-horse-9")
    root.save()
    change = reverse("admin:accounts_user_change", args=[person.pk])
    with time_machine.travel(NOON, tick=False):
        client.force_login(root)
        session = client.session
        session[SESSION_KEY] = NOON.timestamp() - 3600
        session.save()
        assert client.get(change).status_code == 200
        answer = client.post(change, {"is_active": "on", "is_reviewer": "on"})
    assert "/reauthenticate/" in answer.headers["Location"]
    person.refresh_from_db()
    assert not person.is_reviewer
