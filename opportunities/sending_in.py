"""The last button of a new posting: agree, send the profile in, and publish, all or nothing."""

from datetime import datetime

from django.db import transaction

from accounts import conduct, vetting
from accounts.facts_asked import missing_facts
from accounts.models import Party, User
from opportunities import actions
from opportunities.lifecycle import PostingT


@transaction.atomic
def send_in(*, posting: PostingT, by: User, agreed: int | None, at: datetime) -> PostingT:
    """Publish it, and send in a profile that is ready for reviewers, since nothing opens before.

    agreed  the version of the agreement that this person has just accepted; None: none was asked

    Raises what ``actions.publish`` and ``conduct.accept`` raise.
    """
    if agreed is not None:
        conduct.accept(person=by, version=agreed, at=at)
    if profile_goes_along(posting.party, by):
        vetting.submit(party=posting.party, by=by, at=at)
    return actions.publish(posting=posting, by=by, at=at)


def profile_goes_along(party: Party, by: User) -> bool:
    """Whether a profile waits for nothing but to be sent in, the first time, by this person."""
    if party.status != Party.Status.DRAFT or missing_facts(party):
        return False
    return Party.objects.owned_by(by).filter(pk=party.pk).exists()
