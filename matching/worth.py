"""What is an offer worth to others? So that who can do much is kept for who needs just that.

Among near-equal fits the specialist is asked. An offer's worth is the part of all that is
asked for which falls on it: each topic counts with how many needs ask for it, shared out
among the offers that name it. Somebody who teaches what everyone teaches is worth little
to others, and so is somebody who alone teaches what nobody asks for.

Measured on two years of a peer's requests (``benchmarks.replay``): the mere number of
topics trades waiting against fit, this betters both.
"""

from typing import NamedTuple, Protocol

import numpy as np

from matching.columns.arrays import Floats, Ints
from matching.score import WEIGHTS, Weights


class Demand(NamedTuple):
    """How often each topic is asked for and offered, by its number in ``Book.topics``."""

    asked: Floats  # (T,) needs that lately asked for it
    offered: Floats  # (T,) offers that now name it
    offers: int  # how many those are


class HasTopics(Protocol):
    """Columns of needs or of offers."""

    @property
    def topics(self) -> Ints: ...


def demand(needs: HasTopics, offers: HasTopics, topics: int) -> Demand:
    """Count what these needs ask for and these offers name.

    topics  how many there are: ``len(Book.topics)``
    """
    return Demand(
        _counted(needs.topics, topics), _counted(offers.topics, topics), len(offers.topics)
    )


def _counted(rows: Ints, topics: int) -> Floats:
    return np.bincount(rows[rows >= 0], minlength=topics).astype(np.float64)


def worth(offers: HasTopics, demand: Demand) -> Floats:
    """(O,) what each of these offers is worth to all needs; 1 is the average of those counted.

    An umbrella counts as a topic of its own, and a topic younger than the counts as unasked.
    Where nothing was asked for yet, no offer is worth anything to others.
    """
    share = demand.asked / np.maximum(1.0, demand.offered)
    average = share @ demand.offered / max(1, demand.offers)
    of_topic = np.append(share, 0.0)  # the last, as -1 finds it, which fills the rows
    known = np.minimum(offers.topics, len(share))
    whole: Floats = of_topic[known].sum(axis=1) / (average or 1.0)
    return whole


def asking(scores: Floats, worths: Floats, weights: Weights = WEIGHTS) -> Floats:
    """(P,) what orders the pairs when somebody is to be asked: the score, less what is kept.

    worths  (P,) of the pairs' offers

    Of two fits whose scores differ by ``weights.keep`` or more, the better is always asked.
    """
    kept: Floats = weights.keep * (1 - np.exp2(-worths))
    return scores - kept
