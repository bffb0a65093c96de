"""How a posting is looked at: by enough reviewers, never one of its own party, once a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import Refused
from opportunities.models import Need, Offer

# Querysets: Need.objects.reviewable_by(user), Offer.objects.reviewable_by(user),
# and .seen_by_reviewer(user) for everything a reviewer may look into.


class CannotDecide(Refused):
    """The base of every reason why a reviewer may not decide."""


class NothingToDecide(CannotDecide):
    message = _("Nothing waits for a decision here. Somebody may have been faster.")


class NotYoursToDecide(CannotDecide):
    message = _("Only reviewers who do not belong to its party may decide.")


class DecidedAlready(CannotDecide):
    message = _("You have decided on this already. It now needs another reviewer.")


class ReasonMissing(CannotDecide):
    message = _("Please say why, in words the poster will read.")


def decide(
    *, posting: Need | Offer, reviewer: User, decision: str, reason: str = "", at: datetime
) -> Need | Offer:
    """Write one reviewer's decision down, and act on it. Raises ``CannotDecide``.

    decision  a ``PostingReview.Decision``: the last approval needed opens the posting
              (or leaves it waiting for its party), one "decline" sends it back as a draft
    reason    what the poster reads; needed unless it approves
    """
    raise NotImplementedError


def suspend(*, offer: Offer, reviewer: User, reason: str, at: datetime) -> Offer:
    """Take an offer off the market at once; it comes back only through review by two."""
    raise NotImplementedError


def answer_to(posting: Need | Offer) -> str:
    """The reason a reviewer gave for sending it back or suspending it; empty if none stands."""
    raise NotImplementedError
