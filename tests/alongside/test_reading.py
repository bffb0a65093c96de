"""Every page is easy to read, the public ones most of all, and the measure is right."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tests.alongside.reading import ease, english_syllables, grade, is_passage, spanish_syllables
from tests.attacks.looks import inhabited, looks
from tests.factories import NOON
from tests.pages import Page

MORE_PUBLIC = (
    *("/help-out/faith-group/", "/help-out/business/", "/help-out/neighbor/where/?topic=cooking"),
    "/help-out/school/where/?topic=ged&zip=11201",
)
ENGLISH = {
    1: "this pays one those there asked worked where you school change side",
    2: "people helping needed little business under woman teacher places wanted create",
    3: "volunteer survivor confidence however employer family radio idea",
    4: "information accessible community",
    5: "organization",
}
SPANISH = {
    1: "pan dos quien seis",
    2: "casa cuando guerra tiene puede aquí país",
    3: "oferta ayuda trabajo ciudades",
    4: "necesita organiza energía",
}


@pytest.mark.parametrize(
    ("count", "known"), [(ENGLISH, english_syllables), (SPANISH, spanish_syllables)]
)
def test_syllables_are_counted_as_they_are_spoken(count, known):
    wrong = {
        word: known(word)
        for number, words in count.items()
        for word in words.split()
        if known(word) != number
    }
    assert wrong == {}


def test_a_known_sentence_has_its_known_grade():
    """Seven words of nine syllables; five of seven."""
    assert grade("<p>The cat sat on the mat happily.</p>") == pytest.approx(
        0.39 * 7 + 11.8 * 9 / 7 - 15.59
    )
    assert grade("<p>Save</p><select><option>A very long list of words</select>") == 0
    assert grade("<p>Type this key: <code>OAIEUOAIEU</code></p>") == 0
    assert ease("<p>La casa es muy grande.</p>") == pytest.approx(206.835 - 62.3 * 7 / 5 - 5)


@pytest.fixture
def world():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield inhabited()


@pytest.fixture
def pages(world):
    """``pages(language)``: who reads, where, and the page."""
    clients = {}

    def client_of(who, language):
        if who not in clients:
            clients[who] = Client(headers={"accept-language": language})
            if person := world.people[who]:
                type(person).objects.filter(pk=person.pk).update(language=language)
                clients[who].force_login(person)
        return clients[who]

    def read(language):
        read_by = [(look.who, look.path) for look in looks(world) if not look.press]
        led_to = set()
        for who, path in [*read_by, *(("signed_out", path) for path in MORE_PUBLIC)]:
            answer = client_of(who, language).get(path)
            while answer.status_code == 302 and (who, answer.url) not in led_to:
                led_to.add((who, answer.url))
                answer = client_of(who, language).get(answer.url)
            if is_passage(answer.text):
                yield who, path, answer.text

    return read


@pytest.mark.django_db
def test_every_page_is_whole_and_for_the_eighth_grade_and_public_ones_for_the_sixth(pages):
    hard, wrong = [], {}
    for who, path, page in pages("en"):
        level = round(grade(page), 1)
        if level > (6 if who == "signed_out" else 8):
            hard.append((level, who, path))
        if complaints := Page(page).complaints:
            wrong[path] = complaints
    assert not hard, "\n".join(" ".join(map(str, one)) for one in sorted(hard))
    assert wrong == {}


@pytest.mark.django_db
def test_every_spanish_page_is_normal_to_read_and_public_ones_are_rather_easy(pages):
    """The steps of INFLESZ nearest to these grades: up to 65 for secondary school, then primary."""
    hard = []
    for who, path, page in pages("es"):
        level = round(ease(page))
        if level < (65 if who == "signed_out" else 55):
            hard.append((level, who, path))
    assert not hard, "\n".join(" ".join(map(str, one)) for one in sorted(hard))
