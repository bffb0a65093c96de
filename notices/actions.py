"""What can happen to an owed message."""

from datetime import datetime
from typing import TYPE_CHECKING

from notices.models import Notice

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def owe(
    *,
    recipient: "AbstractBaseUser",
    event: str,
    key: str,
    path: str,
    at: datetime,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Owe this person this message. Call it in the transaction that makes it true.

    The same ``key`` is owed once: asking again changes nothing.
    """
    notice = Notice(
        recipient_id=recipient.pk,
        event=event,
        key=key,
        path=path,
        urgent=urgent,
        created_at=at,
        due_at=due_at or at,
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
