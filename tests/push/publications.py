"""Publications as N-Quads, written without lod, and what a store should hold of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lod.corpus.nquads import store_publication
from lod.push.parcel import DATASET, Parcel, pack

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_DOCUMENT = "<https://w3id.org/lod-facts/relations#Document>"
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
_INTEGER = "<http://www.w3.org/2001/XMLSchema#integer>"

#: Values that end a string, a request or a comment where somebody does not look.
HOSTILE = (
    'a "quoted" word',
    "it's '''three''' and \"\"\"three\"\"\"",
    "two\nlines\r\nand\ta tab",
    "} ; DROP ALL ; INSERT DATA { <urn:x> <urn:y> <urn:z>",
    '" } } ; CLEAR ALL #',
    "back\\slash \\u0022 \\U0001F600 \\n C:\\users\\new",
    "\\",
    "\\\\u0041",
    "<urn:a> <urn:b> . # no comment",
    "?x $y %41 &amp; {{base}} ${HOME} ??",
    "Қазақстан 𝄞 e\u0301 \u200f \u2028 \u0085",
    "\x01\x0b\x0c\x7f",
    " ",
    "",
)


def escaped(text: str) -> str:
    r"""A string as canonical N-Quads has it."""
    named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    named |= {"\b": "\\b", "\f": "\\f"}
    return "".join(
        named.get(c) or (f"\\u{ord(c):04X}" if ord(c) < 32 or ord(c) == 127 else c) for c in text
    )


def quads(
    base: str,
    *,
    claims: int = 5,
    reported: Iterable[str] = ("speaker",),
    texts: Iterable[str] = (),
    literals: Iterable[str] = (),
) -> str:
    """A publication.

    Args:
        base: its base IRI.
        claims: how many claims it has, of two quads each.
        reported: names of its graphs of what is reported, with a quad each.
        texts: strings that stand in it.
        literals: tokens of literals that stand in it.
    """
    lines = [f"<{base}document> {_TYPE} {_DOCUMENT} ."]
    for number in range(claims):
        lines.append(f'<{base}claim/{number}> {_LABEL} "Claim {number}"@en .')
        lines.append(f'<{base}claim/{number}> <{base}p> "{number}"^^{_INTEGER} .')
    tokens = [*(f'"{escaped(text)}"' for text in texts), *literals]
    for number, token in enumerate(tokens):
        lines.append(f"<{base}text/{number}> <{base}p> {token} .")
    names = [f"{base}reported/{name}" for name in reported]
    lines += [f'<{name}> {_LABEL} "what is reported" .' for name in names]
    lines += [f"<{base}a> <{base}b> <{base}c> <{name}> ." for name in names]
    return "".join(f"{line}\n" for line in lines)


def parcel(base: str, text: str | None = None, *, default_graph: str = DATASET) -> Parcel:
    """A publication ready to be sent; the usual one where no text is given."""
    lines = (quads(base) if text is None else text).encode()
    return pack(base, store_publication(base, lines, "test").data, default_graph)


def write(file: Path, publications: Iterable[str]) -> Path:
    """Write publications to a file of N-Quads."""
    file.write_text("".join(publications), "utf-8", newline="\n")
    return file
