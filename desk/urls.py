"""Addresses of what spans rooms: all that waits, a party with its postings, a concern."""

from django.urls import path

from desk import audit_views, concern_views, match_views, party_views, queue_views

app_name = "desk"
party = "review/parties/<uuid:public_id>/"
case = "review/cases/<uuid:public_id>/"
urlpatterns = [
    path("review/", queue_views.queue, name="queue"),
    path("review/stuck/", queue_views.stuck, name="stuck"),
    path(f"{case}next/", queue_views.step, {"ahead": True}, name="next"),
    path(f"{case}previous/", queue_views.step, {"ahead": False}, name="previous"),
    path(party, party_views.party, name="party"),
    path(f"{party}number/", party_views.number, name="party_number"),
    path(f"{party}call/", party_views.call, name="party_call"),
    path(f"{party}register/", party_views.register, name="party_register"),
    path(f"{party}suspend/", party_views.suspend, name="party_suspend"),
    path(f"{party}reopen/", party_views.reopen, name="party_reopen"),
    path("review/audit/", audit_views.read, name="audit"),
    path("matches/<uuid:public_id>/concern/", concern_views.concern, name="match_concern"),
    path("matches/<uuid:public_id>/check/", match_views.host_check, name="host_check"),
    path(
        "messages/<uuid:public_id>/concern/", concern_views.message_concern, name="message_concern"
    ),
    path("concerns/new/", concern_views.concern_at_large, name="concern_new"),
]
