"""Makes a wrong time of a right one: EDTF values that name another time."""

from __future__ import annotations

import random
from calendar import monthrange

from lod.patterns import lazy

_DATE = lazy(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
#: Numbers from here on are seasons and other parts of a year, in groups that follow each other.
_PARTS = ((21, 24), (33, 36), (37, 39), (40, 41))


def other_date(edtf: str, rng: random.Random) -> str | None:
    """Another day, month or year of the same precision; None for what is no single date.

    >>> other_date("2023", random.Random(1)) in ("2022", "2024")
    True
    """
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    year, month, day, mark = int(match[1]), match[2], match[3], match[4]
    step = rng.choice((-1, 1))
    which = rng.choice(
        [part for part in ("year", "month", "day") if part == "year" or match[_GROUP[part]]]
    )
    if which == "year":
        year += step
    elif which == "month":
        month = _next_month(int(month), step)
    else:
        last = monthrange(year, int(month))[1]
        day = f"{(int(day) - 1 + step) % last + 1:02}"
    if day is not None:
        day = f"{min(int(day), monthrange(year, int(month))[1]):02}"
    return "-".join(part for part in (f"{year:04}", month, day) if part) + mark


_GROUP = {"year": 1, "month": 2, "day": 3}


def _next_month(month: int, step: int) -> str:
    first, last = next((pair for pair in _PARTS if pair[0] <= month <= pair[1]), (1, 12))
    return f"{(month - first + step) % (last - first + 1) + first:02}"


def other_end(edtf: str, rng: random.Random) -> str | None:
    """An interval of which one end is another; None for what is no interval with a date.

    >>> other_end("2019/..", random.Random(1)) in ("2018/..", "2020/..")
    True
    """
    begin, slash, end = edtf.partition("/")
    if not slash:
        return None
    ends = [begin, end]
    for at in rng.sample((0, 1), 2):
        changed = other_date(ends[at], rng)
        if changed is not None:
            ends[at] = changed
            # Both ends with a date stay in order: ISO dates sort as text.
            if _DATE.fullmatch(begin) and _DATE.fullmatch(end) and ends[0][:7] > ends[1][:7]:
                return None
            return "/".join(ends)
    return None


def other_granularity(edtf: str, rng: random.Random) -> str | None:
    """A finer or a coarser time that overlaps; None for what is no single date.

    >>> other_granularity("2024-05-09", random.Random(1))
    '2024-05'
    """
    match = _DATE.fullmatch(edtf)
    if match is None:
        return None
    year, month, day, mark = match.groups()
    if day is not None:
        return f"{year}-{month}{mark}"
    if month is None:
        return f"{year}-{rng.randint(1, 12):02}{mark}"
    finer = [f"{year}-{month}-{rng.randint(1, 28):02}{mark}"] if int(month) <= 12 else []
    return rng.choice([f"{year}{mark}", *finer])


def other_hedge(edtf: str) -> str | None:
    """The same time, approximate where it was not, and the other way round.

    >>> other_hedge("1883~"), other_hedge("1883")
    ('1883', '1883~')
    """
    match = _DATE.fullmatch(edtf)
    if match is None or match[4] not in ("", "~"):
        return None
    return edtf[:-1] if match[4] else f"{edtf}~"
