"""The inbox: one's own notices, and nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notices import actions
from notices.models import Notice
from tests.factories import (
    make_match,
    make_need,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)

pytestmark = pytest.mark.django_db


def owe(recipient, number=1, **facts):
    values = {
        "event": "proposed",
        "key": f"match {number}",
        "path": f"/matches/{number}/",
        "at": timezone.now() - timedelta(hours=1),
    } | facts
    actions.owe(recipient=recipient, **values)
    return Notice.objects.get(recipient=recipient, key=values["key"])


def signed_in(person, **options):
    client = Client(**options)
    client.force_login(person)
    return client


def inbox_of(person):
    return signed_in(person).get(reverse("notices:inbox")).content.decode()


def test_the_inbox_shows_ones_own_notices_newest_first():
    person = make_user()
    owe(person, 1, event="nudge", at=timezone.now() - timedelta(days=2))
    owe(person, 2, event="introduced", at=timezone.now() - timedelta(days=1))
    owe(make_user(), 3, event="ended")

    page = inbox_of(person)

    nudge, introduced = "A match still waits for your answer.", "Both sides said yes. Here is"
    assert 0 < page.index(introduced) < page.index(nudge)
    assert "An introduction was ended." not in page


def test_a_line_names_the_need_or_offer_of_ones_own_and_nothing_of_the_other_side():
    match = make_match()
    asking, offering = owner_of(match.need.party), owner_of(match.offer.party)
    for person in (asking, offering):
        owe(person, 1, path=reverse("matching:match", args=[match.public_id]))
    owe(asking, 2, event="decided", path=match.need.path)
    owe(offering, 2, event="message", path=reverse("engagements:thread", args=[match.public_id]))

    own, other = f"“{match.need}”", f"“{match.offer}”"
    page = inbox_of(asking)
    assert (page.count(own), page.count(other)) == (2, 0)
    page = inbox_of(offering)
    assert (page.count(own), page.count(other)) == (0, 2)


def test_who_is_no_longer_of_the_team_reads_no_title_of_it():
    match, person = make_match(), make_user()
    owe(person, 1, path=reverse("matching:match", args=[match.public_id]))
    owe(person, 2, path=match.need.path)

    assert "“" not in inbox_of(person)


def test_a_notice_is_not_in_the_inbox_before_it_is_due():
    person = make_user()
    owe(person, event="declined", due_at=timezone.now() + timedelta(minutes=10))

    assert "Nothing here yet." in inbox_of(person)


def test_an_empty_inbox_says_what_will_happen_and_where_to_go():
    page = inbox_of(make_user())

    assert "it stands here" in page
    assert f'href="{reverse("opportunities:mine")}"' in page


def test_opening_marks_it_read_and_leads_to_what_it_is_about():
    person = make_user()
    notice = owe(person)

    answer = signed_in(person).post(reverse("notices:open", args=[notice.public_id]))

    notice.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, "/matches/1/")
    assert notice.read_at is not None


def test_opening_twice_keeps_the_first_moment():
    person = make_user()
    notice = owe(person)
    client, url = signed_in(person), reverse("notices:open", args=[notice.public_id])
    client.post(url)
    notice.refresh_from_db()
    first = notice.read_at

    client.post(url)

    notice.refresh_from_db()
    assert notice.read_at == first


@pytest.mark.parametrize("path", ["https://elsewhere.example.org/", "//elsewhere.example.org/"])
def test_opening_never_leads_off_the_site(path):
    person = make_user()
    notice = owe(person, path=path)

    answer = signed_in(person).post(reverse("notices:open", args=[notice.public_id]))

    assert answer.url == reverse("notices:inbox")


def test_a_stranger_cannot_open_a_notice():
    notice = owe(make_user())

    answer = signed_in(make_user()).post(reverse("notices:open", args=[notice.public_id]))

    notice.refresh_from_db()
    assert (answer.status_code, notice.read_at) == (404, None)


def test_an_unknown_notice_is_not_found():
    answer = signed_in(make_user()).post(reverse("notices:open", args=[uuid4()]))

    assert answer.status_code == 404


def test_all_are_read_at_once_and_only_ones_own():
    person, other = make_user(), make_user()
    owe(person, 1), owe(person, 2), owe(other, 3)

    signed_in(person).post(reverse("notices:read_all"))

    assert Notice.objects.filter(recipient=person, read_at=None).count() == 0
    assert Notice.objects.filter(recipient=other, read_at=None).count() == 1


def test_the_navigation_counts_what_is_new():
    person = make_user()
    client = signed_in(person)
    assert "1 new" not in client.get(reverse("notices:inbox")).content.decode()

    notice = owe(person)
    assert "1 new" in client.get(reverse("notices:inbox")).content.decode()

    client.post(reverse("notices:open", args=[notice.public_id]))
    assert "1 new" not in client.get(reverse("notices:inbox")).content.decode()


def test_a_page_counts_once():
    person = make_user()
    owe(person)
    client = signed_in(person)

    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("matching:list"))

    asked = [query["sql"] for query in queries if "notices_notice" in query["sql"]]
    assert len(asked) == 1


def test_pages_for_strangers_ask_the_database_for_no_notices(django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(reverse("how_it_works"))


def test_three_notices_cost_as_many_queries_as_one(django_assert_max_num_queries):
    person = make_user()
    client = signed_in(person)
    party = make_party(owner=person)
    paths = [
        reverse("matching:match", args=[make_match(make_need(party)).public_id]) for _ in range(3)
    ]
    owe(person, 1, path=paths[0])
    with django_assert_max_num_queries(20) as one:
        client.get(reverse("notices:inbox"))
    owe(person, 2, path=paths[1]), owe(person, 3, path=paths[2])

    with django_assert_max_num_queries(len(one)) as three:
        client.get(reverse("notices:inbox"))

    assert len(three) == len(one)


def test_a_long_inbox_has_pages():
    person = make_user()
    for number in range(21):
        owe(person, number)
    client = signed_in(person)

    first = client.get(reverse("notices:inbox")).content.decode()
    second = client.get(reverse("notices:inbox"), {"page": 2}).content.decode()

    assert (first.count("/open/"), second.count("/open/")) == (20, 1)
    assert 'href="?page=2"' in first


def test_looking_changes_nothing():
    person = make_user()
    notice = owe(person)
    client = signed_in(person)

    client.get(reverse("notices:inbox"))
    assert client.get(reverse("notices:open", args=[notice.public_id])).status_code == 405
    assert client.get(reverse("notices:read_all")).status_code == 405

    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_form_of_another_site_is_refused():
    person = make_user()
    notice = owe(person)
    client = signed_in(person, enforce_csrf_checks=True)

    for url in (reverse("notices:open", args=[notice.public_id]), reverse("notices:read_all")):
        assert client.post(url).status_code == 403

    notice.refresh_from_db()
    assert notice.read_at is None


def test_who_is_not_signed_in_is_asked_to():
    answer = Client().get(reverse("notices:inbox"))

    assert answer.url == f"{reverse('account_login')}?next={reverse('notices:inbox')}"


# What could not be delivered


def given_up(**facts):
    notice = owe(make_user(**facts))
    notice.failed_at, notice.tries = timezone.now(), 1
    notice.last_error = "550 no such mailbox"
    notice.save(update_fields=["failed_at", "tries", "last_error"])
    return notice


def test_a_reviewer_sees_what_could_not_be_delivered_and_to_whom():
    given_up(name="Rosa Example", phone="555-0100")
    read = given_up(name="Has Read It")
    actions.read(notice=read, at=timezone.now())

    page = signed_in(make_reviewer()).get(reverse("notices:undelivered")).content.decode()

    assert "Rosa Example" in page
    assert "550 no such mailbox" in page
    assert "Has Read It" not in page


def test_a_reviewer_has_it_tried_again():
    notice = given_up()
    client = signed_in(make_reviewer())

    answer = client.post(reverse("notices:try_again", args=[notice.public_id]), follow=True)

    notice.refresh_from_db()
    assert (notice.failed_at, notice.tries) == (None, 0)
    assert "We are trying again." in answer.content.decode()


def test_trying_again_twice_is_harmless():
    notice = given_up()
    client = signed_in(make_reviewer())
    url = reverse("notices:try_again", args=[notice.public_id])
    client.post(url)

    answer = client.post(url, follow=True)

    assert "This one is already settled." in answer.content.decode()


def test_a_reviewer_has_all_of_them_tried_again():
    given_up(), given_up()
    client = signed_in(make_reviewer())
    assert "Try all of them again" in client.get(reverse("notices:undelivered")).content.decode()

    client.post(reverse("notices:try_all_again"))

    assert Notice.objects.filter(failed_at=None).count() == 2


def test_a_reviewer_is_told_when_mail_piles_up():
    owe(make_user(), at=timezone.now() - timedelta(hours=2))

    page = signed_in(make_reviewer()).get(reverse("notices:undelivered")).content.decode()

    assert "1 mail waits for more than an hour." in page


def test_to_everyone_else_these_pages_do_not_exist():
    notice = given_up()
    client = signed_in(notice.recipient)

    assert client.get(reverse("notices:undelivered")).status_code == 404
    for url in (
        reverse("notices:try_again", args=[notice.public_id]),
        reverse("notices:try_all_again"),
    ):
        assert client.post(url).status_code == 404
    notice.refresh_from_db()
    assert notice.failed_at is not None
