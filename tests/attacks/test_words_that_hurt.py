"""Nobody reads here what was done to somebody: all words of the pages, in both languages.

The lexicon follows what survivor-led groups ask of those who write about them: no rescue,
no chains, no damage, nobody defined by what happened, nobody left out who is a man, a boy
or lesbian, gay, bisexual, trans or queer.
"""

import re

import pytest

from tests.alongside.catalogs import ROOT, catalog, catalog_files, said_in_source

HURT = {
    "en": r"""
        victim\w* | rescu\w* | sav(?:e|ing) (?:her|him|them|women|girls|lives) | shackle\w* |
        enslave\w* | slave\w* | prostitut\w* | sex work\w* | pimp\w* | addict\w* | whore\w* |
        helpless\w* | voiceless | vulnerable | at-risk | broken | suffer\w* | hopeless\w* |
        abused | raped? | trauma\w* | rehabilitat\w* | (?:illegal )alien\w* | illegals? |
        ex-con\w* | felons? | convicts? | inmates? | the homeless | the disabled | ladies |
        (?:women|woman) and children | normal (?:life|people) | fallen | innocen\w*
    """,
    "es": r"""
        víctima\w* | rescat\w* | salvar(?:la|lo|las|los)? | esclav\w* | prostitu\w* | adict\w* |
        indefens\w* | vulnerab\w* | sufr\w* | desesperad\w* | abusad\w* | violad[ao]s? |
        traum\w* | rehabilit\w* | ilegal(?:es)? | exconvict\w* | delincuente\w* |
        (?:los|las) discapacitad\w* | señoritas? | mujeres y niños | vida normal | inocen\w*
    """,
}
PICTURES = {"static/img/icon.svg", "static/img/touch.png"}  # the sign, also as phones want it


def hurting(language, text):
    words = "|".join(re.split(r"\s+\|\s+", HURT[language].strip()))
    return re.findall(rf"\b(?:{words})\b", text, re.IGNORECASE)


def found_in(language, texts):
    said = {text: hurting(language, text) for text in texts}
    return {text: words for text, words in said.items() if words}


def test_no_word_of_any_page_or_mail_hurts():
    english = {form for forms in said_in_source() for form in forms}
    assert found_in("en", english) == {}


@pytest.mark.parametrize("path", catalog_files(), ids=lambda path: path.parent.parent.name)
def test_no_translation_hurts(path):
    texts = {form for said in catalog(path) for form in said.translated}
    assert found_in(path.parent.parent.name, texts) == {}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We rescue victims."),
        ("en", "Women and children are vulnerable."),
        ("es", "Rescatamos a las víctimas."),
        ("es", "Mujeres y niños sufren."),
    ],
)
def test_a_word_that_hurts_would_be_found(language, text):
    assert len(hurting(language, text)) == 2


def test_no_picture_is_shown_but_the_sign_of_the_site():
    """So none of chains, of tape over a mouth, of a face in the dark."""
    shown = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "static").rglob("*")
        if file.suffix in {".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"}
    }
    assert shown == PICTURES
