"""What a person wants by mail, and when: the day, the night, the week, and not at all."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from notices import actions, claiming
from notices.models import Notice, Preference
from notices.preferences import KIND_OF, Kind, preference_of
from tests.factories import NOON
from tests.notices.people import awake

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = NOON + 10 * HOUR  # 22:00, a Tuesday
MORNING = NOON + 20 * HOUR  # 8:00 on Wednesday
MONDAY_MORNING = MORNING + 5 * DAY
MOST = Notice.DAILY_MAILS


@pytest.fixture
def person():
    return awake()


def owe(person, count=1, *, at=NOON, event="proposed", **facts):
    """So many new notices of this event."""
    for _ in range(count):
        key = f"{event} {Notice.objects.count()}"
        actions.owe(recipient=person, event=event, key=key, path="/matches/", at=at, **facts)


def wants(person, **choices):
    return Preference.objects.create(person=person, **choices)


def sent(at, mailoutbox):
    """How many mails go out at that moment."""
    before = len(mailoutbox)
    actions.send_due(at=at)
    return len(mailoutbox) - before


def subjects(mailoutbox):
    return [mail.subject for mail in mailoutbox]


def test_every_event_belongs_to_a_kind_that_people_can_choose_for():
    assert set(KIND_OF) <= set(Notice.Event.values)
    assert {preference_of(awake()).choice_for(event) for event in Notice.Event.values} == {
        Preference.When.AT_ONCE
    }
    assert {field.name for field in Preference._meta.fields} >= set(Kind.values)


def test_a_flood_becomes_a_few_mails_today_and_one_tomorrow(person, mailoutbox):
    owe(person, 500)

    assert sent(NOON, mailoutbox) == MOST - 1
    assert sent(NOON + HOUR, mailoutbox) == 0
    assert sent(MORNING, mailoutbox) == 1
    assert sent(MORNING + HOUR, mailoutbox) == 0
    assert subjects(mailoutbox)[-1] == "You have 496 updates on Alongside"


def test_nobody_gets_more_mails_in_any_day_than_promised(person, mailoutbox):
    wants(person, has_quiet_hours=False)
    moments = [NOON + hours * HOUR for hours in range(72)]
    counts = []
    for moment in moments:
        owe(person, 2, at=moment)
        counts.append(sent(moment, mailoutbox))

    days = [sum(counts[start : start + 24]) for start in range(len(counts) - 23)]
    assert max(days) == MOST


def test_urgent_ones_come_on_top_at_any_hour_and_whatever_was_chosen(person, mailoutbox):
    wants(person, **dict.fromkeys(Kind.values, "off"))
    owe(person, MOST + 2, at=NIGHT, urgent=True)

    assert sent(NIGHT, mailoutbox) == MOST + 2


def test_urgent_ones_leave_the_day_to_the_others(person, mailoutbox):
    owe(person, MOST, urgent=True)
    owe(person)

    assert sent(NOON, mailoutbox) == MOST + 1


def test_what_comes_at_night_is_told_in_one_mail_in_the_morning(person, mailoutbox):
    owe(person, 3, at=NIGHT)

    assert sent(NIGHT, mailoutbox) == 0
    assert sent(MORNING - timedelta(seconds=1), mailoutbox) == 0
    assert sent(MORNING, mailoutbox) == 1
    assert subjects(mailoutbox) == ["You have 3 updates on Alongside"]


@pytest.mark.parametrize(
    ("zone", "sent_now"),
    [("America/New_York", 1), ("America/Los_Angeles", 0), ("Pacific/Guam", 0), ("UTC", 1)],
)
def test_the_night_is_that_of_the_persons_own_zone(zone, sent_now, mailoutbox):
    at = NOON + 2 * HOUR  # 9:00 in New York, 6:00 in Los Angeles, midnight in Guam
    owe(awake(time_zone=zone), at=at)

    assert sent(at, mailoutbox) == sent_now


def test_quiet_hours_may_lie_in_the_day(person, mailoutbox):
    wants(person, quiet_from=9, quiet_until=17)
    owe(person)

    assert sent(NOON, mailoutbox) == 0
    assert sent(NOON + 5 * HOUR, mailoutbox) == 1


def test_who_has_no_quiet_hours_is_told_at_night(person, mailoutbox):
    wants(person, has_quiet_hours=False)
    owe(person, at=NIGHT)

    assert sent(NIGHT, mailoutbox) == 1


def test_the_morning_is_right_on_the_day_the_clocks_change():
    wanted = Preference(person=awake(time_zone="America/New_York"))
    before_spring = NOON.replace(month=3, day=13) + 12 * HOUR  # 19:00, the eve of the change

    assert wanted.morning_after(before_spring) == NOON.replace(month=3, day=14)


def test_once_a_day_means_one_mail_each_morning(person, mailoutbox):
    wants(person, proposals="daily")
    owe(person, 2)

    assert sent(NOON, mailoutbox) == 0
    owe(person, at=NOON + HOUR)
    assert sent(NOON + HOUR, mailoutbox) == 0
    assert sent(MORNING, mailoutbox) == 1
    assert subjects(mailoutbox) == ["You have 3 updates on Alongside"]


def test_once_a_week_means_monday_morning_in_one_mail_with_what_comes_daily(person, mailoutbox):
    wants(person, proposals="weekly", answers="daily")
    owe(person)
    sent(NOON, mailoutbox)
    owe(person, event="ended", at=MONDAY_MORNING - HOUR)
    sent(MONDAY_MORNING - HOUR, mailoutbox)

    assert mailoutbox == []
    assert sent(MONDAY_MORNING, mailoutbox) == 1
    assert subjects(mailoutbox) == ["You have 2 updates on Alongside"]


def test_each_kind_has_a_choice_of_its_own(person, mailoutbox):
    wants(person, reminders="off")
    owe(person, event="nudge")
    owe(person, event="proposed")

    assert sent(NOON, mailoutbox) == 1
    assert sent(NOON + 8 * DAY, mailoutbox) == 0


def test_the_inbox_keeps_all_of_it_and_shows_no_digest(person, mailoutbox):
    wants(person, proposals="off", reminders="daily")
    owe(person)
    owe(person, event="nudge")
    sent(NOON, mailoutbox)
    sent(MORNING, mailoutbox)

    found = Notice.objects.of(person, at=MORNING).values_list("event", flat=True)
    assert sorted(found) == ["nudge", "proposed"]


def test_what_was_read_before_the_morning_is_not_told_of(person, mailoutbox):
    owe(person, 2, at=NIGHT)
    sent(NIGHT, mailoutbox)
    actions.read_all(person=person, at=NIGHT)

    assert sent(MORNING, mailoutbox) == 0
    assert not Notice.objects.owed_at(MORNING + DAY).exists()


def test_mail_that_was_stopped_does_not_come_in_a_digest_either(person, mailoutbox):
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)
    actions.stop_mail(person=person, at=NIGHT)

    assert sent(MORNING, mailoutbox) == 0


def test_what_may_have_arrived_goes_again_as_it_was_and_is_never_grouped(person, mailoutbox):
    owe(person, at=NIGHT - HOUR - timedelta(minutes=5))
    claiming.claim(limit=1, at=NIGHT - HOUR - timedelta(minutes=5))  # and here it dies

    assert sent(NIGHT, mailoutbox) == 0
    assert sent(MORNING, mailoutbox) == 1
    notice = Notice.objects.get()
    assert mailoutbox[0].extra_headers["Message-ID"] == f"<notice-{notice.public_id}@example.org>"


def test_a_digest_on_its_way_takes_nothing_more(person, mailoutbox):
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)
    claiming.claim(limit=1, at=MORNING)  # the digest, by another sender
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)  # by a round that began before the morning

    assert sent(MORNING + DAY, mailoutbox) == 2
    assert Notice.objects.filter(event="digest").count() == 2


def test_a_digest_that_had_nothing_to_tell_takes_nothing_more(person, mailoutbox):
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)
    Notice.objects.exclude(event="digest").update(read_at=NIGHT)
    assert sent(MORNING, mailoutbox) == 0
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)  # by a round that began before the morning

    assert sent(MORNING + DAY, mailoutbox) == 1


def test_a_digest_waits_where_the_day_is_full(person, mailoutbox):
    wants(person, has_quiet_hours=False)
    early = MORNING - 2 * HOUR
    owe(person, 1, at=NOON)
    sent(NOON, mailoutbox)
    owe(person, MOST, at=early)  # three go, and the rest waits for the morning
    counts = [sent(moment, mailoutbox) for moment in (early, MORNING)]

    assert counts == [MOST - 2, 1]


def test_what_waits_for_the_morning_is_not_late(person, mailoutbox):
    owe(person, at=NIGHT)
    sent(NIGHT, mailoutbox)

    assert not Notice.objects.late_at(NIGHT + 5 * HOUR).exists()
    assert Notice.objects.late_at(MORNING + 2 * HOUR).count() == 1


def test_a_digest_that_cannot_be_delivered_is_shown_to_a_reviewer(person, mail_sink):
    owe(person, at=NIGHT)
    actions.send_due(at=NIGHT)
    mail_sink.answers[person.email] = "550 no such mailbox"

    actions.send_due(at=MORNING)

    assert [notice.event for notice in Notice.objects.undeliverable()] == ["digest"]


def test_the_database_keeps_a_grouped_notice_from_a_mail_of_its_own(person):
    owe(person, 2)
    one, digest = Notice.objects.order_by("pk")

    for facts in ({"without_mail_at": None}, {"without_mail_at": NOON, "sent_at": NOON}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=one.pk).update(digest=digest, **facts)


@pytest.mark.parametrize("hours", [(24, 8), (21, 24), (8, 8)])
def test_the_database_refuses_quiet_hours_that_are_none_or_never_end(person, hours):
    with pytest.raises(IntegrityError), transaction.atomic():
        wants(person, quiet_from=hours[0], quiet_until=hours[1])
