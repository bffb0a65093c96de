"""Addresses of one's own data."""

from django.urls import path

from keeping import views

app_name = "keeping"
urlpatterns = [
    path("you/data/", views.data, name="data"),
    path("you/data/download/", views.download, name="download"),
    path("you/data/delete/", views.erase, name="erase"),
    path("you/data/stay/", views.stay, name="stay"),
    path("team/<uuid:public_id>/close/", views.close, name="close"),
]
