"""Pay below the floor, and sentences that take back what they seem to say."""

import pytest

from screening import wages
from screening.judging import judge, screen


@pytest.mark.parametrize(
    ("columns", "is_refused"),
    [
        ({"pay": "$7.25/hr"}, False),
        ({"pay": "$7.24/hr"}, True),
        ({"pay": "six dollars an hour"}, True),
        ({"pay": "5 dólares la hora"}, True),
        ({"pay": "$250 a week", "hours": "60"}, True),
        ({"pay": "$700 a week", "hours": "40"}, False),
        ({"description": "You get $250 a week for 60 hours."}, True),
        ({"description": "A raise of $1 an hour after six months"}, False),
        ({"pay": "$15/hr", "location": "Fresno, CA 93701"}, True),
        ({"pay": "$15/hr", "location": "El Paso, TX 79901"}, False),
        ({"pay": "$5/hr plus tips", "location": "El Paso, TX"}, False),
        ({"pay": "$5/hr plus tips", "location": "Reno, NV"}, True),
        ({"pay": "tips"}, True),
        ({"pay": "0"}, True),
        ({"pay": "$38,000 a year"}, False),
        ({"pay": ""}, False),
    ],
)
def test_pay_below_the_minimum_wage_of_its_state_is_refused(columns, is_refused):
    posting = {"title": "Cook", "description": "Day shift.", **columns}

    assert bool(screen(posting, "job").refused) == is_refused


def test_every_state_has_a_floor_and_none_lies_below_the_federal_one():
    table = wages.minimum_wages()

    assert len(table) == 1 + 50 + 1 + 3  # federal, states, DC, three territories
    assert min(hourly for hourly, _tips in table.values()) == 7.25
    assert min(tips for _hourly, tips in table.values()) == 2.13


@pytest.mark.parametrize(
    "typed",
    [
        "No fees ever.",
        "We never keep your documents.",
        "Training is free.",
        "We pay the registration fee.",
        "The drug test and the license fee are covered by us.",
        "No application fee, no deposit, no uniform cost.",
        "There is no unpaid trial.",
        "We never charge for training, uniforms or background checks.",
        "Nunca cobramos cuotas ni depósitos.",
        "Sus documentos siempre se quedan con usted.",
        "Nadie debe pagar una inscripción.",
        "Open to women and men of every age and faith.",
        "Must be 18 or older.",
    ],
)
def test_saying_that_it_is_not_so_is_welcome(typed):
    assert screen({"description": typed}, "job").marks == ()


@pytest.mark.parametrize(
    "typed",
    [
        "No experience needed, training fee $50.",
        "No wages are paid until you repay the training fee.",
        "Don't worry, the deposit of $100 comes back.",
        "No limit on earnings after you buy the starter kit.",
        "Sin experiencia, inscripción de $50: hay que pagar la cuota.",
    ],
)
def test_a_no_that_belongs_to_something_else_takes_nothing_back(typed):
    assert screen({"description": typed}, "job").refused != []


def test_a_score_of_weak_signs_sorts_and_refuses_nothing():
    told = {"title": "Maid", "description": "Clean rooms with a partner, day shift, paid by check."}

    verdict = judge(told, "job")

    assert verdict.findings.refused == []
    assert 0 < verdict.flag_score < 0.5
    assert verdict.decision == "ok"


def test_a_contact_that_another_party_gives_has_a_person_look():
    told = {"title": "Cook", "description": "Day shift in our kitchen, paid by check every Friday."}

    assert judge(told, "job", is_shared=True).flags[0] == "shared_contact"
    assert judge(told, "job", is_shared=True).decision == "review"
