"""What is asked for and what is brought: topics, conditions, needs, offers, reviews."""

from opportunities.models.lists import Condition, Topic
from opportunities.models.needs import Need
from opportunities.models.offers import Offer
from opportunities.models.postings import LATEST_DAY, MAX_TOPICS, Posting
from opportunities.models.reviews import PostingReview
from opportunities.models.uploads import Upload, UploadRow

__all__ = [
    "LATEST_DAY",
    "MAX_TOPICS",
    "Condition",
    "Need",
    "Offer",
    "Posting",
    "PostingReview",
    "Topic",
    "Upload",
    "UploadRow",
]
