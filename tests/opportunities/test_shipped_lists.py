"""The shipped topics and conditions in the database."""

import pytest
from django.core.management import call_command

from opportunities.models import Condition, Topic
from opportunities.shipped_lists import load_conditions, load_topics
from opportunities.topics import taxonomy

pytestmark = pytest.mark.django_db


def test_every_shipped_topic_is_there():
    assert set(Topic.objects.filter(retired=False).values_list("slug", flat=True)) == {
        entry.slug for entry in taxonomy()
    }


def test_loading_again_changes_nothing():
    assert load_topics(Topic.objects) == (0, 0, 0)
    assert load_conditions(Condition.objects) == (0, 0, 0)


def test_a_topic_that_left_the_file_is_retired_and_stays():
    Topic.objects.create(slug="telegraphy", name="Telegraphy", group="life-skills")

    assert load_topics(Topic.objects) == (0, 0, 1)
    assert load_topics(Topic.objects) == (0, 0, 0)

    assert Topic.objects.get(slug="telegraphy").retired


def test_a_topic_that_returns_to_the_file_is_used_again():
    Topic.objects.filter(slug="cooking").update(retired=True, name="Kitchen")

    assert load_topics(Topic.objects) == (0, 1, 0)

    cooking = Topic.objects.get(slug="cooking")
    assert (cooking.retired, cooking.name) == (False, "Cooking and nutrition")


def test_a_condition_that_reviewers_changed_or_added_stays_theirs():
    Condition.objects.filter(slug="nights").update(label="After ten in the evening", retired=True)
    Condition.objects.create(slug="dogs", kind="setting", label="Dogs around")
    Condition.objects.filter(slug="alcohol").delete()

    call_command("load_topics")

    nights = Condition.objects.get(slug="nights")
    assert (nights.label, nights.retired) == ("After ten in the evening", True)
    assert Condition.objects.filter(slug__in=["dogs", "alcohol"]).count() == 2


def test_every_condition_has_a_label_in_both_languages():
    assert not Condition.objects.filter(label="").exists()
    assert not Condition.objects.filter(label_es="").exists()
