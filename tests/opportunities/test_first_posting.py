"""From a confirmed address to a need that is sent in: few pages, few questions, nothing lost."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from accounts.models import Party, User
from opportunities import daily_limits
from opportunities.forms.details import DetailsForm
from opportunities.kept_answers import begin_with
from opportunities.models import Need, Offer
from tests.factories import make_need, make_party, make_user, owner_of
from tests.opportunities.pages import (
    CLASS_HOURS,
    CLASS_WORDS,
    answer,
    complaints,
    hidden,
    signed_in,
    url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

NEW = "opportunities:need_new"
MOST_PAGES, MOST_FIELDS = 3, 12
HOME = {
    "legal_name": "Harbor House Inc",
    "registration_number": "123456789",
    "mission": "We help people start again.",
    "residential": "no",
    "zip": "11201",
}
TUESDAYS = {"quick": ["evenings"], "seats": "6", "audience": "adults"}


def sign_up_and_confirm(client, kind="nonprofit"):
    facts = {"kind": kind, "party_name": "Harbor House", "name": "Ana Reyes"}
    cache.clear()  # a handful of sign-ups an hour from one computer are the most there are
    client.post(reverse("account_signup"), facts | {"email": "ana@example.org", "password1": ""})
    code = re.search(r"^([A-Z0-9-]{6,12})$", mail.outbox[-1].body, re.MULTILINE)[1]
    return client.post(reverse("account_email_verification_sent"), {"code": code}).url


def asked_on(page):
    """The names of what a person must answer there, however the page shows it."""
    forms = [page.context.get(name) for name in ("form", "profile")]
    required = {name for form in forms if form for name, f in form.fields.items() if f.required}
    required -= {"version"}
    if isinstance(page.context.get("form"), DetailsForm):
        required |= {"when"}  # any one of the choices of hours
    if "zip" in HOME and page.context.get("profile"):
        required |= {"zip"}  # unless people live there: then a county
    return required


def test_a_small_nonprofit_is_done_after_three_pages_and_twelve_answers():
    client, asked, pages = Client(), [], 0
    address = sign_up_and_confirm(client)
    words = {"kind": "class", "title": CLASS_WORDS["title"]}
    for answers in (words | HOME, {"topics": ["budgeting"]} | TUESDAYS, {"agrees": "on"}):
        page = client.get(address)
        assert complaints(page) == []
        asked += sorted(asked_on(page))
        sent = client.post(address, hidden(page) | answers)
        assert sent.status_code == 302, sent.context["form"].errors
        address, pages = sent.url, pages + 1

    need, party = Need.objects.get(), Party.objects.get()
    assert address == url(need)
    assert reverse("accounts:evidence", args=[party.public_id]) in client.get(address).text
    assert (need.status, party.status, party.registration_number) == (
        "in_review",
        "in_review",
        "12-3456789",
    )
    assert (need.slots[0], len(need.slots), need.zip) == ("Mon 17:00-22:00", 5, "11201")
    assert User.objects.get().conduct_version == 1
    assert (pages, len(asked)) == (MOST_PAGES, MOST_FIELDS), asked


def test_a_home_is_asked_for_its_counties_and_keeps_no_zip():
    client = Client()
    address = sign_up_and_confirm(client)
    home = HOME | {"residential": "yes", "zip": "11201", "county_names": "Kings County, NY"}

    answer(client, address, CLASS_WORDS | home)

    party, need = Party.objects.get(), Need.objects.get()
    assert (party.confidential, party.zip, party.counties) == (True, "", ["Kings County, NY"])
    assert (need.confidential, need.zip, need.counties) == (True, "", ["Kings County, NY"])


def test_what_is_wrong_with_either_part_is_said_and_nothing_is_saved():
    client = Client()
    address = sign_up_and_confirm(client)

    page = answer(client, address, CLASS_WORDS | HOME | {"registration_number": "12-34"})

    assert "An EIN has nine digits" in page.content.decode()
    assert f'value="{CLASS_WORDS["title"]}"' in page.content.decode()
    assert (Need.objects.count(), Party.objects.get().legal_name) == (0, "")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12 3456789", "12-3456789"),
        ("12–3456789", "12-3456789"),
        ("Ohio charity 123456", "Ohio charity 123456"),
    ],
)
def test_a_registration_is_kept_as_everybody_writes_it(typed, kept):
    client = Client()
    answer(client, sign_up_and_confirm(client), CLASS_WORDS | HOME | {"registration_number": typed})

    assert Party.objects.get().registration_number == kept


def test_a_volunteer_who_began_before_signing_up_finds_it_filled_in():
    client = Client()
    client.get("/")
    request = HttpRequest()
    request.session = client.session
    begin_with(request, Offer, {"title": "Bookkeeping", "topics": ["budgeting"], "zip": "11201"})
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    address = sign_up_and_confirm(client, kind="volunteer")

    page = client.get(address).content.decode()
    assert ('value="Bookkeeping"' in page, 'value="11201"' in page) == (True, True)
    sent = answer(client, address, {"kind": "class", "title": "Bookkeeping", "zip": "11201"})
    assert sent.status_code == 302

    offer = Offer.objects.get()
    assert [topic.slug for topic in offer.topics.all()] == ["budgeting"]
    assert 'value="Bookkeeping"' not in client.get(address).content.decode()


# Nothing is lost


def test_a_form_sent_twice_makes_one_draft_and_so_does_going_back(monkeypatch):
    monkeypatch.setattr(daily_limits, "NEW_A_DAY", 1)  # the last of a day is no exception
    party = make_party()
    client = signed_in(owner_of(party))
    typed = hidden(client.get(reverse(NEW))) | CLASS_WORDS

    client.post(reverse(NEW), typed)
    client.post(reverse(NEW), typed)
    client.post(reverse(NEW), typed | {"title": "Budgeting for two"})

    assert Need.objects.get().title == "Budgeting for two"
    page = client.get(reverse(NEW)).content.decode()
    assert "Go on with “Budgeting for two”" in page


def test_what_another_tab_changed_is_told_before_it_is_overwritten():
    need = make_need(status="draft", description="As it was.")
    client = signed_in(owner_of(need.party))
    address = url(need, "step", "words")
    first, second = (hidden(client.get(address)) for _tab in range(2))
    client.post(address, first | CLASS_WORDS | {"title": "From the first tab"})

    told = client.post(address, second | CLASS_WORDS | {"title": "From the second tab"})
    html = told.content.decode()
    assert "This was changed in the meantime" in html
    assert "In one line: From the first tab" in html
    assert 'value="From the second tab"' in html
    need.refresh_from_db()
    assert need.title == "From the first tab"

    client.post(address, hidden(told) | CLASS_WORDS | {"title": "From the second tab"})
    need.refresh_from_db()
    assert need.title == "From the second tab"


def test_the_same_answer_sent_twice_is_no_change_of_another():
    need = make_need(status="draft")
    client = signed_in(owner_of(need.party))
    address = url(need, "step", "hours")
    typed = hidden(client.get(address)) | CLASS_HOURS | {"grid": ["0-0", "0-1"]}

    assert [client.post(address, typed).status_code for _time in range(2)] == [302, 302]
    need.refresh_from_db()
    assert need.slots == ["Mon 06:00-17:00", "Tue 18:00-20:00"]


def test_a_form_that_is_too_old_opens_again_with_its_answers():
    person = owner_of(make_party())
    client = signed_in(person, enforce_csrf_checks=True)
    typed = hidden(client.get(reverse(NEW))) | CLASS_WORDS
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.cookies["csrftoken"] = "b" * 32

    sent = client.post(reverse(NEW), typed)

    assert sent.url == reverse(NEW)
    assert f'value="{CLASS_WORDS["title"]}"' in client.get(sent.url).content.decode()
    assert Need.objects.count() == 0


def test_a_form_made_for_somebody_else_keeps_nothing():
    typed = hidden(signed_in(owner_of(make_party())).get(reverse(NEW))) | CLASS_WORDS
    other = signed_in(owner_of(make_party()), enforce_csrf_checks=True)

    assert other.post(reverse(NEW), typed).status_code == 403
    assert f'value="{CLASS_WORDS["title"]}"' not in other.get(reverse(NEW)).content.decode()


def test_each_page_of_questions_leads_back_to_the_one_before():
    need = make_need(status="draft")
    client = signed_in(owner_of(need.party))

    for page, before in (("details", "words"), ("hours", "topics")):
        html = client.get(url(need, "step", page)).content.decode()
        assert f'class="back"><a href="{url(need, "step", before)}"' in html
    assert url(need, "step", "details") in client.get(url(need, "publish")).content.decode()


# Who sees it


def test_a_confidential_team_leaves_its_own_name_out():
    party = make_party(confidential=True, counties=["Kings County, NY"], name="Harbor House")
    client = signed_in(owner_of(party))

    sent = answer(client, reverse(NEW), CLASS_WORDS | {"title": "Cooking at harbor  house"})

    assert "Your name stands here." in sent.content.decode()
    assert Need.objects.count() == 0


def test_staff_who_are_no_owner_send_no_profile_in():
    party = make_party(verified=False, status="draft", round=0)
    staff = make_user()
    party.memberships.create(user=staff, role="staff", joined_at=party.created_at)
    EmailAddress.objects.create(user=staff, email=staff.email, verified=True, primary=True)
    need = make_need(party, status="draft")

    answer(signed_in(staff), url(need, "publish"), {})

    need.refresh_from_db()
    party.refresh_from_db()
    assert (need.status, party.status) == ("in_review", "draft")
