"""The mail of an invitation: owed by its row, sent once, in neutral words."""

from datetime import timedelta

import pytest
from django.core import mail

from accounts import inviting, tasks
from accounts.mail import invitation_mail
from accounts.models import Invitation
from tests.factories import NOON, make_party, make_user, owner_of

pytestmark = pytest.mark.django_db
LEASE = Invitation.LEASE


def invite(email="ana@example.org", at=NOON, **party):
    found = make_party(**party)
    return inviting.invite(party=found, email=email, role="staff", by=owner_of(found), at=at)


@pytest.fixture
def broken_mail(settings):
    """A mail server that is not there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def test_an_invitation_is_sent_once():
    invitation = invite()

    assert inviting.send_invitations(at=NOON) == 1
    assert inviting.send_invitations(at=NOON + timedelta(days=1)) == 0

    invitation.refresh_from_db()
    assert invitation.sent_at == NOON
    assert [message.to for message in mail.outbox] == [["ana@example.org"]]


@pytest.mark.parametrize("answer", ["accepted_at", "withdrawn_at"])
def test_an_answered_invitation_is_not_sent(answer):
    invitation = invite()
    Invitation.objects.filter(pk=invitation.pk).update(**{answer: NOON})

    assert inviting.send_invitations(at=NOON) == 0


def test_an_invitation_that_ran_out_is_not_sent():
    invitation = invite()

    assert inviting.send_invitations(at=invitation.expires_at) == 0


def test_a_claimed_invitation_is_in_nobody_elses_hands_until_the_lease_ends():
    invitation = invite()

    assert Invitation.objects.claim(limit=10, at=NOON) == [invitation]

    assert Invitation.objects.claim(limit=10, at=NOON + LEASE - timedelta(seconds=1)) == []
    assert Invitation.objects.claim(limit=10, at=NOON + LEASE) == [invitation]


def test_at_most_as_many_are_claimed_as_asked_for_oldest_first():
    late, early = invite("b@example.org"), invite("a@example.org", at=NOON - timedelta(hours=1))

    assert Invitation.objects.claim(limit=1, at=NOON) == [early]
    assert Invitation.objects.claim(limit=1, at=NOON) == [late]


def test_a_worker_that_died_leaves_a_mail_that_goes_again_under_the_same_name():
    invitation = invite()
    first = invitation_mail(invitation)
    Invitation.objects.claim(limit=10, at=NOON)  # and then it died

    inviting.send_invitations(at=NOON + LEASE)

    again = mail.outbox[0].extra_headers["Message-ID"]
    assert again == first.extra_headers["Message-ID"]
    assert again == f"<invitation-{invitation.public_id}@example.org>"


def test_a_mail_that_fails_is_tried_again_later_and_later_and_then_shown(broken_mail):
    invitation, at = invite(), NOON
    waits = []

    for _try in range(Invitation.MAX_TRIES):
        assert inviting.send_invitations(at=at) == 0
        invitation.refresh_from_db()
        waits.append(invitation.due_at - at)
        at = invitation.due_at

    assert waits == [LEASE * 2, LEASE * 4, LEASE * 8, LEASE * 16, LEASE * 32]
    assert invitation.failed_at is not None
    assert list(Invitation.objects.owed_at(at)) == []


def test_one_mail_that_cannot_be_written_stops_no_other():
    bad, good = invite("bad\n@example.org"), invite("good@example.org")

    inviting.send_invitations(at=NOON)

    bad.refresh_from_db()
    good.refresh_from_db()
    assert good.sent_at == NOON
    assert (bad.sent_at, bad.tries) == (None, 1)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_mail_says_neither_who_nor_what_nor_where(language):
    person = make_user(name="Canary Reyes", language=language)
    invitation = invite(
        owner=person, name="Canary House", legal_name="Canary Inc", mission="We serve canaries."
    )

    message = invitation_mail(invitation)

    text = (message.subject + message.body).lower()
    forbidden = ("canary", "nonprofit", "survivor", "traffick", "shelter", "brooklyn", "kings")
    assert [word for word in forbidden if word in text] == []
    assert f"/invitations/{invitation.public_id}/" in message.body
    assert message.from_email == "Alongside <hello@example.org>"


def test_the_task_is_a_door_to_the_action():
    invite(at=NOON - timedelta(days=10_000))
    Invitation.objects.update(expires_at=NOON + timedelta(days=10_000))

    tasks.send_invitations()

    assert len(mail.outbox) == 1


def test_inviting_wakes_the_sender_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        invite()

    assert len(callbacks) == 1
