"""A concern goes to the platform's reviewers, never to the party it is about."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import concerns
from accounts.models import Concern, Membership
from notices.models import Notice
from tests.factories import NOON, make_match, make_party, make_reviewer, make_user, owner_of
from tests.pages import Page
from trail.models import Audit

pytestmark = pytest.mark.django_db
WORRY = {"kind": "pressure", "text": "They ask for fees before the first day."}


def reported(reporter=None, party=None, **fields):
    return concerns.report(
        reporter=reporter or make_user(), party=party, at=NOON, **(WORRY | fields)
    )


def seen_by(reviewer):
    return list(Concern.objects.seen_by_reviewer(reviewer))


@pytest.mark.parametrize(
    "stands", ["proposed", "accepted", "waiting", "introduced", "engaged", "ended", "declined"]
)
@pytest.mark.parametrize("side", ["need", "offer"])
def test_either_side_reports_at_every_stage_of_a_match(client, stands, side):
    match = make_match(status=stands)
    other = match.posting_of("offer" if side == "need" else "need").party
    client.force_login(owner_of(match.posting_of(side).party))
    address = reverse("desk:match_concern", args=[match.public_id])
    assert address in client.get(reverse("matching:match", args=[match.public_id])).text

    answer = client.post(address, WORRY)

    assert answer.status_code == 302
    told = Concern.objects.get()
    assert (told.party, told.subject, told.subject_id) == (other, "matching.match", match.pk)


def test_the_form_is_plain_and_says_whom_it_is_not_told(client):
    match = make_match()
    client.force_login(owner_of(match.need.party))
    address = reverse("desk:match_concern", args=[match.public_id])

    page = client.get(address)
    answer = client.post(address, WORRY)

    assert Page(page.text).complaints == []
    assert "not told" in client.get(answer.url).text


def test_a_stranger_reports_nothing_about_a_match(client):
    client.force_login(make_user())
    address = reverse("desk:match_concern", args=[make_match().public_id])

    assert {client.get(address).status_code, client.post(address, WORRY).status_code} == {404}


def test_anybody_signed_in_reports_about_anything(client):
    client.force_login(make_user())

    client.post(reverse("desk:concern_new"), WORRY)

    assert Concern.objects.get().party is None


def test_a_confidential_party_is_called_by_its_alias_there(client):
    match = make_match()
    party = match.need.party
    type(party).objects.filter(pk=party.pk).update(
        confidential=True, alias="A home in New York", zip="", latitude=None, longitude=None,
        county="", name="Harbor House", reviewed_alias="A home in New York",
    )  # fmt: skip
    client.force_login(owner_of(match.offer.party))

    page = client.get(reverse("desk:match_concern", args=[match.public_id]))

    assert "A home in New York" in page.text
    assert "Harbor House" not in page.text


def test_names_of_people_who_are_helped_are_not_kept(client):
    client.force_login(make_user())

    page = client.post(
        reverse("desk:concern_new"), WORRY | {"text": "My client Maria Lopez was sent home."}
    )

    assert Concern.objects.count() == 0
    assert page.context["form"].errors["text"]


def test_the_party_it_is_about_hears_nothing():
    party = make_party()
    reviewer = make_reviewer()

    reported(party=party)

    assert [notice.recipient for notice in Notice.objects.all()] == [reviewer]
    assert Audit.objects.get(verb="concern_reported").facts["party"] == party.pk


def test_a_reviewer_never_sees_what_concerns_their_own_party_or_was_told_by_it():
    insider, outsider, party = make_reviewer(), make_reviewer(), make_party()
    colleague = owner_of(party)
    Membership.objects.create(user=insider, party=party, joined_at=NOON)

    about, by_them = reported(party=party), reported(reporter=colleague)

    assert seen_by(insider) == []
    assert {concern.pk for concern in seen_by(outsider)} == {about.pk, by_them.pk}
    assert not Notice.objects.filter(recipient=insider).exists()
    with pytest.raises(concerns.NotYoursToClose):
        concerns.close(concern=about, reviewer=insider, note="Fine.", at=NOON)


def test_nobody_closes_what_they_reported_themselves():
    reviewer = make_reviewer()
    concern = reported(reporter=reviewer)

    with pytest.raises(concerns.NotYoursToClose):
        concerns.close(concern=concern, reviewer=reviewer, note="Fine.", at=NOON)


def test_closing_tells_the_reporter_neutrally_and_keeps_the_note_for_reviewers(client):
    reporter, reviewer = make_user(), make_reviewer()
    concern = reported(reporter=reporter, party=make_party())
    client.force_login(reviewer)

    client.post(
        reverse("accounts:concern_review", args=[concern.public_id]), {"note": "We called them."}
    )

    (heard,) = Notice.objects.filter(event="heard")
    assert heard.recipient == reporter
    client.force_login(reporter)
    page = client.get(heard.path)
    assert "have looked at it" in page.text
    assert "We called them." not in page.text
    with pytest.raises(concerns.ClosedAlready):
        concerns.close(concern=concern, reviewer=make_reviewer(), note="Again.", at=NOON)


def test_the_queue_puts_danger_first_and_leads_to_suspending(client):
    party = make_party()
    calm, danger = reported(party=party), reported(party=party, kind="safety")
    client.force_login(make_reviewer())

    queue = client.get(reverse("accounts:concern_queue"))
    page = client.get(reverse("accounts:concern_review", args=[calm.public_id]))
    client.post(reverse("desk:party_suspend", args=[party.public_id]), {"reason": "A report."})

    assert queue.context["waiting"] == [danger, calm]
    assert Page(queue.text).complaints == Page(page.text).complaints == []
    assert reverse("desk:party_suspend", args=[party.public_id]) in page.text
    party.refresh_from_db()
    assert party.status == "suspended"


def test_danger_is_told_at_once():
    make_reviewer()

    reported(kind="safety")

    assert Notice.objects.get().urgent
    assert not Notice.objects.filter(recipient__is_reviewer=False).exists()


def test_for_everybody_else_the_queue_does_not_exist(client):
    concern = reported()
    client.force_login(make_user())

    for name, args in (("concern_queue", []), ("concern_review", [concern.public_id])):
        assert client.get(reverse(f"accounts:{name}", args=args)).status_code == 404
    assert client.get(reverse("accounts:concern", args=[concern.public_id])).status_code == 404


def test_one_person_wakes_reviewers_a_few_times_a_day_and_is_heard_twenty_times(client):
    reviewer, person = make_reviewer(), make_user()
    for _each in range(concerns.MOST_A_DAY):
        reported(person, kind="safety")

    told = Notice.objects.of(reviewer, at=NOON)
    assert (told.filter(urgent=True).count(), told.count()) == (3, 20)
    with pytest.raises(concerns.ToldEnough):
        reported(person, kind="safety")
    assert reported(make_user()).is_open
    concerns.report(reporter=person, party=None, at=NOON + timedelta(days=1), **WORRY)


def test_who_has_told_a_lot_keeps_the_words_and_hears_whom_to_call(client):
    person = make_user()
    client.force_login(person)
    for _each in range(concerns.MOST_A_DAY):
        concerns.report(reporter=person, party=None, at=timezone.now(), **WORRY)

    answer = client.post(reverse("desk:concern_new"), WORRY)

    assert str(concerns.ToldEnough.message) in unescape(answer.text)
    assert WORRY["text"] in answer.text
