"""The main story, told once: a class is posted, matched, announced, accepted, introduced.

Everything goes through the real pages, as two people with browsers would go, while
the real worker does its part in between. What is printed is what they would see.
"""

import textwrap
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from alongside.demo.country import PASSWORD
from alongside.demo.mailbox import Mail, mails_in
from alongside.demo.visitor import Lost, Page, Visitor

NONPROFIT = "nonprofit@example.org"
VOLUNTEER = "volunteer@example.org"
PATIENCE_SECONDS = 40.0  # longer than the slowest sweep that would still bring it
LOOK_AGAIN_SECONDS = 0.1
TITLE = "Car maintenance for beginners"
MECHANIC = "Car care for people who were never shown"  # the offer that is meant to be found
TEXT = (
    "Six people would like to know what to do when a light comes on: oil, tires, battery, and"
    " when a garage is really needed. We have a yard and two old cars. Evenings, please."
)
Say = Callable[[str], None]
Found = TypeVar("Found")


def tell(address: str, *, mail_folder: Path, say: Say) -> None:
    """Play it once. Raises ``Lost`` where it does not go on as it should."""
    watch = _Watch(say)
    staff, mechanic = Visitor(address), Visitor(address)
    staff.sign_in(NONPROFIT, PASSWORD)
    mechanic.sign_in(VOLUNTEER, PASSWORD)
    watch.tell("The nonprofit and the mechanic sign in.")
    preview = _fill_in_need(staff, today=date.today())  # noqa: DTZ011 - the demo's people sit here
    watch.tell(f"The nonprofit fills in “{TITLE}”, a class on Tuesday evenings.")
    staff.submit(preview, preview.form(saying="Publish"))
    watch.start()
    for_staff = _until(lambda: _match_link(staff), "no match came up")
    for_mechanic = _until(lambda: _match_link(mechanic), "the mechanic sees no match")
    watch.tell("It is published, and the worker has matched it with the mechanic's offer.")
    _print_lines(say, _part(staff.open(for_staff), "Why it fits", "What they say"))
    mails = _until(lambda: _both_told(mail_folder), "the notices were not sent")
    watch.tell("Both notices are sent. This is all the mail says:")
    for mail in mails:
        _print_mail(say, mail)
    _open_notice(mechanic)
    page = mechanic.open(for_mechanic)
    mechanic.submit(page, page.form(to="/yes/"))
    watch.tell("The mechanic opens the notice, reads why it fits, and says yes.")
    _open_notice(staff)
    page = staff.open(for_staff)
    page = staff.submit(page, page.form(to="/yes/"))
    watch.tell("The nonprofit says yes too. This is the introduction:")
    for who, seen in (("The nonprofit", page), ("The mechanic", mechanic.open(for_mechanic))):
        say(f"    {who} sees:")
        _print_lines(say, _part(seen, "Their contact", "Why it fits")[:3])
    watch.end()


# What the nonprofit types


def _fill_in_need(staff: Visitor, *, today: date) -> Page:
    """Go through the pages of questions up to the look-over. Returns that page."""
    page = staff.open("/needs/new/")
    words = page.form(having="title")
    page = staff.submit(page, words, kind="class", title=TITLE, description=TEXT)
    form = page.form(having="topics")
    suggested = [value for name, value in form.fields if name == "topics"]
    if "car-maintenance" not in suggested:
        raise Lost(f"The page suggests {suggested} for a class on car maintenance.")
    return staff.submit(
        page,
        form,
        format="group_class",
        mode="in_person",
        venue="nonprofit",
        zip="43215",
        start_date=(today + timedelta(days=7)).isoformat(),
        end_date=(today + timedelta(days=91)).isoformat(),
        from_1="18:00",
        to_1="20:00",
        minutes="90",
        sessions="6",
        seats="6",
        languages=["en"],
        audience="adults",
        check_level="references",
    )


# What both see


def _match_link(visitor: Visitor) -> str | None:
    """The page of the match for this need, once it stands in the list."""
    page = visitor.open("/matches/")
    for address, words in page.links:
        if address.startswith("/matches/") and words in {TITLE, MECHANIC}:
            return address
    return None


def _open_notice(visitor: Visitor) -> Page:
    """Press the newest notice in the inbox, as its reader would."""
    inbox = visitor.open("/inbox/")
    return visitor.submit(inbox, inbox.form(to="/open/"))


def _both_told(folder: Path) -> Sequence[Mail] | None:
    mails = {mail.to: mail for mail in mails_in(folder)}
    told = [mails[to] for to in (NONPROFIT, VOLUNTEER) if to in mails]
    return told if len(told) == 2 else None


def _part(page: Page, begins: str, ends: str) -> list[str]:
    """The lines between two headings. Raises ``Lost`` if the first is not there."""
    if begins not in page.lines:
        raise Lost(f"{page.path} does not say “{begins}”: {page.summary()}")
    lines = page.lines[page.lines.index(begins) + 1 :]
    return lines[: lines.index(ends)] if ends in lines else lines


# How it is told


class _Watch:
    """Numbers the steps and says how long each took."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.step = 0
        self.began = self.last = time.monotonic()

    def start(self) -> None:
        self.last = time.monotonic()

    def tell(self, what: str) -> None:
        now = time.monotonic()
        self.step += 1
        self.say(f"{self.step}. {what} ({now - self.last:.2f} s)")
        self.last = now

    def end(self) -> None:
        self.say(f"That is the whole story, in {time.monotonic() - self.began:.1f} s.")


def _until(look: Callable[[], Found | None], otherwise: str) -> Found:
    """Look again and again until there is something. Raises ``Lost``."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while (found := look()) is None:
        if time.monotonic() > give_up_at:
            raise Lost(f"After {PATIENCE_SECONDS:.0f} seconds {otherwise}.")
        time.sleep(LOOK_AGAIN_SECONDS)
    return found


def _print_lines(say: Say, lines: Sequence[str]) -> None:
    for line in lines:
        say(f"      {line}")


def _print_mail(say: Say, mail: Mail) -> None:
    say(f"      To: {mail.to}")
    say(f"      Subject: {mail.subject}")
    say(textwrap.indent(mail.text, "      | ", lambda line: True))
    say("")
