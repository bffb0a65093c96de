"""A class that draws somebody near is read by a person before it opens."""

import pytest

from screening.judging import judge

DRAWING_NEAR = [
    "I can lend money and drive you anywhere after class.",
    "I offer a room in my house to a young woman for help in the house.",
    "We travel to Las Vegas for a weekend course, hotel paid.",
    "Dance class for a private club, earn cash the same night.",
    "Massage training, practice on my clients.",
    "Send a full body photo when you sign up.",
    "After class we have wine and talk.",
    "Clases de baile, solo mujeres jóvenes, traigan foto.",
    "Te presto dinero y te llevo a tu casa.",
    "Please give me your home address so I can bring the tools.",
    "Who does not pray may not stay.",
]
PLAIN = [
    "How lenders lend money, and how to read the contract first.",
    "I bring the tools, and lunch after class.",
    "Photography: bring a camera, we take photos of the garden.",
    "We never ask for money, and I cannot drive you home.",
    "Con las manos en la masa: pan dulce para todas y todos.",
]


@pytest.mark.parametrize("typed", DRAWING_NEAR)
def test_what_no_class_needs_is_read_by_a_person(typed):
    assert judge({"title": "A class", "description": typed}, kind="class").questions != []


@pytest.mark.parametrize("typed", PLAIN)
def test_a_plain_class_waits_for_nobody(typed):
    assert judge({"title": "A class", "description": typed}, kind="class").questions == []
