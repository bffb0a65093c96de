"""What can happen to a match; told in ``proposing``, ``answers`` and ``deadlines``.

Pages and tasks call it from here, whatever file tells it.
"""

from matching.answers import accept, ask_later, complete, decline, end, record_start, take_back
from matching.deadlines import sweep_deadlines
from matching.proposing import Proposal, propose
from matching.refusals import (
    AgreementMissing,
    AlreadyAnswered,
    CannotAnswer,
    ContactNotReady,
    NoLongerFits,
    NoLongerLive,
    NoLongerOpen,
    NothingToTakeBack,
    NotIntroduced,
    NotYours,
    OtherSideNotReady,
    ReasonMissing,
    StandsStill,
    TooLate,
    TooLateToWait,
    YoursIsNotLive,
)

__all__ = [
    "AgreementMissing",
    "AlreadyAnswered",
    "CannotAnswer",
    "ContactNotReady",
    "NoLongerFits",
    "NoLongerLive",
    "NoLongerOpen",
    "NotIntroduced",
    "NotYours",
    "NothingToTakeBack",
    "OtherSideNotReady",
    "Proposal",
    "ReasonMissing",
    "StandsStill",
    "TooLate",
    "TooLateToWait",
    "YoursIsNotLive",
    "accept",
    "ask_later",
    "complete",
    "decline",
    "end",
    "propose",
    "record_start",
    "sweep_deadlines",
    "take_back",
]
