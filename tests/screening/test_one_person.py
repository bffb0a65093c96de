"""What is told of one person points at her, even where nobody is named."""

import pytest

from screening.judging import judge, reason_text, screen

PLAIN = [
    "One of our ladies lost her hearing in the fire on Delancey last spring.",
    "A client of ours ran a food cart in Caracas before her brother sold her.",
    "She has two kids in foster care in Tulsa and a custody hearing on March 4.",
    "Chemo started in May, lost her job at the Shell, 34.",
    "Una de nuestras muchachas perdió a su hijo en Tapachula.",
    "su hijo de seis años no habla desde que los detuvieron en Laredo",
    "La señora que cocinaba en el restaurante de la redada quiere aprender inglés.",
]
LIKELY = [
    "One of our guests uses a wheelchair and would like to paint.",
    "Our resident from El Paso would love a makeup day.",
    "El niño de nuestra clienta necesita un tutor.",
]
OF_NOBODY = [
    "A client of ours asked for a class about bees.",
    "One of our residents would like to learn to drive.",
    "Each woman may bring her child, and every mother her mother.",
    "If she has a court date in March, we move the class.",
    "Our volunteer lost her hearing in Vienna in 2019 and teaches sign language.",
    "We read a novel about a girl from Lagos who is sold by her uncle.",
    "Buscamos tutora para una clienta, matemáticas, dos tardes por semana.",
    "La doctora que viene de Guadalajara habla de embarazo; ella trae folletos.",
]


@pytest.mark.parametrize("typed", PLAIN)
def test_facts_of_one_life_are_refused_with_the_stretch_marked(typed):
    (mark,) = screen({"description": typed}, "class").marks

    assert (mark.weight, mark.code) == ("identity", "person")
    assert typed[mark.start : mark.end].strip() in typed


@pytest.mark.parametrize("typed", LIKELY)
def test_what_may_point_at_one_person_waits_for_a_reviewer(typed):
    verdict = judge({"description": typed}, "class")

    assert (verdict.decision, verdict.questions) == ("review", ["one_person"])


@pytest.mark.parametrize("typed", OF_NOBODY)
def test_what_is_told_of_anybody_or_of_somebody_who_gives_passes(typed):
    assert judge({"description": typed}, "class").decision == "ok"


def test_who_reports_a_concern_may_tell_what_was_done_to_her():
    told = "The owner took her passport and locked her in a room in Tulsa in May."

    assert screen({"concern": told}).identities == []
    assert screen({"description": told}).identities != []


def test_the_reviewer_reads_why_in_words():
    assert reason_text("one_person") == "It may point at one person who is served."


@pytest.mark.parametrize(
    ("typed", "is_refused"),
    [
        ("The library is at 400 Main Street.", False),
        ("Our house is the one beside the library at 400 Main Street.", True),
        ("Our office is at 400 Main Street.", True),
    ],
)
def test_the_address_of_a_public_place_passes_and_no_other(typed, is_refused):
    assert bool(screen({"description": typed}, "class").refused) == is_refused


@pytest.mark.parametrize(
    "typed",
    [
        "permit no. D4410-5500-1277, wants three lessons",
        "Rm 214 cries at night.",
        "E. can't read yet.",
        "En tiktok es lupita guion bajo canta 04.",
        "Somos el edificio gris atrás del Walmart viejo.",
        'It\'s for "Peanut".',
        "Tomasina and Perpetua, our twins, want to draw.",
    ],
)
def test_numbers_rooms_letters_and_nicknames_tell_who_is_meant(typed):
    assert screen({"description": typed}, "class").identities != []
