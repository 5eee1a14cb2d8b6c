"""Puts a new text in place of the one of a publication, and moves its facts along.

What a person has to decide is decided before: nothing is written while a decision is open. Then
the text, the facts file and the account of the decisions (`changes.json`) change together.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from lod.diagnostics import Finding, Path, Severity
from lod.errors import InputError, OutputError
from lod.facts.coverage import Coverage, measure_coverage
from lod.facts.load import Loaded, facts_file, load_source
from lod.facts.quotes import find_quote
from lod.facts.text import SourceText
from lod.history.edits import ClaimFate, Edit, QuoteFate, Where
from lod.history.fates import FATES, Fate
from lod.history.reasons import CHANGES, read_changes
from lod.language.normalization import normalize
from lod.links.lock import lock_file
from lod.model.anchor import Anchor, Selector
from lod.patterns import lazy
from lod.sources import source_of_file
from lod.sources.rewriting import EditError, FactsFile
from lod.sources.source import Node, Source, SourceProblem, decode, value_at
from lod.store.locks import is_inside
from lod.store.together import replace_together

#: The decisions of an update that is not finished.
_DECISIONS_FILE = ".lod-update.json"
_WORDS_AROUND = 6
_TOKEN = lazy(r"\S+|\s+")
#: What a number or date that is another one may stand in, in a claim.
_VALUES = ("value", "share", "change", "during", "comparedWith", "with", "saidOn")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a claim whose fate is not settled.

    Attributes:
        action: "accepted" (the claim goes on with the words that stand there now), "edited" (the
            person wrote it anew) or "dropped".
        reason: a name of `lod.history.fates.REASONS`, or None where only wording changed.
        note: the person's own words, or None.
        text: for "edited", the claim as it is written in the facts from now on.
        place: for "accepted" where the words are in several places: which, from 0.
    """

    action: str
    reason: str | None = None
    note: str | None = None
    text: str | None = None
    place: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """The decision as plain JSON data."""
        pairs = {key: getattr(self, key) for key in self.__slots__}
        return {key: value for key, value in pairs.items() if value is not None}


