"""Addresses of needs and offers; both have the same pages under names of their own."""

from functools import partial

from django.urls import URLPattern, path

from notices.subjects import tells
from opportunities import (
    begin_views,
    publish_views,
    review_views,
    step_views,
    upload_views,
    views,
)
from opportunities.models import Need, Offer
from opportunities.moves import MOVES
from opportunities.own_titles import own_titles

app_name = "opportunities"


def _pages_of(model: type[Need] | type[Offer]) -> list[URLPattern]:
    """Every page about one kind of posting."""
    word, which = model.WORD, {"model": model}
    one = f"{word}s/<uuid:public_id>/"
    return [
        path(f"mine/{word}s/template/", upload_views.template, which, name=f"{word}_template"),
        path(f"mine/{word}s/download/", upload_views.download, which, name=f"{word}_download"),
        path(f"{word}s/new/", begin_views.new, which, name=f"{word}_new"),
        path(one, views.posting, which, name=word),
        path(f"{one}edit/", views.edit, which, name=f"{word}_edit"),
        path(f"{one}edit/<slug:slug>/", step_views.step, which, name=f"{word}_step"),
        path(f"{one}publish/", publish_views.publish, which, name=f"{word}_publish"),
        path(f"{one}renew/", views.renew, which, name=f"{word}_renew"),
        *(
            path(f"{one}{move}/", views.move, which | {"word": move}, name=f"{word}_{move}")
            for move in MOVES
        ),
    ]


urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("mine/spreadsheets/", upload_views.spreadsheets, name="spreadsheets"),
    path("mine/spreadsheets/topics/", upload_views.topic_words, name="topic_words"),
    path("mine/spreadsheets/<uuid:public_id>/", upload_views.upload, name="upload"),
    path("mine/spreadsheets/<uuid:public_id>/save/", upload_views.upload_save, name="upload_save"),
    path(
        "mine/spreadsheets/<uuid:public_id>/forget/",
        upload_views.upload_forget,
        name="upload_forget",
    ),
    *_pages_of(Need),
    *_pages_of(Offer),
    path("review/postings/<uuid:public_id>/", review_views.review_posting, name="review_posting"),
    path(
        "review/postings/<uuid:public_id>/suspend/",
        review_views.review_suspend,
        name="review_suspend",
    ),
]

for each in (Need, Offer):
    pages = [f"opportunities:{each.WORD}", f"opportunities:{each.WORD}_edit"]
    tells(partial(own_titles, model=each), of=pages)
