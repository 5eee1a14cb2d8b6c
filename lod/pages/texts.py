"""Texts and links of the data as pages may show them: not too long, and safe."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: What turns the direction of the text that follows (UAX #9); a title cannot isolate it.
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
#: Longest heading, in code points.
LONGEST = 200


def preferred(texts: Mapping[str, str], language: str) -> str:
    """The text to show of several: that in a language, else in English, else the first.

    >>> preferred({"kk": "Қазақстан", "en": "Kazakhstan"}, "de")
    'Kazakhstan'
    >>> preferred({}, "de")
    ''
    """
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def short(text: str, longest: int = LONGEST) -> str:
    """The text on one line, cut where it is too long for a heading, a title or a link.

    Args:
        text: of any length.
        longest: code points to keep.

    >>> short("one two three", 8)
    'one two…'
    """
    # Only so much is looked at: a label may have a million characters.
    line = " ".join(text[: 4 * longest].split())
    if len(line) <= longest and len(text) <= 4 * longest:
        return line
    cut = line[:longest]
    space = cut.rfind(" ")
    return (cut[:space] if space > longest // 2 else cut).rstrip() + "…"


def tab(text: str, longest: int = 120) -> str:
    """The text for the title of a window, where markup cannot keep its direction to itself.

    >>> tab("good\u202egnp.exe")
    'goodgnp.exe'
    """
    return short(text, longest).translate(_TURNS)


#: What a browser opens without running anything.
_SAFE = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f-\x9f<>\"\\`{}|^]+", re.IGNORECASE)


def safe_link(iri: str | None) -> str | None:
    r"""The IRI, if a page may link to it.

    Args:
        iri: any text that came from a publication, or None.

    Returns:
        The IRI itself where its scheme is http, https or mailto and it holds nothing that
        browsers read in ways of their own; else None, and the page shows it as text.

    >>> safe_link("https://data.example.org/x")
    'https://data.example.org/x'
    >>> safe_link("javascript:alert(1)"), safe_link("java\\tscript:alert(1)"), safe_link(None)
    (None, None, None)
    """
    return iri if iri is not None and _SAFE.fullmatch(iri) else None
