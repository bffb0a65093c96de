"""What people did, in words: one entry for each verb that any room writes into the audit.

A room that begins to record something new adds its words here, so that no reviewer reads
the name of a column; ``tests/trail/test_verbs.py`` looks for what is missing.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PEOPLE: dict[str, Promise] = {
    "conduct_accepted": _("agreed to our rules"),
    "erasure_asked": _("asked to be deleted"),
    "erasure_taken_back": _("asked to stay after all"),
    "mail_chosen": _("chose which mail to get"),
    "own_data_exported": _("took out their own data"),
    "person_edited": _("changed their own facts"),
    "person_erased": _("deleted a person"),
    "person_read": _("read about a person"),
    "person_signed_up": _("signed up"),
    "reviewer_made": _("made a reviewer"),
    "rights_changed": _("changed somebody's rights"),
    "second_factor_asked": _("was asked for a second step"),
    "signed_in": _("signed in"),
}
PARTIES: dict[str, Promise] = {
    "call_back_recorded": _("wrote down a call"),
    "colleague_invited": _("invited a colleague"),
    "invitation_withdrawn": _("took back an invitation"),
    "mailbox_asked": _("asked to prove a mailbox"),
    "mailbox_confirmed": _("proved a mailbox"),
    "member_joined": _("joined the team"),
    "member_left": _("left the team"),
    "member_removed": _("took somebody off the team"),
    "numbers_exported": _("took out the team's numbers"),
    "party_claimed": _("began to look at it"),
    "party_closed": _("closed the team"),
    "party_decided": _("decided on a party"),
    "party_declined": _("declined a party"),
    "party_edited": _("changed the profile"),
    "party_erased": _("deleted a team"),
    "party_founded": _("founded the team"),
    "party_given_back": _("left it to others"),
    "party_imported": _("brought in a party"),
    "party_lapsed": _("let a year run out"),
    "party_more_information": _("asked for more information"),
    "party_read": _("read about a party"),
    "party_reminded": _("sent the last reminder"),
    "party_renewal_due": _("asked for the yearly renewal"),
    "party_reopen": _("reopened a party"),
    "party_submitted": _("sent the profile in"),
    "party_suspend": _("suspended a party"),
    "party_verified": _("verified a party"),
    "registration_number_read": _("read the registration numbers"),
    "role_changed": _("changed somebody's role"),
    "sponsor_asked": _("asked somebody to vouch"),
    "sponsor_vouched": _("vouched for a party"),
    "sponsor_withdrew": _("stopped vouching"),
}
CHECKS: dict[str, Promise] = {
    "check_answer_read": _("read an answer about a check"),
    "check_answered": _("answered about their check"),
    "check_cleared": _("cleared a check"),
    "check_considered": _("began to look at a check"),
    "check_declined": _("declined a check"),
    "check_notice_sent": _("asked the person about a check"),
    "check_recorded": _("recorded a check"),
    "check_withdrawn": _("took back a check"),
    "concern_closed": _("closed a concern"),
    "concern_read": _("read a concern"),
    "concern_reported": _("reported a concern"),
}
POSTINGS: dict[str, Promise] = {
    "list_changed": _("changed an entry of a list"),
    "list_extended": _("added to a list"),
    "need_completed": _("completed a need"),
    "need_decided": _("ended the review of a need"),
    "need_edited": _("changed a need"),
    "need_expired": _("ended a need after its last day"),
    "need_moved": _("moved a need on as places changed"),
    "need_opened": _("opened a need"),
    "need_paused": _("paused a need"),
    "need_published": _("published a need"),
    "need_renewed": _("renewed a need"),
    "need_resumed": _("went on with a need"),
    "need_reviewed": _("decided on a need"),
    "need_saved": _("saved a draft of a need"),
    "need_withdrawn": _("took back a need"),
    "needs_exported": _("took out needs"),
    "offer_decided": _("ended the review of an offer"),
    "offer_edited": _("changed an offer"),
    "offer_expired": _("ended an offer after its last day"),
    "offer_moved": _("moved an offer on as places changed"),
    "offer_opened": _("opened an offer"),
    "offer_paused": _("paused an offer"),
    "offer_published": _("published an offer"),
    "offer_renewed": _("renewed an offer"),
    "offer_resumed": _("went on with an offer"),
    "offer_reviewed": _("decided on an offer"),
    "offer_saved": _("saved a draft of an offer"),
    "offer_suspended": _("suspended an offer"),
    "offer_withdrawn": _("took back an offer"),
    "offers_exported": _("took out offers"),
    "posting_read": _("read a need or an offer"),
}
MATCHES: dict[str, Promise] = {
    "contact_read": _("read a contact"),
    "match_answer_taken_back": _("took back an answer"),
    "match_answered_no": _("said no to a match"),
    "match_answered_yes": _("said yes to a match"),
    "match_check_lapsed": _("found that a check has run out"),
    "match_completed": _("completed a match"),
    "match_ended": _("ended an introduction"),
    "match_introduced": _("introduced two sides"),
    "match_put_off": _("put an answer off"),
    "match_started": _("said that it has begun"),
    "matches_exported": _("took out matches"),
    "message_written": _("wrote a message"),
    "messages_read": _("read messages"),
    "rematch_started": _("began a full rematch"),
}
PLATFORM: dict[str, Promise] = {
    "admin_listed": _("looked at a list in the admin"),
    "admin_read": _("read a row in the admin"),
    "affected_listed": _("listed who is affected"),
    "audit_read": _("read this list"),
    "incident_locked": _("stopped matching and mail"),
    "incident_locked_again": _("said again that all stands still"),
    "incident_unlocked": _("let matching and mail go on"),
    "notice_tried_again": _("sent a mail again"),
    "purged": _("deleted what is kept no longer"),
}
VERBS = PEOPLE | PARTIES | CHECKS | POSTINGS | MATCHES | PLATFORM


def in_words(verb: str) -> str:
    """A verb as people read it; one of an older version without its underscores."""
    return str(VERBS.get(verb, verb.replace("_", " ")))
