"""What the gallery shows: for each component its states, each with what the template is handed."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django import forms
from django.contrib.messages import INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

Context = dict[str, Any]
FILE = Path(__file__).with_name("samples.toml")


class Sample(NamedTuple):
    """One state of one component: its template's name, a word on the state, what it is handed."""

    component: str
    note: str
    context: Context


@cache
def _written() -> dict[str, list[Context]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def samples(csrf_token: str) -> list[Sample]:
    """Every sample, in the order of the components' names."""
    return sorted([*_plain(), *_of_objects(csrf_token)], key=lambda sample: sample.component)


def _plain() -> Iterator[Sample]:
    for component, states in _written().items():
        if component == "form":
            continue
        for state in states:
            handed = {name: value for name, value in state.items() if name != "note"}
            yield Sample(component, state["note"], handed)


def _of_objects(csrf_token: str) -> Iterator[Sample]:
    """Those that need more than words: forms, pages, messages."""
    asked, answered = sample_form("asked"), sample_form("answered", {"agreed": ""})
    yield Sample("fields", "a form that came back", {"form": sample_form("back", {"size": "0"})})
    for name in ("name", "words", "agreed"):
        yield Sample("field", "empty", {"field": asked[name]})
    yield Sample("choice_cards", "empty", {"field": asked["kind"]})
    yield Sample("choice_cards", "not answered", {"field": answered["kind"]})
    yield Sample("field", "not answered", {"field": answered["size"]})
    yield Sample("problems", "what is wrong, above the form", {"form": answered})
    yield Sample("chip_choices", "two ticked", {"field": asked["topics"]})
    yield Sample("pages", "the second of five", {"page": Paginator(range(50), 10).page(2)})
    yield Sample("messages", "after a step", {"messages": _messages()})
    yield Sample("dialog", "before it matters", _dialog(csrf_token))


def sample_form(name: str, data: Context | None = None) -> forms.Form:
    """One field of each sort; ``name`` begins the ids, so that several stand on one page."""
    words = _written()["form"][0]
    fields: dict[str, forms.Field] = {
        "name": forms.CharField(label=words["name"], required=False),
        "words": forms.CharField(
            label=words["words"], help_text=words["words_help"], widget=forms.Textarea
        ),
        "size": forms.IntegerField(label=words["size"], min_value=1),
        "kind": forms.ChoiceField(
            label=words["kind"], choices=words["kinds"], widget=forms.RadioSelect
        ),
        "topics": forms.MultipleChoiceField(
            label=words["topics"],
            help_text=words["topics_help"],
            choices=words["topic_words"],
            initial=["repair", "interview"],
            widget=forms.CheckboxSelectMultiple,
        ),
        "agreed": forms.BooleanField(label=words["agreed"]),
    }
    made: type[forms.Form] = type("SampleForm", (forms.Form,), fields)
    return made(data, prefix=name)


def _messages() -> list[Message]:
    texts = [state["text"] for state in _written()["status_line"]]
    return [
        Message(level, text) for level, text in zip((SUCCESS, INFO, WARNING), texts, strict=False)
    ]


def _dialog(csrf_token: str) -> Context:
    words = _written()["form"][0]
    asked = {name: words[name] for name in ("opener", "title", "text", "confirm")}
    return asked | {"name": "sample-dialog", "action": "#dialog", "csrf_token": csrf_token}
