"""Periods: EDTF values, words in a language, and words counted from a reference date.

`parse_period` reads what the facts say, `find_periods` and `match_period` what a text says, and
`format_period` writes a period into a sentence. What words mean is decided in
`lod.facts.period.resolve`, how EDTF is read in `lod.facts.period.edtf`, which words a language has
in `lod/facts/languages/periods/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from lod.facts.dates import PeriodError, parse_date, shown
from lod.facts.period.agreement import Relation, relation
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.language import language as find_language
from lod.facts.period.language import languages
from lod.facts.period.mentions import Mention, find, read
from lod.facts.period.reading import Context, Gap, Reading
from lod.facts.period.resolve import read_mention
from lod.facts.period.unresolved import (
    context_of,
    could_be_resolved,
    read_words,
    unresolved_hint,
)
from lod.facts.period.wording import edtf_words
from lod.model.period import Period

__all__ = [
    "PeriodError",
    "PeriodMatch",
    "PeriodMatchResult",
    "could_be_resolved",
    "find_periods",
    "format_period",
    "languages",
    "match_period",
    "parse_date",
    "parse_edtf",
    "parse_period",
    "unresolved_hint",
]

#: Words for a time are few; longer text is a mistake.
MAX_WORDS = 200

_LIKE_EDTF = re.compile(r"[0-9XYEST.~?%/\[\]{},:Z+\u2010-\u2015 -]+")
_YEAR_AND_PART = re.compile(r"([0-9]{2})([0-9]{2})-([0-9]{2})")


@dataclass(frozen=True, slots=True)
class PeriodMatch:
    """Words of a text that name a time.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        words: `text[start:end]`.
    """

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class PeriodMatchResult:
    """Where a text names a period.

    Attributes:
        match: the words that name it; where none do, the time that the text names instead; None
            where it names no time.
        agrees: whether `match` names the period.
        exact: whether it names just that time, and not one that contains it or lies in it.
    """

    match: PeriodMatch | None
    agrees: bool
    exact: bool = False


def parse_period(
    *, words: str | None, edtf: str | None, reference: str | None, language: str = "en"
) -> Period:
    """Read a period as the facts give it.

    Args:
        words: words ("last year", "in the third quarter of 2024"), or an EDTF value, or None.
        edtf: the EDTF value, or None. It decides; the words must not contradict it.
        reference: the xsd:date that relative words count from, or None.
        language: tag of the language of the words.

    Returns:
        The period. Where the words cannot be resolved ("soon", "on May 9" without a year, "last
        year" without a reference) it has words only, and `unresolved_hint` says why.

    Raises:
        PeriodError: neither words nor EDTF are given, one of them names a day that does not exist,
            an interval ends before it begins, or the words contradict the EDTF value.

    >>> period = parse_period(words="last year", edtf=None, reference="2024-11-27")
    >>> period.edtf, period.start, period.end, period.resolved_against
    ('2023', '2023-01-01', '2023-12-31', '2024-11-27')
    >>> parse_period(words="on May 9", edtf="2025-05-09", reference="2024-11-27").start
    '2025-05-09'
    """
    return _parse(words, edtf, reference, language)


@lru_cache(maxsize=8192)
def _parse(words: str | None, edtf: str | None, reference: str | None, tag: str) -> Period:
    if reference is not None:
        parse_date(reference)
    if words is None:
        if edtf is None:
            raise PeriodError("a period needs words or EDTF", hint="write 2023 or last year")
        return parse_edtf(edtf)
    words = " ".join(words.split())
    if not words:
        raise PeriodError("the words of a period are empty", hint="write 2023 or last year")
    if len(words) > MAX_WORDS:
        raise PeriodError(
            f"{shown(words)} is too long for a period", hint=f"at most {MAX_WORDS} characters"
        )
    if edtf is not None:
        return _both(words, edtf, reference, tag)
    if _LIKE_EDTF.fullmatch(words) or not any(map(str.isalpha, words)):
        try:
            period = parse_edtf(words)
        except PeriodError:
            # "2015-2020", "9.5.2025": no EDTF, but words that may be clear
            resolved = read_words(words, reference, tag)
            if resolved is None or resolved.edtf is None:
                raise
            return _resolved(words, resolved, reference)
        _check_not_years(words)
        return period
    reading = read_words(words, reference, tag)
    if reading is None or reading.edtf is None:
        return Period(words=words)
    return _resolved(words, reading, reference)


def _resolved(words: str, reading: Reading, reference: str | None) -> Period:
    """The period of words that have an EDTF value."""
    period = parse_edtf(reading.edtf or "")
    return _with_words(period, words, reference if reading.relative else None)


def _with_words(period: Period, words: str, resolved_against: str | None) -> Period:
    return Period(
        words,
        period.edtf,
        period.start,
        period.end,
        period.precision,
        resolved_against,
        period.approximate,
        period.uncertain,
    )


def _both(words: str, edtf: str, reference: str | None, tag: str) -> Period:
    """The period of an EDTF value with its words."""
    period = parse_edtf(edtf)
    language = find_language(tag)
    mention = None if language is None else read(words, language)
    if language is None or mention is None:
        return _with_words(period, words, None)
    context = context_of(words, reference, language)
    found = relation(mention, context, period)
    try:
        reading = read_mention(mention, context)
    except PeriodError:  # the words name no day; the EDTF value says which was meant
        return _with_words(period, words, None)
    if found is Relation.APART:
        raise PeriodError(
            f"{shown(words)} and {shown(edtf)} are different times", hint=_difference(reading)
        )
    relative = reading.relative and found is not Relation.OPEN
    return _with_words(period, words, reference if relative else None)


def _difference(reading: Reading) -> str:
    """What words mean that contradict the EDTF value."""
    if reading.edtf is None:
        return "the month or day of the words is another than that of the EDTF value"
    meaning = parse_edtf(reading.edtf)
    days = f"{meaning.start or '…'} to {meaning.end or '…'}"
    return f"the words mean {reading.edtf} ({days}); leave out one of the two, or correct it"


def _check_not_years(words: str) -> None:
    """Refuse "2020-21" where it was not marked as EDTF: spring 2020, or the years 2020 and 2021?

    Raises:
        PeriodError: it may be either.
    """
    match = _YEAR_AND_PART.fullmatch(words)
    if match is None or int(match[3]) < 21 or (int(match[2]) + 1) % 100 != int(match[3]):
        return
    year, following = match[1] + match[2], int(match[1] + match[2]) + 1
    raise PeriodError(
        f"{shown(words)} may be a part of the year {year} in EDTF, or two years",
        hint=f"write {year}/{following:04d} for the years, or {{edtf: {words}}} for the part",
    )


def find_periods(text: str, language: str = "en") -> list[PeriodMatch]:
    """Find the words that name times in running text.

    Args:
        text: the text, or a quote of it.
        language: tag of its language; without data for it nothing is found.

    Returns:
        The mentions in text order, none inside another; vague ones ("soon") are among them.

    >>> [match.words for match in find_periods("In 2023, and from May to July 2024")]
    ['In 2023', 'from May to July 2024']
    """
    data = find_language(language)
    if data is None:
        return []
    return [PeriodMatch(m.start, m.end, text[m.start : m.end]) for m in find(text, data)]


def match_period(
    stated: Period, text: str, reference: str | None, language: str = "en"
) -> PeriodMatchResult:
    """Find the words of a text that name a period.

    The words that the period gives are looked for first; then times that are the same, that lie in
    it or contain it ("on May 9" for 2025-05-09), and at last those that count from elsewhere ("a
    month earlier"), which cannot be checked.

    Args:
        stated: the period, with words, EDTF or both.
        text: the quote.
        reference: the xsd:date that its relative words count from, or None.
        language: tag of its language.

    >>> period = parse_period(words="2023", edtf=None, reference=None)
    >>> match_period(period, "Last year, it set a new record", "2024-11-27").match.words
    'Last year'
    """
    if stated.words is not None and (span := _place(stated.words, text)) is not None:
        return PeriodMatchResult(PeriodMatch(*span, text[slice(*span)]), True, True)
    data = find_language(language)
    mentions = () if data is None else find(text, data)
    if data is None or not mentions:
        return PeriodMatchResult(None, False)
    chosen: Mention | None = None
    agrees = exact = False
    if stated.edtf is not None:
        day = None if reference is None else date.fromisoformat(reference)
        fitting: Mention | None = None
        elsewhere: Mention | None = None
        for mention in mentions:
            context = Context(data, text, day)
            found = relation(mention, context, stated)
            if found is Relation.SAME:
                chosen, agrees, exact = mention, True, True
                break
            if found is Relation.FITS:
                fitting = fitting or mention
            elif found is Relation.OPEN and not _is_vague(mention, context):
                elsewhere = elsewhere or mention
        if chosen is None and (fitting or elsewhere):
            chosen, agrees = fitting or elsewhere, True
    chosen = chosen or mentions[0]
    match = PeriodMatch(chosen.start, chosen.end, text[chosen.start : chosen.end])
    return PeriodMatchResult(match, agrees, exact)


def _is_vague(mention: Mention, context: Context) -> bool:
    """Whether a mention says no time at all, and does not count from elsewhere either."""
    try:
        return read_mention(mention, context).gap in (Gap.WORDS, Gap.RANGE)
    except PeriodError:
        return True


#: White space, apostrophes and dashes as facts and texts write them, one for one.
_ALIKE = {
    **dict.fromkeys(map(ord, "\t\n\r\f\v\u00a0\u2009\u202f"), " "),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'"),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}


def _place(words: str, text: str) -> tuple[int, int] | None:
    """Where words stand in a text as whole words, in any case; None where they do not."""
    folded, wanted = text.translate(_ALIKE).lower(), words.translate(_ALIKE).lower()
    if len(folded) != len(text):  # the small form of some letters is longer
        folded, wanted = text.translate(_ALIKE), words.translate(_ALIKE)
    at = folded.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        before = folded[at - 1] if at else " "
        after = folded[end] if end < len(folded) else " "
        if not (
            (before.isalnum() and wanted[0].isalnum()) or (after.isalnum() and wanted[-1].isalnum())
        ):
            return at, end
        at = folded.find(wanted, at + 1)
    return None


def format_period(period: Period, language: str = "en") -> str:
    """A period as a phrase for a sentence.

    Args:
        period: the period.
        language: tag of the language to write.

    Returns:
        "in 2023", "on 9 May 2025", "from January to September 2024"; the words where it is not
        resolved; the EDTF value where the language has no data or the value has no good phrase.

    >>> format_period(parse_edtf("2024-35"), "de")
    'im dritten Quartal 2024'
    """
    if period.edtf is None:
        return period.words or ""
    data = find_language(language)
    return period.edtf if data is None else edtf_words(period.edtf, data)
