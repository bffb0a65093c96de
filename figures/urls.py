"""Addresses of the figures."""

from django.urls import path

from figures import views

app_name = "figures"
urlpatterns = [
    path("team/<uuid:public_id>/numbers/", views.party, name="party"),
    path("team/<uuid:public_id>/numbers/download/", views.party_file, name="party_file"),
    path("review/numbers/", views.platform, name="platform"),
]
