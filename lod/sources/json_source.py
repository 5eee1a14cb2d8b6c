"""JSON to plain data; the positions are looked up only where a finding asks for one."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import NoReturn

from msgspec import Struct, field

from lod.diagnostics import Location, Path
from lod.patterns import lazy
from lod.sources.source import Node, SourceFormat, SourceProblem, decode
from lod.sources.yaml_source import MAX_DEPTH


class _DuplicateKeyError(Exception):
    """A key stands twice in one object."""


def _pairs(pairs: list[tuple[str, Node]]) -> dict[str, Node]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _DuplicateKeyError
    return data


def _last_wins(pairs: list[tuple[str, Node]]) -> dict[str, Node]:
    return dict(pairs)


def _constant(name: str) -> NoReturn:
    raise ValueError(name)


# Numbers stay text, so that 3.20 keeps its digits.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=_constant
)
_LENIENT = json.JSONDecoder(
    object_pairs_hook=_last_wins, parse_float=str, parse_int=str, parse_constant=_constant
)


class JsonSource(Struct):
    """A JSON file, or one line of a JSON Lines file, that was read.

    See `lod.sources.source.Source`.
    """

    file: str
    text: str
    first_line: int = 1
    root: Node = None
    problems: list[SourceProblem] = field(default_factory=list)
    _positions: dict[Path, int] | None = None
    _key_positions: dict[Path, int] = field(default_factory=dict)
    _duplicates: list[tuple[Path, int]] = field(default_factory=list)

    def locate(self, path: Path) -> Location:
        """Where the value at `path` begins, or else the nearest thing around it."""
        positions = self._scan()
        while path not in positions and path:
            path = path[:-1]
        return self._location(positions.get(path, 0))

    def locate_key(self, path: Path) -> Location:
        """Where the last key of `path` begins."""
        self._scan()
        offset = self._key_positions.get(path)
        return self.locate(path) if offset is None else self._location(offset)

    def offset_of(self, path: Path) -> int:
        """The code point of `text` at which the value at `path` begins."""
        return self._scan()[path]

    def offset_of_key(self, path: Path) -> int:
        """The code point of `text` at which the last key of `path` begins."""
        self._scan()
        return self._key_positions[path]

    def comment_after(self, path: Path) -> str | None:
        """None; JSON has no comments."""
        return None

    def in_flow(self, path: Path) -> bool:
        """False; in JSON every string has its quotation marks."""
        return False

    def _location(self, offset: int) -> Location:
        line = self.text.count("\n", 0, offset)
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return Location(self.file, self.first_line + line, column + 1)

    def _scan(self) -> dict[Path, int]:
        if self._positions is None:
            scanner = _Scanner(self.text)
            # Deeper than the decoder went, but not than it may go: the rest has no places then.
            with suppress(RecursionError):
                scanner.value(0, ())
            self._positions = scanner.values
            self._key_positions = scanner.keys
            self._duplicates = scanner.duplicates
        return self._positions

    def find_duplicates(self) -> None:
        """Write down every key that stands twice in one object as a problem."""
        self._scan()
        for path, offset in self._duplicates:
            self.problems.append(
                SourceProblem(
                    "duplicate-key",
                    f'key "{path[-1]}" stands twice in this object',
                    self._location(offset),
                    "delete one of them",
                )
            )


def read_json(data: bytes, file: str, *, first_line: int = 1) -> JsonSource:
    """Read one JSON document.

    Args:
        data: the bytes of the file, or of one line of a JSON Lines file.
        file: the file's name, for the findings.
        first_line: number of the first line of `data` in the file, from 1.

    Returns:
        The source. Duplicate keys are in its `problems`.

    Raises:
        SourceProblem: it cannot be read at all.

    >>> source = read_json(b'{"a": [3.20, true]}', "f.json")
    >>> source.root
    {'a': ['3.20', True]}
    >>> str(source.locate(("a", 1)))
    'f.json:1:14'
    """
    text, problems = decode(data, file)
    source = JsonSource(file, text, first_line, problems=problems)
    start = len(text) - len(text.lstrip(" \t\r\n"))
    try:
        try:
            source.root, end = _DECODER.raw_decode(text, start)
        except _DuplicateKeyError:
            source.root, end = _LENIENT.raw_decode(text, start)
            source.find_duplicates()
        # How deep the decoder goes depends on the Python.
        if _is_too_deep(source.root):
            raise RecursionError
        if rest := text[end:].lstrip(" \t\r\n"):
            raise json.JSONDecodeError("something follows the data", text, len(text) - len(rest))
        if _SURROGATE.search(text):
            json.dumps(source.root, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        message, offset = error.msg, error.pos
        if message.startswith("Illegal trailing comma"):
            # Python 3.13 and later; earlier ones, and so we, point at what follows the comma.
            offset += len(text[offset:]) - len(text[offset:].lstrip(", \t\r\n"))
            wanted = "property name enclosed in double quotes" if text[offset] == "}" else "value"
            message = f"Expecting {wanted}"
        problem = f"not well-formed JSON: {message}"
        raise SourceProblem("json-syntax", problem, source._location(offset)) from None
    except UnicodeEncodeError:
        at = _SURROGATE.search(text)
        raise SourceProblem(
            "json-syntax",
            "half of a surrogate pair stands alone, which is no character",
            source._location(at.start() if at else 0),
            "write the character itself",
        ) from None
    except ValueError as error:
        at = re.search(rf"(?<![\"\w]){re.escape(str(error))}\b", text)
        raise SourceProblem(
            "json-syntax",
            f"{error} is no JSON number",
            source._location(at.start() if at else 0),
            "write a number, or leave the value out",
        ) from None
    except RecursionError:
        raise SourceProblem(
            "yaml-limit", f"nested deeper than {MAX_DEPTH} levels", Location(file, first_line, 1)
        ) from None
    return source


def _is_too_deep(root: Node) -> bool:
    """Whether a value lies more than `MAX_DEPTH` levels below the root."""
    level: list[Node] = [root]
    for _ in range(MAX_DEPTH + 1):
        level = [
            value
            for node in level
            if isinstance(node, dict | list)
            for value in (node.values() if isinstance(node, dict) else node)
        ]
        if not level:
            return False
    return True


_SURROGATE = lazy(r"\\u[dD][89abAB]")
_SPACE = lazy(r"[ \t\r\n]*")
_STRING = lazy(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHER = lazy(r"[^\s,\]}]+")


class _Scanner:
    """Walks well-formed JSON text again and writes down the offset of every value and key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}
        self.duplicates: list[tuple[Path, int]] = []

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, path: Path) -> int:
        """Note the value that begins at or after `at`; returns the offset behind it."""
        at = self.skip(at)
        self.values[path] = at
        first = self.text[at]
        if first == "{":
            return self.members(at + 1, path)
        if first == "[":
            return self.items(at + 1, path)
        match = (_STRING if first == '"' else _OTHER).match(self.text, at)
        return match.end() if match else at + 1

    def members(self, at: int, path: Path) -> int:
        while self.text[at := self.skip(at)] != "}":
            if self.text[at] == ",":
                at = self.skip(at + 1)
            match = _STRING.match(self.text, at)
            if match is None:
                return at
            inner = (*path, json.loads(match.group()))
            if inner in self.keys:
                self.duplicates.append((inner, at))
            self.keys[inner] = at
            at = self.value(self.skip(match.end()) + 1, inner)
        return at + 1

    def items(self, at: int, path: Path) -> int:
        index = 0
        while self.text[at := self.skip(at)] != "]":
            if self.text[at] == ",":
                at += 1
            at = self.value(at, (*path, index))
            index += 1
        return at + 1


SOURCE = SourceFormat("json", "JSON", "application/json", ("json",), read_json, order=1)
