"""What people type about a posting: read kindly, refused clearly, kept."""

from datetime import date
from decimal import Decimal

import pytest

from opportunities.distances import in_km, in_miles
from opportunities.forms.hours import HoursForm
from opportunities.forms.terms import TermsForm
from opportunities.forms.topics import TopicsForm
from opportunities.forms.words import WordsForm
from opportunities.forms.work import WorkForm
from opportunities.models import Condition, Need, Topic
from tests.factories import make_need, make_offer, make_party
from tests.opportunities.pages import CLASS_HOURS, CLASS_PLACE, CLASS_TERMS, WORK_PAY

pytestmark = pytest.mark.django_db

TODAY = date(2027, 1, 12)  # a Tuesday


def filled(form, posting, answers, **options):
    return form(answers, posting=posting, today=TODAY, **options)


def errors(form, posting, answers, **options):
    """Field to what is said there."""
    return {
        name: " ".join(said)
        for name, said in filled(form, posting, answers, **options).errors.items()
    }


def hours(need=None, **answers):
    kept = {name: value for name, value in (CLASS_HOURS | answers).items() if value != ""}
    return need or make_need(slots=[]), kept


# Words


def test_words_are_asked_for_and_every_question_says_why():
    form = WordsForm(posting=Need(party=make_party()), today=TODAY)

    assert [name for name, field in form.fields.items() if field.required] == ["kind", "title"]
    assert all(field.help_text for field in form.fields.values())


@pytest.mark.parametrize(
    "typed", ["Call 212-555-0100", "write to maria@example.org", "her SSN is 123-45-6789"]
)
def test_what_names_a_person_is_refused_at_its_field(typed):
    answers = {"kind": "class", "title": "A class", "description": typed}

    found = errors(WordsForm, make_need(status="draft"), answers)
    put_aside = filled(WordsForm, make_need(status="draft"), answers, asks_all=False)

    assert list(found) == ["description"]
    assert put_aside.is_valid()  # the action refuses to store it all the same


# Topics and place


def test_topics_that_the_words_suggest_are_ticked():
    need = make_need(title="Cooking class", description="Simple, cheap meals", topics=())

    form = TopicsForm(posting=need, today=TODAY)

    assert "cooking" in form.initial["topics"]
    ticked = set(form.initial["topics"])
    assert ticked <= {slug for slug, _sure in form.suggested}
    assert ticked


def test_chosen_topics_stay_and_suggestions_are_only_offered():
    need = make_need(title="Cooking class", topics=("car-maintenance",))

    form = TopicsForm(posting=need, today=TODAY)

    assert form.initial["topics"] == ["car-maintenance"]
    assert len(form.fields["topics"].choices) > 1


def test_a_topic_is_looked_for_by_part_of_its_name_or_synonym():
    need = make_need()

    looked = filled(TopicsForm, need, CLASS_PLACE | {"look": "plumb"}).looked()

    offered = [slug for slug, _name in looked.fields["topics"].choices]
    assert {"plumber-apprentice", "home-repair-basics"} < set(offered)
    beside = {"budgeting", *(slug for slug, _sure in looked.suggested)}  # ticked, and suggested
    assert looked.found == len(set(offered) - beside)
    assert looked["topics"].value() == ["budgeting"]
    assert looked["zip"].value() == "11201"


def test_a_topic_of_the_whole_list_is_added_and_ticked():
    added = filled(TopicsForm, make_need(), CLASS_PLACE | {"other": "self-care"}).added()

    assert added["topics"].value() == ["budgeting", "self-care"]


def test_a_chosen_topic_counts_also_without_pressing_add():
    form = filled(TopicsForm, make_need(), CLASS_PLACE | {"topics": [], "other": "self-care"})

    assert form.is_valid()
    assert [topic.slug for topic in form.facts()["topics"]] == ["self-care"]


def groups_to_choose_from(posting):
    choices = TopicsForm(posting=posting, today=TODAY).fields["other"].choices
    return [group for group, _members in list(choices)[1:]]


def test_the_list_holds_the_topics_of_the_kind_and_looking_finds_all():
    lessons = ["Life skills", "Career readiness", "Certification", "Care"]
    assert groups_to_choose_from(make_offer(kind="job")) == ["Job"]
    assert groups_to_choose_from(make_offer()) == lessons

    looked = filled(TopicsForm, make_need(), CLASS_PLACE | {"look": "Baker"}).looked()

    assert "baker" in [slug for slug, _name in looked.fields["topics"].choices]


def test_no_topic_and_too_many_topics_are_refused():
    many = list(Topic.objects.values_list("slug", flat=True)[:7])
    need = make_need(topics=many)

    assert "at least one topic" in errors(TopicsForm, need, CLASS_PLACE | {"topics": []})["topics"]
    assert "at most 6 topics" in errors(TopicsForm, need, CLASS_PLACE | {"topics": many})["topics"]


def test_a_retired_topic_stays_with_its_posting_and_is_offered_to_no_other():
    Topic.objects.filter(slug="budgeting").update(retired=True)
    carrying = make_need(topics=("budgeting",))

    assert filled(TopicsForm, carrying, CLASS_PLACE).is_valid()
    assert list(errors(TopicsForm, make_need(topics=()), CLASS_PLACE)) == ["topics"]


