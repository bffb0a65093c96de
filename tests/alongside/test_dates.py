"""Days and times are said in one way: in words, which no country reads the other way round."""

import re

from tests.alongside.catalogs import ROOT

NUMERIC = re.compile(r"SHORT_DATE|date:\"[^\"]*[mndj]/|\.isoformat\b")


def test_no_page_writes_a_day_in_numbers():
    pages = {path: path.read_text(encoding="utf-8") for path in ROOT.glob("templates/**/*.html")}

    assert [path.name for path, text in pages.items() if NUMERIC.search(text)] == []
    assert NUMERIC.search('{{ at|date:"SHORT_DATETIME_FORMAT" }}')
