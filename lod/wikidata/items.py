"""What asking for an id or a name comes to, each outcome with its own type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from lod.bounds import bounded
from lod.wikidata.api import BadAnswerError, is_entity_id, mapping_of, text_of

_RANKS = {"preferred": 0, "normal": 1}
#: The rank of what does not count.
DEPRECATED = 2
#: The longest text that a Wikibase accepts as a label; nothing longer can be found.
MAX_TEXT = 250


class Item(Struct, frozen=True):
    """An item (or property) as the Wikibase has it.

    Attributes:
        qid: its id.
        labels: language code to label; only the languages asked for. "mul" is any language.
        descriptions: language code to description.
        aliases: language code to aliases.
        types: ids of its "instance of", best rank first, without deprecated ones.
        superclasses: ids of its "subclass of", likewise.
        claims: property id to statements, as the API gives them.
        revision: id of the revision, 0 where "info" was not asked for.
        modified: when that was saved ("2026-04-14T06:30:06Z"), "" likewise.
        datatype: of a property ("wikibase-item"); None of an item.
    """

    qid: str
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    superclasses: tuple[str, ...] = ()
    claims: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    revision: int = 0
    modified: str = ""
    datatype: str | None = None

    def label(self, *languages: str) -> str | None:
        """The label in the first of these languages that has one, else any language's, or None.

        >>> Item("Q232", labels={"kk": "Қазақстан", "en": "Kazakhstan"}).label("de", "en")
        'Kazakhstan'
        """
        for language in (*languages, "mul", "en"):
            if language in self.labels:
                return self.labels[language]
        return next(iter(self.labels.values()), None)


class Redirected(Struct, frozen=True):
    """The item was merged into another.

    Attributes:
        qid: the id that was asked for.
        target: the item that it leads to in the end.
        via: the ids in between, in order: where it was merged into one that was itself merged,
            which the API alone calls missing.
    """

    qid: str
    target: Item
    via: tuple[str, ...] = ()


class Missing(Struct, frozen=True):
    """There is no such item, and no log says that there was.

    Attributes:
        qid: the id that was asked for.
        via: the ids in between, where redirects lead nowhere or in a circle.
    """

    qid: str
    via: tuple[str, ...] = ()


class Deleted(Struct, frozen=True):
    """The item was deleted.

    Attributes:
        qid: the id that was asked for.
        when: when it was deleted ("2024-11-27T10:00:00Z").
        comment: the reason that was given, or None where it is hidden.
        via: the ids in between, where it was merged into an item that was then deleted.
    """

    qid: str
    when: str
    comment: str | None = None
    via: tuple[str, ...] = ()


class Malformed(Struct, frozen=True):
    """The id is none; nothing was asked, or the Wikibase itself could not read it.

    Attributes:
        qid: what was given.
    """

    qid: str


class Garbled(Struct, frozen=True):
    """The Wikibase answered, but with no entity that can be read; another time it may.

    Attributes:
        qid: the id that was asked for.
        problem: what is wrong with the answer, as a phrase.
    """

    qid: str
    problem: str


ItemOutcome = Item | Redirected | Missing | Deleted | Malformed | Garbled


def target_of(outcome: ItemOutcome) -> Item | None:
    """The item that an outcome leads to, through redirects; None where there is none.

    >>> target_of(Redirected("Q1", Item("Q2"))).qid
    'Q2'
    >>> target_of(Missing("Q1")) is None
    True
    """
    if isinstance(outcome, Redirected):
        return outcome.target
    return outcome if isinstance(outcome, Item) else None


def parse_item(data: Mapping[str, Any], *, instance_of: str, subclass_of: str) -> Item:
    """Read an entity of an answer.

    Args:
        data: the entity's JSON, of whatever shape.
        instance_of: id of that property.
        subclass_of: id of that property.
    """
    claims = {
        prop: [statement for statement in statements if isinstance(statement, dict)]
        for prop, statements in mapping_of(data.get("claims")).items()
        if isinstance(statements, list)
    }
    revision = data.get("lastrevid")
    return Item(
        qid=text_of(data.get("id")),
        labels=_terms(data.get("labels")),
        descriptions=_terms(data.get("descriptions")),
        aliases={
            language: tuple(
                bounded(text_of(alias.get("value"))) for alias in aliases if isinstance(alias, dict)
            )
            for language, aliases in mapping_of(data.get("aliases")).items()
            if isinstance(aliases, list)
        },
        types=item_values(claims.get(instance_of, ())),
        superclasses=item_values(claims.get(subclass_of, ())),
        claims=claims,
        revision=revision if isinstance(revision, int) else 0,
        modified=text_of(data.get("modified")),
        datatype=text_of(data.get("datatype")) or None,
    )


def item_values(statements: Any) -> tuple[str, ...]:
    """The items that statements give as values, each once, best rank first, no deprecated ones.

    Args:
        statements: statements of one property, as the API gives them.

    >>> value = {"id": "Q5"}
    >>> snak = {"snaktype": "value", "datavalue": {"value": value}}
    >>> item_values([{"mainsnak": snak, "rank": "normal"}, {"mainsnak": snak, "rank": "normal"}])
    ('Q5',)
    """
    return tuple(
        dict.fromkeys(
            qid
            for rank, value in ranked_values(statements)
            if rank < DEPRECATED and is_entity_id(qid := text_of(value.get("id")))
        )
    )


def ranked_values(statements: Any) -> list[tuple[int, dict[str, Any]]]:
    """The values of statements that are objects, each with its rank, the best first.

    Args:
        statements: statements of one property, as the API gives them.

    Returns:
        Pairs of rank (0 preferred, 1 normal, 2 neither) and value.
    """
    ranked = [
        (
            _RANKS.get(statement.get("rank", "normal"), DEPRECATED),
            mapping_of(mapping_of(statement.get("mainsnak")).get("datavalue")).get("value"),
        )
        for statement in statements
    ]
    objects = [(rank, value) for rank, value in ranked if isinstance(value, dict)]
    return sorted(objects, key=lambda pair: pair[0])


def _terms(value: object) -> dict[str, str]:
    return {
        bounded(language): bounded(text_of(term.get("value")))
        for language, term in mapping_of(value).items()
        if isinstance(term, dict)
    }


class Candidate(Struct, frozen=True):
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
        label=bounded(text_of(result.get("label"))),
        description=bounded(text_of(result.get("description"))),
        match_type=text_of(match.get("type")),
        match_text=bounded(text_of(match.get("text"))),
        match_language=text_of(match.get("language")),
        aliases=tuple(bounded(text_of(one)) for one in aliases)
        if isinstance(aliases, list)
        else (),
    )
