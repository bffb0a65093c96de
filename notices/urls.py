"""The addresses of this app."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read_all"),
    path("inbox/<uuid:public_id>/open/", views.open_notice, name="open"),
    path("inbox/choices/", views.choices, name="choices"),
    path("mail/stop/<str:token>/", views.stop, name="stop"),
    path("review/undelivered/", views.undelivered, name="undelivered"),
    path("review/undelivered/again/", views.try_all_again, name="try_all_again"),
    path("review/undelivered/<uuid:public_id>/again/", views.try_again, name="try_again"),
]
