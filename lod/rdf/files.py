"""RDF files from outside: read under the safety rules, with errors that say where.

Nothing is fetched: a JSON-LD document whose context is elsewhere is refused. XML with a DOCTYPE is
refused, for entities can make a small file a huge one. Nesting is limited, for deep nesting ends
the parser, and this process with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.errors import FormatError, InputError
from lod.patterns import lazy
from lod.rdf.formats import JSON_LD, RDF_XML, Format, format_of_file
from lod.resources import read

if TYPE_CHECKING:
    from pyoxigraph import Quad, RdfFormat

#: How deep brackets of JSON, and triples in triples, may stand in each other.
MAX_DEPTH = 100

_OUR_CONTEXT = b"https://w3id.org/lod-facts/context.jsonld"
_CONTEXT_KEY = re.compile(rb'("@context"\s*:\s*(?:\[\s*)?)"%s"' % re.escape(_OUR_CONTEXT))
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"{}[]"))
_NOT_ANGLES = bytes(set(range(256)) - set(b"<>"))
_STEPS = bytes({ord("{"): 2, ord("["): 2, ord("<"): 2}.get(byte, 0) for byte in range(256))
# "Parser error at line 1 between columns 1 and 8: …": the place is said in front of it.
_PLACE = lazy(r"^Parser error (?:at line|between line)[^:]*: ")
# A parser may quote what it found, however long that is.
_MAX_MESSAGE = 300
_BOM = b"\xef\xbb\xbf"


class RdfFile(Struct, frozen=True):
    """An RDF file that was read, but not parsed.

    Attributes:
        name: the path as the user gave it.
        format: its format.
        data: its bytes, without a byte-order mark.
        base: the IRI that relative IRIs in it are resolved against.
    """

    name: str
    format: Format
    data: bytes
    base: str


def read_rdf_file(path: str | Path) -> RdfFile:
    """Read one RDF file and hold it to the safety rules.

    Args:
        path: the file; its extension tells its format.

    Raises:
        InputError: it cannot be read.
        FormatError: its format is unknown, or it breaks a safety rule.
    """
    name = str(path)
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}.") from error
    format_ = format_of_file(path)
    data = data.removeprefix(_BOM)
    if format_ is JSON_LD and _OUR_CONTEXT in data:
        data = _with_our_context(data)
    file = RdfFile(name, format_, data, Path(path).absolute().as_uri())
    _check_safety(file)
    return file


def _with_our_context(data: bytes) -> bytes:
    """A JSON-LD document with our own context in it, on one line, in place of its address."""
    import json

    context = json.loads(read("vocab", "context.jsonld"))["@context"]
    text = json.dumps(context, ensure_ascii=False).encode()
    return _CONTEXT_KEY.sub(lambda match: match.group(1) + text, data)


def _check_safety(file: RdfFile) -> None:
    data = file.data
    if file.format is RDF_XML:
        # Anywhere, not only in the prolog: no reader may see one that another does not.
        if match := _DOCTYPE.search(data):
            raise _error(
                file,
                *_place(data, match.start()),
                "XML with a DOCTYPE is not read.",
                "Take the DOCTYPE out; write entities such as &xsd; in full.",
            )
    elif file.format is JSON_LD:
        _check_depth(file, _NOT_BRACKETS, MAX_DEPTH, "Brackets")
    elif data.count(b"<<") > MAX_DEPTH:
        _check_depth(file, _NOT_ANGLES, 2 * MAX_DEPTH, "Triples in triples")


def _check_depth(file: RdfFile, others: bytes, limit: int, what: str) -> None:
    """Hold a file to a depth of brackets.

    Args:
        file: the file.
        others: every byte that is no bracket here.
        limit: how deep the brackets may stand in each other.
        what: what nests, for the message.
    """
    brackets = _TEXT.sub(b"", file.data).translate(None, others)
    deepest = max(accumulate(step - 1 for step in brackets.translate(_STEPS)), default=0)
    if deepest > limit:
        # Blanks of the same length, so that the offsets stay.
        data = _TEXT.sub(lambda match: b" " * len(match.group()), file.data)
        raise _error(
            file,
            *_place(data, _offset_of_depth(data, others, limit)),
            f"{what} nest deeper than {MAX_DEPTH}, and that is not read.",
            "Write the inner things beside each other, with @id or IRIs.",
        )


def _offset_of_depth(data: bytes, others: bytes, limit: int) -> int:
    depth = 0
    for offset, byte in enumerate(data):
        if byte not in others:
            depth += _STEPS[byte] - 1
            if depth > limit:
                return offset
    return 0


def parse_quads(file: RdfFile, *, rename_blank_nodes: bool = False) -> Iterator[Quad]:
    """The statements of a file.

    Args:
        file: the file.
        rename_blank_nodes: give its blank nodes names that are nowhere else, not those in it.

    Raises:
        FormatError: it is malformed; the message names file, line and column.
    """
    from pyoxigraph import parse

    try:
        yield from parse(
            file.data,
            engine_format(file.format),
            base_iri=file.base,
            rename_blank_nodes=rename_blank_nodes,
        )
    except SyntaxError as error:
        raise format_error(file, error.msg, error.lineno, error.offset) from None


def engine_format(format_: Format) -> RdfFormat:
    """What pyoxigraph calls a format."""
    from pyoxigraph import RdfFormat

    found = RdfFormat.from_media_type(format_.media_type)
    if found is None:
        raise FormatError(f"{format_.label} cannot be read.")
    return found


def format_error(file: RdfFile, message: str, line: int | None, column: int | None) -> FormatError:
    """The error of a malformed file.

    Args:
        file: the file.
        message: what the parser says.
        line: where it says so, from 1, or None where it does not.
        column: likewise, in code points.
    """
    message = " ".join(_PLACE.sub("", message).split())[:_MAX_MESSAGE].rstrip(".")
    hint = None
    if "LoadDocumentCallback" in message:
        message = "its @context is on another server, and contexts are never fetched"
        hint = "Put the context into the document in place of its address."
    elif "No scheme found" in message:
        hint = "Write the IRI in full, or declare a base."
    if line is None or column is None:
        line, column = _find_place(file)
    return _error(file, line, column, f"{message}.", hint)


def _error(
    file: RdfFile, line: int, column: int, message: str, hint: str | None = None
) -> FormatError:
    if message[:2].isascii() and message[:2].isalpha():
        message = message[0].upper() + message[1:]
    return FormatError(f"{file.name}:{line}:{column}: {message}", hint=hint)


def _place(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a byte; the column in code points."""
    before = data[:offset]
    start = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[start:].decode(errors="replace")) + 1


