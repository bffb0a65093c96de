"""The trail: what happened, and what the matcher must look at again."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrailConfig(AppConfig):
    name = "trail"
    verbose_name = _("trail")
    default_auto_field = "django.db.models.BigAutoField"
