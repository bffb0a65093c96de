"""A hand that has keys alone, and complains wherever the focus cannot be seen.

At each stop the control has to look other than without the focus (WCAG 2.4.7), and to lie
whole on the screen with nothing over it (WCAG 2.4.11, and 2.4.12 of level AAA).
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

MOST_STOPS = 90  # to anything that one looks for; a week of hours is 28 of them
LOOK = Path(__file__).with_suffix(".js").read_text()


class OutOfReach(AssertionError):
    """No key leads there."""


class Keys:
    """Tab, Shift and Tab, the arrows among radio buttons, Enter and Space."""

    def __init__(self, page: Page, most_stops: int = MOST_STOPS) -> None:
        self.page, self.most_stops = page, most_stops
        self.wrong: dict[str, None] = {}  # once each, in the order they were met

    def press(self, control: Locator) -> None:
        """Enter, and wait for the page it leads to."""
        stop = self.reach(control)
        if not stop["leads"]:
            self.page.keyboard.press("Enter")
            return
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, choice: Locator) -> None:
        if not self.reach(choice)["isTicked"]:
            self.page.keyboard.press("Space")

    def reach(self, control: Locator) -> dict[str, Any]:
        """Go there key by key. Raises ``OutOfReach`` after ``most_stops``."""
        passed = []
        for _stop in range(self.most_stops):
            stop = self._look(control)
            if stop.get("there"):
                return stop
            passed.append(stop["name"])
            self.page.keyboard.press(_way(stop))
        raise OutOfReach(f"{control} on {self.page.url}, past {', '.join(passed)}")

    def _look(self, control: Locator) -> dict[str, Any]:
        stop: dict[str, Any] = control.evaluate(LOOK)
        self.wrong |= dict.fromkeys(stop["wrong"])
        return stop


def _way(stop: dict[str, Any]) -> str:
    """The key that leads from this stop towards the control."""
    if stop.get("isSibling"):
        return "ArrowDown" if stop["follows"] else "ArrowUp"
    return "Tab" if stop["follows"] else "Shift+Tab"
