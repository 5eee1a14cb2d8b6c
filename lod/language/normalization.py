"""The normal form in which a quote and the text are compared.

A quote matches where its normal form equals that of a stretch of the text. The rules:

1. *White space.* Every run of white space (line breaks, tabs, no-break and other spaces of
   Unicode) is one space. White space at the ends of a quote does not count.
2. *Quotation marks and apostrophes.* ``‘ ’ ‚ ‛ ‹ › ′ ʼ`` are ``'``, and
   ``“ ” „ ‟ « » ″ 〝 〞 〟 ＂`` are ``"``.
3. *Dashes.* Hyphens, dashes and the minus sign (U+2010 to U+2015, U+2212, U+FE58, U+FE63, U+FF0D)
   are ``-``, one for one: ``--`` is not a dash.
4. *Ligatures and presentation forms.* ``ﬁ`` is ``fi``, ``ĳ`` is ``ij``, ``…`` is ``...``; Arabic,
   Hebrew and Armenian presentation forms are their letters.
5. *Invisible characters* are left out: the soft hyphen, zero-width characters and joiners, the
   byte-order mark, direction marks and variation selectors.
6. *Combining characters* are compared in Unicode's form NFC: ``e`` with a combining acute is ``é``.

Nothing else is changed: never case, punctuation, currency signs, digits or accents.

A match is mapped back to exact code points of the untouched text. It begins and ends on whole
characters: half of a ligature, or a letter without its combining accent, is no match.

`fold` goes further, to find out what a quote that does not match was probably meant to be.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right

from lod.patterns import lazy

_SPACES = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B)))
_SPACES += "\u2028\u2029\u202f\u205f\u3000"

#: Characters that the comparison leaves out: nobody sees them.
INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
INVISIBLE += "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
INVISIBLE += "".join(map(chr, range(0xFE00, 0xFE10)))

#: What ends a line.
LINE_BREAKS = "\n\r\v\f\x85\u2028\u2029"

#: White space and invisible characters: what may be trimmed from the ends of a stretch of text.
BLANK = " " + _SPACES + INVISIBLE

_ONE_TO_ONE: dict[str, str] = (
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("‘’‚‛‹›′ʼ", "'")
    | dict.fromkeys("“”„‟«»″〝〞〟＂", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
)
_ASCII_SPACES = {ord(space): " " for space in _SPACES if space.isascii()}
# Single characters whose compatibility form is taken: ligatures and presentation forms.
_FORMS = lazy("[…Ĳĳ\ufb00-\ufdff\ufe70-\ufefc]")

_HIDDEN = f"[{INVISIBLE}]"
# Longer than one character, or with something invisible; linear, however long the run.
_RUN = f" [ {INVISIBLE}]+|{_HIDDEN}[ {INVISIBLE}]*"
_ANY_HIDDEN = lazy(_HIDDEN)
# Vowels and finals of decomposed Hangul: the only characters beside marks that compose backwards.
_JAMO = lazy("[\u1160-\u11ff\ud7b0-\ud7ff]")

# Letters that look like Latin ones: Cyrillic, Greek, Armenian.
_LOOKALIKES = dict(
    zip(
        "АВЕКМНОРСТУХІЈЅҺԚԜӀаеорсухіјѕһԁԛԝӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυχµօսհ",
        "ABEKMHOPCTYXIJSHQWIaeopcyxijshdqwlABEZHIKMNOPTYXaikvopuxμouh",
        strict=True,
    )
)


class NormalText:
    r"""A text in normal form that knows where each of its characters comes from.

    Attributes:
        text: the normal form.

    >>> normal = NormalText("The of\ufb01ce\n  closed")
    >>> normal.text
    'The office closed'
    >>> start = normal.text.find("closed")
    >>> normal.start(start), normal.end(start + len("closed"))
    (12, 18)
    """

    __slots__ = ("_lengths", "_normal", "_raw", "_raw_lengths", "text")

    def __init__(self, raw: str) -> None:
        folded, changed = _one_to_one(raw)
        # Stretches whose length changes: where each is in the normal form, where in the raw text,
        # and how long in either. Between them, both run in step.
        self._normal: list[int] = []
        self._lengths: list[int] = []
        self._raw: list[int] = []
        self._raw_lengths: list[int] = []
        if changed is None:
            self.text = folded
            return
        out: list[str] = []
        length = done = 0
        for match in changed.finditer(folded):
            begin, end = match.span()
            new = _replacement(match.group())
            if len(new) == end - begin and new == match.group():
                continue
            out.append(folded[done:begin])
            length += begin - done
            self._normal.append(length)
            self._lengths.append(len(new))
            self._raw.append(begin)
            self._raw_lengths.append(end - begin)
            out.append(new)
            length += len(new)
            done = end
        out.append(folded[done:])
        self.text = "".join(out)

    @property
    def in_step(self) -> bool:
        """Whether offsets are the same in the normal form and in the raw text."""
        return not self._normal

    def start(self, offset: int) -> int | None:
        """The raw offset of a match that begins at `offset` of the normal form.

        Returns:
            Code points from 0; None where `offset` is inside a character of the raw text.
        """
        index = bisect_right(self._normal, offset) - 1
        if index < 0:
            return offset
        beyond = offset - self._normal[index] - self._lengths[index]
        if beyond >= 0:
            return self._raw[index] + self._raw_lengths[index] + beyond
        return self._raw[index] if offset == self._normal[index] else None

    def end(self, offset: int) -> int | None:
        """The raw offset, exclusive, of a match that ends at `offset` of the normal form.

        Returns:
            Code points from 0; None where `offset` is inside a character of the raw text.
        """
        index = bisect_left(self._normal, offset) - 1
        if index < 0:
            return offset
        beyond = offset - self._normal[index] - self._lengths[index]
        return self._raw[index] + self._raw_lengths[index] + beyond if beyond >= 0 else None


def normalize(words: str) -> str:
    r"""The normal form of some words, without white space at the ends.

    >>> normalize(" “Energy”\u00a0\u2013 now … ")
    '"Energy" - now ...'
    """
    if words.isascii() and words.isprintable() and "  " not in words:
        return words.strip(" ")
    return NormalText(words).text.strip(" ")


def lower(words: str) -> str:
    """Words in lower case, one code point for one.

    >>> lower("İzmir")
    'izmir'
    """
    # The only capital whose small form is two code points.
    return words.replace("İ", "i").lower()


def fold(words: str) -> str:
    """Words without case, and with Latin letters for those that look like them.

    The result has as many code points as `words`. It serves to find what was probably meant.

    >>> fold("Кazakhstan")  # its first letter is Cyrillic
    'kazakhstan'
    """
    if words.isascii():
        return words.lower()
    for letter, latin in _LOOKALIKES.items():
        words = words.replace(letter, latin)
    return lower(words).replace("ς", "σ")  # the two small forms of one letter


def _one_to_one(raw: str) -> tuple[str, re.Pattern[str] | None]:
    """Change what changes one for one; a pattern for the rest, or None where there is none."""
    if raw.isascii():
        folded = raw.translate(_ASCII_SPACES)
        return folded, (_runs() if "  " in folded else None)
    # Texts have few kinds of other characters; looking at each kind once is what makes it fast.
    kinds = _kinds(raw)
    folded = raw
    for character in ("\n", "\t", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f"):
        folded = folded.replace(character, " ")
    for character in kinds:
        if (new := _ONE_TO_ONE.get(character)) is not None:
            folded = folded.replace(character, new)
    forms = "".join(_FORMS.findall(kinds))
    parts = _clusters(raw, kinds, forms)
    if forms:
        parts.append(f"[{forms}]")
    if not parts and "  " not in folded and not _ANY_HIDDEN.search(kinds):
        return folded, None
    return folded, (re.compile("|".join((*parts, _RUN))) if parts else _runs())


def _kinds(raw: str) -> str:
    """Each character of a text that is not ASCII, once, in the order of their code points."""
    lines = "\n".join([line for line in raw.split("\n") if not line.isascii()])
    words = "".join([word for word in lines.split(" ") if not word.isascii()])
    return "".join(sorted([kind for kind in set(words) if kind > "\x7f"]))


def _clusters(raw: str, kinds: str, forms: str) -> list[str]:
    """Patterns for characters that NFC may change: with marks after them, or alone."""
    if kinds[-1] < "\u0300":  # nothing below composes
        return []
    marks = "".join(
        kind
        for kind in kinds
        if (unicodedata.category(kind)[0] == "M" and kind not in INVISIBLE) or _JAMO.match(kind)
    )
    # Without marks, each character is alone; with them, only the whole text can tell. What a mark
    # composes with may be the last letter of a ligature, or stand before something invisible.
    hidden = bool(marks) and re.search(f"{_HIDDEN}[{marks}]", raw) is not None
    certain = not hidden and not (marks and forms)
    if certain and unicodedata.is_normalized("NFC", raw if marks else kinds):
        return []
    alone = "".join(
        kind for kind in kinds if kind not in marks and not unicodedata.is_normalized("NFC", kind)
    )
    patterns = []
    if marks:
        more = f"{_HIDDEN}*[{marks}]"
        patterns.append(f"[^ {INVISIBLE}{marks}](?:{more})+|[{marks}](?:{more})*")
    if alone:
        patterns.append(f"[{alone}]")
    return patterns


def _replacement(found: str) -> str:
    """The normal form of a stretch that changes its length."""
    if found[0] == " " or found[0] in INVISIBLE:
        return " " if " " in found else ""
    letters = "".join([_form(character) for character in found if character not in INVISIBLE])
    composed = unicodedata.normalize("NFC", letters)
    return "".join(_ONE_TO_ONE.get(character, character) for character in composed)


def _form(character: str) -> str:
    """The letters of a ligature or presentation form; any other character as it is."""
    if not _FORMS.match(character):
        return character
    letters = unicodedata.normalize("NFKC", character)
    # An isolated Arabic vowel mark decomposes to a space and the mark: that is no letter.
    return character if " " in letters else letters


def _runs() -> re.Pattern[str]:
    return re.compile(_RUN)  # kept by the re module; compiled only where a text needs it
