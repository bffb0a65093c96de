"""Whoever was vouched for before is taken to have had its name already."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_in(apps, _schema_editor):
    Party, Sponsorship = (apps.get_model("accounts", name) for name in ("Party", "Sponsorship"))
    name = Party.objects.filter(pk=OuterRef("party")).values("name")
    Sponsorship.objects.filter(vouched_at__isnull=False).update(vouched_name=Subquery(name))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_sponsors_vouch_for_a_name")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
