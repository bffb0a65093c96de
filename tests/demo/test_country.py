"""The fictional country: the same for a seed, big enough, plainly invented, and postable."""

import re
from datetime import date

import pytest

from alongside.demo.country import SEED, make_country, texts
from opportunities.actions import missing_facts, save_draft
from opportunities.models import Condition, Need, Offer, Topic
from opportunities.schedules import parse_slots
from screening.judging import screen
from tests.factories import NOON, make_party, owner_of

TODAY = date(2027, 1, 12)
COUNTRY = make_country(seed=SEED, today=TODAY)
NEEDS = [need for plan in COUNTRY.plans for need in plan.needs]
OFFERS = [offer for plan in COUNTRY.plans for offer in plan.offers]
SPOKEN = ("title", "description", "workplace", "supervisor", "credential", "sponsor")


def _kinds(postings):
    return {kind: sum(one["kind"] == kind for one in postings) for kind in Offer.Kind.values}


def test_the_same_seed_and_day_make_the_same_country():
    assert make_country(seed=SEED, today=TODAY) == COUNTRY


def test_another_seed_makes_another_country():
    assert make_country(seed=SEED + 1, today=TODAY) != COUNTRY


def test_enough_people_and_organizations_live_there():
    assert len(COUNTRY.of_kind("nonprofit")) >= 20
    assert len(COUNTRY.of_kind("volunteer")) >= 60
    assert len(COUNTRY.of_kind("business")) >= 25
    assert len({plan.city for plan in COUNTRY.plans}) == 12


def test_there_are_needs_and_offers_of_every_kind():
    assert min(_kinds(NEEDS).values()) >= 5
    assert min(_kinds(OFFERS).values()) >= 5


def test_every_card_is_dealt_once():
    assert len(NEEDS) == len(texts("needs"))
    assert len(OFFERS) == len(texts("volunteers")) + sum(
        len(business["offers"]) for business in texts("businesses")
    )


def test_some_parties_wait_for_a_reviewer_and_the_ready_sign_ins_do_not():
    waiting = [plan for plan in COUNTRY.plans if plan.standing != "verified"]
    ready = [COUNTRY.of_kind(kind)[0] for kind in ("nonprofit", "business", "volunteer")]

    assert len(waiting) >= 10
    assert [plan.standing for plan in ready] == ["verified"] * 3
    assert [plan.people[0].email for plan in ready] == [
        "nonprofit@example.org",
        "business@example.org",
        "volunteer@example.org",
    ]


def test_residential_programs_have_no_place():
    homes = [plan for plan in COUNTRY.plans if plan.facts.get("residential")]

    assert len(homes) >= 3
    assert {plan.zip for plan in homes} == {""}
    assert all(plan.counties and plan.facts["alias"] for plan in homes)


def test_addresses_phones_and_numbers_are_plainly_invented():
    people = [person for plan in COUNTRY.plans for person in plan.people]
    numbers = [
        plan.facts["registration_number"] for plan in COUNTRY.plans if plan.kind != "volunteer"
    ]

    assert {person.email.partition("@")[2] for person in people} == {"example.org"}
    assert all(re.fullmatch(r"\(\d{3}\) 555-01\d\d", person.phone) for person in people)
    assert all(re.fullmatch(r"00-\d{7}", number) for number in numbers)


def test_no_text_raises_a_question_or_names_anybody():
    for posting in NEEDS + OFFERS:
        words = {field: posting.get(field, "") for field in SPOKEN}
        assert (posting["title"], screen(words, kind=posting["kind"]).marks) == (
            posting["title"],
            (),
        )


def test_a_session_fits_into_the_hours_of_its_need():
    for need in NEEDS:
        slots = parse_slots(";".join(need["slots"]))
        assert max(slot.end - slot.start for slot in slots) >= need["minutes"]


@pytest.mark.django_db
def test_every_topic_and_condition_is_on_the_lists():
    topics = set(Topic.objects.values_list("slug", flat=True))
    words = set(Condition.objects.values_list("slug", flat=True))
    lists = ("exclusions", "requires", "tags", "terms")
    used = {word for one in NEEDS + OFFERS for name in lists for word in one.get(name, [])}

    assert {slug for one in NEEDS + OFFERS for slug in one["topics"]} <= topics
    assert used <= words


@pytest.mark.django_db
def test_nothing_is_missing_in_any_posting():
    party, topics = make_party("business"), {topic.slug: topic for topic in Topic.objects.all()}
    person = owner_of(party)
    for model, planned in ((Need, NEEDS), (Offer, OFFERS)):
        for facts in planned:
            given = facts | {"topics": [topics[slug] for slug in facts["topics"]]}
            if model is Offer:
                given["people"] = [person]
            draft = save_draft(model=model, party=party, by=person, facts=given, at=NOON)
            assert (facts["title"], missing_facts(draft)) == (facts["title"], [])
