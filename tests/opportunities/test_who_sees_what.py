"""What the preview promises about a posting, tier by tier."""

import pytest

from opportunities.disclosure import facts_of
from opportunities.who_sees_what import shown_of
from tests.factories import make_need, make_offer, make_party, make_user, owner_of
from tests.opportunities.pages import signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def tiers_of(shown):
    return {
        tier: {fact.label: fact.values for fact in getattr(shown, tier)}
        for tier in ("public", "counterpart", "introduced", "never")
    }


def test_the_preview_says_who_sees_what():
    need = make_need(
        make_party(confidential=True, alias="A home in the city"),
        status="draft",
        confidential=True,
        counties=["Kings County, NY"],
        zip="",
        latitude=None,
        longitude=None,
        county="",
        exclusions=["alcohol"],
        audience="both",
        seats=3,
    )

    page = signed_in(owner_of(need.party)).get(url(need, "publish"))
    tiers = tiers_of(page.context["shown"])

    assert tiers["public"] == {}
    assert tiers["counterpart"]["Asked by"] == ["A home in the city"]
    assert tiers["counterpart"]["For how many"] == ["A few people"]
    assert tiers["introduced"]["Name of the team"] == [need.party.name]
    assert tiers["introduced"]["For how many"] == ["3 people"]
    assert tiers["never"] == {
        "What must not be there": ["Alcohol is served or present"],
        "Minors among them": ["Adults and minors"],
        "ZIP code": ["Not stored: the place is confidential"],
    }


def test_an_offer_of_work_tells_its_place_after_an_introduction_and_its_audience_never():
    trainer = make_user(name="Tia Trainer")
    offer = make_offer(
        make_party("business"),
        kind="job",
        workplace="Our bakery",
        audience="both",
        groups=2,
        people=[trainer],
    )

    offer.refresh_from_db()

    tiers = tiers_of(shown_of(offer))

    assert tiers["public"] == {}
    assert "Place of work" not in tiers["counterpart"]
    assert tiers["introduced"]["Place of work"] == ["Our bakery"]
    assert tiers["never"] == {
        "ZIP code": [offer.zip],
        "How far": ["25 miles (40 kilometers)"],
        "With whom": ["Adults and minors"],
        "Who comes": ["Tia Trainer"],
        "Groups in the same weeks": ["2"],
    }


@pytest.mark.parametrize("make", [make_need, make_offer])
def test_the_preview_promises_the_very_lines_that_the_other_side_sees(make):
    posting = make(languages=["en", "xx"])

    shown = shown_of(posting)

    first_lines = 3  # by whom, in one line, a little more
    assert shown.counterpart[first_lines:] == facts_of(posting, has_met=False)
