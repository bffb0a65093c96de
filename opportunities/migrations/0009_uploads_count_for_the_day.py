"""A preview counts what would be seen over all pieces, and rows let go of what was typed."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0008_spreadsheets_wait_to_be_confirmed")]

    operations = [
        migrations.AddField(
            model_name="upload",
            name="would_be_seen",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="uploadrow",
            constraint=models.CheckConstraint(
                condition=Q(is_saved=False) & ~Q(outcome="rejected") | Q(cells={}),
                name="upload_row_lets_its_cells_go",
            ),
        ),
    ]
