"""What words mean: an EDTF value, counted from a reference date where they are relative.

What is decided here:

* A week is from Monday to Sunday (ISO 8601), written as the interval of its days.
* "last October", "last Monday" and "last summer" are the nearest that is over on the reference
  date, "next May" the nearest that has not begun. "this May" is in the reference's year. "on
  Monday" is the nearest Monday on or before the reference: news calls today by its name.
* "on May 9", "in September", "the third quarter" without a year are not resolved: whether the next
  or the last is meant is not said. In "from January to September of the current year" the year of
  one end counts for the other.
* "N years ago" is as exact as its unit (a year, a month, a week, a day); decades and centuries ago
  are about that year.
* "the past year", "the last five years" reach back from the reference day, about so far; "last
  year" is the calendar year.
* "a year earlier", "the previous year" are the year before the reference, though the text may count
  from elsewhere (such readings are *loose*). Other words that count from elsewhere ("three years
  later", "a month earlier", "the following year") are not resolved.
* "these days" is about the reference's month.
* "early 2024", "the end of the year" are the whole year: how much of it is not said.
* "by 2030" is `/2030` (some time up to then, the start unknown), "until 2030" `../2030` (all along
  up to then), "since 1991" and "from 1991 on" `1991/..`, "after 2020" `2021/`, "before 2020"
  `/2019`.
* "the 1990s" is `199X`, "the 19th century" `18XX`. "the 1900s" may be either and is not resolved.
"""

from __future__ import annotations

from dataclasses import replace

from lod.facts.period.arithmetic import OutOfRangeError, end_of, marked, next_to
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.mentions import Mention, Time
from lod.facts.period.reading import Context, Gap, Reading
from lod.facts.period.times import OPS


def read_mention(mention: Mention, context: Context) -> Reading:
    """What a mention means.

    Raises:
        PeriodError: it names a day that does not exist.
    """
    times = [read_time(time, context) for time in mention.times]
    if len(times) == 2:
        times = _share_year(mention.times, times, context)
    relative = any(time.relative for time in times)
    loose = any(time.loose for time in times)
    values = [time.edtf for time in times if time.edtf is not None]
    if len(values) < len(times):
        gaps = [time.gap for time in times if time.gap]
        # without a reference, "from May to June of last year" lacks that and not the year of May
        gap = Gap.REFERENCE if Gap.REFERENCE in gaps else next(iter(gaps), Gap.WORDS)
        return Reading(None, relative, loose, gap)
    try:
        edtf = _framed(mention.op, values)
    except (OutOfRangeError, OverflowError):
        return Reading(None, relative, loose, Gap.RANGE)
    if edtf is None:
        return Reading(None, relative, loose, Gap.WORDS)
    return Reading(marked(edtf, mention.approximate, mention.uncertain), relative, loose)


def read_time(time: Time, context: Context) -> Reading:
    """What one time means, without the words around it.

    Raises:
        PeriodError: it names a day that does not exist.
    """
    try:
        reading = OPS[time.rule.op](time, context)
    except (OutOfRangeError, OverflowError):
        return Reading(None, gap=Gap.RANGE)
    if reading.edtf is None or not (time.approximate or time.uncertain):
        return reading
    return replace(reading, edtf=marked(reading.edtf, time.approximate, time.uncertain))


def _share_year(times: tuple[Time, ...], found: list[Reading], context: Context) -> list[Reading]:
    """The two ends of a range, the one without a year with that of the other."""
    first, last = found
    if first.gap is Gap.YEAR and last.edtf is not None:
        end = parse_edtf(last.edtf)
        year = int((end.end or "0")[:4])
        first = read_time(times[0], replace(context, year=year))
        if first.edtf and (parse_edtf(first.edtf).start or "") > (end.end or ""):
            # from November to March 2025
            first = read_time(times[0], replace(context, year=year - 1))
    elif last.gap is Gap.YEAR and first.edtf is not None:
        start = parse_edtf(first.edtf)
        year = int((start.start or "0")[:4])
        last = read_time(times[1], replace(context, year=year))
        if last.edtf and (parse_edtf(last.edtf).end or "") < (start.start or ""):
            last = read_time(times[1], replace(context, year=year + 1))
    elif (
        context.year is not None
        and first.edtf
        and last.edtf
        and (parse_edtf(first.edtf).start or "") > (parse_edtf(last.edtf).end or "")
    ):
        first = read_time(times[0], replace(context, year=context.year - 1))
    return [first, last]


def _framed(op: str, values: list[str]) -> str | None:
    """The EDTF value of times with the words around them, or None where they make none."""
    if op == "in":
        return values[0]
    first, last = end_of(values[0], 0), end_of(values[-1], 1)
    if op == "range":
        return f"{first}/{last}" if first and last else None
    if op in ("by", "until"):
        return f"{'/' if op == 'by' else '../'}{last}" if last else None
    if op in ("since", "unknown_end"):
        return f"{first}/{'..' if op == 'since' else ''}" if first else None
    if op == "before":
        return f"/{next_to(first, -1)}" if first else None
    return f"{next_to(last, 1)}/" if last else None  # after