class _Drip(io.BytesIO):
    """Gives a parser its input in small pieces, and knows how much of it was taken."""

    def __init__(self, data: bytes, ends: list[int]) -> None:
        super().__init__()
        self._data = data
        self._ends = iter(ends)
        self._next = self.start = self.end = 0

    def read(self, size: int | None = -1) -> bytes:
        if self._next <= self.end:
            self._next = next(self._ends, len(self._data))
        self.start = self.end
        self.end = self._next if size is None or size < 0 else min(self._next, self.end + size)
        return self._data[self.start : self.end]


def _find_place(file: RdfFile) -> tuple[int, int]:
    """Where a file is malformed, if the parser does not say.

    The file is parsed again, first line by line, then the line at fault byte by byte: the error
    is where the parser stops to read.
    """
    data = file.data
    lines = list(accumulate(map(len, data.splitlines(keepends=True))))
    start, end = _failing_piece(file, lines)
    if end - start > 1:
        first = [start] if start else []
        start, end = _failing_piece(file, first + list(range(start + 1, end + 1)))
    return _place(data, max(end - 1, 0))


def _failing_piece(file: RdfFile, ends: list[int]) -> tuple[int, int]:
    from pyoxigraph import parse

    drip = _Drip(file.data, ends)
    try:
        for _ in parse(drip, engine_format(file.format), base_iri=file.base):
            pass
    except SyntaxError:
        pass
    return drip.start, drip.end
