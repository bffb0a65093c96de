"""A person's notices are few, and the promise to owe each once finds them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notices", "0011_drafts_are_told")]

    operations = [
        migrations.RemoveIndex(
            model_name="notice",
            name="notice_inbox",
        ),
    ]
