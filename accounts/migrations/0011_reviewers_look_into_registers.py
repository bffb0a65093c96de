"""What a reviewer found of a party in an official register."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_reviewed_names_are_filled_in")]

    operations = [
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "round",
                    models.PositiveIntegerField(
                        help_text="Of the party, whose facts were looked up."
                    ),
                ),
                ("register", models.CharField(max_length=200, verbose_name="which register")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("matches", "Legal name and number stand there, and it has not ended"),
                            ("differs", "It stands there otherwise, or it has ended"),
                            ("not_there", "It is not there"),
                        ],
                        max_length=20,
                        verbose_name="outcome",
                    ),
                ),
                ("looked_up_at", models.DateTimeField()),
                (
                    "looked_up_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="register_entries",
                        to="accounts.party",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry in a register",
                "verbose_name_plural": "entries in registers",
                "constraints": [
                    models.CheckConstraint(
                        condition=~models.Q(register=""),
                        name="register_entry_says_which_register",
                    )
                ],
            },
        ),
    ]
