"""The addresses of a site that is a demo."""

from django.urls import include, path

from alongside.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("demo/", include("alongside.demo.urls"))]
