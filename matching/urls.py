"""The addresses of this app."""

from django.urls import URLPattern, path

from matching import download_views, views
from matching.no_match import views as no_match_views
from matching.shown.own_titles import own_titles
from notices.subjects import tells
from opportunities.models import Need, Offer

app_name = "matching"


def _no_match(model: type[Need] | type[Offer]) -> list[URLPattern]:
    """What stands in the way of a posting, and what its party can do about it."""
    word, which = model.WORD, {"model": model}
    one = f"{word}s/<uuid:public_id>/no-match"
    return [
        path(f"{one}/", no_match_views.no_match, which, name=f"{word}_no_match"),
        path(f"{one}.json", no_match_views.as_json, which, name=f"{word}_no_match_json"),
        path(f"{one}/widen/", no_match_views.widen, which, name=f"{word}_widen"),
        path(f"{one}/take-back/", no_match_views.take_back, which, name=f"{word}_take_back"),
    ]


urlpatterns = [
    path("matches/", views.match_list, name="list"),
    path("matches/download/", download_views.download, name="download"),
    path("matches/<uuid:public_id>/", views.match, name="match"),
    path("matches/<uuid:public_id>/yes/", views.accept, name="accept"),
    path("matches/<uuid:public_id>/no/", views.decline, name="decline"),
    path("matches/<uuid:public_id>/no/why/", views.say_why, name="say_why"),
    path("matches/<uuid:public_id>/later/", views.later, name="later"),
    path("matches/<uuid:public_id>/read/", views.read, name="read"),
    path("matches/<uuid:public_id>/take-back/", views.take_back, name="take_back"),
    path("matches/<uuid:public_id>/end/", views.end, name="end"),
    path("matches/<uuid:public_id>/start/", views.start, name="start"),
    path("matches/<uuid:public_id>/complete/", views.complete, name="complete"),
    *_no_match(Need),
    *_no_match(Offer),
]

tells(own_titles, of=["matching:match"])
