"""Red flags reach the reviewer: stored with the posting, told in words, the riskiest sooner."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from opportunities import actions
from opportunities.models import Offer
from opportunities.screening import gives_contact_of_another, reasons_of
from tests.factories import NOON, make_offer, make_party, make_reviewer, owner_of
from tests.opportunities.pages import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = timedelta(days=1)
RISKY = "Live-in, on call day and night. The van picks you up. Rent is deducted from your pay."


def sent_in(**facts):
    offer = make_offer(make_party("business"), ("baker",), kind="job", status="draft", **facts)
    return actions.publish(posting=offer, by=owner_of(offer.party), at=NOON)


def waiting(title, *, days, flag_score):
    return make_offer(
        make_party("business"),
        ("baker",),
        title=title,
        kind="job",
        status="in_review",
        reviews_needed=2,
        round=1,
        submitted_at=NOON - days * DAY,
        flag_score=flag_score,
    )


def test_the_reasons_and_their_score_are_kept_with_what_is_sent_in():
    risky, plain = sent_in(description=RISKY), sent_in(description="Mix, shape and bake bread.")

    assert {"housing", "deductions", "overwork", "transport"} <= set(risky.questions)
    assert plain.flag_score < 0.5 < risky.flag_score
    assert (risky.status, plain.status) == ("in_review", "in_review")


def test_an_edit_of_words_or_pay_is_read_anew():
    offer = sent_in(description="Mix, shape and bake bread.")
    owner = owner_of(offer.party)

    edited = actions.edit(posting=offer, by=owner, facts={"description": RISKY}, at=NOON)
    assert "housing" in edited.questions

    edited = actions.edit(posting=edited, by=owner, facts={"description": "Bake bread."}, at=NOON)
    assert "housing" not in edited.questions
    assert edited.flag_score < 0.5


def test_a_risky_posting_stands_before_what_waited_a_few_days_longer_but_never_for_good():
    waiting("risky of today", days=0, flag_score=0.9)
    waiting("plain of five days", days=5, flag_score=0.1)
    waiting("plain of nine days", days=9, flag_score=0.1)

    in_order = Offer.objects.undecided().by_risk_and_age()
    page = signed_in(make_reviewer()).get(reverse("desk:queue"))

    titles = ["plain of nine days", "risky of today", "plain of five days"]
    assert [offer.title for offer in in_order] == titles
    assert sorted(titles, key=page.content.decode().index) == titles


def test_a_reviewer_reads_the_reasons_in_words():
    offer = sent_in(description=RISKY)
    address = reverse("opportunities:review_posting", args=[offer.public_id])

    page = signed_in(make_reviewer()).get(address).content.decode()

    assert "Something is taken out of the pay." in page
    assert "Please look very closely" in page


def test_a_reason_names_the_words_that_raised_it_and_their_field():
    risky = sent_in(description=RISKY)
    risky.questions = ["housing", "like_scams", "no_deductions", "sounds_risky"]

    housing, like_scams, nothing_said, sounds_risky = reasons_of(risky)

    assert housing.behind == ["“Live-in” · in your own words"]
    assert 0 < len(like_scams.behind) <= 5
    assert nothing_said.behind == []
    assert len(sounds_risky.behind) == 1


def test_a_plain_apprenticeship_is_not_said_to_be_like_a_scam():
    said = (
        "Learn to bake bread from scratch in a small team. No experience needed, we teach you"
        " everything from the first day and pay you from the start. You work with flour, dough and"
        " the oven early in the morning, and you get free bread to take home each day. After a"
        " year you earn your journey worker card. One evening a week you go to the college."
    )

    assert "like_scams" not in sent_in(title="Baker apprentice", description=said).questions


def test_the_same_phone_of_another_person_or_the_same_site_is_told():
    sun, moon, star = make_party("business"), make_party("business"), make_party("business")
    for party, phone, site in (
        (sun, "212-555-0111", "https://sun.example.org"),
        (moon, "212-555-0111", "https://moon.example.org"),
        (star, "", "https://star.example.org"),
    ):
        person = owner_of(party)
        person.phone, party.website = phone, site
        person.save(update_fields=["phone"])
        party.save(update_fields=["website"])

    assert [gives_contact_of_another(party) for party in (sun, moon, star)] == [True, True, False]

    star.website = "https://SUN.example.org"
    assert gives_contact_of_another(star)


def test_the_score_is_a_share():
    with pytest.raises(IntegrityError, match="flag_score_is_a_share"):
        waiting("impossible", days=0, flag_score=1.1)
