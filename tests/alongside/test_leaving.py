"""The way out is on every page, needs nothing, and ends the session."""

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from alongside import env
from tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db
NEUTRAL = "https://www.weather.gov/"


@pytest.fixture
def signed_in():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user())
    return client


def test_leaving_ends_the_session_and_leads_to_a_neutral_site(signed_in):
    answer = signed_in.post(reverse("leave"))

    assert (answer.status_code, answer.headers["Location"]) == (303, NEUTRAL)
    assert signed_in.get(reverse("notices:inbox")).status_code == 302
    assert not Session.objects.exists()


def test_leaving_takes_the_other_cookies_along_and_none_outlives_the_browser(signed_in):
    page = signed_in.get(reverse("home"))
    assert {each["max-age"] for each in page.cookies.values()} == {""}

    answer = signed_in.post(reverse("leave"))

    gone = {name for name, each in answer.cookies.items() if each["max-age"] == 0}
    assert gone == {"sessionid", "csrftoken", "messages"}


def test_who_is_not_signed_in_can_leave_as_well():
    answer = Client(enforce_csrf_checks=True).post(reverse("leave"))
    assert (answer.status_code, answer.headers["Location"]) == (303, NEUTRAL)


def test_reading_about_it_ends_nothing(signed_in):
    assert "does not erase the history" in signed_in.get(reverse("leave")).text
    assert signed_in.get(reverse("notices:inbox")).status_code == 200


@pytest.mark.parametrize("page", ["/", "/account/login/", "/nothing-here/", "/leave/"])
def test_the_way_out_is_the_first_thing_to_reach(client, page):
    body = client.get(page).text.partition("<body")[2]

    first = body.index('<form class="leave"')
    assert first < min(body.index(tag) for tag in ("<a ", "<input", "<nav"))
    assert f'data-to="{NEUTRAL}"' in body


def test_the_admin_has_the_same_way_out(client):
    client.force_login(make_staff(is_superuser=True))
    assert '<form class="leave"' in client.get(reverse("admin:index")).text


def test_forms_lead_to_us_and_to_the_neutral_site_alone(client):
    policy = client.get(reverse("leave")).headers["Content-Security-Policy"]
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["form-action"] == "'self' https://www.weather.gov"


@pytest.mark.parametrize("address", ["weather.gov", "javascript:alert(1)", "https:///"])
def test_the_neutral_site_is_an_address(address):
    with pytest.raises(ImproperlyConfigured):
        env.origin(address)
