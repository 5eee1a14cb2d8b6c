"""Changes a facts file in place: what need not change keeps its bytes.

Words are changed one by one where they stand, so that the line breaks, the quotation marks and the
comments of the file stay. Read again, the new file is the same data but for what was asked; where
its layout leaves no way to that (an alias, for one), nothing is changed and `EditError` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from lod.diagnostics import Path
from lod.errors import LodError
from lod.patterns import lazy
from lod.sources import source_of_file
from lod.sources.json_source import JsonSource, read_json
from lod.sources.source import Node, Source, SourceProblem, value_at

_BOM = "\ufeff"
_TOKEN = lazy(r"\S+")
_PLAIN_START = lazy(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`]")
_NOT_PLAIN = lazy(r":(?:\s|$)|\s#|[\n\t]")
_NOT_IN_FLOW = lazy(r"[,\[\]{}]")
_BLANK_LINE = lazy(r"[ \t]*(?:\r\n|[\n\r]|$)")


class EditError(LodError):
    """The file cannot be changed as it is laid out; it is as it was."""


class Span(NamedTuple):
    """A value in the text of a file: first code point, and the one after the last."""

    start: int
    end: int


class _Layout(Protocol):
    """Where values stand in a file, and how they are written there."""

    text: str

    def words(self, path: Path, old: str, new: str) -> Iterator[tuple[Span, str]]:
        """The changes that make one text another."""

    def key(self, path: Path, key: str, value: str | int) -> tuple[Span, str]:
        """The change that adds a key to the mapping of a value, after it."""

    def mapping(self, path: Path, pairs: Sequence[tuple[str, str | int]]) -> tuple[Span, str]:
        """The change that makes a text a mapping."""

    def item(self, path: Path) -> Span:
        """All of an item of a list."""

    def removal(self, path: Path, first: int, last: int) -> tuple[Span, str]:
        """The change that takes some neighbours out of a list or a mapping, but not all."""

    def emptied(self, path: Path) -> tuple[Span, str]:
        """The change that leaves a list empty."""

    def place(self, path: Path) -> int:
        """Which one a value is in its list or mapping, from 0."""


class FactsFile:
    r"""A facts file that is changed.

    Args:
        data: the bytes of the file.
        file: its name, which decides how it is read.
        root: what the bytes were read as, where that is known already.

    Raises:
        EditError: it cannot be read.

    >>> facts = FactsFile(b"claims:\n- id: a  # the first\n  quote: it grew by 2\n", "facts.yaml")
    >>> facts.set(("claims", 0, "quote"), "it grew by 3")
    >>> facts.add(("claims", 0, "quote"), "occurrence", 2)
    >>> print(facts.result()[0].decode(), end="")
    claims:
    - id: a  # the first
      occurrence: 2
      quote: it grew by 3
    """

    def __init__(self, data: bytes, file: str, root: Node = None) -> None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            raise EditError(f"{file}: is not UTF-8") from None
        self._bare = text.removeprefix(_BOM)
        self._mark = text[: len(text) - len(self._bare)]
        self._file = file
        before = self._read(self._bare).root if root is None else root
        self._expected: Any = json.loads(json.dumps(before))
        self._layout: _Layout = (
            _JsonLayout(self._bare) if file.endswith(".json") else _YamlLayout(self._bare)
        )
        self._changes: list[tuple[Span, str]] = []
        self._removed: list[Path] = []
        self._replaced: dict[Path, str] = {}

    def set(self, path: Path, value: str) -> None:
        """Write another text where one stands."""
        old = self._value(path)
        if old == value:
            return
        self._changes += self._layout.words(path, old, value)
        self._value(path[:-1])[path[-1]] = value

    def add(self, path: Path, key: str, value: str | int) -> None:
        """Add a key to the mapping in which a value stands, beside it."""
        self._changes.append(self._layout.key(path, key, value))
        self._value(path[:-1])[key] = str(value)

    def surround(self, path: Path, value: str, pairs: Sequence[tuple[str, str | int]]) -> None:
        """Make a quote that is plain text a mapping: its words, and what tells its place."""
        every = (("exact", value), *pairs)
        self._changes.append(self._layout.mapping(path, every))
        self._value(path[:-1])[path[-1]] = {key: str(one) for key, one in every}

    def remove(self, path: Path) -> None:
        """Take an item out of its list, or a key out of its mapping.

        Other paths go on counting as before. A mapping keeps one key at least.
        """
        self._removed.append(path)

    def item(self, path: Path) -> str:
        """All of an item of a list, as it is written."""
        return self._bare[slice(*self._layout.item(path))]

    def replace(self, path: Path, text: str) -> None:
        """Write an item of a list anew, as a person has edited it."""
        self._changes.append((self._layout.item(path), text))
        self._replaced[path] = text

    def result(self) -> tuple[bytes, Source]:
        """The changed file, and what is read in it.

        Raises:
            EditError: its layout leaves no safe place for a change.
        """
        text, end = self._bare, len(self._bare)
        every = [*self._changes, *self._removals()]
        for (start, stop), new in sorted(every, key=lambda one: one[0], reverse=True):
            if stop > end:
                raise self._unsafe()
            text, end = text[:start] + new + text[stop:], start
        try:
            changed = self._read(text)
        except EditError as error:
            if self._replaced:
                raise EditError(error.message, hint="edit it once more") from None
            raise self._unsafe() from None
        found: Any = changed.root
        expected = self._expected
        for path in self._replaced:
            self._value(path[:-1])[path[-1]] = None
        # Keys first: a list still has the items of their paths then.
        for path in sorted(self._removed, key=lambda one: (len(one), one[-1]), reverse=True):
            del self._value(path[:-1])[path[-1]]
        for path in self._replaced:
            at = int(path[-1]) - sum(
                one[:-1] == path[:-1] and int(one[-1]) < int(path[-1]) for one in self._removed
            )
            try:
                self._value(path[:-1])[at] = found[path[0]][at]
            except (LookupError, TypeError):
                raise self._unsafe() from None
        if found != expected:
            raise self._unsafe()
        return (self._mark + text).encode(), changed

    def _removals(self) -> Iterator[tuple[Span, str]]:
        lists: dict[Path, list[int]] = {}
        for path in self._removed:
            lists.setdefault(path[:-1], []).append(self._layout.place(path))
        for path, indexes in lists.items():
            if len(indexes) == len(self._value(path)):
                yield self._layout.emptied(path)
                continue
            # Items that follow one another are a run: their numbers grow in step with the count.
            order = enumerate(sorted(indexes))
            for _, run in groupby(order, lambda one: one[1] - one[0]):
                numbers = [number for _, number in run]
                yield self._layout.removal(path, numbers[0], numbers[-1])

    def _value(self, path: Path) -> Any:
        return value_at(self._expected, path)

    def _read(self, text: str) -> Source:
        try:
            return source_of_file(self._file).read(text.encode(), self._file)
        except (SourceProblem, UnicodeEncodeError) as problem:
            raise EditError(f"{self._file} cannot be read: {problem}") from None

    def _unsafe(self) -> EditError:
        return EditError(
            f"{self._file}: its layout leaves no safe place for the changes",
            hint="write out what stands behind aliases (*name), or edit the quotes by hand",
        )


def _word_changes(
    text: str, span: Span, old: str, new: str, written: Any, read: Any
) -> list[tuple[Span, str]] | None:
    """The changes of single words in a stretch of a file; None where they cannot be told apart."""
    from difflib import SequenceMatcher

    places = [match.span() for match in _TOKEN.finditer(text, *span)]
    before, after = old.split(), new.split()
    if [read(text[start:end]) for start, end in places] != before or not before or not after:
        return None
    if " ".join(before) != old or " ".join(after) != new:
        return None
    changes = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        words = " ".join(written(word) for word in after[j1:j2])
        if tag == "replace":
            changes.append((Span(places[i1][0], places[i2 - 1][1]), words))
        elif tag == "insert" and i1 < len(places):
            changes.append((Span(places[i1][0], places[i1][0]), f"{words} "))
        elif tag == "insert":
            changes.append((Span(places[-1][1], places[-1][1]), f" {words}"))
        elif tag == "delete" and i2 < len(places):
            changes.append((Span(places[i1][0], places[i2][0]), ""))
        elif tag == "delete":
            changes.append((Span(places[i1 - 1][1], places[-1][1]), ""))
    return changes


class _YamlLayout:
    """Where values stand in YAML."""

    def __init__(self, text: str) -> None:
        import yaml

        # Only places are asked for: the types that a safe loader guesses would cost as much again.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        self.text = text
        self._yaml = yaml
        self._root: Any = yaml.compose(text, Loader=loader)
        self._keys: dict[int, dict[str, tuple[Any, Any]]] = {}

    def words(self, path: Path, old: str, new: str) -> Iterator[tuple[Span, str]]:
        node = self._node(path)
        style, start, end = node.style, node.start_mark.index, node.end_mark.index
        in_flow = self._in_flow(path)
        found = None
        if style in ("|", ">"):
            first = self.text.find("\n", start) + 1
            found = _word_changes(self.text, Span(first, end), old, new, str, str)
        elif style == "'":
            span = Span(start + 1, end - 1)
            found = _word_changes(self.text, span, old, new, _single, _unsingle)
        elif style == '"':
            span = Span(start + 1, end - 1)
            found = _word_changes(self.text, span, old, new, _double, _undouble)
        elif _is_plain(new, in_flow=in_flow):
            found = _word_changes(self.text, Span(start, end), old, new, str, str)
        if found is not None:
            yield from found
            return
        if "\n" in new and not in_flow:
            column = self._key_of(path).start_mark.column
            rest = self.text[start:end]
            after = rest[len(rest.rstrip()) :] if style in ("|", ">") else ""
            yield Span(start, end - len(after)), _literal(new, " " * (column + 2))
            return
        stop = end if style not in ("|", ">") else start + len(self.text[start:end].rstrip())
        yield Span(start, stop), _scalar(new, in_flow=in_flow)

    def key(self, path: Path, key: str, value: str | int) -> tuple[Span, str]:
        parent = self._node(path[:-1])
        if parent.flow_style:
            end = self._node(path).end_mark.index
            return Span(end, end), f", {key}: {_scalar(value, in_flow=True)}"
        keys = [one for one, _ in parent.value]
        own = next(at for at, one in enumerate(keys) if one.value == path[-1])
        # Where a block ends is a matter of its comments; where a key begins is certain.
        before = keys[own + 1] if own + 1 < len(keys) else keys[own]
        at = before.start_mark.index
        line_end = "\r\n" if "\r\n" in self.text else "\n"
        indent = " " * before.start_mark.column
        return Span(at, at), f"{key}: {_scalar(value, in_flow=False)}{line_end}{indent}"

    def mapping(self, path: Path, pairs: Sequence[tuple[str, str | int]]) -> tuple[Span, str]:
        node = self._node(path)
        start, end = node.start_mark.index, node.end_mark.index
        inner = ", ".join(f"{key}: {_scalar(value, in_flow=True)}" for key, value in pairs)
        return Span(start, start + len(self.text[start:end].rstrip())), f"{{{inner}}}"

    def item(self, path: Path) -> Span:
        node = self._node(path)
        return Span(node.start_mark.index, self._content_end(node))

    def place(self, path: Path) -> int:
        if isinstance(path[-1], int):
            return path[-1]
        return [key.value for key, _ in self._node(path[:-1]).value].index(path[-1])

    def removal(self, path: Path, first: int, last: int) -> tuple[Span, str]:
        parent = self._node(path)

        def entry(at: int) -> tuple[Any, Any]:
            one = parent.value[at]
            return one if isinstance(one, tuple) else (one, one)

        start, end = entry(first)[0].start_mark.index, self._content_end(entry(last)[1])
        if parent.flow_style:
            if last + 1 < len(parent.value):
                return Span(start, entry(last + 1)[0].start_mark.index), ""
            return Span(entry(first - 1)[1].end_mark.index, end), ""
        mark = "-" if isinstance(parent, self._yaml.SequenceNode) else ""
        begin = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        if self.text[begin:start].strip() != mark:
            raise EditError(
                "an item of a list or a key has a name or a tag of YAML", hint="edit it by hand"
            )
        line = self.text.find("\n", end)
        stop = len(self.text) if line < 0 else line + 1
        # One blank line between its neighbours is enough.
        blank = _BLANK_LINE.match(self.text, stop)
        if begin and blank and blank.group() and self.text[:begin].endswith(("\n\n", "\n\r\n")):
            stop = blank.end()
        return Span(begin, stop), ""

    def emptied(self, path: Path) -> tuple[Span, str]:
        key = self._key_of(path)
        return Span(key.end_mark.index, self._content_end(self._node(path))), ": []"

    def _node(self, path: Path) -> Any:
        node = self._root
        for step in path:
            node = node.value[step] if isinstance(step, int) else self._pair(node, step)[1]
        return node

    def _pair(self, node: Any, name: str) -> tuple[Any, Any]:
        known = self._keys.get(id(node))
        if known is None:
            known = self._keys[id(node)] = {key.value: (key, one) for key, one in node.value}
        return known[name]

    def _key_of(self, path: Path) -> Any:
        return self._pair(self._node(path[:-1]), str(path[-1]))[0]

    def _in_flow(self, path: Path) -> bool:
        return any(self._node(path[:size]).flow_style for size in range(len(path)))

    def _content_end(self, node: Any) -> int:
        if isinstance(node, self._yaml.ScalarNode) or node.flow_style or not node.value:
            start, end = node.start_mark.index, node.end_mark.index
            return int(start + len(self.text[start:end].rstrip()))
        last = node.value[-1]
        return self._content_end(last[1] if isinstance(last, tuple) else last)


class _JsonLayout:
    """Where values stand in JSON."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._source: JsonSource = read_json(text.encode(), "facts.json")
        self._decoder = json.JSONDecoder()

    def words(self, path: Path, old: str, new: str) -> Iterator[tuple[Span, str]]:
        start, end = self.item(path)
        span = Span(start + 1, end - 1)
        found = None
        if self.text[start] == '"':
            found = _word_changes(self.text, span, old, new, _double, _undouble)
        if found is None:
            yield Span(start, end), json.dumps(new, ensure_ascii=False)
        else:
            yield from found

    def key(self, path: Path, key: str, value: str | int) -> tuple[Span, str]:
        end = self.item(path).end
        begin = self._source.offset_of_key(path)
        line = self.text.rfind("\n", 0, begin) + 1
        indent = self.text[line:begin]
        line_end = "\r\n" if self.text[:line].endswith("\r\n") else "\n"
        gap = " " if indent.strip() or not line else f"{line_end}{indent}"
        return Span(end, end), f',{gap}"{key}": {json.dumps(value, ensure_ascii=False)}'

    def mapping(self, path: Path, pairs: Sequence[tuple[str, str | int]]) -> tuple[Span, str]:
        return self.item(path), json.dumps(dict(pairs), ensure_ascii=False)

    def item(self, path: Path) -> Span:
        start = self._source.offset_of(path)
        return Span(start, self._decoder.raw_decode(self.text, start)[1])

    def removal(self, path: Path, first: int, last: int) -> tuple[Span, str]:
        parent = value_at(self._source.root, path)
        if isinstance(parent, list):
            start, end = self.item((*path, first)).start, self.item((*path, last)).end
        else:
            keys = list(parent)
            start = self._source.offset_of_key((*path, keys[first]))
            end = self.item((*path, keys[last])).end
        rest = self.text[end:]
        if rest.lstrip().startswith(","):
            comma = end + len(rest) - len(rest.lstrip()) + 1
            gap = self.text[comma:]
            return Span(start, comma + len(gap) - len(gap.lstrip())), ""
        before = self.text[:start].rstrip()
        return Span(len(before) - before.endswith(","), end), ""

    def place(self, path: Path) -> int:
        if isinstance(path[-1], int):
            return path[-1]
        return list(value_at(self._source.root, path[:-1])).index(path[-1])

    def emptied(self, path: Path) -> tuple[Span, str]:
        return self.item(path), "[]"


