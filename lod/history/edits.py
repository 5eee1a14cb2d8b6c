"""What becomes of each quote of a publication when its text is edited.

A quote whose sentence is the same, with all that it points back to, is unchanged or moved. Of
everything else a person decides: likeness of sentences proposes what a sentence may have become,
and what its words carry (`lod.history.carrying`) says how much of it is at stake.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from lod.diagnostics import Findings, Path
from lod.facts.context import Context
from lod.facts.load import Loaded
from lod.facts.naming import Naming, fold
from lod.facts.places import find_places
from lod.facts.reader import Reader
from lod.facts.schema import DOCUMENT
from lod.facts.text import SourceText, word_pattern
from lod.history.alignment import Alignment, align, normal_form
from lod.history.carrying import Carrying, Changed
from lod.history.fates import Fate
from lod.language.normalization import normalize
from lod.language.periods import PeriodError, match_period, parse_period
from lod.model.anchor import Anchor
from lod.model.claim import Statement
from lod.model.facts import Facts
from lod.model.period import Period
from lod.model.value import EntityValue, PeriodValue
from lod.namespaces import PREFIXES
from lod.sources.source import Node, Source, value_at

#: How many sentences before its own a quote points back to, and how many after it say who speaks.
_BACK, _AHEAD = 10, 3
#: How many sentences at either end of a text may give its date.
_DATELINE = 3
#: A word that begins so soon in a sentence may have its capital for that, whatever mark is before.
_BEGINNING = 2
#: From the gravest to the lightest: what a claim with several quotes is called.
_GRAVEST = (
    Fate.GONE,
    Fate.VALUE_CHANGED,
    Fate.AMBIGUOUS,
    Fate.SPLIT,
    Fate.MERGED,
    Fate.REWORDED,
    Fate.MOVED,
    Fate.UNCHANGED,
)


class Where(Struct, frozen=True):
    """A stretch of a text.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        line: of the first code point, from 1.
        column: the same.
        sentence: number of the sentence in which it begins, from 1.
    """

    start: int
    end: int
    line: int
    column: int
    sentence: int


class QuoteFate(Struct, frozen=True):
    """What became of one quote.

    Attributes:
        path: where its words stand in the facts.
        quote: its words, as the old text has them.
        fate: what became of them.
        before: the old sentence, or sentences.
        after: the new ones; None where there are none.
        old: where the quote stands in the old text.
        new: where it stands in the new text, or would; None where nowhere, or in several places.
        words: the words to quote from now on; None where nobody can say.
        changed: which words that carry something are others.
        because: "sentence" where the sentence has changed itself, "means" where what it points
            back to has, "date" where the document's own date has; None where nothing has.
        places: every place, where they are several.
        spans: start and end (exclusive) in the new text of each part of the quote.
        version: name of the version of the text that it is of; "" for the document's own.
    """

    path: Path
    quote: str
    fate: Fate
    before: str
    after: str | None
    old: Where
    new: Where | None
    words: str | None
    changed: tuple[Changed, ...] = ()
    because: str | None = None
    places: tuple[Where, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    version: str = ""


class ClaimFate(Struct, frozen=True):
    """What became of a claim, or of a passage without a fact.

    Attributes:
        id: id of the claim; None for a `no_fact`.
        path: where it stands in the facts.
        quotes: the fate of each of its quotes, at least one.
    """

    id: str | None
    path: Path
    quotes: tuple[QuoteFate, ...]

    @property
    def fate(self) -> Fate:
        """The gravest fate of its quotes."""
        return min((one.fate for one in self.quotes), key=_GRAVEST.index)

    @property
    def gravest(self) -> QuoteFate:
        """The first of its quotes that has that fate."""
        return next(one for one in self.quotes if one.fate is self.fate)

    @property
    def name(self) -> str:
        """How it is called in messages: by its id, or by its place."""
        return self.id or f"no_fact {int(self.path[-1]) + 1}"


class Edit:
    """A publication, and another text for it, or for one version of its text.

    Args:
        source: its facts as data.
        loaded: the same as it was loaded, without errors.
        new: the new text.
        published: xsd:date of the new text, where it is another one.
        version: name of the version of the text; "" for the document's own.

    Attributes:
        document: what the facts say of the text.
        claims: what became of each claim that quotes it, in the order of the facts.
        no_facts: the same of the passages without a fact.
        coverage: which sentences of the old text carry facts.
    """

    def __init__(
        self,
        source: Source,
        loaded: Loaded,
        new: SourceText,
        published: str | None = None,
        version: str = "",
    ) -> None:
        if loaded.facts is None or loaded.text is None:
            raise ValueError("only a publication without errors has fates")
        self.source = source
        self.facts: Facts = loaded.facts
        self.document = self.facts.document.version(version)
        self.old, self.coverage = loaded.text, loaded.coverage
        for one in loaded.versions:
            if one.name == version:
                self.old, self.coverage = one.text, one.coverage
        self.new = new
        self.published = published
        self._vocabulary = loaded.vocabulary
        self.alignment: Alignment = align(self.old, new)
        same = self.alignment.same
        # How many breaks of the order there are up to each sentence: none between two is no edit.
        breaks = [
            same.get(index, -2) + 1 != same.get(index + 1, -2)
            for index in range(len(self.old.sentences))
        ]
        self._breaks = [0, *accumulate(breaks)]
        self.claims = [
            fate for one in self.facts.statements if (fate := self._claim_fate(one)) is not None
        ]
        self.no_facts = list(self._no_fact_fates())

    @property
    def is_compared(self) -> bool:
        """Whether lod knows the words of the language: else only names and digits are compared."""
        return self._carrying.is_known

    @cached_property
    def date_has_changed(self) -> bool:
        """Whether the new text is of another day, as it was told or as it says itself."""
        if self.document.name and self.document.translation_of is not None:
            return False  # its times count from the day of the text that it was translated from
        stated = self.document.published
        if self.published is not None:
            return self.published != stated
        return stated is not None and self._dateline_changed(stated)

    def replaced(self, quote: QuoteFate) -> list[dict[str, set[str]]]:
        """What stands now where a quote had its numbers and dates, the nearest first.

        Returns:
            As `Carrying.replaced` says it, of the quote, of its sentence, and of what that points
            back to.
        """
        found = [
            self._carrying.replaced(before, after)
            for before, after in ((quote.quote, quote.words), (quote.before, quote.after))
            if after is not None
        ]
        if quote.because == "means":
            found.append(
                {
                    one.before[0]: {one.after[0]}
                    for one in quote.changed
                    if len(one.before) == len(one.after) == 1
                }
            )
        return found

    def _claim_fate(self, statement: Statement) -> ClaimFate | None:
        """The fate of a claim; None where it does not quote this text."""
        fates = self._fates(statement.anchors, statement.path, statement)
        return ClaimFate(statement.id, statement.path, fates) if fates else None

    def _fates(
        self, anchors: Sequence[Anchor], path: Path, statement: Statement | None
    ) -> tuple[QuoteFate, ...]:
        own = [one for one in anchors if one.version == self.document.name]
        if not own:
            return ()
        paths = quote_paths(self.source.root, path, len(own), self.document.key)
        return tuple(
            self._fate(anchor, at, statement) for anchor, at in zip(own, paths, strict=True)
        )

    def _no_fact_fates(self) -> Iterator[ClaimFate]:
        grouped: dict[Path, list[Anchor]] = {}
        for one in self.facts.no_facts:
            grouped.setdefault(one.path, []).append(one.anchor)
        for path, anchors in grouped.items():
            if fates := self._fates(anchors, path, None):
                yield ClaimFate(None, path, fates)

    def _fate(self, anchor: Anchor, path: Path, statement: Statement | None) -> QuoteFate:
        own = self._own(anchor)
        found = QuoteFate(
            path=path,
            quote=anchor.exact,
            fate=Fate.GONE,
            before=_sentences(self.old, own),
            after=None,
            old=where(self.old, anchor.start, anchor.end),
            new=None,
            words=None,
            version=self.document.name,
        )
        pairs = self.alignment
        if all(index in pairs.same for index in own):
            return self._same(anchor, own, statement, found)
        targets: list[int] = []
        like_old = set(own)
        for index in own:
            if index in pairs.same:
                targets.append(pairs.same[index])
            elif index in pairs.like:
                targets += pairs.like[index].new
                like_old.update(pairs.like[index].old)
        targets = sorted(set(targets))
        if not targets:
            return self._elsewhere(anchor, own, found)
        return self._like(anchor, sorted(like_old), targets, statement, found)

    def _same(
        self, anchor: Anchor, own: range, statement: Statement | None, found: QuoteFate
    ) -> QuoteFate:
        """The fate where each sentence is the same: what is around it may still be other."""
        pairs = self.alignment
        targets = [pairs.same[index] for index in own]
        after = _sentences(self.new, targets)
        first, last = self.new.sentences[targets[0]], self.new.sentences[targets[-1]]
        together = all(one + 1 == two for one, two in pairwise(targets))
        if not together or first.paragraph != last.paragraph:
            return replace(found, fate=Fate.SPLIT, after=after, because="sentence")
        if any(index in pairs.repeated for index in own):
            places = [
                where(self.new, self.new.sentences[at].start, self.new.sentences[at].end)
                for at in pairs.repeated.get(own[0], tuple(targets[:1]))
            ]
            found = self._at(found, self._placed(anchor, own, targets))
            return replace(found, fate=Fate.AMBIGUOUS, after=after, places=tuple(places))
        moved = any(index in pairs.moved for index in own)
        found = self._at(found, self._placed(anchor, own, targets))
        if found.new is None:  # its words are cut by what stands beside them now
            return replace(found, fate=Fate.REWORDED, after=after, because="sentence")
        found = replace(found, fate=Fate.MOVED if moved else Fate.UNCHANGED, after=after)
        return found if statement is None else self._in_context(found, statement, own)

    def _like(
        self,
        anchor: Anchor,
        own: Sequence[int],
        targets: Sequence[int],
        statement: Statement | None,
        found: QuoteFate,
    ) -> QuoteFate:
        """The fate where a sentence was edited, and the new ones are like it."""
        before, after = _sentences(self.old, own), _sentences(self.new, targets)
        pieces = len(targets) - len(own)
        fate = Fate.SPLIT if pieces > 0 else Fate.MERGED if pieces < 0 else Fate.REWORDED
        missing = [
            one for one in own if one not in self.alignment.same and one not in self.alignment.like
        ]
        changed = self._carrying.compare(before, after, parts=fate is not Fate.REWORDED)
        if changed or missing:
            fate = Fate.VALUE_CHANGED
        found = replace(
            self._at(found, self._proposed(anchor, own, targets)),
            fate=fate,
            before=before,
            after=after,
            changed=tuple(changed),
            because="sentence",
        )
        if statement is None or fate is Fate.VALUE_CHANGED:
            return found
        return self._in_context(found, statement, range(own[0], own[-1] + 1))

    def _elsewhere(self, anchor: Anchor, own: range, found: QuoteFate) -> QuoteFate:
        """The fate where no sentence is like the old one: its words may stand in another."""
        words = [normalize(one.exact) for one in anchor.selectors]
        if len(words) != 1:
            return found
        places = find_places(self.new, words[0], 100).good
        if not places:
            return found
        spots = tuple(where(self.new, place.start, place.end) for place in places)
        if len(places) > 1:
            return replace(found, fate=Fate.AMBIGUOUS, places=spots, because="sentence")
        after = _sentences(self.new, [places[0].sentence.number - 1])
        changed = self._carrying.compare(found.before, after)
        return replace(
            self._at(found, [(places[0].start, places[0].end)]),
            fate=Fate.VALUE_CHANGED if changed else Fate.REWORDED,
            after=after,
            changed=tuple(changed),
            because="sentence",
        )

    def _own(self, anchor: Anchor) -> range:
        """The indexes of the sentences that a quote touches, from 0."""
        first = self.old.sentence_at(anchor.start).number - 1
        return range(first, self.old.sentence_at(anchor.end - 1).number)

    def _at(self, found: QuoteFate, spans: Sequence[tuple[int, int]] | None) -> QuoteFate:
        """The same with the place in the new text, and the words that stand there."""
        if not spans:
            return found
        words = " […] ".join(self.new.raw[start:end] for start, end in spans)
        if normalize(words) == normalize(found.quote):
            words = found.quote
        place = where(self.new, spans[0][0], spans[-1][1])
        return replace(found, new=place, words=words, spans=tuple(spans))

    def _placed(
        self, anchor: Anchor, own: range, targets: Sequence[int]
    ) -> list[tuple[int, int]] | None:
        """Where the parts of a quote stand in sentences that are the same."""
        begin, end = self.old.sentences[own[0]].start, self.old.sentences[own[-1]].end
        first, last = self.new.sentences[targets[0]].start, self.new.sentences[targets[-1]].end
        shift = first - begin
        if self.old.raw[begin:end] == self.new.raw[first:last]:
            return [(one.start + shift, one.end + shift) for one in anchor.selectors]
        # White space or marks are others: the quote is the one with as many like it before it.
        spans = [self._nth(one.exact, begin, one.start, first, last) for one in anchor.selectors]
        found = [span for span in spans if span is not None]
        return found if len(found) == len(spans) else None

    def _nth(
        self, words: str, begin: int, at: int, first: int, last: int
    ) -> tuple[int, int] | None:
        inside = SourceText(self.new.raw[first:last], self.new.language)
        # As it stands; else with marks of another kind, inside of which there are no spaces.
        for form in (normalize, normal_form):
            before = form(self.old.raw[begin : at + len(words)]).count(form(words)) or 1
            places = find_places(inside, form(words)).good
            if len(places) >= before:
                break
        else:
            return None
        place = places[before - 1]
        return first + place.start, first + place.end

    def _proposed(
        self, anchor: Anchor, own: Sequence[int], targets: Sequence[int]
    ) -> list[tuple[int, int]] | None:
        """Where the new sentences have what the parts of a quote were."""
        sentences = self.new.sentences
        together = all(b == a + 1 for a, b in pairwise(targets))
        if not together or len({sentences[one].paragraph for one in targets}) > 1:
            return None
        first, last = sentences[targets[0]].start, sentences[targets[-1]].end
        begin, end = self.old.sentences[own[0]].start, self.old.sentences[own[-1]].end
        words = WordMap(self.old.raw[begin:end], self.new.raw[first:last])
        parts = []
        for one in anchor.selectors:
            span = words.map(one.start - begin, one.end - begin)
            if span is None:
                return None
            parts.append((span[0] + first, span[1] + first))
        if any(two[0] < one[1] for one, two in pairwise(parts)):
            return None
        return parts

    # What a sentence points back to.

    def _in_context(self, found: QuoteFate, statement: Statement, own: range) -> QuoteFate:
        """The fate, unless what the sentence points back to, or its date, is other now."""
        if self.date_has_changed and self._counts_from_date(statement):
            return replace(found, fate=Fate.VALUE_CHANGED, because="date")
        from_, to = max(own[0] - _BACK, 0), min(own[-1] + _AHEAD, len(self.old.sentences) - 1)
        if self._breaks[to] == self._breaks[from_]:
            return found
        changed = self._context_change(statement, own)
        if changed is None:
            return found
        return replace(found, fate=Fate.VALUE_CHANGED, changed=(changed,), because="means")

    def _context_change(self, statement: Statement, own: range) -> Changed | None:
        plain = replace(statement, means={})
        sentence = _sentences(self.old, own)
        for slug in self._pointed_at(statement):
            is_meant = any(slug in slugs for slugs in statement.means.values())
            # A word that by the claim's own saying means something is no form of its name.
            if is_meant and self._naming.is_named(slug, fold(sentence), plain):
                continue
            if not is_meant and self._naming.is_there(slug, sentence, plain):
                continue
            back = range(own[0] - 1, max(own[0] - 1 - _BACK, -1), -1)
            ahead: range = range(0)
            if slug in statement.speakers:
                ahead = range(own[-1] + 1, min(own[-1] + 1 + _AHEAD, len(self.old.sentences)))
            named = next(
                (
                    index
                    for index in (*back, *ahead)
                    if self._naming.is_there(slug, _sentences(self.old, [index]), plain)
                ),
                None,
            )
            if named is None and is_meant and own[0] > 0:
                named = own[0] - 1
            if named is None:
                continue
            changed = self._reference_change(named, own, "name", strict=is_meant)
            if changed is not None:
                return changed
        period = statement.during.period if statement.during else None
        if period is not None and not self._names_time(period, sentence):
            back = range(own[0] - 1, max(own[0] - 1 - _BACK, -1), -1)
            for index in back:
                if self._names_time(period, _sentences(self.old, [index])):
                    return self._reference_change(index, own, "date", strict=False)
        return None

    def _reference_change(
        self, named: int, own: range, kind: str, *, strict: bool
    ) -> Changed | None:
        """Whether the sentence that is pointed to, or what stands between, is other now.

        Args:
            named: the sentence that is pointed to.
            own: those of the quote.
            kind: what is named there.
            strict: whether any new sentence between may be meant instead; else only one that
                names something of the kind.
        """
        before = _sentences(self.old, [named])
        there = self._counterpart(named)
        if there is None:
            return Changed(kind, (before,), ())
        if changed := self._carry_change(named):
            return changed[0]
        here = self._counterpart(own[0] if named < own[0] else own[-1])
        if here is None:
            return None
        low, high = (there[-1], here[0]) if named < own[0] else (here[-1], there[0])
        if low > high:
            return Changed(kind, (before,), ())
        middle = range(min(named, own[0]) + 1, max(named, own[-1]))
        known = {
            one
            for index in middle
            if not self._carry_change(index)
            for one in self._counterpart(index) or ()
        }
        for index in range(low + 1, high):
            if index in known:
                continue
            words = _sentences(self.new, [index])
            if normalize(words) == normalize(before):
                continue  # what is pointed to, once more
            if strict or any(one.kind == kind for one in self._carrying.find(words)):
                return Changed(kind, (), (words,))
        return None

    def _carry_change(self, index: int) -> list[Changed]:
        """What a sentence, with those that it was merged with, carries otherwise now."""
        like = self.alignment.like.get(index)
        if like is None:
            return []
        before, after = _sentences(self.old, like.old), _sentences(self.new, like.new)
        return self._carrying.compare(before, after, parts=len(like.old) != len(like.new))

    def _counterpart(self, index: int) -> tuple[int, ...] | None:
        if index in self.alignment.same:
            return (self.alignment.same[index],)
        like = self.alignment.like.get(index)
        return None if like is None else like.new

    def _pointed_at(self, statement: Statement) -> list[str]:
        """The entities of a claim, but those that are meant in the whole document."""
        document = self.facts.document
        everywhere = {*document.author, *self.document.author, DOCUMENT}
        everywhere.update(slug for slugs in document.means.values() for slug in slugs)
        slugs = [one.slug for one in statement.things() if isinstance(one, EntityValue)]
        slugs += statement.speakers
        slugs += [slug for all_ in statement.means.values() for slug in all_]
        return [slug for slug in dict.fromkeys(slugs) if slug not in everywhere]

    # The document's own date.

    @property
    def hidden_by_date(self) -> list[Statement]:
        """The claims that do not quote this text, and whose time counts from its date."""
        quoting = {one.id for one in self.claims}
        return [
            one
            for one in self.facts.statements
            if one.id not in quoting and self.date_has_changed and self._counts_from_date(one)
        ]

    def _counts_from_date(self, statement: Statement) -> bool:
        if statement.said_on is not None:
            return False
        periods = [one.period for one in statement.things() if isinstance(one, PeriodValue)]
        if statement.during is not None:
            periods.append(statement.during.period)
        if statement.compared_with is not None and statement.compared_with.period is not None:
            periods.append(statement.compared_with.period.period)
        return any(self._is_other_time(one, statement) for one in periods)

    def _is_other_time(self, period: Period, statement: Statement) -> bool:
        if period.resolved_against is None and period.as_of is None:
            return False
        if self.published is None or period.as_of is not None or self.document.name:
            return True
        try:
            again = parse_period(
                words=period.words,
                edtf=None,
                reference=self.published,
                language=self.facts.document.language,
                ahead=statement.modality.is_ahead,
            )
        except PeriodError:
            return True
        return again.edtf != period.edtf

    def _dateline_changed(self, stated: str) -> bool:
        """Whether a sentence at an end of the text gave the document's date, and gives another."""
        period = parse_period(words=None, edtf=stated, reference=None)
        count = len(self.old.sentences)
        ends = {*range(min(_DATELINE, count)), *range(max(count - _DATELINE, 0), count)}
        for index in sorted(ends - self.alignment.same.keys()):
            if self._names_time(period, _sentences(self.old, [index])):
                there = self._counterpart(index)
                if there is not None and not self._names_time(period, _sentences(self.new, there)):
                    return True
        return False

    def _names_time(self, period: Period, words: str) -> bool:
        return match_period(period, words, self._reference, self.document.language).exact

    @cached_property
    def _reference(self) -> str | None:
        """The day from which the times of the text count."""
        every = {one.key: one for one in self.facts.document.all_versions}
        dated = self.document
        while dated.name and dated.translation_of is not None:
            dated = every[dated.translation_of]
        return dated.published or self.facts.document.published

    @cached_property
    def _context(self) -> Context:
        return Context(
            reader=Reader(self.source, Findings(self.source.locate)),
            vocabulary=self._vocabulary,
            prefixes=PREFIXES,
            text=self.old,
            language=self.document.language,
            reference=self._reference,
            entities=self.facts.entities,
            means=self.facts.document.means,
        )

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self._context)

    @cached_property
    def _carrying(self) -> Carrying:
        names: dict[str, str] = {}
        for slug, entity in self.facts.entities.items():
            for name in (*entity.labels.values(), *entity.also):
                names.setdefault(fold(name), slug)
        for words, slugs in self.facts.document.means.items():
            names.setdefault(fold(words), " ".join(slugs))
        return Carrying(self.document.language, names, self._inner_words.__contains__)

    @cached_property
    def _inner_words(self) -> frozenset[str]:
        """The words of both texts that do not begin a sentence, as they are written."""
        before, after = self.alignment.normal
        pattern, words = word_pattern(), set[str]()
        for sentence in dict.fromkeys((*before, *after)):
            at = 0
            while (first := pattern.search(sentence, at)) and first.start() <= _BEGINNING:
                at = first.end()
            words.update(pattern.findall(sentence, at))
        return frozenset(words)


