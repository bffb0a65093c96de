"""Make the fictional country true: everybody signs up, is checked, posts and answers.

All of it goes through the real actions at moments of the past days, and the matches
are the real matcher's. Only accounts are written directly: one password, hashed once.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import actions as accounts
from accounts import checks, conduct, gathering, inviting, vetting
from accounts.models import CallBack, Party, Review, User
from accounts.places import place_of_zip
from alongside.demo.country import PASSWORD, Country, Person, Plan
from matching import actions as matching
from matching import pipeline
from matching.models import Match
from notices import actions as notices
from notices.models import Preference
from opportunities import actions as opportunities
from opportunities import reviewing
from opportunities.models import Need, Offer, PostingReview, Topic
from public import counting

READY = ("nonprofit@example.org", "volunteer@example.org", "business@example.org")
STAYS_IN_QUEUE = 6  # of the postings that need a reviewer, each sixth is left to one
QUESTION = "Thank you. Please tell us who can confirm your registration."
DECLINE_REASONS = ("The days do not work for us.", "We found somebody in the meantime.")

Say = Callable[[str], None]
Posting = Need | Offer


def settle(country: Country, *, now: datetime, say: Say) -> None:
    """Fill an empty database that has its topics. ``now`` is when people look at it."""
    reviewers = appoint(country.reviewers, at=now - timedelta(days=320))
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    parties = [(plan, join(plan, reviewers, now=now)) for plan in _in_order(country)]
    say(f"{len(parties)} parties have signed up and were checked")
    posted = [
        posting
        for plan, party in parties
        for posting in post(plan, party, topics, at=now - timedelta(days=6))
    ]
    _review(posted, reviewers, at=now - timedelta(days=5))
    say(f"{len(posted)} needs and offers are posted")
    found = pipeline.match_changes(at=now - timedelta(days=4))
    say(f"the matcher proposed {found} matches")
    _answer(at=now - timedelta(days=3))
    matching.sweep_deadlines(at=now - timedelta(days=2))
    pipeline.match_changes(at=now - timedelta(days=2))
    for days in (2, 1):  # the second day brings the digests of the first
        notices.send_due(at=now - timedelta(days=days))
    introduced = Match.objects.filter(status=Match.Status.INTRODUCED).count()
    say(f"people answered; {introduced} introductions stand")
    counting.count_week(at=now)


# People and parties


def appoint(people: Iterable[Person], *, at: datetime) -> list[User]:
    appointed = []
    for person in people:
        user, _new = accounts.make_reviewer(
            email=person.email, name=person.name, password=None, at=at
        )
        user.password = _hashed_password()
        user.save(update_fields=["password"])
        conduct.accept(person=user, version=conduct.CURRENT, at=at)
        appointed.append(user)
    return appointed


def _in_order(country: Country) -> list[Plan]:
    return sorted(country.plans, key=lambda plan: -plan.age_days)


@transaction.atomic  # one commit for the whole journey
def join(plan: Plan, reviewers: Sequence[User], *, now: datetime) -> Party:
    """Sign up, fill in the profile, send it in, and be decided on as far as planned."""
    founded = now - timedelta(days=plan.age_days)
    owner, *colleagues = (_account(person, plan, at=founded) for person in plan.people)
    accounts.sign_up(
        person=owner,
        name=owner.name,
        language=owner.language,
        kind=plan.kind,
        party_name=plan.facts["name"],
        at=founded,
    )
    party = Party.objects.get(memberships__user=owner)
    for colleague in colleagues:
        invitation = inviting.invite(
            party=party, email=colleague.email, role="staff", by=owner, at=founded
        )
        inviting.accept_invitation(invitation=invitation, person=colleague, at=founded)
    party = accounts.edit_party(
        party=party,
        editor=owner,
        facts=plan.facts | ({"second_contact": colleagues[0]} if colleagues else {}),
        place=None if plan.confidential else place_of_zip(plan.zip),
        counties=list(plan.counties) if plan.confidential else None,
        at=founded,
    )
    party = vetting.submit(party=party, by=owner, at=founded + timedelta(hours=1))
    if not party.is_volunteer and _who_says_yes(plan, party, reviewers):
        _call_back(party, reviewers[0], at=founded + timedelta(hours=19))
    _record_checks(plan, owner, reviewers[0], now=now)
    return _decide(plan, party, reviewers, at=founded + timedelta(hours=20))


def _call_back(party: Party, reviewer: User, *, at: datetime) -> None:
    """Their mailbox needs no mail: the owners sign in with addresses of their own domain."""
    gathering.record_call(
        party=party,
        number="(800) 555-0100",
        source="The state's register of companies",
        outcome=CallBack.Outcome.CONFIRMED,
        by=reviewer,
        at=at,
    )


def _account(person: Person, plan: Plan, *, at: datetime) -> User:
    zone = "America/New_York" if plan.confidential else place_of_zip(plan.zip).time_zone
    user = User.objects.create(
        email=person.email,
        name=person.name,
        phone=person.phone,
        language=person.language,
        time_zone=zone,
        password=_hashed_password(),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Preference.objects.create(person=user, has_quiet_hours=False)  # a demo runs at any hour
    conduct.accept(person=user, version=conduct.CURRENT, at=at)
    return user


_hashed: list[str] = []


def _hashed_password() -> str:
    """The one password, hashed once: hashing is slow on purpose, and this is a demo."""
    if not _hashed:
        _hashed.append(make_password(PASSWORD))
    return _hashed[0]


def _record_checks(plan: Plan, owner: User, reviewer: User, *, now: datetime) -> None:
    person = plan.people[0]
    if person.check:
        checks.record_check(
            person=owner,
            level=person.check,
            issued_date=now.date() - timedelta(days=60),
            expires_date=now.date() + timedelta(days=person.check_days),
            by=reviewer,
            at=now - timedelta(days=7),
        )


def _decide(plan: Plan, party: Party, reviewers: Sequence[User], *, at: datetime) -> Party:
    if plan.standing == "more_information":
        return vetting.decide(
            party=party,
            reviewer=reviewers[0],
            decision=Review.Decision.MORE_INFORMATION,
            reason=QUESTION,
            at=at,
        )
    for reviewer in _who_says_yes(plan, party, reviewers):
        party = vetting.decide(
            party=party, reviewer=reviewer, decision=Review.Decision.VERIFY, at=at
        )
    return party


def _who_says_yes(plan: Plan, party: Party, reviewers: Sequence[User]) -> Sequence[User]:
    """As many as it takes; of those in review, some lack only the ready reviewer's yes."""
    if plan.standing == "verified":
        return reviewers[: party.reviewers_needed]
    return reviewers[1:] if party.reviewers_needed > 1 and plan.age_days % 2 else ()


