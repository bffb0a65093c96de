"""What a match tells each side of the other, and when."""

from datetime import timedelta

import pytest
from django.urls import reverse

from matching.models import OTHER, Match
from matching.pipeline import match_changes
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from tests.matching.pages import list_of, main_of, page_of, people_of, said
from trail import actions as trail

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.mark.parametrize("status", ["proposed", "accepted", "waiting", "declined", "ended"])
def test_contacts_are_hidden_before_an_introduction_and_after_its_end(status):
    match = make_match(status=status)
    asking, offering = people_of(match)

    for viewer, other in ((asking, offering), (offering, asking)):
        assert other.email not in page_of(match, viewer) + list_of(viewer)


@pytest.mark.parametrize("status", ["introduced", "engaged", "completed"])
def test_an_introduction_shows_each_side_the_contact_of_the_other(status):
    match = make_match(status=status)
    asking, offering = people_of(match)
    offering.phone = "555-0100"
    offering.save(update_fields=["phone"])

    page = page_of(match, asking)
    assert f'href="mailto:{offering.email}"' in page
    assert 'href="tel:555-0100"' in page
    assert f'href="mailto:{asking.email}"' in page_of(match, offering)
    assert offering.email not in list_of(asking)  # each look is written down, so it is one page's


def test_the_contact_is_the_one_the_posting_names():
    party = make_party("business")
    colleague = make_user(name="Chosen Colleague")
    party.memberships.create(user=colleague, role="staff", joined_at=NOON)
    match = make_match(offer=make_offer(party, contact=colleague), status="introduced")

    page = page_of(match, people_of(match)[0])

    assert colleague.email in page
    assert owner_of(party).email not in page


def test_a_confidential_party_appears_under_its_alias_until_the_introduction():
    party = make_party(
        confidential=True,
        name="Harbor Street House",
        alias="A home near the coast",
        counties=["Kings County, NY", "Queens County, NY"],
    )
    need = make_need(party, confidential=True, counties=party.counties)
    match = make_match(need)
    _, offering = people_of(match)

    before = page_of(match, offering) + list_of(offering)
    assert "A home near the coast" in before
    assert "Harbor Street House" not in before

    Match.objects.filter(pk=match.pk).delete()
    match = make_match(need, match.offer, status="introduced")
    after = page_of(match, offering)
    assert "Harbor Street House" in after


SILENT = {
    "exclusions": ["alcohol", "not_woman_led", "faith_content", "private_home"],
    "audience": "minors",
}


@pytest.mark.parametrize("status", ["proposed", "introduced"])
def test_silent_facts_of_a_need_never_reach_the_other_side(status):
    match = make_match(make_need(**SILENT), status=status)
    loud = make_match(make_need(match.need.party, check_level="fingerprint"), status=status)
    _, offering = people_of(match)
    _, also_offering = people_of(loud)

    page = page_of(match, offering)

    silent_words = ("alcohol", "woman", "faith", "private", "minor", "child", "Alcohol", "Minor")
    assert [word for word in silent_words if word in page] == []
    assert facts(page) == facts(page_of(loud, also_offering))


def facts(page):
    return page[page.index("<dl") : page.index("</dl>")]


def test_numbers_places_and_addresses_never_reach_the_other_side():
    match = make_match(
        make_need(make_party(registration_number="98-7654321")), make_offer(), "introduced"
    )
    asking, offering = people_of(match)

    for viewer in (asking, offering):
        page = page_of(match, viewer) + list_of(viewer)
        hidden = ("98-7654321", "11201", "40.69", "-73.99")
        assert [word for word in hidden if word in page] == []


def test_a_confidential_need_tells_its_counties_and_no_distance():
    party = make_party(confidential=True, counties=["Kings County, NY", "Queens County, NY"])
    match = make_match(make_need(party, confidential=True, counties=party.counties))

    page = page_of(match, people_of(match)[1])

    assert "Kings County, NY<br>Queens County, NY</dd>" in page
    assert " km" not in page
    assert " mile" not in page


@pytest.mark.parametrize(
    ("seats", "before", "after"),
    [(1, "A few people", "1 person"), (4, "A few people", "4 people"), (5, "5 people", "5 people")],
)
def test_few_seats_are_not_counted_before_the_introduction(seats, before, after):
    need = make_need(seats=seats)
    match = make_match(need)
    _, offering = people_of(match)
    assert f"<dd>{before}</dd>" in page_of(match, offering)

    Match.objects.filter(pk=match.pk).update(
        status="introduced", introduced_at=NOON, **said("need"), **said("offer")
    )
    assert f"<dd>{after}</dd>" in page_of(match, offering)


def test_the_place_of_work_is_told_after_the_introduction():
    offer = make_offer(make_party("business"), kind="job", workplace="12 Mill Road, back door")
    need = make_need(kind="job")
    match = make_match(need, offer)
    asking, _ = people_of(match)
    page = page_of(match, asking)
    assert "$21.00 an hour" in page
    assert "Mill Road" not in page

    Match.objects.filter(pk=match.pk).update(
        status="introduced", introduced_at=NOON, **said("need"), **said("offer")
    )
    assert "Mill Road" in page_of(match, asking)


def test_the_score_is_shown_in_words_alone():
    match = make_match(score=0.876543)

    page = page_of(match, people_of(match)[0])

    assert "A very good fit" in page
    digits = ("0.8", "87%", "88%", "87 %", "88 %")
    assert [number for number in digits if number in page] == []


