"""Addresses of needs and offers; both have the same pages under names of their own."""

from django.urls import URLPattern, path

from opportunities import begin_views, publish_views, review_views, step_views, views
from opportunities.models import Need, Offer
from opportunities.moves import MOVES

app_name = "opportunities"


def _pages_of(model: type[Need] | type[Offer]) -> list[URLPattern]:
    """Every page about one kind of posting."""
    word, which = model.WORD, {"model": model}
    one = f"{word}s/<uuid:public_id>/"
    return [
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
    *_pages_of(Need),
    *_pages_of(Offer),
    path("review/postings/<uuid:public_id>/", review_views.review_posting, name="review_posting"),
    path(
        "review/postings/<uuid:public_id>/suspend/",
        review_views.review_suspend,
        name="review_suspend",
    ),
]
