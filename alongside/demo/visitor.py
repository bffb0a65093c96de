"""Somebody with a browser, as small as it can be: pages, links, forms, cookies, no JavaScript."""

import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar

Answer = str | Sequence[str]
PAGE_SECONDS = 20.0
_SILENT = {"script", "style", "head", "title", "nav", "footer", "noscript"}
_LINES = {
    "p",
    "h1",
    "h2",
    "h3",
    "li",
    "dt",
    "dd",
    "tr",
    "div",
    "legend",
    "label",
    "br",
    "blockquote",
}


class Lost(RuntimeError):
    """The page is not what the visitor expected; the message says where and what."""


@dataclass
class Form:
    """One form as the page sends it: fields with their values, buttons by their words."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    def filled(self, answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
        """The fields with these answers in place of what stood there. Raises ``Lost``."""
        if unknown := set(answers) - self.names:
            raise Lost(f"The form {self.action} has no {sorted(unknown)}, but {sorted(self.names)}")
        kept = [(name, value) for name, value in self.fields if name not in answers]
        given = [
            (name, value)
            for name, answer in answers.items()
            for value in ([answer] if isinstance(answer, str) else answer)
        ]
        return kept + given


@dataclass
class Page:
    """What came back: where we are, the words on it, its links and its forms."""

    url: str
    status: int
    html: str
    lines: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.url).path

    def form(self, *, having: str = "", to: str = "", saying: str = "") -> Form:
        """The form with this field, to this address, or with this button. Raises ``Lost``."""
        for form in self.forms:
            if (
                (not having or having in form.names)
                and to in form.action
                and (not saying or saying in form.buttons)
            ):
                return form
        asked = having or to or saying
        raise Lost(f"{self.path} has no form with {asked!r}. It says: {self.summary()}")

    def summary(self) -> str:
        return " / ".join(self.lines)[:600]


class Visitor:
    """One person's browser, with cookies of its own."""

    def __init__(self, site: str) -> None:
        self.site = site
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),  # the demo is on this computer
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )

    def open(self, address: str, data: list[tuple[str, str]] | None = None) -> Page:
        """Load a page, or post to it, and follow where it leads. Raises ``Lost``."""
        url = urllib.parse.urljoin(self.site, address)
        body = None if data is None else urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(url, data=body, headers={"Accept-Language": "en"})  # noqa: S310 - our own site
        try:
            with self._opener.open(request, timeout=PAGE_SECONDS) as answer:
                return _page(answer.url, answer.status, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            page = _page(url, refusal.code, refusal.read().decode(errors="replace"))
            raise Lost(f"{page.path} answers {page.status}: {page.summary()}") from refusal
        except OSError as failure:
            raise Lost(f"{url} does not answer: {failure}") from failure

    def submit(self, page: Page, form: Form, button: str = "", **answers: Answer) -> Page:
        """Send a form of this page, by the button with these words if there are several."""
        data = form.filled(answers)
        pressed = next((pair for words, pair in form.buttons.items() if button in words), None)
        if pressed:
            data.append(pressed)
        address = urllib.parse.urljoin(page.url, form.action)
        if form.method == "get":
            return self.open(f"{address.partition('?')[0]}?{urllib.parse.urlencode(data)}")
        return self.open(address, data)

    def sign_in(self, email: str, password: str) -> Page:
        page = self.open("/account/login/")
        page = self.submit(page, page.form(having="password"), login=email, password=password)
        if "/account/login/" in page.path:
            raise Lost(f"{email} cannot sign in: {page.summary()}")
        return page


def _page(url: str, status: int, html: str) -> Page:
    reader = _Reader(Page(url=url, status=status, html=html))
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Fills a page from its HTML."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.form: Form | None = None
        self.silent = 0
        self.select: tuple[str, bool] | None = None  # its name, and whether it takes several
        self.textarea: str | None = None
        self.button: tuple[str, str] | None = None
        self.words: list[str] | None = None  # of the button or text field we are in
        self.link: str | None = None
        self.link_words: list[str] = []
        self.line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self.silent += 1
        if tag in _LINES:
            self._end_line()
        if tag == "a":
            self.link = given.get("href", "")
            self.link_words = []
        elif tag == "form":
            method = given.get("method", "get").lower()
            self.form = Form(action=given.get("action", ""), method=method)
            self.page.forms.append(self.form)
        elif self.form is not None:
            self._form_tag(tag, given, self.form)

    def _form_tag(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in {"submit", "button", "file"}:
            form.names.add(name)
            choice = given.get("type") in {"checkbox", "radio"}
            if not choice or "checked" in given:
                form.fields.append((name, given.get("value", "on" if choice else "")))
        elif tag == "select":
            form.names.add(name)
            self.select = (name, "multiple" in given)
        elif tag == "option" and self.select:
            self._option(given, form, *self.select)
        elif tag == "textarea":
            form.names.add(name)
            self.textarea, self.words = name, []
        elif tag == "button":
            self.button, self.words = (name, given.get("value", "")), []

    def _option(self, given: dict[str, str], form: Form, name: str, takes_many: bool) -> None:
        """A select sends its selected options, or its first if it takes only one."""
        if "selected" in given:
            if not takes_many:
                form.fields = [pair for pair in form.fields if pair[0] != name]
            form.fields.append((name, given.get("value", "")))
        elif not takes_many and all(name != taken for taken, _value in form.fields):
            form.fields.append((name, given.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag in _LINES:
            self._end_line()
        if tag == "a" and self.link is not None:
            self.page.links.append((self.link, " ".join("".join(self.link_words).split())))
            self.link = None
        elif tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea is not None and self.form:
            self.form.fields.append((self.textarea, "".join(self.words or [])))
            self.textarea = self.words = None
        elif tag == "button" and self.button and self.form:
            words = " ".join("".join(self.words or []).split())
            self.form.buttons[words] = self.button if self.button[0] else None
            self.button = self.words = None

    def handle_data(self, data: str) -> None:
        if self.link is not None:
            self.link_words.append(data)
        if self.words is not None:
            self.words.append(data)
        elif not self.silent and data.strip():
            self.line.append(" ".join(data.split()))

    def _end_line(self) -> None:
        if self.line:
            self.page.lines.append(" ".join(self.line))
            self.line = []
