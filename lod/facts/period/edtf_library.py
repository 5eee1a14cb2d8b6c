"""The values that only the `edtf` library reads, with its odd errors and bounds made plain.

Loaded where such a value is met: the import alone takes a sixth of a second.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from lod.facts.dates import PeriodError, check_date, shown
from lod.facts.period.edtf import out_of_range, part_of_year
from lod.model.period import Precision

if TYPE_CHECKING:
    from types import ModuleType

    from lod.facts.period.edtf import Reading

_EDTF_ONLY = re.compile(r"[0-9XYES.~?%/\[\]{},:TZ+ -]+")


@cache
def _library() -> ModuleType:
    """The library, kept from printing.

    It prints the arguments of a failed parse to standard output before it raises. A `print` of its
    own module that does nothing keeps that out of our results, without touching anyone else's.
    """
    import edtf
    from edtf.parser import parser_classes

    vars(parser_classes)["print"] = lambda *_args, **_kwargs: None
    return edtf


def read(text: str) -> Reading | None:
    """Read an EDTF value with the library.

    Args:
        text: the value, short and without white space around it.

    Returns:
        First and last day, precision and marks, or None where the library cannot read it.

    Raises:
        PeriodError: it is EDTF, but a day does not exist or is outside the years 0001 to 9999.
    """
    if not _EDTF_ONLY.fullmatch(text):
        return None
    library = _library()
    try:
        value = library.parse_edtf(text)
    except Exception:  # grammar errors, but also AttributeError and TypeError from valid prefixes
        return None
    try:
        start, end = _bounds(text, value, library)
    except (ValueError, KeyError, OverflowError) as error:
        # the library accepts digits (2024-05-1X, 2024S9) that it cannot make into days
        raise PeriodError(
            f"{shown(text)} cannot be resolved to days",
            hint="X stands for the last digits of a year, a whole month or a whole day",
        ) from error
    both = _flag(value, "is_uncertain_and_approximate")
    digits = _significant(value) is not None
    return (
        start,
        end,
        _precision(value, library),
        both or digits or _flag(value, "is_approximate"),
        both or _flag(value, "is_uncertain"),
    )


def _bounds(text: str, value: Any, library: ModuleType) -> tuple[str | None, str | None]:
    """First and last day of a value of the library; None where open or unknown."""
    if isinstance(value, library.UnspecifiedIntervalSection):
        return None, None
    if isinstance(value, library.Interval):
        return (
            None if value.lower is None else _bounds(text, value.lower, library)[0],
            None if value.upper is None else _bounds(text, value.upper, library)[1],
        )
    if isinstance(value, library.OneOfASet | library.MultipleDates):
        members = [_bounds(text, member, library) for member in value.objects]
        starts, ends = [start for start, _ in members], [end for _, end in members]
        return (
            None if None in starts else min(start for start in starts if start is not None),
            None if None in ends else max(end for end in ends if end is not None),
        )
    if isinstance(value, library.UncertainOrApproximate):
        return _bounds(text, value.date, library)
    if isinstance(value, library.Season):
        return part_of_year(text, _number(text, value.year), int(value.season))[:2]
    if isinstance(value, library.LongYear):
        raise out_of_range(text)
    year = getattr(value, "year", None)
    if year == "XXXX":
        return None, None
    if year is not None and str(year).startswith("-"):
        raise out_of_range(text)
    if (digits := _significant(value)) is not None:
        if not 1 <= digits <= 4:
            raise ValueError(digits)
        known = str(year)[:digits]
        first, last = _number(text, known.ljust(4, "0"), least=0), known.ljust(4, "9")
        return f"{max(first, 1):04d}-01-01", f"{last}-12-31"
    return _day(text, value.lower_strict(), clip="X" in str(year)), _day(text, value.upper_strict())


def _day(text: str, fields: Any, *, clip: bool = False) -> str:
    """A day of the library (a struct_time) as xsd:date; `clip` begins at year 1."""
    year, month, day = fields[:3]
    if clip:
        year = max(year, 1)
    if not 1 <= year <= 9999:
        raise out_of_range(text)
    check_date(text, year, month, day)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _number(text: str, year: str, least: int = 1) -> int:
    """A year of the library as a number."""
    number = int(year)
    if not least <= number <= 9999:
        raise out_of_range(text)
    return number


def _flag(value: Any, name: str) -> bool:
    """A mark of a value or of any of its parts."""
    if getattr(value, name, False):
        return True
    parts = (
        *getattr(value, "objects", ()),
        *(getattr(value, end, None) for end in ("lower", "upper")),
    )
    return any(_flag(part, name) for part in parts if part is not None)


def _significant(value: Any) -> int | None:
    """The number of significant digits (`1950S2`), or None."""
    value = getattr(value, "date", value)
    digits = getattr(value, "significant_digits", None)
    return digits if isinstance(digits, int) else None


def _precision(value: Any, library: ModuleType) -> Precision:
    """How exact a value of the library is."""
    if isinstance(value, library.UncertainOrApproximate):
        return _precision(value.date, library)
    if isinstance(value, library.Season):
        return part_of_year("", 1, int(value.season))[2]
    if isinstance(value, library.DateAndTime):
        return Precision.DAY
    if not isinstance(value, library.Date):
        return Precision.INTERVAL
    year, month, day = str(value.year), value.month, value.day
    unknown = len(year) - len(year.rstrip("X"))
    if (digits := _significant(value)) is not None:
        unknown = 4 - digits
    if "X" in year.rstrip("X") or unknown == 3:
        return Precision.INTERVAL
    if unknown in (1, 2):
        return Precision.DECADE if unknown == 1 else Precision.CENTURY
    if month is None or "X" in month:
        return Precision.YEAR
    return Precision.MONTH if day is None or "X" in day else Precision.DAY
