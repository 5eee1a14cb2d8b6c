"""Checks whether a claim is meant as its quote is: as a plan, doubt, denial, question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lod.facts.context import Context
from lod.facts.naming import Naming, find_words, fold
from lod.facts.reader import quoted
from lod.language.data import primary
from lod.language.markers import (
    clause_after,
    clause_before,
    contrasted,
    find_cut_off,
    find_manner,
    may_be_meant,
)
from lod.language.normalization import lower, normalize
from lod.language.quantities import Mismatch, is_supported, match_quantity
from lod.language.speech import load_speech
from lod.model.anchor import Anchor
from lod.model.claim import Modality, Polarity, Statement
from lod.model.quantity import Comparator
from lod.model.value import EntityValue, QuantityValue, TextValue, UnknownValue
from lod.vocabulary.names import REL

_CUT = 60  # code points before a quote in which a word that was cut off is looked for
#: Modalities that words of plan, offer or doubt carry.
_NOT_YET = frozenset(
    {Modality.PLANNED, Modality.EXPECTED, Modality.POSSIBLE, Modality.OFFERED, Modality.DEMANDED}
)
#: Marks at the end of a question, whatever its language.
_ASKING = ("?", "？", "؟")
_HOLDING = frozenset({Modality.STATED, Modality.IMPLIED})


class MannerCheck:
    """Checks the claims of one publication for how their quotes are meant.

    Args:
        context: the publication.
        naming: how its text calls its entities.
    """

    __slots__ = ("_context", "_language", "_naming")

    def __init__(self, context: Context, naming: Naming) -> None:
        self._context = context
        self._naming = naming
        self._language = primary(context.language)

    def check(self, statement: Statement, quote: str) -> None:
        """Report words of plan, doubt, denial, question or condition that a claim leaves out.

        Args:
            statement: a claim with anchors, the wordings of its values filled in.
            quote: its quotes.
        """
        found, denial = find_manner(quote, self._language)
        stated = statement.modality is Modality.STATED
        positive = statement.polarity is Polarity.POSITIVE
        if (found is not None and stated) or (denial is not None and positive):
            rest = self._without(quote, self._carried(statement, texts=False))
            found, _ = find_manner(rest, self._language)
            rest = self._without(quote, self._carried(statement, texts=True))
            _, denial = find_manner(rest, self._language)
        itself = self._context.vocabulary.conveyed(statement.property)
        if found is not None and found[0] in itself:
            found = None
        if Polarity.NEGATIVE in itself:
            denial = None
        if found is not None and stated:
            modality, word = found
            self._context.report(
                statement,
                "modality-mismatch",
                f"the quote says {quoted(word)}, but the claim is stated as a fact",
                statement.path,
                f"write modality: {modality}, or say why it is a fact: {{allow}}",
                found=word,
            )
        if positive:
            self._check_denial(statement, quote, denial)
        if not stated or not positive:
            self._check_words(statement, quote)
        if statement.modality in _HOLDING:
            self._check_clause(statement, quote)
            if found is None:
                self._check_unnamed(statement, quote)
        if stated and positive and found is None and denial is None:
            self._check_cut(statement)

    def _check_denial(self, statement: Statement, quote: str, denial: str | None) -> None:
        if denial is None:
            rest = contrasted(quote, self._language)
            if rest is None or not self._loses_a_name(statement, quote, rest):
                return
            denial = " ".join(quote.split())
        elif _says_nothing_or_none(statement):
            return
        self._context.report(
            statement,
            "polarity-mismatch",
            f"the quote says {quoted(denial)}, but the claim denies nothing",
            statement.path,
            "write polarity: negative, or say why not: {allow}",
            found=denial,
        )

    def _loses_a_name(self, statement: Statement, quote: str, rest: str) -> bool:
        """Whether something that the claim names stands only where the quote denies."""
        before, after = fold(quote), fold(rest)
        return any(
            self._naming.is_named(value.slug, before, statement)
            and not self._naming.is_named(value.slug, after, statement)
            for value in (*statement.subjects, *statement.values)
            if isinstance(value, EntityValue)
        )

    def _carried(self, statement: Statement, *, texts: bool) -> Iterator[str]:
        """The words of a quote that a claim has in its names, times and numbers; and its texts."""
        values = statement.things()
        for value in values:
            if isinstance(value, EntityValue):
                yield from self._naming.all_names(value.slug, statement)
        carriers = (*values, statement.during, statement.share, statement.change)
        for carrier in carriers:
            wording = getattr(carrier, "wording", None)
            # "soon" is the plan itself; in "on the eve of my upcoming visit" it is of the visit.
            if wording is not None and (carrier is not statement.during or " " in wording):
                yield wording
        for value in values if texts else (v for _, v in statement.qualifiers):
            if isinstance(value, TextValue):
                yield value.text

    @staticmethod
    def _without(quote: str, carried: Iterator[str]) -> str:
        """The quote in normal form, with spaces for the words that its claim carries."""
        quote = normalize(quote)
        folded = quote.casefold()
        # "ß" is "ss" there: the letter from which each of them comes.
        letters = [index for index, letter in enumerate(quote) for _ in letter.casefold()]
        for words in sorted({fold(words) for words in carried}, key=len, reverse=True):
            for at in list(find_words(folded, words)):
                end = at + len(words)
                folded = folded[:at] + " " * len(words) + folded[end:]
                first, last = letters[at], letters[end - 1] + 1
                quote = quote[:first] + " " * (last - first) + quote[last:]
        return quote

    def _check_words(self, statement: Statement, quote: str) -> None:
        """Report a denial, plan or doubt of which the sentence has no word."""
        if self._context.text is None:
            return
        denied = statement.polarity is Polarity.NEGATIVE
        planned = statement.modality in _NOT_YET
        if not denied and not planned:
            return
        around = self._clauses_around(statement.anchors, after=denied)
        # "have no access" as the value says the denial itself: denied, it is turned round.
        if denied and not may_be_meant(
            self._without(quote, self._carried(statement, texts=True)),
            self._without(around, self._carried(statement, texts=True)),
            self._language,
            denied=True,
        ):
            self._context.report(
                statement,
                "polarity-mismatch",
                "the claim is a denial, but its clause has no word of one beside what it says",
                (*statement.path, "polarity"),
                "take out polarity: negative, or say which words deny: {allow}",
            )
        if planned and not may_be_meant(quote, around, self._language, denied=False):
            self._context.report(
                statement,
                "modality-mismatch",
                f"the claim is {statement.modality}, but its clause has no word of that",
                (*statement.path, "modality"),
                "correct modality:, or say which words mean it so: {allow}",
            )

    def _clauses_around(self, anchors: Iterable[Anchor], *, after: bool) -> str:
        """The quotes with what stands before them in their clauses, and after them if wanted.

        What a quote leaves out with […] is not part of it.
        """
        text = self._context.text
        if text is None:
            return ""
        parts: list[str] = []
        for anchor in anchors:
            before = text.raw[text.sentence_at(anchor.start).start : anchor.start]
            rest = text.raw[anchor.end : text.sentence_at(anchor.end - 1).end]
            clause = clause_before(before, anchor.exact + rest, self._language)
            parts.append(clause + anchor.exact)
            if after:
                parts[-1] += clause_after(rest)
        return "\n".join(parts)

    def _check_clause(self, statement: Statement, quote: str) -> None:
        """Report a question and a condition that a claim leaves out."""
        context, text = self._context, self._context.text
        if text is None:
            return
        anchor = statement.anchors[-1]
        sentence = text.sentence_at(anchor.end - 1)
        if text.raw[anchor.end - 1 : sentence.end].rstrip("\"'”’»“」』)] ").endswith(_ASKING):
            context.report(
                statement,
                "quote-question",
                "the quote is part of a question, but the claim is stated as a fact",
                statement.path,
                "quote words that state it, or mark the passage under no_fact: as a question, or"
                " say why it is a fact: {allow}",
            )
        words = load_speech(self._language)
        if words is None:
            return
        start = statement.anchors[0].start
        before = text.raw[text.sentence_at(start).start : start]
        condition = words.condition.search(lower(f"{before} {quote}"))
        if condition is not None and not self._has_condition(statement, condition.group()):
            context.report(
                statement,
                "quote-condition",
                f"what the quote says holds on a condition ({quoted(condition.group())}), which the"
                " claim leaves out",
                statement.path,
                "add the condition under with: {condition: …}, or correct modality:, or say why"
                " not: {allow}",
            )

    def _check_unnamed(self, statement: Statement, quote: str) -> None:
        """Report a view of unnamed others that a claim gives as its author's."""
        words, author = load_speech(self._language), self._context.author
        unnamed = None if words is None else words.unnamed.search(lower(quote))
        if unnamed is not None and statement.speakers == (author,):
            self._context.report(
                statement,
                "quote-unnamed-source",
                f"the quote gives the view of others ({quoted(unnamed.group())}), but the claim"
                " states it as a fact of its author's",
                statement.path,
                "add an entity for those whose view it is, and by:, or correct modality:, or say"
                " why not: {allow}",
            )

    @staticmethod
    def _has_condition(statement: Statement, word: str) -> bool:
        return any(iri == REL.condition for iri, _ in statement.qualifiers) or any(
            isinstance(value, TextValue) and word in lower(value.text)
            for value in statement.things()
        )

    def _check_cut(self, statement: Statement) -> None:
        """Report a word of plan, doubt, denial or hedge just before a quote."""
        text = self._context.text
        if text is None:
            return
        for index, anchor in enumerate(statement.anchors):
            start = max(text.sentence_at(anchor.start).start, anchor.start - _CUT)
            before = text.raw[start : anchor.start]
            word = find_cut_off(before, self._language) if before.strip() else None
            if word is None and before.strip():
                word = self._hedge(statement, before, anchor.exact)
            if word is not None:
                self._context.report(
                    statement,
                    "quote-cut-short",
                    f"the text says {quoted(word)} just before the quote, which leaves it out",
                    (*statement.path, "quote", index)
                    if len(statement.anchors) > 1
                    else (*statement.path, "quote"),
                    f"begin the quote at {quoted(word)} and say so in the claim, or say why it"
                    " does not matter: {allow}",
                )

    def _hedge(self, statement: Statement, before: str, quote: str) -> str | None:
        """The hedge before the number with which a quote begins, if the claim has none."""
        if not is_supported(self._context.language):
            return None
        for value in statement.values:
            if (
                not isinstance(value, QuantityValue)
                or value.quantity.comparator is not Comparator.EXACTLY
                or value.wording is None
                or not quote.startswith(value.wording)
            ):
                continue
            longer = before + value.wording
            result = match_quantity(value.quantity, longer, self._context.language)
            if result.mismatch is Mismatch.HEDGE and result.match is not None:
                return longer[result.match.start : result.match.end]
        return None


def _says_nothing_or_none(statement: Statement) -> bool:
    """Whether the denial of a quote is the value itself: a stated gap, or zero."""
    return any(
        isinstance(value, UnknownValue)
        or (isinstance(value, QuantityValue) and value.quantity.value == 0)
        for value in statement.values
    )
