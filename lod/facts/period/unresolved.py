"""Words for a time that were kept: why, and what would make the time known."""

from __future__ import annotations

from datetime import date

from lod.facts.dates import PeriodError
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.language import Language
from lod.facts.period.language import language as find_language
from lod.facts.period.mentions import read
from lod.facts.period.reading import Context, Gap, Reading
from lod.facts.period.resolve import read_mention


def context_of(words: str, reference: str | None, language: Language) -> Context:
    """What words are read in: their language, and the date that they count from."""
    day = None if reference is None else date.fromisoformat(reference)
    return Context(language, words, day)


def read_words(words: str, reference: str | None, tag: str) -> Reading | None:
    """What words mean; None where no rule knows them."""
    language = find_language(tag)
    mention = None if language is None else read(words, language)
    if language is None or mention is None:
        return None
    return read_mention(mention, context_of(words, reference, language))


def unresolved_hint(words: str, reference: str | None, language: str = "en") -> str:
    """Why words were kept without a time, and what to write.

    Args:
        words: words that `parse_period` did not resolve.
        reference: the xsd:date that it was given.
        language: tag of their language.

    >>> unresolved_hint("soon", "2024-11-27")
    'the words do not say when: where the time is known, write {words: soon, edtf: …}'
    """
    try:
        reading = read_words(" ".join(words.split()), reference, language)
    except PeriodError as error:
        return error.message
    gap = reading.gap if reading is not None and reading.gap else Gap.WORDS
    if gap is Gap.REFERENCE:
        return f"{gap}: give the document's `published:` or the claim's `saidOn:`"
    if gap is Gap.YEAR and reference is not None:
        choices = _choices(words, reference, language)
        if choices is not None:
            last, following = choices
            return (
                f"{gap}: write {{words: {words}, edtf: {following}}} (the next) "
                f"or edtf: {last} (the last)"
            )
    return f"{gap}: where the time is known, write {{words: {words}, edtf: …}}"


def could_be_resolved(words: str, reference: str | None, language: str = "en") -> bool:
    """Whether words that were kept name a time that a year or a date would make known.

    >>> could_be_resolved("on May 9", "2024-11-27"), could_be_resolved("soon", "2024-11-27")
    (True, False)
    """
    try:
        reading = read_words(" ".join(words.split()), reference, language)
    except PeriodError:
        return False
    return reading is not None and reading.gap in (Gap.YEAR, Gap.REFERENCE)


def _choices(words: str, reference: str, tag: str) -> tuple[str, str] | None:
    """EDTF of the last and the next time that words without a year may mean."""
    language = find_language(tag)
    mention = None if language is None else read(words, language)
    if language is None or mention is None:
        return None
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