@pytest.mark.parametrize("code", ["00000", "1120", "abcde", "99999"])
def test_an_unknown_zip_gets_a_clear_error(code):
    found = errors(TopicsForm, make_need(), CLASS_PLACE | {"zip": code})

    assert list(found) == ["zip"]
    assert "ZIP code" in found["zip"]


@pytest.mark.parametrize("code", ["00901", "96910", "00802", "96799", "96950"])
def test_territories_are_places_too(code):
    assert errors(TopicsForm, make_need(), CLASS_PLACE | {"zip": code}) == {}


def test_an_unknown_county_is_named_with_what_was_perhaps_meant():
    need = make_need(
        make_party(confidential=True, counties=["Kings County, NY"]),
        confidential=True,
        counties=["Kings County, NY"],
        zip="",
        latitude=None,
        longitude=None,
        county="",
    )

    found = errors(TopicsForm, need, CLASS_PLACE | {"counties": "Kigns County"})

    assert "Did you mean: Kings County, NY" in found["counties"]


def test_online_needs_no_venue():
    answers = CLASS_PLACE | {"mode": "remote"}
    del answers["venue"]
    form = filled(TopicsForm, make_need(), answers)

    assert form.is_valid()
    assert form.facts()["venue"] == "online"
    assert list(errors(TopicsForm, make_need(), answers | {"mode": "either"})) == ["venue"]


def test_work_is_not_asked_for_format_and_venue():
    fields = TopicsForm(posting=make_offer(kind="job"), today=TODAY).fields

    assert {"format", "venue"} & set(fields) == set()


def test_miles_are_stored_as_kilometers_and_what_is_untouched_is_kept():
    offer = make_offer(radius_km=40)
    assert (in_miles(40), in_km(Decimal(25)), in_miles(16.1)) == (25, 40.2, 10)

    untouched = filled(TopicsForm, offer, CLASS_PLACE | {"radius_miles": "25"})
    changed = filled(TopicsForm, offer, CLASS_PLACE | {"radius_miles": "10"})

    assert (untouched.is_valid(), changed.is_valid()) == (True, True)
    assert "radius_km" not in untouched.facts()
    assert changed.facts()["radius_km"] == 16.1


# Days and hours


def test_weekly_times_become_slots():
    need, answers = hours(from_5="9 am", to_5="12:30 PM", from_6="22:00", to_6="02:00")
    form = filled(HoursForm, need, answers | {"sessions": "2"})

    assert form.is_valid(), form.errors
    assert form.facts()["slots"] == ["Tue 18:00-20:00", "Sat 09:00-12:30", "Sun 22:00-02:00"]


def test_a_second_time_on_the_same_day_is_possible():
    need, answers = hours(more_day_0="1", more_from_0="09:00", more_to_0="10:30")

    assert filled(HoursForm, need, answers).is_valid()
    form = filled(HoursForm, need, answers)
    form.is_valid()
    assert form.facts()["slots"] == ["Tue 09:00-10:30", "Tue 18:00-20:00"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"from_0": "18:00"}, "to_0"),
        ({"to_0": "18:00"}, "from_0"),
        ({"from_0": "25:00", "to_0": "26:00"}, "from_0"),
        ({"more_from_0": "18:00", "more_to_0": "19:00"}, "more_day_0"),
        ({"more_day_0": "3"}, "more_from_0"),
        ({"any_time": "on"}, "any_time"),
        ({"end_date": "2027-01-31"}, "end_date"),
        ({"end_date": "2031-01-31"}, "end_date"),
        ({"start_date": "2026-01-01", "end_date": "2027-01-11"}, "end_date"),
        ({"date_0": "2027-02-03"}, "date_0"),  # a Wednesday
        ({"date_0": "2027-07-06"}, "date_0"),  # after the last day
        ({"minutes": "121"}, "minutes"),
        ({"sessions": "30"}, "sessions"),
        ({"from_1": "", "to_1": ""}, "any_time"),
    ],
)
def test_what_could_never_happen_is_refused_at_its_field(typed, field):
    need, answers = hours(**typed)

    assert field in errors(HoursForm, need, answers)


def test_any_time_is_an_answer():
    need, answers = hours(from_1="", to_1="", any_time="on")
    form = filled(HoursForm, need, answers)

    assert form.is_valid()
    assert form.facts()["slots"] == []


def test_single_dates_are_kept_in_order():
    need, answers = hours(date_0="2027-02-16", date_2="2027-02-02", sessions="2")
    form = filled(HoursForm, need, answers)

    assert form.is_valid(), form.errors
    assert form.facts()["dates"] == [date(2027, 2, 2), date(2027, 2, 16)]


def test_a_need_of_work_gives_enough_hours_for_its_shifts():
    need = make_need(kind="job", slots=[])
    answers = {
        "start_date": "2027-02-01",
        "end_date": "2027-06-30",
        "from_0": "08:00",
        "to_0": "16:00",
        "shift_hours": "8",
        "shifts_per_week": "2",
    }

    assert list(errors(HoursForm, need, answers)) == ["shifts_per_week"]
    assert errors(HoursForm, need, answers | {"shifts_per_week": "1"}) == {}
    assert list(errors(HoursForm, need, answers | {"shift_hours": "9"})) == ["shift_hours"]


