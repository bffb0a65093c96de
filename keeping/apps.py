"""Keeping and losing: how long rows stay, one's own data, erasure, and what to do in a breach."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeepingConfig(AppConfig):
    name = "keeping"
    verbose_name = _("keeping")
