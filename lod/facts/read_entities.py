"""Reads the part `entities:` of a facts file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lod.diagnostics import Path
from lod.facts.context import ENTITY_CODES, Context, read_allow, with_document
from lod.facts.reader import quoted, slug_hint
from lod.facts.schema import DOCUMENT, ENTITY, LINK
from lod.model.entity import Entity, Link, Number
from lod.rdf.iri import slug_problem
from lod.sources.source import Node

_NUMBERS = {str(number): number for number in Number}


def read_entities(context: Context, node: Node) -> None:
    """Read `entities:` into `context.entities`; what they refer to is checked last.

    Args:
        context: the publication; its vocabulary and prefixes are needed.
        node: the value of `entities:`.
    """
    reader = context.reader
    at: Path = ("entities",)
    if type(node) is not dict:
        reader.wrong_type(node, at, "a mapping of slugs to entities")
        return
    nodes: dict[str, dict[str, Node]] = {}
    for slug, value in node.items():
        path = (*at, slug)
        problem = slug_problem(slug)
        if slug == DOCUMENT:
            problem = "is the word for the text itself"
        if problem is not None:
            reader.add_at_key("bad-id", f"{quoted(slug)} {problem}", path, slug_hint(slug))
        # A broken entity is kept, so that its uses are not reported as unknown.
        nodes[slug] = reader.mapping(value, path, ENTITY, "an entity") or {}
        context.entities[slug] = _entity(context, slug, nodes[slug], path)
    for slug, data in nodes.items():
        _references(context, context.entities[slug], data)
    _check_circles(context)
    _check_items(context)


def _entity(context: Context, slug: str, data: dict[str, Node], path: Path) -> Entity:
    reader = context.reader
    labels = {}
    if "label" in data:
        labels = reader.localized(data["label"], (*path, "label"), context.language)
    type_ = None
    if "type" in data:
        type_ = _class(context, data["type"], (*path, "type"))
    entity = Entity(slug, type_ or "", labels, path=path)
    if "article" in data:
        entity.article = reader.text(data["article"], (*path, "article"))
    if "inSentence" in data:
        at = (*path, "inSentence")
        entity.in_sentence = reader.localized(data["inSentence"], at, context.language)
    if "number" in data:
        word = reader.option(data["number"], (*path, "number"), _NUMBERS)
        entity.number = _NUMBERS.get(word or "")
    if "pronoun" in data:
        entity.pronoun = reader.text(data["pronoun"], (*path, "pronoun"))
    if "also" in data:
        entity.also = tuple(name for name, _ in reader.texts(data["also"], (*path, "also")))
    if "description" in data:
        entity.description = reader.text(data["description"], (*path, "description"))
    if "wikidata" in data:
        entity.link = _link(context, data["wikidata"], (*path, "wikidata"))
    if "sameAs" in data:
        iris = reader.texts(data["sameAs"], (*path, "sameAs"), "an IRI")
        entity.same_as = tuple(iri for iri, where in iris if reader.iri(iri, where) is not None)
    if "allow" in data:
        entity.allow = read_allow(reader, data["allow"], (*path, "allow"), ENTITY_CODES)
    entity.allow = with_document(entity.allow, context.allow)
    return entity


def _class(context: Context, node: Node, path: Path) -> str | None:
    reader = context.reader
    word = reader.text(node, path, "a class")
    if word is None:
        return None
    found = context.vocabulary.find_class(word, context.prefixes)
    if found is not None:
        return found.iri if reader.check_iri(found.iri, path) else None
    near = context.vocabulary.suggest(word, "class")
    reader.add(
        "unknown-type",
        f"{quoted(word)} is no class of the vocabulary",
        path,
        f'did you mean "{near}"? ' * bool(near) + "lod vocab lists the classes",
    )
    return None


def _link(context: Context, node: Node, path: Path) -> Link | None:
    reader = context.reader
    if type(node) is not dict:
        qid = reader.qid(node, path)
        return None if qid is None else Link(qid)
    data = reader.mapping(node, path, LINK, "a link")
    if data is None:
        return None
    if len(data) != 1:
        reader.wrong_type(node, path, "an item id, or one of {none: reason}, {close: Q…}")
        return None
    ((key, value),) = data.items()
    if key == "none":
        reason = reader.text(value, (*path, key), "the reason why there is no item")
        return None if reason is None else Link(None, reason=reason)
    qid = reader.qid(value, (*path, key))
    return None if qid is None else Link(qid, close=key == "close")


def _references(context: Context, entity: Entity, data: dict[str, Node]) -> None:
    at = entity.path
    if "members" in data:
        entity.members = context.entity_list(data["members"], (*at, "members"))
    if "about" in data:
        entity.about = context.entity_list(data["about"], (*at, "about"))
    if "partOf" in data:
        word = context.reader.text(data["partOf"], (*at, "partOf"), "an entity")
        if word is not None:
            entity.part_of = context.entity(word, (*at, "partOf"))


def _check_circles(context: Context) -> None:
    entities = context.entities
    wholes = {s: (e.part_of,) if e.part_of else () for s, e in entities.items()}
    members = {slug: entity.members for slug, entity in entities.items()}
    for key, word, steps in (("partOf", "part", wholes), ("members", "member", members)):
        reported: set[str] = set()
        for slug, entity in entities.items():
            if not steps[slug]:
                continue
            circle = find_circle(slug, steps.__getitem__)
            if circle is None or reported & set(circle):
                continue
            reported |= set(circle)
            message = (
                f'"{slug}" is a {word} of itself'
                if len(circle) == 1
                else f"these are {word}s of each other in a circle: {', '.join(circle)}"
            )
            context.reader.add("circular", message, (*entity.path, key))


def find_circle(start: str, follow: Callable[[str], Iterable[str]]) -> list[str] | None:
    """The way from `start` back to itself, or None.

    Args:
        start: where to begin.
        follow: gives the next steps of a step.

    Returns:
        The steps of the circle, `start` first and not repeated.

    >>> find_circle("a", {"a": ["b"], "b": ["c", "a"], "c": []}.__getitem__)
    ['a', 'b']
    """
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        step = waiting.pop()
        for following in follow(step):
            if following == start:
                way = [step]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if following not in came_from:
                came_from[following] = step
                waiting.append(following)
    return None


def _check_items(context: Context) -> None:
    seen: dict[str, str] = {}
    for slug, entity in context.entities.items():
        link = entity.link
        if link is None or link.qid is None or link.close:
            continue
        if link.qid in seen:
            context.reader.add(
                "duplicate-item",
                f'"{slug}" and "{seen[link.qid]}" are both the item {link.qid}',
                (*entity.path, "wikidata"),
                "make them one entity, or use {close: Q…} for the one that is only near",
            )
        seen.setdefault(link.qid, slug)
