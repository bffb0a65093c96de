"""The addresses of this app."""

from django.urls import path

from matching import views

app_name = "matching"
urlpatterns = [
    path("matches/", views.match_list, name="list"),
    path("matches/<uuid:public_id>/", views.match, name="match"),
    path("matches/<uuid:public_id>/yes/", views.accept, name="accept"),
    path("matches/<uuid:public_id>/no/", views.decline, name="decline"),
    path("matches/<uuid:public_id>/take-back/", views.take_back, name="take_back"),
    path("matches/<uuid:public_id>/end/", views.end, name="end"),
    path("matches/<uuid:public_id>/start/", views.start, name="start"),
    path("matches/<uuid:public_id>/complete/", views.complete, name="complete"),
]
