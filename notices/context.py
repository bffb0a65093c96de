"""What every page shows of the inbox: how many notices are new."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from notices.models import Notice


def unread(request: HttpRequest) -> dict[str, object]:
    """``unread_notices`` for templates, counted once and only where a page asks for it."""

    def count() -> int:
        if not request.user.is_authenticated:
            return 0
        now = timezone.now()  # noqa: TID251 - a door like a view
        return Notice.objects.of(request.user, at=now).unread().count()

    return {"unread_notices": SimpleLazyObject(count)}