def _is_plain(words: str, *, in_flow: bool) -> bool:
    return bool(
        _PLAIN_START.match(words)
        and not _NOT_PLAIN.search(words)
        and not (in_flow and _NOT_IN_FLOW.search(words))
        and words == words.strip()
    )


def _scalar(value: str | int, *, in_flow: bool) -> str:
    """A value of YAML on one line."""
    words = str(value)
    if _is_plain(words, in_flow=in_flow):
        return words
    return _quoted(words) if words.isprintable() else json.dumps(words, ensure_ascii=False)


def _quoted(words: str) -> str:
    return f"'{_single(words)}'"


def _literal(words: str, indent: str) -> str:
    """A text of several lines as a literal block of YAML."""
    stripped = words.rstrip("\n")
    ends = len(words) - len(stripped)
    chomp = "-" if not ends else "" if ends == 1 else "+"
    if stripped.startswith((" ", "\n")) or any(mark in words for mark in "\r\x85\u2028\u2029\t"):
        return json.dumps(words, ensure_ascii=True)
    lines = [f"{indent}{line}" if line else "" for line in stripped.split("\n")]
    return f"|{chomp}\n" + "\n".join(lines) + "\n" * max(ends - 1, 0)


def _single(word: str) -> str:
    return word.replace("'", "''")


def _unsingle(word: str) -> str:
    return word.replace("''", "'")


def _double(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _undouble(word: str) -> str:
    try:
        return str(json.loads(f'"{word}"', strict=False))
    except ValueError:
        return word
