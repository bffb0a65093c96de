"""A whole party with everything that belongs to it, and everybody who might come to its walls."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from accounts import adverse, concerns, gathering, inviting
from accounts.models import Invitation, Membership, Party, Review, User
from engagements import actions as engagements
from matching.models import Match
from notices import actions as notices
from notices.models import Notice
from notices.unsubscribing import stop_path
from opportunities.models import Condition, Need, PostingReview, Topic, Upload
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_staff,
    make_user,
    owner_of,
)
from trail.models import Audit, Rematch

# Who comes. ``before`` was proposed to the party, ``after`` was introduced to it.
OUTSIDE = ("signed_out", "volunteer", "nonprofit", "before", "after")
INSIDE = ("own_staff", "own_owner")
PLATFORM = ("reviewer", "staff", "root")
ROLES = (*OUTSIDE, *INSIDE, *PLATFORM)


@dataclass
class World:
    """One party behind its walls.

    people  by role; nobody for ``signed_out``
    things  by the beginning of a path: what the id in it names. Two where they hang on a match:
            the one that was proposed, then the one that was introduced
    log     what was written down since
    """

    party: Party
    people: dict[str, User | None]
    proposed: Match
    introduced: Match
    things: dict[str, Any] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)


def build() -> World:
    """Everything open and verified, so that only permission stands in the way."""
    party = make_party("nonprofit")
    owner, colleague = owner_of(party), make_user(email="colleague@example.org")
    member = Membership.objects.create(user=colleague, party=party, role="staff", joined_at=NOON)
    helper, bakery = make_party("volunteer"), make_party("business")
    proposed = make_match(make_need(party), make_offer(helper))
    comes = make_offer(bakery, people=[owner_of(bakery)])
    introduced = make_match(make_need(party), comes, status="introduced")
    people: dict[str, User | None] = {
        "signed_out": None,
        "volunteer": owner_of(make_party("volunteer")),
        "nonprofit": owner_of(make_party("nonprofit")),
        "before": owner_of(helper),
        "after": owner_of(bakery),
        "own_staff": colleague,
        "own_owner": owner,
        "reviewer": make_reviewer(),
        "staff": make_staff(),
        "root": make_staff(is_superuser=True),
    }
    world = World(party, people, proposed, introduced)
    world.things = _things(world, owner, member)
    return world


def _things(world: World, owner: User, member: Membership) -> dict[str, Any]:
    """What each id in an address names: by view, else by the first words of the path."""
    party, person, by = world.party, member.user, make_reviewer()
    proof = gathering.ask_for_mailbox(
        party=party, email=f"office@{urlsplit(party.website).hostname}", by=owner, at=NOON
    )
    considered = adverse.consider(
        person=person,
        level="registry",
        issued_date=NOON.date(),
        expires_date=None,
        by=by,
        at=NOON,
    )
    adverse.send_notice(consideration=considered, by=by, at=NOON)
    waiting = make_need(party, status="in_review", reviews_needed=1, round=1)
    key = Authenticator.objects.create(
        user=owner,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": passkey()},
    )
    told = concerns.report(
        reporter=person,
        kind="other",
        text="I worry.",
        party=None,
        subject="matching.match",
        subject_id=world.introduced.pk,
        at=NOON,
    )
    counterpart = owner_of(world.introduced.offer.party)
    engagements.write(match=world.introduced, by=owner, text="A quetzalmessage.", at=NOON)
    written = engagements.write(
        match=world.introduced, by=counterpart, text="One is quetzalwritten.", at=NOON
    )
    asked = {"email": "new@example.org", "role": "staff"}
    return {
        "team/": party.public_id,
        "review/parties/": party.public_id,
        "review/cases/": party.public_id,
        "members/": member.public_id,
        "invitations/": inviting.invite(party=party, by=owner, at=NOON, **asked).public_id,
        "mailbox/": proof.secret,
        "sponsor/": gathering.ask_for_sponsor(party=party, by=owner, at=NOON).public_id,
        "messages/": written.public_id,
        "concerns/": told.public_id,
        "review/concerns/": told.public_id,
        "you/checks/": considered.public_id,
        "review/considered/": considered.public_id,
        "review/people/": person.public_id,
        "review/checks/": make_check(person).public_id,
        "review/postings/": waiting.public_id,
        "review/postings/<uuid:public_id>/suspend/": make_offer(party, round=1).public_id,
        "offers/": make_offer(party).public_id,
        "mine/spreadsheets/": Upload.objects.create(
            party=party, by=owner, word="need", status="checked", created_at=NOON
        ).public_id,
        "inbox/": _notice(owner).public_id,
        "review/undelivered/": _notice(person, failed_at=NOON, tries=9).public_id,
        "mail/stop/": stop_path(owner).rstrip("/").rpartition("/")[2],
        "account/2fa/webauthn/keys/": key.pk,
        "matches/": (world.proposed.public_id, world.introduced.public_id),
        "needed/": "ny",
        "help-out/": "neighbor",
        "needs/": (world.proposed.need.public_id, world.introduced.need.public_id),
    } | _rows(world, person, waiting)


def _rows(world: World, person: User, waiting: Need) -> dict[str, Any]:
    """What the admin's addresses name: one row of each model that it shows."""
    by, offer = make_reviewer(), make_offer(world.party)
    rows = (
        *(person, world.party, make_check(person), waiting, offer, world.proposed),
        Review.objects.create(party=world.party, reviewer=by, decision="verify", round=1, at=NOON),
        PostingReview.objects.create(
            need=waiting, reviewer=by, decision="approve", round=1, at=NOON
        ),
        *(Topic.objects.first(), Condition.objects.first(), Notice.objects.first()),
        *(Invitation.objects.first(), Audit.objects.first()),
        Rematch.objects.create(started_at=NOON),
    )
    return {f"admin/{row._meta.label_lower.replace('.', '/')}/": row.pk for row in rows if row}


def _notice(recipient: User, **fields: Any) -> Notice:
    notices.owe(recipient=recipient, event="nudge", key="wall", path="/inbox/", at=NOON)
    found = Notice.objects.get(recipient=recipient, key="wall")
    Notice.objects.filter(pk=found.pk).update(**fields)
    return found


def passkey() -> dict[str, Any]:
    """What a browser answers when a passkey is made."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AuthenticatorData.create(
        rp_id_hash=bytes(32),
        flags=AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT,
        counter=0,
        credential_data=AttestedCredentialData.create(Aaguid(bytes(16)), b"key", public),
    )
    asked = CollectedClientData.create(
        type="webauthn.create", challenge=bytes(16), origin="https://example.org"
    )
    made = AuthenticatorAttestationResponse(
        client_data=asked, attestation_object=AttestationObject.create("none", data, {})
    )
    return dict(RegistrationResponse(raw_id=b"key", response=made))
