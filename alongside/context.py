"""What every page is told: where its way out leads, and whether search engines may name it."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from public.for_everybody import address_to_find


def leaving(_request: HttpRequest) -> dict[str, str]:
    return {"leave_url": settings.LEAVE_URL}


def finding(request: HttpRequest) -> dict[str, object]:
    """``address_to_find`` for templates: empty where search engines are asked to stay out."""
    return {"address_to_find": SimpleLazyObject(lambda: address_to_find(request))}
