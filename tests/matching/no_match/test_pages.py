"""The page of a posting without a match: who may open it, what it says, what a press does."""

import re
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from matching.market.board import Board
from matching.models import Outlook
from matching.no_match.counting import count_due
from matching.pipeline import match_changes
from opportunities.models import Need, Offer
from tests.factories import NOON, make_match, make_need, make_offer, make_party, owner_of
from tests.matching.pages import signed_in, text
from tests.pages import Page
from trail import actions as trail
from trail.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
SATURDAY = ["Sat 10:00-12:00"]


@pytest.fixture(autouse=True)
def _no_questions_yet():
    cache.clear()


def count(*postings, at=NOON):
    """What the worker does after a change."""
    for posting in postings:
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=at)
    board = Board(at=at)
    match_changes(board=board, at=at)
    count_due(board=board, at=at)


def url_of(posting, page="no_match"):
    return reverse(f"matching:{posting.WORD}_{page}", args=[posting.public_id])


def page_of(posting):
    return text(signed_in(owner_of(posting.party)).get(url_of(posting)))


def json_of(posting):
    return signed_in(owner_of(posting.party)).get(url_of(posting, "no_match_json")).json()


def press(posting, code, value, client=None):
    client = client or signed_in(owner_of(posting.party))
    data = {"code": code, "value": value}
    return text(client.post(url_of(posting, "widen"), data, follow=True))


def list_of(posting):
    return text(signed_in(owner_of(posting.party)).get(reverse("opportunities:mine")))


# Who may


@pytest.mark.parametrize("make", [make_need, make_offer])
def test_a_stranger_finds_nothing_at_any_address(make):
    posting = make()
    stranger = signed_in(owner_of(make_party()))

    for page in ("no_match", "no_match_json"):
        assert stranger.get(url_of(posting, page)).status_code == 404
        assert Client().get(url_of(posting, page)).status_code == 302
    for page in ("widen", "take_back"):
        assert stranger.post(url_of(posting, page)).status_code == 404
        assert stranger.get(url_of(posting, page)).status_code == 405
        assert Client().post(url_of(posting, page)).status_code == 302
    unknown = reverse(f"matching:{posting.WORD}_no_match", args=[uuid4()])
    assert stranger.get(unknown).status_code == 404


def test_looking_changes_nothing(tmp_path):
    need = make_need()
    make_offer(slots=SATURDAY)
    count(need)
    owner = signed_in(owner_of(need.party))
    before, after = tmp_path / "before", tmp_path / "after"
    apps = ("matching", "opportunities", "trail", "notices")

    call_command("dumpdata", *apps, output=str(before), verbosity=0)
    for _ in range(2):
        owner.get(url_of(need))
        owner.get(url_of(need, "no_match_json"))
    call_command("dumpdata", *apps, output=str(after), verbosity=0)

    assert before.read_text() == after.read_text()


def test_a_press_needs_the_forms_token():
    need = make_need()
    client = signed_in(owner_of(need.party), enforce_csrf_checks=True)

    assert client.post(url_of(need, "widen"), {"code": "mode"}).status_code == 403


# What it says


def test_it_says_in_words_what_stands_in_the_way_and_since_when():
    need = make_need()
    make_offer(slots=SATURDAY)
    count(need)

    page = page_of(need)

    assert Page(page).complaints == []
    assert "A few people offer this in reach, but not on your days and hours." in page
    assert "Add Saturdays and Sundays, 9 a.m. to 5 p.m." in page
    assert "A few more would fit." in page
    assert "Counted: Jan. 12, 2027, 7 a.m." in page


def test_an_offer_reads_at_least_how_many_needs():
    offer = make_offer()
    for _ in range(7):
        make_need(slots=SATURDAY, check_level="fingerprint")
        make_need(check_level="fingerprint")
    count(offer)

    page = page_of(offer)

    assert Page(page).complaints == []
    assert "At least 5 needs in reach ask for a check of who comes." in page
    assert "Nobody asks you to pay for a check before you are wanted." in page
    told = page.partition("What stands in the way")[2].partition("Counted:")[0]
    assert "7" not in re.sub(r"<[^>]*>", "", told)


