"""Real listings: every row is accounted for, and what is proposed makes sense to a person.

``pytest tests/real_data -s`` prints the best twenty and the worst five pairs to be read.
"""

import csv
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from accounts.models import Check, Membership, Party
from matching.models import Match
from matching.pipeline import match_changes
from opportunities.models import Need, Offer
from opportunities.spreadsheets.importing import import_rows
from opportunities.spreadsheets.parties import Parties
from opportunities.spreadsheets.rows import parse_offer, read_needs, read_offers
from opportunities.sweeps import open_waiting
from tests.factories import make_reviewer, make_user
from tests.real_data import DATA, map_nyc_jobs, map_nyc_service, map_uk, write

NYC_SERVICE = DATA / "nyc_service_opportunities" / "opportunities.csv"
NYC_JOBS = DATA / "nyc_city_jobs" / "jobs.csv.gz"
UK = DATA / "uk_volunteering" / "teamkinetic_activities.jsonl"
PLAIN_OFFERS = Path(__file__).with_name("plain_offers.csv")
SIXTEEN_YEARS = timedelta(weeks=835)  # from 2011, with their weekdays, into 2027
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)


def mapped(module, source, out, by=timedelta()):
    if not source.exists():
        pytest.skip(f"{source.parent.name} is not here")
    write(out, module.mapped(source, by))
    return out


def imported(read, path, model, *, publish=False):
    return import_rows(
        read(path), model=model, parties=Parties(create=True), publish=publish, at=AT
    )


def columns_of(report):
    return {reason.column for reason in report.reasons}


@pytest.mark.django_db
def test_every_row_of_british_volunteering_is_imported_or_rejected_once(tmp_path):
    path = mapped(map_uk, UK, tmp_path / "needs.csv")

    first, second = imported(read_needs, path, Need), imported(read_needs, path, Need)

    assert (first.rows, first.created + len(first.reasons)) == (72, 72)
    assert columns_of(first) <= {"title", "description"}
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)


def test_every_row_of_new_york_jobs_can_be_read(tmp_path):
    rows = list(read_offers(mapped(map_nyc_jobs, NYC_JOBS, tmp_path / "offers.csv")))
    for row in rows:
        parse_offer(row.cells, AT.date())

    assert len(rows) == 1683


@pytest.mark.django_db
def test_some_of_new_york_jobs_are_imported_as_drafts_that_say_what_is_missing(tmp_path):
    source = mapped(map_nyc_jobs, NYC_JOBS, tmp_path / "all.csv")
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path / "offers.csv"
    path.write_text("".join([lines[0], *lines[1::30]]), encoding="utf-8")

    first = imported(read_offers, path, Offer, publish=True)
    second = imported(read_offers, path, Offer, publish=True)

    assert (first.rows, first.reasons, first.published) == (57, [], 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 57)
    assert all("supervisor's role" in note for note in first.notes if note.startswith("stays"))


@pytest.mark.django_db
def test_needs_of_new_york_are_imported_once_and_meet_plain_offers_that_make_sense(tmp_path):
    path = mapped(map_nyc_service, NYC_SERVICE, tmp_path / "needs.csv", SIXTEEN_YEARS)
    first = imported(read_needs, path, Need, publish=True)
    second = imported(read_needs, path, Need)
    assert (first.rows, first.created + len(first.reasons)) == (219, 219)
    assert columns_of(first) <= {"title", "description"}  # somebody's address or telephone
    assert len(first.reasons) < 22
    assert (second.created, second.updated, second.unchanged) == (0, 0, first.created)

    imported(read_offers, PLAIN_OFFERS, Offer, publish=True)
    verify_everybody()

    proposed = match_changes(at=AT)

    matches = list(
        Match.objects.select_related("need", "offer").order_by("-score", "need_id", "offer_id")
    )
    show([*matches[:20], *matches[-5:]])
    assert proposed == len(matches) >= 40
    best = {(match.need.title, match.offer.title) for match in matches[:20]}
    assert {
        ("Graphic Designer", "Graphic design and posters"),
        ("Queens Fitness Instructor for Shape Up NY!", "Zumba and dance fitness"),
        ("Teach Adults and Kids how to Ride Bikes!", "Riding a bike"),
        ("Advanced ESL classes (Women)", "English for newcomers"),
    } <= best


def verify_everybody():
    """Give every imported party an owner, a year, and who comes the check the file states."""
    reviewer = make_reviewer()
    Party.objects.update(status="verified", verified_at=AT, verified_until=AT + timedelta(days=365))
    with PLAIN_OFFERS.open(encoding="utf-8", newline="") as source:
        levels = {row["party"]: row["check_level"] for row in csv.DictReader(source)}
    for party in Party.objects.all():
        owner = make_user()
        Membership.objects.create(user=owner, party=party, role="owner", joined_at=AT)
        for offer in party.offers.all():
            offer.people.set([owner])
        if levels.get(party.name, "none") != "none":
            Check.objects.create(
                person=owner, level=levels[party.name], issued_date=date(2026, 6, 1),
                recorded_at=AT, recorded_by=reviewer,
            )  # fmt: skip
    open_waiting(at=AT)


def show(matches):
    for match in matches:
        topics = ", ".join(topic.slug for topic in match.need.topics.all())
        sys.stdout.write(
            f"{match.score:.3f}  {match.need.title} ({topics})\n"
            f"       {match.offer.title}: {' '.join(match.why('need').fits)}\n"
        )
