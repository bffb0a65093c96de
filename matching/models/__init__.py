"""Matches, and what is remembered beside them: reminders, blocks, what stands in the way."""

from matching.models.blocks import Block
from matching.models.matches import OTHER, Match, MatchQuerySet
from matching.models.outlooks import Outlook
from matching.models.reminders import Reminder

__all__ = ["OTHER", "Block", "Match", "MatchQuerySet", "Outlook", "Reminder"]
