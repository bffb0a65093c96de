"""Somebody types what breaks programs: into every form, through every export."""

import csv
import io
import os
from contextlib import suppress
from copy import deepcopy
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import adverse, concerns, gathering
from matching.models import Match
from opportunities.models import Need, Offer
from opportunities.spreadsheets.tables import guarded
from tests.attacks.hostile import CORPUS, FORMULAS, STORABLE
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from trail import actions as trail

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "1"))  # rounds over every form; more by night
MOST_PAGES = 120  # of one person
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


# Exports


def safe_cells(text):
    """Every cell of a CSV; none of them may be run by a spreadsheet program."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS)] == []
    return cells


@pytest.fixture
def hostile_party():
    """A need and an offer for each text, in every field that is exported."""
    party = make_party("business", name="=HYPERLINK(1)", alias="@x")
    for number, text in enumerate(STORABLE):
        short = text[:80]
        facts = {"title": short, "description": text[:4000], "import_id": f"{short[:70]}{number}"}
        make_need(party, **facts)
        make_offer(
            party, kind="job", workplace=short, supervisor=short, credential=short, sponsor=short,
            instruction=short, wage_steps=short, **facts,
        )  # fmt: skip
    return party


@pytest.mark.parametrize("what", ["needs", "offers"])
def test_exported_postings_run_nothing_and_lose_nothing(hostile_party, tmp_path, what):
    out = tmp_path / "out.csv"
    call_command("export_postings", what, party=str(hostile_party.public_id), out=str(out),
                 stdout=io.StringIO())  # fmt: skip
    cells = set(safe_cells(out.read_bytes().decode()))
    model = Need if what == "needs" else Offer
    for posting in model.objects.filter(party=hostile_party):
        assert {guarded(posting.title), guarded(posting.description)} <= cells


def test_exported_matches_run_nothing(hostile_party, tmp_path):
    for need in hostile_party.needs.all():
        make_match(need=need, offer=hostile_party.offers.first(), status="declined")
    out = tmp_path / "out.csv"
    call_command("export_matches", out=str(out), stdout=io.StringIO(), stderr=io.StringIO())
    assert "'=HYPERLINK(1)" in safe_cells(out.read_bytes().decode())


def test_the_list_of_who_is_affected_runs_nothing(hostile_party):
    owner, out = owner_of(hostile_party), io.StringIO()
    owner.name, owner.phone = "=cmd", "+1 555 0100"
    owner.save()
    trail.record(actor_id=None, verb="party_read", subject=hostile_party, at=NOON)
    call_command("incident", "affected", stdout=out)
    assert {"'=cmd", "'+1 555 0100"} <= set(safe_cells(out.getvalue()))


@pytest.mark.parametrize("command", ["screen", "suggest_topics"])
def test_lists_made_from_a_spreadsheet_run_nothing(command, tmp_path):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "description"])
        rows.writerows([text[:200], "Car repair", text[:2000]] for text in STORABLE)
    call_command(command, str(source), out=out, stdout=io.StringIO(), stderr=io.StringIO())
    assert len(safe_cells(out.read_bytes().decode())) > len(FORMULAS)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_guarded_cell_is_text_to_every_spreadsheet_program(text):
    assert guarded(text) == f"'{text}"


@settings(max_examples=20 * EXAMPLES, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.binary(max_size=600)
    | st.lists(st.sampled_from([*CORPUS, "id", "party", "title", "topics", ";", "\n", '"']))
    .map(lambda parts: ",".join(part[:300] for part in parts))
    .map(lambda text: f"id,party,title\n{text}".encode("utf-8", "surrogatepass"))
)
def test_any_file_is_imported_or_refused_in_words(tmp_path, content):
    path = tmp_path / "in.csv"
    path.write_bytes(content)
    with transaction.atomic():
        with suppress(CommandError):  # any other failure is none of ours
            call_command("import_postings", "needs", str(path), stdout=io.StringIO(),
                         stderr=io.StringIO())  # fmt: skip
        transaction.set_rollback(True)


# Forms


class Forms(HTMLParser):
    """The links of a page, and its forms: where each goes, how, and the fields it has."""

    def __init__(self, page, html):
        super().__init__()
        self.page, self.links, self.forms, self._select = page, [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a" and (found.get("href") or "").startswith("/"):
            self.links.append(found["href"].partition("#")[0])
        elif tag == "form":
            action = urljoin(self.page, found.get("action") or "")
            self.forms.append((action, (found.get("method") or "get").lower(), {}))
        elif tag in {"input", "textarea", "select"} and self.forms and found.get("name"):
            self._field(tag, found)
        elif tag == "option" and self._select and found.get("value"):
            self.forms[-1][2].setdefault(self._select, found["value"])

    def _field(self, tag, found):
        kind, fields = found.get("type", "text"), self.forms[-1][2]
        self._select = found["name"] if tag == "select" else None
        if tag == "select":
            return
        if tag == "input" and kind in {"radio", "checkbox", "hidden"}:
            fields.setdefault(found["name"], found.get("value", "on"))
        elif found["name"] != "csrfmiddlewaretoken":
            fields[found["name"]] = None  # free text


def people():
    """Everybody for whom there are other forms, with something in each room."""
    party = make_party()
    owner, helper, reviewer = owner_of(party), make_party("volunteer"), make_reviewer()
    make_need(party, status="draft", round=0)
    offer = make_offer(helper, people=[owner_of(helper)])
    make_match(make_need(party), offer)
    make_match(make_need(party), make_offer(helper, people=[owner_of(helper)]), "introduced")
    make_need(make_party(), status="in_review", reviews_needed=1, round=1)
    waiting = make_party("business", verified=False, status="in_review", round=1, submitted_at=NOON)
    make_offer(waiting, kind="job", status="in_review", reviews_needed=2, round=1)
    person = make_user()
    considered = adverse.consider(person=person, level="registry", issued_date=NOON.date(),
                                  expires_date=None, by=reviewer, at=NOON)  # fmt: skip
    adverse.send_notice(consideration=considered, by=reviewer, at=NOON)
    concerns.report(reporter=person, kind="other", text="Odd.", party=party, at=NOON)
    gathering.ask_for_sponsor(party=party, by=owner, at=NOON)
    return [None, owner, owner_of(helper), owner_of(waiting), person, make_reviewer()]


def forms_of(client):
    """Walk from page to page like a curious person; one form of each shape."""
    seen, waiting, forms = set(), ["/", "/account/login/", "/account/signup/"], {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if _shape(path) in seen:
            continue
        seen.add(_shape(path))
        answer = client.get(path, follow=True)
        assert answer.status_code < 500, path
        page = answer.request["PATH_INFO"]
        found = Forms(page, answer.text if "html" in answer["Content-Type"] else "")
        waiting += found.links
        for action, method, fields in found.forms:
            forms.setdefault((_shape(action), method, tuple(sorted(fields))), (action, fields))
    return [(method, action, fields) for (_s, method, _n), (action, fields) in forms.items()]


def _shape(path):
    """A path without the ids in it."""
    parts = urlsplit(path).path.split("/")
    return "/".join("*" if len(part) == 36 else part for part in parts)


def send(client, method, action, fields, texts):
    """Fill every free field; what is chosen from a list stays possible. Never a 500."""
    filled = {
        name: next(texts) if value is None else value for name, value in fields.items()
    }  # fmt: skip
    body = urlencode(filled, encoding="utf-8", errors="surrogatepass")
    cookies = deepcopy(client.cookies)  # some of the forms sign out
    with transaction.atomic():
        if method == "post":
            kind = "application/x-www-form-urlencoded"
            answer = client.post(action, body, content_type=kind)
        else:
            answer = client.get(f"{urlsplit(action).path}?{body[:4000]}")
        transaction.set_rollback(True)
    client.cookies = cookies
    assert answer.status_code < 500, (action, filled)
    return answer


def in_turn(texts, start):
    while True:
        yield texts[start % len(texts)]
        start += 1


def test_no_form_breaks_whatever_is_typed():
    """Each round moves the texts one field on; what is only looked for gets all of them."""
    sent = set()
    with time_machine.travel(NOON, tick=False):
        for person in people():
            client = Client()
            if person:
                client.force_login(person)
            for method, action, fields in forms_of(client):
                form = (_shape(action), method, tuple(sorted(fields)))
                if form in sent:
                    continue
                sent.add(form)
                for turn in range(EXAMPLES if method == "post" else len(CORPUS)):
                    answer = send(client, method, action, fields, in_turn(CORPUS, len(sent) + turn))
                    assert not (person and "/account/login/" in answer.get("Location", "")), action
    assert len(sent) > 40


@settings(max_examples=2 * EXAMPLES, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.text(max_size=300), min_size=1, max_size=5))
def test_no_form_of_a_posting_breaks_whatever_is_typed(client, texts):
    with time_machine.travel(NOON, tick=False), transaction.atomic():
        party = make_party()
        client.force_login(owner_of(party))
        for posting in (make_need(party), make_offer(make_party(owner=owner_of(party)))):
            for method, action, fields in Forms(posting.path, client.get(posting.path).text).forms:
                send(client, method, action, fields, in_turn(texts, 0))
        transaction.set_rollback(True)
    assert Match.objects.count() == 0
