"""What people say to a match on its page."""

from datetime import timedelta

import pytest

from matching.models import Block, Match
from notices.models import Notice
from tests.factories import (
    make_match,
)
from tests.matching.pages import (
    ACTS,
    list_of,
    main_of,
    page_of,
    people_of,
    said,
    signed_in,
    text,
    url_of,
)
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def test_yes_is_written_down_and_thanked_for():
    match = make_match()
    person, _ = people_of(match)

    answer = signed_in(person).post(url_of(match, "accept"), follow=True)

    match.refresh_from_db()
    assert (match.need_answer, match.need_answered_by) == ("yes", person)
    assert "Thank you. Your yes is written down." in text(answer)
    assert "You said yes. The other side has until Jan. 26, 2027 to answer." in text(answer)


def test_before_the_second_yes_the_page_says_that_it_is_final_and_what_they_will_see():
    match = make_match(status="accepted", **said("need"))
    asking, offering = people_of(match)

    page = page_of(match, offering)

    assert "If you say yes too, it is final." in page
    assert match.offer.party.name in page
    assert offering.email in page
    assert asking.email not in page
    assert '<input type="hidden" name="final" value="yes">' in page


def test_the_second_yes_introduces_both():
    match = make_match(status="accepted", **said("need"))
    asking, offering = people_of(match)

    answer = signed_in(offering).post(url_of(match, "accept"), {"final": "yes"}, follow=True)

    match.refresh_from_db()
    assert match.status == "introduced"
    assert asking.email in text(answer)
    assert "Thank you. Now both of you have said yes." in text(answer)


def test_a_yes_from_a_page_that_did_not_say_it_is_final_is_asked_for_again():
    match = make_match(status="accepted", **said("need"))
    _, offering = people_of(match)

    answer = signed_in(offering).post(url_of(match, "accept"), follow=True)

    match.refresh_from_db()
    assert (match.status, match.offer_answer) == ("accepted", "")
    assert "The other side has just said yes, so your yes is final." in text(answer)


def no_of(match, client, **why):
    """Press "no", and then send why; what is shown after each."""
    pressed = text(client.post(url_of(match, "decline"), follow=True))
    return pressed, text(client.post(url_of(match, "say_why"), why, follow=True))


def test_one_press_says_no_and_the_page_that_follows_asks_why_and_takes_it_back():
    match = make_match()
    person, _ = people_of(match)
    client = signed_in(person)

    pressed, sent = no_of(match, client, reason="Too far.")
    match.refresh_from_db()
    assert (match.need_answer, match.need_reason) == ("no", "Too far.")
    assert "10 minutes are left to take it back." in pressed
    assert ["Would you tell us why?" in page for page in (pressed, sent)] == [True, False]
    assert "Too far." not in sent

    answer = client.post(url_of(match, "take_back"), follow=True)
    match.refresh_from_db()
    assert (match.need_answer, match.need_reason) == ("", "")
    assert "Your answer is taken back." in text(answer)


def test_why_is_said_of_ones_own_no_alone_and_as_long_as_it_can_be_taken_back(noon):
    match = make_match(**said("offer", "no", ago=timedelta(minutes=1)))
    person, _ = people_of(match)
    client = signed_in(person)

    client.post(url_of(match, "say_why"), {"reason": "Too far.", "block": "on"})
    match.refresh_from_db()
    assert (match.need_reason, match.offer_reason, Block.objects.count()) == ("", "", 0)

    client.post(url_of(match, "decline"))
    noon.shift(timedelta(minutes=10))
    late = client.post(url_of(match, "say_why"), {"reason": "Too far.", "block": "on"}, follow=True)
    match.refresh_from_db()
    assert (match.need_reason, Block.objects.count()) == ("", 0)
    assert "The ten minutes are over, and your answer stands." in text(late)


def test_never_again_makes_a_block_that_the_other_side_does_not_see():
    match = make_match()
    asking, offering = people_of(match)
    client = signed_in(asking)
    before = main_of(page_of(match, offering), match)

    _, sent = no_of(match, client, block="on")

    block = Block.objects.get()
    assert (block.party, block.blocked) == (match.need.party, match.offer.party)
    assert "We never match you with them again." in sent
    assert main_of(page_of(match, offering), match) == before
    client.post(url_of(match, "take_back"))
    assert Block.objects.count() == 0


