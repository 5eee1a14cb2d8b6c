"""Checks what a claim says against the words that it quotes."""

from __future__ import annotations

from collections import Counter
from datetime import date

from msgspec.structs import replace

from lod.diagnostics import Path
from lod.facts.check_manner import MannerCheck
from lod.facts.check_multiplied import check_lists
from lod.facts.check_names import check_names, check_wording
from lod.facts.context import Context
from lod.facts.naming import Naming, contains_words, fold
from lod.facts.reader import quoted
from lod.facts.speakers import SpeakerCheck
from lod.language.data import languages, primary
from lod.language.periods import match_period, match_years
from lod.language.quantities import (
    NOT_A_VALUE,
    NOT_COMPARED,
    MatchResult,
    Mismatch,
    Role,
    find_quantities,
    format_change,
    format_quantity,
    is_supported,
    match_change,
    match_digits,
    match_quantity,
)
from lod.model.claim import Statement
from lod.model.period import Period
from lod.model.quantity import Quantity
from lod.model.value import (
    ChangeValue,
    Comparison,
    PeriodValue,
    QuantityValue,
    TextValue,
    UnknownValue,
    Value,
)
from lod.patterns import lazy

_CODES = {
    Mismatch.NUMBER: "value-not-in-quote",
    Mismatch.ROLE: "value-not-in-quote",
    Mismatch.UNIT: "unit-not-in-quote",
    Mismatch.HEDGE: "hedge-not-in-quote",
}


#: What is compared with the quote by the data of a language: the kind of its data, by the words
#: for what is not compared without it.
UNCHECKED = {
    "values": "quantities",
    "hedges": "quantities",
    "periods": "periods",
    "denials": "markers",
    "plans": "markers",
    "speakers": "speech",
    "conditions": "speech",
    "lists": "speech",
}


