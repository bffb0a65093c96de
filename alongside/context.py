"""What every page is told: where its way out leads."""

from django.conf import settings
from django.http import HttpRequest


def leaving(_request: HttpRequest) -> dict[str, str]:
    return {"leave_url": settings.LEAVE_URL}
