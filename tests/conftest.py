"""What every test may rely on."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from opportunities.shipped_lists import load_conditions, load_topics

# Slow on purpose outside; here it would be most of the time.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@receiver(post_migrate)
def bring_the_shipped_lists_back(sender: AppConfig, **_facts: Any) -> None:
    """A test with transactions of its own empties every table, then Django sends this signal."""
    if sender.label == "opportunities":
        load_topics(sender.get_model("Topic").objects)
        load_conditions(sender.get_model("Condition").objects)
