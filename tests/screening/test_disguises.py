"""Ways to be reached, written so that people read them and programs should not."""

import pytest

from screening.judging import screen
from screening.links import without_links

REFUSED = {
    "signs that nobody sees": "2\u034f12-5\u206355-01\U000e004100",
    "marks on digits": "2\u03321\u03322\u0332-5\u03325\u03325\u0332-0\u03321\u03320\u03320\u0332",
    "digits in boxes": "2\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e3 555 0100",
    "digits of Persian": "\u06f2\u06f1\u06f2 \u06f5\u06f5\u06f5 \u06f0\u06f1\u06f0\u06f0",
    "digits of Thai": "\u0e52\u0e51\u0e52-\u0e55\u0e55\u0e55-\u0e50\u0e51\u0e50\u0e50",
    "hearts between": "2\u27641\u27642\u27645\u27645\u27645\u27640\u27641\u27640\u27640",
    "raised dots": "212\u00b7555\u00b70100",
    "colons": "212:555:0100",
    "a letter between": "2x1x2x5x5x5x0x1x0x0",
    "told in parts": "area code 212, then 555, then 0100",
    "told in multiples": "two one two, triple five, zero one double zero",
    "a number in letters": "1-800-CALL-NOW",
    "letters that pass for digits": "6l4-555-O1OO",
    "such letters in one piece": "6l4555OlOO",
    "such letters one by one": "6 l 4 5 5 5 O 1 O O",
    "words glued to digits": "614 5five5 0100",
    "a short number glued": "555 zero1zero0",
    "all of it glued": "6one4five5five0one00",
    "all of it in one word": "sixonefourfivefivefivezeroonezerozero",
    "words written as digits": "s1x one four, f1ve f1ve f1ve, zer0 one zer0 zer0",
    "turned round": "\u202e0010-555-212\u202c",
    "an app in Cyrillic": "\u0456nst\u0430gr\u0430m: maria_v",
    "stars for signs": "maria*at*gmail*dot*com",
    "letters for signs": "maria (a) example (d) org",
    "as programs write it": "maria&#64;gmail&#46;com",
    "as addresses write it": "maria%40gmail%2Ecom",
    "a picture for the app": "\U0001f4f7 maria_v_22",
    "an arrow": "insta \u2192 bella_99",
    "a short name": "my TG: maria_v",
}
LINKS = [
    "linktr.ee/maria",
    "maria.carrd.co",
    "MEET-MARIA.COM",
    "meet-maria.\u200bcom",
    "meet-maria\uff0ecom",
    "meet-maria d0t com",
    "hxxps://evil[.]example/maria",
    "//evil.example/maria",
    "\u043c\u0430\u0440\u0438\u044f.\u0440\u0444",
]
PLAIN = [
    "Mon 10:30-12:30, 14:00-16:00, and 20:00-21:00",
    "Jos\u0435\u0301 teaches (a) cooking, (b) baking and (c) sewing at 50% off. No fee.",
    "Zoo, oil and soil in 2020. ISO 9001, 5S and OSHA 10. A one2one talk, 24 seven, two by two.",
    "Room B100 of the solo bill, items 51 and 55, lot Z15 to S20, at 50 lbs or 100 oz each.",
    "Two groups of 12, then 12, then 15 people. \u2b50 Free \u2b50 tools",
    "Signal. Bring gloves. Read the e.g. and i.e. of Node.js, A.M. or P.M. Then we go.",
]


@pytest.mark.parametrize("typed", REFUSED.values(), ids=REFUSED)
def test_a_disguise_is_seen_through(typed):
    assert screen({"description": typed}, kind="class").identities != []


@pytest.mark.parametrize("typed", LINKS)
def test_a_link_in_disguise_is_left_out(typed):
    assert without_links(f"See {typed} now", "-") == "See - now"


@pytest.mark.parametrize("typed", PLAIN)
def test_what_only_looks_like_one_stays(typed):
    assert screen({"description": typed}, kind="class").identities == []
    assert without_links(typed, "-") == typed
