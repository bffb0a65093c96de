"""Addresses of pages in somebody's words, which stay hidden until both sides said yes."""

import re

from screening.reading import Reading

_SURE = (
    "com|org|net|edu|gov|info|biz|io|app|xyz|dev|link|page|site|online|chat|ly|gg|tv|ai|ee|gle|bio"
    "|co|me"
)
_WITH_PATH = f"{_SURE}|us|to|shop|club|live|mx|es|in|ca|uk"
_NAME = r"(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,8}"
_DOT = r" ?(?:\(dot\)|\[dot\]|\(\.\)|\[\.\]| dot | d0t | punto | \. ) ?"
_LINK = re.compile(
    r"\b(?:h(?:tt|xx)ps?|ftp):/{1,3}\S+"
    r"|(?<![\w:/])//[\w-]{1,63}\.\S+"
    r"|\bwww\.[^\s,;]+"
    rf"|{_NAME}(?:{_WITH_PATH})/[^\s,;]*"
    rf"|{_NAME}(?:{_SURE})(?![\w@-]|\.\w)"
    rf"|(?<![\w@.])(?:[\w-]{{1,63}}\.){{1,8}}(?=\w{{0,20}}[^\W\da-z_])\w{{2,20}}(?!\w)"
    rf"|\b[a-z0-9-]{{2,63}}{_DOT}(?:com|org|net|me|link)\b(?:/[^\s,;]*)?"
)


def without_links(text: str, instead: str) -> str:
    """The text with each address of a page replaced; all else stays as it was typed."""
    reading = Reading("", text)
    kept, last = [], 0
    for found in _LINK.finditer(reading.folded):
        start, end = reading.where(*found.span())
        kept += [text[last:start], instead]
        last = end
    return "".join([*kept, text[last:]])
