"""The addresses of this app."""

from django.urls import URLPattern

app_name = "opportunities"

urlpatterns: list[URLPattern] = []
