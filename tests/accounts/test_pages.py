"""The pages about one's own parties, colleagues and self."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions, adverse, concerns, gathering, inviting
from accounts.models import (
    Check,
    Concern,
    Consideration,
    DomainProof,
    Invitation,
    Membership,
    Party,
    Sponsorship,
    User,
)
from accounts.urls import urlpatterns
from tests.factories import NOON, make_check, make_party, make_reviewer, make_user, owner_of
from tests.pages import Page
from trail.models import Audit, Change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

POSTS = {
    "party_submit",
    "party_act",
    "leave",
    "member_role",
    "member_remove",
    "invitation_accept",
    "invitation_withdraw",
    "claim",
    "give_back",
    "sponsor_ask",
    "sponsor_stop",
    "consider",
    "consideration_notice",
    "consideration_clear",
    "consideration_decline",
    "check_withdraw",
}


def person_with_address(**fields):
    person = make_user(**fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def invite(party, email="ana@example.org", role="staff"):
    return inviting.invite(party=party, email=email, role=role, by=owner_of(party), at=NOON)


def join(party, role="staff"):
    return Membership.objects.create(user=make_user(), party=party, role=role, joined_at=NOON)


def profile(**answers):
    """What the owner of a nonprofit types."""
    return {
        "name": "Harbor House",
        "legal_name": "Harbor House Inc",
        "registration_number": "123456789",
        "mission": "We teach.",
        "languages": ["en", "es"],
        "residential": "no",
        "where": "",
        "zip": "11201",
    } | answers


def whole_database():
    """Every row that a page of this app could change."""
    models = (
        *(User, Party, Membership, Invitation, Check, Concern, Consideration, DomainProof),
        *(Sponsorship, Audit, Change),
    )
    return [list(model.objects.order_by("pk").values()) for model in models]


def inside(party):
    """Something of each kind that belongs to the party."""
    member = join(party)
    report = {"kind": "other", "text": "I am worried.", "party": None, "at": NOON}
    came_up = {"level": "registry", "issued_date": NOON.date(), "expires_date": None, "at": NOON}
    considered = adverse.consider(person=member.user, by=make_reviewer(), **came_up)
    owner = owner_of(party)
    return {
        "member": member,
        "invitation": invite(party),
        "check": make_check(member.user),
        "concern": concerns.report(reporter=member.user, **report),
        "consideration": considered,
        "proof": gathering.ask_for_mailbox(
            party=party, email=f"office@{urlsplit(party.website).hostname}", by=owner, at=NOON
        ),
        "sponsorship": gathering.ask_for_sponsor(party=party, by=owner, at=NOON),
    }


def addresses(party, others):
    """Each URL of this app, filled with ids of that party and its people."""
    ids = {
        "member_role": others["member"].public_id,
        "member_remove": others["member"].public_id,
        "invitation": others["invitation"].public_id,
        "invitation_accept": others["invitation"].public_id,
        "invitation_withdraw": others["invitation"].public_id,
        "review_person": others["member"].user.public_id,
        "check_withdraw": others["check"].public_id,
        "concern": others["concern"].public_id,
        "concern_review": others["concern"].public_id,
        "own_consideration": others["consideration"].public_id,
        "consideration": others["consideration"].public_id,
        "consideration_notice": others["consideration"].public_id,
        "consideration_clear": others["consideration"].public_id,
        "consideration_decline": others["consideration"].public_id,
        "mailbox": others["proof"].secret,
        "sponsor": others["sponsorship"].public_id,
        "sponsor_stop": others["sponsorship"].public_id,
    }
    found = {}
    for pattern in urlpatterns:
        takes_id = "<uuid:" in str(pattern.pattern)
        public_id = ids.get(pattern.name, party.public_id)
        found[pattern.name] = reverse(
            f"accounts:{pattern.name}", args=[public_id] if takes_id else []
        )
    return found


@pytest.fixture
def strangers():
    """A whole party that nobody in the test belongs to, and every URL into it."""
    party = make_party()
    return addresses(party, inside(party))


# Doors


OPEN_TO_EVERYBODY = {"invitation"}  # names nobody before the invited person signs in
OWN = {"party_list", "party_start", "person", "own_checks", "conduct", "second_factor"}
PASSED_ON = {"sponsor"}  # whoever owns a verified party and was given the link may vouch


def test_without_a_sign_in_every_page_leads_to_it(client, strangers):
    for name, address in strangers.items():
        answer = client.post(address) if name in POSTS else client.get(address)
        if name in OPEN_TO_EVERYBODY:
            assert answer.status_code == 200
        else:
            assert (name, answer.status_code) == (name, 302)
            assert answer.url.startswith(reverse("account_login"))


def test_a_stranger_gets_404_on_everything_of_another_party(client, strangers):
    client.force_login(owner_of(make_party()))
    before = whole_database()

    answers = {
        name: {client.get(address).status_code, client.post(address).status_code} - {405}
        for name, address in strangers.items()
        if name not in OPEN_TO_EVERYBODY | OWN | PASSED_ON
    }

    assert {name: codes for name, codes in answers.items() if codes != {404}} == {}
    assert whole_database() == before


def test_staff_gets_404_on_what_only_owners_do(client):
    party = make_party()
    staff = join(party)
    everything = addresses(party, inside(party))
    client.force_login(staff.user)
    before = whole_database()

    for name in ("party_edit", "invite", "evidence"):
        assert client.get(everything[name]).status_code == 404
    for name in (
        "party_submit",
        "sponsor_ask",
        "member_role",
        "member_remove",
        "invitation_withdraw",
    ):
        assert client.post(everything[name]).status_code == 404

    assert whole_database() == before


def test_what_does_not_exist_is_404(client):
    client.force_login(make_user())

    assert client.get(reverse("accounts:party", args=[uuid.uuid4()])).status_code == 404


def test_a_get_changes_nothing_and_what_changes_takes_no_get(client):
    party = make_party()
    owner = owner_of(party)
    everything = addresses(
        party,
        inside(party),
    )
    client.force_login(owner)
    client.get(everything["party_list"])  # the session has its row now
    before = whole_database()

    for name, address in everything.items():
        code = client.get(address).status_code
        if name in POSTS:
            assert (name, code) == (name, 405)

    assert whole_database() == before


def test_a_post_without_its_proof_is_refused(strict_client):
    party = make_party()
    everything = addresses(
        party,
        inside(party),
    )
    strict_client.force_login(owner_of(party))
    before = whole_database()

    codes = {
        name: strict_client.post(address, {}).status_code for name, address in everything.items()
    }

    assert set(codes.values()) == {403}
    assert whole_database() == before


def test_every_form_of_a_team_page_carries_its_proof(strict_client):
    party = make_party(verified=False)
    member = join(party)
    invite(party)
    strict_client.force_login(owner_of(party))
    page = strict_client.get(reverse("accounts:party", args=[party.public_id]))
    token = page.context["csrf_token"]

    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert main.count('method="post"') == main.count('name="csrfmiddlewaretoken"') > 0
    strict_client.post(
        reverse("accounts:member_role", args=[member.public_id]),
        {"role": "owner", "csrfmiddlewaretoken": str(token)},
    )
    member.refresh_from_db()
    assert member.role == "owner"


# Each page


BARE = {"verified": False, "legal_name": "", "zip": "", "languages": [], "mission": ""}
STATES = [
    {"verified": False},
    {"status": "in_review", "submitted_at": NOON},
    {"status": "renewal_due"},
    {"status": "lapsed"},
    {"status": "declined"},
]


@pytest.mark.parametrize("kind", ["nonprofit", "business", "volunteer"])
def test_each_page_of_a_team_is_plain_and_complete(client, kind):
    """The forms are the same in every state, so they are read in two."""
    owner = make_user()
    client.force_login(owner)
    parties = [make_party(kind, owner=owner, **fields) for fields in STATES]
    read = [("party", party) for party in parties]
    for party in (make_party(kind, owner=owner, **BARE), make_party(kind, owner=owner)):
        join(party)
        read += [(name, party) for name in ("party", "party_edit", "invite")]

    for name, party in read:
        page = client.get(reverse(f"accounts:{name}", args=[party.public_id]))
        assert (name, page.status_code) == (name, 200)
        assert (name, party.status, Page(page.text).complaints) == (name, party.status, [])


def test_each_page_about_oneself_is_plain_and_complete(client):
    person = person_with_address()
    make_check(person)
    make_party(owner=person)
    make_party("business", owner=person)
    invite(make_party(), person.email)
    client.force_login(person)

    for name in ("party_list", "party_start", "person", "own_checks"):
        page = client.get(reverse(f"accounts:{name}"))
        assert (name, Page(page.text).complaints) == (name, [])


def test_somebody_who_belongs_nowhere_is_told_what_to_do(client):
    client.force_login(make_user())

    page = client.get(reverse("accounts:party_list"))

    assert "You do not speak for anybody yet." in page.text


def queries_for(client, address):
    client.get(address)  # what is asked once a process or session
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_list_of_parties_costs_the_same_for_many(client):
    person = person_with_address()
    client.force_login(person)

    def one_more():
        make_party(owner=person)
        invite(make_party(), person.email)
        return queries_for(client, reverse("accounts:party_list"))

    assert len({one_more() for _number in range(3)}) == 1


def test_a_team_page_costs_the_same_for_many(client):
    party = make_party()
    client.force_login(owner_of(party))

    def one_more(number):
        join(party)
        invite(party, f"ana{number}@example.org")
        return queries_for(client, reverse("accounts:party", args=[party.public_id]))

    assert len({one_more(number) for number in range(3)}) == 1


# Founding and switching


def test_one_more_party_is_founded_and_spoken_for(client):
    person = make_user(name="Ana Reyes")
    make_party(owner=person)
    client.force_login(person)

    answer = client.post(reverse("accounts:party_start"), {"kind": "volunteer"})

    party = Party.objects.get(kind="volunteer")
    assert party.name == "Ana Reyes"
    assert answer.url == reverse("accounts:party_edit", args=[party.public_id])
    assert client.get(reverse("accounts:party_list")).context["acting"] == party


def test_switching_the_party_is_remembered_until_one_leaves_it(client):
    person = make_user()
    first, second = make_party(owner=person), make_party()
    membership = Membership.objects.create(user=person, party=second, joined_at=NOON)
    client.force_login(person)

    def acting():
        return client.get(reverse("accounts:party_list")).context["acting"]

    assert acting() == first
    client.post(reverse("accounts:party_act", args=[second.public_id]))
    assert acting() == second
    membership.delete()
    assert acting() == first


# The profile


def test_a_profile_is_saved(client):
    party = make_party(verified=False, name="Draft", zip="")
    colleague = join(party).user
    client.force_login(owner_of(party))

    answer = client.post(
        reverse("accounts:party_edit", args=[party.public_id]),
        profile(contact=colleague.pk, website="harbor.example.org"),
    )

    assert answer.url == reverse("accounts:party", args=[party.public_id])
    found = Party.objects.get()
    assert (found.name, found.legal_name) == ("Harbor House", "Harbor House Inc")
    assert (found.registration_number, found.website) == (
        "12-3456789",
        "https://harbor.example.org",
    )
    assert (found.languages, found.contact) == (["en", "es"], colleague)
    assert (found.zip, found.county, found.time_zone) == (
        "11201",
        "Kings County, NY",
        "America/New_York",
    )


@pytest.mark.parametrize(
    ("zip_code", "state", "county"),
    [
        ("00901", "PR", "San Juan"),
        ("96910", "GU", "Guam, GU"),
        ("00802", "VI", "U.S. Virgin Islands, VI"),
        ("96799", "AS", "American Samoa, AS"),
        ("96950", "MP", "Northern Mariana Islands, MP"),
    ],
)
def test_the_territories_are_places_too(client, zip_code, state, county):
    party = make_party(verified=False)
    client.force_login(owner_of(party))

    client.post(reverse("accounts:party_edit", args=[party.public_id]), profile(zip=zip_code))

    found = Party.objects.get()
    assert (found.zip, found.state) == (zip_code, state)
    assert found.county.startswith(county)


@pytest.mark.parametrize(
    ("answers", "field", "said"),
    [
        ({"zip": "99999"}, "zip", "We do not know the ZIP code 99999."),
        ({"zip": "1120"}, "zip", "A ZIP code has five digits."),
        ({"name": ""}, "name", "This field is required."),
        ({"residential": ""}, "residential", "This field is required."),
        (
            {"where": "counties"},
            "county_names",
            "A confidential place needs at least one county.",
        ),
        (
            {"where": "counties", "county_state": "NY", "county_names": "Kings\nNowhere"},
            "county_names",
            "“Nowhere” is no county of New York.",
        ),
        (
            {"where": "counties", "county_names": "Kings, XX"},
            "county_names",
            "“XX” is no state that we know. Please write one county a line.",
        ),
        ({"website": "not a site"}, "website", "Enter a valid URL."),
        (
            {"website": "https://known.org\\@harbor.org"},
            "website",
            "Please write the address of your site alone, without an @.",
        ),
        ({"languages": ["xx"]}, "languages", "Select a valid choice."),
        ({"contact": "0"}, "contact", "Select a valid choice."),
    ],
)
def test_a_wrong_answer_in_the_profile_is_explained(client, answers, field, said):
    party = make_party(verified=False)
    client.force_login(owner_of(party))
    before = whole_database()

    page = client.post(reverse("accounts:party_edit", args=[party.public_id]), profile(**answers))

    assert page.context["form"].errors[field][0].startswith(said)
    assert Page(page.text).complaints == []
    assert whole_database() == before


@pytest.mark.parametrize(
    ("answers", "confidential"),
    [
        ({"residential": "no", "where": ""}, False),
        ({"residential": "yes", "where": ""}, True),
        ({"residential": "yes", "where": "zip"}, False),
        ({"residential": "no", "where": "counties"}, True),
    ],
)
def test_a_residential_program_is_confidential_by_default(client, answers, confidential):
    party = make_party(verified=False)
    client.force_login(owner_of(party))
    address = reverse("accounts:party_edit", args=[party.public_id])

    client.post(address, profile(county_state="NY", county_names="kings\nqueens", **answers))

    found = Party.objects.get()
    assert found.confidential is confidential
    assert found.counties == (["Kings County, NY", "Queens County, NY"] if confidential else [])
    assert found.zip == ("" if confidential else "11201")
    form = client.get(address).context["form"]
    assert Page(client.get(address).text).complaints == []
    client.post(address, profile() | {key: form[key].value() or "" for key in form.fields})
    assert Party.objects.get().confidential is confidential  # saving it again changes nothing


def test_what_was_decided_on_cannot_be_emptied(client):
    party = make_party()
    client.force_login(owner_of(party))

    page = client.post(
        reverse("accounts:party_edit", args=[party.public_id]),
        profile(mission="", zip="", languages=[], registration_number=""),
    )

    assert set(page.context["form"].errors) == {
        "mission",
        "zip",
        "languages",
        "registration_number",
    }
    assert Party.objects.get().status == Party.Status.VERIFIED


def test_a_change_of_what_was_decided_on_says_so(client):
    party = make_party()
    client.force_login(owner_of(party))

    page = client.post(
        reverse("accounts:party_edit", args=[party.public_id]), profile(), follow=True
    )

    assert "we check it again; matching waits until then" in page.text
    assert Party.objects.get().status == Party.Status.IN_REVIEW


def test_during_the_first_review_nothing_is_checked_again(client):
    party = make_party(verified=False, status="in_review", submitted_at=NOON)
    client.force_login(owner_of(party))

    page = client.post(
        reverse("accounts:party_edit", args=[party.public_id]), profile(), follow=True
    )

    assert "Saved. Our reviewers read it as it is now." in page.text


def test_a_volunteer_is_asked_only_what_concerns_them(client):
    party = make_party("volunteer", verified=False)
    client.force_login(owner_of(party))
    address = reverse("accounts:party_edit", args=[party.public_id])

    assert list(client.get(address).context["form"].fields) == [
        "name",
        "mission",
        "languages",
        "zip",
    ]
    client.post(address, {"name": "Ana Reyes", "languages": ["en"], "zip": "85001"})
    assert (Party.objects.get().state, Party.objects.get().time_zone) == ("AZ", "America/Phoenix")


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("nonprofit", ["legal_name", "registration_number", "mission", "languages"]),
        ("business", ["legal_name", "registration_number", "mission", "languages", "zip"]),
        ("volunteer", ["languages", "zip"]),
    ],
)
def test_the_profile_says_what_reviewers_need(client, kind, needed):
    party = make_party(kind, verified=False)
    client.force_login(owner_of(party))

    page = client.get(reverse("accounts:party_edit", args=[party.public_id]))

    fields = page.context["form"].fields.items()
    assert [name for name, field in fields if getattr(field, "hint", "")] == needed
    assert page.text.count("(needed before we can check you)") == len(needed)


def test_the_profile_is_one_click_from_where_a_sign_up_leads(client):
    party = actions.found_party(owner=make_user(), kind="nonprofit", name="New Home", at=NOON)
    client.force_login(owner_of(party))
    profile_page = f'href="{reverse("accounts:party_edit", args=[party.public_id])}"'

    landing = client.get(reverse("accounts:party_list"))
    own_page = client.get(reverse("accounts:party", args=[party.public_id]))

    assert landing.text.count(profile_page) == 1
    assert own_page.text.index("Still needed") < own_page.text.index(profile_page)
    assert own_page.text.index(profile_page) < own_page.text.index("<h2>Profile</h2>")


def test_an_edit_from_an_old_page_of_somebody_elses_party_is_404(client):
    party = make_party()
    client.force_login(make_user())

    answer = client.post(
        reverse("accounts:party_edit", args=[party.public_id]), profile(name="Taken")
    )

    assert answer.status_code == 404
    assert Party.objects.get().name != "Taken"


def test_sending_in_from_the_page(client):
    party = make_party(verified=False)
    client.force_login(owner_of(party))
    address = reverse("accounts:party_submit", args=[party.public_id])

    thanked = client.post(address, follow=True)
    refused = client.post(address, follow=True)

    assert "We will look at it soon" in thanked.text
    assert "There is nothing to send in right now." in refused.text
    assert Party.objects.get().status == Party.Status.IN_REVIEW


def test_a_page_says_what_is_missing_before_it_can_be_sent_in(client):
    party = make_party(verified=False, mission="")
    client.force_login(owner_of(party))

    page = client.get(reverse("accounts:party", args=[party.public_id]))

    assert "<li>mission in one sentence</li>" in page.text
    assert reverse("accounts:party_submit", args=[party.public_id]) not in page.text


def test_only_owners_see_the_registration_number(client):
    party = make_party(registration_number="98-7654321")
    staff = join(party).user
    address = reverse("accounts:party", args=[party.public_id])

    client.force_login(owner_of(party))
    assert "98-7654321" in client.get(address).text
    client.force_login(staff)
    assert "98-7654321" not in client.get(address).text


# Colleagues


def test_inviting_from_the_page(client):
    party = make_party()
    client.force_login(owner_of(party))
    address = reverse("accounts:invite", args=[party.public_id])

    client.post(address, {"email": "Ana@example.org", "role": "owner"})
    again = client.post(address, {"email": "ana@example.org", "role": "staff"})

    assert list(Invitation.objects.values_list("email", "role")) == [("ana@example.org", "owner")]
    assert again.context["form"].errors["email"] == ["This address is already invited."]


def test_the_door_of_an_invitation_names_nobody(client):
    party = make_party(name="Canary House")
    invited = invite(party).public_id
    address = reverse("accounts:invitation", args=[invited])
    signing_up = f"{reverse('account_signup')}?invitation={invited}"

    stranger, about_to_sign_up = client.get(address), client.get(signing_up)
    client.force_login(person_with_address(email="eve@example.org"))
    somebody_else = client.get(address)

    for page in (stranger, about_to_sign_up, somebody_else):
        assert "a…@example.org" in page.text  # whoever was invited knows which it is
        assert page.status_code == 200
        assert "Canary" not in page.text
        assert "ana@example.org" not in page.text
        assert Page(page.text).complaints == []


def test_an_existing_person_joins_from_the_mail(client):
    party = make_party(name="Harbor House")
    invitation = invite(party)
    client.force_login(person_with_address(email="ana@example.org"))
    address = reverse("accounts:invitation", args=[invitation.public_id])

    page = client.get(address)
    answer = client.post(reverse("accounts:invitation_accept", args=[invitation.public_id]))

    assert "Harbor House asks you to join" in page.text
    assert Page(page.text).complaints == []
    assert answer.url == reverse("accounts:party", args=[party.public_id])
    assert client.get(reverse("accounts:party_list")).context["acting"] == party
    assert client.get(address).url == answer.url


def test_whoever_signs_in_at_the_door_comes_back_to_the_invitation(client):
    invitation = invite(make_party())
    person = person_with_address(email="ana@example.org")
    person.set_password("correct-horse-9")
    person.save()
    address = reverse("accounts:invitation", args=[invitation.public_id])
    login = f"{reverse('account_login')}?next={address}"
    assert login in client.get(address).text

    answer = client.post(
        login, {"login": person.email, "password": "correct-horse-9", "next": address}
    )

    assert answer.url == address


def test_an_invitation_that_ran_out_says_so(client):
    invitation = invite(make_party())
    person = person_with_address(email="ana@example.org")
    with time_machine.travel(NOON + timedelta(days=14), tick=False):
        client.force_login(person)
        page = client.get(reverse("accounts:invitation", args=[invitation.public_id]))
        client.post(reverse("accounts:invitation_accept", args=[invitation.public_id]))

    assert "no longer open" in page.text
    assert Membership.objects.filter(user=person).count() == 0


def test_somebody_else_cannot_accept(client):
    invitation = invite(make_party())
    client.force_login(person_with_address(email="eve@example.org"))

    answer = client.post(reverse("accounts:invitation_accept", args=[invitation.public_id]))

    assert answer.status_code == 404


def test_leaving_and_removing_from_the_page(client):
    party = make_party()
    colleague, other = join(party), join(party)
    client.force_login(owner_of(party))

    client.post(reverse("accounts:member_remove", args=[colleague.public_id]))
    refused = client.post(reverse("accounts:leave", args=[party.public_id]), follow=True)
    client.force_login(other.user)
    left = client.post(reverse("accounts:leave", args=[party.public_id]))

    assert "Somebody must stay in charge." in refused.text
    assert left.url == reverse("accounts:party_list")
    assert list(party.memberships.values_list("role", flat=True)) == ["owner"]


def test_withdrawing_an_invitation_from_the_page(client):
    party = make_party()
    invitation = invite(party)
    client.force_login(owner_of(party))

    client.post(reverse("accounts:invitation_withdraw", args=[invitation.public_id]))

    invitation.refresh_from_db()
    assert invitation.withdrawn_at == NOON


# Oneself


def test_a_person_saves_what_they_say_about_themselves(client):
    person = make_user()
    client.force_login(person)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})

    answer = client.post(
        reverse("accounts:person"),
        {
            "name": "Ana Reyes",
            "phone": "555-0100",
            "language": "es",
            "time_zone": "Pacific/Guam",
        },
    )

    assert answer.url == reverse("accounts:person")
    person.refresh_from_db()
    assert (person.name, person.phone, person.language, person.time_zone) == (
        "Ana Reyes",
        "555-0100",
        "es",
        "Pacific/Guam",
    )
    assert '<html lang="es"' in client.get(reverse("accounts:person")).text


def test_rights_cannot_be_taken_from_the_page(client):
    person = make_user()
    client.force_login(person)

    client.post(
        reverse("accounts:person"),
        {
            "name": "Ana",
            "language": "en",
            "time_zone": "Pacific/Guam",
            "is_reviewer": "on",
            "is_staff": "on",
        },
    )

    person.refresh_from_db()
    assert (person.name, person.is_reviewer, person.is_staff) == ("Ana", False, False)


def test_ones_own_checks_are_shown_to_oneself_only(client):
    person, other = make_user(), make_user()
    make_check(person, "fingerprint", recorded_by=make_reviewer())
    address = reverse("accounts:own_checks")

    client.force_login(person)
    assert "Fingerprint check" in client.get(address).text
    client.force_login(other)
    assert "Fingerprint check" not in client.get(address).text
