"""Words in a quote that say how it is meant: as a plan, a doubt, a judgement, a denial."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from lod.model.claim import Modality


@dataclass(frozen=True, slots=True)
class Markers:
    """The marker words of one language.

    Attributes:
        modality: finds words of plan, doubt, offer or judgement; the group that matched is named
            by the modality.
        negation: finds words of denial.
    """

    modality: re.Pattern[str]
    negation: re.Pattern[str]


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
    exact = data["exact_case"]
    groups = []
    for name in Modality:
        words = [f"(?i:{word})" for word in data["modality"].get(name, ())]
        words += exact.get(name, ())
        if words:
            groups.append(f"(?P<{name}>{'|'.join(words)})")
    negative = "|".join(data["polarity"]["negative"])
    return Markers(
        modality=re.compile(rf"\b(?:{'|'.join(groups)})\b"),
        negation=re.compile(rf"\b(?:{negative})\b", re.IGNORECASE),
    )


def find_modality(quote: str, language: str) -> tuple[Modality, str] | None:
    """The first word of a quote that says that it is no plain statement.

    Args:
        quote: the quoted words.
        language: primary language subtag of the text.

    Returns:
        The modality that the word speaks for, and the word; None where there is none.

    >>> find_modality("Soon, a branch of MGIMO will open in Astana", "en")
    (<Modality.PLANNED: 'planned'>, 'Soon')
    >>> find_modality("the celebrations in Moscow on May 9", "en") is None
    True
    """
    markers = load_markers(language)
    match = markers.modality.search(quote) if markers is not None else None
    if match is None or match.lastgroup is None:
        return None
    return Modality(match.lastgroup), match.group()


def find_negation(quote: str, language: str) -> str | None:
    """The first word of denial in a quote, or None.

    >>> find_negation("the harbor masters never left the guild", "en")
    'never'
    """
    markers = load_markers(language)
    match = markers.negation.search(quote) if markers is not None else None
    return None if match is None else match.group()
