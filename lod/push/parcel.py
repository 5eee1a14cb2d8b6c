"""A publication on its way to a store: its graphs as sets of canonical lines."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lod.errors import FormatError, InputError
from lod.iri import iri_problem

#: Where the default graph of a publication goes unless somebody says otherwise, as in `lod load`.
DATASET = "{base}dataset"

# A backslash that stands for itself, before what would make an escape of it.
_ESCAPED_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")
_AS_ESCAPES = {"u": r"\u0075", "U": r"\u0055"}


@dataclass(frozen=True, slots=True)
class Parcel:
    """A publication as it is sent.

    Attributes:
        base: its base IRI.
        graphs: IRI of each graph to its N-Triples lines, canonical, each with its ` .` and without
            a newline, none twice, in order. The graph that says what there is comes last.
        digest: SHA-256 of everything in it, by which it is known to be unchanged.
    """

    base: str
    graphs: Mapping[str, tuple[str, ...]]
    digest: str

    @property
    def quads(self) -> int:
        """How many quads it has."""
        return sum(map(len, self.graphs.values()))


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
    graphs = {name: tuple(found[name]) for name in names}
    return Parcel(base, graphs, _digest(graphs))


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
