"""Several versions of one text: each claim is held against every one that it quotes.

The first text that a claim quotes, the document's own where it does, says what the claim has to
say. The others are compared with it: what the claim says and another version does not is a
difference between the versions, and is reported where that version is quoted, with the words of
both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from lod.diagnostics import Allow, Path
from lod.facts.consistency import Consistency
from lod.facts.context import Context
from lod.facts.coverage import Coverage
from lod.facts.reader import quoted
from lod.facts.text import SourceText
from lod.language.data import primary
from lod.model.anchor import Anchor
from lod.model.claim import Statement
from lod.model.value import ChangeValue, Comparison, PeriodValue, QuantityValue, Value

#: Findings that mean, in a further version, that it says something else than the first text.
_DIFFERENCES = {
    "value-not-in-quote": "number",
    "unit-not-in-quote": "unit",
    "hedge-not-in-quote": "hedge",
    "period-not-in-quote": "time",
    "modality-mismatch": "modality",
    "polarity-mismatch": "denial",
    "speaker-mismatch": "speaker",
}
#: Findings that are of the claim itself, whatever its text: said once.
_ONCE = frozenset({"number-beyond-stores", "too-many-claims"})


class VersionText(Struct, frozen=True):
    """A further version of the text, as it was read.

    Attributes:
        name: its name.
        text: the text.
        coverage: which of its sentences carry facts.
        unquoted: ids of the claims that quote other versions, and not this one.
    """

    name: str
    text: SourceText
    coverage: Coverage
    unquoted: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """How many sentences it has, and what of them is not looked after, for reports."""
        sentences = self.coverage.sentences
        return {
            f"sentences of {self.name}": len(sentences),
            f"uncovered sentences of {self.name}": sum(not one.is_covered for one in sentences),
            **{f"{k} not checked in {self.name}": n for k, n in self.coverage.unchecked.items()},
        }


class VersionContext(Context):
    """What is known of a publication while its claims are held against a further version.

    Attributes:
        first: the claim as the first text has it, and what is known with that text; None where
            this version is the first text that the claim quotes.
        shared: codes of what was found of the claim in the first text, from which this one does not
            differ then.
    """

    first: tuple[Statement, Context] | None = None
    shared: frozenset[str] = frozenset()

    @property
    def first_text(self) -> SourceText | None:
        """The text that this one is compared with, or None."""
        return None if self.first is None else self.first[1].text

    def report(
        self,
        statement: Statement,
        code: str,
        message: str,
        path: Path,
        hint: str | None = None,
        value: tuple[str, ...] = (),
        allow: Allow | None = None,
        found: str | None = None,
    ) -> None:
        """Add a finding about a claim and its quote of this version, as `Context.report` does."""
        if self.first is None:
            Context.report(self, statement, code, message, path, hint, value, allow, found)
            return
        if code in _ONCE:
            return
        first, known = self.first
        at = (*statement.path, "quote", self.version)
        allowed = statement.allow if allow is None else allow
        value = value or self.value_at(code, path)
        what = _DIFFERENCES.get(code)
        if what is None or code in self.shared:
            message = f"version {quoted(self.version)}: {message}"
            Context.report(self, statement, code, message, at, hint, value, allow)
            return
        if self.reader.findings.is_allowed(code, allowed, value):
            return
        here = found or " … ".join(anchor.exact for anchor in statement.anchors)
        there = _words_at(first, path) or " … ".join(anchor.exact for anchor in first.anchors)
        Context.report(
            self,
            statement,
            "versions-differ",
            f"{quoted(known.key)} has {quoted(there)} where {quoted(self.version)} has"
            f" {quoted(here)}: the {what} differs ({message})",
            at,
            "quote the words of this version that say the same, or say why they differ: {allow}",
            (self.version, *(value or (_manner(statement, code),))),
        )


def _manner(statement: Statement, code: str) -> str:
    return str(statement.polarity if code == "polarity-mismatch" else statement.modality)


def _words_at(statement: Statement, path: Path) -> str | None:
    """The words of the quote for what stands at a path; None where it has none of its own."""
    key = path[len(statement.path) :]
    compared = statement.compared_with
    carriers: dict[object, object] = {
        ("share",): statement.share,
        ("change",): statement.change,
        ("during",): statement.during,
        ("comparedWith",): None if compared is None else compared.period,
        ("comparedWith", "value"): None if compared is None else compared.value,
    }
    carrier = carriers.get(key)
    for at, value in statement.placed():
        if at == path:
            carrier = value
    wording = getattr(carrier, "wording", None)
    return wording if isinstance(wording, str) else None


class VersionChecks:
    """Checks the claims of one publication against every text that they quote.

    Args:
        context: the publication, all its parts read.
    """

    __slots__ = ("_checks", "_context")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._checks = {"": Consistency(context)}
        for name, version in context.versions.items():
            self._checks[name] = Consistency(version, context.language)

    def check(self, statement: Statement) -> None:
        """Report where a statement and its quotes disagree; fill in the wordings that agree.

        Args:
            statement: a statement; its `versions` are filled in, too.
        """
        names = list(dict.fromkeys(anchor.version for anchor in statement.anchors))
        if names in ([], [""]):
            self._checks[""].check(statement)
            return
        unsaid = replace(statement)
        before = len(self._context.reader.findings)
        first = self._check_in(names[0], statement, statement, None)
        _take_wordings(statement, first)
        shared = frozenset(one.code for one in list(self._context.reader.findings)[before:])
        for name in names:
            if name == names[0]:
                said = first
            else:
                known = self._context.versions.get(names[0], self._context)
                self._context.versions[name].shared = shared
                said = self._check_in(name, unsaid, statement, (first, known))
            if name:
                statement.versions[name] = said

    def _check_in(
        self, name: str, said: Statement, whole: Statement, first: tuple[Statement, Context] | None
    ) -> Statement:
        """The statement as one text has it, checked."""
        own = replace(said, anchors=whole.anchors_in(name), versions={})
        version = self._context.versions.get(name)
        if version is not None:
            version.first = first
            if first is not None:
                _forget_words(
                    own, same=primary(version.language) == primary(self._context.language)
                )
        self._checks[name].check(own)
        return own

    def report_unchecked(self) -> Mapping[str, dict[str, int]]:
        """Say what was not compared with each text.

        Returns:
            By the name of the version, what `Consistency.report_unchecked` gives.
        """
        return {name: check.report_unchecked() for name, check in self._checks.items()}


def _take_wordings(statement: Statement, said: Statement) -> None:
    statement.values, statement.qualifiers = said.values, said.qualifiers
    statement.share, statement.change = said.share, said.change
    statement.compared_with, statement.during = said.compared_with, said.during


def _forget_words(statement: Statement, *, same: bool) -> None:
    """Take out the words that the facts give for another text.

    Args:
        statement: a copy of the claim.
        same: whether the two texts are in one language, so that the words of times can be read.
    """

    def plain(value: Value) -> Value:
        if isinstance(value, QuantityValue):
            return replace(value, wording=None)
        return period(value) if isinstance(value, PeriodValue) else value

    def period(value: PeriodValue) -> PeriodValue:
        if same or value.period.edtf is None:
            return replace(value, wording=None)
        return PeriodValue(replace(value.period, words=None))

    compared = statement.compared_with
    statement.values = tuple(map(plain, statement.values))
    statement.qualifiers = tuple((iri, plain(value)) for iri, value in statement.qualifiers)
    if statement.share is not None:
        statement.share = replace(statement.share, wording=None)
    if statement.change is not None:
        statement.change = ChangeValue(statement.change.change)
    if statement.during is not None:
        statement.during = period(statement.during)
    if compared is not None:
        statement.compared_with = Comparison(
            None if compared.period is None else period(compared.period),
            None if compared.value is None else replace(compared.value, wording=None),
        )


def unquoted_in(name: str, covered: Iterable[tuple[str, Iterable[Anchor]]]) -> tuple[str, ...]:
    """The ids of the claims that have no quote of a version."""
    return tuple(id_ for id_, anchors in covered if all(one.version != name for one in anchors))
