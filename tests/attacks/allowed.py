"""For whom each address opens when its id belongs to somebody else's party, and why.

One line an address. Whoever is not named meets a door (sign in first) or a wall (there is no
such page). A page of one's own has no id of others in it, so it opens for everyone signed in.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tests.attacks.world import INSIDE, OUTSIDE, PLATFORM

ALL = frozenset((*OUTSIDE, *INSIDE, *PLATFORM))
IN = ALL - {"signed_out"}
MEMBERS = IN - set(PLATFORM)  # who speaks for a party
TEAM = frozenset(INSIDE)
OWNER = frozenset({"own_owner"})
COLLEAGUE = frozenset({"own_staff"})
SIDES = TEAM | {"before", "after"}
REVIEWER = frozenset({"reviewer"})
STAFF = frozenset({"staff", "root"})
ROOT = frozenset({"root"})
NOBODY: frozenset[str] = frozenset()


class Line(NamedTuple):
    """Roles for whom a GET and a POST get through."""

    get: frozenset[str]
    post: frozenset[str]
    why: str


def read(who: Iterable[str], why: str) -> Line:
    return Line(frozenset(who), NOBODY, why)


def sent(who: Iterable[str], why: str) -> Line:
    return Line(NOBODY, frozenset(who), why)


def both(who: Iterable[str], why: str) -> Line:
    return Line(frozenset(who), frozenset(who), why)


def looked_at(
    app: str,
    model: str,
    why: str,
    *,
    changes: frozenset[str] = NOBODY,
    adds: frozenset[str] = NOBODY,
) -> dict[str, Line]:
    """The admin's pages of one model: for a superuser to read, and for nobody to delete."""
    name = f"admin:{app}_{model}"
    return {
        f"{name}_changelist": both(ROOT, why),
        f"{name}_change": Line(ROOT, changes, why),
        f"{name}_history": both(ROOT, why),
        f"{name}_add": both(adds, why),
        f"{name}_delete": both(NOBODY, why),
        f"admin:admin/{app}/{model}/<path:object_id>/": both(STAFF, "It leads to the page above."),
    }


