"""Whoever was called before is taken to have been asked for by its present legal name."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill_in(apps, _schema_editor):
    Party, CallBack = (apps.get_model("accounts", name) for name in ("Party", "CallBack"))
    name = Party.objects.filter(pk=OuterRef("party")).values("legal_name")
    CallBack.objects.update(called_name=Subquery(name))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_calls_ask_for_a_legal_name")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
