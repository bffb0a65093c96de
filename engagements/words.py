"""What a message may not say: who somebody is, where they are, or another way to reach them.

Both sides see each other's contact once they are introduced, so a phone number in a message
is of no use to them; and nobody can tell from outside whose number it is.
"""

from django.utils.translation import gettext as _

from screening.judging import screen


def identities_in(text: str) -> list[tuple[str, str]]:
    """(Field, advice with the stretch it is about), each once, in the order of the text."""
    marks = (mark for mark in screen({"text": text}, kind="class").marks)
    said = (
        (
            "text",
            _("“%(words)s”: %(advice)s")
            % {"words": text[one.start : one.end].strip(), "advice": one.message},
        )
        for one in marks
        if one.weight == "identity"
    )
    return list(dict.fromkeys(said))
