"""Brings the topics and conditions in the database up to the files that ship with the project."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from opportunities.models import Condition, Topic
from opportunities.shipped_lists import load_conditions, load_topics


class Command(BaseCommand):
    help = (
        "Load the topics and conditions that ship with the project. Safe to run again: a topic "
        "that left the file is retired, and a condition that reviewers changed stays as it is."
    )

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        topics = load_topics(Topic.objects)
        conditions = load_conditions(Condition.objects)
        self.stdout.write(
            f"Topics: {topics.created} new, {topics.updated} changed, {topics.retired} retired. "
            f"Conditions: {conditions.created} new."
        )
