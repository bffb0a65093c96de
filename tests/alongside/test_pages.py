"""What surrounds every page: refusals in plain words, the reader's language, no copies."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path, reverse

from accounts.models import User
from alongside import views
from alongside.middleware import MOST_SENT
from alongside.urls import urlpatterns as known
from tests.factories import make_user


def breaks(request):
    raise ZeroDivisionError


def forbids(request):
    raise PermissionDenied


urlpatterns = [*known, path("breaks/", breaks), path("forbids/", forbids)]


@pytest.fixture
def careless_client():
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_an_unknown_page_is_refused_in_plain_words(client):
    answer = client.get("/nothing-here/")

    assert answer.status_code == 404
    assert "<h1>This page does not exist</h1>" in answer.text


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_forbidden_page_is_refused_in_plain_words(client):
    answer = client.get("/forbids/")

    assert answer.status_code == 403
    assert "<h1>You may not do this</h1>" in answer.text


@pytest.mark.urls(__name__)
def test_the_page_for_a_failure_needs_no_database(careless_client, no_database):
    careless_client.cookies["sessionid"] = "a" * 32

    answer = careless_client.get("/breaks/")

    assert answer.status_code == 500
    assert "<h1>Something went wrong</h1>" in answer.text


@pytest.mark.django_db
def test_a_form_without_its_proof_is_refused_in_plain_words():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"))

    assert answer.status_code == 403
    assert "<h1>This form is too old</h1>" in answer.text


@pytest.mark.django_db
def test_the_reason_for_developers_is_not_shown(rf):
    request = rf.post("/")
    request.user = User()

    assert "secret" not in views.csrf_failure(request, reason="secret").text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("preferred", "chosen", "shown"), [("es", None, "es"), ("es", "en", "en"), ("en", "es", "es")]
)
def test_pages_speak_the_readers_language_unless_they_chose_another(
    client, preferred, chosen, shown
):
    client.force_login(make_user(language=preferred))
    if chosen:
        client.post(reverse("set_language"), {"language": chosen, "next": "/"})

    page = client.get(reverse("how_it_works"), headers={"Accept-Language": "de"})

    assert f'<html lang="{shown}"' in page.text


@pytest.mark.django_db
def test_without_a_sign_in_the_browsers_language_counts(client):
    page = client.get(reverse("how_it_works"), headers={"Accept-Language": "es"})

    assert '<html lang="es"' in page.text


@pytest.mark.django_db
def test_no_copies_are_kept_behind_the_sign_in(client):
    client.force_login(make_user())

    page = client.get(reverse("how_it_works"))
    assert page.headers["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_every_page_forbids_foreign_code_frames_and_referrers(client):
    headers = client.get(reverse("how_it_works")).headers

    policy = dict(
        part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "script-src" not in policy
    assert headers["Referrer-Policy"] == "same-origin"  # nothing to anybody else
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_what_is_larger_than_any_form_is_refused_before_it_is_read(client):
    sent = BytesIO(b"")
    answer = client.generic(
        "POST", reverse("account_login"), CONTENT_LENGTH=str(MOST_SENT + 1), **{"wsgi.input": sent}
    )

    assert answer.status_code == 413
    assert "<h1>This is too large</h1>" in answer.text