@dataclass(slots=True)
class Result:
    """The files of a publication after an update.

    Attributes:
        files: name in the folder to content.
        findings: errors and warnings that it has now and did not have before.
        open: name of a claim to why it is not decided yet.
        loaded: the publication as it would be; None where it was not made.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)
    loaded: Loaded | None = None


class Update:
    """A publication in a folder, and a new text for it.

    Args:
        path: the folder, or its facts file.
        text: the bytes of the new text.
        name: its name, for messages.
        published: xsd:date of the new text, where it is another one.

    Raises:
        InputError: there is no such publication, it has errors, or the text cannot be read.
    """

    def __init__(
        self, path: FilePath, text: bytes, name: str, published: str | None = None
    ) -> None:
        self.file = facts_file(path)
        self.folder = self.file.parent
        self.new_data = text
        try:
            self.facts_data = self.file.read_bytes()
            self.source = _read(self.facts_data, self.file)
            raw, _ = decode(text, name)
        except SourceProblem as problem:
            raise InputError(f"{problem.location}: {problem.message}", hint=problem.hint) from None
        except OSError as error:
            raise InputError(f"{self.file}: {error.strerror or error}") from None
        self._lock = lock_file(self.file)
        self.loaded = load_source(self.source, self.folder, self._lock)
        if self.loaded.facts is None:
            first = next(one for one in self.loaded.findings if one.severity is Severity.ERROR)
            raise InputError(
                f"{self.file}: the facts do not fit the text that is there now: {first.message}",
                hint=f"lod check {path} says more; where the text was overwritten already, put the "
                "old one back first",
            )
        document = self.loaded.facts.document
        if document.versions:
            raise InputError(
                f"{self.file}: the text has further versions, and an update knows one text only",
                hint="edit the texts and the quotes of their versions by hand; lod check holds "
                "them against each other",
            )
        self.published = None if published == document.published else published
        self.edit = Edit(self.source, self.loaded, SourceText(raw, document.language), published)

    @property
    def fates(self) -> list[ClaimFate]:
        """What became of each claim, then of each passage without a fact."""
        return [*self.edit.claims, *self.edit.no_facts]

    @property
    def unsettled(self) -> list[ClaimFate]:
        """Those of which a person decides."""
        return [one for one in self.fates if not one.fate.is_settled]

    @property
    def is_same_text(self) -> bool:
        """Whether the new text is the one that is there, byte for byte."""
        return self._text_name is not None and self._text_before == self.new_data

    @cached_property
    def _text_name(self) -> str | None:
        """The file of the text; None where the facts hold the text themselves."""
        name = _child(self.source.root, "document", "text")
        return str(name) if name else None

    @cached_property
    def _text_before(self) -> bytes | None:
        return (self.folder / self._text_name).read_bytes() if self._text_name else None

    def written(self, fate: ClaimFate) -> str:
        """A claim as it stands in the facts file."""
        return FactsFile(self.facts_data, self.file.name).item(fate.path)

    # Decisions that outlive the process that asked for them.

    def kept_decisions(self) -> dict[str, Decision]:
        """The decisions of an earlier run about the same facts and the same text."""
        try:
            kept = json.loads((self.folder / _DECISIONS_FILE).read_bytes())
            if kept["of"] != self._key:
                return {}
            return {name: Decision(**one) for name, one in kept["decisions"].items()}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def keep_decisions(self, decisions: Mapping[str, Decision]) -> None:
        """Write decisions down, so that they need not be made again.

        Raises:
            OutputError: they cannot be written.
        """
        data = {
            "of": self._key,
            "decisions": {name: one.as_dict() for name, one in decisions.items()},
        }
        from lod.store.files import write_file

        write_file(self.folder / _DECISIONS_FILE, _json(data))

    @cached_property
    def _key(self) -> str:
        old = self.edit.old.sha256
        facts = SourceText(self.facts_data.decode("utf-8", "replace")).sha256
        return f"{old} {self.edit.new.sha256} {facts} {self.published}"

    # What is written.

    def problem(self, claim: ClaimFate, decision: Decision) -> str | None:
        """Why a decision about one claim would stay open, whatever becomes of the others.

        Raises:
            EditError: the facts file cannot be changed as it is laid out.
        """
        return self.make({claim.name: decision}, alone=True).open.get(claim.name)

    def make(self, decisions: Mapping[str, Decision], *, alone: bool = False) -> Result:
        """The files after the update; nothing is written.

        Args:
            decisions: name of a claim (`ClaimFate.name`) to what was decided of it.
            alone: whether to go on where others are not decided, only to see what would be said.

        Raises:
            EditError: the facts file cannot be changed as it is laid out.
        """
        result = Result()
        for one in self.unsettled:
            if one.name not in decisions:
                if not alone:
                    result.open[one.name] = f"{one.fate}: not decided"
            elif why := _cannot_go_on(one, decisions[one.name]):
                result.open[one.name] = why
        if result.open:
            return result
        facts = FactsFile(self.facts_data, self.file.name)
        for one in self.fates:
            decision = decisions.get(one.name)
            if decision is None and not one.fate.is_settled:
                continue
            if one.fate.is_settled or decision is None or decision.action == "accepted":
                self._carry_on(facts, one, decision)
            elif decision.action == "edited":
                facts.replace(one.path, decision.text or "")
            else:
                facts.remove(one.path)
        if self.published is not None:
            if _child(self.source.root, "document", "published"):
                facts.set(("document", "published"), self.published)
            else:
                facts.add(("document", "language"), "published", self.published)
        if self._text_name is None:
            facts.set(("document", "content"), self.edit.new.raw)
        data = facts.result()
        self._check(data, decisions, result)
        if self._text_name is not None:
            result.files[self._text_name] = self.new_data
        result.files[self.file.name] = data
        if account := self._account(decisions):
            result.files[CHANGES] = account
        return result

    def write(self, result: Result) -> None:
        """Put the files of an update in place, together.

        Raises:
            OutputError: they cannot be written, or somebody has changed the old ones meanwhile;
                what stood there still stands.
        """
        before: dict[str, bytes | None] = {self.file.name: self.facts_data}
        if self._text_name is not None:
            before[self._text_name] = self._text_before
        if self._text_name is not None and not is_inside(
            self.folder / self._text_name, self.folder
        ):
            raise OutputError(f"{self._text_name}: lies outside the publication's folder")
        replace_together(self.folder, result.files, before=before)
        (self.folder / _DECISIONS_FILE).unlink(missing_ok=True)

    def _carry_on(self, facts: FactsFile, claim: ClaimFate, decision: Decision | None) -> None:
        """Let the quotes of a claim stand where their words stand now."""
        for quote in claim.quotes:
            words, start = quote.words, quote.new.start if quote.new else 0
            if decision is not None and decision.place is not None and quote.places:
                place = quote.places[decision.place]
                words, start = quote.quote, self._in_place(quote, place)
            if words is None:
                continue
            self._place(facts, quote.path, quote, words, start)
            if quote.fate is Fate.VALUE_CHANGED:
                for path, value in self._values(claim, quote):
                    facts.set(path, value)

    def _in_place(self, quote: QuoteFate, place: Where) -> int:
        """Where the quote begins in a place that is a whole sentence, or the quote itself."""
        inside = self.edit.new.raw[place.start : place.end]
        found = find_quote(SourceText(inside, self.edit.new.language), quote.quote, occurrence=1)
        return place.start + (found.start if isinstance(found, Anchor) else 0)

    def _place(
        self, facts: FactsFile, path: Path, quote: QuoteFate, words: str, start: int
    ) -> None:
        """Write the words of a quote, and what tells its place where it is needed."""
        old = str(value_at(self.source.root, path))
        if normalize(words) == normalize(old) or words == quote.quote:
            words = old
        is_list_item = isinstance(path[-1], int)
        around = {} if is_list_item else value_at(self.source.root, path[:-1])
        prefix, suffix = around.get("prefix"), around.get("suffix")
        occurrence = around.get("occurrence")
        found = find_quote(
            self.edit.new,
            words,
            prefix=prefix,
            suffix=suffix,
            occurrence=int(occurrence) if occurrence else None,
        )
        if isinstance(found, Anchor) and found.start == start:
            facts.set(path, words)
            return
        pairs = self._surroundings(words, start, quote, prefix, suffix, occurrence)
        if is_list_item:
            facts.surround(path, words, pairs)
            return
        facts.set(path, words)
        for key, value in pairs:
            if key in around:
                facts.set((*path[:-1], key), str(value))
            else:
                facts.add(path, key, value)

    def _surroundings(
        self,
        words: str,
        start: int,
        quote: QuoteFate,
        prefix: str | None,
        suffix: str | None,
        occurrence: str | None,
    ) -> list[tuple[str, str | int]]:
        """What tells a place from others: the words around it, or else which one it is."""
        text = self.edit.new
        end = quote.spans[-1][1] if quote.spans else start + len(words)
        if occurrence is None:
            before = text.raw[max(start - 400, 0) : start].split()
            after = text.raw[end : end + 400].split()
            fixed = {"prefix": prefix, "suffix": suffix}
            sides = ["suffix", "prefix"] if prefix is None and suffix else ["prefix", "suffix"]
            for side in sides:
                row = before if side == "prefix" else after
                for count in range(1, min(_WORDS_AROUND, len(row)) + 1):
                    part = row[-count:] if side == "prefix" else row[:count]
                    other = "suffix" if side == "prefix" else "prefix"
                    told = {side: " ".join(part), other: fixed[other]}
                    # A full stop alone tells a place too, but nobody would know it again.
                    is_word = any(map(str.isalnum, " ".join(part)))
                    if is_word and self._is_at(words, start, **told):
                        return [(side, " ".join(part))]
        kept = {"prefix": prefix, "suffix": suffix}
        number = 1
        while True:
            found = find_quote(text, words, occurrence=number, **kept)
            if not isinstance(found, Anchor):
                break
            if found.start == start:
                return [("occurrence", number)]
            number += 1
        raise EditError(
            f"{self.file}: the place of {words!r} cannot be told from others",
            hint="take its prefix and suffix out of the facts first",
        )

    def _is_at(
        self, words: str, start: int, *, prefix: str | None = None, suffix: str | None = None
    ) -> bool:
        found = find_quote(self.edit.new, words, prefix=prefix, suffix=suffix)
        return isinstance(found, Anchor) and found.start == start

    def _values(self, claim: ClaimFate, quote: QuoteFate) -> Iterator[tuple[Path, str]]:
        """The values of a claim with the number or date that stands there now, if it is clear."""
        if claim.id is None:
            return
        pairs = []
        for one in quote.changed:
            if one.kind in ("number", "date", "hedge"):
                for before, after in zip(one.before, one.after, strict=False):
                    if len(one.before) == len(one.after):
                        pairs.append(_core(before, after))
        for path, value in _leaves(value_at(self.source.root, claim.path), claim.path):
            if len(path) <= len(claim.path) or path[len(claim.path)] not in _VALUES:
                continue
            changed = value
            for before, after in dict.fromkeys(pairs):
                places = value.split().count(before) if before else 0
                if places == 1:
                    changed = " ".join(
                        after if word == before else word for word in changed.split(" ")
                    )
                elif before and f" {value} ".count(f" {before} ") == 1:
                    changed = f" {changed} ".replace(f" {before} ", f" {after} ")[1:-1]
            if changed != value:
                yield path, changed

    def _check(self, data: bytes, decisions: Mapping[str, Decision], result: Result) -> None:
        """Load the publication as it would be; what does not fit keeps its decision open."""
        source = _read(data, self.file)
        source.root = _with_text(source.root, self.edit.new.raw)
        loaded = load_source(source, self.folder, self._lock)
        result.loaded = loaded
        before = {
            (one.code, one.claim, one.message)
            for one in self.loaded.findings
            if one.code != "sentence-uncovered"
        }
        result.findings = [
            one
            for one in loaded.findings
            if one.severity is not Severity.INFO
            and one.code != "sentence-uncovered"
            and (one.code, one.claim, one.message) not in before
        ]
        for one in result.findings:
            name = one.claim or _claim_at(source.root, one.path)
            decision = decisions.get(name)
            is_error = one.severity is Severity.ERROR
            if is_error or (decision is not None and decision.action == "accepted"):
                result.open.setdefault(name or str(one.location), f"{one.code}: {one.message}")

    def _account(self, decisions: Mapping[str, Decision]) -> bytes | None:
        """`changes.json` with what was decided now; None where nothing was."""
        claims = []
        for one in self.edit.claims:
            decision = decisions.get(one.name)
            if decision is None or one.fate.is_settled:
                continue
            gravest = next(quote for quote in one.quotes if quote.fate is one.fate)
            entry = {
                "id": one.id,
                "fate": str(one.fate),
                "decision": decision.action,
                "reason": decision.reason,
                "note": decision.note,
                "before": gravest.before,
                "after": gravest.after,
                "quoteBefore": gravest.quote,
                "quoteAfter": None if decision.action == "dropped" else gravest.words,
            }
            claims.append({key: value for key, value in entry.items() if value is not None})
        if not claims:
            return None
        facts = self.edit.facts
        update: dict[str, Any] = {
            "text": {"before": self.edit.old.sha256, "after": self.edit.new.sha256},
            "version": facts.publication.version,
            "published": self.published or facts.document.published,
            "claims": claims,
        }
        known = {key: value for key, value in update.items() if value is not None}
        return _json([*read_changes(self.folder), known])

    # What is said of it.

    def report(self, decisions: Mapping[str, Decision], result: Result | None) -> dict[str, Any]:
        """Every claim with its fate, and what else there is to know, as plain JSON data.

        Offsets are code points from 0, ends exclusive; lines and columns count from 1.
        """
        counts = dict.fromkeys(FATES, 0)
        for one in self.edit.claims:
            counts[one.fate] += 1
        is_open = {} if result is None else result.open
        new = self.edit.new
        coverage = self.loaded.coverage
        after = result.loaded.coverage if result and result.loaded else self._coverage_so_far()
        uncovered = {} if after is None else {one.sentence.number: one for one in after.uncovered}
        added = [new.sentences[at] for at in self.edit.alignment.added]
        return {
            "file": str(self.file),
            "text": {"before": self.edit.old.sha256, "after": new.sha256},
            "language": new.language,
            "compared": self.edit.is_compared,
            "dateHasChanged": self.edit.date_has_changed,
            "fates": {str(name): count for name, count in counts.items()},
            "claims": [_claim_data(one, decisions, is_open) for one in self.edit.claims],
            "noFact": [_claim_data(one, decisions, is_open) for one in self.edit.no_facts],
            "newSentences": [
                {
                    "sentence": one.number,
                    "line": new.line_column(one.start)[0],
                    "column": new.line_column(one.start)[1],
                    "text": new.raw[one.start : one.end],
                }
                for one in added
                if one.number in uncovered
            ],
            "coverage": {"before": _coverage_data(coverage), "after": _coverage_data(after)},
            "open": is_open,
            "findings": [one.as_dict() for one in result.findings] if result else [],
        }

    def _coverage_so_far(self) -> Coverage:
        """The coverage of the new text by what is settled."""
        claims = [(one.name, self._anchors(one)) for one in self.edit.claims]
        reasons = {one.path: one.reason for one in self.edit.facts.no_facts}
        passages = [
            (reasons[one.path], anchor)
            for one in self.edit.no_facts
            for anchor in self._anchors(one)
        ]
        return measure_coverage(self.edit.new, claims, passages)

    def _anchors(self, claim: ClaimFate) -> tuple[Anchor, ...]:
        if not claim.fate.is_settled:
            return ()
        anchors = []
        for quote in claim.quotes:
            parts = tuple(
                Selector(self.edit.new.raw[start:end], "", "", start, end)
                for start, end in quote.spans
            )
            if parts:
                sentence = self.edit.new.sentence_at(parts[0].start)
                anchors.append(Anchor(parts, sentence.number, sentence.paragraph))
        return tuple(anchors)


def difference(before: str, after: str) -> str:
    """Two wordings in one: `[-only in the old one-]`, `{+only in the new one+}`.

    >>> difference("It set a record of 28.", "It soon set a record of 30.")
    'It {+soon+} set a record of [-28.-]{+30.+}'
    """
    one, other = before.split(), after.split()
    parts = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(" ".join(one[i1:i2]))
            continue
        gone, come = " ".join(one[i1:i2]), " ".join(other[j1:j2])
        parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return " ".join(parts)


def _cannot_go_on(claim: ClaimFate, decision: Decision) -> str | None:
    """Why a claim cannot be accepted as it stands now."""
    if decision.action != "accepted":
        return None
    for one in claim.quotes:
        if one.fate is Fate.GONE:
            return "gone: there are no words to accept; drop it, or edit it"
        if one.words is None and decision.place is None:
            return f"{one.fate}: its words do not stand in one place; edit it"
    return None


def _claim_data(
    claim: ClaimFate, decisions: Mapping[str, Decision], is_open: Mapping[str, str]
) -> dict[str, Any]:
    gravest = next(quote for quote in claim.quotes if quote.fate is claim.fate)
    data: dict[str, Any] = {
        "id": claim.id,
        "path": list(claim.path),
        **_quote_data(gravest),
    }
    if len(claim.quotes) > 1:
        data["quotes"] = [_quote_data(one) for one in claim.quotes]
    if not claim.fate.is_settled:
        decision = decisions.get(claim.name)
        data["decision"] = None if decision is None else decision.as_dict()
        if claim.name in is_open:
            data["open"] = is_open[claim.name]
    return data


def _quote_data(quote: QuoteFate) -> dict[str, Any]:
    data: dict[str, Any] = {
        "quote": quote.quote,
        "fate": str(quote.fate),
        "where": {"before": _where_data(quote.old), "after": _where_data(quote.new)},
    }
    if quote.fate.is_settled:
        return data
    data |= {"before": quote.before, "after": quote.after}
    if quote.after is not None:
        data["difference"] = difference(quote.before, quote.after)
    if quote.because is not None:
        data["because"] = quote.because
    data["changed"] = [
        {"kind": one.kind, "before": list(one.before), "after": list(one.after)}
        for one in quote.changed
    ]
    if quote.words is not None and quote.words != quote.quote:
        data["proposal"] = quote.words
    if quote.places:
        data["places"] = [_where_data(one) for one in quote.places]
    return data


def _where_data(place: Where | None) -> dict[str, int] | None:
    if place is None:
        return None
    return {key: getattr(place, key) for key in ("start", "end", "line", "column", "sentence")}


def _coverage_data(coverage: Coverage | None) -> dict[str, int] | None:
    if coverage is None:
        return None
    return {
        "sentences": len(coverage.sentences),
        "coveredSentences": coverage.covered_sentences,
        "words": coverage.words,
        "coveredWords": coverage.covered_words,
    }


def _core(before: str, after: str) -> tuple[str, str]:
    """Two wordings without the words that both begin and end with.

    >>> _core("more than 28 percent", "more than 30 percent")
    ('28', '30')
    """
    one, other = before.split(), after.split()
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    strip = "$€£¥.,;"
    return " ".join(one).strip(strip), " ".join(other).strip(strip)


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, (*path, index))


def _with_text(root: Node, text: str) -> Node:
    """The facts with a text of their own in place of its file."""
    if not isinstance(root, dict) or not isinstance(document := root.get("document"), dict):
        return root
    changed: dict[str, Node] = {key: value for key, value in document.items() if key != "text"}
    return {**root, "document": {**changed, "content": text}}


def _claim_at(root: Node, path: Path) -> str:
    """The name of the claim, or of the passage without a fact, in which a path lies; or ""."""
    if len(path) < 2 or path[0] not in ("claims", "no_fact"):
        return ""
    if path[0] == "no_fact":
        return f"no_fact {int(path[1]) + 1}"
    return str(_child(value_at(root, path[:2]), "id") or "")


def _child(node: Node, *keys: str) -> Node:
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def _read(data: bytes, file: FilePath) -> Source:
    return source_of_file(file).read(data, str(file))


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
