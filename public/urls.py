"""Addresses that everybody may open."""

from django.urls import path

from public import help_views, views

app_name = "public"

urlpatterns = [
    path("needed/", views.needed, name="needed"),
    path("needed/<slug:code>/", views.needed_in, name="needed_in"),
    path("help-out/", help_views.whom, name="help_out"),
    path("help-out/<slug:who>/", help_views.what, name="help_what"),
    path("help-out/<slug:who>/where/", help_views.where, name="help_where"),
    path("help-out/<slug:who>/start/", help_views.start, name="help_start"),
    *(
        path(f"{page}/", views.plain, {"template": f"public/{name}.html"}, name=name)
        for page, name in (
            ("safety", "safety"),
            ("help", "get_help"),
            ("accessibility", "accessibility"),
        )
    ),
]
