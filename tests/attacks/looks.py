"""Every page once, for somebody for whom it opens: what is walked to look at pages.

The list of the walls (``allowed.py``) says for whom a page opens, so a new page is walked as
soon as it has an address. Left out are the admin, whose pages are Django's own, and what
answers with no page.
"""

from typing import NamedTuple

from allauth.account.models import EmailAddress

from matching.market.board import Board
from matching.no_match.counting import count_due
from matching.pipeline import match_changes
from opportunities.models import Need
from public import counting
from tests.attacks import world as worlds
from tests.attacks.addresses import addresses_of
from tests.attacks.allowed import ALLOWED
from tests.attacks.routes import routes
from tests.factories import NOON, make_need, make_offer, make_party, make_reviewer, owner_of
from trail import actions as trail

# Who looks: the first of these for whom a page opens. Whoever needs no sign-in looks as well.
EYES = ("own_owner", "own_staff", "reviewer", "root", "after")
NO_PAGES = {  # no page of ours, or none at all
    "healthz": "for machines",
    "robots": "for machines",
    "set_language": "leads back",
    "mfa_login_webauthn": "for scripts",
    "mfa_download_recovery_codes": "a file",
    "engagements:calendar": "a file",
    "desk:next": "leads on",
    "desk:previous": "leads back",
    "opportunities:need_template": "a file",
    "opportunities:offer_template": "a file",
    "opportunities:need_edit": "leads on",
    "opportunities:offer_edit": "leads on",
    "matching:need_no_match_json": "for scripts",
    "matching:offer_no_match_json": "for scripts",
}
EMPTY = (
    "/",
    "/inbox/",
    "/matches/",
    "/mine/",
    "/team/",
    "/you/data/",
    "/you/checks/",
    "/inbox/choices/",
)
WRONG = (  # pages that say what is missing: who, where, what is pressed
    ("signed_out", "/account/login/", "main form button[type=submit]"),
    ("signed_out", "/account/signup/?kind=nonprofit", "main form button[type=submit]"),
    ("own_owner", "/needs/new/", "main form button[type=submit]"),
    ("own_owner", "/concerns/new/", "main form button[type=submit]"),
)


ALONE, BEGUN = "Cooking for two", "Sewing"  # needs that have no match, and are not ready


class Look(NamedTuple):
    """Somebody at an address; ``press`` is pressed there first."""

    who: str
    path: str
    press: str = ""


def looks(world) -> list[Look]:
    """Each page once; twice where strangers see another, or an introduction changes it."""
    found = []
    for route in routes():
        line = ALLOWED[route.name]
        if route.name.startswith("admin:") or route.name in NO_PAGES or not line.get:
            continue
        addresses = dict.fromkeys(addresses_of(world, route))
        eyes = [who for who in EYES if who in line.get][:1]
        found += [Look(who, path) for who in eyes for path in addresses]
        if "signed_out" in line.get:
            found += [Look("signed_out", path) for path in list(addresses)[:1]]
    found += [Look("own_owner", path) for path in _unmet(world)]
    for who, match in (("before", world.proposed), ("after", world.introduced)):  # the other side
        found += [Look(who, path) for path in ("/", f"/matches/{match.public_id}/")]
    found += [Look("newcomer", path) for path in EMPTY]
    found += [Look("idle_reviewer", path) for path in ("/", "/review/")]
    found += [Look("signed_out", "/nothing-here/"), Look("own_owner", "/nothing-here/")]
    return found + [Look(*wrong) for wrong in WRONG]


def _unmet(world) -> list[str]:
    alone, begun = (Need.objects.get(party=world.party, title=title) for title in (ALONE, BEGUN))
    pages = ("publish/", "edit/details/", "edit/hours/")
    return [f"/needs/{alone.public_id}/no-match/"] + [
        f"/needs/{begun.public_id}/{page}" for page in pages
    ]


def inhabited() -> worlds.World:
    """The world of the walls at NOON, two to whom it is new, and needs that wait."""
    world = worlds.build()
    owner = world.people["own_owner"]
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    world.people["newcomer"] = owner_of(make_party("volunteer", status="draft"))
    world.people["idle_reviewer"] = make_reviewer()
    alone = make_need(world.party, topics=("cooking",), title=ALONE)
    make_need(world.party, topics=(), title=BEGUN, status="draft", slots=[])
    for slots in (["Sat 10:00-12:00"], ["Sun 10:00-12:00"]):
        make_offer(topics=("cooking",), title="Cooking with a chef", slots=slots)
    trail.changed(subject="need", ids=[alone.pk], at=NOON)
    match_changes(at=NOON)
    count_due(board=Board(at=NOON), at=NOON)
    _settle(states={"NY": 1, "CA": 2, "TX": 5})
    return world


def _settle(states: dict[str, int]) -> None:
    """Five teams with so many needs each in these states, and the week's count for the map."""
    for _team in range(5):
        party = make_party()
        for state, needs in states.items():
            for _need in range(needs):
                make_need(party, state=state)
    counting.count_week(at=NOON)
