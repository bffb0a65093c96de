"""From nothing to published, page by page, in a client that insists on CSRF."""

import pytest
from django.urls import reverse

from opportunities.models import Need, Offer
from tests.factories import make_check, make_offer, make_party, owner_of
from tests.opportunities.pages import (
    CLASS_HOURS,
    CLASS_PLACE,
    CLASS_TERMS,
    CLASS_WORDS,
    TRAINING,
    WORK_HOURS,
    WORK_PAY,
    WORK_PLACE,
    WORK_TERMS,
    WORK_WORDS,
    answer,
    complaints,
    signed_in,
    url,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def go(client, address, pages):
    """Answer each page where the one before leads; the last leads to the preview."""
    for answers in pages:
        assert complaints(client.get(address)) == []
        sent = answer(client, address, answers)
        assert sent.status_code == 302, sent.context["form"].errors
        address = sent.url
    return address


def publish(client, address):
    """From the preview to the posting's own page."""
    assert complaints(client.get(address)) == []
    published = answer(client, address, {})
    assert complaints(client.get(published.url)) == []
    return published


def test_a_class_is_asked_for_from_nothing_to_open():
    party = make_party("nonprofit")
    client = signed_in(owner_of(party), enforce_csrf_checks=True)

    preview = go(
        client,
        reverse("opportunities:need_new"),
        [CLASS_WORDS, CLASS_PLACE | CLASS_HOURS | CLASS_TERMS],
    )
    need = Need.objects.get()
    assert (preview, need.status) == (url(need, "publish"), "draft")
    published = publish(client, preview)

    need.refresh_from_db()
    assert (published.url, need.status, need.party) == (url(need), "open", party)
    assert (need.zip, need.county, need.time_zone) == (
        "11201",
        "Kings County, NY",
        "America/New_York",
    )
    assert [topic.slug for topic in need.topics.all()] == ["budgeting"]
    assert (need.slots, need.minutes, need.sessions) == (["Tue 18:00-20:00"], 90, 8)
    assert (need.seats, need.helpers, need.languages) == (3, 1, ["en"])
    assert (need.check_level, need.audience) == ("registry", "adults")
    assert need.exclusions == ["alcohol", "not_woman_led"]
    assert need.requires == ["child_care"]


def test_a_confidential_home_asks_by_county_and_no_zip_is_kept():
    party = make_party("nonprofit", confidential=True, counties=["Kings County, NY"])
    client = signed_in(owner_of(party), enforce_csrf_checks=True)
    place = {name: value for name, value in CLASS_PLACE.items() if name != "zip"}

    first = answer(client, reverse("opportunities:need_new"), CLASS_WORDS)
    page = client.get(first.url).content.decode()
    assert 'name="zip"' not in page
    assert "Your place is confidential, so we ask for no ZIP code" in page
    preview = go(
        client,
        first.url,
        [place | {"counties": "Kings County\nqueens"} | CLASS_HOURS | CLASS_TERMS],
    )
    publish(client, preview)

    need = Need.objects.get()
    assert need.status == "open"
    assert need.counties == ["Kings County, NY", "Queens County, NY"]
    assert (need.zip, need.latitude, need.longitude, need.county) == ("", None, None, "")


def test_a_confidential_home_may_give_a_zip_for_a_class_elsewhere():
    party = make_party("nonprofit", confidential=True, counties=["Kings County, NY"])
    client = signed_in(owner_of(party), enforce_csrf_checks=True)
    answer(client, reverse("opportunities:need_new"), CLASS_WORDS)
    topics = url(Need.objects.get(), "step", "topics")

    switched = answer(client, topics, {"move": "zip", "topics": ["budgeting"], "zip": ""})
    assert 'name="zip"' in switched.content.decode()
    assert Need.objects.get().confidential is True
    sent = answer(client, topics, CLASS_PLACE | {"place": "zip"})

    need = Need.objects.get()
    assert sent.status_code == 302
    assert (need.confidential, need.zip, need.counties) == (False, "11201", [])


def test_an_open_nonprofit_may_hide_the_place_of_one_need():
    client = signed_in(owner_of(make_party("nonprofit")), enforce_csrf_checks=True)
    answer(client, reverse("opportunities:need_new"), CLASS_WORDS)
    topics = url(Need.objects.get(), "step", "topics")

    answer(client, topics, CLASS_PLACE | {"place": "counties", "counties": "Kings County, NY"})

    need = Need.objects.get()
    assert (need.confidential, need.zip, need.latitude) == (True, "", None)
    assert need.counties == ["Kings County, NY"]


def test_work_is_asked_for_with_possible_hours_and_shifts():
    client = signed_in(owner_of(make_party("nonprofit")), enforce_csrf_checks=True)
    place = {"topics": ["baker"], "mode": "in_person", "zip": "11201"}
    hours = {
        "start_date": "2027-02-01",
        "end_date": "2027-05-02",  # thirteen weeks
        "from_0": "06:00",
        "to_0": "15:00",
        "from_2": "06:00",
        "to_2": "15:00",
        "shift_hours": "7.5",
        "shifts_per_week": "2",
    }
    terms = {"seats": "1", "languages": ["es"], "audience": "adults", "check_level": "none"}

    preview = go(
        client,
        reverse("opportunities:need_new"),
        [WORK_WORDS | {"kind": "job"}, place | hours | terms],
    )
    publish(client, preview)

    need = Need.objects.get()
    assert (need.status, need.kind) == ("open", "job")
    assert (need.minutes, need.shifts_per_week, need.sessions) == (450, 2, 26)


def test_a_volunteer_offers_a_class_and_comes_alone():
    party = make_party("volunteer")
    client = signed_in(owner_of(party), enforce_csrf_checks=True)
    make_check(owner_of(party))
    hours = {"start_date": "2027-02-01", "from_1": "18:00", "to_1": "20:00"}
    terms = {"capacity": "8", "groups": "1", "languages": ["en"], "audience": "adults"}

    preview = go(
        client,
        reverse("opportunities:offer_new"),
        [CLASS_WORDS, CLASS_PLACE | {"radius_miles": "10"} | hours | terms],
    )
    publish(client, preview)

    offer = Offer.objects.get()
    assert (offer.status, offer.end_date, offer.capacity) == ("active", None, 8)
    assert offer.radius_km == 16.1
    assert list(offer.people.all()) == [owner_of(party)]


def test_a_job_is_offered_and_waits_for_two_reviewers():
    client = signed_in(owner_of(make_party("business")), enforce_csrf_checks=True)
    new = reverse("opportunities:offer_new")
    assert "Step 1 of 3, or of 4 for paid work" in client.get(new).content.decode()

    preview = go(
        client,
        new,
        [WORK_WORDS | {"kind": "job"}, WORK_PLACE | WORK_HOURS | WORK_TERMS, WORK_PAY],
    )
    assert "Step 4 of 4" in client.get(preview).content.decode()
    words = client.get(url(Offer.objects.get(), "step", "words")).content.decode()
    assert "Step 1 of 3, or of 4 for paid work" in words  # the kind may still be another
    publish(client, preview)

    offer = Offer.objects.get()
    assert (offer.status, offer.reviews_needed, offer.kind) == ("in_review", 2, "job")
    assert (offer.pay_amount, offer.pay_period, offer.tips) == (21.5, "hour", False)
    assert (offer.hours_per_week, offer.shift_minutes) == (32, 480)
    assert (offer.workplace, offer.supervisor) == ("Our bakery in Brooklyn", "Head baker")
    assert (offer.terms, offer.tags) == (["guaranteed_interview"], ["age_18"])
    assert offer.languages == ["en", "es"]


def test_an_apprenticeship_states_what_it_leads_to():
    client = signed_in(owner_of(make_party("business")), enforce_csrf_checks=True)
    place = WORK_PLACE | {"topics": ["baker-apprentice"]}

    preview = go(
        client,
        reverse("opportunities:offer_new"),
        [
            WORK_WORDS | {"kind": "apprenticeship"},
            place | WORK_HOURS | WORK_TERMS,
            WORK_PAY | TRAINING,
        ],
    )
    publish(client, preview)

    offer = Offer.objects.get()
    assert (offer.status, offer.kind) == ("in_review", "apprenticeship")
    assert (offer.length_months, offer.credential) == (24, "Journeyworker card")
    assert offer.wage_steps == "$20 at first, $24 after a year"


def test_every_form_refuses_a_post_without_the_csrf_token():
    party = make_party("business")
    client = signed_in(owner_of(party), enforce_csrf_checks=True)
    offer = make_offer(party, status="draft")
    addresses = [
        reverse("opportunities:offer_new"),
        *(url(offer, "step", slug) for slug in ("words", "topics", "hours", "terms")),
        *(url(offer, name) for name in ("publish", "pause", "resume", "withdraw", "renew")),
    ]

    assert [client.post(address, CLASS_WORDS).status_code for address in addresses] == [403] * 10
    offer.refresh_from_db()
    assert (offer.status, offer.title) == ("draft", "Retired mechanic teaches car care")
