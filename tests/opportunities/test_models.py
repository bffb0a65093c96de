"""What the database itself refuses, one promise at a time, and what querysets answer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.utils import translation

from opportunities.models import Condition, Need, Offer, PostingReview
from tests.factories import (
    NOON,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)

pytestmark = pytest.mark.django_db


def refuses(constraint):
    return pytest.raises(IntegrityError, match=constraint)


# Every posting


@pytest.mark.parametrize(("make", "word"), [(make_need, "need"), (make_offer, "offer")])
def test_a_posting_is_imported_once(make, word):
    party = make_party()
    make(party, import_id="row 7")

    with refuses(f"{word}_is_imported_once"):
        make(party, import_id="row 7")


@pytest.mark.parametrize("make", [make_need, make_offer])
def test_two_parties_may_use_the_same_import_id(make):
    make(make_party(), import_id="row 7")
    make(make_party(), import_id="row 7")


@pytest.mark.parametrize(("make", "word"), [(make_need, "need"), (make_offer, "offer")])
def test_a_posting_ends_after_it_starts(make, word):
    with refuses(f"{word}_ends_after_it_starts"):
        make(start_date=date(2027, 2, 1), end_date=date(2027, 1, 31))


@pytest.mark.parametrize(("make", "word"), [(make_need, "need"), (make_offer, "offer")])
@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, -181), (40.7, None)])
def test_a_place_is_on_earth(make, word, latitude, longitude):
    with refuses(f"{word}_place_is_on_earth"):
        make(latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(("make", "word"), [(make_need, "need"), (make_offer, "offer")])
@pytest.mark.parametrize(
    "lacking", [{"title": ""}, {"start_date": None}, {"languages": []}, {"time_zone": ""}]
)
def test_a_posting_is_whole_once_sent_in(make, word, lacking):
    with refuses(f"{word}_is_whole_once_sent_in"):
        make(**lacking)


@pytest.mark.parametrize("make", [make_need, make_offer])
def test_a_draft_may_lack_everything(make):
    make(
        status="draft", title="", start_date=None, end_date=None, languages=[], time_zone="", zip=""
    )


# Needs


@pytest.mark.parametrize(
    "place",
    [{"zip": "11201"}, {"latitude": 40.7, "longitude": -74.0}, {"county": "Kings County, NY"}],
)
def test_a_confidential_need_has_no_place(place):
    nowhere = {"zip": "", "latitude": None, "longitude": None, "county": ""}

    with refuses("confidential_need_has_no_place"):
        make_need(confidential=True, counties=["Kings County, NY"], **(nowhere | place))


def test_a_confidential_need_names_its_counties():
    nowhere = {"zip": "", "latitude": None, "longitude": None, "county": ""}
    make_need(confidential=True, counties=[], mode="remote", **nowhere)

    with refuses("confidential_need_names_its_counties"):
        make_need(confidential=True, counties=[], **nowhere)


def test_an_open_need_has_a_last_day():
    with refuses("need_is_whole_once_sent_in"):
        make_need(end_date=None)


@pytest.mark.parametrize("field", ["minutes", "sessions", "seats", "helpers"])
def test_numbers_of_a_need_start_at_one(field):
    with refuses("need_counts_from_one"):
        make_need(**{field: 0})


def test_a_session_is_no_longer_than_a_day():
    with refuses("need_counts_from_one"):
        make_need(minutes=1441)


def test_only_a_class_asks_for_several_helpers():
    make_need(helpers=2)

    with refuses("only_a_class_asks_for_several_helpers"):
        make_need(kind="job", helpers=2)


def test_an_open_need_says_since_when():
    with refuses("open_need_says_since_when"):
        make_need(opened_at=None)


# Offers


@pytest.mark.parametrize(
    "lacking",
    [
        {"pay_amount": None},
        {"pay_amount": 0},
        {"pay_period": ""},
        {"hours_per_week": None},
        {"shift_minutes": None},
        {"workplace": ""},
        {"supervisor": ""},
        {"record_policy": ""},
    ],
)
def test_work_states_its_pay_hours_place_and_supervisor(lacking):
    with refuses("work_states_its_pay_hours_place_and_supervisor"):
        make_offer(kind="job", topics=("baker",), **lacking)


LEADS_TO = {
    "length_months": 12,
    "credential": "Journey worker",
    "sponsor": "Bakers' guild",
    "instruction": "Evenings at the college",
    "wage_steps": "$18, then $20 after six months",
}


@pytest.mark.parametrize("lacking", LEADS_TO)
def test_an_apprenticeship_states_what_it_leads_to(lacking):
    make_offer(kind="apprenticeship", topics=("baker-apprentice",), **LEADS_TO)

    with refuses("apprenticeship_states_what_it_leads_to"):
        nothing = None if lacking == "length_months" else ""
        make_offer(kind="apprenticeship", topics=(), **(LEADS_TO | {lacking: nothing}))


@pytest.mark.parametrize("number", [{"capacity": 0}, {"groups": 0}, {"radius_km": -1}])
def test_numbers_of_an_offer_start_at_one(number):
    with refuses("offer_counts_from_one"):
        make_offer(**number)


def test_an_active_offer_says_since_when():
    with refuses("active_offer_says_since_when"):
        make_offer(opened_at=None)


# Reviews


def make_review(**fields):
    values = {"round": 1, "decision": "approve", "reviewer": make_reviewer(), "at": NOON}
    return PostingReview.objects.create(**(values | fields))


def test_a_review_is_about_one_posting():
    with refuses("posting_review_is_about_one_posting"):
        make_review(need=make_need(), offer=make_offer())


def test_a_review_is_about_something():
    with refuses("posting_review_is_about_one_posting"):
        make_review()


@pytest.mark.parametrize(("make", "word"), [(make_need, "need"), (make_offer, "offer")])
def test_a_reviewer_decides_once_a_round(make, word):
    posting, reviewer = make(), make_reviewer()
    make_review(**{word: posting}, reviewer=reviewer)
    make_review(**{word: posting}, reviewer=reviewer, round=2)
    make_review(**{word: posting}, reviewer=reviewer, decision="suspend", reason="It changed.")

    with refuses(f"{word}_is_reviewed_once_per_round"):
        make_review(**{word: posting}, reviewer=reviewer, decision="decline", reason="No.")


@pytest.mark.parametrize("decision", ["decline", "suspend"])
def test_a_review_gives_a_reason_unless_it_approves(decision):
    with refuses("posting_review_gives_a_reason_unless_it_approves"):
        make_review(offer=make_offer(), decision=decision)


# What querysets answer


def test_only_open_needs_of_verified_parties_in_date_are_open():
    shown = make_need()
    make_need(status="paused")
    make_need(make_party(verified=False))
    make_need(make_party(verified_until=NOON))
    make_need(end_date=date(2027, 1, 11))

    assert list(Need.objects.open_at(NOON)) == [shown]


def test_only_active_offers_of_verified_parties_in_date_are_active():
    shown = [make_offer(), make_offer(end_date=None)]
    make_offer(status="in_review")
    make_offer(make_party(status="suspended"))
    make_offer(end_date=date(2027, 1, 11))

    assert list(Offer.objects.active_at(NOON).order_by("pk")) == shown


def test_a_last_day_is_over_when_it_is_over_everywhere():
    need = make_need(end_date=date(2027, 1, 12))
    eleven = datetime(2027, 1, 13, 11, tzinfo=UTC)  # midnight in Samoa

    assert not Need.objects.over_at(eleven - timedelta(seconds=1)).exists()
    assert list(Need.objects.over_at(eleven)) == [need]


def test_a_person_sees_the_postings_of_their_parties_only():
    mine = make_need()
    make_need()

    assert list(Need.objects.of(owner_of(mine.party))) == [mine]


def test_the_posting_s_contact_is_told_else_the_party_s_else_its_first_owner():
    party = make_party()
    first, contact, staff = owner_of(party), make_user(), make_user()
    for number, (person, role) in enumerate([(make_user(), "owner"), (contact, ""), (staff, "")]):
        joined = NOON - timedelta(days=10 - number)
        party.memberships.create(user=person, role=role or "staff", joined_at=joined)
    assert make_need(party).told == first

    party.contact = staff
    party.save(update_fields=["contact"])
    assert make_need(party).told == staff
    assert make_need(party, contact=contact).told == contact


def test_who_has_left_the_team_or_is_not_active_is_told_nothing():
    party = make_party()
    owner, gone, inactive = owner_of(party), make_user(), make_user(is_active=False)
    party.memberships.create(user=inactive, joined_at=NOON)

    assert make_need(party, contact=gone).told == owner
    assert make_need(party, contact=inactive).told == owner


@pytest.mark.parametrize("colleagues", [0, 3])
def test_who_is_told_is_found_in_one_query(colleagues, django_assert_num_queries):
    need = make_need()
    owner = owner_of(need.party)
    for _ in range(colleagues):
        need.party.memberships.create(user=make_user(), joined_at=NOON)

    with django_assert_num_queries(1):
        assert need.told == owner


def test_required_check_is_fingerprint_where_minors_may_come():
    assert make_need(check_level="references").required_check == "references"
    assert make_need(audience="minors").required_check == "fingerprint"
    assert make_need(audience="both").required_check == "fingerprint"


def test_a_condition_speaks_the_reader_s_language():
    nights = Condition.objects.get(slug="nights")

    assert str(nights) == "Night hours"
    with translation.override("es"):
        assert str(nights) == "Horario nocturno"
