"""What is answered to a filled form, and what whoever runs the platform exports, tell no more."""

import io

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command

from opportunities.models import Need
from tests.attacks import world as worlds
from tests.attacks.allowed import ALLOWED
from tests.attacks.canaries import (
    BY_ITS_OWN_LINK,
    CONTACT,
    POSTING,
    READS,
    hide,
    words_in,
    written_down,
)
from tests.attacks.routes import routes
from tests.attacks.test_walls import Visitor, attempts
from tests.factories import NOON
from trail import actions as trail

pytestmark = pytest.mark.django_db
# What most forms take: a form ignores what it does not ask for.
PLAIN = {
    "text": "We look forward to it.",
    "reason": "It did not work out.",
    "note": "We called them.",
    "kind": "other",
    "decision": "approve",
    "email": "somebody@example.org",
    "role": "staff",
    "level": "registry",
    "issued_date": "2026-12-01",
    "block": "on",
    "final": "yes",
    "days": "1",
}


@pytest.fixture
def world():
    cache.clear()
    with time_machine.travel(NOON, tick=False), written_down() as log:
        found = worlds.build()
        hide(found.party, Need.objects.filter(party=found.party).values_list("pk", flat=True))
        found.log = log
        yield found


def test_no_answer_to_a_filled_form_tells_anybody_more_than_they_may_know(world):
    """Every form that takes anything from them, and the page that it leads to.

    Not the forms of one's own account, which know nobody else.
    """
    visitors = {role: Visitor(world.people[role]) for role in READS}
    read = {role: set() for role in READS}
    for route in routes():
        takes_from = ALLOWED[route.name].post & set(READS)
        if route.path.startswith("account/") or route.name == BY_ITS_OWN_LINK:
            continue
        for role, address in dict.fromkeys(attempts(world, route)):
            if role in takes_from:
                for answer in visitors[role].send(address, PLAIN):
                    assert answer.status_code != 500, address
                    read[role] |= words_in(f"{answer.headers} {answer.text}")
    assert {role: read[role] - READS[role] for role in READS} == {role: set() for role in READS}
    assert read["after"] == READS["after"]  # they are there to be found
    assert words_in(" ".join(world.log)) == set()


def test_no_table_for_whoever_runs_the_platform_tells_more_than_it_is_for(world, tmp_path):
    trail.record(actor_id=None, verb="party_read", subject=world.party, at=NOON)
    other = world.proposed.offer.party

    def table(*command, **options):
        out = tmp_path / "out.csv"
        call_command(*command, out=str(out), stdout=io.StringIO(), stderr=io.StringIO(), **options)
        return words_in(out.read_text())

    assert table("export_matches") == set()
    assert table("incident", "affected") == CONTACT  # whom to tell, and how
    assert table("export_postings", "offers", party=str(other.public_id)) == set()
    own = table("export_postings", "needs", party=str(world.party.public_id))
    assert own == POSTING | {"quetzalname", "quetzalimport", "quetzalexclusion"}
    said = io.StringIO()
    call_command("purge", dry_run=True, stdout=said)
    call_command("verify_audit", stdout=said)
    assert words_in(said.getvalue()) == set()
