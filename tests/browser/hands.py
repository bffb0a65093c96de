"""How somebody uses a page: with a pointer here, with keys alone in ``keys.py``."""

from playwright.sync_api import Locator, Page


class Pointer:
    """A finger or a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: dict[str, None] = {}  # what hindered, once each

    def press(self, control: Locator) -> None:
        control.click()

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)

    def tick(self, choice: Locator) -> None:
        choice.check()
