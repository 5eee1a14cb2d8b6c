"""Builds the dataset of a publication from its model."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from lod.dataset.claims import ClaimWriter
from lod.dataset.dataset import Dataset
from lod.dataset.entities import entity_lines
from lod.dataset.metadata import document_lines, publication_lines, text_iri
from lod.dataset.terms import date
from lod.facts.schema import DOCUMENT
from lod.model.facts import Facts
from lod.namespaces import PREFIXES
from lod.vocabulary.names import DCTERMS, LOD, PROV, RDF

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary


def build_dataset(facts: Facts, vocabulary: Vocabulary) -> Dataset:
    """Turn a publication into quads.

    The same facts give the same text, byte for byte: nothing depends on the clock, the machine or
    chance.

    Args:
        facts: a publication without errors.
        vocabulary: the vocabulary that it was read with.

    Returns:
        The dataset: the document, the dataset and its build, the entities in the order of the
        facts, the claims in the order of the text, the reported graphs.
    """
    writer = ClaimWriter(facts, vocabulary, text_iri(facts))
    parts = [document_lines(facts), publication_lines(facts)]
    parts += [entity_lines(entity, facts, vocabulary) for entity in facts.entities.values()]
    in_text_order = sorted(
        facts.statements, key=lambda s: min(anchor.start for anchor in s.anchors)
    )
    parts += [writer.write(statement) for statement in in_text_order]
    graphs: dict[str, str] = {}
    for chain, triples in writer.reported.items():
        iri = f"{facts.publication.base}reported/{'/'.join(chain)}"
        parts.append(_graph_lines(facts, writer, iri, chain))
        graphs[iri] = "".join(dict.fromkeys(triples))
    types = (entity.type for entity in facts.entities.values())
    return Dataset(
        base=facts.publication.base,
        default="".join(parts),
        graphs=graphs,
        prefixes=_prefixes(facts),
        claims=tuple(iri for s in in_text_order for iri in writer.claims(s.id)),
        terms=tuple(dict.fromkeys((*writer.terms, *types))),
    )


def _graph_lines(facts: Facts, writer: ClaimWriter, iri: str, chain: tuple[str, ...]) -> str:
    """Who reports a graph, through whom, and as of which date."""
    node = f"<{iri}>"
    *outer, inner = chain
    out = [
        f"{node} <{RDF.type}> <{LOD.ReportedGraph}> .\n",
        f"{node} <{RDF.type}> <{PROV.Entity}> .\n",
        f"{node} <{PROV.wasAttributedTo}> {writer.speaker(inner)} .\n",
    ]
    out += [f"{node} <{LOD.through}> {writer.speaker(slug)} .\n" for slug in outer]
    out.append(f"{node} <{PROV.wasDerivedFrom}> <{facts.publication.base}{DOCUMENT}> .\n")
    if facts.document.published is not None:
        out.append(f"{node} <{DCTERMS.date}> {date(facts.document.published)} .\n")
    return "".join(out)


def _prefixes(facts: Facts) -> MappingProxyType[str, str]:
    base = facts.publication.base
    own = {"claim": f"{base}claim/", "entity": f"{base}entity/"}
    return MappingProxyType({**PREFIXES, **facts.publication.prefixes, **own})
