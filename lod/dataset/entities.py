"""Entities as quads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.model.entity import Entity
from lod.model.facts import Facts
from lod.namespaces import WIKIDATA_NS
from lod.rdf.terms import literal
from lod.vocabulary.names import DCTERMS, LOD, OWL, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from lod.vocabulary.vocabulary import Vocabulary

_A = f" <{RDF.type}> <"
_LABEL = f" <{RDFS.label}> "
_ALSO = f" <{SKOS.altLabel}> "
_DESCRIPTION = f" <{SCHEMA.description}> "
_SAME = f" <{OWL.sameAs}> <"
_CLOSE = f" <{SKOS.closeMatch}> <"
_REASON = f" <{LOD.unlinkedReason}> "
_MEMBER = f" <{SCHEMA.member}> <"
_ABOUT = f" <{SCHEMA.about}> <"
_PART_OF = f" <{DCTERMS.isPartOf}> <"


def entity_lines(entity: Entity, facts: Facts, vocabulary: Vocabulary) -> str:
    """The N-Triples lines of one entity.

    Args:
        entity: the entity.
        facts: the publication; gives base and language.
        vocabulary: its terms.
    """
    base = f"{facts.publication.base}entity/"
    node = f"<{base}{entity.slug}>"
    language = facts.document.language
    out = [f"{node}{_A}{type_}> .\n" for type_ in vocabulary.emitted(entity.type)]
    out += [f"{node}{_LABEL}{literal(text, tag)} .\n" for tag, text in entity.labels.items()]
    out += [f"{node}{_ALSO}{literal(name, language)} .\n" for name in dict.fromkeys(entity.also)]
    out += [
        f"{node}{_ALSO}{literal(name, tag)} .\n"
        for tag, name in entity.in_sentence.items()
        if name not in entity.also and name not in entity.labels.values()
    ]
    if entity.description is not None:
        out.append(f"{node}{_DESCRIPTION}{literal(entity.description, language)} .\n")
    link = entity.link
    if link is not None and link.qid is not None:
        out.append(f"{node}{_CLOSE if link.close else _SAME}{WIKIDATA_NS}{link.qid}> .\n")
    elif link is not None and link.reason is not None:
        out.append(f"{node}{_REASON}{literal(link.reason, language)} .\n")
    out += [f"{node}{_SAME}{iri}> .\n" for iri in dict.fromkeys(entity.same_as)]
    out += [f"{node}{_MEMBER}{base}{slug}> .\n" for slug in dict.fromkeys(entity.members)]
    out += [f"{node}{_ABOUT}{base}{slug}> .\n" for slug in dict.fromkeys(entity.about)]
    if entity.part_of is not None:
        out.append(f"{node}{_PART_OF}{base}{entity.part_of}> .\n")
    return "".join(out)
