"""A draft that somebody left is reminded of once, kindly, and never when it is settled."""

from datetime import timedelta

import pytest
from django.core import mail

from notices import actions as notices
from notices.models import Notice
from opportunities import actions
from opportunities.left_drafts import remind_of_drafts
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.opportunities.pages import signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

DAY = timedelta(days=1)


def left(days=7, make=make_need, **fields):
    return make(**({"status": "draft", "round": 0, "updated_at": NOON - days * DAY} | fields))


def test_a_draft_is_reminded_of_after_a_week_and_once():
    need, offer = left(), left(make=make_offer)
    left(days=6)

    assert [remind_of_drafts(at=NOON) for _ in range(2)] == [2, 0]
    actions.save_draft(
        party=need.party, by=owner_of(need.party), model=type(need), posting=need, facts={}, at=NOON
    )
    assert remind_of_drafts(at=NOON + 6 * DAY) == 1  # the third, and not the need again

    told = Notice.objects.filter(path__in=[url(need, "edit"), url(offer, "edit")])
    assert sorted(told.values_list("path", "event", "read_at")) == sorted(
        [(url(need, "edit"), "draft", NOON), (url(offer, "edit"), "draft", None)]
    )
    page = signed_in(owner_of(need.party)).get("/inbox/").content.decode()
    assert "Something you began still waits as a draft." in page
    assert f"“{need}”" in page


def test_nothing_but_a_draft_of_ones_own_hand_is_reminded_of():
    left(status="open", opened_at=NOON)
    left(status="withdrawn")
    left(import_id="N-1")
    left(round=1)  # a reviewer sent it back, and said so
    left(days=22)
    left(party=make_party(status="suspended"))

    assert remind_of_drafts(at=NOON) == 0


def mailed():
    """Whom a mail reaches, in the middle of their day."""
    notices.send_due(at=NOON + timedelta(hours=6))
    return [message.to[0] for message in mail.outbox]


@pytest.mark.parametrize("ending", [actions.publish, actions.withdraw])
def test_no_mail_goes_out_about_a_draft_that_is_settled(ending):
    settled, waiting = left(), left()
    remind_of_drafts(at=NOON)

    ending(posting=settled, by=owner_of(settled.party), at=NOON)

    assert mailed() == [owner_of(waiting.party).email]


def test_the_reminder_honors_what_its_person_chose():
    silent, other = left(), left()
    notices.choose_mail(person=owner_of(silent.party), choices={"profile": "off"}, at=NOON)
    remind_of_drafts(at=NOON)

    assert mailed() == [owner_of(other.party).email]
