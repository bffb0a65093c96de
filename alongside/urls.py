"""Every address of the site, one line an app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from alongside import views
from alongside.gallery.views import gallery

urlpatterns = [
    path("", views.home, name="home"),
    path("how-it-works/", views.how_it_works, name="how_it_works"),
    path("leave/", views.leave, name="leave"),
    path("components/", gallery, name="components"),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("language/setlang/", views.choose_language, name="set_language"),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("opportunities.urls")),
    path("", include("matching.urls")),
    path("", include("engagements.urls")),
    path("", include("public.urls")),
    path("", include("keeping.urls")),
    path("", include("desk.urls")),
    path("", include("figures.urls")),
    path("", include("notices.urls")),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("alongside.demo.urls")))
