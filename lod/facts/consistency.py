"""Checks what a claim says against the words that it quotes."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lod.diagnostics import Path
from lod.facts.context import Context
from lod.facts.markers import find_manner
from lod.facts.naming import Naming, contains_words, fold
from lod.facts.periods import languages, match_period
from lod.facts.quantities import (
    Mismatch,
    format_change,
    format_quantity,
    is_supported,
    match_change,
    match_quantity,
)
from lod.facts.reader import quoted
from lod.model.claim import (
    ChangeValue,
    Comparison,
    EntityValue,
    Modality,
    PeriodValue,
    Polarity,
    QuantityValue,
    Statement,
    Value,
)

_CODES = {
    Mismatch.NUMBER: "value-not-in-quote",
    Mismatch.UNIT: "unit-not-in-quote",
    Mismatch.HEDGE: "hedge-not-in-quote",
}


class Consistency:
    """Checks the claims of one publication against their quotes.

    Args:
        context: the publication, all its parts read.
    """

    __slots__ = ("_context", "_language", "_naming", "_numbers", "_times")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._naming = Naming(context)
        self._language = context.language.partition("-")[0].lower()
        # In a language without data, nothing can be said of numbers and times in a quote.
        self._numbers = is_supported(context.language)
        self._times = self._language in languages()

    def check(self, statement: Statement) -> None:
        """Report where a statement and its quotes disagree; fill in the wordings that agree.

        Args:
            statement: a statement; without anchors there is nothing to compare.
        """
        if not statement.anchors:
            return
        quote = " … ".join([anchor.exact for anchor in statement.anchors])
        self._check_names(statement, quote)
        self._check_manner(statement, quote)
        path = statement.path
        if any(isinstance(value, QuantityValue | PeriodValue) for value in statement.values):
            several = len(statement.values) > 1
            statement.values = tuple(
                self._value(
                    statement, quote, value, (*path, "value", n) if several else (*path, "value")
                )
                for n, value in enumerate(statement.values)
            )
        if statement.share is not None:
            at = (*path, "share")
            statement.share = self._quantity(statement, quote, statement.share, at)
        if statement.change is not None:
            at = (*path, "change")
            statement.change = self._change(statement, quote, statement.change, at)
        if statement.compared_with is not None:
            statement.compared_with = self._comparison(statement, quote, statement.compared_with)
        if statement.during is not None:
            at = (*path, "during")
            statement.during = self._period(statement, quote, statement.during, at)
        if statement.qualifiers:
            statement.qualifiers = tuple(
                (iri, self._value(statement, quote, value, (*path, "with")))
                for iri, value in statement.qualifiers
            )

    def _add(
        self,
        statement: Statement,
        code: str,
        message: str,
        path: Path,
        hint: str | None = None,
    ) -> None:
        self._context.reader.findings.add(
            code,
            message,
            path=path,
            hint=hint or f"if it is right, say why: allow: {{{code}: reason}}",
            claim=statement.id,
            quote=statement.anchors[0].exact,
            allow=statement.allow,
        )

    def _check_names(self, statement: Statement, quote: str) -> None:
        """Report subjects and values that the quote does not name in any known way."""
        folded = _fold(quote)
        for values, code, key in (
            (statement.subjects, "subject-not-in-quote", "subject"),
            (statement.values, "entity-not-in-quote", "value"),
        ):
            for value in values:
                if not isinstance(value, EntityValue) or self._naming.is_named(
                    value.slug, folded, statement
                ):
                    continue
                label = self._context.entities[value.slug].label
                self._add(
                    statement,
                    code,
                    f'the quote does not name "{value.slug}" ({label})',
                    (*statement.path, key),
                    f"add the words of the quote under also: or means:, or allow: {{{code}: "
                    "reason}",
                )

    def _check_manner(self, statement: Statement, quote: str) -> None:
        """Report words of plan, doubt, judgement or denial that the claim does not reflect."""
        found, denial = find_manner(quote, self._language)
        if found is not None and statement.modality is Modality.STATED:
            modality, word = found
            self._add(
                statement,
                "modality-mismatch",
                f"the quote says {quoted(word)}, but the claim is stated as a fact",
                statement.path,
                f"write modality: {modality}, or say why it is a fact: "
                "allow: {modality-mismatch: reason}",
            )
        if denial is not None and statement.polarity is Polarity.POSITIVE:
            self._add(
                statement,
                "polarity-mismatch",
                f"the quote says {quoted(denial)}, but the claim denies nothing",
                statement.path,
                "write polarity: negative, or say why not: allow: {polarity-mismatch: reason}",
            )

    def _value(self, statement: Statement, quote: str, value: Value, path: Path) -> Value:
        if isinstance(value, QuantityValue):
            return self._quantity(statement, quote, value, path)
        if isinstance(value, PeriodValue):
            return self._period(statement, quote, value, path)
        return value

    def _quantity(
        self, statement: Statement, quote: str, value: QuantityValue, path: Path
    ) -> QuantityValue:
        """Report a quantity that the quote does not state; else note its words."""
        if value.wording is not None:
            self._check_words(statement, quote, value.wording, "value-not-in-quote", path)
            return value
        if not self._numbers:
            return value
        result = match_quantity(value.quantity, quote, self._context.language)
        if result.mismatch is None and result.match is not None:
            return replace(value, wording=quote[result.match.start : result.match.end])
        stated = format_quantity(value.quantity, self._language)
        if result.match is None:
            message = f"the quote does not state {quoted(stated)}"
        else:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(stated)}, the quote {quoted(found)}"
        code = _CODES[result.mismatch or Mismatch.NUMBER]
        self._add(statement, code, message, path)
        return value

    def _change(
        self, statement: Statement, quote: str, value: ChangeValue, path: Path
    ) -> ChangeValue:
        """Report a change that the quote does not state; else note its words."""
        if not self._numbers:
            return value
        result = match_change(value.change, quote, self._context.language)
        if result.mismatch is None and result.match is not None:
            return replace(value, wording=quote[result.match.start : result.match.end])
        stated = format_change(value.change, self._language)
        if result.match is None:
            message = f"the quote does not state the change {quoted(stated)}"
        else:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(stated)}, the quote {quoted(found)}"
        self._add(statement, _CODES[result.mismatch or Mismatch.NUMBER], message, path)
        return value

    def _period(
        self, statement: Statement, quote: str, value: PeriodValue, path: Path
    ) -> PeriodValue:
        """Report a period that the quote does not name; else note its words."""
        if not self._times:
            return value
        reference = statement.said_on or self._context.reference
        result = match_period(value.period, quote, reference, self._context.language)
        if result.match is not None and result.agrees:
            return replace(value, wording=quote[result.match.start : result.match.end])
        said = value.period.words or value.period.edtf or ""
        message = f"the quote does not name the period {quoted(said)}"
        if result.match is not None:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(said)}, the quote {quoted(found)}"
        self._add(statement, "period-not-in-quote", message, path)
        return value

    def _comparison(self, statement: Statement, quote: str, value: Comparison) -> Comparison:
        path = (*statement.path, "comparedWith")
        quantity, period = value.value, value.period
        if quantity is not None:
            quantity = self._quantity(statement, quote, quantity, (*path, "value"))
        if period is not None:
            period = self._period(statement, quote, period, path)
        return Comparison(period, quantity)

    def _check_words(
        self, statement: Statement, quote: str, words: str, code: str, path: Path
    ) -> None:
        """Report words that are said to be the quote's and are not."""
        if not contains_words(_fold(quote), fold(words)):
            self._add(statement, code, f"the quote does not say {quoted(words)}", path)


@lru_cache(maxsize=512)
def _fold(quote: str) -> str:
    return fold(quote)
