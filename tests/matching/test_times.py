"""Rule 6: what two clocks, two calendars and two weeks have in common.

``RULES_EXAMPLES=5000 pytest tests/matching/test_times.py`` looks at more.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import rules
from matching.arrays import need_columns, offer_columns
from matching.book import Book
from tests.matching import postings, reference
from tests.matching.postings import a_need, an_offer

EXAMPLES = int(os.environ.get("RULES_EXAMPLES", "150"))
SUNDAY, MONDAY = 6, 0
SPRING, FALL = postings.SPRING, postings.FALL


def sessions(need, offer):
    """How many of the need's occurrences the columns say the offer covers."""
    book = Book(postings.TOPICS)
    needs, offers = need_columns([need], book), offer_columns([offer], book)
    pairs = rules.fits(needs, offers, book)
    return int(pairs.sessions[0]) if len(pairs) else 0


def on(day, **times):
    """What happens on one day only."""
    return {"start_date": day, "end_date": day, **times}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(postings.times(), st.sampled_from([1, 30, 60, 120, 480, 1440])),
        min_size=1,
        max_size=4,
    ),
    st.lists(postings.times(), min_size=1, max_size=4),
)
def test_every_count_is_that_of_the_reference(needs, offers):
    needs = [a_need(**times, minutes=minutes, sessions=1) for times, minutes in needs]
    offers = [an_offer(**times) for times in offers]
    book = Book(postings.TOPICS)

    pairs = rules.fits(need_columns(needs, book), offer_columns(offers, book), book)

    found = dict(
        zip(
            zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True),
            pairs.sessions.tolist(),
            strict=True,
        )
    )
    for n, need in enumerate(needs):
        for o, offer in enumerate(offers):
            expected = reference.sessions(need, offer) if reference.ranges_meet(need, offer) else 0
            assert found.get((n, o), 0) == expected, (need, offer)
