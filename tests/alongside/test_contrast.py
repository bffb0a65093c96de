"""Words and controls stand out from their grounds, in light and in dark."""

import re

import pytest

from alongside.stylesheet import CSS

TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
LIGHT, _, DARK = TOKENS.partition("@media (prefers-color-scheme: dark)")
COLOR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
GROUNDS = ("paper", "card", "shade")
WORDS = [
    *[(word, ground) for word in ("ink", "quiet", "accent", "accent-deep") for ground in GROUNDS],
    *[("ink", f"{tone}-paper") for tone in ("accent", "sun", "good", "wrong")],
    *[("quiet", f"{tone}-paper") for tone in ("accent", "sun")],
    *[(f"{tone}", f"{tone}-paper") for tone in ("accent", "good", "wrong")],
    *[("wrong", ground) for ground in GROUNDS],
    ("accent-deep", "accent-paper"),
    ("sun-ink", "sun-paper"),
    ("sun-ink", "card"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-deep"),
    ("leave-ink", "leave"),
]
SHAPES = [
    *[(shape, ground) for shape in ("edge", "accent", "sun", "focus") for ground in GROUNDS],
    *[("edge", "accent-paper"), ("focus", "accent-paper"), ("wrong", "wrong-paper")],
    *[("leave-edge", ground) for ground in GROUNDS],
]


def colors(text):
    return dict(COLOR.findall(text))


def luminance(color):
    """Relative luminance, 0 to 1, of a color "#rrggbb": WCAG 2.2, "relative luminance"."""
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast of two colors, 1 to 21: WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(WORDS, 4.5), (SHAPES, 3.0)], ids=["words", "shapes"])
def test_it_stands_out(tokens, pairs, least):
    found = colors(tokens)
    weak = {
        f"{one} on {other}": round(ratio, 2)
        for one, other in pairs
        if (ratio := contrast(found[one], found[other])) < least
    }
    assert weak == {}


def test_mail_wears_the_same_colors():
    mail = (CSS.parents[1] / "templates/notices/email/notice_message.html").read_text()

    day, _, night = mail.partition("prefers-color-scheme: dark")
    hexes = re.compile(r"#[0-9a-f]{6}\b")
    assert {*hexes.findall(day)} <= {*colors(LIGHT).values()}
    assert {*hexes.findall(night)} <= {*colors(DARK).values()}


def test_every_color_of_the_day_has_one_for_the_night():
    assert [*colors(LIGHT)] == [*colors(DARK)]
