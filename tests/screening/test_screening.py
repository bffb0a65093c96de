"""What people typed is read before it is saved."""

import pytest

from screening.judging import judge, screen

IDENTITIES = [
    "Write to maria@example.org",
    "Call (212) 555-0100 after five",
    "call 212.555.0100",
    "text 2125550100",
    "or 555-0100 at night",
    "her SSN is 123-45-6789",
    "A-number A123456789",
    "A 123-456-789",
    "docket no. 2026-00417",
    "born 4/12/1999",
    "date of birth: April 3 1999",
    "nacida el 3 de abril",
    "We meet at 123 Main Street",
    "12 W. Oak Lane, second floor",
    "at 348 East 54th street",
    "Calle Luna 45",
    "for my client Maria, 23",
    "our resident named Aisha needs a tutor",
    "my   client\nMaria",
    "mi clienta Rosa quiere aprender",
    "se llama Guadalupe",
    "her name is Kim",
]
CLEAN = [
    "A car care class for beginners: oil, tires and lights.",
    "Two evenings a week for 12 weeks, up to 8 women.",
    "Our clients have asked for a class on budgeting in 2027.",
    "Our Client Services team will host it.",
    "We need 3 teachers for 10 people down the road to a GED.",
    "Practice for the written test, form DS-11 and the I-9.",
    "Dates: 2027-01-12 to 2027-03-30, 18:00-20:00.",
    "Learn about Social Security, birth certificates and court.",
    "One hour a week helps 100 students in 5 places.",
    "Pay is $21.50 an hour, 36 hours a week.",
    "Clase de cocina para 10 mujeres, los martes de 18:00 a 20:00.",
    "Born to cook? Teach our residents.",
]


@pytest.mark.parametrize("typed", IDENTITIES)
def test_an_identity_is_never_stored(typed):
    assert len(screen({"description": typed}).identities) == 1


@pytest.mark.parametrize("typed", CLEAN)
def test_plain_sentences_pass(typed):
    for kind in ("class", "job"):
        assert screen({"title": typed, "description": typed}, kind).marks == ()


def test_the_stretch_is_marked_where_it_stands():
    typed = "Please  call\n 212-555-0100 today"

    (mark,) = screen({"title": "Cook", "description": typed}).marks

    assert (mark.field, typed[mark.start : mark.end]) == ("description", "212-555-0100")


def test_a_stretch_over_white_space_and_hidden_letters_is_marked_where_it_was_typed():
    typed = "for my   client\n  \u200bMaria  Lopez, please"

    (mark,) = screen({"description": typed}).marks

    assert typed[mark.start : mark.end] == "Maria  Lopez"


def test_a_place_of_work_may_be_a_street_address_but_no_other_field_may():
    assert screen({"workplace": "123 Main Street"}, "job").marks == ()
    assert [field for field, _why in screen({"sponsor": "123 Main Street"}).identities] == [
        "sponsor"
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "There is a training fee of $50",
        "You pay a small deposit first",
        "hay que pagar una cuota",
        "an unpaid internship",
        "unpaid trial shifts",
        "commission only",
        "trabajo sin sueldo",
        "We keep your passport safe",
        "retenemos sus documentos",
        "women only",
        "solo mujeres",
        "no older than 30",
    ],
)
def test_terms_that_trap_people_are_refused_for_work(typed):
    findings = screen({"description": typed}, "job")

    assert len(findings.refused) == 1
    assert findings.identities == []


@pytest.mark.parametrize(
    "typed", ["No application fee.", "Training without fees", "We never charge a fee", "no deposit"]
)
def test_saying_that_nothing_is_charged_is_welcome(typed):
    assert screen({"description": typed}, "job").marks == ()


def test_of_a_class_a_reviewer_asks_what_a_fee_means():
    findings = screen({"description": "There is a course fee of $20"}, "class")

    assert (findings.refused, findings.questions) == ([], ["fees"])


def test_a_class_may_teach_about_fees_and_papers():
    for typed in (
        "How to avoid a rental application fee",
        "Know your rights: what to do when a boss keeps your passport",
        "Cómo leer un contrato y pagar un depósito",
    ):
        assert screen({"description": typed}, "class").marks == ()


def test_a_class_may_be_for_women_only():
    assert screen({"title": "Self-defense, women only"}, "class").marks == ()


@pytest.mark.parametrize(
    "typed",
    [
        "Housing provided",
        "live-in helper",
        "easy money",
        "paid in cash",
        "traveling crew",
        "hostess",
    ],
)
def test_a_red_flag_in_work_asks_a_person_and_refuses_nothing(typed):
    verdict = judge({"description": typed}, "job")

    assert verdict.findings.refused == []
    assert verdict.decision == "review"


def test_where_the_kind_is_not_known_the_stricter_reading_counts():
    assert screen({"description": "an unpaid job"}).refused != []


def test_a_message_is_given_once_for_each_field():
    findings = screen({"title": "a@example.org", "description": "b@example.org c@example.org"})

    assert [field for field, _why in findings.refused] == ["title", "description"]


def test_a_phone_belongs_in_a_contact_column_and_nowhere_else():
    columns = {"contact": "(212) 555-0100, hr@example.org", "website": "example.org/jobs"}

    assert screen(columns).marks == ()
    assert screen({"contact": "her SSN ends in 6789"}).identities != []
    ((field, advice),) = screen({"mission": "Call (212) 555-0100"}).identities
    assert (field, "contact" in advice) == ("mission", True)


@pytest.mark.parametrize(
    "typed",
    [
        "five five five zero one five five",
        "t e l  2 1 2 5 5 5 0 1 7 7",
        "maria arroba gmail punto com",
        "maria [at] example [dot] org",
        "IG: sweetlife_22",
        "\uff12\uff11\uff12-555-0100",
        "212\u200b-555\u200b-0100",
        "212x555x0100",
    ],
)
def test_masked_contacts_are_seen(typed):
    assert len(screen({"description": typed}).identities) == 1


def test_a_name_that_is_a_word_counts_only_where_a_person_is_meant():
    assert screen({"title": "Hope House and Joy of Cooking in May"}).marks == ()
    assert screen({"description": "We have Joy, 23, and she loves to cook."}).identities != []