# Needs and offers


@transaction.atomic
def post(plan: Plan, party: Party, topics: dict[str, Topic], *, at: datetime) -> list[Posting]:
    owner = User.objects.get(email=plan.people[0].email)
    at = max(at, party.created_at + timedelta(hours=2))
    posted: list[Posting] = []
    for model, plans in ((Need, plan.needs), (Offer, plan.offers)):
        for planned in plans:
            facts = planned | {"topics": [topics[slug] for slug in planned["topics"]]}
            if model is Offer and facts["kind"] == "class":
                facts["people"] = [owner]
            posted.append(_publish(model, party, owner, facts, at=at))
    return posted


def _publish(
    model: type[Need] | type[Offer], party: Party, owner: User, facts: dict[str, Any], at: datetime
) -> Posting:
    draft = opportunities.save_draft(model=model, party=party, by=owner, facts=facts, at=at)
    return opportunities.publish(posting=draft, by=owner, at=at)


def _review(posted: Iterable[Posting], reviewers: Sequence[User], *, at: datetime) -> None:
    """Approve what waits for a reviewer, and leave some of it to those who look around."""
    waiting = [one for one in posted if one.status == "in_review" and _is_verified(one, at)]
    for number, posting in enumerate(waiting):
        stays = number % STAYS_IN_QUEUE == STAYS_IN_QUEUE - 1
        if not stays:
            _approve(posting, reviewers[: posting.reviews_needed], at=max(at, posting.updated_at))


def _approve(posting: Posting, reviewers: Sequence[User], *, at: datetime) -> None:
    for reviewer in reviewers:
        reviewing.decide(
            posting=posting, reviewer=reviewer, decision=PostingReview.Decision.APPROVE, at=at
        )


def _is_verified(posting: Posting, at: datetime) -> bool:
    return posting.party.is_verified_at(at)


# Answers


def _answer(*, at: datetime) -> None:
    """Of ten proposals five find two yeses, two one, one a no; the ready sign-ins keep theirs."""
    open_matches = Match.objects.select_related("need__party", "offer__party").order_by("pk")
    for number, match in enumerate(open_matches):
        need_side, offer_side = match.need.told, match.offer.told
        if need_side is None or offer_side is None:
            continue
        if need_side.email in READY or offer_side.email in READY:
            continue
        with suppress(matching.CannotAnswer):  # the last seat may just have gone to another
            _answer_one(match, number, need_side, offer_side, at=at)


def _answer_one(
    match: Match, number: int, need_side: User, offer_side: User, *, at: datetime
) -> None:
    place = number % 10
    if place < 7:
        matching.accept(match=match, by=offer_side, at=at)
    if place < 5:
        matching.accept(match=match, by=need_side, at=at + timedelta(hours=5))
    if place == 7:
        reason = DECLINE_REASONS[number // 10 % len(DECLINE_REASONS)]
        matching.decline(match=match, by=need_side, reason=reason, at=at)
