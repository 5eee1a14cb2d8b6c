"""Checks how many claims one statement makes, and one quote carries."""

from __future__ import annotations

from collections.abc import Sequence

from lod.facts.context import Context
from lod.facts.reader import quoted
from lod.language.data import primary
from lod.language.inflection import words_of
from lod.language.normalization import lower
from lod.language.speech import load_speech
from lod.model.anchor import Anchor
from lod.model.claim import Statement
from lod.model.expansion import Expansion
from lod.model.value import ClaimValue, QuantityValue

_MANY = 4  # statements that one quote may carry, however short it is
_WORDS_EACH = 3  # words of a quote for each further statement


def check_lists(context: Context, statement: Statement, quote: str) -> None:
    """Report lists of which every combination is meant, where the quote means less.

    Args:
        context: the publication.
        statement: a claim with anchors.
        quote: its quotes.
    """
    words = load_speech(primary(context.language))
    if words is None or len(statement.subjects) < 2:
        return
    if len(statement.values) > 1 and (found := words.pairing.search(lower(quote))):
        message = (
            f"the quote pairs its lists ({quoted(found.group())}), but the claim says each of"
            f" {len(statement.values)} values of each of {len(statement.subjects)} subjects"
        )
        hint = "write a claim for each pair, or say why all are meant: {allow}"
    elif any(isinstance(value, QuantityValue) for value in statement.values) and (
        found := words.together.search(lower(quote))
    ):
        message = (
            f"the quote gives one amount of all together ({quoted(found.group())}), but the claim"
            f" says it of each of {len(statement.subjects)} subjects"
        )
        hint = (
            "make them an entity of the type Group with members:, or say why each has it: {allow}"
        )
    else:
        return
    context.report(statement, "too-many-claims", message, (*statement.path, "subject"), hint)


def check_multiplied(context: Context, statements: Sequence[Statement]) -> None:
    """Report claims about a list of claims, and quotes that carry many statements.

    Args:
        context: the publication.
        statements: all its claims, each without an error, and none about itself.
    """
    expansion = Expansion(statements)
    carried: dict[tuple[tuple[int, int], ...], list[Statement]] = {}
    for statement in statements:
        # Versions of a text carry the same: the first one that is quoted stands for all.
        quotes = tuple((anchor.start, anchor.end) for anchor in _first_quotes(statement))
        carried.setdefault(quotes, []).append(statement)
        for path, value in statement.placed()[: len(statement.subjects) + len(statement.values)]:
            if isinstance(value, ClaimValue) and (count := len(expansion.ids(value.id))) > 1:
                context.report(
                    statement,
                    "too-many-claims",
                    f"{quoted(value.id)} stands for {count} claims: this is said of each of them",
                    path,
                    "if the list is meant as a whole, make it one claim about a Group; if each is"
                    " meant, say so: {allow}",
                )
    for of_quote in carried.values():
        if len(of_quote) <= _MANY:
            continue
        statement = of_quote[-1]
        words = sum(len(words_of(anchor.exact)) for anchor in _first_quotes(statement))
        if statement.anchors and len(of_quote) > max(_MANY, words // _WORDS_EACH):
            context.report(
                statement,
                "quote-crowded",
                f"{len(of_quote)} claims rest on the same {words} words",
                (*statement.path, "quote"),
                "quote for each claim the words that carry it, or say why all of them are needed:"
                " {allow}",
            )


def _first_quotes(statement: Statement) -> tuple[Anchor, ...]:
    """The quotes in the first text that a statement quotes."""
    return statement.anchors_in(statement.anchors[0].version) if statement.anchors else ()
