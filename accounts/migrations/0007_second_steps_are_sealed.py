"""Seal the secrets of second steps that lie open; going back opens them again."""

from django.db import migrations

from accounts.sealing import seal, unseal
from accounts.second_step_secrets import with_secrets


def _change(apps, how):
    Authenticator = apps.get_model("mfa", "Authenticator")
    for step in Authenticator.objects.order_by("pk").iterator():
        changed = with_secrets(step.data, how)
        if changed != step.data:
            Authenticator.objects.filter(pk=step.pk).update(data=changed)


def seal_all(apps, _schema_editor):
    _change(apps, seal)


def open_all(apps, _schema_editor):
    _change(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_second_factor_is_asked_for"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(seal_all, open_all)]
