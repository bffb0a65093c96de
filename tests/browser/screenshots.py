"""Pictures of every page for whoever looks at the site: ``make screenshots TO=folder``.

Each page in both languages, on a phone and on a desk, in light and in dark. Not part of the
tests: nobody compares pictures here, but somebody may want to look at them.
"""

import base64
import os
import re
from collections import Counter
from pathlib import Path

import pytest

from accounts.models import Party, User
from opportunities.models import Need
from tests.attacks.looks import ALONE, looks
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_every_page import press

pytestmark = pytest.mark.django_db(transaction=True)
FOLDER = Path(os.environ.get("TO", "screenshots"))
README = {  # what its pictures show: who looks, where, how wide; the name of the picture
    "door": ("signed_out", "/", {"width": 1024, "height": 780}),
    "map": ("signed_out", "/needed/", {"width": 1024, "height": 1040}),
    "match": ("own_owner", "/matches/{proposed}/", PHONE),
    "introduced": ("own_owner", "/matches/{introduced}/", PHONE),
    "no-match": ("own_owner", "/needs/{alone}/no-match/", PHONE),
}
SIZES = {360: PHONE, 1280: DESK}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b|[\w-]{40,}")
PEOPLE = ("Ana Reyes", "Walt Hobbs", "June Park", "Theo Marsh", "Ines Duarte", "Ray Cole")
PARTIES = {
    "nonprofit": ("Harbor Lantern", "Second Spring", "Open Gate House"),
    "business": ("Blue Oven Bakery", "Northside Garage"),
    "volunteer": ("Walt Hobbs", "June Park", "Theo Marsh"),
}


@pytest.fixture
def named(world):
    """The world with names as people have them, in place of numbers."""
    for number, person in enumerate(User.objects.order_by("pk")):
        name = PEOPLE[number % len(PEOPLE)]
        User.objects.filter(pk=person.pk).update(name=name)
    for kind, names in PARTIES.items():
        for number, party in enumerate(Party.objects.filter(kind=kind).order_by("pk")):
            Party.objects.filter(pk=party.pk).update(name=names[number % len(names)])
    return world


def name_of(look, taken):
    """A name for the picture that stays the same from run to run."""
    words = ID.sub("", look.path.split("?")[0]).strip("/")
    name = re.sub(r"[^\w]+", "-", words).strip("-") or "home"
    name = f"{name}~{look.who}" + ("~wrong" if look.press else "")
    taken[name] += 1
    return f"{name}~{taken[name]}" if taken[name] > 1 else name


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_pictures(named, pages, language, width, scheme):
    folder, taken = FOLDER / f"{language}-{width}-{scheme}", Counter()
    folder.mkdir(parents=True, exist_ok=True)
    for look in looks(named):
        page, _wire = pages(look.who, language, SIZES[width])
        page.emulate_media(color_scheme=scheme)
        page.goto(look.path)
        if look.press:
            press(page, look.press)
        page.screenshot(path=folder / f"{name_of(look, taken)}.png", full_page=True)


@pytest.mark.parametrize("name", README)
def test_pictures_of_the_readme(named, pages, name):
    """Only what a screen shows. They stand in ``docs/img``."""
    who, path, size = README[name]
    page, _wire = pages(who, "en", size)
    alone = Need.objects.get(party=named.party, title=ALONE)
    matches = {"proposed": named.proposed.public_id, "introduced": named.introduced.public_id}
    page.goto(path.format(**matches, alone=alone.public_id))
    (FOLDER / "readme").mkdir(parents=True, exist_ok=True)
    drawn = page.context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp"})
    (FOLDER / "readme" / f"{name}.webp").write_bytes(base64.b64decode(drawn["data"]))
