"""Asks a reconciliation service for candidates, beside the search that always works."""

from __future__ import annotations

from collections.abc import Sequence

from lod.model.entity import Entity
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.candidates import Proposer
from lod.wikidata.client import Client
from lod.wikidata.reconcile import ReconcileQuery


def reconciliation(client: Client, vocabulary: Vocabulary, language: str) -> Proposer:
    """What proposes candidates from the service of a client's Wikibase.

    Args:
        client: of a Wikibase with a reconciliation service.
        vocabulary: its mappings say which class of Wikidata to ask for.
        language: of the names.
    """

    def propose(entities: Sequence[Entity]) -> list[list[str]]:
        queries = [
            ReconcileQuery(entity.label, type=wikidata_class(entity.type, vocabulary))
            for entity in entities
        ]
        answers = client.reconcile(queries, language)
        return [[candidate.qid for candidate in candidates] for candidates in answers]

    return propose


def wikidata_class(class_iri: str, vocabulary: Vocabulary) -> str | None:
    """The class of Wikidata that is the same as one of ours, or None.

    >>> from lod.vocabulary.vocabulary import load_vocabulary
    >>> wikidata_class("https://w3id.org/lod-facts/relations#City", load_vocabulary())
    'Q515'
    """
    known = vocabulary.classes.get(class_iri)
    if known is None:
        return None
    return next((qid for qid, strength in known.wikidata if strength == "equivalent"), None)
