"""The page that shows the mail of a demo; it exists only where DEMO is set."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.demo.mailbox import mails_in

NEWEST = 200  # mails; more than anybody reads


def mail(request: HttpRequest) -> HttpResponse:
    """Every mail of this demo, newest first."""
    folder = settings.EMAIL_FILE_PATH
    mails = mails_in(Path(folder)) if folder else []
    return render(request, "demo/mail.html", {"mails": mails[:NEWEST]})
