"""A publication as its data says it: what two of which can be compared, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lod.errors import FormatError
from lod.patterns import lazy
from lod.rdf.terms import Node, index, iri_of, literal, text_of
from lod.vocabulary.names import DCAT, DCTERMS, RDF, SCHEMA

if TYPE_CHECKING:
    from lod.publication import Publication
    from lod.rdf.dataset import Dataset

# The graph at the end of a line of canonical N-Quads: what is before it is a whole term, since no
# IRI holds a quotation mark or a space.
_GRAPH = lazy(r' (<[^<>"\s]*>) \.$')
_TERM_ENDS = ('"', ">")
_LANGUAGE = lazy(r'"@[A-Za-z0-9-]+$')
_TYPE = f"<{RDF.type}>"
_DATASET = f"<{DCAT.Dataset}>"
_END = "dataset>"


class Snapshot(Struct, frozen=True, dict=True):
    """What one publication said at one time.

    Attributes:
        name: how the user called it, for messages.
        default: the default graph, as canonical N-Triples lines.
        graphs: IRI of each named graph to its lines; None where the format holds no graphs.
    """

    name: str
    default: str
    graphs: dict[str, str] | None = field(default_factory=dict)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The default graph by subject, then by predicate."""
        return index(self.default)

    @cached_property
    def base(self) -> str:
        """The IRI under which the publication names its things.

        Raises:
            FormatError: there is no publication in the data, or there are several.
        """
        found = [
            subject
            for subject, node in self.nodes.items()
            if subject.endswith(_END) and _DATASET in node.get(_TYPE, ())
        ]
        if len(found) != 1:
            many = f"{len(found)} publications, not one" if found else "no publication of lod"
            raise FormatError(f"{self.name}: there is {many} in it.")
        return iri_of(found[0])[: -len(_END) + 1]

    def _of_dataset(self, predicate: str) -> str | None:
        said = self.nodes[f"<{self.base}dataset>"].get(f"<{predicate}>")
        return text_of(said[0]) if said else None

    @property
    def version(self) -> str | None:
        """The version that it says it is."""
        return self._of_dataset(SCHEMA.version)

    @property
    def modified(self) -> str | None:
        """The date of which it says it is, an xsd:date."""
        return self._of_dataset(DCTERMS.modified)

    @property
    def language(self) -> str:
        """The language of its text.

        Raises:
            FormatError: it does not say so.
        """
        said = self.nodes.get(f"<{self.base}document>", {}).get(f"<{SCHEMA.inLanguage}>")
        if not said:
            raise FormatError(f"{self.name}: it does not say in which language its text is.")
        return text_of(said[0])

    def quads(self) -> Iterator[str]:
        """Every quad as a line of canonical N-Quads without its end, " ."."""
        yield from self.default.split(" .\n")[:-1]
        for graph, text in (self.graphs or {}).items():
            yield from (f"{line} <{graph}>" for line in text.split(" .\n")[:-1])


def of_dataset(dataset: Dataset, name: str) -> Snapshot:
    """The snapshot of a dataset that was built here."""
    return Snapshot(name, dataset.default, dict(dataset.graphs))


def of_publication(publication: Publication, name: str | None = None) -> Snapshot:
    """The snapshot of a publication.

    Raises:
        FindingsError: it has errors, and therefore no data.
    """
    return of_dataset(publication.dataset(), name or str(publication.path))


def of_lines(lines: Iterable[str], name: str) -> Snapshot:
    r"""The snapshot of canonical N-Quads.

    Args:
        lines: of the file, without their ends.
        name: for messages.

    >>> quads = ['<x:s> <x:p> "a <b>" .', '<x:s> <x:p> "a <b>"^^<x:t> <x:g> .']
    >>> of_lines(quads, "").graphs
    {'x:g': '<x:s> <x:p> "a <b>"^^<x:t> .\n'}
    """
    default: list[str] = []
    graphs: dict[str, list[str]] = {}
    for line in lines:
        graph, rest = _split_graph(line)
        if graph is None:
            default.append(f"{line}\n")
        else:
            graphs.setdefault(graph, []).append(f"{rest} .\n")
    return Snapshot(name, "".join(default), {g: "".join(text) for g, text in graphs.items()})


def _split_graph(line: str) -> tuple[str | None, str]:
    match = _GRAPH.search(line)
    if match is None:
        return None, ""
    rest = line[: match.start()]
    # Subject and predicate alone are no statement: what matched is the object then.
    is_whole = rest.count(" ") > 1 and (rest.endswith(_TERM_ENDS) or _LANGUAGE.search(rest))
    return (iri_of(match[1]), rest) if is_whole else (None, "")


def of_file(path: Path, name: str | None = None) -> Snapshot:
    """The snapshot of an RDF file that lod wrote, in any of its formats.

    Raises:
        InputError: it cannot be read.
        FormatError: it is malformed, or holds blank nodes, which lod never writes.
        MissingExtraError: it is packed with zstd and the package for it is not installed.
    """
    from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode

    from lod.rdf.files import parse_quads, read_rdf_file

    file = read_rdf_file(path)
    name = name or str(path)

    def token(term: object) -> str:
        if isinstance(term, NamedNode):
            return f"<{term.value}>"
        if isinstance(term, Literal):
            return literal(term.value, term.language, term.datatype.value)
        raise FormatError(
            f"{name}: there is a {'blank node' if isinstance(term, BlankNode) else 'triple'} "
            f"in a triple, {str(term)[:60]}, and lod writes none.",
            hint="only data that lod wrote can be compared by claim",
        )

    default: dict[str, None] = {}
    graphs: dict[str, dict[str, None]] = {}
    for quad in parse_quads(file):
        line = f"{token(quad.subject)} {token(quad.predicate)} {token(quad.object)} .\n"
        if isinstance(quad.graph_name, DefaultGraph):
            default.setdefault(line)
        else:
            graphs.setdefault(iri_of(token(quad.graph_name)), {}).setdefault(line)
    named = {graph: "".join(lines) for graph, lines in graphs.items()}
    return Snapshot(name, "".join(default), named if file.format.holds_graphs else None)
