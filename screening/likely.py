"""What the learned model adds to the marks of the patterns: it finds more, and doubts the weak."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from screening.columns import TEXT, about
from screening.findings import Mark
from screening.identities import MAY_BE_ONE, ONE_PERSON, PERSON
from screening.learned import TELLS_OF_ONE, log_odds, says_enough, weightiest
from screening.one_person import TALE
from screening.reading import Reading

# Log-odds, chosen on hands that the model was not taught (docs/screening.md).
TELLS = -0.25  # from here a text is refused
DOUBTED = -1.5  # below, a mark that hangs on the words around it is left to a person
_WEAK = frozenset({"person", "initials", "age", "landmark"})  # marks that hang on such words


def weighed(readings: Collection[Reading], marks: Sequence[Mark], *, may_doubt: bool) -> list[Mark]:
    """The marks of a posting after the model has read all that was typed in it.

    may_doubt  whether a person looks at what is only doubted
    """
    typed = [reading for reading in readings if about(reading.field) == TEXT]
    whole = _joined(typed)
    if not says_enough(whole) or TALE.search(whole.folded):
        return list(marks)
    odds = log_odds(TELLS_OF_ONE, whole)
    if odds < DOUBTED and may_doubt:
        return list(_doubted(marks))
    if odds < TELLS or any(mark.weight == "identity" for mark in marks):
        return list(marks)
    return [*marks, _most_telling(typed)]


def _doubted(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks, where nothing else sounds as if it told of anybody."""
    is_sure = any(mark.weight == "identity" and mark.code not in _WEAK for mark in marks)
    for mark in marks:
        if is_sure or mark.weight not in {"identity", "question"}:
            yield mark
        elif mark.weight == "identity":
            yield replace(mark, weight="question", code=ONE_PERSON, message=str(MAY_BE_ONE))


def _most_telling(typed: Collection[Reading]) -> Mark:
    """A mark at the sentence that tells most, in the field without which the rest tells least."""
    reading = min((one for one in typed if one.plain.strip()), key=lambda one: _rest(typed, one))
    start, end = reading.where(*weightiest(TELLS_OF_ONE, reading))
    return Mark(reading.field, start, end, "identity", "person", str(PERSON))


def _rest(typed: Collection[Reading], left_out: Reading) -> float:
    return log_odds(TELLS_OF_ONE, _joined(one for one in typed if one is not left_out))


def _joined(typed: Iterable[Reading]) -> Reading:
    return Reading("", ". ".join(one.typed for one in typed if one.typed.strip()))
