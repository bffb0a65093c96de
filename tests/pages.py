"""Read a page the way a browser and a screen reader do, and say what is wrong with it."""

from collections import Counter
from html.parser import HTMLParser

NAMELESS = {"hidden", "submit", "button", "image", "reset"}


class Page(HTMLParser):
    """One parsed page: title, headings, controls and their labels, scripts."""

    def __init__(self, html):
        super().__init__()
        self.headings, self.title, self.ids = [], "", Counter()
        self.controls, self.labels, self.wrong = [], set(), []
        self._open = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self._open.append((tag, found))
        if "id" in found:
            self.ids[found["id"]] += 1
        self.wrong += [f"inline {name}" for name in found if name == "style" or name[:2] == "on"]
        if tag == "script" and not found.get("src") and found.get("type") != "application/json":
            self.wrong.append("inline script")
        if tag == "style":
            self.wrong.append("inline style")
        if tag in {"script", "link", "img"} and found.get("rel") != "canonical":  # only a name
            address = found.get("src") or found.get("href") or ""
            if address.startswith(("http:", "https:", "//")):
                self.wrong.append(f"foreign {address}")
        if tag == "label" and "for" in found:
            self.labels.add(found["for"])
        if tag in {"input", "select", "textarea"} and found.get("type") not in NAMELESS:
            inside = any(outer == "label" for outer, _found in self._open)
            self.controls.append((found, inside))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _found in self._open]
        if tags and tags[-1] == "title":
            self.title += data.strip()
        if "h1" in tags:
            self.headings.append(data.strip())

    @property
    def complaints(self):
        """Everything that a plain, complete, usable page does not do."""
        complaints = list(self.wrong)
        if not self.title:
            complaints.append("no title")
        if sum(1 for heading in self.headings if heading) != 1:
            complaints.append(f"headings {self.headings}")
        complaints += [f"id {name} twice" for name, times in self.ids.items() if times > 1]
        complaints += [
            f"no label for {found.get('name')}"
            for found, inside in self.controls
            if not inside and found.get("id") not in self.labels and "aria-label" not in found
        ]
        return complaints
