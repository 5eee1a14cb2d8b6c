"""Periods: EDTF values, words in a language, and words counted from a reference date.

`parse_period` reads what the facts say, `find_periods` and `match_period` what a text says, and
`format_period` writes a period into a sentence. What words mean is decided in
`lod.language.periods.meaning`, how EDTF is read in `lod.language.edtf`, which words a
language has in its `periods.toml`.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from lod.language.data import FALLBACK, primary, table
from lod.language.dates import PeriodError, parse_date, shown
from lod.language.edtf import parse_edtf
from lod.language.normalization import lower
from lod.language.periods.agreement import Relation, counts_otherwise, lifetime_end, relation
from lod.language.periods.meaning import Context, Gap, Reading, read_mention
from lod.language.periods.mentions import Mention, find, read
from lod.language.periods.rules import Language
from lod.language.periods.rules import language as find_language
from lod.language.periods.wording import edtf_words
from lod.model.period import Period, Precision, Tense
from lod.patterns import lazy


def context_of(
    words: str, reference: str | None, language: Language, ahead: bool | None = None
) -> Context:
    """What words are read in: their language, and the date that they count from."""
    day = None if reference is None else date.fromisoformat(reference)
    return Context(language, words, day, None, ahead)


def _mentioned(words: str, tag: str) -> tuple[Mention, Language] | None:
    """The time that words are, in their language or in English; None where no rule knows them."""
    for one in dict.fromkeys((tag, FALLBACK)):
        language = find_language(one)
        mention = None if language is None else read(words, language)
        if language is not None and mention is not None:
            return mention, language
    return None


def read_words(
    words: str, reference: str | None, tag: str, ahead: bool | None = None
) -> Reading | None:
    """What words mean; None where no rule knows them."""
    found = _mentioned(words, tag)
    if found is None:
        return None
    mention, language = found
    return read_mention(mention, context_of(words, reference, language, ahead))


def unresolved_hint(
    words: str, reference: str | None, language: str = "en", ahead: bool | None = None
) -> str:
    """Why words were kept without a time, and what to write.

    Args:
        words: words that `parse_period` did not resolve.
        reference: the xsd:date that it was given.
        language: tag of their language.
        ahead: whether they stand in a plan, as it was given.

    >>> unresolved_hint("soon", "2024-11-27")
    'the words do not say when: where the time is known, write {words: soon, edtf: …}'
    """
    try:
        reading = read_words(" ".join(words.split()), reference, language, ahead)
    except PeriodError as error:
        return error.message
    gap = reading.gap if reading is not None and reading.gap else Gap.WORDS
    if gap is Gap.REFERENCE:
        return f"{gap}: give the document's `published:` or the claim's `saidOn:`"
    if gap is Gap.BEGUN:
        return f"{gap}: write {{words: {words}, edtf: …}}, or modality: planned"
    if gap is Gap.YEAR and reference is not None:
        choices = _choices(words, reference, language)
        if choices is not None:
            last, following = choices
            return (
                f"{gap}: write {{words: {words}, edtf: {following}}} (the next) "
                f"or edtf: {last} (the last)"
            )
    return f"{gap}: where the time is known, write {{words: {words}, edtf: …}}"


def could_be_resolved(
    words: str, reference: str | None, language: str = "en", ahead: bool | None = None
) -> bool:
    """Whether words that were kept name a time that a year or a date would make known.

    >>> could_be_resolved("on May 9", "2024-11-27"), could_be_resolved("soon", "2024-11-27")
    (True, False)
    """
    try:
        reading = read_words(" ".join(words.split()), reference, language, ahead)
    except PeriodError:
        return False
    return reading is not None and reading.gap in (Gap.YEAR, Gap.REFERENCE, Gap.BEGUN)


def _choices(words: str, reference: str, tag: str) -> tuple[str, str] | None:
    """EDTF of the last and the next time that words without a year may mean."""
    found = _mentioned(words, tag)
    if found is None:
        return None
    mention, language = found
    last = following = None
    year = int(reference[:4])
    for tried in range(max(year - 8, 1), min(year + 8, 9999) + 1):  # 29 February: up to 8 years
        context = Context(language, words, date.fromisoformat(reference), tried)
        try:
            edtf = read_mention(mention, context).edtf
            period = parse_edtf(edtf or "")
        except PeriodError:
            continue
        if (period.start or "") <= reference:
            last = edtf
        elif following is None:
            following = edtf
    return (last, following) if last and following else None


__all__ = [
    "PeriodError",
    "PeriodMatch",
    "PeriodMatchResult",
    "could_be_resolved",
    "find_periods",
    "format_period",
    "match_period",
    "match_years",
    "parse_date",
    "parse_edtf",
    "parse_period",
    "unresolved_hint",
]

#: Words for a time are few; longer text is a mistake.
MAX_WORDS = 200

_LIKE_EDTF = lazy(r"[0-9XYEST.~?%/\[\]{},:Z+\u2010-\u2015 -]+")
_YEAR_AND_PART = lazy(r"([0-9]{2})([0-9]{2})-([0-9]{2})")


class PeriodMatch(Struct, frozen=True):
    """Words of a text that name a time.

    Attributes:
        start: first code point.
        end: code point after the last one (exclusive).
        words: `text[start:end]`.
    """

    start: int
    end: int
    words: str


class PeriodMatchResult(Struct, frozen=True):
    """Where a text names a period.

    Attributes:
        match: the words that name it; where none do, the time that the text names instead; None
            where it names no time.
        agrees: whether `match` names the period.
        exact: whether it names just that time, and not one that contains it or lies in it.
        some_year: whether it leaves out the year, so that it may mean another one.
    """

    match: PeriodMatch | None
    agrees: bool
    exact: bool = False
    some_year: bool = False


def parse_period(
    *,
    words: str | None,
    edtf: str | None,
    reference: str | None,
    language: str = "en",
    ahead: bool | None = None,
) -> Period:
    """Read a period as the facts give it.

    Args:
        words: words ("last year", "in the third quarter of 2024"), or an EDTF value, or None.
        edtf: the EDTF value, or None. It decides; the words must not contradict it.
        reference: the xsd:date that relative words count from, or None.
        language: tag of the language of the words; they may be in English too.
        ahead: whether they stand in a plan ("on Monday" is the next one) or a report, or None.

    Returns:
        The period. Where the words cannot be resolved ("soon", "on May 9" without a year, "last
        year" without a reference) it has words only, and `unresolved_hint` says why.

    Raises:
        PeriodError: neither words nor EDTF are given, one of them names a day that does not exist,
            an interval ends before it begins, the words contradict the EDTF value, or they name
            nothing that could be a time.

    >>> period = parse_period(words="last year", edtf=None, reference="2024-11-27")
    >>> period.edtf, period.start, period.end, period.resolved_against
    ('2023', '2023-01-01', '2023-12-31', '2024-11-27')
    >>> parse_period(words="on May 9", edtf="2025-05-09", reference="2024-11-27").start
    '2025-05-09'
    """
    return _parse(words, edtf, reference, language, ahead)


@lru_cache(maxsize=8192)
def _parse(
    words: str | None, edtf: str | None, reference: str | None, tag: str, ahead: bool | None
) -> Period:
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
        return _both(words, edtf, reference, tag, ahead)
    if _LIKE_EDTF.fullmatch(words) or not any(map(str.isalpha, words)):
        try:
            period = parse_edtf(words)
        except PeriodError:
            # "2015-2020", "9.5.2025": no EDTF, but words that may be clear
            resolved = read_words(words, reference, tag, ahead)
            if resolved is None or resolved.edtf is None:
                raise
            return _resolved(words, resolved, reference)
        _check_not_years(words)
        return period
    reading = read_words(words, reference, tag, ahead)
    if reading is None:
        _check_time(words, tag)
    if reading is None or reading.edtf is None:
        return Period(words=words, as_of=reference, tense=_tense(words, tag))
    return _resolved(words, reading, reference)


def _check_time(words: str, tag: str) -> None:
    """Check that words which no rule knows could name a time: "during the war", not "banana".

    Raises:
        PeriodError: none of them has to do with time, and no preposition makes them one.
    """
    language = find_language(tag)
    if language is None or language.may_name_time(words):
        return
    english = find_language(FALLBACK)
    if english is not None and english.may_name_time(words):
        return
    raise PeriodError(
        f"{shown(words)} names no time",
        hint="write words such as last year, or EDTF such as 2023, or both: "
        f"{{words: {words}, edtf: …}}",
    )


def _tense(words: str, tag: str) -> Tense | None:
    """Whether words without a value lie before, at or after the day on which they were said."""
    data = table(primary(tag), "periods") or {}
    spoken = f" {words.casefold()} "
    for tense, known in data.get("tense", {}).items():
        if any(f" {word} " in spoken for word in known):
            return Tense(tense)
    return None


def _resolved(words: str, reading: Reading, reference: str | None) -> Period:
    """The period of words that have an EDTF value."""
    period = parse_edtf(reading.edtf or "")
    return _with_words(period, words, reference if reading.relative else None)


def _with_words(period: Period, words: str, resolved_against: str | None) -> Period:
    return replace(period, words=words, resolved_against=resolved_against)


def _both(words: str, edtf: str, reference: str | None, tag: str, ahead: bool | None) -> Period:
    """The period of an EDTF value with its words."""
    period = parse_edtf(edtf)
    mentioned = _mentioned(words, tag)
    if mentioned is None:
        return _with_words(period, words, None)
    mention, language = mentioned
    context = context_of(words, reference, language, ahead)
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
    stated: Period,
    text: str,
    reference: str | None,
    language: str = "en",
    ahead: bool | None = None,
    count_from: str | None = None,
) -> PeriodMatchResult:
    """Find the words of a text that name a period.

    The words that the period gives are looked for first; then times with the same ends ("on May 9"
    for 2025-05-09), and at last, where the text names no other time, those that count from
    elsewhere ("a month earlier"), which cannot be checked. What contains the period or lies in it
    does not name it.

    Args:
        stated: the period, with words, EDTF or both.
        text: the quote.
        reference: the xsd:date that its relative words count from, or None.
        language: tag of its language.
        ahead: whether the claim is a plan or a report, or None where that is not known.
        count_from: the xsd:date from which "a year earlier" counts, or None where it is not known.

    >>> period = parse_period(words="2023", edtf=None, reference=None)
    >>> match_period(period, "Last year, it set a new record", "2024-11-27").match.words
    'Last year'
    """
    if stated.words is not None and (span := _place(stated.words, text)) is not None:
        says = _says(stated, reference, language, ahead, count_from)
        agrees = says not in (Relation.WITHIN, Relation.APART)
        match = PeriodMatch(*span, text[slice(*span)])
        return PeriodMatchResult(match, agrees, agrees, says is Relation.SOME_YEAR)
    data = find_language(language)
    mentions = () if data is None else find(text, data)
    if data is None or not mentions:
        return PeriodMatchResult(None, False)
    chosen: Mention | None = None
    agrees = exact = some_year = False
    if stated.edtf is not None:
        context = context_of(text, reference, data, ahead)
        relations = [relation(mention, context, stated) for mention in mentions]
        for wanted in (Relation.SAME, Relation.FITS, Relation.SOME_YEAR):
            if chosen is None and wanted in relations:
                chosen, agrees = mentions[relations.index(wanted)], True
                exact, some_year = wanted is Relation.SAME, wanted is Relation.SOME_YEAR
        for mention in mentions:
            if chosen is None and lifetime_end(mention, context, stated):
                chosen, agrees = mention, True
        if chosen is None and not {Relation.WITHIN, Relation.APART} & {*relations}:
            counted = (one for one in mentions if not _is_vague(one, context))
            chosen = next(counted, None)
            agrees = chosen is not None and not (
                count_from and counts_otherwise(chosen, context_of(text, count_from, data), stated)
            )
        if chosen is None and Relation.WITHIN in relations:
            chosen = mentions[relations.index(Relation.WITHIN)]
    chosen = chosen or mentions[0]
    match = PeriodMatch(chosen.start, chosen.end, text[chosen.start : chosen.end])
    return PeriodMatchResult(match, agrees, exact, some_year)


def _says(
    stated: Period, reference: str | None, tag: str, ahead: bool | None, count_from: str | None
) -> Relation | None:
    """How the words of a period, which its quote has, stand to its value; None without both."""
    found = None if stated.edtf is None else _mentioned(stated.words or "", tag)
    if found is None:
        return None
    mention, language = found
    words = stated.words or ""
    if count_from and counts_otherwise(mention, context_of(words, count_from, language), stated):
        return Relation.APART
    return relation(mention, context_of(words, reference, language, ahead), stated)


_FOUR_DIGITS = lazy(r"(?<![\w.,:/-])(?:1[5-9]|20)[0-9]{2}(?![\w:/%]|[.,-][0-9]|\s?[%$\u20ac])")


def match_years(stated: Period, text: str) -> PeriodMatchResult | None:
    """Compare the years of a period with the four-digit ones of a text, whatever its language.

    Args:
        stated: the period.
        text: the quote.

    Returns:
        The year that agrees, or the one that stands there instead; None where it cannot be told:
        the text has no year, or the period is not one.

    >>> match_years(parse_edtf("2023"), "в 2023 году").agrees
    True
    >>> match_years(parse_edtf("2022-05"), "в 2023 году").agrees
    False
    >>> match_years(parse_edtf("2023-05"), "в 2023 году") is None
    True
    """
    if stated.words is not None and (span := _place(stated.words, text)) is not None:
        return PeriodMatchResult(PeriodMatch(*span, text[slice(*span)]), True, True)
    years = {day[:4] for day in (stated.start, stated.end) if day is not None}
    found = [PeriodMatch(*match.span(), match[0]) for match in _FOUR_DIGITS.finditer(text)]
    if not years or not found:
        return None
    for match in found:
        if match.words in years:
            whole = stated.precision is Precision.YEAR
            return PeriodMatchResult(match, True, True) if whole else None
    if stated.start and stated.end and not stated.approximate:
        inside = any(stated.start[:4] < match.words < stated.end[:4] for match in found)
        return None if inside else PeriodMatchResult(found[0], False)
    return None


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
    folded, wanted = lower(text.translate(_ALIKE)), lower(words.translate(_ALIKE))
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
