"""What somebody types who wants to break something."""

FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1", "＝1+1", "＠x"]
CORPUS = [
    *FORMULAS,
    '"quoted", "twice""',
    "one\r\ntwo\ntwo and a half",
    "\u202egnp.exe\u2066 and \u200bnothing",
    "zero\x00byte",
    "lone \ud800 surrogate",
    "👩‍👩‍👧 emoji 🇺🇸",
    "<script>alert(1)</script>{{ 7*7 }}{% now %}",
    "'; DROP TABLE accounts_user; --",
    "%s %(x)s {0} {x}",
    "9" * 400,
    "-1e999",
    "long " * 8000,
    "../../../../etc/passwd",
    "ﷺ" * 50,
    "0000-00-00",
    "99999999-99-99",
]
STORABLE = [text for text in CORPUS if "\x00" not in text and "\ud800" not in text]
