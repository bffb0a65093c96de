"""Whoever was verified before keeps the name that the last yes was said to."""

from django.db import migrations


def fill_in(apps, _schema_editor):
    Party, Review = (apps.get_model("accounts", name) for name in ("Party", "Review"))
    yeses = Review.objects.filter(decision="verify", closes=True).order_by("at", "pk")
    facts = dict(yeses.values_list("party", "facts"))
    for party in Party.objects.filter(verified_at__isnull=False).order_by("pk").iterator():
        party.reviewed_name = facts.get(party.pk, {}).get("name") or party.name
        party.reviewed_alias = party.alias
        party.save(update_fields=["reviewed_name", "reviewed_alias"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_names_as_they_were_reviewed")]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
