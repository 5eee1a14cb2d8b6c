"""Which IRIs of the data may become links of a page."""

from __future__ import annotations

import re

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
