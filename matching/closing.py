"""Close open matches that can no longer become an introduction, and tell who still hoped."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q

from accounts.models import Membership, Party
from matching.fitting import fits
from matching.market.retrieve import market
from matching.market.touched import Touched
from matching.models import Block, Match, MatchQuerySet
from matching.reasons import Side
from matching.standing import LIVE_NEED, LIVE_OFFER
from matching.telling import SIDES, tell
from notices.models import Notice
from opportunities.models import LATEST_DAY, Need, Offer
from trail import actions as trail

STANDS: dict[str, Any] = {
    "need_stands": True,
    "offer_stands": True,
    "kept_apart": False,
    "share_a_person": False,
}  # as annotated by ``_standing``
AT_ONCE = 500  # closed in one transaction; the next sweep takes the rest


def close(match: Match, status: Match.Status, *, reason: str, at: datetime) -> None:
    """End a match for good; both sides may be asked something else at once."""
    match.status, match.closed_at, match.closed_reason = status, at, reason
    match.save(update_fields=["status", "closed_at", "closed_reason"])
    look_again(match, at=at)


def look_again(match: Match, *, at: datetime) -> None:
    """Have the matcher see whom it can ask in this one's place."""
    trail.changed(subject="need", ids=[match.need_id], at=at)
    trail.changed(subject="offer", ids=[match.offer_id], at=at)


def withdraw_unanswered(need: Need, *, at: datetime) -> None:
    """The need is filled: whoever has not been answered by anybody is let go, kindly.

    Where one side has said yes already the match stays: a second yes waits in line.
    Call with the need locked.
    """
    asked = Match.objects.filter(need=need, status=Match.Status.PROPOSED)
    rows = asked.select_for_update(of=("self",), no_key=True).select_related("offer__party")
    for match in rows.filter(need_answer="", offer_answer="").order_by("pk"):
        close(match, Match.Status.WITHDRAWN, reason="need filled", at=at)
        tell(match, "offer", Notice.Event.WITHDRAWN, at=at)


def withdraw_stale(matches: MatchQuerySet, *, at: datetime) -> int:
    """Close those whose sides are no longer live, changed, or are to be kept apart.

    The side that is still there is told, once. What somebody else holds right now
    is skipped: the next sweep sees it. Mostly there are none, so keys are asked for first.
    """
    rows = _open(matches).alias(**_standing(at)).exclude(**STANDS)
    rows = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    held = [match.pk for match in rows.only("pk").order_by("pk")[:AT_ONCE]]
    if not held:
        return 0
    stale = Match.objects.filter(pk__in=held).annotate(**_standing(at)).exclude(**STANDS)
    found = list(stale.select_related("need__party", "offer__party").order_by("pk"))
    for match in found:
        _withdraw(match, at=at)
    return len(found)


def withdraw_unfit(offer_ids: Collection[int], *, at: datetime) -> int:
    """Close open matches of these offers that the rules no longer allow; the need's side is told.

    For offers whose people's checks have changed: all else that can end a fit
    counts a revision up.
    """
    if not offer_ids:
        return 0
    mine = _open(Match.objects.filter(offer__in=offer_ids))
    rows = mine.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = list(rows.select_related("need__party", "offer__party").order_by("pk")[:AT_ONCE])
    fitting = _fitting_pairs(found, at=at)
    unfit = [match for match in found if (match.need_id, match.offer_id) not in fitting]
    for match in unfit:
        close(match, Match.Status.WITHDRAWN, reason="no longer fits", at=at)
        tell(match, "need", Notice.Event.WITHDRAWN, at=at)
    return len(unfit)


def of_postings(changed: Touched) -> MatchQuerySet:
    """Matches of these postings, on either side."""
    return Match.objects.filter(Q(need__in=changed.needs) | Q(offer__in=changed.offers))


def _open(matches: MatchQuerySet) -> MatchQuerySet:
    """Open or in line; where somebody said no, that no closes it by itself."""
    said_no = Q(need_answer=Match.Answer.NO) | Q(offer_answer=Match.Answer.NO)
    return matches.filter(status__in=(*Match.UNANSWERED, Match.Status.WAITING)).exclude(said_no)


def _standing(at: datetime) -> dict[str, Any]:
    """What SQL can say of both sides."""
    blocks = Block.objects.filter(created_at__lte=at - Match.TAKE_BACK_FOR)
    members = Membership.objects.filter(party=OuterRef("offer__party"))
    return {
        "need_stands": _stands("need", LIVE_NEED, at),
        "offer_stands": _stands("offer", LIVE_OFFER, at),
        "need_blocks": Exists(
            blocks.filter(party=OuterRef("need__party"), blocked=OuterRef("offer__party"))
        ),
        "offer_blocks": Exists(
            blocks.filter(party=OuterRef("offer__party"), blocked=OuterRef("need__party"))
        ),
        "kept_apart": ExpressionWrapper(
            Q(need_blocks=True) | Q(offer_blocks=True), output_field=BooleanField()
        ),
        "share_a_person": Exists(members.filter(user__memberships__party=OuterRef("need__party"))),
    }


def _stands(side: Side, live: Collection[str], at: datetime) -> Any:
    last_day = (at - LATEST_DAY).date()
    in_date = Q(**{f"{side}__end_date": None}) | Q(**{f"{side}__end_date__gte": last_day})
    facts = {
        f"{side}__status__in": live,
        f"{side}__party__status__in": Party.VERIFIED_STATUSES,
        f"{side}__party__verified_until__gt": at,
        f"{side}__revision": F(f"{side}_revision"),
    }
    return ExpressionWrapper(Q(**facts) & in_date, output_field=BooleanField())


def _withdraw(match: Any, *, at: datetime) -> None:
    """Close it, and tell each side that did not end it itself."""
    stands: dict[Side, bool] = {
        "need": match.need_stands and not match.need_blocks,
        "offer": match.offer_stands and not match.offer_blocks,
    }
    blocked = match.need_blocks or match.offer_blocks
    status = Match.Status.BLOCKED if blocked else Match.Status.WITHDRAWN
    close(match, status, reason="no longer live", at=at)
    for side in SIDES:
        if stands[side]:
            tell(match, side, Notice.Event.WITHDRAWN, at=at)


def _fitting_pairs(matches: Collection[Match], *, at: datetime) -> set[tuple[int, int]]:
    found = market(
        needs=Need.objects.filter(pk__in={match.need_id for match in matches}),
        offers=Offer.objects.filter(pk__in={match.offer_id for match in matches}),
        whole_hours=True,
        at=at,
    )
    pairs = fits(found)
    return {
        (found.needs[need].pk, found.offers[offer].pk)
        for need, offer in zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)
    }
