"""A publication on its way to a store: its graphs as sets of canonical lines, and what came back.

Lines are compared by their hash, and where that differs by value: stores may keep a number or a
date in another form than it came in.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation, localcontext

from msgspec import Struct

from lod.errors import FormatError, InputError
from lod.rdf.iri import iri_problem
from lod.rdf.terms import XSD, split_literal, unescape

#: Where the default graph of a publication goes unless somebody says otherwise, as in `lod load`.
DATASET = "{base}dataset"

# A backslash that stands for itself, before what would make an escape of it.
_ESCAPED_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")
_AS_ESCAPES = {"u": r"\u0075", "U": r"\u0055"}
# XML Schema 1.1 part 2, section 3.4: all of them are decimals.
_DECIMALS = {
    f"{XSD}{name}"
    for name in (
        "decimal integer long int short byte nonNegativeInteger positiveInteger unsignedLong "
        "unsignedInt unsignedShort unsignedByte nonPositiveInteger negativeInteger"
    ).split()
}
_FLOATS = {f"{XSD}double", f"{XSD}float"}
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6})0*)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_LINE = re.compile(r"([^ ]+ [^ ]+ )(.*) \.")


class Parcel(Struct, frozen=True):
    """A publication as it is sent.

    Attributes:
        base: its base IRI.
        graphs: IRI of each graph to its N-Triples lines, canonical, each with its ` .` and without
            a newline, none twice, in order. The graph that says what there is comes last.
        digest: SHA-256 of everything in it, by which it is known to be unchanged.
        version: of the release that it is; None for what is no release.
        older: gives the releases before it, the newest first: a store that has one of them needs to
            be told only what differs.
        has_releases: whether older releases of it may stand in the store in graphs of their own.
    """

    base: str
    graphs: Mapping[str, tuple[str, ...]]
    digest: str
    version: str | None = None
    older: Callable[[], Iterable[Parcel]] = tuple
    has_releases: bool = False

    @property
    def quads(self) -> int:
        """How many quads it has."""
        return sum(map(len, self.graphs.values()))


class Bundle(Struct, frozen=True):
    """A file of publications, of which a push need not read those that the last one brought.

    Attributes:
        digest: by which it is known to be unchanged: of its content, and of how that is packed.
        read: gives its publications.
    """

    digest: str
    read: Callable[[], Iterable[Parcel]]


def pack(base: str, quads: bytes, default_graph: str = DATASET) -> Parcel:
    """Make a publication ready to be sent.

    Everything is parsed and written anew. So whatever a file holds, what is sent is well-formed:
    nothing in it can end a request early and begin another one.

    Args:
        base: its base IRI.
        quads: N-Quads, every line with a graph: `{base}dataset`, or one of what is reported.
        default_graph: the IRI for `{base}dataset`, with `{base}` for the base.

    Raises:
        FormatError: it is no well-formed N-Quads, or the base is no IRI.
    """
    import pyoxigraph

    if (problem := iri_problem(base)) is not None:
        raise FormatError(f"{base}: the base of a publication {problem}")
    dataset, target = DATASET.format(base=base), graph_for(base, default_graph)
    found: dict[str, dict[str, None]] = {}
    try:
        for quad in pyoxigraph.parse(quads, format=pyoxigraph.RdfFormat.N_QUADS):
            graph = getattr(quad.graph_name, "value", "")
            name = target if graph == dataset else graph
            found.setdefault(name, {})[f"{quad.triple} ."] = None
    except SyntaxError as error:
        raise FormatError(f"{base}: malformed N-Quads: {error.msg}") from None
    names = [*(name for name in found if name != target), *([target] if target in found else [])]
    return renamed(base, {name: tuple(found[name]) for name in names})


def renamed(base: str, graphs: Mapping[str, tuple[str, ...]]) -> Parcel:
    """A parcel of graphs that were packed already, under other names.

    Args:
        base: by which it is known.
        graphs: as `Parcel` has them, the one that says what there is last.
    """
    return Parcel(base, graphs, _digest(graphs))


class Step(Struct, frozen=True):
    """What makes one state of a publication of another.

    Attributes:
        dropped: graphs that the newer one has not.
        deleted: graph to the lines that go, of graphs that stay.
        added: graph to the lines that come.
    """

    dropped: tuple[str, ...]
    deleted: Mapping[str, tuple[str, ...]]
    added: Mapping[str, tuple[str, ...]]

    @property
    def size(self) -> int:
        """How many lines it names."""
        return self.lines_deleted + self.lines_added

    @property
    def lines_deleted(self) -> int:
        """How many lines go, but those of graphs that go whole."""
        return sum(map(len, self.deleted.values()))

    @property
    def lines_added(self) -> int:
        """How many lines come."""
        return sum(map(len, self.added.values()))

    @property
    def touched(self) -> tuple[str, ...]:
        """The graphs that are others afterwards, in the order of the newer state."""
        return tuple(dict.fromkeys((*self.added, *self.deleted)))


def step(older: Parcel, newer: Parcel) -> Step:
    """What makes one state of a publication of another, the graph of its claims last.

    >>> one = Parcel("x:", {"x:r": ("a .",), "x:dataset": ("b .", "c .")}, "")
    >>> two = Parcel("x:", {"x:dataset": ("c .", "d .")}, "")
    >>> step(one, two)
    Step(dropped=('x:r',), deleted={'x:dataset': ('b .',)}, added={'x:dataset': ('d .',)})
    """
    deleted, added = {}, {}
    for graph, lines in newer.graphs.items():
        before = dict.fromkeys(older.graphs.get(graph, ()))
        now = dict.fromkeys(lines)
        if gone := tuple(line for line in before if line not in now):
            deleted[graph] = gone
        if come := tuple(line for line in now if line not in before):
            added[graph] = come
    dropped = tuple(graph for graph in older.graphs if graph not in newer.graphs)
    return Step(dropped, deleted, added)


def graph_for(base: str, default_graph: str) -> str:
    """The IRI of the graph that gets the default graph of a publication.

    >>> graph_for("https://data.example.org/a/", "{base}dataset")
    'https://data.example.org/a/dataset'
    """
    return default_graph.replace("{base}", base)


def check_default_graph(default_graph: str) -> str:
    """The rule for the default graph, if it can be one.

    Raises:
        InputError: publications would share a graph, or it is no IRI.

    >>> check_default_graph("{base}claims")
    '{base}claims'
    """
    if not default_graph.startswith("{base}") or default_graph.count("{") != 1:
        raise InputError(
            f"--default-graph: {default_graph} does not begin with {{base}}",
            hint="each publication needs a graph of its own, such as {base}dataset, so that it "
            "can be replaced",
        )
    example = graph_for("https://data.example.org/", default_graph)
    problem = iri_problem(example)
    if problem is None and default_graph.removeprefix("{base}").startswith("reported/"):
        problem = "is where what is reported goes"
    if problem is None and default_graph == "{base}":
        problem = "needs something after {base}"
    if problem is not None:
        raise InputError(f"--default-graph: {default_graph} {problem}")
    return default_graph


def hash_lines(lines: set[str] | tuple[str, ...]) -> str:
    """SHA-256 of the sorted lines: what a graph without blank nodes is known by.

    >>> hash_lines(("<x:a> <x:b> <x:c> .",)) == hash_lines({"<x:a> <x:b> <x:c> ."})
    True
    """
    text = "".join(f"{line}\n" for line in sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest()


def for_update(line: str) -> str:
    r"""A line as it can stand in SPARQL Update.

    SPARQL reads `\u0041` anywhere, even before it looks for strings (SPARQL 1.1, section 19.2), so
    that some stores find one in `\\u0041` too. Here neither reading does.

    >>> print(for_update(r'<x:a> <x:b> "C:\\users" .'))
    <x:a> <x:b> "C:\\\u0075sers" .
    """
    if "\\u" not in line and "\\U" not in line:
        return line
    return _ESCAPED_BACKSLASH.sub(lambda match: match[1] + _AS_ESCAPES[match[2]], line)


def _digest(graphs: Mapping[str, tuple[str, ...]]) -> str:
    digest = hashlib.sha256()
    for name in sorted(graphs):
        digest.update(f"{name}\n{hash_lines(graphs[name])}\n".encode())
    return digest.hexdigest()


class Agreement(Struct, frozen=True):
    """How a graph came back.

    Attributes:
        sent: how many triples were sent.
        found: how many the store has.
        missing: lines that were sent and are not there, sorted.
        unexpected: lines that are there and were not sent, sorted.
        rewritten: pairs of a line as it was sent and as the store keeps it, the same by value.
    """

    sent: int
    found: int
    missing: tuple[str, ...] = ()
    unexpected: tuple[str, ...] = ()
    rewritten: tuple[tuple[str, str], ...] = ()

    @property
    def is_fine(self) -> bool:
        """Whether the store has what was sent, at least by value, and nothing else."""
        return not (self.missing or self.unexpected)


def compare(sent: Collection[str], found: set[str]) -> Agreement:
    """Compare the lines of a graph by their hash; by value where that differs.

    Args:
        sent: the canonical lines that were sent, none twice.
        found: those that came back.

    >>> compare(("<x:a> <x:b> <x:c> .",), {"<x:a> <x:b> <x:c> ."})
    Agreement(sent=1, found=1, missing=(), unexpected=(), rewritten=())
    """
    if len(sent) == len(found) and hash_lines(tuple(sent)) == hash_lines(found):
        return Agreement(len(sent), len(found))
    known = set(sent)
    kept = {value_line(line): line for line in found}
    meant = {value_line(line): line for line in sent}
    lost = [(line, value_line(line)) for line in sent if line not in found]
    foreign = [(line, value_line(line)) for line in found - known]
    return Agreement(
        len(sent),
        len(found),
        tuple(sorted(line for line, value in lost if value not in kept)),
        # Beside the line that was sent, another one of its value is one too many.
        tuple(sorted(line for line, value in foreign if meant.get(value, line) in found)),
        tuple(sorted((line, kept[value]) for line, value in lost if value in kept)),
    )


def value_line(line: str) -> str:
    r"""A line in which the literal has the form by which its value is known.

    Numbers of all kinds of integers and decimals are one kind: a store may keep a large integer as
    a decimal. Doubles, booleans and moments lose what does not count; language tags are written
    small. What cannot be read as its datatype stays as it is.

    Args:
        line: a canonical line of N-Triples.

    >>> value_line('<x:a> <x:b> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .')
    '<x:a> <x:b> decimal:1.5 .'
    >>> value_line('<x:a> <x:b> "05"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    '<x:a> <x:b> decimal:5 .'
    """
    match = _LINE.fullmatch(line)
    if match is None or not match[2].startswith('"'):
        return line
    lexical, language, datatype = split_literal(match[2])
    if language:
        return f'{match[1]}"{lexical}"@{language.lower()} .'
    value = _value(unescape(lexical), datatype)
    return line if value is None else f"{match[1]}{value} ."


def _value(lexical: str, datatype: str) -> str | None:
    if datatype in _DECIMALS:
        return _decimal(lexical)
    if datatype in _FLOATS:
        try:
            return f"double:{float(lexical)!r}"
        except ValueError:
            return None
    if datatype == f"{XSD}boolean":
        value = _BOOLEANS.get(lexical)
        return value and f"boolean:{value}"
    if datatype == f"{XSD}dateTime":
        return _moment(lexical)
    if datatype == f"{XSD}date":
        return f"date:{re.sub('[+-]00:00$', 'Z', lexical)}"
    return None


def _decimal(lexical: str) -> str | None:
    if not _NUMBER.fullmatch(lexical):
        return None
    try:
        with localcontext() as context:
            context.prec = len(lexical) + 1
            number = Decimal(lexical).normalize()
    except InvalidOperation:
        return None
    return f"decimal:{number:f}" if number else "decimal:0"


def _moment(lexical: str) -> str | None:
    match = _MOMENT.fullmatch(lexical)
    if match is None:
        return None
    *whole, fraction, zone = match.groups()
    year, month, day, hour, minute, second = map(int, whole)
    late = hour == 24 and minute == second == 0
    try:
        moment = datetime(year, month, day, 0 if late else hour, minute, second)
        moment += timedelta(days=int(late), microseconds=int((fraction or "0").ljust(6, "0")))
        if zone and zone != "Z":
            hours, minutes = int(zone[1:3]), int(zone[4:6])
            shift = timedelta(hours=hours, minutes=minutes)
            moment -= shift if zone[0] == "+" else -shift
    except (ValueError, OverflowError):
        return None
    return f"dateTime:{moment.isoformat()}{'Z' if zone else ''}"
