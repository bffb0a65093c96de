"""Postings are saved, published and edited: what is asked, inherited, derived and refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from accounts.places import UnknownCounty, UnknownZip
from opportunities import actions
from opportunities.models import Need, Offer, Topic
from tests.factories import NOON, make_need, make_offer, make_party, make_user, owner_of
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db


def topics(*slugs):
    return list(Topic.objects.filter(slug__in=slugs))


CLASS = {
    "title": "Car care for beginners",
    "start_date": date(2027, 2, 1),
    "end_date": date(2027, 5, 30),
    "slots": ["Tue 18:00-20:00"],
}
JOB = {
    "kind": "job",
    "title": "Baker's helper",
    "start_date": date(2027, 2, 1),
    "mode": "in_person",
    "pay_amount": Decimal("19.50"),
    "pay_period": "hour",
    "hours_per_week": Decimal(32),
    "shift_minutes": 480,
    "workplace": "Our bakery, 12 Main Street",
    "supervisor": "Head baker",
    "record_policy": "not_asked",
}
APPRENTICESHIP = JOB | {
    "kind": "apprenticeship",
    "title": "Baker's apprentice",
    "length_months": 12,
    "credential": "Baker",
    "sponsor": "The bakers' guild",
    "instruction": "Two evenings a month",
    "wage_steps": "$20 after six months",
}
WORK_WANTED = {
    "kind": "job",
    "title": "Work in a bakery",
    "start_date": date(2027, 2, 1),
    "end_date": date(2027, 2, 28),
    "slots": ["Mon 08:00-16:00", "Tue 08:00-16:00", "Wed 08:00-16:00"],
    "minutes": 480,
    "shifts_per_week": 3,
}


def draft(model, party, *, slugs=("car-maintenance",), **facts):
    return actions.save_draft(
        model=model,
        party=party,
        by=owner_of(party),
        facts={"topics": topics(*slugs)} | facts,
        at=NOON,
    )


def changes():
    return list(Change.objects.order_by("pk").values_list("subject", "subject_id"))


# Drafts


def test_a_draft_asks_for_nothing():
    party = make_party(verified=False, zip="", latitude=None, longitude=None, time_zone="")

    need = actions.save_draft(model=Need, party=party, by=owner_of(party), facts={}, at=NOON)

    assert (need.status, need.title, need.round) == ("draft", "", 0)
    assert changes() == []


def test_saving_a_draft_again_changes_only_what_is_given():
    need = draft(Need, make_party(), title="Car care", seats=6)

    actions.save_draft(
        model=Need,
        party=need.party,
        by=owner_of(need.party),
        facts={"seats": 8},
        posting=need,
        at=NOON,
    )

    need.refresh_from_db()
    assert (need.title, need.seats) == ("Car care", 8)
    assert [topic.slug for topic in need.topics.all()] == ["car-maintenance"]


def test_a_published_posting_is_no_draft():
    need = make_need()

    with pytest.raises(actions.NotADraft):
        actions.save_draft(
            model=Need,
            party=need.party,
            by=owner_of(need.party),
            facts={"title": "x"},
            posting=need,
            at=NOON,
        )


def test_a_fact_that_nobody_knows_is_a_mistake_of_ours():
    with pytest.raises(TypeError, match="Need has no capacity"):
        draft(Need, make_party(), capacity=3)


def test_a_posting_stands_where_its_party_does_unless_it_says_otherwise():
    party = make_party()

    here = draft(Need, party)
    there = draft(Need, party, zip="96910")

    assert (here.zip, here.county, here.state) == ("11201", "Kings County, NY", "NY")
    assert (here.latitude, here.time_zone) == (40.69, "America/New_York")
    assert (there.zip, there.county, there.state) == ("96910", "Guam, GU", "GU")
    assert there.time_zone == "Pacific/Guam"


def test_coordinates_win_over_the_zip_s_point_and_a_given_zone_over_its_zone():
    offer = draft(
        Offer,
        make_party("volunteer"),
        zip="10001",
        latitude=41.5,
        longitude=-73.5,
        time_zone="America/Chicago",
    )

    assert (offer.latitude, offer.longitude, offer.county) == (41.5, -73.5, "New York County, NY")
    assert offer.time_zone == "America/Chicago"


def test_a_new_zip_brings_its_own_point_and_the_same_zip_keeps_a_finer_one():
    party = make_party()
    offer = draft(Offer, party, zip="10001", latitude=41.5, longitude=-73.5)

    def save(**facts):
        saved = actions.save_draft(
            model=Offer, party=party, by=owner_of(party), facts=facts, posting=offer, at=NOON
        )
        return saved.latitude

    assert save(zip="10001") == 41.5
    assert save(zip="10002") != 41.5


def test_a_zip_that_does_not_exist_is_refused():
    with pytest.raises(UnknownZip):
        draft(Need, make_party(), zip="00000")


def test_a_time_zone_that_does_not_exist_is_refused():
    with pytest.raises(actions.UnknownTimeZone):
        draft(Need, make_party(), time_zone="America/Gotham")


def test_a_need_of_a_confidential_party_is_confidential_in_its_counties():
    party = make_party(confidential=True, counties=["Kings County, NY"])

    need = draft(Need, party)

    assert (need.confidential, need.counties) == (True, ["Kings County, NY"])
    assert (need.zip, need.latitude, need.county, need.state) == ("", None, "", "NY")
    assert need.venue == "neutral"


def test_a_confidential_need_forgets_every_place_it_is_given():
    need = draft(
        Need,
        make_party(),
        confidential=True,
        counties=["new york county, NY", "Kings, NY"],
        zip="11201",
        latitude=40.7,
        longitude=-74.0,
    )

    assert need.counties == ["New York County, NY", "Kings County, NY"]
    assert (need.zip, need.latitude, need.longitude, need.county) == ("", None, None, "")
    assert (need.state, need.time_zone) == ("NY", "America/New_York")


def test_hiding_a_need_later_leaves_nothing_of_its_place():
    need = draft(Need, make_party())

    actions.save_draft(
        model=Need,
        party=need.party,
        by=owner_of(need.party),
        facts={"confidential": True, "counties": ["Kings County, NY"]},
        posting=need,
        at=NOON,
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(n)::text FROM opportunities_need n")
        (row,) = cursor.fetchone()
    assert "11201" not in row
    assert "40.69" not in row


def test_a_county_that_does_not_exist_is_refused():
    with pytest.raises(UnknownCounty):
        draft(Need, make_party(), confidential=True, counties=["Gotham County, NY"])


def test_a_volunteer_s_offer_names_the_volunteer_as_coming():
    party = make_party("volunteer")

    assert list(draft(Offer, party).people.all()) == [owner_of(party)]
    assert list(draft(Offer, party, people=[]).people.all()) == []
    assert list(draft(Offer, make_party("business")).people.all()) == []


def test_nobody_from_outside_is_named_as_coming_or_as_contact():
    with pytest.raises(actions.NotOfTheTeam):
        draft(Offer, make_party("business"), people=[make_user()])
    with pytest.raises(actions.NotOfTheTeam):
        draft(Need, make_party(), contact=make_user())


def test_more_than_six_topics_say_nothing():
    with pytest.raises(actions.TooManyTopics):
        draft(Need, make_party(), topics=list(Topic.objects.all()[:7]))


def test_hours_are_kept_in_one_order_and_without_doubles():
    need = draft(Need, make_party(), slots=["Sat 9:00-12:00", "Tue 18:00-20:00", "Sat 09:00-12:00"])

    assert need.slots == ["Tue 18:00-20:00", "Sat 09:00-12:00"]


def test_hours_that_say_no_time_are_refused():
    with pytest.raises(actions.HoursUnreadable, match="is not like"):
        draft(Need, make_party(), slots=["Tue evening"])


@pytest.mark.parametrize("wish", ["faith_content", "not_woman_led"])
def test_wishes_about_the_teacher_are_for_classes_only(wish):
    draft(Need, make_party(), exclusions=[wish])

    with pytest.raises(actions.WishesAreForClasses):
        draft(Need, make_party(), **WORK_WANTED, exclusions=[wish])


def test_an_identity_is_not_stored_even_in_a_draft():
    with pytest.raises(actions.WordsRefused) as refused:
        draft(Need, make_party(), description="For my client Maria, 23")

    assert [field for field, _why in refused.value.problems] == ["description"]
    assert not Need.objects.exists()


def test_a_draft_may_still_say_what_may_not_be_published():
    offer = draft(Offer, make_party("business"), **JOB | {"title": "Unpaid internship"})

    with pytest.raises(actions.WordsRefused):
        actions.publish(posting=offer, by=owner_of(offer.party), at=NOON)


# What publishing asks for


def missing_after(model, kind_facts, **lacking):
    party = make_party("business")
    return actions.missing_facts(draft(model, party, **(kind_facts | lacking)))


def test_a_whole_posting_lacks_nothing():
    assert missing_after(Need, CLASS) == []
    assert missing_after(Offer, CLASS) == []
    assert missing_after(Need, WORK_WANTED) == []
    assert missing_after(Offer, JOB) == []
    assert missing_after(Offer, APPRENTICESHIP) == []


@pytest.mark.parametrize(
    ("lacking", "asked"),
    [
        ({"title": " "}, "title"),
        ({"topics": []}, "at least one topic"),
        ({"languages": []}, "languages"),
        ({"start_date": None}, "first day"),
        ({"end_date": None}, "last day"),
        ({"zip": ""}, "ZIP code"),
    ],
)
def test_a_class_is_asked_for_what_matching_needs(lacking, asked):
    party = make_party()
    need = draft(Need, party, **CLASS)

    need = actions.save_draft(
        model=Need, party=party, by=owner_of(party), facts=lacking, posting=need, at=NOON
    )

    assert actions.missing_facts(need) == [asked]


@pytest.mark.parametrize("field", ["format", "venue"])
def test_a_class_states_its_format_and_venue(field):
    need = make_need(status="draft", **{field: ""})

    assert actions.missing_facts(need) == [field]


def test_an_offer_may_have_no_end_and_an_online_class_no_place():
    assert missing_after(Offer, CLASS, end_date=None) == []
    assert missing_after(Need, CLASS, mode="remote", zip="") == []


def test_a_confidential_need_names_counties_unless_it_is_online():
    hidden = {"confidential": True, "counties": []}

    assert missing_after(Need, CLASS, **hidden) == ["counties"]
    assert missing_after(Need, CLASS, **hidden, mode="remote") == []


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("pay_amount", "pay"),
        ("pay_period", "what the pay is for (an hour, a week, …)"),
        ("hours_per_week", "hours a week"),
        ("shift_minutes", "length of a shift"),
        ("workplace", "place of work"),
        ("supervisor", "supervisor's role"),
        ("record_policy", "policy on records"),
    ],
)
def test_work_states_everything_that_traps_hide(field, asked):
    nothing = "" if isinstance(JOB[field], str) else None

    assert missing_after(Offer, JOB, **{field: nothing}) == [asked]


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("length_months", "length in months"),
        ("credential", "credential earned"),
        ("sponsor", "apprenticeship sponsor"),
        ("instruction", "related instruction"),
        ("wage_steps", "wage steps"),
    ],
)
def test_an_apprenticeship_states_what_it_leads_to(field, asked):
    nothing = "" if isinstance(APPRENTICESHIP[field], str) else None

    assert missing_after(Offer, APPRENTICESHIP, **{field: nothing}) == [asked]


def test_work_wanted_states_hours_and_shifts():
    assert missing_after(Need, WORK_WANTED, slots=[]) == ["possible hours"]
    assert missing_after(Need, WORK_WANTED, shifts_per_week=None) == ["shifts a week"]


def test_the_hours_of_work_wanted_hold_its_shifts():
    asked = ["as many possible hours as shifts a week, each as long as a shift"]

    assert missing_after(Need, WORK_WANTED, shifts_per_week=4) == asked
    assert missing_after(Need, WORK_WANTED, minutes=481) == asked


@pytest.mark.parametrize(
    ("last_day", "sessions"),
    [(date(2027, 2, 28), 12), (date(2027, 2, 27), 9), (date(2027, 2, 2), 1)],
)
def test_sessions_of_work_follow_from_shifts_and_whole_weeks(last_day, sessions):
    need = draft(Need, make_party(), **WORK_WANTED | {"end_date": last_day})

    assert need.sessions == sessions


def test_publishing_names_everything_that_is_missing_at_once():
    party = make_party()
    need = actions.save_draft(model=Need, party=party, by=owner_of(party), facts={}, at=NOON)

    with pytest.raises(actions.FactsMissing) as refused:
        actions.publish(posting=need, by=owner_of(party), at=NOON)

    assert refused.value.missing == ["title", "at least one topic", "first day", "last day"]
    assert str(refused.value) == (
        "Before it can be published, please add: title, at least one topic, first day, last day."
    )


def test_what_is_over_is_not_published():
    need = draft(Need, make_party(), **CLASS | {"start_date": None, "end_date": date(2027, 1, 11)})
    need.start_date = date(2027, 1, 1)
    need.save(update_fields=["start_date"])

    with pytest.raises(actions.DateIsPast):
        actions.publish(posting=need, by=owner_of(need.party), at=NOON)


@pytest.mark.parametrize(
    ("pay", "refused"),
    [
        ({"pay_amount": Decimal("16.00")}, False),
        ({"pay_amount": Decimal("15.99")}, True),
        ({"pay_amount": Decimal("10.65"), "tips": True}, False),
        ({"pay_amount": Decimal("10.64"), "tips": True}, True),
        ({"pay_amount": Decimal(128), "pay_period": "day"}, False),
        ({"pay_amount": Decimal(127), "pay_period": "day"}, True),
        ({"pay_amount": Decimal(511), "pay_period": "week"}, True),
        ({"pay_amount": Decimal(2200), "pay_period": "month"}, True),
        ({"pay_amount": Decimal(27000), "pay_period": "year"}, False),
        ({"pay_amount": Decimal("7.25"), "zip": "75201"}, False),
        ({"pay_amount": Decimal("7.24"), "zip": "75201"}, True),
    ],
)
def test_pay_under_the_minimum_wage_of_its_state_is_refused(pay, refused):
    offer = draft(Offer, make_party("business"), **(JOB | pay))

    if refused:
        with pytest.raises(
            actions.WordsRefused, match=r"less than the minimum wage.*If that is wrong"
        ):
            actions.publish(posting=offer, by=owner_of(offer.party), at=NOON)
    else:
        actions.publish(posting=offer, by=owner_of(offer.party), at=NOON)


# Edits


def edit(posting, **facts):
    return actions.edit(posting=posting, by=owner_of(posting.party), facts=facts, at=NOON)


NEED_MATERIAL = {
    "topics": ["budgeting"],
    "mode": "either",
    "zip": "10001",
    "start_date": date(2027, 1, 2),
    "end_date": date(2027, 7, 30),
    "slots": ["Wed 18:00-20:00"],
    "dates": [date(2027, 2, 2)],
    "time_zone": "America/Chicago",
    "minutes": 60,
    "sessions": 3,
    "languages": ["es"],
    "check_level": "registry",
    "audience": "both",
    "exclusions": ["alcohol"],
    "requires": ["transport"],
    "seats": 5,
}
OFFER_MATERIAL = {
    "topics": ["budgeting"],
    "mode": "either",
    "zip": "10001",
    "radius_km": 60.0,
    "start_date": date(2027, 1, 2),
    "end_date": None,
    "slots": ["Wed 18:00-20:00"],
    "languages": ["en", "es"],
    "audience": "both",
    "tags": ["alcohol"],
    "terms": ["transport"],
    "capacity": 12,
}


def given(field, value):
    return {field: topics(*value) if field == "topics" else value}


@pytest.mark.parametrize("field", NEED_MATERIAL)
def test_a_material_change_of_a_need_counts(field):
    need = make_need()

    assert edit(need, **given(field, NEED_MATERIAL[field])).revision == 2
    assert changes() == [("need", need.pk)]


@pytest.mark.parametrize("field", OFFER_MATERIAL)
def test_a_material_change_of_an_offer_counts(field):
    offer = make_offer()

    assert edit(offer, **given(field, OFFER_MATERIAL[field])).revision == 2
    assert changes() == [("offer", offer.pk)]


def test_who_comes_and_what_is_paid_are_material():
    party = make_party("business")
    offer = make_offer(party, kind="job", topics=("baker",))

    assert edit(offer, people=[owner_of(party)]).revision == 2
    assert edit(offer, pay_amount=Decimal(25)).revision == 3


@pytest.mark.parametrize(
    "facts", [{"title": "Care for your car"}, {"helpers": 2}, {"venue": "nonprofit"}]
)
def test_another_change_does_not_count_but_the_matcher_sees_it(facts):
    need = make_need()

    assert edit(need, **facts).revision == 1
    assert changes() == [("need", need.pk)]


def test_saving_the_same_again_changes_nothing():
    need = make_need(languages=["en", "es"], zip="11201")

    edit(
        need,
        title=need.title,
        languages=["es", "en"],
        zip="11201",
        topics=topics("car-maintenance"),
        slots=["Tue 18:00-20:00"],
    )

    need.refresh_from_db()
    assert need.revision == 1
    assert changes() == []
    assert not Audit.objects.exists()


def test_the_kind_of_a_published_posting_is_fixed():
    with pytest.raises(actions.KindIsFixed):
        edit(make_need(), kind="job")


def test_the_kind_of_a_draft_that_was_sent_back_is_fixed():
    need = make_need(status="draft", round=1)

    with pytest.raises(actions.KindIsFixed):
        actions.save_draft(
            model=Need,
            party=need.party,
            by=owner_of(need.party),
            facts={"kind": "job"},
            posting=need,
            at=NOON,
        )


def test_an_edit_keeps_a_published_posting_whole():
    with pytest.raises(actions.FactsMissing):
        edit(make_need(), title="")
    with pytest.raises(actions.DateIsPast):
        edit(make_need(), end_date=date(2027, 1, 11))


def test_a_refused_edit_leaves_everything_as_it_was():
    need = make_need()

    with pytest.raises(actions.WordsRefused):
        edit(need, title="Call 212-555-0100", topics=topics("budgeting"))

    need.refresh_from_db()
    assert need.title == "Car care for beginners"
    assert [topic.slug for topic in need.topics.all()] == ["car-maintenance"]


@pytest.mark.parametrize("status", ["draft", "withdrawn", "completed", "expired"])
def test_what_is_not_published_is_not_edited(status):
    with pytest.raises(actions.CannotChange):
        edit(make_need(status=status), title="Care for your car")


def test_an_edit_is_written_down_by_field_names_alone():
    need = make_need()

    edit(need, title="Care for your car", seats=7)

    (entry,) = Audit.objects.all()
    assert (entry.verb, entry.actor_id) == ("need_edited", owner_of(need.party).pk)
    assert entry.facts == {"fields": ["seats", "title"], "status": "open", "round": 0}
