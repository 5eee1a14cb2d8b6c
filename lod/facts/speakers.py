"""Checks who says a claim against whom the text names around its quote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from lod.facts.context import Context
from lod.facts.naming import Naming, contains_words, fold
from lod.facts.reader import quoted
from lod.facts.schema import DOCUMENT
from lod.language.data import primary
from lod.language.inflection import missing_words, words_of
from lod.language.normalization import lower
from lod.language.speech import Attribution, Stretch, find_attributions, load_speech
from lod.model.claim import Statement
from lod.model.value import EntityValue, TextValue
from lod.vocabulary.names import REL

#: The classes of what can speak.
SPEAKERS = frozenset({REL.Agent, REL.Group, REL.Country, REL.Document})


class _Said(Struct, frozen=True):
    """Who says something, as far as the names tell.

    Attributes:
        words: the words for the speaker.
        slugs: the entities that they name; none where they are unknown.
        by_author: whether it is the author who speaks.
        leading: whether it holds all attributions after it.
        content: what is said, folded.
    """

    words: str
    slugs: frozenset[str]
    by_author: bool
    leading: bool
    content: str


class SpeakerCheck:
    """Checks the speakers of the claims of one publication.

    Args:
        context: the publication.
        naming: how its text calls its entities.
    """

    __slots__ = ("_attributions", "_context", "_language", "_naming", "_resolved", "_speakers")

    def __init__(self, context: Context, naming: Naming) -> None:
        self._context = context
        self._naming = naming
        self._language = primary(context.language)
        self._attributions: dict[int, tuple[Attribution, ...]] = {}
        # Who is named there, as far as no `means` of a claim's own says it.
        self._resolved: dict[Attribution, _Said] = {}
        self._speakers = tuple(
            slug
            for slug, entity in context.entities.items()
            if context.vocabulary.fits(entity.type, SPEAKERS)
        )

    def check(self, statement: Statement) -> None:
        """Report a claim by another speaker than its quote's, or by a chain in another order.

        Args:
            statement: a claim with anchors.
        """
        if self._context.text is None or load_speech(self._language) is None:
            return
        said = [one for one in self._said(statement) if not one.by_author]
        if said:
            self._check_said(statement, said)
        elif any(not self._is_author(slug) for slug in statement.speakers):
            self._check_unsaid(statement)

    def _check_said(self, statement: Statement, said: list[_Said]) -> None:
        speakers = statement.speakers
        for one in said:
            if not one.slugs:
                if all(map(self._is_author, speakers)):
                    self._report(
                        statement,
                        f"the text says that {quoted(one.words)} says this, but the claim is by"
                        f" {_chain(speakers)}",
                        one.words,
                    )
                    return
            elif not any(self._is_meant(slug, one.slugs) for slug in speakers):
                names = " or ".join(sorted(one.slugs))
                self._report(
                    statement,
                    f"the text says that {quoted(one.words)} says this ({names}), but the claim"
                    f" is by {_chain(speakers)}",
                    one.words,
                )
                return
        if self._has_wrong_order(statement, said):
            return
        order = [
            next(i for i, slug in enumerate(speakers) if self._is_meant(slug, one.slugs))
            for one in said
            if one.slugs and one.leading
        ]
        if order != sorted(order):
            right = [speakers[index] for index in sorted(order, key=order.index)]
            self._report(
                statement,
                f"in the text {quoted(said[0].words)} says what others said, but the claim is by"
                f" {_chain(speakers)}; a chain begins with the outermost: {_chain(right)}",
            )

    def _has_wrong_order(self, statement: Statement, said: list[_Said]) -> bool:
        """Report a chain with somebody before or after the last attribution who cannot be there.

        Only whom the words that are said name can be quoted in turn, and stands further inside.
        """
        last, speakers = said[-1], statement.speakers
        if not last.slugs or len(speakers) < 2:
            return False
        at = max(i for i, slug in enumerate(speakers) if self._is_meant(slug, last.slugs))
        known = frozenset().union(*(one.slugs for one in said))
        for index, slug in enumerate(speakers):
            if index == at or self._is_meant(slug, known) or slug not in self._context.entities:
                continue
            inside = any(contains_words(last.content, name) for name in self._naming.names(slug))
            if inside is (index > at):
                continue
            where = "is quoted by" if inside else "does not stand in what is said by"
            self._report(
                statement,
                f"{quoted(slug)} {where} {quoted(speakers[at])}; the claim is by"
                f" {_chain(speakers)}, and a chain begins with the outermost",
            )
            return True
        return False

    def _check_unsaid(self, statement: Statement) -> None:
        """A speaker whom the text lets say nothing up to the end of the quote's paragraph."""
        text = self._context.text
        if text is None:
            return
        last = max(anchor.paragraph for anchor in statement.anchors)
        innermost = statement.speakers[-1]
        if self._is_author(innermost):
            return
        for number in range(last, 0, -1):
            for attribution in self._of_paragraph(number):
                one = self._resolve(attribution, statement)
                if self._is_meant(innermost, one.slugs) or not (one.slugs or one.by_author):
                    return
        # Whom the text does not name at all, its publisher or translator, says it as its frame.
        whole = fold(text.raw)
        span = text.paragraphs[last - 1]
        if not self._is_expected(innermost, whole, statement) or self._naming.is_there(
            innermost, text.raw[span.start : span.end], statement
        ):
            return
        self._report(
            statement,
            f"the claim is by {quoted(innermost)}, whom the text does not let say anything",
        )

    def _is_expected(self, slug: str, whole: str, statement: Statement) -> bool:
        """Whether the folded text names a speaker, or the text that it is a version of does."""
        first = self._context.first_text
        return self._naming.is_named(slug, whole, statement) or (
            first is not None and self._naming.is_named(slug, fold(first.raw), statement)
        )

    def _report(self, statement: Statement, message: str, found: str | None = None) -> None:
        self._context.report(
            statement,
            "speaker-mismatch",
            message,
            (*statement.path, "by"),
            "name under by: who says it, a chain from the outermost on, or add the words for the"
            " speaker under also: or means:, or say why not: {allow}",
            statement.speakers,
            found=found,
        )

    def _said(self, statement: Statement) -> Iterator[_Said]:
        """Who says the words of a claim's quotes, outermost first where they are nested."""
        seen: set[Stretch] = set()
        for anchor in statement.anchors:
            for attribution in self._of_paragraph(anchor.paragraph):
                if attribution.cue in seen or not self._applies(attribution, statement):
                    continue
                seen.add(attribution.cue)
                yield self._resolve(attribution, statement)

    def _of_paragraph(self, number: int) -> tuple[Attribution, ...]:
        found = self._attributions.get(number)
        if found is None:
            text = self._context.text
            sentences = (
                [] if text is None else [(one.start, one.end) for one in text.sentences_of(number)]
            )
            raw = "" if text is None else text.raw
            found = find_attributions(raw, sentences, self._language)
            self._attributions[number] = found
        return found

    def _applies(self, attribution: Attribution, statement: Statement) -> bool:
        """Whether a claim's quotes are of what is said there, and not of the one who says it."""
        text = self._context.text
        if text is None:
            return False
        if any(
            all(
                first <= selector.start and selector.end <= last
                for anchor in statement.anchors
                for selector in anchor.selectors
            )
            for first, last in attribution.speakers[:1]
        ):
            return False  # the quote is of the speaker alone
        selectors = [one for anchor in statement.anchors for one in anchor.selectors]
        overlaps = [
            (max(start, selector.start), min(end, selector.end))
            for selector in selectors
            for start, end in attribution.contents
        ]
        said = " ".join([text.raw[a:b] for a, b in overlaps if a < b])
        if not said or not words_of(said):
            return False
        if all(
            start <= selector.start and selector.end <= end
            for selector in selectors
            for start, end in attribution.contents[:1]
        ):
            return True
        # The quote has the speaker, too: what the claim says may be about them.
        there = self._resolve(attribution, statement).slugs
        if not any(isinstance(s, EntityValue) and s.slug in there for s in statement.subjects):
            return True
        folded = fold(said)
        for value in statement.values:
            if isinstance(value, EntityValue):
                if self._naming.is_named(value.slug, folded, statement):
                    return True
            elif not isinstance(value, TextValue) or not missing_words(
                value.text, said, self._language
            ):
                return True
        return not statement.values

    def _resolve(self, attribution: Attribution, statement: Statement) -> _Said:
        if statement.means:
            return self._read(attribution, statement)
        found = self._resolved.get(attribution)
        if found is None:
            found = self._resolved[attribution] = self._read(attribution, statement)
        return found

    def _read(self, attribution: Attribution, statement: Statement) -> _Said:
        text, words = self._context.text, load_speech(self._language)
        raw = "" if text is None else text.raw
        first = ""
        content = fold(" ".join(raw[start:end] for start, end in attribution.contents))
        for start, end in attribution.speakers:
            place = raw[start:end]
            first = first or place
            if words is not None and words.author.match(lower(place)):
                meant = self._meant(place, statement)
                return _Said(place, meant, not meant, attribution.leading, content)
            slugs = frozenset(
                s for s in self._speakers if self._naming.is_there(s, place, statement)
            )
            # Of "the head of the bank, Ana Lark, said" it is the person who speaks.
            slugs = frozenset(filter(self._is_person, slugs)) or slugs
            if slugs:
                author = all(map(self._is_author, slugs))
                return _Said(place, slugs, author, attribution.leading, content)
        return _Said(first, frozenset(), False, attribution.leading, content)

    def _meant(self, place: str, statement: Statement) -> frozenset[str]:
        """Those whom a claim or the document means by "I" or "we", other than the author."""
        folded = fold(place)
        return frozenset(
            slug
            for means in (statement.means, self._context.means)
            for words, slugs in means.items()
            if contains_words(folded, words)
            for slug in slugs
            if not self._is_author(slug) and not self._is_part_author(slug)
        )

    def _is_part_author(self, slug: str) -> bool:
        return self._context.author in self._context.entities[slug].members

    def _is_person(self, slug: str) -> bool:
        type_ = self._context.entities[slug].type
        return self._context.vocabulary.fits(type_, frozenset({REL.Person}))

    def _is_author(self, slug: str) -> bool:
        return slug in (self._context.author, DOCUMENT)

    def _is_meant(self, slug: str, slugs: Iterable[str]) -> bool:
        """Whether a speaker is one of those named, or a group of theirs or a part of one."""
        if slug in slugs:
            return True
        entities = self._context.entities
        mine = entities.get(slug)
        return mine is not None and any(
            slug in other.members
            or other.slug in mine.members
            or other.part_of == slug
            or mine.part_of == other.slug
            for other in (entities[one] for one in slugs)
        )


def _chain(speakers: Iterable[str]) -> str:
    return ", ".join(f'"{slug}"' for slug in speakers)
