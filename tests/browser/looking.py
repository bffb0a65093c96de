"""What is wrong with a page as a person meets it: barriers, its width, what it loads, its calm."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
# WCAG 2.2 A and AA, and what axe's makers call best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 640}  # 1280 pixels at 400 % are as many (WCAG 1.4.10)
MOST_BYTES = 100_000
MOST_REQUESTS = 15
MOST_SHIFT = 0.05  # of Chromium's cumulative layout shift

_SHIFT = """() => new Promise(done => {
    let shift = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => requestAnimationFrame(() => done(shift)));
})"""
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_BARRIERS = """async asked => (await axe.run(document, asked)).violations.map(found => {
    const places = found.nodes.slice(0, 3).map(node => node.html.slice(0, 200));
    return `${found.id}: ${places.join(" | ")}`;
})"""


def barriers(page: Page) -> list[str]:
    """What axe finds, in light and in dark: the rule, and up to three places."""
    page.emulate_media(color_scheme="light")
    page.evaluate(AXE)
    found = _found_by_axe(page, {"type": "tag", "values": RULES})
    page.emulate_media(color_scheme="dark")
    dark = _found_by_axe(page, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return found + [f"dark {line}" for line in dark]


def _found_by_axe(page: Page, rules: dict[str, Any]) -> list[str]:
    asked = {"runOnly": rules, "resultTypes": ["violations"]}
    found: list[str] = page.evaluate(_BARRIERS, asked)
    return found


def too_wide(page: Page) -> list[str]:
    """By how much it scrolls sideways on the narrowest screen."""
    size = page.viewport_size
    page.set_viewport_size(NARROW)
    wider = page.evaluate(_WIDER)
    page.set_viewport_size(size or NARROW)
    return [f"{wider} px wider than {NARROW['width']}"] if wider > 0 else []


def restless(page: Page) -> list[str]:
    """Whether things moved while it was drawn."""
    shift = page.evaluate(_SHIFT)
    return [f"moves by {shift:.2f}"] if shift > MOST_SHIFT else []


class Wire:
    """Everything a page asks for and all that it complains of, since the last look."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page, self.origin = page, origin
        self.forget()
        page.on("console", self._says)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", lambda sent: self._asks(sent["request"]["url"]))
        session.on("Network.loadingFinished", self._gets)

    def forget(self) -> None:
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.size = 0

    def wrong(self) -> list[str]:
        """Too much, from elsewhere, or with errors."""
        elsewhere = [url for url in self.asked if not url.startswith((self.origin + "/", "data:"))]
        wrong = [*(f"asks for {url}" for url in elsewhere), *self.complaints]
        if len(self.asked) > MOST_REQUESTS:
            wrong.append(f"{len(self.asked)} requests")
        if self.size > MOST_BYTES:
            wrong.append(f"{self.size} bytes")
        return wrong

    def _says(self, line: Any) -> None:
        if line.location["url"] == self.page.url and "status of 404" in line.text:
            return  # a page that says that there is no such page
        if line.type in {"error", "warning"}:
            self.complaints.append(f"{line.type} {line.text}")

    def _asks(self, url: str) -> None:
        self.asked.append(url)

    def _gets(self, finished: dict[str, Any]) -> None:
        self.size += int(finished["encodedDataLength"])