def test_what_fits_what_is_close_and_what_is_unknown_stand_under_each_other():
    offer = make_offer(
        make_party("business"), kind="job", terms=["child_care", "time_off_for_appointments"]
    )
    told = [
        {"code": "sessions_some", "params": {"covered": 7, "possible": 8}},
        {"code": "online", "params": {}},
    ]
    match = make_match(make_need(kind="job"), offer, reasons=told)
    asking, offering = people_of(match)

    page = page_of(match, asking)

    in_order = [
        "You can meet online.",
        "What does not quite fit",
        "They can come to 7 of your 8 times.",
        "What we do not know yet",
        "They have not said yet: transport.",
    ]
    assert sorted(in_order, key=page.index) == in_order
    assert "You have not said yet: transport." in page_of(match, offering)
    edit = reverse("opportunities:offer_edit", args=[offer.public_id])
    assert edit in page_of(match, offering)
    assert reverse("opportunities:need_edit", args=[match.need.public_id]) not in page


def test_words_in_another_language_than_the_readers_say_so():
    offer = make_offer(title="Clase de costura", description="Enseño a coser en las tardes.")
    match = make_match(make_need(title="A sewing class", description="For women."), offer)
    asking, offering = people_of(match)

    page = page_of(match, asking)

    assert '<h1 lang="es">Clase de costura</h1>' in page
    assert '<p lang="es">' in page
    assert "Written in Spanish." in page
    assert "Written in" not in page_of(match, offering)


def test_a_match_with_nothing_close_or_unknown_says_nothing_of_it():
    match = make_match(reasons=[{"code": "online", "params": {}}])

    page = page_of(match, people_of(match)[0])

    assert "What does not quite fit" not in page
    assert "What we do not know yet" not in page


def test_what_people_wrote_is_text_and_never_markup():
    match = make_match(make_need(title="<b>x</b>", description="<script>alert(1)</script>"))

    page = page_of(match, people_of(match)[1])

    assert "<script>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_hours_read_like_a_sentence_in_their_own_time_zone():
    match = make_match(make_need(slots=["Tue 18:00-20:30"]))

    page = page_of(match, people_of(match)[1])

    assert "<dd>Tuesday, 6 p.m. to 8:30 p.m.<br>Eastern (New York)</dd>" in page


def test_a_fresh_no_is_not_seen_by_the_other_side():
    asked = make_match(make_need(), make_offer())
    match = make_match(
        make_need(asked.need.party),
        make_offer(asked.offer.party),
        **said("need", "no", ago=timedelta(minutes=9)),
    )
    _, offering = people_of(match)

    fresh, untouched = page_of(match, offering), page_of(asked, offering)
    assert main_of(fresh, match) == main_of(untouched, asked)


def test_a_block_looks_like_any_other_no():
    blocked = make_match(status="blocked", **said("need", "no"))
    declined = make_match(status="declined", **said("need", "no"))

    page = page_of(blocked, people_of(blocked)[1])

    sentence = "The other side cannot do this one. We keep looking."
    assert sentence in page
    assert sentence in page_of(declined, people_of(declined)[1])
    assert "lock" not in page[page.index("<main") : page.index("</main>")].lower()


def test_a_need_for_work_tells_its_shifts_and_a_class_its_sessions():
    need = make_need(kind="job", shifts_per_week=3, minutes=480)
    job = make_match(need, make_offer(make_party("business"), kind="job"))
    lesson = make_match(make_need(sessions=4, minutes=90))

    assert "<dd>3 shifts a week, 8 hours</dd>" in page_of(job, people_of(job)[1])
    assert "<dd>4 times, 90 minutes each</dd>" in page_of(lesson, people_of(lesson)[1])


@pytest.mark.parametrize("status", ["proposed", "introduced", "ended"])
@pytest.mark.parametrize("side", ["need", "offer"])
def test_of_all_that_is_known_only_the_white_list_reaches_the_other_side(side, status):
    match = make_match(
        make_need(make_party(), kind="job"),
        make_offer(make_party("business"), kind="job"),
        status,
        need_reason="canary",
        offer_reason="canary",
        closed_reason="canary",
    )
    posting = match.posting_of(side)
    for field in ("import_id", "questions", "exclusions"):
        if hasattr(posting, field):
            many = isinstance(getattr(posting, field), list)
            setattr(posting, field, ["canary"] if many else "canary")
    posting.zip = "99999"
    posting.latitude, posting.longitude = 12.345678, -98.765432
    posting.save()
    for field in ("legal_name", "registration_number", "mission", "website", "alias"):
        setattr(posting.party, field, "canary")
    posting.party.save()
    viewer = owner_of(match.posting_of(OTHER[side]).party)

    page = page_of(match, viewer) + list_of(viewer)

    hidden = (
        "canary",
        "99999",
        "12.34",
        "98.76",
        str(posting.public_id),
        str(posting.party.public_id),
    )
    assert [word for word in hidden if word in page] == []


def test_what_the_matcher_wrote_tells_no_silent_fact_either():
    need = make_need(**(SILENT | {"audience": "both"}))
    teacher = make_user()
    make_check(teacher, "fingerprint")
    offer = make_offer(audience="both", people=[teacher])
    for subject, posting in (("need", need), ("offer", offer)):
        trail.changed(subject=subject, ids=[posting.pk], at=NOON)
    assert match_changes(at=NOON) == 1
    match = Match.objects.get()

    page = main_of(page_of(match, people_of(match)[1]), match)

    assert "<li>" in page
    silent = ("alcohol", "woman", "faith", "private", "minor", "child", "adult", "audience")
    assert [word for word in silent if word in page.lower()] == []
