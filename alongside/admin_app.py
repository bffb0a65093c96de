"""Django's admin with our own door."""

from django.contrib.admin.apps import AdminConfig


class Admin(AdminConfig):
    default_site = "accounts.admin_site.Site"
