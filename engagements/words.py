"""What a message may not say: who somebody is, where they are, or another way to reach them.

Both sides see each other's contact once they are introduced, so a phone number in a message
is of no use to them; and nobody can tell from outside whose number it is.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screening.findings import Mark
from screening.judging import screen

_CONTACT = gettext_lazy(
    "Please leave it out. The other side sees your phone and email on the page of the match. You"
    " can change them in your account, under “About you”."
)
_PLACE = gettext_lazy(
    "Please leave out street addresses. Name a public place instead, such as a library, or tell"
    " the street by phone. The place of a home is never told."
)
_ADVICE = {"phone": _CONTACT, "email": _CONTACT, "handle": _CONTACT, "address": _PLACE}


def identities_in(text: str) -> list[tuple[str, str]]:
    """(Field, advice with the stretch it is about), each once, in the order of the text."""
    marks = (mark for mark in screen({"text": text}, kind="class", is_reviewed=False).marks)
    said = (
        (
            "text",
            _("“%(words)s”: %(advice)s")
            % {"words": text[one.start : one.end].strip(), "advice": _advice(one)},
        )
        for one in marks
        if one.weight == "identity"
    )
    return list(dict.fromkeys(said))


def _advice(mark: Mark) -> str:
    """What the other side has by now is not promised for later, as it is in a posting."""
    return str(_ADVICE.get(mark.code, mark.message))