def test_where_nobody_shares_the_topic_it_says_so():
    need = make_need()
    count(need)

    assert "Nobody offers this topic yet." in page_of(need)


def test_before_the_first_count_it_says_that_it_looks_and_how_to_look_again():
    page = page_of(make_need())

    assert "We are looking right now." in page
    assert '<a href="">Look again</a>' in page
    assert json_of(make_need()) == {"counted_at": None}


def test_with_a_match_it_leads_there():
    need = make_match().need

    assert "There is a match" in page_of(need)
    assert json_of(need) == {"counted_at": None}


def test_what_is_paused_says_what_it_waits_for():
    assert "It is paused" in page_of(make_need(status="paused"))


def test_counts_of_before_the_last_change_say_so_and_suggest_nothing():
    need = make_need()
    make_offer(slots=SATURDAY)
    count(need)
    Need.objects.update(revision=2)

    page = page_of(need)

    assert "This is how it was before your last change." in page
    assert "Change this" not in page
    assert json_of(need)["moves"] == []


def test_programs_read_the_same_without_small_numbers():
    need = make_need()
    for _ in range(5):
        make_offer(slots=SATURDAY)
    make_offer(languages=["es"])
    count(need)

    answer = json_of(need)

    assert answer == {
        "counted_at": NOON.isoformat(),
        "is_current": True,
        "sharing": 6,
        "fitting": 0,
        "alone": [{"obstacle": "time", "count": 5}, {"obstacle": "language", "count": "few"}],
        "together": ["time", "language"],
        "moves": [
            {"code": "hours", "value": "weekends", "gains": 5},
            {"code": "language", "value": "es", "gains": "few"},
        ],
        "sentences": [
            "5 people offer this in reach, but not on your days and hours.",
            "A few people offer this, but not in your language.",
        ],
    }


# What a press does


def test_a_press_changes_the_posting_and_the_match_comes():
    need, offer = make_need(), make_offer(slots=SATURDAY)
    count(need)

    page = press(need, "hours", "weekends")
    count()

    need.refresh_from_db()
    assert "Changed. We look for a match right away." in page
    assert need.slots == ["Tue 18:00-20:00", "Sat 09:00-17:00", "Sun 09:00-17:00"]
    assert need.matches.get().offer == offer
    assert "There is a match" in page_of(need)
    assert not Outlook.objects.filter(need=need).exists()


def test_a_press_can_be_undone():
    need = make_need()
    make_offer(languages=["es"])
    count(need)
    client = signed_in(owner_of(need.party))
    page = press(need, "language", "es", client)
    assert "Undo the last change" in page
    need.refresh_from_db()
    assert need.languages == ["en", "es"]

    page = text(client.post(url_of(need, "take_back"), follow=True))

    need.refresh_from_db()
    assert "It is as it was before." in page
    assert "Undo the last change" not in page
    assert need.languages == ["en"]
    assert Change.objects.unmatched().count() == 2


def test_what_was_changed_again_since_is_not_undone():
    need = make_need()
    make_offer(languages=["es"])
    count(need)
    client = signed_in(owner_of(need.party))
    press(need, "language", "es", client)
    Need.objects.update(languages=["fr"])

    page = text(client.post(url_of(need, "take_back"), follow=True))

    need.refresh_from_db()
    assert "This has changed meanwhile." in page
    assert need.languages == ["fr"]


@pytest.mark.parametrize(
    ("code", "value"), [("language", "fr"), ("check", "none"), ("slots", "any"), ("", "")]
)
def test_nothing_but_what_was_suggested_can_be_pressed(code, value):
    need = make_need(check_level="registry")
    make_offer(languages=["es"])
    make_offer()
    count(need)

    page = press(need, code, value)

    assert "This has changed meanwhile." in page
    assert Need.objects.get().revision == 1


