"""After an erasure somebody reads the whole database, table by table, for what was typed."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import (
    CallBack,
    DomainProof,
    Invitation,
    Party,
    RegisterEntry,
    Review,
    User,
)
from desk.party_risks import risks_of, waiting_parties
from engagements import actions as engagements
from engagements.models import Message
from keeping import erasing, marks, purging
from keeping.models import Erasure, Mark, Total
from matching.models import Match
from matching.pipeline import match_changes
from notices.models import Notice
from opportunities.models import Need, Offer
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)  # fmt: skip
from tests.keeping.dump import dump, found
from trail import actions as trail
from trail.models import Audit

pytestmark = pytest.mark.django_db
CANARY = "quetzal"
WEEK = timedelta(days=7)
WAITS = {"status": "in_review", "submitted_at": NOON}
ODD = {"website": f"https://{CANARY}.example.org", "email": f"{CANARY}@{CANARY}.example.org"}
NOT_FREE = {"password", "state", "license_state", "time_zone", "language", "mailing_address", "zip"}


def type_everywhere(row):
    """Put the canary into every text field that anybody can type into."""
    for field in row._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField)
        if field.choices or field.name in NOT_FREE or not (is_text and field.editable):
            continue
        setattr(row, field.name, ODD.get(field.name, CANARY)[: field.max_length or None])
    for field in row._meta.concrete_fields:
        if isinstance(field, ArrayField) and field.name in {"tags", "terms", "requires"}:
            setattr(row, field.name, [CANARY])
    row.save()
    return row


@pytest.fixture
def person():
    return type_everywhere(make_user())


@pytest.fixture
def party(person):
    """Everything a person and a party ever typed, and what others wrote about them."""
    own = type_everywhere(make_party(owner=person, license_state="NY"))
    person.emailaddress_set.create(email=ODD["email"], verified=True, primary=True)
    need, offer = (type_everywhere(make(own)) for make in (make_need, make_offer))
    make_match(need=need, status="declined", need_answer="no", need_answered_at=NOON,
               need_answered_by=person, need_reason=CANARY, closed_reason=CANARY)  # fmt: skip
    met = make_match(offer=offer, status="engaged")
    for side, author, text in (("offer", person, CANARY), ("need", make_user(), f"To {CANARY}.")):
        Message.objects.create(match=met, side=side, author=author, text=text, written_at=NOON)
    reviewer = make_reviewer()
    Review.objects.create(
        party=own, round=1, reviewer=reviewer, decision="verify", at=NOON, facts={"name": CANARY}
    )
    CallBack.objects.create(party=own, number=CANARY, source=CANARY, outcome="confirmed",
                            called_name=CANARY, called_at=NOON, called_by=reviewer)  # fmt: skip
    RegisterEntry.objects.create(party=own, round=1, register=CANARY, outcome="matches",
                                 looked_up_at=NOON, looked_up_by=reviewer)  # fmt: skip
    DomainProof.objects.create(party=own, email=ODD["email"], created_at=NOON, due_at=NOON,
                               expires_at=NOON + WEEK)  # fmt: skip
    Invitation.objects.create(party=own, email=f"two{ODD['email']}", invited_by=person,
                              created_at=NOON, due_at=NOON, expires_at=NOON + WEEK)  # fmt: skip
    LogEntry.objects.create(
        user=reviewer,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=CANARY,
        action_flag=2,
    )
    trail.record(actor_id=person.pk, verb="party_edited", subject=own, at=NOON)
    return own


def erase(person, at=NOON + WEEK):
    Erasure.objects.create(person=person, asked_at=at - WEEK, due_at=at)
    list(purging.purge(at=at))


def test_no_word_of_a_person_and_their_party_is_left_in_any_table(person, party):
    tables = {line.split()[0] for line in found(CANARY)}
    assert tables >= {
        "accounts_user", "accounts_party", "opportunities_need", "opportunities_offer",
        "matching_match", "accounts_review", "accounts_callback", "django_admin_log",
        "accounts_domainproof", "accounts_invitation", "account_emailaddress",
    }  # fmt: skip

    erase(person)

    assert found(CANARY) == []
    assert not User.objects.filter(pk=person.pk).exists()
    assert not Party.objects.filter(pk=party.pk).exists()


def test_counts_and_the_ids_in_the_audit_are_all_that_is_left(person, party):
    erase(person)

    assert sorted(Total.objects.values_list("outcome", "count")) == [
        ("declined", 1),
        ("engaged", 1),
    ]
    traces = Audit.objects.filter(actor_id=person.pk) | Audit.objects.filter(subject_id=person.pk)
    assert set(traces.values_list("verb", flat=True)) >= {"party_edited", "person_erased"}
    ids = {str(person.public_id), str(party.public_id)}
    assert [line for line in dump() if any(one in line for one in ids)] == []


def test_who_decided_on_others_stays_as_a_bare_number():
    reviewer = type_everywhere(make_reviewer())
    check = make_check(make_user(), recorded_by=reviewer)

    erase(reviewer)

    check.refresh_from_db()
    bare = check.recorded_by
    assert (bare.name, bare.phone, bare.is_active, bare.is_reviewer) == ("", "", False, False)
    assert bare.email.endswith("@erased.invalid")
    assert bare.public_id != reviewer.public_id
    assert not bare.has_usable_password()
    assert found(CANARY) == []


def test_who_is_under_way_with_it_hears_once_that_it_ended(person, party):
    match = Match.objects.get(status="engaged")
    other = match.need.told
    engagements.write(match=match, by=other, text="See you on Tuesday.", at=NOON)
    engagements.write(match=match, by=person, text="Until then.", at=NOON)

    erase(person)

    notice = Notice.objects.get(recipient=other)
    assert (notice.event, notice.path) == ("ended", "/matches/")


def test_the_matcher_goes_on_after_an_erasure(person, party):
    erase(person)
    assert match_changes(at=NOON + WEEK) >= 0
    assert Need.objects.count() == 1
    assert Offer.objects.count() == 1


def test_a_team_with_another_owner_stays_and_its_person_is_out_of_it(person):
    party = make_party()
    party.memberships.create(user=person, role="owner", joined_at=NOON)
    party.contact = person
    party.save()
    need = make_need(party, contact=person)
    met = make_match(need, status="introduced")
    for author, text in ((person, CANARY), (owner_of(met.offer.party), "Tuesday is fine.")):
        Message.objects.create(match=met, side="need", author=author, text=text, written_at=NOON)

    erase(person)

    party.refresh_from_db()
    need.refresh_from_db()
    assert (party.contact, need.contact, party.memberships.count()) == (None, None, 1)
    assert [message.text for message in met.messages.all()] == ["Tuesday is fine."]
    assert found(CANARY) == []


def test_a_suspended_party_that_comes_back_is_known_by_its_number_or_domain(person):
    old = make_party("business", owner=person, registration_number="12-3456789",
                     website="https://www.shop.example.org", status="suspended")  # fmt: skip
    number, domain = [
        make_party(registration_number="123456789", website=""),
        make_party(website="https://shop.example.org/us"),
    ]
    stranger = make_party(owner=make_user(email="x@gmail.com"), website="https://other.example.net")
    assert marks.seen_before(number) == []

    erase(person)

    assert "registration" in {mark.of for mark in marks.seen_before(number)}
    assert "domain" in {mark.of for mark in marks.seen_before(domain)}
    assert marks.seen_before(stranger) == []
    assert not any(word in line for line in dump() if line.startswith("keeping_mark")
                   for word in ("3456789", "shop", CANARY, str(old.public_id)))  # fmt: skip


def test_a_suspended_party_that_signs_up_anew_beside_itself_is_known_too():
    make_party("business", registration_number="12-3456789", website="", status="suspended")
    again = make_party(
        "business",
        owner=make_user(email="x@gmail.com"),
        registration_number="12-3456789",
        website="",
        **WAITS,
    )
    other = make_party(owner=make_user(email="y@gmail.com"), website="", **WAITS)

    told = risks_of(list(waiting_parties(make_reviewer())))

    assert told[again.pk] == ["A team with the same number or domain was suspended here."]
    assert told[other.pk] == []


def test_it_is_known_after_a_change_of_the_secret_as_long_as_the_old_one_is_given(person, settings):
    make_party("business", owner=person, registration_number="12-3456789", status="suspended")
    again = make_party(registration_number="123456789", website="")
    erase(person)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-secret"
    assert [mark.of for mark in marks.seen_before(again)] == ["registration"]
    settings.SECRET_KEY_FALLBACKS = []
    assert marks.seen_before(again) == []


def test_a_party_in_good_standing_leaves_no_mark(person, party):
    erase(person)
    assert not Mark.objects.exists()


def test_nobody_erases_what_somebody_else_reports_before_it_is_heard(person, party):
    concern = party.concerns.create(kind="safety", text="Fees", reported_at=NOON)

    erase(person)
    assert Party.objects.filter(pk=party.pk).exists()

    concern.delete()
    list(purging.purge(at=NOON + WEEK * 2))
    assert not Party.objects.filter(pk=party.pk).exists()


def test_who_wrote_for_a_reported_team_and_left_it_takes_no_message_along(person):
    team = make_party("business")
    met = make_match(offer=make_offer(team), status="engaged")
    for side, author in (("offer", person), ("need", reporter := make_user())):
        Message.objects.create(match=met, side=side, author=author, text="Hi.", written_at=NOON)
    concern = team.concerns.create(kind="contact", text="Visits", reported_at=NOON)

    erase(person)
    erase(reporter)
    assert [message.author for message in met.messages.all()] == [person]

    concern.delete()
    list(purging.purge(at=NOON + WEEK * 2))
    assert not met.messages.exists()


def test_a_week_passes_first_and_who_undoes_it_stays(person):
    erasing.ask(person=person, at=NOON)
    list(purging.purge(at=NOON + WEEK - timedelta(seconds=1)))
    erasing.take_back(person=person, at=NOON)
    list(purging.purge(at=NOON + WEEK))
    assert User.objects.filter(pk=person.pk).exists()
    with pytest.raises(erasing.NotAsked):
        erasing.take_back(person=person, at=NOON)
