"""What a search for a name finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lod.wikidata.errors import BadAnswerError
from lod.wikidata.json_body import mapping_of, text_of
from lod.wikidata.outcomes import is_entity_id

#: The longest text that a Wikibase accepts as a label; nothing longer can be found.
MAX_TEXT = 250


@dataclass(frozen=True, slots=True)
class Candidate:
    """One item that a search found.

    Attributes:
        qid: its id.
        label: its label in the language of the search or a fallback; "" where there is none.
        description: its description, likewise.
        match_type: what matched: "label", "alias" or "entityId".
        match_text: the name that matched.
        match_language: language code of that name ("mul" is any language).
        aliases: those aliases that matched.
    """

    qid: str
    label: str
    description: str
    match_type: str
    match_text: str
    match_language: str
    aliases: tuple[str, ...] = ()


def read_candidates(envelope: Mapping[str, Any], entity: str) -> list[Candidate]:
    """The candidates of an answer of `wbsearchentities`, in its order.

    Args:
        envelope: the answer.
        entity: IRI under which the items are expected to be named.

    Raises:
        BadAnswerError: it has none of the promised shape, or its items are named otherwise, so
            that they would be pinned as those of another Wikibase.
    """
    found = envelope.get("search")
    if not isinstance(found, list):
        raise BadAnswerError("the answer of the search has no list of results")
    for result in map(mapping_of, found):
        iri = text_of(result.get("concepturi"))
        if iri and iri != entity + text_of(result.get("id")):
            raise BadAnswerError(
                f"this Wikibase calls an item {iri[:200]}, not {entity}Q…",
                hint="name the IRI of its items: --entity-base",
            )
    return [_candidate(mapping_of(result)) for result in found]


def _candidate(result: Mapping[str, Any]) -> Candidate:
    qid = text_of(result.get("id"))
    if not is_entity_id(qid):
        raise BadAnswerError(f"the answer of the search has the id {qid!r}")
    match = mapping_of(result.get("match"))
    aliases = result.get("aliases")
    return Candidate(
        qid=qid,
        label=text_of(result.get("label")),
        description=text_of(result.get("description")),
        match_type=text_of(match.get("type")),
        match_text=text_of(match.get("text")),
        match_language=text_of(match.get("language")),
        aliases=tuple(map(text_of, aliases)) if isinstance(aliases, list) else (),
    )