def test_the_minutes_to_take_a_no_back_run_down(noon):
    match = make_match(**said("need", "no", ago=timedelta(minutes=3, seconds=10)))
    person, _ = people_of(match)
    assert "7 minutes are left" in page_of(match, person)

    noon.shift(timedelta(minutes=7))
    page = page_of(match, person)
    assert "left to take it back" not in page
    assert url_of(match, "take_back") not in page


def test_a_first_yes_can_be_taken_back():
    match = make_match(status="accepted", **said("need"))
    person, _ = people_of(match)
    assert "Take my yes back" in page_of(match, person)

    signed_in(person).post(url_of(match, "take_back"))

    match.refresh_from_db()
    assert (match.need_answer, match.status) == ("", "proposed")


@pytest.mark.parametrize("reason", ["x" * 301, "Her SSN is 078-05-1120."])
def test_a_reason_that_is_too_long_or_says_who_somebody_is_is_shown_again_and_not_kept(reason):
    match = make_match()
    person, _ = people_of(match)

    _, sent = no_of(match, signed_in(person), reason=reason)

    match.refresh_from_db()
    assert (match.need_answer, match.need_reason) == ("no", "")
    assert reason in sent


def test_an_introduction_is_ended_with_a_reason_for_staff_alone():
    match = make_match(status="introduced")
    asking, offering = people_of(match)

    answer = signed_in(asking).post(url_of(match, "end"), {"reason": "Never came."}, follow=True)

    match.refresh_from_db()
    assert match.status == "ended"
    assert "It is ended." in text(answer)
    for viewer in (asking, offering):
        assert "Never came." not in page_of(match, viewer) + list_of(viewer)


def test_an_introduction_is_not_ended_without_a_reason():
    match = make_match(status="introduced")
    person, _ = people_of(match)

    page = text(signed_in(person).post(url_of(match, "end")))

    match.refresh_from_db()
    assert match.status == "introduced"
    assert "This field is required." in page


def test_staff_record_that_it_started_and_that_it_is_done():
    match = make_match(status="introduced")
    person, _ = people_of(match)
    client = signed_in(person)

    client.post(url_of(match, "start"))
    match.refresh_from_db()
    assert match.status == "engaged"
    assert "It has started." in text(client.get(url_of(match)))

    client.post(url_of(match, "complete"))
    match.refresh_from_db()
    assert match.status == "completed"


@pytest.mark.parametrize(
    ("status", "facts", "act", "post"),
    [
        ("proposed", {}, "accept", {}),
        ("accepted", said("offer"), "accept", {"final": "yes"}),
        ("proposed", {}, "decline", {}),
        ("accepted", said("need"), "take_back", {}),
        ("introduced", {}, "end", {"reason": "Never came."}),
        ("introduced", {}, "start", {}),
        ("engaged", {}, "complete", {}),
    ],
)
def test_pressing_twice_does_it_once_and_blames_nobody(status, facts, act, post):
    match = make_match(status=status, **facts)
    person, _ = people_of(match)
    client = signed_in(person)

    client.post(url_of(match, act), post)
    done = Audit.objects.exclude(verb="contact_read")
    traces, owed = done.count(), Notice.objects.count()
    again = text(client.post(url_of(match, act), post, follow=True))

    assert (done.count(), Notice.objects.count()) == (traces, owed)
    assert 'class="warning"' not in again


def test_a_refusal_is_shown_kindly():
    match = make_match(status="expired")
    person, _ = people_of(match)

    answer = signed_in(person).post(url_of(match, "accept"), follow=True)

    assert "This match is no longer open. Thank you all the same. We keep looking." in text(answer)


@pytest.mark.parametrize("status", ["completed", "declined", "expired", "withdrawn", "ended"])
def test_a_page_about_the_past_asks_nothing(status):
    match = make_match(status=status)
    person, _ = people_of(match)

    page = page_of(match, person)

    assert [act for act in ACTS if url_of(match, act) in page] == []


def test_a_fresh_no_in_the_list_says_how_long_it_can_be_taken_back():
    match = make_match(**said("need", "no", ago=timedelta(minutes=2)))
    asking, offering = people_of(match)

    assert "8 minutes are left to take it back." in list_of(asking)
    assert "take it back" not in list_of(offering)


def test_who_waits_in_line_can_leave_it():
    match = make_match(status="waiting")
    person, _ = people_of(match)
    client = signed_in(person)
    assert "Leave the line" in page_of(match, person)

    for _again in range(2):
        answer = client.post(url_of(match, "end"), {"reason": "Plans changed."}, follow=True)
        assert 'class="warning"' not in text(answer)

    match.refresh_from_db()
    assert match.status not in Match.LIVE
