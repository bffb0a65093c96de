"""The page that shows every component; it exists only in a demo or while developing."""

import re
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from alongside.gallery.samples import Sample, samples
from alongside.stylesheet import CSS

COLOR = re.compile(r"--([\w-]+):\s*#")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Each component with its states, from the very templates that pages use."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    by_name = groupby(samples(get_token(request)), key=attrgetter("component"))
    pieces = [(name, [_shown(request, sample) for sample in states]) for name, states in by_name]
    return render(request, "gallery/gallery.html", {"pieces": pieces, "colors": _colors()})


def _shown(request: HttpRequest, sample: Sample) -> dict[str, Any]:
    html: SafeString = render_to_string(
        f"components/{sample.component}.html", sample.context, request
    )
    return {"note": sample.note, "html": html}


def _colors() -> list[str]:
    """Names of the colors, in the order in which the tokens stand."""
    tokens = (CSS / "tokens.css").read_text(encoding="utf-8")
    return list(dict.fromkeys(COLOR.findall(tokens)))
