"""Which messages a concern opens to reviewers: those of the introduction it is about."""

from accounts.models import Concern, User
from engagements.models import Message
from matching.models import Match


def reported_in(concern: Concern) -> Message | None:
    """The message it is about; none where it is about all of it, or the words are gone."""
    if concern.subject != Concern.MESSAGE or concern.subject_id is None:
        return None
    return Message.objects.select_related("match", "author").filter(pk=concern.subject_id).first()


def match_of(concern: Concern, *, reviewer: User) -> Match | None:
    """The introduction whose messages it opens; never one of the reviewer's own parties."""
    matches = Match.objects.select_related("need__party", "offer__party")
    others = matches.exclude(pk__in=Match.objects.of(reviewer))
    if concern.subject == Concern.MATCH and concern.subject_id is not None:
        return others.filter(pk=concern.subject_id, introduced_at__isnull=False).first()
    message = reported_in(concern)
    return others.filter(pk=message.match_id).first() if message else None
