"""A strange word in each private field of a confidential home, and who may read which."""

import logging
from contextlib import contextmanager

from accounts.models import Party, User
from alongside.logs import JsonFormatter
from opportunities.models import Need
from tests.factories import owner_of

STRANGERS = {"signed_out", "volunteer", "nonprofit"}
PARTY = {
    "name": "Quetzalname House",
    "legal_name": "Quetzallegal Inc",
    "registration_number": "99-quetzalnumber",
    "license_number": "quetzallicense",
    "license_state": "NY",
    "mailing_address": "PO Box quetzalbox",
    "website": "https://quetzalsite.example.org",
    "mission": "A quetzalmission.",
}
PERSON = {"name": "Quetzalperson", "email": "quetzalmail@example.org", "phone": "quetzalphone"}
NEED = {"exclusions": ["quetzalexclusion"], "import_id": "quetzalimport"}
POSTED = {"title": "A quetzaltitle", "description": "A quetzaldescription."}
WORDS = sorted(
    word.lower()
    for word in (
        *("quetzalname", "quetzallegal", "quetzalnumber", "quetzallicense", "quetzalbox"),
        *("quetzalsite", "quetzalmission", "quetzalperson", "quetzalmail", "quetzalphone"),
        *("quetzalexclusion", "quetzalimport", "quetzaltitle", "quetzaldescription"),
        *("quetzalmessage", "quetzalwritten"),
    )
)
# Who may read which. The other side reads the posting from the start, and after the
# introduction whom it meets. A superuser reads more, and each look is written down,
# but neither numbers nor the box nor what is silent.
POSTING = {"quetzaltitle", "quetzaldescription"}
CONTACT = {"quetzalname", "quetzalperson", "quetzalmail", "quetzalphone"}
MESSAGE = {"quetzalmessage", "quetzalwritten"}  # from the home, and to it
READS = {
    **{role: set() for role in STRANGERS},
    "before": POSTING,
    "after": POSTING | CONTACT | MESSAGE,
    "staff": set(),
    "root": POSTING | CONTACT | {"quetzallegal", "quetzalmission", "quetzalsite"},
}
# Whoever is asked to vouch for the home reads its name; the home gave them the link.
BY_ITS_OWN_LINK = "accounts:sponsor"


def words_in(text):
    return {word for word in WORDS if word in text.lower()}


def hide(party, needs):
    """Make it a confidential home with a strange word in each field."""
    nowhere = {"zip": "", "latitude": None, "longitude": None, "county": ""}
    hidden = {"confidential": True, "counties": ["Kings County, NY"]} | nowhere
    Party.objects.filter(pk=party.pk).update(
        alias="A home in New York",
        reviewed_alias="A home in New York",
        reviewed_name=PARTY["name"],
        **hidden,
        **PARTY,
    )
    User.objects.filter(pk=owner_of(party).pk).update(**PERSON)
    Need.objects.filter(pk__in=needs).update(**hidden, **POSTED)
    for number, need in enumerate(Need.objects.filter(pk__in=needs)):
        Need.objects.filter(pk=need.pk).update(
            **NEED | {"import_id": f"{NEED['import_id']}-{number}"}
        )
    party.refresh_from_db()
    return party


@contextmanager
def written_down():
    """Each line of the log, as it is written down outside of tests, and nowhere else."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler, root = Keep(), logging.getLogger()
    handler.setFormatter(JsonFormatter())
    requests = logging.getLogger("alongside.requests")
    before, root.handlers = root.handlers, [handler]
    level = requests.level
    requests.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.handlers = before
        requests.setLevel(level)
