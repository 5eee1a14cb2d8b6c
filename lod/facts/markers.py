"""Words in a quote that say how it is meant: as a plan, a doubt, a judgement, a denial."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from lod.model.claim import Modality

_PUNCTUATION = ".,;:!?\"'()[]“”‘’„«»…"
# Nearly every word of nearly every quote is none: they are remembered, up to so many.
_MOST_WORDS = 100_000


@dataclass(frozen=True, slots=True)
class Markers:
    """The marker words of one language.

    Attributes:
        modality: finds words of plan, doubt, offer or judgement in lower-case text; the group
            that matched is named by the modality.
        exact_case: the same for words that another case makes another word, in text as it is.
        negation: finds words of denial in lower-case text.
        first_word: matches a word that one of them may begin with.
        plain: words with which none begins, as far as they were met.
    """

    modality: re.Pattern[str]
    exact_case: re.Pattern[str] | None
    negation: re.Pattern[str]
    first_word: re.Pattern[str]
    plain: set[str] = field(default_factory=set)

    def may_be_in(self, lower: str) -> bool:
        """Whether lower-case text has a word that a marker begins with: a quick first look."""
        words = set(lower.split()) - self.plain
        if not words:
            return False
        begins = {word for word in words if self.first_word.fullmatch(word.strip(_PUNCTUATION))}
        if len(self.plain) < _MOST_WORDS:
            self.plain.update(words - begins)
        return bool(begins)


@lru_cache(maxsize=16)
def load_markers(language: str) -> Markers | None:
    """The markers of a language, or None where lod has no words for it.

    Args:
        language: primary language subtag ("en").
    """
    folder = resources.files("lod.facts") / "languages" / "markers"
    file = folder / f"{language}.toml"
    if not file.is_file():
        return None
    data = tomllib.loads(file.read_text("utf-8"))
    modality = _compile(data["modality"])
    if modality is None:
        return None
    negative = data["polarity"]["negative"]
    words = [*negative]
    for part in (data["modality"], data["exact_case"]):
        words += [word for group in part.values() for word in group]
    # Lower-case patterns on lower-case text: re then looks at first letters, and is far faster
    # than where it ignores case.
    return Markers(
        modality=modality,
        exact_case=_compile(data["exact_case"]),
        negation=re.compile(rf"\b(?:{'|'.join(negative)})\b"),
        first_word=re.compile("|".join(_first_word(word) for word in words)),
    )


def _first_word(pattern: str) -> str:
    """The part of a pattern before its first space outside brackets."""
    depth = 0
    for index, character in enumerate(pattern):
        depth += (character == "(") - (character == ")")
        if character == " " and not depth:
            return pattern[:index]
    return pattern


def _compile(words: dict[str, list[str]]) -> re.Pattern[str] | None:
    groups = [f"(?P<{name}>{'|'.join(words[name])})" for name in Modality if words.get(name)]
    return re.compile(rf"\b(?:{'|'.join(groups)})\b") if groups else None


def find_manner(quote: str, language: str) -> tuple[tuple[Modality, str] | None, str | None]:
    """The first words of a quote that say that it is no plain, affirming statement.

    Args:
        quote: the quoted words.
        language: primary language subtag of the text.

    Returns:
        The modality that a word speaks for, and the word; then a word of denial. Each is in lower
        case, and None where there is none.

    >>> find_manner("Soon, a branch of MGIMO will open in Astana", "en")
    ((<Modality.PLANNED: 'planned'>, 'soon'), None)
    >>> find_manner("the harbor masters never left the guild", "en")
    (None, 'never')
    >>> find_manner("the celebrations in Moscow on May 9", "en")
    (None, None)
    """
    markers = load_markers(language)
    if markers is None or not markers.may_be_in(lower := quote.lower()):
        return None, None
    match = markers.modality.search(lower)
    if match is None and markers.exact_case is not None:
        match = markers.exact_case.search(quote)
    modality = None
    if match is not None and match.lastgroup is not None:
        modality = (Modality(match.lastgroup), match.group())
    denial = markers.negation.search(lower)
    return modality, None if denial is None else denial.group()
