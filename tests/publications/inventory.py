"""What the example publishes, as tables: `python -m tests.publications.inventory` writes them anew.

`claims.tsv` has a row for each claim, in names that a reader can hold against the article,
`sentences.tsv` the sentence that each claim is published with, `links.tsv` the Wikidata item of
each linked entity. All are made from the published N-Quads alone. Every row was held against the
article: a difference is to be read, not only to be written anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph

import lod
from lod.namespaces import shrink

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
TABLES = Path(__file__).parent / "example"

_LOD = "https://w3id.org/lod-facts/ns#"
_OA = "http://www.w3.org/ns/oa#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_REL = "https://w3id.org/lod-facts/relations#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SCHEMA = "https://schema.org/"
_SPEAKERS = (_LOD + "through", "http://www.w3.org/ns/prov#wasAttributedTo")
_LINKS = {
    "http://www.w3.org/2002/07/owl#sameAs": "same",
    "http://www.w3.org/2004/02/skos/core#closeMatch": "close",
}
#: What a quantity, a share, a change or a period says, apart from its words.
_FIGURE = (
    *(_LOD + name for name in ("direction", "ongoing", "comparator")),
    *(_SCHEMA + name for name in ("value", "minValue", "maxValue", "currency", "unitText")),
    _LOD + "edtf",
)
_CLAIM = {
    "modality": (_LOD + "modality",),
    "polarity": (_LOD + "polarity",),
    "subject": (_LOD + "subject",),
    "share": (_LOD + "share",),
    "property": (_LOD + "property",),
    "value": (_LOD + "value", _LOD + "literal"),
    "change": (_LOD + "change",),
    "during": (_LOD + "during",),
}

Row = dict[str, str]
_Term = pyoxigraph.NamedNode | pyoxigraph.Literal


class Inventory:
    """The published data of the example, read again."""

    def __init__(self) -> None:
        publication = lod.load(EXAMPLE)
        self._base = publication.require_facts().publication.base
        self._text = (EXAMPLE / "article.txt").read_text("utf-8")
        self._nodes: dict[str, dict[str, list[_Term]]] = defaultdict(lambda: defaultdict(list))
        data = publication.serialize("n-quads")
        for quad in pyoxigraph.parse(data, pyoxigraph.RdfFormat.N_QUADS):
            if quad.graph_name == pyoxigraph.DefaultGraph():
                self._nodes[quad.subject.value][quad.predicate.value].append(quad.object)
        claim = pyoxigraph.NamedNode(_LOD + "Claim")
        claims = [iri for iri, node in self._nodes.items() if claim in node.get(_RDF + "type", ())]
        self._claims = sorted(claims, key=lambda iri: (self._text.find(self._quotes(iri)[0]), iri))

    def tables(self) -> dict[str, list[Row]]:
        """The rows of each table, by its file name."""
        return {
            "claims.tsv": [self._claim(iri) for iri in self._claims],
            "sentences.tsv": [
                {"claim": self._name(iri), "sentence": self._said(iri, _RDFS + "label")}
                for iri in self._claims
            ],
            "links.tsv": sorted(self._links(), key=lambda row: row["entity"]),
        }

    def _claim(self, iri: str) -> Row:
        qualifiers = sorted(
            f"{shrink(predicate)} {self._show(term)}"
            for predicate, terms in self._nodes[iri].items()
            if predicate.startswith(_REL)
            for term in terms
        )
        speakers = (self._said(iri, predicate) for predicate in _SPEAKERS)
        return {
            "claim": self._name(iri),
            "speaker": " > ".join(filter(None, speakers)),
            **{column: self._said(iri, *predicates) for column, predicates in _CLAIM.items()},
            "qualifiers": "; ".join(qualifiers),
            "quote": " […] ".join(self._quotes(iri)),
        }

    def _links(self) -> Iterator[Row]:
        for iri, node in self._nodes.items():
            if iri.startswith(self._base + "entity/"):
                for predicate, kind in _LINKS.items():
                    for item in node.get(predicate, ()):
                        yield {
                            "entity": self._name(iri),
                            "label": self._said(iri, _RDFS + "label"),
                            "link": kind,
                            "item": shrink(item.value),
                        }

    def _quotes(self, iri: str) -> list[str]:
        """The quoted words of a claim, in the order of the text."""
        found = {
            exact.value
            for anchor in self._nodes[iri][_LOD + "anchor"]
            for selector in self._nodes[anchor.value][_OA + "hasSelector"]
            for exact in self._nodes[selector.value].get(_OA + "exact", ())
        }
        return sorted(found, key=self._text.find)

    def _said(self, iri: str, *predicates: str) -> str:
        """The values of a node, each as `_show` gives it."""
        node = self._nodes[iri]
        return "; ".join(self._show(term) for p in predicates for term in node.get(p, ()))

    def _show(self, term: _Term) -> str:
        """Words as they are, a thing by its name, a figure or period by what it says."""
        if isinstance(term, pyoxigraph.Literal):
            return term.value
        node = self._nodes.get(term.value, {})
        if term.value in self._claims:
            return f"claim {self._name(term.value)}"
        if _LOD + "wording" not in node:
            return self._name(term.value)
        said = [self._show(value) for predicate in _FIGURE for value in node.get(predicate, ())]
        return " ".join(said or [value.value for value in node[_LOD + "wording"]])

    def _name(self, iri: str) -> str:
        for folder in ("entity/", "claim/", ""):
            if iri.startswith(self._base + folder):
                return iri.removeprefix(self._base + folder)
        return shrink(iri).removeprefix("lod:")


def read_table(name: str) -> list[Row]:
    """The rows of a committed table."""
    head, *lines = (TABLES / name).read_text("utf-8").splitlines()
    columns = head.split("\t")
    return [dict(zip(columns, line.split("\t"), strict=True)) for line in lines]


def _write_table(name: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    lines = ["\t".join(cells) for cells in ([*rows[0]], *(row.values() for row in rows))]
    (TABLES / name).write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Write the tables anew."""
    for name, rows in Inventory().tables().items():
        _write_table(name, rows)


if __name__ == "__main__":
    main()
