"""Figures over time: a party's own, and the platform's for reviewers; it only reads."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "figures"
    verbose_name = _("figures")
