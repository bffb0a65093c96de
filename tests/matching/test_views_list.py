"""The list of matches: what needs an answer comes first."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.models import Match, Reminder
from matching.shown.sections import in_sections
from matching.shown.seen import seen
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from tests.matching.pages import list_of, said, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_the_list_says_what_needs_an_answer_first_and_what_is_past_last():
    person = make_user()
    party = make_party(owner=person)
    for status, facts in [
        ("completed", {}),
        ("waiting", {}),
        ("accepted", said("need")),
        ("introduced", {}),
        ("proposed", {}),
        ("accepted", said("offer")),
    ]:
        make_match(make_need(party), status=status, **facts)

    page = list_of(person)

    headings = [
        "Needs your answer",
        "Introductions",
        "Waits for the other side",
        "Next in line",
        "Past",
    ]
    found = [page.index(f"<h2>{heading}</h2>") for heading in headings]
    assert found == sorted(found)
    answers, rest = page[found[0] : found[1]], page[found[1] :]
    assert (answers.count("<li"), rest.count('<li class="card"')) == (2, 4)


@pytest.mark.parametrize("side", ["need", "offer"])
def test_pages_and_database_agree_on_the_section_of_every_match(side):
    viewer = make_user()
    own, other = make_party(owner=viewer), make_party("volunteer")
    asking, offering = (own, other) if side == "need" else (other, own)
    offer = make_offer(offering)
    for status in Match.Status.values:
        both_said_yes = status in {"waiting", *Match.MET}
        for answers in [None] if both_said_yes else product(["", "yes", "no"], repeat=2):
            match = make_match(make_need(asking), offer, status, **answered(answers))
            if (status, answers) == ("accepted", ("", "")):
                Reminder.objects.create(match=match, person=viewer, due_at=NOON)

    ordered = list(in_sections(Match.objects.seen_by(viewer)))

    shown = [match.section for match in seen(ordered, viewer=viewer, at=NOON)]
    assert shown == [match.section for match in ordered]
    assert set(shown) == {0, 1, 2, 3, 4, 5}


def answered(answers):
    """Both answers as they are kept, or as the status has them; empty ones have no moment."""
    if answers is None:
        return {}
    need, offer = answers
    of_need = said("need", need) if need else {"need_answer": "", "need_answered_at": None}
    return of_need | (said("offer", offer) if offer else {})


def test_an_empty_list_says_what_comes_and_where_to_go():
    page = list_of(owner_of(make_party()))

    assert "No matches yet." in page
    assert f'href="{reverse("opportunities:mine")}"' in page


def test_the_list_holds_the_matches_of_all_ones_parties_and_names_them():
    person = make_user()
    first, second = make_party(owner=person), make_party("business", owner=person)
    make_match(make_need(first))
    make_match(offer=make_offer(second))

    page = list_of(person)

    assert page.count("<h3>") == 2
    assert first.name in page
    assert second.name in page


def test_a_long_list_has_pages():
    party = make_party()
    need, other = make_need(party), make_party("volunteer")
    for _ in range(21):
        make_match(need, make_offer(other))

    first, second = list_of(owner_of(party)), list_of(owner_of(party), page=2)

    assert (first.count("<h3>"), second.count("<h3>")) == (20, 1)


def test_three_matches_cost_as_many_queries_as_one():
    party = make_party()
    client = signed_in(owner_of(party))
    statuses = ["introduced", "proposed", "completed"]

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse("matching:list"))
        return len(queries)

    make_match(make_need(party), status="introduced")
    one = cost()
    for status in statuses:
        make_match(make_need(party), status=status)

    assert cost() == one
