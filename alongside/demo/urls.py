"""The one address that only a demo has."""

from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [path("mail/", views.mail, name="mail")]
