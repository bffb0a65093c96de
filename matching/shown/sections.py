"""In which order lists show matches: what needs an answer first, what is past last."""

from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy

from matching.models import Match, MatchQuerySet

ANSWER, LATER, MET, ASKED, IN_LINE, PAST = range(6)  # the sections of a list, in their order
SECTIONS = {
    ANSWER: gettext_lazy("Needs your answer"),
    LATER: gettext_lazy("You wanted to think it over"),
    MET: gettext_lazy("Introductions"),
    ASKED: gettext_lazy("Waits for the other side"),
    IN_LINE: gettext_lazy("Next in line"),
    PAST: gettext_lazy("Past"),
}
TONES = {  # of ``components/status_line.html``; what is past has none
    ANSWER: "yours",
    LATER: "waiting",
    MET: "good",
    ASKED: "waiting",
    IN_LINE: "waiting",
}


def in_sections(matches: MatchQuerySet) -> MatchQuerySet:
    """Ordered as lists show them: what needs an answer first, and of that what closes first.

    In each other section the newest stands first. ``matches`` come from ``seen_by``. The same
    rule as ``SeenMatch.section``, for the database.
    """
    mine = Case(When(viewer_side="need", then=F("need_answer")), default=F("offer_answer"))
    asks = Q(status__in=Match.UNANSWERED, own_answer="")
    asks_now = asks & Q(viewer_reminded_at=None)
    section = Case(
        When(asks_now, then=Value(ANSWER)),
        When(asks, then=Value(LATER)),
        When(status__in=Match.HOLDING, then=Value(MET)),
        When(status__in=Match.UNANSWERED, own_answer=Match.Answer.YES, then=Value(ASKED)),
        When(status=Match.Status.WAITING, then=Value(IN_LINE)),
        default=Value(PAST),
    )
    asked_at = Case(When(asks_now, then=F("proposed_at")))
    newest = Coalesce("closed_at", "introduced_at", "proposed_at")
    in_order = matches.alias(own_answer=mine).annotate(section=section)
    return in_order.order_by("section", asked_at, newest.desc(), "-pk")
