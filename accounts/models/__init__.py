"""People, the parties they speak for, and what reviewers found about both."""

from accounts.models.checks import Check
from accounts.models.concerns import Concern
from accounts.models.considerations import Consideration
from accounts.models.evidence import CallBack, DomainProof, RegisterEntry, Sponsorship
from accounts.models.invitations import Invitation
from accounts.models.memberships import Membership
from accounts.models.parties import Party
from accounts.models.people import User, spoken_languages
from accounts.models.reviews import Review

__all__ = [
    "CallBack",
    "Check",
    "Concern",
    "Consideration",
    "DomainProof",
    "Invitation",
    "Membership",
    "Party",
    "RegisterEntry",
    "Review",
    "Sponsorship",
    "User",
    "spoken_languages",
]
