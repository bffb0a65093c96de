"""What can happen to a match; told in ``proposing``, ``answers`` and ``deadlines``.

Pages and tasks call it from here, whatever file tells it.
"""

from matching.answers import (
    accept,
    ask_later,
    complete,
    decline,
    end,
    record_start,
    say_why,
    take_back,
)
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
    NothingToExplain,
    NothingToTakeBack,
    NotIntroduced,
    NotYours,
    OtherSideNotReady,
    ReasonMissing,
    StandsStill,
    TooLate,
    TooLateToExplain,
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
    "NothingToExplain",
    "NothingToTakeBack",
    "OtherSideNotReady",
    "Proposal",
    "ReasonMissing",
    "StandsStill",
    "TooLate",
    "TooLateToExplain",
    "TooLateToWait",
    "YoursIsNotLive",
    "accept",
    "ask_later",
    "complete",
    "decline",
    "end",
    "propose",
    "record_start",
    "say_why",
    "sweep_deadlines",
    "take_back",
]
