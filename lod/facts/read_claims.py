"""Reads the parts `claims:` and `no_fact:` of a facts file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from lod.diagnostics import Path
from lod.facts.context import CLAIM_CODES, Context, read_allow, with_document
from lod.facts.quotes import QuoteProblem, find_quote
from lod.facts.read_values import (
    read_change,
    read_claim_reference,
    read_comparison,
    read_period,
    read_share,
    read_subjects,
    read_values,
)
from lod.facts.reader import Reader, quoted, suggest
from lod.facts.schema import CLAIM, DOCUMENT, NO_FACT, NO_FACT_REASONS, QUOTE
from lod.facts.speakers import SPEAKERS
from lod.model.anchor import Anchor
from lod.model.claim import Modality, Polarity, Statement
from lod.model.facts import NoFact
from lod.model.value import ClaimValue, PeriodValue, Subject, Value
from lod.sources.source import Node

if TYPE_CHECKING:
    from lod.vocabulary.terms import Property

_MODALITIES = {str(modality): modality for modality in Modality}
_POLARITIES = {str(polarity): polarity for polarity in Polarity}


def claim_ids(node: Node) -> frozenset[str]:
    """The ids of all claims, so that one claim may name a later one."""
    if type(node) is not list:
        return frozenset()
    ids = (item.get("id") for item in node if type(item) is dict)
    return frozenset(id_ for id_ in ids if type(id_) is str)


def read_claims(
    context: Context, node: Node
) -> tuple[list[Statement], list[tuple[str, tuple[Anchor, ...]]]]:
    """Read `claims:`.

    Args:
        context: the publication, its entities and claim ids read.
        node: the value of `claims:`.

    Returns:
        The claims without an error, and the anchors of all, for the coverage.
    """
    reader = context.reader
    statements: list[Statement] = []
    covered: list[tuple[str, tuple[Anchor, ...]]] = []
    if type(node) is not list:
        reader.wrong_type(node, ("claims",), "a list of claims")
        _lose_quote(context)
        return statements, covered
    seen: set[str] = set()
    for index, item in enumerate(node):
        path: Path = ("claims", index)
        data = reader.mapping(item, path, CLAIM, "a claim")
        if data is None:
            _lose_quote(context)
            context.lost_claims += 1
            continue
        id_ = reader.slug(data["id"], (*path, "id")) if "id" in data else None
        if id_ is not None and id_ in seen:
            reader.add("duplicate-id", f"two claims have the id {quoted(id_)}", (*path, "id"))
        anchors = _quotes(context, data, path)
        covered.append((id_ or f"claim {index + 1}", anchors))
        if id_ is None:
            id_ = f"#{index + 1}"
        seen.add(id_)
        statement = _statement(context, id_, data, path, anchors)
        if statement is None:
            context.lost_claims += 1
        else:
            statements.append(statement)
    _check_references(context, statements)
    return statements, covered


def _statement(
    context: Context, id_: str, data: dict[str, Node], path: Path, anchors: tuple[Anchor, ...]
) -> Statement | None:
    reader = context.reader
    said_on = _date(reader, data, "saidOn", path)
    property_ = _property(context, data, path)
    subjects: list[tuple[Path, Subject]] = []
    if "subject" in data:
        subjects = read_subjects(context, data["subject"], (*path, "subject"))
    values: list[tuple[Path, Value]] = []
    if "value" in data:
        values = read_values(context, data["value"], (*path, "value"), property_)
    elif "change" not in data and property_ is not None:
        reader.add("missing-value", 'a claim needs a "value" or a "change"', path)
    statement = Statement(
        id=id_,
        subjects=tuple(subject for _, subject in subjects),
        property=property_.iri if property_ is not None else "",
        values=tuple(value for _, value in values),
        said_on=said_on,
        stale_after=_date(reader, data, "staleAfter", path),
        anchors=anchors,
        path=path,
        paths=[at for at, _ in (*subjects, *values)],
    )
    if "share" in data:
        statement.share = read_share(context, data["share"], (*path, "share"))
    if "change" in data:
        statement.change = read_change(context, data["change"], (*path, "change"))
    if "comparedWith" in data:
        at = (*path, "comparedWith")
        statement.compared_with = read_comparison(context, data["comparedWith"], at, said_on)
    if "modality" in data:
        word = reader.option(data["modality"], (*path, "modality"), _MODALITIES)
        statement.modality = _MODALITIES.get(word or "", Modality.STATED)
    if "during" in data:
        ahead = statement.modality.is_ahead
        period = read_period(context, data["during"], (*path, "during"), said_on, ahead)
        statement.during = None if period is None else PeriodValue(period)
    if "with" in data:
        qualifiers = _qualifiers(context, data["with"], (*path, "with"))
        statement.qualifiers = tuple((iri, value) for iri, _, value in qualifiers)
        statement.paths += [at for _, at, _ in qualifiers]
    if "polarity" in data:
        word = reader.option(data["polarity"], (*path, "polarity"), _POLARITIES)
        statement.polarity = _POLARITIES.get(word or "", Polarity.POSITIVE)
    if "means" in data:
        statement.means = context.read_means(data["means"], (*path, "means"))
    said_in = context.versions.get(anchors[0].version, context) if anchors else context
    statement.speakers = _speakers(context, data, path, said_in.author)
    if "denies" in data:
        statement.denies = _claims(context, data["denies"], (*path, "denies"))
    if "replaces" in data:
        statement.replaces = _claims(context, data["replaces"], (*path, "replaces"))
    if "allow" in data:
        statement.allow = read_allow(reader, data["allow"], (*path, "allow"), CLAIM_CODES)
    statement.allow = with_document(statement.allow, context.allow)
    if "note" in data:
        reader.text(data["note"], (*path, "note"))
    if property_ is None or not subjects or not (values or statement.change):
        return None
    return statement


def _date(reader: Reader, data: dict[str, Node], key: str, path: Path) -> str | None:
    return reader.date(data[key], (*path, key)) if key in data else None


def _property(context: Context, data: dict[str, Node], path: Path) -> Property | None:
    if "property" not in data:
        return None
    at = (*path, "property")
    word = context.reader.text(data["property"], at, "a property")
    if word is None:
        return None
    found = context.vocabulary.find_property(word, context.prefixes)
    if found is not None:
        return found if context.reader.check_iri(found.iri, at) else None
    near = context.vocabulary.suggest(word, "property")
    hint = f'did you mean "{near}"? ' * bool(near) + "lod vocab lists the properties"
    prefix, colon, _ = word.partition(":")
    if colon and prefix not in context.prefixes:
        hint = f'declare the prefix "{prefix}" under publication: prefixes:'
    context.reader.add("unknown-property", f"{quoted(word)} is not in the vocabulary", at, hint)
    return None


def _qualifiers(context: Context, node: Node, path: Path) -> list[tuple[str, Path, Value]]:
    reader = context.reader
    if type(node) is not dict:
        reader.wrong_type(node, path, "a mapping of qualifiers to values")
        return []
    found: list[tuple[str, Path, Value]] = []
    for word, value in node.items():
        at = (*path, word)
        qualifier = context.vocabulary.find_qualifier(word, context.prefixes)
        if qualifier is None:
            near = context.vocabulary.suggest(word, "qualifier")
            reader.add_at_key(
                "unknown-qualifier",
                f"{quoted(word)} is no qualifier of the vocabulary",
                at,
                f'did you mean "{near}"? ' * bool(near) + "lod vocab lists the qualifiers",
            )
            continue
        found.extend((qualifier.iri, *one) for one in read_values(context, value, at, qualifier))
    return found


def _speakers(context: Context, data: dict[str, Node], path: Path, author: str) -> tuple[str, ...]:
    if "by" not in data:
        return (author,)
    at = (*path, "by")
    reader = context.reader
    speakers: list[str] = []
    for word, where in reader.texts(data["by"], at, "a speaker"):
        slug = DOCUMENT if word == DOCUMENT else context.entity(word, where)
        if slug is None:
            continue
        if slug in speakers:
            reader.add("circular", f"{quoted(slug)} stands twice in the speaker chain", where)
            continue
        if slug != DOCUMENT:
            entity = context.entities[slug]
            if entity.type and not context.vocabulary.fits(entity.type, SPEAKERS):
                reader.add(
                    "not-a-speaker",
                    f"{quoted(slug)} cannot speak: it is no person, group, organisation, "
                    "country or document",
                    where,
                )
        speakers.append(slug)
    return tuple(speakers) or (author,)


def _claims(context: Context, node: Node, path: Path) -> tuple[str, ...]:
    words = context.reader.texts(node, path, "a claim id")
    found = (read_claim_reference(context, word, where) for word, where in words)
    return tuple(claim.id for claim in found if claim is not None)


def _quotes(context: Context, data: dict[str, Node], path: Path) -> tuple[Anchor, ...]:
    """The anchors of `quote:`, one or several, each with its own context."""
    if "quote" not in data:
        _lose_quote(context)
        return ()
    node = data["quote"]
    at = (*path, "quote")
    if type(node) is dict and node and _is_by_version(context, node):
        _refuse_surroundings(context, data, path)
        return _of_versions(context, node, at)
    return _of_text(context, node, at, data)


def _lose_quote(context: Context) -> None:
    for one in context.all_versions:
        one.lost_quotes += 1


def _is_by_version(context: Context, node: dict[str, Node]) -> bool:
    """Whether a mapping has the quotes of versions, and is not one quote with its context."""
    return QUOTE.keys().isdisjoint(node) and (
        bool(context.versions) or any(key.lower() == context.key for key in node)
    )


def _of_versions(context: Context, node: dict[str, Node], path: Path) -> tuple[Anchor, ...]:
    """The anchors of a mapping of versions to quotes, in the order of the versions."""
    known = {one.key: one for one in context.all_versions}
    found: dict[str, tuple[Anchor, ...]] = {}
    for word, value in node.items():
        at = (*path, word)
        version = known.get(word) or known.get(word.lower())
        if version is None:
            context.reader.add_at_key(
                "unknown-key",
                f"the document has no version {quoted(word)}",
                at,
                suggest(word, [*known, *QUOTE])
                or f"known: {', '.join(known)}; document: versions: names further ones",
            )
            _lose_quote(context)
        elif version.key in found:
            message = f"two quotes are of the version {quoted(version.key)}"
            context.reader.add_at_key("duplicate-key", message, at)
        else:
            found[version.key] = _of_text(version, value, at, {})
    return tuple(anchor for key in known for anchor in found.get(key, ()))


def _refuse_surroundings(context: Context, data: dict[str, Node], path: Path) -> None:
    """Report a prefix, suffix or occurrence that could be of any of several quotes."""
    for key in ("prefix", "suffix", "occurrence"):
        if key in data:
            context.reader.add_at_key(
                "unknown-key",
                f'"{key}" does not say which of several quotes it belongs to',
                (*path, key),
                "write each quote as {exact: …, prefix: …}",
            )


def _of_text(context: Context, node: Node, at: Path, data: dict[str, Node]) -> tuple[Anchor, ...]:
    """The anchors of one quote or several in the text of a context."""
    if type(node) is list:
        if not node:
            context.reader.wrong_type(node, at, "a quote, or a list of quotes")
        found: list[Anchor | None]
        found = [_quote(context, item, (*at, index), {}) for index, item in enumerate(node)]
        _refuse_surroundings(context, data, at[:-1])
    else:
        found = [_quote(context, node, at, data)]
    anchors = tuple(anchor for anchor in found if anchor is not None)
    context.lost_quotes += len(found) - len(anchors)
    return anchors


def _quote(context: Context, node: Node, path: Path, around: dict[str, Node]) -> Anchor | None:
    """One quote; `around` holds its prefix, suffix and occurrence where it is plain text."""
    reader = context.reader
    parent = path[:-1]
    if type(node) is dict:
        data = reader.mapping(node, path, QUOTE, "a quote")
        if data is None or "exact" not in data:
            return None
        node, around, parent = data["exact"], data, path
        path = (*path, "exact")
    quote = reader.text(node, path, "the exact words of the text")
    prefix = suffix = occurrence = None
    if "prefix" in around:
        prefix = reader.text(around["prefix"], (*parent, "prefix"))
    if "suffix" in around:
        suffix = reader.text(around["suffix"], (*parent, "suffix"))
    if "occurrence" in around:
        occurrence = reader.number(around["occurrence"], (*parent, "occurrence"))
    if quote is None or context.text is None:
        return None
    found = find_quote(context.text, quote, prefix=prefix, suffix=suffix, occurrence=occurrence)
    comment = reader.source.comment_after(path)
    if comment is not None and _is_cut(context, quote, comment):
        reader.add(
            "quote-cut",
            f'the quote was cut at " #": {quoted(comment)} follows in the text',
            path,
            "write the quote in the block form: quote: >- and the words on the next line, indented",
        )
        return None
    if isinstance(found, QuoteProblem):
        of_version = f"version {quoted(context.version)}: " if context.version else ""
        reader.add(found.code, of_version + found.message, path, found.hint)
        return None
    return replace(found, version=context.version) if context.version else found


def _is_cut(context: Context, quote: str, comment: str) -> bool:
    """Whether the text goes on with what YAML took for a comment."""
    if context.text is None:
        return False
    longer = find_quote(context.text, f"{quote} {comment}")
    return isinstance(longer, Anchor) or longer.code == "quote-ambiguous"


def _check_references(context: Context, statements: list[Statement]) -> None:
    """Claims that are about, deny or replace each other in a circle are findings."""
    from lod.facts.read_entities import find_circle

    steps: dict[str, list[str]] = {id_: [] for id_ in context.claim_ids}
    for statement in statements:
        named = [v.id for v in statement.subjects + statement.values if isinstance(v, ClaimValue)]
        named += [v.id for _, v in statement.qualifiers if isinstance(v, ClaimValue)]
        steps[statement.id] = [*named, *statement.denies, *statement.replaces]
    reported: set[str] = set()
    for statement in statements:
        if not steps[statement.id]:
            continue
        circle = find_circle(statement.id, lambda id_: steps.get(id_, ()))
        if circle is None or reported & set(circle):
            continue
        reported |= set(circle)
        message = (
            f"{quoted(statement.id)} is about itself"
            if len(circle) == 1
            else f"these claims refer to each other in a circle: {', '.join(circle)}"
        )
        context.reader.add("circular", message, statement.path)


def read_no_facts(context: Context, node: Node) -> list[NoFact]:
    """Read `no_fact:`."""
    reader = context.reader
    if type(node) is not list:
        reader.wrong_type(node, ("no_fact",), "a list of {quote: …, reason: …}")
        _lose_quote(context)
        return []
    found: list[NoFact] = []
    for index, item in enumerate(node):
        path: Path = ("no_fact", index)
        data = reader.mapping(item, path, NO_FACT, "a no_fact")
        if data is None:
            _lose_quote(context)
            continue
        reason = None
        if "reason" in data:
            reason = reader.option(data["reason"], (*path, "reason"), NO_FACT_REASONS)
        anchors = _quotes(context, data, path)
        found.extend(NoFact(anchor, reason or "", path) for anchor in anchors)
    return found
