"""What is said of each thing of a publication, as a dataset of its own.

A thing is given with its own statements, the parts of it that have no file of their own (anchors,
value and period of a claim), the statements that point to it, and the labels of what stands at the
other end. Together they are the default graph of the publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.dataset.dataset import Dataset
from lod.dataset.metadata import text_iri
from lod.dataset.ntriples import RDFS_LABEL

if TYPE_CHECKING:
    from lod.site.view import PublicationView

_Triple = tuple[str, str, str]
#: Subject token to its lines, each once.
_Lines = dict[str, dict[str, None]]


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing and what is said of it.

    Attributes:
        iri: its IRI.
        dataset: its statements; a reported graph has its named graph too.
    """

    iri: str
    dataset: Dataset


class Things:
    """The things of one publication.

    Args:
        view: the publication.
    """

    def __init__(self, view: PublicationView) -> None:
        self._view = view
        self._base = view.base
        self._claims = frozenset(f"<{iri}>" for iri in view.dataset.claims)
        self._under_claim = f"<{view.base}claim/"
        self._to: dict[str, list[_Triple]] = {}
        own = f"<{view.base}"
        for subject, node in view.nodes.items():
            for predicate, objects in node.items():
                for object_ in objects:
                    if object_.startswith(own):
                        self._to.setdefault(object_, []).append((subject, predicate, object_))

    def __iter__(self) -> Iterator[Thing]:
        """Every thing with files of its own, the dataset aside: that is the download."""
        base = self._base
        yield self.one(f"{base}document", with_links=True)
        yield self.one(text_iri(self._view.facts))
        yield self._build()
        for slug in self._view.facts.entities:
            yield self.one(f"{base}entity/{slug}", with_links=True)
        for statement in self._view.facts.statements:
            yield from self._statement(statement.id)
        for iri in self._view.dataset.graphs:
            yield self.one(iri)

    def one(self, iri: str, *, with_links: bool = False) -> Thing:
        """One thing.

        Args:
            iri: the thing.
            with_links: also the statements that point to it.
        """
        lines: _Lines = {}
        ends: dict[str, None] = {}
        self._describe([f"<{iri}>"], lines, ends)
        if with_links:
            for subject, predicate, object_ in self._to.get(f"<{iri}>", ()):
                lines.setdefault(subject, {})[f"{subject} {predicate} {object_} .\n"] = None
                ends[subject] = None
        return self._made(iri, lines, ends)

    def _statement(self, id_: str) -> Iterator[Thing]:
        """The claims of a statement, and all of them together where there are several."""
        node = f"{self._base}claim/{id_}"
        iris = [claim.iri for claim in self._view.claims_by_statement[id_]]
        for iri in iris:
            yield self.one(iri, with_links=True)
        if iris != [node]:
            lines: _Lines = {}
            ends: dict[str, None] = {}
            self._describe([f"<{iri}>" for iri in iris], lines, ends)
            yield self._made(node, lines, ends)

    def _build(self) -> Thing:
        """The build, and the program that made it."""
        build = f"<{self._base}build>"
        agents = [token for objects in self._view.nodes[build].values() for token in objects]
        software = [token for token in agents if not token.startswith(f"<{self._base}")]
        lines: _Lines = {}
        ends: dict[str, None] = {}
        self._describe([build, *software], lines, ends)
        return self._made(f"{self._base}build", lines, ends)

    def _describe(self, tokens: list[str], lines: _Lines, ends: dict[str, None]) -> None:
        """Note what is said of some things and of their parts, and what that points to."""
        nodes = self._view.nodes
        seen = set(tokens)
        queue = list(tokens)
        for token in queue:
            said = lines.setdefault(token, {})
            for predicate, objects in nodes.get(token, {}).items():
                for object_ in objects:
                    said[f"{token} {predicate} {object_} .\n"] = None
                    if object_[0] != "<" or object_ in seen:
                        continue
                    is_part = object_.startswith(self._under_claim) and object_ not in self._claims
                    if is_part and token.startswith(self._under_claim):
                        seen.add(object_)
                        queue.append(object_)
                    else:
                        ends[object_] = None

    def _made(self, iri: str, lines: _Lines, ends: dict[str, None]) -> Thing:
        nodes = self._view.nodes
        for token in ends:
            for label in nodes.get(token, {}).get(RDFS_LABEL, ()):
                lines.setdefault(token, {})[f"{token} {RDFS_LABEL} {label} .\n"] = None
        text = "".join(line for said in lines.values() for line in said)
        whole = self._view.dataset
        graphs = {iri: whole.graphs[iri]} if iri in whole.graphs else {}
        return Thing(iri, Dataset(whole.base, text, graphs, whole.prefixes))
