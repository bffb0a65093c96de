"""Which parties give the same phone, mail address or site."""

import re
import zlib
from collections.abc import Iterator, Mapping

from screening.columns import CONTACT, NAME, about

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?([2-9]\d{2})\)?[ .-]?(\d{3})[ .-]?(\d{4})(?!\d)")
_SITE = re.compile(r"(?:https?://|www\.)([\w.-]{3,100}(?:/[\w@./-]{1,80})?)")
_HOSTS = ("facebook.com", "instagram.com", "linkedin.com", "twitter.com", "google.com")
MOST = 2_000_000  # details held at once, about 200 bytes each; of later ones none is compared
_SEVERAL = -1


def details(texts: Mapping[str, str]) -> Iterator[str]:
    """Each phone (ten digits), mail address and site that the fields give."""
    for name, typed in texts.items():
        if "@" in typed:
            yield from (found[0].lower() for found in _MAIL.finditer(typed))
        yield from ("".join(found.groups()) for found in _PHONE.finditer(typed))
        for found in _SITE.finditer(typed.lower()):
            yield _site(found[1])
        if (
            about(name) == CONTACT
            and "." in typed
            and "@" not in typed
            and " " not in typed.strip()
        ):
            yield _site(typed.strip().lower().removeprefix("https://").removeprefix("http://"))


def party_of(texts: Mapping[str, str]) -> str:
    """Who posts, as a row says it; empty where it does not."""
    named = [name for name in texts if name == "party_id" or about(name) == NAME]
    said = (
        texts[name].strip().lower() for name in sorted(named, key=lambda name: name != "party_id")
    )
    return next((name for name in said if name), "")


class SharedContacts:
    """Remembers who gives which detail, as numbers, not as words."""

    def __init__(self) -> None:
        self._givers: dict[int, int] = {}

    def add(self, texts: Mapping[str, str]) -> None:
        party = party_of(texts)
        if not party:
            return
        giver = zlib.crc32(party.encode())
        for detail in details(texts):
            key = hash(detail)
            if key in self._givers or len(self._givers) < MOST:
                known = self._givers.setdefault(key, giver)
                self._givers[key] = giver if known == giver else _SEVERAL

    def is_shared(self, texts: Mapping[str, str]) -> bool:
        """Whether another party gave one of these details as well."""
        return bool(party_of(texts)) and any(
            self._givers.get(hash(detail)) == _SEVERAL for detail in details(texts)
        )


def _site(address: str) -> str:
    """Host, and on a host of many the page: what two parties would have to share."""
    host, _slash, path = address.removeprefix("www.").partition("/")
    return f"{host}/{path.strip('/')}" if host in _HOSTS else host
