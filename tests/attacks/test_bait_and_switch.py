"""Somebody has a good offer approved, waits for a match, and then says something else in it."""

import pytest
import time_machine
from django.urls import reverse

from accounts import vetting
from accounts.actions import edit_party
from accounts.places import place_of_zip
from opportunities import actions, reviewing
from tests.factories import (
    NOON,
    make_evidence,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    owner_of,
)
from tests.matching.pages import list_of, page_of, people_of, signed_in

pytestmark = pytest.mark.django_db
BAIT = {
    "title": "Baker",
    "description": "We bake bread.",
    "workplace": "Bakery",
    "supervisor": "Chef",
}
SWITCH = {
    "title": "Hostess",
    "description": "Rich guests tip well.",
    "workplace": "Motel",
    "supervisor": "Whoever is there",
}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def offer():
    return make_offer(kind="job", **BAIT)


def read_by_the_other_side(match):
    asking, _offering = people_of(match)
    taken_out = signed_in(asking).post(reverse("matching:download")).text
    home = signed_in(asking).get(reverse("home")).text
    return page_of(match, asking) + list_of(asking) + home + taken_out


@pytest.mark.parametrize("status", ["proposed", "introduced", "withdrawn"])
@pytest.mark.parametrize("then", [None, actions.withdraw])
def test_what_no_reviewer_has_read_reaches_nobody(offer, status, then):
    match = make_match(make_need(kind="job"), offer, status=status)
    poster = owner_of(offer.party)
    assert BAIT["description"] in read_by_the_other_side(match)

    actions.edit(posting=offer, by=poster, facts=SWITCH, at=NOON)
    if then:
        then(posting=offer, by=poster, at=NOON)

    seen = read_by_the_other_side(match)
    assert [words for words in SWITCH.values() if words in seen] == []
    assert "You see it again once our reviewers have read it." in seen


def test_a_pause_or_a_reviewers_no_does_not_carry_it_across(offer):
    match, poster = make_match(make_need(kind="job"), offer), owner_of(offer.party)
    actions.pause(posting=offer, by=poster, at=NOON)
    actions.edit(posting=offer, by=poster, facts=SWITCH, at=NOON)
    assert SWITCH["description"] not in read_by_the_other_side(match)

    actions.resume(posting=offer, by=poster, at=NOON)
    reviewing.decide(
        posting=offer, reviewer=make_reviewer(), decision="decline", reason="No.", at=NOON
    )
    assert SWITCH["description"] not in read_by_the_other_side(match)


def test_it_is_read_once_two_reviewers_have_read_it(offer):
    match, poster = (
        make_match(make_need(kind="job"), offer, status="introduced"),
        owner_of(offer.party),
    )
    actions.edit(posting=offer, by=poster, facts={"description": "We bake rolls."}, at=NOON)
    for _each in range(2):
        assert "We bake rolls." not in read_by_the_other_side(match)
        reviewing.decide(posting=offer, reviewer=make_reviewer(), decision="approve", at=NOON)
    assert "We bake rolls." in read_by_the_other_side(match)


# The name of a party


def renamed(party, **names):
    hidden = {"counties": party.counties} if party.confidential else {}
    place = None if hidden else place_of_zip("11201")
    edit_party(party=party, editor=owner_of(party), facts=names, place=place, at=NOON, **hidden)
    return party


def read_everywhere_by_the_other_side(match):
    asking, _offering = people_of(match)
    other_pages = [reverse("desk:match_concern", args=[match.public_id])]
    if match.introduced_at:
        other_pages.append(reverse("engagements:thread", args=[match.public_id]))
    told = [signed_in(asking).get(page).text for page in other_pages]
    return read_by_the_other_side(match) + "".join(told)


@pytest.mark.parametrize("status", ["proposed", "introduced"])
def test_a_name_that_no_reviewer_has_read_reaches_nobody(status):
    bakery = make_party("business", name="Honest Bakery")
    match = make_match(make_need(kind="job"), make_offer(bakery, kind="job"), status=status)
    make_evidence(bakery)

    renamed(bakery, name="State Police Office")
    bakery.refresh_from_db()
    vetting.decide(party=bakery, reviewer=make_reviewer(), decision="verify", at=NOON)
    seen = read_everywhere_by_the_other_side(match)
    assert "State Police Office" not in seen
    assert "Honest Bakery" in seen

    vetting.decide(party=bakery, reviewer=make_reviewer(), decision="verify", at=NOON)
    assert "State Police Office" in read_everywhere_by_the_other_side(match)


def test_an_alias_that_no_reviewer_has_read_reaches_nobody():
    home = make_party(confidential=True, counties=["Kings County, NY"], alias="A home in Brooklyn")
    match = make_match(make_need(home, confidential=True, counties=home.counties, county=""))
    _asking, offering = people_of(match)

    renamed(home, alias="State Police Office")

    seen = page_of(match, offering) + list_of(offering)
    assert "State Police Office" not in seen
    assert "A home in Brooklyn" in seen


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("desk:party", {"decision": "verify"}),
        ("desk:party_call", {"number": "212-555-0199", "source": "Yellow", "outcome": "confirmed"}),
        ("desk:party_register", {"register": "irs.gov", "outcome": "not_there"}),
    ],
)
def test_what_a_reviewer_says_of_a_party_is_not_said_of_its_next_name(page, said):
    party = make_party(verified=False)
    make_evidence(party)
    vetting.submit(party=party, by=owner_of(party), at=NOON)
    reviewer = signed_in(make_reviewer())
    shown = reviewer.get(reverse("desk:party", args=[party.public_id])).context["form"]
    edit_party(
        party=party,
        editor=owner_of(party),
        facts={"name": "Elsewhere", "legal_name": "Elsewhere Inc."},
        place=place_of_zip(party.zip),
        at=NOON,
    )
    before = party.call_backs.count()

    said = said | {"seen_round": shown["seen_round"].value()}
    answer = reviewer.post(reverse(page, args=[party.public_id]), said, follow=True)

    assert "It was changed while you read it. Please look again." in answer.text
    assert not party.reviews.exists()
    assert (party.call_backs.count(), party.register_entries.count()) == (before, 0)
