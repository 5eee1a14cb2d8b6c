"""The words of a text, as the search compares them: folded, and the same as in the browser.

`assets/search_words.js` does the same thing in the same steps; a table of cases runs in both. A
word is folded so that what people type finds what is written: compatibility forms, case, accents,
points and harakat, stroked letters and digits of other scripts do not matter.

Scripts that are written without spaces have no words to split at. There every pair of neighbours
is a token, and the last character alone, so that a single character is the beginning of a token
wherever it stands.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Longer words are cut: no one types more, and hostile labels have no limit.
MAX_WORD = 40

# Marks that are left out: accents, Hebrew points, Arabic harakat, variation selectors, tatweel.
# Marks of other scripts are letters there (vowels of Devanagari, for example) and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\u00ad]"
)
#: What no normalization takes apart.
_LETTERS = str.maketrans(
    {
        **{"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "ς": "σ"},
        **{"æ": "ae", "œ": "oe", "þ": "th"},
        **{
            chr(start + digit): str(digit) for start in (0x660, 0x6F0, 0x966) for digit in range(10)
        },
    }
)
# Thai, Lao, Myanmar, Khmer; iteration mark and zero, kana, Han.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")
_ASCII_WORDS = re.compile("[a-z0-9]+")


def fold(text: str) -> str:
    """The text without what does not matter to a search.

    Upper case and then lower case, not case folding: browsers have these two, and together they
    say the same.

    >>> fold("Straße ÉTÉ ﬁn Қазақстан أحمد Łódź")
    'strasse ete fin қазақстан احمد lodz'
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text).upper().lower()
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", text.translate(_LETTERS))


def tokens(text: str) -> list[str]:
    """The tokens of a text, in their order; each as often as it stands there.

    >>> tokens("Kazakhstan's GDP: 28,5 %")
    ['kazakhstan', 's', 'gdp', '28', '5']
    >>> tokens("哈萨克 2024")
    ['哈萨', '萨克', '克', '2024']
    """
    folded = fold(text)
    if folded.isascii():
        return [word[:MAX_WORD] for word in _ASCII_WORDS.findall(folded)]
    found: list[str] = []
    word: list[str] = []
    for character in folded:
        if _is_of_word(character):
            word.append(character)
        elif word:
            found += _of_word("".join(word))
            word.clear()
    return found + _of_word("".join(word)) if word else found


@lru_cache(maxsize=4096)
def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _of_word(word: str) -> list[str]:
    if not _UNSPACED_RUN.search(word):
        return [word[:MAX_WORD]]
    found: list[str] = []
    for run in _RUNS.findall(word):
        if _UNSPACED_RUN.match(run):
            found += [run[at : at + 2] for at in range(len(run))]
        else:
            found.append(run[:MAX_WORD])
    return found
