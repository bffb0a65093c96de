"""Addresses of what spans rooms: a party with its postings, a concern about a match."""

from django.urls import path

from desk import audit_views, match_views, party_views

app_name = "desk"
party = "review/parties/<uuid:public_id>/"
urlpatterns = [
    path(party, party_views.party, name="party"),
    path(f"{party}number/", party_views.number, name="party_number"),
    path(f"{party}call/", party_views.call, name="party_call"),
    path(f"{party}suspend/", party_views.suspend, name="party_suspend"),
    path(f"{party}reopen/", party_views.reopen, name="party_reopen"),
    path("review/audit/", audit_views.read, name="audit"),
    path("matches/<uuid:public_id>/concern/", match_views.concern, name="match_concern"),
    path("matches/<uuid:public_id>/check/", match_views.host_check, name="host_check"),
    path("messages/<uuid:public_id>/concern/", match_views.message_concern, name="message_concern"),
    path("concerns/new/", match_views.concern_at_large, name="concern_new"),
]
