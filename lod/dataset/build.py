"""Builds the dataset of a publication from its model."""

from __future__ import annotations

from array import array
from types import MappingProxyType
from typing import TYPE_CHECKING

from lod.dataset.claims import ClaimWriter, ReportedGraph
from lod.dataset.entities import entity_lines
from lod.dataset.metadata import document_lines, publication_lines
from lod.dataset.terms import term_lines
from lod.facts.schema import DOCUMENT
from lod.model.claim import Statement
from lod.model.facts import Facts
from lod.namespaces import PREFIXES
from lod.rdf.blocks import Blocks
from lod.rdf.dataset import Dataset
from lod.rdf.terms import about, date
from lod.vocabulary.names import DCTERMS, LOD, PROV, RDF, VOID

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
    base = facts.publication.base
    writer = ClaimWriter(facts, vocabulary)
    blocks = Blocks()
    blocks.extend((document_lines(facts), publication_lines(facts), term_lines(vocabulary, base)))
    blocks.extend(entity_lines(entity, facts, vocabulary) for entity in facts.entities.values())
    in_text_order = sorted(facts.statements, key=Statement.first_place)
    statements = array("Q", [len(blocks)])
    for statement in in_text_order:
        blocks.add(writer.write(statement))
        statements.append(len(blocks))
    graphs: dict[str, str] = {}
    for graph in writer.reported.values():
        if graph.triples:
            blocks.add(_graph_lines(facts, writer, graph))
            graphs[graph.iri] = "".join(dict.fromkeys(graph.triples))
    blocks.add(_chain_lines(writer))
    types = (entity.type for entity in facts.entities.values())
    return Dataset(
        base=base,
        default=blocks,
        graphs=graphs,
        prefixes=_prefixes(facts),
        claims=tuple(iri for s in in_text_order for iri in writer.claims(s.id)),
        terms=tuple(dict.fromkeys((*writer.terms, *types))),
        statements=statements,
    )


def _graph_lines(facts: Facts, writer: ClaimWriter, graph: ReportedGraph) -> str:
    """Who reports a graph, through whom, as of which date, and what made it."""
    base = facts.publication.base
    *outer, inner = graph.speakers
    lines = about(
        f"<{graph.iri}>",
        {
            RDF.type: [f"<{LOD.ReportedGraph}>", f"<{PROV.Entity}>"],
            PROV.wasAttributedTo: writer.speaker(inner),
            LOD.through: [writer.speaker(slug) for slug in outer],
            LOD.speakers: f"<{writer.chain(graph.speakers)}>" if outer else None,
            PROV.wasDerivedFrom: f"<{base}{DOCUMENT}>",
            PROV.wasGeneratedBy: f"<{base}build>",
            VOID.inDataset: f"<{base}dataset>",
            DCTERMS.date: None if graph.said_on is None else date(graph.said_on),
        },
    )
    return "".join(lines)


def _chain_lines(writer: ClaimWriter) -> str:
    """The chains of speakers, as RDF collections that share their ends (RDF Schema 1.1, 5.2)."""
    written: dict[tuple[str, ...], str] = {}
    for whole in list(writer.chains):
        for at in range(len(whole)):
            chain = whole[at:]
            if chain not in written:
                rest = f"<{writer.chain(chain[1:])}>" if chain[1:] else f"<{RDF.nil}>"
                node = f"<{writer.chain(chain)}>"
                written[chain] = (
                    f"{node} <{RDF.type}> <{RDF.List}> .\n"
                    f"{node} <{RDF.first}> {writer.speaker(chain[0])} .\n"
                    f"{node} <{RDF.rest}> {rest} .\n"
                )
    return "".join(written.values())


def _prefixes(facts: Facts) -> MappingProxyType[str, str]:
    base = facts.publication.base
    own = {"claim": f"{base}claim/", "entity": f"{base}entity/"}
    return MappingProxyType({**PREFIXES, **facts.publication.prefixes, **own})
