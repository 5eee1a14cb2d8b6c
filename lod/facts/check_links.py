"""Checks the links of a publication against its lock, without a network."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from lod.codes import CODES
from lod.diagnostics import Path, allow_form
from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.links.kinds import allowed_kinds, contradicts, kinds_of_types
from lod.links.lock import Lock, LockedItem
from lod.links.names import ALIKE, best_likeness, comparable, fold_name
from lod.model.entity import Entity, Link
from lod.namespaces import REL_NS, WIKIDATA_NS, shrink
from lod.vocabulary.vocabulary import Vocabulary

_Add = Callable[[str, str, str], None]
_PERSON = REL_NS + "Person"
#: A link that is only near may have another name, but not one without any word in common.
_NEAR = 0.1


def check_links(context: Context, lock: Lock) -> None:
    """Add a finding for each link that the lock does not support.

    Args:
        context: the publication, its entities read.
        lock: its lock.
    """
    for entity in context.entities.values():
        link = entity.link
        if link is not None and link.qid is not None:
            _check_link(context, entity, link, lock.items.get(link.qid))
    _check_unused(context, lock)


def _check_link(context: Context, entity: Entity, link: Link, item: LockedItem | None) -> None:
    path = _path(context, entity, link)

    value = (link.qid or "",)

    def add(code: str, message: str, hint: str) -> None:
        if CODES[code].overrulable:
            hint = hint.format(allow=allow_form(code, value))
        context.reader.findings.add(
            code, message, path=path, hint=hint, allow=entity.allow, value=value
        )

    if item is None:
        add("not-locked", f"{link.qid} is not in the lock", "lod link --update looks it up")
    elif item.merged is not None:
        add(
            "link-merged",
            f"{link.qid} was merged into {item.merged}",
            f"did you mean {item.merged}? write it, and run lod link --update",
        )
    elif item.deleted:
        add(
            "link-deleted",
            f"{link.qid} ({quoted(item.label)}) does not exist, or no longer does",
            "lod link finds candidates if the link is taken out",
        )
    else:
        if not link.close and type_contradicts(entity.type, item, context.vocabulary):
            add(
                "link-type",
                f'"{entity.slug}" is a {shrink(entity.type)}, but {link.qid} '
                f"({quoted(item.label)}) is: {_types(item)}",
                "correct the type or the item; if both are right, say why: {allow}",
            )
        _check_label(entity, link, item, context.vocabulary, add)


def _check_label(
    entity: Entity, link: Link, item: LockedItem, vocabulary: Vocabulary, add: _Add
) -> None:
    ours = entity_names(entity)
    if not comparable(ours, item.names):
        add(
            "link-unlabelled",
            f"{link.qid} has no name in a script of ours, so nothing confirms that it is "
            f"{quoted(entity.label)}",
            "add a label in another language, or say why it is right: {allow}",
        )
        return
    if name_likeness(entity, item.names, vocabulary) < (_NEAR if link.close else ALIKE):
        add(
            "link-label",
            f"{link.qid} is called {quoted(item.label)}, which is unlike {quoted(entity.label)}",
            "is that the item? if it is, add a name of it under also:, or say why: {allow}"
            + _described(item).replace("{", "{{").replace("}", "}}"),
        )


def entity_names(entity: Entity) -> tuple[str, ...]:
    """The names of an entity: its labels and what else the text calls it, each once."""
    return tuple(dict.fromkeys((*entity.labels.values(), *entity.also)))


def name_likeness(entity: Entity, names: tuple[str, ...], vocabulary: Vocabulary) -> float:
    """How alike the names of an entity and of an item are, from 0 to 1."""
    person = _PERSON in vocabulary.superclasses(entity.type)
    return best_likeness(entity_names(entity), names, class_words(entity.type, vocabulary), person)


def class_words(class_iri: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The folded words by which a class is called: they may stand beside a name.

    >>> from lod.vocabulary.vocabulary import load_vocabulary
    >>> sorted(class_words(REL_NS + "City", load_vocabulary()))
    ['city', 'stadt']
    """
    return _class_words(class_iri, vocabulary)


@lru_cache(maxsize=512)
def _class_words(class_iri: str, vocabulary: Vocabulary) -> frozenset[str]:
    known = vocabulary.classes.get(class_iri)
    labels = known.labels.values() if known is not None else ()
    return frozenset(word for label in labels for word in fold_name(label).split())


def type_contradicts(class_iri: str, item: LockedItem, vocabulary: Vocabulary) -> bool:
    """Whether an item cannot be a thing of a class, as its types say.

    Args:
        class_iri: the class of the entity.
        item: the item; nothing contradicts where no type of it is known.
        vocabulary: its mappings to Wikidata count, then the table of kinds.
    """
    if not item.types:
        return False
    above = vocabulary.superclasses(class_iri)
    generic = vocabulary.superclasses(REL_NS + "Thing")
    if not item.foreign and any(
        WIKIDATA_NS + qid in above and WIKIDATA_NS + qid not in generic
        for qid in (*item.types, *item.superclasses)
    ):
        return False
    kinds = kinds_of_types(item.types, item.superclasses, foreign=item.foreign)
    return contradicts(kinds, allowed_kinds(class_iri, vocabulary))


def _path(context: Context, entity: Entity, link: Link) -> Path:
    path = (*entity.path, "wikidata")
    return (*path, "close") if link.close else path


def _types(item: LockedItem) -> str:
    return ", ".join(f"{label} ({qid})" if label else qid for qid, label in item.types.items())


def _described(item: LockedItem) -> str:
    text = item.descriptions.get("en") or next(iter(item.descriptions.values()), "")
    return f"; Wikidata describes it so: {text}" if text else ""


def _check_unused(context: Context, lock: Lock) -> None:
    used = {entity.link.qid for entity in context.entities.values() if entity.link is not None}
    for qid, item in lock.items.items():
        if qid not in used:
            context.reader.findings.add(
                "lock-unused",
                f"no entity is linked to {qid} ({quoted(item.label)})",
                location=lock.locate(("items", qid)),
                hint="lod link --update takes it out",
            )
