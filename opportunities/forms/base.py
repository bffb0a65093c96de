"""What every page of questions has: sections, why we ask, and answers as facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise

from opportunities.choices import Kind
from opportunities.facts import WORDS, facts_of
from opportunities.forms.answers_in_words import answer_in_words
from opportunities.models import Need, Offer
from screening.judging import screen

Posting = Need | Offer
Text = str | Promise


@dataclass(frozen=True)
class Section:
    """Questions that belong together.

    name    how a template may know that it lays this one out itself
    why     why we ask
    folded  shown behind a line to press, since most people need none of it
    """

    name: str
    title: Text
    why: Text
    fields: tuple[str, ...]
    folded: bool = False


@dataclass(frozen=True)
class ShownSection:
    """A section with the questions that this posting is asked."""

    name: str
    title: Text
    why: Text
    folded: bool
    fields: list[BoundField]

    @property
    def is_open(self) -> bool:
        """A fold opens by itself where something is wrong, or must still be answered."""
        return any(
            field.errors or (field.field.required and not field.value()) for field in self.fields
        )

    @property
    def in_words(self) -> str:
        """What its questions are answered with now, for the line that folds it."""
        said = (answer_in_words(field.name, field.field, field.value()) for field in self.fields)
        return " · ".join(words for words in said if words)


class StepForm(forms.Form):
    """One page of questions. What does not concern the posting is not asked.

    posting   the draft or published posting; an unsaved one on the first page
    today     the day it is where the person sits
    asks_all  False while somebody only puts the draft aside: nothing is required then
    """

    SECTIONS: ClassVar[tuple[Section, ...]] = ()
    PLAIN: ClassVar[tuple[str, ...]] = ()  # answers that are facts under the same name
    MAY_BE_EMPTIED = ("end_date",)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        posting: Posting,
        today: date,
        asks_all: bool = True,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        self.posting, self.today, self.asks_all = posting, today, asks_all
        self.is_need = isinstance(posting, Need)
        self.is_class = posting.kind == Kind.CLASS
        self.is_redrawn = initial is not None
        self.stored = self.known()
        super().__init__(data, initial=self.stored | dict(initial or {}))
        self.prepare()
        if not asks_all:
            for field in self.fields.values():
                field.required = False

    def known(self) -> dict[str, Any]:
        """What the page shows at first: the posting as it stands."""
        described = facts_of(type(self.posting))
        return {name: getattr(self.posting, name) for name in self.PLAIN if name in described}

    def prepare(self) -> None:
        """Drop questions, fill in choices."""

    def clean(self) -> dict[str, Any]:
        """Words are read here too, so that what is refused is refused at its field."""
        cleaned = super().clean() or {}
        texts = {name: cleaned[name] for name in WORDS if cleaned.get(name)}
        if self.asks_all and texts:
            self.refuse(screen(texts, kind=self.posting.kind).refused)
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The answers, as the actions take them; what cannot be empty and is, stays as it was."""
        asked = {name: self.cleaned_data[name] for name in self.PLAIN if name in self.cleaned_data}
        return {
            name: value
            for name, value in asked.items()
            if value is not None or name in StepForm.MAY_BE_EMPTIED
        }

    def redrawn(self, **changes: Any) -> Self:
        """The same page with what was typed, checked by nobody yet."""
        typed = {name: self[name].value() for name in self.fields}
        return type(self)(posting=self.posting, today=self.today, initial=typed | changes)

    def drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def need(self, name: str, message: Text) -> None:
        """A question that must be answered unless the draft is only put aside."""
        empty = not self.cleaned_data.get(name)
        if self.asks_all and empty and name in self.fields and name not in self.errors:
            self.add_error(name, str(message))

    def refuse(self, problems: Iterable[tuple[str, str]]) -> None:
        """Show what was refused at the field it was typed in."""
        for name, message in problems:
            self.add_error(name if name in self.fields else None, str(message))

    @property
    def sections(self) -> list[ShownSection]:
        shown = []
        for section in self.SECTIONS:
            fields = [self[name] for name in section.fields if name in self.fields]
            if fields:
                shown.append(
                    ShownSection(section.name, section.title, section.why, section.folded, fields)
                )
        return shown