class Consistency:
    """Checks the claims of one publication against their quotes.

    Args:
        context: the publication, all its parts read.
        own_language: the language of the document's own text, where `context` is of another one.
    """

    __slots__ = (
        "_context",
        "_is_translated",
        "_language",
        "_manner",
        "_naming",
        "_numbers",
        "_speakers",
        "_times",
        "unchecked",
    )

    def __init__(self, context: Context, own_language: str | None = None) -> None:
        self._context = context
        self._naming = Naming(context)
        self._manner = MannerCheck(context, self._naming)
        self._speakers = SpeakerCheck(context, self._naming)
        self._language = primary(context.language)
        # Words of the facts in the language of the document's own text stand in no translation.
        self._is_translated = self._language != primary(own_language or context.language)
        # In a language without data, nothing can be said of numbers and times in a quote.
        self._numbers = is_supported(context.language)
        self._times = self._language in languages("periods")
        #: What is not compared for want of data, and how often, where there are no data; the keys
        #: are those of `UNCHECKED`.
        self.unchecked: Counter[str] = Counter()

    def check(self, statement: Statement) -> None:
        """Report where a statement and its quotes disagree; fill in the wordings that agree.

        Args:
            statement: a statement; without anchors there is nothing to compare.
        """
        if not statement.anchors:
            return
        quote = " … ".join([anchor.exact for anchor in statement.anchors])
        check_names(self._context, self._naming, statement, fold(quote))
        path, first = statement.path, len(statement.subjects)
        last = first + len(statement.values)
        not_as = _not_a_value(statement)
        values = [
            self._value(statement, quote, value, at, not_as if n < last else frozenset())
            for n, (at, value) in enumerate(statement.placed())
        ]
        statement.values = tuple(values[first:last])
        qualifiers = zip(statement.qualifiers, values[last:], strict=True)
        statement.qualifiers = tuple((iri, value) for (iri, _), value in qualifiers)
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
        self.unchecked.update(("denials", "plans", "speakers", "conditions"))
        self.unchecked["lists"] += len(statement.subjects) > 1
        # Last, since what the claim carries was found in the quote by now.
        self._manner.check(statement, quote)
        self._speakers.check(statement)
        if self._is_translated:
            texts = [one for one in statement.things() if isinstance(one, TextValue | UnknownValue)]
            self.unchecked["texts"] += len(texts)
        else:
            check_wording(self._context, statement, quote)
        check_lists(self._context, statement, quote)

    def report_unchecked(self) -> dict[str, int]:
        """Say in one warning what was not compared for want of data of the language.

        Returns:
            How often each thing was not; empty where the language has all data.
        """
        words = ("texts", "times in words")
        if in_words := {name: self.unchecked[name] for name in words if self.unchecked[name]}:
            counts = ", ".join(f"{name} ({count})" for name, count in in_words.items())
            self._context.reader.add(
                "version-not-compared",
                f"the facts say these in words of another language than the version "
                f"{quoted(self._context.version)}: {counts}",
                self._context.path,
                "hold them against this version yourself",
            )
        missing = {
            name: self.unchecked[name]
            for name, kind in UNCHECKED.items()
            if self._language not in languages(kind)
        }
        if missing:
            counts = ", ".join(f"{name} ({count})" for name, count in missing.items())
            lost = ", and the claims that could not be read" if self._context.lost_claims else ""
            self._context.reader.add(
                "not-checked",
                f"lod has no data for the language {quoted(self._context.language)}; not compared "
                f"with the quotes: {counts}{lost}",
                (*self._context.path, "language"),
                "hold them against the text yourself; only bare digits, percentages, codes of "
                "money and four-digit years were compared",
            )
        return missing | in_words

    def _value(
        self,
        statement: Statement,
        quote: str,
        value: Value,
        path: Path,
        not_as: frozenset[Role] = frozenset(),
    ) -> Value:
        if isinstance(value, QuantityValue):
            return self._quantity(statement, quote, value, path, not_as)
        if isinstance(value, PeriodValue):
            return self._period(statement, quote, value, path)
        return value

    def _quantity(
        self,
        statement: Statement,
        quote: str,
        value: QuantityValue,
        path: Path,
        not_as: frozenset[Role] = frozenset(),
    ) -> QuantityValue:
        """Report a quantity that the quote does not state; else note its words."""
        self._check_size(statement, value.quantity, path)
        if value.wording is not None:
            self._check_words(statement, quote, value.wording, "value-not-in-quote", path)
            if self._numbers and not find_quantities(value.wording, self._context.language):
                return value  # words that only a person can read
            quote = value.wording
        if self._numbers:
            result = match_quantity(value.quantity, quote, self._context.language, not_as)
            if (
                result.mismatch is Mismatch.ROLE
                and not_as != NOT_COMPARED
                and self._has_own_time(statement, quote, result)
            ):
                result = MatchResult(result.match, None)
        else:
            self.unchecked["hedges"] += 1
            compared = match_digits(value.quantity, quote)
            if compared is None:
                self.unchecked["values"] += 1
                return value
            result = compared
        if result.mismatch is None and result.match is not None:
            return replace(
                value, wording=value.wording or quote[result.match.start : result.match.end]
            )
        stated = format_quantity(value.quantity, self._language)
        found = None
        if result.match is None:
            message = f"the quote does not state {quoted(stated)}"
        else:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(stated)}, the quote {quoted(found)}"
            if result.mismatch is Mismatch.ROLE:
                other = "the value" if not_as == NOT_COMPARED else "what the value is compared with"
                message = f"the quote has {quoted(found)} as {other}"
        code = _CODES[result.mismatch or Mismatch.NUMBER]
        self._context.report(statement, code, message, path, found=found)
        return value

    def _check_size(self, statement: Statement, quantity: Quantity, path: Path) -> None:
        """Report a number that is right, and that stores and engines get wrong."""
        if (number := quantity.beyond_stores) is not None:
            self._context.report(
                statement,
                "number-beyond-stores",
                f"many stores drop, round or turn round {number:,f}: they hold integers below "
                "2^63 and 18 digits after the point",
                path,
                "use a larger unit (trillion, tonnes), or say why it stays: {allow}",
            )

    def _has_own_time(self, statement: Statement, quote: str, result: MatchResult) -> bool:
        """Whether the period of a claim stands behind the old amount: "from 5 percent in 2018"."""
        if statement.during is None or result.match is None or not self._times:
            return False
        reference = statement.said_on or self._context.reference
        end = result.match.end
        behind = _BEFORE_NEXT.match(quote, end)
        found = match_period(
            statement.during.period, behind[0] if behind else "", reference, self._context.language
        )
        return found.agrees and (found.exact or found.some_year)

    def _change(
        self, statement: Statement, quote: str, value: ChangeValue, path: Path
    ) -> ChangeValue:
        """Report a change that the quote does not state; else note its words."""
        if value.change.amount is not None:
            self._check_size(statement, value.change.amount, path)
        if not self._numbers:
            self.unchecked["values"] += 1
            return value
        result = match_change(value.change, quote, self._context.language)
        if result.mismatch is None and result.match is not None:
            return replace(value, wording=quote[result.match.start : result.match.end])
        stated = format_change(value.change, self._language)
        found = None
        if result.match is None:
            message = f"the quote does not state the change {quoted(stated)}"
            if result.unknown is not None:
                message += f": {quoted(result.unknown)} is not known as a word of change"
        else:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(stated)}, the quote {quoted(found)}"
        code = _CODES[result.mismatch or Mismatch.NUMBER]
        self._context.report(statement, code, message, path, found=found)
        return value

    def _period(
        self, statement: Statement, quote: str, value: PeriodValue, path: Path
    ) -> PeriodValue:
        """Report a period that the quote does not name; else note its words."""
        if value.period.edtf is None and self._is_translated:
            self.unchecked["times in words"] += 1
            return value
        if self._times:
            reference = statement.said_on or self._context.reference
            is_compared = path[-1] == "comparedWith"
            result = match_period(
                value.period,
                quote,
                reference,
                self._context.language,
                statement.modality.is_ahead if path[-1] == "during" else None,
                statement.during.period.end if is_compared and statement.during else None,
            )
        elif (compared := match_years(value.period, quote)) is not None:
            result = compared
        else:
            self.unchecked["periods"] += 1
            return value
        known = not result.some_year or self._is_known_year(statement, value.period)
        if result.match is not None and result.agrees and known:
            return replace(value, wording=quote[result.match.start : result.match.end])
        said = value.period.words or value.period.edtf or ""
        found = None
        message = f"the quote does not name the period {quoted(said)}"
        if result.match is not None:
            found = quote[result.match.start : result.match.end]
            message = f"the claim says {quoted(said)}, the quote {quoted(found)}"
            if not known:
                message = (
                    f"the quote {quoted(found)} names no year, and its paragraph not that of the "
                    "claim"
                )
        self._context.report(statement, "period-not-in-quote", message, path, found=found)
        return value

    def _is_known_year(self, statement: Statement, period: Period) -> bool:
        """Whether a year that the quote leaves out is the one next to the text's date.

        That is the last one in a report, and the last or the next in a plan. Else the paragraphs
        of the quotes have to name it.
        """
        reference = statement.said_on or self._context.reference
        days = [day for day in (period.start, period.end) if day is not None]
        text = self._context.text
        if reference is None or not days or text is None:
            return True
        if not days[0].startswith("-"):  # which no `date` reaches
            away = (date.fromisoformat(days[0]) - date.fromisoformat(reference)).days
            if -_YEAR < away <= (0 if statement.modality.is_ahead is False else _YEAR):
                return True
        spans = [text.paragraphs[text.paragraph_at(one.start) - 1] for one in statement.anchors]
        named = " ".join([text.raw[span.start : span.end] for span in spans])
        return any(day[:4] in named for day in days)

    def _comparison(self, statement: Statement, quote: str, value: Comparison) -> Comparison:
        path = (*statement.path, "comparedWith")
        quantity, period = value.value, value.period
        if quantity is not None:
            quantity = self._quantity(statement, quote, quantity, (*path, "value"), NOT_COMPARED)
            self._check_own_time(statement, quote, quantity)
        if period is not None:
            period = self._period(statement, quote, period, path)
        return Comparison(period, quantity)

    def _check_own_time(self, statement: Statement, quote: str, compared: QuantityValue) -> None:
        """Report a period that stands behind what the value is compared with, not the value."""
        language = self._context.language
        value = next((one for one in statement.values if isinstance(one, QuantityValue)), None)
        if value is None or statement.during is None or not self._numbers:
            return
        old = match_quantity(compared.quantity, quote, language, NOT_COMPARED)
        new = match_quantity(value.quantity, quote, language, _not_a_value(statement))
        if (
            old.agrees
            and new.agrees
            and self._has_own_time(statement, quote, old)
            and not self._has_own_time(statement, quote, new)
        ):
            said = statement.during.period.words or statement.during.period.edtf or ""
            self._context.report(
                statement,
                "period-not-in-quote",
                f"the quote has {quoted(said)} as the time of what the value is compared with",
                (*statement.path, "during"),
            )

    def _check_words(
        self, statement: Statement, quote: str, words: str, code: str, path: Path
    ) -> None:
        """Report words that are said to be the quote's and are not."""
        if not contains_words(fold(quote), fold(words)):
            self._context.report(statement, code, f"the quote does not say {quoted(words)}", path)


#: The most days of a year.
_YEAR = 366

#: What follows an amount up to the next number or the end of the clause; years go with it.
_BEFORE_NEXT = lazy(r"(?:[^0-9,;]|(?<![0-9])(?:1[0-9]|20)[0-9]{2}(?![0-9]))*")


def _not_a_value(statement: Statement) -> frozenset[Role]:
    """The roles that an amount of the quote cannot have as the value of a statement."""
    compared = statement.compared_with
    return NOT_A_VALUE[compared is not None and compared.value is not None]