def test_an_offer_needs_no_last_day():
    answers = {"start_date": "2027-02-01", "from_1": "18:00", "to_1": "20:00"}
    form = filled(HoursForm, make_offer(), answers)

    assert form.is_valid()
    assert form.facts()["end_date"] is None


# Pay


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"pay_amount": "0"}, "pay_amount"),
        ({"pay_amount": "7.24"}, "pay_amount"),
        ({"pay_amount": "200", "pay_period": "week"}, "pay_amount"),  # 6.25 an hour
        ({"pay_amount": ""}, "pay_amount"),
        ({"supervisor": ""}, "supervisor"),
        ({"workplace": ""}, "workplace"),
        ({"record_policy": ""}, "record_policy"),
        ({"shift_hours": ""}, "shift_hours"),
    ],
)
def test_work_is_paid_and_says_so(typed, field):
    assert list(errors(WorkForm, make_offer(kind="job"), WORK_PAY | typed)) == [field]


def test_only_an_apprenticeship_says_what_it_leads_to():
    job, training = make_offer(kind="job"), make_offer(kind="apprenticeship", status="draft")

    assert errors(WorkForm, job, WORK_PAY) == {}
    assert set(errors(WorkForm, training, WORK_PAY)) == {
        "length_months",
        "credential",
        "sponsor",
        "instruction",
        "wage_steps",
    }


# Terms


def test_wishes_about_who_teaches_are_for_classes_only():
    wishes = {"faith_content", "not_woman_led"}

    def offered(posting):
        return {
            slug for slug, _ in TermsForm(posting=posting, today=TODAY)["exclusions"].field.choices
        }

    assert wishes <= offered(make_need())
    assert wishes & offered(make_need(kind="job")) == set()
    asked = CLASS_TERMS | {"exclusions": ["not_woman_led"]}
    assert list(errors(TermsForm, make_need(kind="job"), asked)) == ["exclusions"]


def test_a_condition_that_reviewers_add_is_asked_for():
    Condition.objects.create(slug="loud", kind="setting", label="It is loud")

    form = filled(TermsForm, make_need(), CLASS_TERMS | {"exclusions": ["loud"]})

    assert form.is_valid()
    assert form.facts()["exclusions"] == ["loud"]


def test_only_colleagues_can_be_named_as_coming_or_as_contact():
    offer, stranger = make_offer(make_party("business")), make_party().memberships.get().user
    colleague = offer.party.memberships.get().user
    answers = {"capacity": "4", "groups": "1", "languages": ["en"], "audience": "adults"}

    assert list(errors(TermsForm, offer, answers)) == ["people"]
    assert list(errors(TermsForm, offer, answers | {"people": [stranger.pk]})) == ["people"]
    form = filled(TermsForm, offer, answers | {"people": [colleague.pk]})
    assert form.is_valid()
    assert form.facts()["people"] == [colleague]


@pytest.mark.parametrize(("make", "size"), [(make_need, "seats"), (make_offer, "capacity")])
def test_the_size_of_a_new_group_is_asked_and_never_taken_to_be_one(make, size):
    def shown(**facts):
        return TermsForm(posting=make(**{size: 1} | facts), today=TODAY)[size].value()

    assert shown(status="draft", format="group_class") is None
    assert shown(status="draft", format="mentoring") == 1
    assert shown(format="group_class") == 1


# Times that the words speak of


def ticked(posting, answers=None):
    form = HoursForm(answers, posting=posting, today=TODAY)
    return form["grid"].value() or [], form.is_ticked_from_words


def test_times_in_the_words_are_ticked_once_to_be_confirmed_and_never_over_an_answer():
    words = {"title": "Sewing", "description": "On Tuesday evenings.", "status": "draft"}
    fresh = make_need(slots=[], start_date=None, end_date=None, **words)
    silent = make_need(slots=[], start_date=None, end_date=None, status="draft")

    assert ticked(fresh) == (["1-2"], True)
    assert ticked(fresh, {"any_time": "on"}) == ([], False)
    assert ticked(silent) == ([], False)
    assert ticked(make_need(slots=[], **words)) == ([], False)  # answered: any time
    assert ticked(make_need(slots=["Sat 09:00-12:00"], **words)) == ([], False)


def test_how_long_and_how_often_is_taken_from_the_words_of_a_class():
    words = {"title": "Sewing", "description": "Six sessions, 90 minutes each.", "status": "draft"}
    blank = {"slots": [], "start_date": None, "end_date": None, "minutes": 60, "sessions": 1}

    form = HoursForm(posting=make_need(**blank, **words), today=TODAY)
    work = HoursForm(posting=make_need(kind="job", **blank, **words), today=TODAY)

    assert (form["minutes"].value(), form["sessions"].value()) == (90, 6)
    assert [each.is_filled_from_words for each in (form, work)] == [True, False]
