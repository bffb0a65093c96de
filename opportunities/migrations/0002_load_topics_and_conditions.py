"""Bring in the topics and conditions that ship with the project."""

from django.db import migrations

from opportunities.shipped_lists import load_conditions, load_topics


def load(apps, schema_editor):
    load_topics(apps.get_model("opportunities", "Topic").objects)
    load_conditions(apps.get_model("opportunities", "Condition").objects)


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0001_initial")]

    # Going back leaves the rows: postings may point to them, and loading again is harmless.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