class WordMap:
    """Where words of an old sentence stand in a new one.

    >>> spans = WordMap("It set a record of $28 billion.", "It soon set a record of $30 billion.")
    >>> spans.map(3, 30)
    (8, 35)
    """

    def __init__(self, before: str, after: str) -> None:
        self._before, self._after = before, after
        self._old = [match.span() for match in word_pattern().finditer(before)]
        self._new = [match.span() for match in word_pattern().finditer(after)]
        matcher = SequenceMatcher(
            None,
            [before[start:end] for start, end in self._old],
            [after[start:end] for start, end in self._new],
            autojunk=False,
        )
        self._steps = matcher.get_opcodes()

    def map(self, start: int, end: int) -> tuple[int, int] | None:
        """The stretch for one of the old sentence; None where nothing is left of it.

        Args:
            start: first code point in the old sentence.
            end: code point after the last one (exclusive).
        """
        words = [at for at, span in enumerate(self._old) if span[0] < end and start < span[1]]
        if not words:
            return None
        first, last = self._first(words[0]), self._last(words[-1])
        if first is None or last is None or first > last:
            return None
        from_, to = self._new[first][0], self._new[last][1]
        # Marks at the ends of the quote, such as its full stop, where they stand there too.
        head = self._before[start : self._old[words[0]][0]]
        tail = self._before[self._old[words[-1]][1] : end]
        if head and normalize(self._after[max(from_ - len(head), 0) : from_]) == normalize(head):
            from_ -= len(head)
        if tail and normalize(self._after[to : to + len(tail)]) == normalize(tail):
            to += len(tail)
        return from_, to

    def _first(self, word: int) -> int | None:
        for tag, i1, i2, j1, _ in self._steps:
            if i1 <= word < i2:
                if tag == "equal":
                    return j1 + word - i1
                return j1 if j1 < len(self._new) else None
        return None

    def _last(self, word: int) -> int | None:
        for tag, i1, i2, j1, j2 in self._steps:
            if i1 <= word < i2:
                return j1 + word - i1 if tag == "equal" else j2 - 1 if j2 > 0 else None
        return None


def where(text: SourceText, start: int, end: int) -> Where:
    """A stretch of a text with its line, column and sentence."""
    line, column = text.line_column(start)
    return Where(start, end, line, column, text.sentence_at(start).number)


def quote_paths(root: Node, path: Path, count: int, version: str) -> list[Path]:
    """Where the words of each quote that a claim has of a text stand in the facts.

    Args:
        root: the facts.
        path: the claim, or the passage without a fact.
        count: how many quotes it has of the text.
        version: how quotes call the text.
    """
    at: Path = (*path, "quote")
    node = value_at(root, at)
    if isinstance(node, dict) and "exact" not in node:
        word = next(word for word in node if version in (word, word.lower()))
        at, node = (*at, word), node[word]
    if not isinstance(node, list):
        return [(*at, "exact") if isinstance(node, dict) else at]
    return [
        (*at, index, "exact") if isinstance(node[index], dict) else (*at, index)
        for index in range(count)
    ]


def _sentences(text: SourceText, indexes: Sequence[int]) -> str:
    """Some sentences as one text; those that stand side by side with what is between them."""
    pieces = []
    for index in indexes:
        one = text.sentences[index]
        pieces.append(" ".join(text.raw[one.start : one.end].split()))
    return " ".join(pieces)
