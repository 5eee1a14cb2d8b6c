"""Reads `allow:`, the findings that a claim or an entity overrules."""

from __future__ import annotations

from lod.codes import CODES
from lod.diagnostics import Path
from lod.facts.reader import Reader, quoted, suggest
from lod.facts.source import Node

#: The codes that a claim may overrule.
CLAIM_CODES = tuple(c.name for c in CODES.values() if c.overrulable and not c.is_of_links)
#: The codes that an entity may overrule.
ENTITY_CODES = tuple(c.name for c in CODES.values() if c.overrulable and c.is_of_links)


def read_allow(reader: Reader, node: Node, path: Path, codes: tuple[str, ...]) -> dict[str, str]:
    """Read an `allow:` mapping.

    Args:
        reader: the reader of the file.
        node: the value.
        path: where it stands.
        codes: what can be overruled there.

    Returns:
        Code to reason; what cannot be overruled is a finding.
    """
    if type(node) is not dict:
        reader.wrong_type(node, path, "a mapping of finding codes to reasons")
        return {}
    allowed = {}
    for code, reason in node.items():
        at = (*path, code)
        if code not in codes:
            what = "cannot be overruled here" if code in CODES else "is no finding code"
            hint = suggest(code, codes) or f"known: {', '.join(codes)}"
            reader.add_at_key("unknown-option", f"{quoted(code)} {what}", at, hint)
        elif (text := reader.text(reason, at, "the reason")) is not None:
            allowed[code] = text
    return allowed
