"""Puts a new text in place of the one of a publication, and moves its facts along.

What a person has to decide is decided before: nothing is written while a decision is open. Then
the text, the facts file and the account of the decisions (`changes.json`) change together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest
from pathlib import Path as FilePath
from typing import Any

from msgspec import MsgspecError, Struct, field, to_builtins
from msgspec.json import decode as read_json
from msgspec.structs import replace

from lod.diagnostics import Finding, Path, Severity
from lod.errors import InputError, OutputError
from lod.facts.load import Loaded, facts_file, load_source
from lod.facts.quotes import find_quote
from lod.facts.reader import suggest
from lod.facts.text import SourceText
from lod.history.edits import ClaimFate, Edit, QuoteFate, Where
from lod.history.fates import Fate
from lod.history.reasons import CHANGES, read_changes
from lod.language.normalization import normalize
from lod.links.lock import lock_file
from lod.model.anchor import Anchor
from lod.model.facts import Document
from lod.sources import source_of_file
from lod.sources.rewriting import EditError, FactsFile
from lod.sources.source import Node, Source, decode, reading, value_at
from lod.store.files import write_file
from lod.store.locks import is_inside
from lod.store.together import replace_together

#: The decisions of an update that is not finished.
_DECISIONS_FILE = ".lod-update.json"
_WORDS_AROUND = 6
#: Marks at a number that are no part of it.
_MARKS = "$€£¥.,;"
#: What a number or date that is another one may stand in, in a claim.
_VALUES = ("value", "share", "change", "during", "comparedWith", "with", "saidOn")


class Decision(Struct, frozen=True, omit_defaults=True):
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


class _Kept(Struct):
    """What a person decided in a run that was not finished, and of which facts and texts."""

    of: str
    decisions: dict[str, Decision]


class Result(Struct):
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


class NewText(Struct, frozen=True):
    """A text that is to take the place of one of a publication.

    Attributes:
        data: its bytes.
        name: its name, for messages.
        published: its xsd:date, where it is another one.
        version: which version of the text it is of, as quotes call it; None for the document's own.
    """

    data: bytes
    name: str
    published: str | None = None
    version: str | None = None


class Update:
    """A publication in a folder, and a new text for it, or for some versions of its text.

    Args:
        path: the folder, or its facts file.
        texts: the new texts, of a version one at most.

    Attributes:
        edits: each new text with what becomes of its quotes, by the name of the version.
        has_versions: whether the text has several versions.

    Raises:
        InputError: there is no such publication, it has errors, a text cannot be read, or it is
            of no version.
    """

    def __init__(self, path: FilePath, texts: Sequence[NewText]) -> None:
        self.file = facts_file(path)
        self.folder = self.file.parent
        with reading(self.file):
            self.facts_data = self.file.read_bytes()
            self.source = source_of_file(self.file).read(self.facts_data, str(self.file))
            raws = [decode(one.data, one.name)[0] for one in texts]
        self._lock = lock_file(self.file)
        self.loaded = load_source(self.source, self.folder, self._lock)
        if self.loaded.facts is None:
            first = next(one for one in self.loaded.findings if one.severity is Severity.ERROR)
            raise InputError(
                f"{self.file}: the facts do not fit the text that is there now: {first.message}",
                hint=f"lod check {path} says more; where the text was overwritten already, put the "
                "old one back first",
            )
        self._versions = self.loaded.facts.document.all_versions
        self.has_versions = len(self._versions) > 1
        self.edits: dict[str, Edit] = {}
        self._texts: dict[str, _TextFile] = {}
        for one, raw in zip(texts, raws, strict=True):
            document = self._version(one)
            if document.name in self.edits:
                raise InputError(f"{one.name}: a second new text of the same version")
            new = SourceText(raw, document.language)
            edit = Edit(self.source, self.loaded, new, one.published, document.name)
            published = None if one.published == document.published else one.published
            self.edits[document.name] = edit
            self._texts[document.name] = self._text_file(document, one.data, published)
        self._refuse_hidden_dates()
        self.claims = _together(one.claims for one in self.edits.values())
        self.no_facts = _together(one.no_facts for one in self.edits.values())

    def _version(self, text: NewText) -> Document:
        """Which version a new text is of.

        Raises:
            InputError: nobody says so, or there is no such version.
        """
        every = self._versions
        names = [one.key for one in every]
        if text.version is None:
            if len(every) > 1:
                raise InputError(
                    f"{self.file}: the text has several versions ({', '.join(names)}), and nobody "
                    f"says which one {text.name} is of",
                    hint=f"put its name before: {names[0]}={text.name}",
                )
            return every[0]
        for one in every:
            if one.key == text.version.lower():
                return one
        raise InputError(
            f'{self.file}: the text has no version "{text.version}"',
            hint=suggest(text.version, names) or f"known: {', '.join(names)}",
        )

    def _text_file(self, document: Document, data: bytes, published: str | None) -> _TextFile:
        name = _child(self.source.root, *map(str, document.path), "text")
        before = None if name is None else (self.folder / str(name)).read_bytes()
        return _TextFile(
            document.path, None if name is None else str(name), before, data, published
        )

    def _refuse_hidden_dates(self) -> None:
        """Refuse another date of the text where it moves the time of claims that do not quote it.

        Raises:
            InputError: it does.
        """
        own = self.edits.get("")
        if own is None or own.published is None or not self.has_versions:
            return
        if hidden := [one.id for one in own.hidden_by_date]:
            raise InputError(
                f"{self.file}: claims that only further versions say count from the date of the "
                f"document: {', '.join(hidden)}",
                hint="write their time with its value first: during: {words: …, edtf: …}",
            )

    @property
    def fates(self) -> list[ClaimFate]:
        """What became of each claim, then of each passage without a fact."""
        return [*self.claims, *self.no_facts]

    @property
    def unsettled(self) -> list[ClaimFate]:
        """Those of which a person decides."""
        return [one for one in self.fates if not one.fate.is_settled]

    @property
    def edit(self) -> Edit:
        """The first of the edits."""
        return next(iter(self.edits.values()))

    def written(self, fate: ClaimFate) -> str:
        """A claim as it stands in the facts file."""
        return self._facts_file().item(fate.path)

    def _facts_file(self) -> FactsFile:
        return FactsFile(self.facts_data, str(self.file), self.source.root)

    # Decisions that outlive the process that asked for them.

    def kept_decisions(self) -> dict[str, Decision]:
        """The decisions of an earlier run about the same facts and the same text."""
        try:
            kept = read_json((self.folder / _DECISIONS_FILE).read_bytes(), type=_Kept)
        except (OSError, MsgspecError):
            return {}
        return kept.decisions if kept.of == self._key else {}

    def keep_decisions(self, decisions: Mapping[str, Decision]) -> None:
        """Write decisions down, so that they need not be made again.

        Raises:
            OutputError: they cannot be written.
        """
        data = {"of": self._key, "decisions": to_builtins(decisions)}
        write_file(self.folder / _DECISIONS_FILE, _json(data))

    @cached_property
    def _key(self) -> str:
        facts = SourceText(self.facts_data.decode("utf-8", "replace")).sha256
        texts = [
            f"{name} {one.old.sha256} {one.new.sha256} {self._texts[name].published}"
            for name, one in self.edits.items()
        ]
        return " ".join((facts, *texts))

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
            elif why := self._cannot_go_on(one, decisions[one.name]):
                result.open[one.name] = why
        if result.open:
            return result
        facts = self._facts_file()
        for one in self.fates:
            decision = decisions.get(one.name)
            if decision is None and not one.fate.is_settled:
                continue
            if one.fate.is_settled or decision is None or decision.action == "accepted":
                self._carry_on(facts, one, decision)
            elif decision.action == "edited":
                facts.replace(one.path, decision.text or "")
            else:
                self._drop(facts, one)
        for name, text in self._texts.items():
            text.change(facts, self.source.root, self.edits[name].new.raw)
        data, changed = facts.result()
        self._check(changed, decisions, result)
        for text in self._texts.values():
            if text.name is not None:
                result.files[text.name] = text.data
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
        files = {one.name: one.before for one in self._texts.values() if one.name is not None}
        for name in files:
            if not is_inside(self.folder / name, self.folder):
                raise OutputError(f"{name}: lies outside the publication's folder")
        before: dict[str, bytes | None] = {self.file.name: self.facts_data, **files}
        replace_together(self.folder, result.files, before=before)
        (self.folder / _DECISIONS_FILE).unlink(missing_ok=True)

    def _cannot_go_on(self, claim: ClaimFate, decision: Decision) -> str | None:
        """Why a claim cannot be accepted as it stands now, or dropped where it stands no more."""
        if decision.action == "dropped" and (lost := self._lost(claim)):
            for one in claim.quotes:
                if one.path[: len(lost[0])] not in lost and not one.fate.is_settled:
                    return f"{one.fate} in one version and gone in another: edit it"
        if decision.action != "accepted":
            return None
        for one in claim.quotes:
            if one.fate is Fate.GONE:
                return "gone: there are no words to accept; drop it, or edit it"
            if one.words is None and decision.place is None:
                return f"{one.fate}: its words do not stand in one place; edit it"
        for _, value, now in self._values(claim):
            if len(now) > 1:
                return f'{claim.fate}: nobody can tell what "{value}" is now; edit it'
        return None

    def _lost(self, claim: ClaimFate) -> list[Path]:
        """The quotes of versions that go where a claim is dropped that another version still says.

        None of them where the whole claim goes.
        """
        quotes = value_at(self.source.root, (*claim.path, "quote"))
        if not isinstance(quotes, dict) or "exact" in quotes:
            return []
        size = len(claim.path) + 2
        lost = []
        for version in self.edits:
            own = [one for one in claim.quotes if one.version == version]
            if own and all(one.fate is Fate.GONE for one in own):
                lost.append(own[0].path[:size])
        return lost if len(lost) < len(quotes) else []

    def _drop(self, facts: FactsFile, claim: ClaimFate) -> None:
        """Take a claim out, or the quotes of versions that do not say it any more."""
        lost = self._lost(claim)
        for path in lost or [claim.path]:
            facts.remove(path)
        if lost:
            size = len(lost[0])
            left = tuple(one for one in claim.quotes if one.path[:size] not in lost)
            self._carry_on(facts, replace(claim, quotes=left), None)

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
        for path, value, now in self._values(claim):
            if now != {value}:
                facts.set(path, *now)

    def _in_place(self, quote: QuoteFate, place: Where) -> int:
        """Where the quote begins in a place that is a whole sentence, or the quote itself."""
        new = self.edits[quote.version].new
        inside = SourceText(new.raw[place.start : place.end], new.language)
        found = find_quote(inside, quote.quote, occurrence=1)
        return place.start + (found.start if isinstance(found, Anchor) else 0)

    def _place(
        self, facts: FactsFile, path: Path, quote: QuoteFate, words: str, start: int
    ) -> None:
        """Write the words of a quote, and what tells its place where it is needed."""
        old = str(value_at(self.source.root, path))
        if normalize(words) == normalize(old) or words == quote.quote:
            words = old
        new = self.edits[quote.version].new
        # An item of a list, or of the quotes of versions, has to be made a mapping first.
        is_bare = path[-1] not in ("quote", "exact")
        around = {} if is_bare else value_at(self.source.root, path[:-1])
        prefix, suffix = around.get("prefix"), around.get("suffix")
        occurrence = around.get("occurrence")
        found = find_quote(
            new,
            words,
            prefix=prefix,
            suffix=suffix,
            occurrence=int(occurrence) if occurrence else None,
        )
        if isinstance(found, Anchor) and found.start == start:
            facts.set(path, words)
            return
        pairs = self._surroundings(words, start, quote, prefix, suffix, occurrence)
        if is_bare:
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
        text = self.edits[quote.version].new
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
                    if is_word and _is_at(text, words, start, **told):
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

    def _values(self, claim: ClaimFate) -> Iterator[tuple[Path, str, set[str]]]:
        """The values of a claim whose number or date may be another one now.

        Yields:
            Where each stands, what it is, and what it would be: several where nobody can tell.
        """
        changed = [one for one in claim.quotes if one.fate is Fate.VALUE_CHANGED]
        if claim.id is None or not changed:
            return
        replaced = [self.edits[one.version].replaced(one) for one in changed]
        for path, value in _leaves(value_at(self.source.root, claim.path), claim.path):
            if len(path) <= len(claim.path) or path[len(claim.path)] not in _VALUES:
                continue
            # The quotes themselves say it before their sentences do.
            for rows in zip_longest(*replaced, fillvalue={}):
                if now := set().union(*(_with(value, row) for row in rows)):
                    yield path, value, now
                    break

    def _check(self, source: Source, decisions: Mapping[str, Decision], result: Result) -> None:
        """Load the publication as it would be; what does not fit keeps its decision open."""
        texts = {name: one.new for name, one in self.edits.items()}
        loaded = load_source(source, self.folder, self._lock, texts)
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
        for one in self.claims:
            decision = decisions.get(one.name)
            if decision is None or one.fate.is_settled:
                continue
            gravest = one.gravest
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
            if self.has_versions:
                entry["textVersion"] = self.edits[gravest.version].document.key
            claims.append({key: value for key, value in entry.items() if value is not None})
        if not claims:
            return None
        facts = self.edit.facts
        texts = {
            one.document.key: {"before": one.old.sha256, "after": one.new.sha256}
            for one in self.edits.values()
        }
        of = next(iter(self._texts.values()))
        update: dict[str, Any] = {
            **({"texts": texts} if self.has_versions else {"text": texts.popitem()[1]}),
            "version": facts.publication.version,
            "published": of.published or self.edit.document.published,
            "claims": claims,
        }
        known = {key: value for key, value in update.items() if value is not None}
        return _json([*read_changes(self.folder), known])


def _is_at(
    text: SourceText,
    words: str,
    start: int,
    *,
    prefix: str | None = None,
    suffix: str | None = None,
) -> bool:
    found = find_quote(text, words, prefix=prefix, suffix=suffix)
    return isinstance(found, Anchor) and found.start == start


def _together(rows: Iterable[Iterable[ClaimFate]]) -> list[ClaimFate]:
    """What became of each claim in all its texts, in the order of the facts."""
    found: dict[Path, ClaimFate] = {}
    for row in rows:
        for one in row:
            known = found.get(one.path)
            quotes = one.quotes if known is None else (*known.quotes, *one.quotes)
            found[one.path] = replace(one, quotes=quotes)
    return sorted(found.values(), key=lambda one: int(one.path[-1]))


class _TextFile(Struct, frozen=True):
    """Where a text stands that is another one now.

    Attributes:
        path: what the facts say of it.
        name: its file; None where the facts hold the text themselves.
        before: what is in the file; None where there is none.
        data: what takes its place.
        published: its new date, where it is another one.
    """

    path: Path
    name: str | None
    before: bytes | None
    data: bytes
    published: str | None

    def change(self, facts: FactsFile, root: Node, text: str) -> None:
        """Say in the facts what they say of the text."""
        if self.published is not None:
            if _child(root, *map(str, self.path), "published"):
                facts.set((*self.path, "published"), self.published)
            else:
                beside = "content" if self.name is None else "text"
                facts.add((*self.path, beside), "published", self.published)
        if self.name is None:
            facts.set((*self.path, "content"), text)


def _with(value: str, replaced: Mapping[str, set[str]]) -> set[str]:
    """A value with what stands now for the words in it; nothing where none of them are in it.

    Args:
        value: as it stands in the facts.
        replaced: words to what may stand for them now.

    >>> may_be = {"over 28 percent": {"over 30 percent", "over 28 percent"}}
    >>> sorted(_with("28 percent", may_be))
    ['28 percent', '30 percent']
    """
    words = value.split(" ")
    # By its place the word of the value, with those that have it and most of what is around it.
    places: dict[tuple[int, int], tuple[int, set[str]]] = {}
    for before, after in replaced.items():
        around = {one.strip(_MARKS) for one in before.split()}
        near = len(around & set(words))
        cores = [_core(before, one) for one in after if one != before]
        if before in after:
            same = [old for old, _ in cores]
            if not cores and (around <= set(words) or around >= set(words)):
                same = [one for one in words if one in around]
            cores += [(old, old) for old in same]
        for old, new in cores:
            part = old.split(" ")
            starts = [at for at in range(len(words)) if words[at : at + len(part)] == part]
            if not old or len(starts) != 1:
                continue
            place = starts[0], starts[0] + len(part)
            best, known = places.get(place, (0, set()))
            if near >= best:
                places[place] = near, {*(known if near == best else ()), new}
    found = [words[:]] if places else []
    end = len(words)
    for (start, stop), (_, now) in sorted(places.items(), reverse=True):
        if stop <= end:  # those that overlap a later one are part of it
            found = [[*one[:start], new, *one[stop:]] for one in found for new in now]
            end = start
    return {" ".join(one) for one in found}


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
    return " ".join(one).strip(_MARKS), " ".join(other).strip(_MARKS)


def _leaves(node: Node, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _leaves(value, (*path, index))


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


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
