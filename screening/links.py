"""Addresses of pages in somebody's words, which stay hidden until both sides said yes."""

import re

_SURE = "com|org|net|edu|gov|info|biz|io|app|xyz|dev"  # no word ends like these
_WITH_PATH = f"{_SURE}|me|us|co|ly|gg|to|tv|ai|link|page|site|shop|club|live|online"
_NAME = r"(?<![\w@.])(?:[A-Za-z0-9-]{1,63}\.){1,8}"
_LINK = re.compile(
    r"(?i:https?|ftp)://\S+"
    r"|\b(?i:www)\.[^\s,;]+"
    rf"|{_NAME}(?:{_WITH_PATH})/[^\s,;]*"
    rf"|{_NAME}(?:{_SURE})(?![\w@-]|\.\w)"
    r"|\b[A-Za-z0-9-]{2,63} ?(?:\(dot\)|\[dot\]| dot ) ?(?:com|org|net)\b"
)


def without_links(text: str, instead: str) -> str:
    """The text with each address of a page replaced; all else stays as it was typed."""
    return _LINK.sub(lambda _found: instead, text)
