"""Addresses of what comes after an introduction."""

from django.urls import path

from engagements import review_views, views
from matching.shown.own_titles import own_titles
from notices.subjects import tells

app_name = "engagements"
match = "matches/<uuid:public_id>/"
urlpatterns = [
    path(f"{match}messages/", views.thread, name="thread"),
    path(f"{match}messages/write/", views.write, name="write"),
    path(f"{match}messages/read/", views.read, name="read"),
    path(f"{match}staff/", views.confirm_staff, name="confirm_staff"),
    path(f"{match}times/<int:number>/class.ics", views.calendar, name="calendar"),
    path(
        "review/concerns/<uuid:public_id>/messages/",
        review_views.reviewed_thread,
        name="reviewed_thread",
    ),
]

tells(own_titles, of=["engagements:thread"])
