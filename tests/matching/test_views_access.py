"""Who may open the pages of matches, and what looking changes."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from matching.models import Match
from tests.factories import (
    NOON,
    make_match,
    make_party,
    make_user,
    owner_of,
)
from tests.matching.pages import ACTS, list_of, people_of, signed_in, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_a_stranger_finds_nothing_at_any_address():
    match = make_match()
    stranger = signed_in(owner_of(make_party()))

    assert stranger.get(url_of(match)).status_code == 404
    assert stranger.head(url_of(match)).status_code == 404
    for act in ACTS:
        assert stranger.post(url_of(match, act), {"reason": "x"}).status_code == 404
        assert stranger.get(url_of(match, act)).status_code == 405  # as for everybody
    match.refresh_from_db()
    assert (match.status, match.need_answer, match.offer_answer) == ("proposed", "", "")


def test_an_unknown_match_is_not_found():
    someone = signed_in(owner_of(make_party()))

    assert someone.get(reverse("matching:match", args=[uuid4()])).status_code == 404
    for act in ACTS:
        url = reverse(f"matching:{act}", args=[uuid4()])
        assert someone.post(url, {"reason": "x"}).status_code == 404


def test_who_is_not_signed_in_is_asked_to():
    match = make_match()

    for url in (reverse("matching:list"), url_of(match)):
        assert Client().get(url).url == f"{reverse('account_login')}?next={url}"
    for act in ACTS:
        assert Client().post(url_of(match, act)).status_code == 302
    assert Match.objects.get().status == "proposed"


def test_who_has_left_the_team_sees_its_matches_no_more():
    match = make_match()
    person, _ = people_of(match)
    match.need.party.memberships.all().delete()

    assert signed_in(person).get(url_of(match)).status_code == 404
    assert match.offer.title not in list_of(person)


def test_a_colleague_on_the_team_may_answer_too():
    match = make_match()
    colleague = make_user()
    match.need.party.memberships.create(user=colleague, role="staff", joined_at=NOON)

    signed_in(colleague).post(url_of(match, "accept"))

    match.refresh_from_db()
    assert (match.need_answer, match.need_answered_by) == ("yes", colleague)


def test_a_form_of_another_site_is_refused():
    match = make_match()
    client = signed_in(owner_of(match.need.party), enforce_csrf_checks=True)

    for act in ACTS:
        assert client.post(url_of(match, act), {"reason": "x"}).status_code == 403
    match.refresh_from_db()
    assert match.need_answer == ""


def test_looking_changes_nothing(tmp_path):
    match = make_match()
    person, _ = people_of(match)
    client = signed_in(person)

    def everything(name):
        call_command(
            "dumpdata", "matching", "notices", "trail", "opportunities", output=tmp_path / name
        )
        return (tmp_path / name).read_text()

    before = everything("before.json")
    for url in [reverse("matching:list"), url_of(match), *(url_of(match, act) for act in ACTS)]:
        client.get(url)
    assert everything("after.json") == before
