"""How hard a page is to read: school grades for English, ease from 0 to 100 for Spanish.

English    Flesch-Kincaid grade: Kincaid, Fishburne, Rogers and Chissom, Derivation of new
           readability formulas for Navy enlisted personnel, 1975
Spanish    Szigriszt-Pazos's perspicuity, 1993, read on the INFLESZ scale of Barrio-Cantalejo and
           others, An. Sist. Sanit. Navar. 31 (2008): from 55 on "normal" (the end of what everybody
           goes to school for), from 65 on "rather easy", from 80 on "very easy"

The formulas speak of sentences, so what is none is left out: menus, lists to choose from, codes
(some are drawn by lot), and pieces of fewer than four words, such as names, labels, addresses and
buttons. A heading, an item, a cell or a mark such as "verified" ends a sentence, as it does for
whoever reads it.
"""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import NamedTuple

BLOCKS = {
    *("p", "li", "dt", "dd", "h1", "h2", "h3", "td", "th", "caption", "legend", "label", "summary"),
    *("div", "section", "figcaption", "button", "strong", "br", "form", "ul", "ol", "dl", "table"),
}
SKIPPED = {"script", "style", "svg", "select", "option", "textarea", "nav", "title", "code"} | {
    "data"  # a name out of a list, beside its short word
}
FEWEST_WORDS = 4
FEWEST_ON_A_PAGE = 20  # the formulas were made from passages of a hundred
ADDRESS = re.compile(r"\S+@\S+|https?:\S+")
ENDS = re.compile(r"(?<=[.!?])[”\")]*\s+")
WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")


class Count(NamedTuple):
    sentences: int
    words: int
    syllables: int


class Text(HTMLParser):
    """The words of a page's main part, a piece for each block."""

    def __init__(self, html):
        super().__init__()
        self.pieces, self._skips, self._in_main = [""], 0, "<main" not in html
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self._in_main |= tag == "main"
        self._skips += tag in SKIPPED
        if tag in BLOCKS or dict(attributes).get("class") == "status":
            self.pieces.append("")

    def handle_endtag(self, tag):
        self._in_main &= tag != "main"
        self._skips -= tag in SKIPPED and self._skips > 0
        if tag in BLOCKS:
            self.pieces.append("")

    def handle_data(self, data):
        if self._in_main and not self._skips:
            self.pieces[-1] += data


@lru_cache(maxsize=1)  # one page is asked about twice in a row
def sentences_of(html):
    """Every sentence of a rendered page."""
    pieces = (" ".join(ADDRESS.sub("", piece).split()) for piece in Text(html).pieces)
    sentences = (sentence for piece in pieces for sentence in ENDS.split(piece))
    return [one for one in sentences if len(WORD.findall(one)) >= FEWEST_WORDS]


def is_passage(html):
    """Whether there is enough to read for a formula to say anything."""
    return sum(len(WORD.findall(one)) for one in sentences_of(html)) >= FEWEST_ON_A_PAGE


def counted(sentences, syllables):
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    return Count(len(sentences), len(words), sum(map(syllables, words)))


def grade(html):
    """The grade of school at which the page is read with ease; 0 where it has no sentence."""
    count = counted(sentences_of(html), english_syllables)
    if not count.sentences:
        return 0.0
    length, weight = count.words / count.sentences, count.syllables / count.words
    return 0.39 * length + 11.8 * weight - 15.59


def ease(html):
    """Of a Spanish page: 0 very hard to 100 very easy; 100 where it has no sentence."""
    count = counted(sentences_of(html), spanish_syllables)
    if not count.sentences:
        return 100.0
    return 206.835 - 62.3 * count.syllables / count.words - count.words / count.sentences


IRREGULAR = {"people": 2, "business": 2, "create": 2, "idea": 3, "ideas": 3, "area": 3, "areas": 3}


def english_syllables(word):
    """Groups of vowels, less the silent ends; right for about nineteen words of twenty."""
    return sum(map(_english_part, re.split("[-’']", word.lower()))) or 1


def _english_part(word):
    if word in IRREGULAR or not re.search("[aeiouy]", word):
        return IRREGULAR.get(word, 0)
    stem = re.sub("y(?=[aeiou])", "-", word)
    stem = re.sub(r"(?<=[^aeioul-])e$|(?<=[^aeiou-]l)e(?=s$)|(?<=[aeiouy]l)e$", "", stem)
    stem = re.sub(r"(?<=[^aeiouytd-])ed$|(?<=[^aeiouysxzgc-])es$", "", stem)
    stem = re.sub(r"(?<=[^aeiou])e(?=(?:ly|less|ful|ment|where|body|one|thing)$)", "", stem)
    groups = len(re.findall("[aeiouy]+", stem))
    apart = len(re.findall(r"ia(?!l$|n$|r$)|io(?!n|us)|eo(?!u)|[^q]ua[^rl]|iu", stem))
    return max(1, groups + apart)


STRONG = "aeoáéóíú"


def spanish_syllables(word):
    """A vowel is a syllable; a weak i or u without an accent leans on the one beside it."""
    word = re.sub(r"qu(?=[eiéí])|gu(?=[eiéí])", "k", word.lower())
    word = re.sub(r"y(?![aeiouáéíóú])", "i", word)
    groups = re.findall("[aeiouáéíóúü]+", word)
    return sum(_spanish_group(group) for group in groups) or 1


def _spanish_group(group):
    return max(1, sum(vowel in STRONG for vowel in group))