ALLOWED: dict[str, Line] = {
    # The door
    "home": read(ALL, "The door; who is signed in sees their own home."),
    "how_it_works": read(ALL, "Public."),
    "leave": both(ALL, "The way out never fails anybody."),
    "components": read(NOBODY, "The gallery: only in a demo, or while developing."),
    "healthz": read(ALL, "For machines that watch; it names no data."),
    "robots": read(ALL, "For search engines; it names no page."),
    "set_language": both(ALL, "A cookie of one's own."),
    "account_login": both(ALL, "The sign-in."),
    "account_logout": both(ALL, "Ends one's own session."),
    "account_inactive": read(ALL, "A sentence."),
    "account_signup": both(ALL, "The sign-up."),
    "account_reset_password": both(ALL, "Answers the same for every address."),
    "account_reset_password_done": read(ALL, "A sentence."),
    "account_reset_password_from_key": both(ALL, "Without a valid key it says only that."),
    "account_reset_password_from_key_done": read(ALL, "A sentence."),
    "account_request_login_code": both(ALL, "Answers the same for every address."),
    "account_confirm_login_code": both(IN, "Nothing without a code that was asked for."),
    "mfa_login_webauthn": both(IN, "The passkey's challenge; scripts alone get it signed out."),
    # One's own account
    "account_reauthenticate": both(IN, "One's own proof."),
    "account_email": both(IN, "One's own addresses."),
    "account_email_verification_sent": both(IN, "One's own address."),
    "account_change_password": both(IN, "One's own."),
    "account_set_password": both(IN, "One's own."),
    "mfa_index": read(IN, "One's own second steps."),
    "mfa_authenticate": both(IN, "One's own second step."),
    "mfa_reauthenticate": both(STAFF, "For those here who have an app."),
    "mfa_activate_totp": both(IN, "One's own."),
    "mfa_deactivate_totp": both(STAFF, "For those here who have an app."),
    "mfa_view_recovery_codes": both(NOBODY, "Nobody here has codes."),
    "mfa_generate_recovery_codes": both(IN, "One's own."),
    "mfa_download_recovery_codes": both(NOBODY, "Nobody here has codes."),
    "mfa_list_webauthn": read(IN, "One's own keys."),
    "mfa_add_webauthn": both(IN, "One's own."),
    "mfa_reauthenticate_webauthn": read(OWNER, "For the one here who has a key."),
    "mfa_remove_webauthn": both(OWNER, "The key's own person."),
    "mfa_edit_webauthn": both(OWNER, "The key's own person."),
    "usersessions_list": both(IN, "One's own sessions."),
    "accounts:person": both(IN, "About oneself."),
    "accounts:second_factor": read(IN, "About oneself."),
    "accounts:own_checks": read(IN, "About oneself."),
    "accounts:own_consideration": both(COLLEAGUE, "The person it is about."),
    "accounts:conduct": both(IN, "The agreement is everyone's."),
    "accounts:concern": read(COLLEAGUE, "The one who reported it."),
    # A party
    "accounts:party_list": read(IN, "One's own parties."),
    "accounts:party_start": both(IN, "Begins a party of one's own."),
    "accounts:party": read(TEAM, "Its members."),
    "accounts:party_edit": both(OWNER, "Its owner."),
    "accounts:party_submit": sent(OWNER, "Its owner."),
    "accounts:party_act": sent(TEAM, "Its members."),
    "accounts:invite": both(OWNER, "Its owner."),
    "accounts:leave": sent(TEAM, "Its members."),
    "accounts:member_role": sent(OWNER, "Its owner."),
    "accounts:member_remove": sent(OWNER, "Its owner."),
    "accounts:invitation": read(ALL, "Names nobody before the invited person signs in."),
    "accounts:invitation_accept": sent(NOBODY, "The invited address, which is nobody's here."),
    "accounts:invitation_withdraw": sent(OWNER, "Its owner."),
    "accounts:evidence": both(OWNER, "Its owner."),
    "accounts:mailbox": both(TEAM, "Its members, with the secret of the mail."),
    "accounts:sponsor": read(
        {"after", "nonprofit"}, "Who was given the link and owns a verified organization."
    ),
    "accounts:sponsor_ask": sent(OWNER, "Its owner."),
    "accounts:sponsor_stop": sent(NOBODY, "The sponsor, whom nobody here is."),
    "figures:party": read(TEAM, "Its members."),
    "figures:party_file": sent(TEAM, "Its members, after a fresh proof; written down."),
    "keeping:close": both(OWNER, "Its owner, after a fresh proof."),
    # One's own data
    "keeping:data": read(IN, "One's own."),
    "keeping:download": sent(IN, "One's own, after a fresh proof."),
    "keeping:erase": both(IN, "One's own, after a fresh proof."),
    "keeping:stay": sent(IN, "One's own."),
    # Needs and offers
    "public:needed": read(ALL, "Public: topics, states and counts."),
    "public:needed_in": read(ALL, "Public: the same of one state."),
    "public:help_out": read(ALL, "Public."),
    "public:help_what": read(ALL, "Public: what somebody could bring."),
    "public:help_where": read(ALL, "Public: answers in the address, counts of a state."),
    "public:safety": read(ALL, "Public."),
    "public:get_help": read(ALL, "Public."),
    "public:accessibility": read(ALL, "Public."),
    "public:help_start": sent(ALL, "A draft in one's own session."),
    "opportunities:mine": read(MEMBERS, "One's own; without a party one is founded first."),
    "opportunities:spreadsheets": both(MEMBERS, "One's own; a file is its party's."),
    "opportunities:topic_words": read(MEMBERS, "A list that ships with the project."),
    "opportunities:upload": read(TEAM, "Its party's members."),
    "opportunities:upload_save": sent(TEAM, "Its party's members."),
    "opportunities:upload_forget": sent(TEAM, "Its party's members."),
    "opportunities:need_template": read(ALL, "A first row, the same for everybody."),
    "opportunities:offer_template": read(ALL, "A first row, the same for everybody."),
    "opportunities:need_download": sent(MEMBERS, "One's own, after a fresh proof; written down."),
    "opportunities:offer_download": sent(MEMBERS, "One's own, after a fresh proof; written down."),
    "opportunities:need_new": both(MEMBERS, "A posting of one's own."),
    "opportunities:offer_new": both(MEMBERS, "A posting of one's own."),
    **{
        f"opportunities:{word}{page}": line
        for word in ("need", "offer")
        for page, line in {
            "": read(TEAM, "Its party."),
            "_edit": read(TEAM, "Its party; it leads to the first step."),
            "_step": both(TEAM, "Its party."),
            "_publish": both(TEAM, "Its party."),
            "_renew": both(TEAM, "Its party."),
            "_pause": both(TEAM, "Its party."),
            "_resume": both(TEAM, "Its party."),
            "_complete": both(TEAM, "Its party."),
            "_withdraw": both(TEAM, "Its party."),
        }.items()
    },
    # Matches
    "matching:list": read(IN, "One's own matches."),
    "matching:download": sent(IN, "One's own, after a fresh proof; written down."),
    "matching:match": read(SIDES, "Both sides."),
    "matching:accept": sent(SIDES, "Both sides."),
    "matching:decline": sent(SIDES, "Both sides."),
    "matching:say_why": sent(SIDES, "Both sides."),
    "matching:later": sent(SIDES, "Both sides."),
    "matching:read": sent(SIDES, "Both sides."),
    "matching:take_back": sent(SIDES, "Both sides."),
    "matching:end": sent(SIDES, "Both sides."),
    "matching:start": sent(SIDES, "Both sides."),
    "matching:complete": sent(SIDES, "Both sides."),
    **{
        f"matching:{word}_{page}": line
        for word in ("need", "offer")
        for page, line in {
            "no_match": read(TEAM, "Its party."),
            "no_match_json": read(TEAM, "Its party."),
            "widen": sent(TEAM, "Its party."),
            "take_back": sent(TEAM, "Its party."),
        }.items()
    },
    # After an introduction
    "engagements:thread": read({"after"} | TEAM, "Both sides of an introduction."),
    "engagements:write": sent({"after"} | TEAM, "Both sides of an introduction."),
    "engagements:read": sent({"after"} | TEAM, "Both sides of an introduction."),
    "engagements:confirm_staff": sent(TEAM, "The side of the need."),
    "engagements:calendar": read({"after"} | TEAM, "Both sides of an introduction."),
    "engagements:reviewed_thread": read(REVIEWER, "Reviewers, by a concern; written down."),
    "desk:message_concern": both(TEAM, "The side that it was written to."),
    "desk:match_concern": both(SIDES, "Both sides."),
    "desk:host_check": both(OWNER, "The owner of the nonprofit that hosts."),
    "desk:concern_new": both(IN, "A worry of one's own."),
    # Notices
    "notices:inbox": read(IN, "One's own."),
    "notices:read_all": sent(IN, "One's own."),
    "notices:open": sent(OWNER, "Its recipient."),
    "notices:choices": both(IN, "One's own."),
    "notices:stop": both(ALL, "Whoever has the mail; it can only stop mail, by POST."),
    # Reviewers
    "desk:queue": read(REVIEWER, "Reviewers."),
    "desk:stuck": read(REVIEWER, "Reviewers."),
    "desk:next": read(REVIEWER, "Reviewers; it leads on."),
    "desk:previous": read(REVIEWER, "Reviewers; it leads back."),
    "accounts:claim": sent(REVIEWER, "Reviewers."),
    "accounts:give_back": sent(REVIEWER, "Reviewers."),
    "accounts:review_people": read(REVIEWER, "Reviewers."),
    "accounts:review_person": both(REVIEWER, "Reviewers; written down."),
    "accounts:consider": sent(REVIEWER, "Reviewers."),
    "accounts:considerations": read(REVIEWER, "Reviewers."),
    "accounts:consideration": read(REVIEWER, "Reviewers; written down."),
    "accounts:consideration_notice": sent(REVIEWER, "Reviewers."),
    "accounts:consideration_clear": sent(REVIEWER, "Reviewers."),
    "accounts:consideration_decline": sent(REVIEWER, "Reviewers."),
    "accounts:concern_queue": read(REVIEWER, "Reviewers."),
    "accounts:concern_review": both(REVIEWER, "Reviewers; written down."),
    "accounts:check_withdraw": sent(REVIEWER, "Reviewers."),
    "desk:party": both(REVIEWER, "Reviewers; written down."),
    "desk:party_number": sent(REVIEWER, "Reviewers, after a fresh proof; written down."),
    "desk:party_call": sent(REVIEWER, "Reviewers."),
    "desk:party_register": sent(REVIEWER, "Reviewers."),
    "desk:party_suspend": sent(REVIEWER, "Reviewers."),
    "desk:party_reopen": sent(REVIEWER, "Reviewers."),
    "figures:platform": read(REVIEWER, "Reviewers."),
    "desk:audit": read(REVIEWER, "Reviewers; written down."),
    "opportunities:review_posting": both(REVIEWER, "Reviewers; written down."),
    "opportunities:review_suspend": sent(REVIEWER, "Reviewers."),
    "notices:undelivered": read(REVIEWER, "Reviewers."),
    "notices:try_all_again": sent(REVIEWER, "Reviewers."),
    "notices:try_again": sent(REVIEWER, "Reviewers."),
    # The admin
    "admin:index": both(STAFF, "Staff with a second step."),
    "admin:login": both(NOBODY, "It has no form: it leads to the sign-in, or on."),
    "admin:logout": sent(STAFF, "Ends one's own session."),
    "admin:password_change": both(STAFF, "It leads to one's own account."),
    "admin:password_change_done": read(STAFF, "A sentence."),
    "admin:autocomplete": both(NOBODY, "Nothing here completes itself."),
    "admin:jsi18n": read(STAFF, "Words of the admin."),
    "admin:view_on_site": both(NOBODY, "No row has a page of its own here."),
    "admin:app_list": both(ROOT, "A superuser."),
    "admin:admin/<url>": both(NOBODY, "There is no such page."),
    **looked_at("accounts", "user", "Rights, each change written down.", changes=ROOT),
    **looked_at("accounts", "party", "To look at, written down."),
    **looked_at("accounts", "review", "To look at, written down."),
    **looked_at("accounts", "check", "To look at, written down."),
    **looked_at("accounts", "invitation", "To look at, written down."),
    **looked_at("notices", "notice", "To look at, written down."),
    **looked_at("opportunities", "topic", "Reviewers who are staff extend the list."),
    **looked_at("opportunities", "condition", "Reviewers who are staff extend the list."),
    **looked_at("opportunities", "need", "To look at, written down."),
    **looked_at("opportunities", "offer", "To look at, written down."),
    **looked_at("opportunities", "postingreview", "To look at, written down."),
    **looked_at("matching", "match", "To look at, written down."),
    **looked_at("trail", "audit", "To look at, written down."),
    **looked_at("trail", "rematch", "To look at, written down."),
}
