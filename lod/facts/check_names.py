"""Checks that what a claim names and says in words stands in its quote, or around it."""

from __future__ import annotations

from collections.abc import Iterable

from lod.diagnostics import allow_form
from lod.facts.context import Context, with_document
from lod.facts.naming import Naming, used_by
from lod.facts.reader import quoted
from lod.facts.text import SourceText
from lod.language.data import primary
from lod.language.inflection import load_inflection, missing_words
from lod.model.anchor import Anchor
from lod.model.claim import Statement
from lod.model.value import EntityValue, TextValue, UnknownValue


def check_names(context: Context, naming: Naming, statement: Statement, folded: str) -> None:
    """Report subjects and values that neither quote, sentence nor paragraph names in any way.

    Args:
        context: the publication.
        naming: how its text calls its entities.
        statement: a claim with anchors.
        folded: its quotes, folded.
    """
    for index, (path, value) in enumerate(statement.placed()):
        if not isinstance(value, EntityValue):
            continue
        slug = value.slug
        if naming.is_named(slug, folded, statement) or _is_around(
            context, naming, statement, slug, folded
        ):
            continue
        entity = context.entities[slug]
        context.report(
            statement,
            "subject-not-in-quote" if index < len(statement.subjects) else "entity-not-in-quote",
            f'neither the quote nor what stands around it names "{slug}" ({entity.label})',
            path,
            "add the words of the text under also: or means:, or say why not: {allow}",
            (slug,),
            with_document(statement.allow, entity.allow),
        )


def _is_around(
    context: Context, naming: Naming, statement: Statement, slug: str, folded: str
) -> bool:
    """Whether the sentence names an entity, or the paragraph, and the quote no other like it."""
    if context.text is None:
        return False
    sentences, paragraphs = _surroundings(context.text, statement.anchors)
    if naming.is_there(slug, sentences, statement):
        return True
    if not naming.is_there(slug, paragraphs, statement):
        return False
    used = used_by(context, statement)
    type_ = context.entities[slug].type
    return not any(
        other.type == type_
        and other.slug not in used
        and naming.is_named_in_form(other.slug, folded, statement)
        for other in context.entities.values()
    )


def _surroundings(text: SourceText, anchors: Iterable[Anchor]) -> tuple[str, str]:
    """The whole sentences that some quotes touch, and the whole paragraphs, in text order."""
    sentences: dict[tuple[int, int], None] = {}
    paragraphs: dict[int, None] = {}
    for anchor in anchors:
        first, last = text.sentence_at(anchor.start), text.sentence_at(anchor.end - 1)
        sentences[first.start, last.end] = None
        paragraphs.update(dict.fromkeys(range(first.paragraph, last.paragraph + 1)))
    spans = [text.paragraphs[number - 1] for number in paragraphs]
    return (
        "\n".join(text.raw[start:end] for start, end in sentences),
        "\n".join(text.raw[span.start : span.end] for span in spans),
    )


def check_wording(context: Context, statement: Statement, quote: str) -> None:
    """Report numbers and content words of a claim's texts that its quote does not have.

    Texts in another language than the document's are not compared.

    Args:
        context: the publication.
        statement: a claim with anchors.
        quote: its quotes.
    """
    language = primary(context.language)
    for path, value in statement.placed():
        if not isinstance(value, TextValue | UnknownValue) or (
            isinstance(value, TextValue) and primary(value.language or language) != language
        ):
            continue
        missing = missing_words(value.text, quote, language)
        if missing:
            which = " and ".join(quoted(word) for word in missing[:3])
            more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
            context.report(
                statement,
                "text-not-in-quote",
                f"the quote does not have {which}{more} of the text {quoted(value.text)}",
                path,
                "write the words of the quote, quote the words that say it, or say why they are"
                " right: {allow}",
                (value.text,),
            )


def check_aliases(context: Context) -> None:
    """Report aliases that are no names, but point back to what the text named before."""
    inflection = load_inflection(primary(context.language))
    for entity in context.entities.values():
        for index, name in enumerate(entity.also):
            if inflection.points_back(name):
                context.reader.findings.add(
                    "alias-anaphor",
                    f"{quoted(name)} is no name of {quoted(entity.slug)}: it means that only here",
                    path=(*entity.path, "also", index)
                    if len(entity.also) > 1
                    else (*entity.path, "also"),
                    hint=f"write it under means: of the claim or document: {name}: {entity.slug};"
                    f" or say why it is a name: {allow_form('alias-anaphor', (name,))}",
                    allow=entity.allow,
                    value=(name,),
                )
