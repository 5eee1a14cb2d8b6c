"""YAML to plain data with positions. No YAML type is ever guessed: scalars stay text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping
from functools import partial
from sys import intern
from typing import Any

from msgspec import Struct, field

from lod.diagnostics import Location, Path
from lod.patterns import lazy
from lod.sources.source import (
    MAX_BYTES,
    Node,
    SourceFormat,
    SourceProblem,
    decode,
    value_at,
)

#: How deep mappings and lists may nest.
MAX_DEPTH = 24
#: How many values a file may have once its aliases are expanded.
MAX_NODES = 1_000_000
#: How many aliases a file may use.
MAX_ALIASES = 1_000

# A line and a column are kept as one number: a large file has very many, and no line is longer.
_COLUMNS = 2 * MAX_BYTES
# What YAML 1.2, production 1, leaves out of a stream; put so, it compiles in a tenth of the time.
_UNPRINTABLE = lazy("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_COLON_HINT = (
    'a value with ": " needs the block form, "key: >-" and the words on the next line, indented'
)
_CORE_TAGS = {"!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}


# More values in one mapping or list than this are counted once, and not for each path.
_FEW = 32


class YamlSource(Struct):
    """A YAML file that was read. See `lod.sources.source.Source`."""

    file: str
    text: str
    root: Node = None
    problems: list[SourceProblem] = field(default_factory=list)
    # By the number of a value, which counts all of them in the order of the file: where it begins
    # and ends and where its key does, as line times _COLUMNS, and column, -1 for none; and how many
    # values it is, with all that is in it. The path of a value would take ten times as much.
    _values: array[int] = field(default_factory=partial(array, "q"))
    _ends: array[int] = field(default_factory=partial(array, "q"))
    _keys: array[int] = field(default_factory=partial(array, "q"))
    _sizes: array[int] = field(default_factory=partial(array, "I"))
    _flow: set[int] = field(default_factory=set)
    _again: set[int] = field(default_factory=set)  # of a key that stood there before
    _large: dict[int, Mapping[str | int, int]] = field(default_factory=dict)
    _lines: list[str] | None = None

    def locate(self, path: Path) -> Location:
        """Where the value at `path` begins, or else the nearest thing around it."""
        return self._location(self._values, self._find(path)[0])

    def locate_key(self, path: Path) -> Location:
        """Where the last key of `path` begins."""
        number, whole = self._find(path)
        has_key = whole and self._keys[number] >= 0
        return self._location(self._keys if has_key else self._values, number)

    def comment_after(self, path: Path) -> str | None:
        """The comment on the line on which the plain scalar at `path` ends, or None."""
        number, whole = self._find(path)
        if not whole or self._ends[number] < 0:
            return None
        if self._lines is None:
            self._lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", self.text)
        line, column = divmod(self._ends[number], _COLUMNS)
        rest = self._lines[line][column:] if line < len(self._lines) else ""
        return rest.strip() if rest.lstrip().startswith("#") else None

    def in_flow(self, path: Path) -> bool:
        """Whether the mapping at `path` was written in flow style, `{…}`."""
        number, whole = self._find(path)
        return whole and number in self._flow

    def _location(self, places: array[int], number: int) -> Location:
        line, column = divmod(places[number], _COLUMNS)
        return Location(self.file, line + 1, column + 1)

    def _find(self, path: Path) -> tuple[int, bool]:
        """The number of the value at a path; else of the nearest thing around it, and False."""
        number, node = 0, self.root
        for step in path:
            inner = self._inner(number, node).get(step)
            if inner is None:
                return number, False
            number, node = inner, value_at(node, (step,))
        return number, True

    def _inner(self, number: int, node: Node) -> Mapping[str | int, int]:
        """The numbers of what is in a mapping or list, each by its key or index."""
        if number in self._large:
            return self._large[number]
        # What an alias stands for has its places where it was written.
        if not isinstance(node, dict | list) or self._sizes[number] == 1:
            return {}
        found = self.numbers(number, node if isinstance(node, dict) else range(len(node)))
        if len(found) > _FEW:
            self._large[number] = found
        return found

    def numbers(self, number: int, steps: Iterable[str | int]) -> dict[str | int, int]:
        """The numbers of what is in a mapping or list that has a number.

        Args:
            number: its own.
            steps: its keys or indexes, as far as they were read, in their order.
        """
        found: dict[str | int, int] = {}
        at = number + 1
        for step in steps:
            while at in self._again:
                at += self._sizes[at]
            found[step] = at
            at += self._sizes[at]
        return found


def read_yaml(data: bytes, file: str) -> YamlSource:
    r"""Read a YAML file.

    Args:
        data: the bytes of the file.
        file: its name, for the findings.

    Returns:
        The source. Duplicate keys and tags are in its `problems`.

    Raises:
        SourceProblem: it cannot be read at all (encoding, size, syntax, limits).

    >>> source = read_yaml(b"a: no\nb: [0123, 3.20]\n", "f.yaml")
    >>> source.root
    {'a': 'no', 'b': ['0123', '3.20']}
    >>> str(source.locate(("b", 1)))
    'f.yaml:2:11'
    """
    import yaml

    text, problems = decode(data, file)
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start())
        column = bad.start() - (text.rfind("\n", 0, bad.start()) + 1)
        raise SourceProblem(
            "yaml-syntax",
            f"character U+{ord(bad.group()):04X} cannot stand in YAML",
            Location(file, line + 1, column + 1),
            "delete it",
        )
    source = YamlSource(file, text, problems=problems)
    try:
        _Builder(source).build(yaml)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        location = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file, 1, 1)
        message = ", ".join(part for part in (error.problem, error.context) if part)
        raise SourceProblem(
            "yaml-syntax", f"not well-formed YAML: {message}", location, _syntax_hint(message)
        ) from None
    return source


def _syntax_hint(message: str) -> str | None:
    if "mapping values are not allowed" in message:
        return _COLON_HINT
    if "cannot start any token" in message:
        return "indent with spaces, not tabs, and put values that begin with @, ` or % in quotes"
    if "expected <block end>" in message or "did not find expected" in message:
        return "check the indentation and the quotation marks of this line and the one above"
    return None


class _Builder:
    """Builds plain data from YAML events and writes down where everything stands."""

    def __init__(self, source: YamlSource) -> None:
        self.source = source
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.aliases = 0
        self.nodes = 0

    def build(self, yaml: Any) -> None:
        """Read the one document of the stream into `source.root`."""
        # libyaml is ten times faster; the Python parser gives the same events.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.yaml = yaml
        events = loader(self.source.text)
        # Asked for each event alone: `yaml.parse` asks twice.
        self.next = events.get_event
        try:
            self.document()
        finally:
            events.dispose()

    def document(self) -> None:
        yaml = self.yaml
        self.next()  # stream start
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            raise SourceProblem(
                "empty-file", "the file holds comments only", Location(self.source.file, 1, 1)
            )
        self.source.root = self.node(self.next(), 0)
        self.next()  # document end
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise self.problem(
                "yaml-syntax", "a second YAML document begins; a facts file is one", event
            )

    def problem(
        self, code: str, message: str, event: Any, hint: str | None = None
    ) -> SourceProblem:
        mark = event.start_mark
        location = Location(self.source.file, mark.line + 1, mark.column + 1)
        return SourceProblem(code, message, location, hint)

    def node(self, event: Any, depth: int, key: int = -1) -> Node:
        yaml, source = self.yaml, self.source
        number, mark = len(source._values), event.start_mark
        source._values.append(mark.line * _COLUMNS + mark.column)
        source._keys.append(key)
        source._ends.append(-1)
        source._sizes.append(1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.count(0, event)
        is_scalar = isinstance(event, yaml.ScalarEvent)
        if not is_scalar and isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if depth > MAX_DEPTH:
            raise self.problem("yaml-limit", f"nested deeper than {MAX_DEPTH} levels", event)
        if event.tag is not None and event.tag not in _CORE_TAGS:
            source.problems.append(
                self.problem("yaml-tag", f"tag {event.tag} is not allowed", event, "delete the tag")
            )
        before = self.nodes
        node: Node
        if is_scalar:
            node = event.value
            if not event.style:  # plain
                end = event.end_mark
                source._ends[number] = end.line * _COLUMNS + end.column
                node = node or None
        else:
            if isinstance(event, yaml.SequenceStartEvent):
                node = self.sequence(depth)
            else:
                if event.flow_style:
                    source._flow.add(number)
                node = self.mapping(number, depth)
            source._sizes[number] = len(source._values) - number
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, self.nodes - before + 1)
        return node

    def count(self, nodes: int, event: Any) -> None:
        self.nodes += nodes
        if self.nodes > MAX_NODES:
            raise self.problem(
                "yaml-limit",
                f"aliases expand to more than {MAX_NODES:,} values",
                event,
                "write the values out",
            )

    def alias(self, event: Any) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise self.problem("yaml-limit", f"more than {MAX_ALIASES:,} aliases", event)
        if event.anchor not in self.anchors:
            raise self.problem(
                "yaml-syntax", f"alias *{event.anchor} has no complete anchor before it", event
            )
        node, size = self.anchors[event.anchor]
        self.count(size, event)
        return node

    def sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := self.next(), self.yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return items

    def mapping(self, number: int, depth: int) -> Node:
        source = self.source
        items: dict[str, Node] = {}
        firsts: dict[str | int, int] | None = None  # where a key stands twice: that of each
        end, scalar = self.yaml.MappingEndEvent, self.yaml.ScalarEvent
        while not isinstance(event := self.next(), end):
            if not isinstance(event, scalar):
                raise self.problem("wrong-type", "a key must be a word", event)
            key, mark = intern(event.value), event.start_mark  # most keys stand many times
            place = mark.line * _COLUMNS + mark.column
            if key not in items:
                if firsts is not None:
                    firsts[key] = len(source._values)
                items[key] = self.node(self.next(), depth + 1, place)
                continue
            if firsts is None:
                firsts = source.numbers(number, items)
            first = source._keys[firsts[key]] // _COLUMNS + 1
            source.problems.append(
                self.problem(
                    "duplicate-key",
                    f'key "{key}" stands twice in this mapping, first at line {first}',
                    event,
                    "delete one of them",
                )
            )
            source._again.add(len(source._values))
            self.node(self.next(), depth + 1, place)
        return items


def write_yaml(data: dict[str, Any]) -> str:
    r"""Plain data as YAML that `read_yaml` reads as the same: texts, lists, mappings.

    Args:
        data: JSON data; None is a place that is left empty, to be filled in.

    >>> write_yaml({"title": "no", "license": None, "also": ["a: b"]})
    "title: 'no'\nlicense:\nalso:\n- 'a: b'\n"
    """
    import yaml

    class Dumper(yaml.SafeDumper):
        """Writes None as nothing, and no aliases."""

        def ignore_aliases(self, data: object) -> bool:
            """None ever."""
            return True

    Dumper.add_representer(
        type(None), lambda d, _: d.represent_scalar("tag:yaml.org,2002:null", "")
    )
    text: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


SOURCE = SourceFormat("yaml", "YAML", "application/yaml", ("yaml", "yml"), read_yaml, order=0)
