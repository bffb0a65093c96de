"""Stop the mail without a sign-in, and choose what one is told and when."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from notices import actions
from notices.models import Notice, Preference
from notices.preferences import Kind
from notices.unsubscribing import person_of, stop_path
from tests.factories import NOON, make_user
from tests.notices.people import awake
from tests.pages import Page
from trail.models import Audit

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ALL_OFF = dict.fromkeys(Kind.values, "off")
CHOICES = reverse("notices:choices")
ANSWERS = {
    "proposals": "daily",
    "reminders": "weekly",
    "answers": "at_once",
    "messages": "daily",
    "profile": "off",
    "has_quiet_hours": "on",
    "quiet_from": "22",
    "quiet_until": "7",
}


def choices_of(person):
    row = Preference.objects.get(person=person)
    return {kind: getattr(row, kind) for kind in Kind.values}


def signed_in(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


def save(person, **changes):
    client = signed_in(person)
    client.get(CHOICES)
    answers = ANSWERS | changes | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}
    return client.post(CHOICES, answers)


def test_a_mail_program_stops_all_mail_with_one_post_and_no_cookie(mailoutbox):
    person = awake()
    actions.owe(recipient=person, event="proposed", key="1", path="/", at=NOON)

    answer = Client(enforce_csrf_checks=True).post(stop_path(person), ONE_CLICK)

    actions.send_due(at=NOON)
    assert answer.status_code == 200
    assert choices_of(person) == ALL_OFF
    assert mailoutbox == []
    assert Notice.objects.of(person, at=NOON).count() == 1


def test_stopping_twice_is_as_stopping_once():
    person = make_user()

    answers = [Client().post(stop_path(person), ONE_CLICK).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert Preference.objects.count() == 1


def test_stopping_keeps_the_quiet_hours_and_leaves_others_alone():
    person, other = make_user(), make_user()
    Preference.objects.create(person=person, quiet_from=20)
    Preference.objects.create(person=other)

    Client().post(stop_path(person))

    assert Preference.objects.get(person=person).quiet_from == 20
    assert choices_of(other) == dict.fromkeys(Kind.values, "at_once")


def test_looking_at_the_page_stops_nothing():
    person = make_user()

    page = Client().get(stop_path(person)).content.decode()

    assert not Preference.objects.exists()
    assert "Stop the mails" in page
    assert person.email not in page
    assert Page(page).complaints == []


def test_the_page_speaks_the_language_of_the_mail():
    page = Client().get(stop_path(make_user(language="es"))).content.decode()

    assert '<html lang="es"' in page


def test_the_address_never_expires():
    path = stop_path(person := make_user())

    with time_machine.travel(NOON + timedelta(days=3650)):
        assert Client().post(path).status_code == 200
    assert choices_of(person) == ALL_OFF


def test_a_token_that_was_changed_or_made_for_something_else_opens_nothing(client):
    person, other = make_user(), make_user()
    token = stop_path(person).rstrip("/").rpartition("/")[2]
    _id, signature = token.split(":")

    for wrong in (f"{other.public_id}:{signature}", token[:-1], str(person.public_id), "a:b"):
        path = reverse("notices:stop", args=[wrong])
        assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]
        with pytest.raises(LookupError):
            person_of(wrong)
    assert not Preference.objects.exists()


def test_whoever_has_left_is_unknown(client):
    person = make_user()
    path = stop_path(person)
    type(person).objects.update(is_active=False)

    assert client.post(path).status_code == 404


def test_the_token_signs_nobody_in(client):
    person = make_user()

    client.post(stop_path(person))

    assert client.get(reverse("notices:inbox")).status_code == 302


def test_a_code_to_sign_in_comes_to_whoever_has_stopped_the_mail(client, mailoutbox):
    person = make_user()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    actions.stop_mail(person=person, at=NOON)

    client.post(reverse("account_request_login_code"), {"email": person.email})

    assert [mail.to for mail in mailoutbox] == [[person.email]]


def test_the_page_says_what_holds_until_somebody_chooses():
    page = signed_in(make_user()).get(CHOICES).content.decode()

    assert Page(page).complaints == []
    assert page.count('value="at_once"') == len(Kind)
    assert all(f'name="{kind}" value="at_once"' in page for kind in Kind.values)
    assert '<option value="21" selected>9 p.m.</option>' in page


def test_every_choice_is_saved_and_written_down():
    person = make_user()

    answer = save(person)

    row = Preference.objects.get(person=person)
    trace = Audit.objects.get()
    assert (answer.status_code, answer.url) == (302, CHOICES)
    assert {name: getattr(row, name) for name in ANSWERS} == {
        **ANSWERS, "has_quiet_hours": True, "quiet_from": 22, "quiet_until": 7
    }  # fmt: skip
    assert (trace.verb, trace.actor_id, trace.facts["proposals"]) == (
        "mail_chosen",
        person.pk,
        "daily",
    )


def test_quiet_hours_that_never_end_are_refused_and_the_answers_kept():
    person = make_user()

    page = save(person, quiet_until="22").content.decode()

    assert "Quiet hours need an end." in page
    assert Page(page).complaints == []
    assert not Preference.objects.exists()
    assert re_checked(page, "reminders") == "weekly"


def re_checked(page, name):
    """The value chosen of a group of radio buttons."""
    found = [c for c, _inside in Page(page).controls if c["name"] == name and "checked" in c]
    return found[0]["value"]


def test_a_stranger_is_asked_to_sign_in_first(client):
    answer = client.get(CHOICES)

    assert answer.url == f"{reverse('account_login')}?next={CHOICES}"


def test_links_in_old_mails_work_after_a_change_of_the_secret(settings):
    person = make_user()
    path = stop_path(person)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret"

    assert person_of(path.rstrip("/").rpartition("/")[2]) == person
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(LookupError):
        person_of(path.rstrip("/").rpartition("/")[2])
