"""People, the parties they speak for, and what reviewers found about both."""

from accounts.models.checks import Check
from accounts.models.invitations import Invitation
from accounts.models.parties import Membership, Party
from accounts.models.people import User, spoken_languages
from accounts.models.reviews import Review

__all__ = ["Check", "Invitation", "Membership", "Party", "Review", "User", "spoken_languages"]