def test_a_suggestion_of_before_the_last_change_cannot_be_pressed():
    need = make_need()
    make_offer(languages=["es"])
    count(need)
    Need.objects.update(revision=2)

    assert "This has changed meanwhile." in press(need, "language", "es")
    assert Need.objects.get().languages == ["en"]


def test_a_press_on_work_says_before_that_it_is_read_again_and_then_is():
    offer = make_offer(kind="job", languages=["es"])
    for _ in range(3):
        make_need(kind="job", helpers=1)
    count(offer)

    assert "Our reviewers read it again before it goes on." in page_of(offer)
    page = press(offer, "language", "en")

    assert Offer.objects.get().status == "in_review"
    assert "One of our reviewers reads it before it opens." in page


FARTHER = {"latitude": 41.2, "longitude": -73.9, "zip": ""}
MONEY = {"topics": ("budgeting",)}
MOVES = [
    (make_need, {"mode": "in_person"}, {"mode": "remote"}, "mode", "mode", "either"),
    (make_need, {}, {"capacity": 4}, "seats", "seats", 4),
    (make_need, {"requires": ["transport"]}, {}, "term", "requires", []),
    (make_need, {"sessions": 20}, {"start_date": "2027-02-20"}, "sessions", "sessions", 19),
    (make_offer, {"radius_km": 20}, FARTHER, "radius", "radius_km", 80.0),
    (make_offer, {"mode": "in_person"}, {"mode": "remote"}, "mode", "mode", "either"),
    (make_offer, {}, {"seats": 12}, "capacity", "capacity", 12),
    (make_offer, {}, {"requires": ["transport"]}, "term", "terms", ["transport"]),
    (make_offer, {"end_date": "2027-01-20"}, {"start_date": "2027-02-01"}, "end", "end_date", None),
    (make_need, {"end_date": "2027-02-14"}, {"start_date": "2027-02-10"}, "end", "end_date", None),
    (make_need, MONEY, {"topics": ("banking-basics",)}, "topic", "topics", None),
]  # fmt: skip


@pytest.mark.parametrize(("make", "own", "theirs", "code", "field", "after"), MOVES)
def test_every_move_can_be_pressed_and_undone(make, own, theirs, code, field, after):
    other = make_offer if make is make_need else make_need
    for _ in range(3):
        other(**theirs)
    posting = make(**own)
    count(posting)
    client = signed_in(owner_of(posting.party))
    moves = {name: value for name, value, _count in Outlook.objects.get().counts["moves"]}
    before = _fact(posting, field)

    press(posting, code, "" if moves[code] is None else str(moves[code]), client)
    changed = _fact(posting, field)
    client.post(url_of(posting, "take_back"))

    assert changed != before
    assert after is None or changed == after
    assert _fact(posting, field) == before


def _fact(posting, field):
    posting = type(posting).objects.get(pk=posting.pk)
    if field == "topics":
        return sorted(posting.topics.values_list("slug", flat=True))
    return getattr(posting, field)


# The way there


def test_ones_own_list_and_page_lead_there_where_there_is_no_match():
    need = make_need(languages=["es"])
    matched = make_match(make_need(need.party)).need
    count(need, matched)

    for page in (list_of(need), text(signed_in(owner_of(need.party)).get(need.path))):
        assert url_of(need) in page
    assert url_of(matched) not in list_of(need)
    assert url_of(matched) not in text(signed_in(owner_of(need.party)).get(matched.path))


def test_the_list_costs_as_many_queries_for_three_as_for_one(django_assert_max_num_queries):
    need = make_need()
    count(need)
    client = signed_in(owner_of(need.party))
    client.get(reverse("opportunities:mine"))
    with django_assert_max_num_queries(30) as one:
        client.get(reverse("opportunities:mine"))
    count(make_need(need.party), make_need(need.party))
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(reverse("opportunities:mine"))
