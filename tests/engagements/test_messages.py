"""Messages after an introduction: who writes, who reads, and what is never said."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Concern, Membership, Party
from accounts.refusals import WordsRefused
from engagements import actions, refusals
from engagements.models import MOST_SIGNS, Message
from matching import actions as matching
from notices.models import Notice
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from tests.matching.pages import people_of, signed_in, text
from trail import incidents
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def met():
    return make_match(status="introduced")


def write(match, person, words="Shall we say Tuesday?", at=NOON):
    return actions.write(match=match, by=person, text=words, at=at)


def thread(match, act="thread"):
    return reverse(f"engagements:{act}", args=[match.public_id])


def told(person):
    return Notice.objects.filter(recipient=person, event="message")


def test_what_one_side_writes_the_other_reads_and_answers(met):
    asking, offering = people_of(met)

    sent = signed_in(asking).post(thread(met, "write"), {"text": "Shall we say Tuesday?"})
    page = text(signed_in(offering).get(thread(met)))
    signed_in(offering).post(thread(met, "write"), {"text": "Tuesday is fine."})

    assert sent.status_code == 302
    assert page.count("Shall we say Tuesday?") == 1
    assert list(Message.objects.oldest_first().values_list("side", "author", "text")) == [
        ("need", asking.pk, "Shall we say Tuesday?"),
        ("offer", offering.pk, "Tuesday is fine."),
    ]
    assert [notice.path for notice in told(offering)] == [thread(met)]
    assert Audit.objects.filter(verb="message_written").count() == 2


@pytest.mark.parametrize(
    "status", ["proposed", "accepted", "waiting", "declined", "expired", "withdrawn", "blocked"]
)
def test_nobody_writes_before_an_introduction_and_the_database_knows_no_other_way(status):
    match = make_match(status=status)
    asking, _offering = people_of(match)

    assert signed_in(asking).get(thread(match)).status_code == 404
    with pytest.raises(refusals.NotIntroduced):
        write(match, asking)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            match=match, side="need", author=asking, text="Hello.", written_at=NOON
        )


def test_a_stranger_finds_nothing_and_writes_nothing(met):
    stranger = owner_of(make_party())
    write(met, people_of(met)[0])

    with pytest.raises(refusals.NotYours):
        write(met, stranger)
    answers = [signed_in(stranger).get(thread(met)), signed_in(stranger).post(thread(met, "write"))]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_once_it_has_ended_it_is_read_and_not_written(met):
    asking, offering = people_of(met)
    write(met, asking)
    matching.end(match=met, by=offering, reason="It is over.", at=NOON)

    page = text(signed_in(asking).get(thread(met)))

    assert "Shall we say Tuesday?" in page
    assert "<textarea" not in page
    with pytest.raises(refusals.Ended):
        write(met, asking)


def test_what_is_done_stays_open_for_a_month(met):
    asking, _offering = people_of(met)
    matching.complete(match=met, by=asking, at=NOON)
    met.refresh_from_db()

    write(met, asking, at=NOON + timedelta(days=29))
    with pytest.raises(refusals.Ended):
        write(met, asking, at=NOON + timedelta(days=30))


def test_nobody_writes_once_a_side_is_suspended(met):
    Party.objects.filter(pk=met.offer.party_id).update(status="suspended")

    for person in people_of(met):
        with pytest.raises(refusals.Stopped):
            write(met, person)


def test_nobody_writes_while_all_stands_still_and_nothing_is_lost(met):
    asking, _offering = people_of(met)
    write(met, asking)
    incidents.begin(why="A key was lost.", by_id=None, at=NOON)

    answer = signed_in(asking).post(thread(met, "write"), {"text": "Hello again."})

    with pytest.raises(refusals.Paused):
        write(met, asking)
    assert "Shall we say Tuesday?" in answer.text
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "stretch"),
    [
        ("My client Maria comes along.", "Maria"),
        ("Call me at 212-555-0100.", "212-555-0100"),
        ("We meet at 12 W. Oak Lane.", "Oak Lane"),
    ],
)
def test_who_somebody_is_is_not_kept_and_the_text_comes_back_with_the_stretch(met, words, stretch):
    asking, offering = people_of(met)

    answer = signed_in(asking).post(thread(met, "write"), {"text": words})

    problems = answer.context["form"].errors["text"]
    assert len(problems) == 1
    assert stretch in problems[0].split("”")[0]
    assert "after both sides say yes" not in answer.text  # they did
    assert words in answer.context["form"]["text"].value()
    assert not Message.objects.exists()
    assert not told(offering).exists()
    with pytest.raises(WordsRefused):
        write(met, asking, words)


def test_twenty_messages_a_day_and_side_are_enough(met):
    asking, offering = people_of(met)
    for number in range(actions.MOST_A_DAY):
        write(met, asking, at=NOON + number * MINUTE)

    with pytest.raises(refusals.TooManyToday):
        write(met, asking, at=NOON + 30 * MINUTE)
    write(met, offering, at=NOON + 30 * MINUTE)
    write(met, asking, at=NOON + timedelta(days=1))


def test_a_message_has_a_length_in_the_form_and_in_the_database(met):
    asking, _offering = people_of(met)
    long = "word " * (MOST_SIGNS // 5 + 1)

    answer = signed_in(asking).post(thread(met, "write"), {"text": long})

    assert list(answer.context["form"].errors) == ["text"]
    for constraint, words in (("is_short", long), ("says_something", "")):
        with pytest.raises(IntegrityError, match=f"message_{constraint}"), transaction.atomic():
            Message.objects.create(
                match=met, side="need", author=asking, text=words, written_at=NOON
            )
    with pytest.raises(IntegrityError, match="message_comes_from_a_side"):
        Message.objects.create(match=met, side="both", author=asking, text="Hi", written_at=NOON)


def test_a_talk_is_one_notice_until_it_is_read(met):
    asking, offering = people_of(met)
    write(met, asking)
    write(met, asking, at=NOON + MINUTE)
    write(met, asking, at=NOON - MINUTE)  # at once, by a clock that was read before
    assert told(offering).count() == 1

    actions.read(match=met, by=offering, at=NOON + 2 * MINUTE)
    write(met, asking, at=NOON + 3 * MINUTE)
    assert told(offering).count() == 2


def test_who_looks_has_not_said_to_have_read_it(met):
    asking, offering = people_of(met)
    write(met, asking)

    for _look in range(2):
        assert signed_in(offering).get(thread(met)).text.count(">New<") == 1
    signed_in(offering).post(thread(met, "read"))

    assert signed_in(offering).get(thread(met)).text.count(">New<") == 0
    assert not told(offering).unread().exists()


def test_a_colleague_who_wrote_hears_the_answer_too(met):
    asking, offering = people_of(met)
    colleague = make_user()
    Membership.objects.create(user=colleague, party=met.need.party, role="staff", joined_at=NOON)
    write(met, offering)
    assert not told(colleague).exists()

    write(met, colleague)
    write(met, offering, at=NOON + MINUTE)
    assert (told(asking).count(), told(colleague).count()) == (1, 1)


def test_what_was_typed_is_text_and_no_link(met):
    asking, offering = people_of(met)
    write(met, asking, "<b>See</b> https://evil.example.net/x {{ 7 }}\nnow")

    page = text(signed_in(offering).get(thread(met)))

    assert "&lt;b&gt;See&lt;/b&gt; https://evil.example.net/x {{ 7 }}<br>now" in page
    assert 'href="https://evil' not in page


def test_the_newest_stand_last_and_old_ones_a_page_before(met):
    asking, offering = people_of(met)
    for number in range(25):
        side, person = ("need", asking) if number % 2 else ("offer", offering)
        Message.objects.create(
            match=met,
            side=side,
            author=person,
            text=f"No. {number}.",
            written_at=NOON + number * MINUTE,
        )

    client = signed_in(asking)
    last, first = client.get(thread(met)), client.get(thread(met), {"page": 1})

    assert [one.text for one in last.context["seen_messages"]] == [
        f"No. {n}." for n in range(20, 25)
    ]
    assert [one.text for one in first.context["seen_messages"]] == [f"No. {n}." for n in range(20)]


def test_a_thread_costs_the_same_for_many_messages(met):
    asking, _offering = people_of(met)
    client = signed_in(asking)
    client.get(thread(met))
    counts = []
    for _more in range(2):
        write(met, asking)
        write(met, asking)
        with CaptureQueriesContext(connection) as made:
            client.get(thread(met))
        counts.append(len(made))
    assert counts[0] == counts[1]


def test_a_report_takes_the_message_to_reviewers_and_each_look_is_written_down(met):
    asking, offering = people_of(met)
    message = write(met, offering, "Come alone.")
    reviewer = make_reviewer()
    reported = reverse("desk:message_concern", args=[message.public_id])

    assert signed_in(offering).get(reported).status_code == 404  # one's own is no worry
    signed_in(asking).post(reported, {"kind": "contact", "text": "This worries me."})
    concern = Concern.objects.get()
    page = text(
        signed_in(reviewer).get(reverse("engagements:reviewed_thread", args=[concern.public_id]))
    )

    assert (concern.party, concern.subject_id) == (met.offer.party, message.pk)
    assert page.count("Come alone.") == 2
    look = Audit.objects.get(verb="messages_read")
    assert (look.actor_id, look.subject, look.subject_id) == (reviewer.pk, "matching.match", met.pk)
    assert not told(offering).exists()


def test_without_a_concern_no_reviewer_reads_messages_nor_those_of_an_own_party(met):
    _asking, offering = people_of(met)
    write(met, offering, "Come alone.")
    reviewer, own = make_reviewer(), make_reviewer()
    Membership.objects.create(user=own, party=met.offer.party, role="staff", joined_at=NOON)
    elsewhere = Concern.objects.create(kind="other", text="I worry.", reported_at=NOON)
    about = Concern.objects.create(
        kind="other", text="I worry.", subject="matching.match", subject_id=met.pk, reported_at=NOON
    )

    def opens(concern, person):
        address = reverse("engagements:reviewed_thread", args=[concern.public_id])
        return signed_in(person).get(address).status_code

    assert signed_in(reviewer).get(thread(met)).status_code == 404
    assert opens(elsewhere, reviewer) == 404
    assert opens(about, own) == 404
    assert opens(about, reviewer) == 200


def test_posts_carry_a_proof_and_a_look_changes_nothing(met):
    asking, _offering = people_of(met)
    client = Client(enforce_csrf_checks=True)
    client.force_login(asking)

    assert client.post(thread(met, "write"), {"text": "Hello."}).status_code == 403
    assert client.get(thread(met, "write")).status_code == 405
    assert not Message.objects.exists()


def test_the_other_side_of_a_confidential_home_reads_its_alias_once_it_is_over():
    home = make_party(confidential=True, counties=["Kings County, NY"], alias="A home in New York")
    need = make_need(home, confidential=True, counties=["Kings County, NY"], zip="", latitude=None,
                     longitude=None, county="")  # fmt: skip
    match = make_match(need, status="introduced")
    asking, offering = people_of(match)
    write(match, asking)
    assert home.name in signed_in(offering).get(thread(match)).text

    matching.end(match=match, by=offering, reason="It is over.", at=NOON)
    page = text(signed_in(offering).get(thread(match)))
    assert home.name not in page
    assert page.count("A home in New York") == 2
