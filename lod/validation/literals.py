"""Literals as XML Schema 1.1 means them: which are well-formed, and which of two is the less.

The engines differ here: one knows no order of years and months, another takes `1e5` for a decimal,
a third holds no decimal of 19 places. So it is decided here, once, for all of them. Values of two
types are compared only if both are numbers, dates only by their own type; a time with a zone and
one without are compared where the order is the same in every zone (XML Schema 1.1, part 2, D.2),
durations where it is the same from every day on (E.1.2).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import isinf, isnan
from typing import Any

from lod.language.dates import days_in_month
from lod.namespaces import PREFIXES
from lod.patterns import lazy
from lod.rdf.terms import split_literal, unescape

_XSD = PREFIXES["xsd"]
_ZONE = r"(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR, _MONTH, _DAY = r"(-?(?:[1-9]\d{3,}|0\d{3}))", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
_CLOCK = r"([01]\d|2[0-3]|24(?=:00:00(?:\.0+)?(?![.\d]))):([0-5]\d):([0-5]\d(?:\.\d+)?)"
# Groups are year, month, day, hour, minute, second, zone, as far as a type has them.
_TIMES = {
    "dateTime": (rf"{_YEAR}-{_MONTH}-{_DAY}T{_CLOCK}{_ZONE}", "ymdHMS"),
    "date": (rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", "ymd"),
    "time": (rf"{_CLOCK}{_ZONE}", "HMS"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}", "ym"),
    "gYear": (rf"{_YEAR}{_ZONE}", "y"),
    "gMonthDay": (rf"--{_MONTH}-{_DAY}{_ZONE}", "md"),
    "gMonth": (rf"--{_MONTH}{_ZONE}", "m"),
    "gDay": (rf"---{_DAY}{_ZONE}", "d"),
}
_DURATIONS = {
    "yearMonthDuration": r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?",
    "dayTimeDuration": r"-?P(?=[\dT])(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    "duration": (
        r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?"
        r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"
    ),
}
_FLOAT = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"
_PLAIN = {
    "boolean": "true|false|0|1",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "decimal": r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    "double": _FLOAT,
    "float": _FLOAT,
}
#: The least and the greatest value of each type of integers; None where there is none.
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{
        name: (-(1 << bits - 1), (1 << bits - 1) - 1)
        for name, bits in (("long", 64), ("int", 32), ("short", 16), ("byte", 8))
    },
    **{
        name: (0, (1 << bits) - 1)
        for name, bits in (
            ("unsignedLong", 64),
            ("unsignedInt", 32),
            ("unsignedShort", 16),
            ("unsignedByte", 8),
        )
    },
}
_NUMBERS = {"decimal", "double", "float", *_INTEGERS}
_PATTERNS = {
    name: lazy(rf"(?a:{pattern})")
    for name, pattern in {
        **{name: pattern for name, (pattern, _) in _TIMES.items()},
        **_DURATIONS,
        **_PLAIN,
        **dict.fromkeys(_INTEGERS, r"[+-]?\d+"),
    }.items()
}
_PARTS = lazy(r"(?a:(\d+(?:\.\d+)?)([YMDHS]))")
_SECONDS = {"H": 3_600, "M": 60, "S": 1}
#: A zone is at most 14 hours from another (XML Schema 1.1, part 2, D.3.3).
_FARTHEST_ZONE = 14 * 3_600

#: What values are ordered by: their kind, numbers that all have to be in one order, and whether a
#: zone is said.
_Order = tuple[str, tuple[Fraction | float, ...], bool]
#: Months from which durations differ most (XML Schema 1.1, part 2, E.1.2), as year and month.
_FROM = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def is_well_formed(lexical: str, datatype: str) -> bool | None:
    """Whether a lexical form is one of its datatype (XML Schema 1.1, part 2).

    Args:
        lexical: the characters of the literal.
        datatype: IRI of the datatype.

    Returns:
        None for a datatype that is not known here.

    >>> XSD = "http://www.w3.org/2001/XMLSchema#"
    >>> is_well_formed("1e5", XSD + "decimal"), is_well_formed("2023-02-30", XSD + "date")
    (False, False)
    >>> is_well_formed("0.0000000000000000001", XSD + "decimal")
    True
    """
    name = datatype.removeprefix(_XSD)
    if name == datatype or name not in _PATTERNS:
        return None
    match = _PATTERNS[name].fullmatch(lexical)
    if match is None:
        return False
    if name in _INTEGERS:
        least, most = _INTEGERS[name]
        number = Decimal(lexical)
        return (least is None or number >= least) and (most is None or number <= most)
    if name in _TIMES:
        parts = dict(zip(_TIMES[name][1], match.groups(), strict=False))
        return int(parts.get("d", 1)) <= days_in_month(
            int(parts.get("y", 2000)), int(parts.get("m", 1))
        )
    return True


def compare_literals(one: str, other: str) -> int | None:
    """Which of two literals is the less.

    Args:
        one: a term in N-Triples syntax.
        other: another.

    Returns:
        -1, 0 or 1 as the first is less, equal or greater; None where they have no order.

    >>> YEAR = "^^<http://www.w3.org/2001/XMLSchema#gYear>"
    >>> compare_literals(f'"-0044"{YEAR}', f'"2023"{YEAR}')
    -1
    """
    mine, theirs = _order(one), _order(other)
    if mine is None or theirs is None or mine[0] != theirs[0]:
        return None
    pairs: list[tuple[Any, Any]] = list(zip(mine[1], theirs[1], strict=True))
    if mine[2] != theirs[2] and any(abs(a - b) <= _FARTHEST_ZONE for a, b in pairs):
        return None
    orders = {(a > b) - (a < b) for a, b in pairs}
    return orders.pop() if len(orders) == 1 else None


def _order(token: str) -> _Order | None:
    if not token.startswith('"'):
        return None
    lexical, language, datatype = split_literal(token)
    lexical = unescape(lexical)
    name = datatype.removeprefix(_XSD)
    if language or not is_well_formed(lexical, datatype):
        return None
    if name in ("double", "float"):
        number = float(lexical)
        # Exact where it can be: 0.1 as a double is not 0.1 as a decimal.
        return None if isnan(number) else ("number", (_exact(number),), False)
    if name in _NUMBERS:
        return "number", (Fraction(Decimal(lexical)),), False
    if name == "boolean":
        return name, (Fraction(lexical in ("true", "1")),), False
    if name in _TIMES:
        return _instant(name, lexical)
    return ("duration", _ends(lexical), False) if name in _DURATIONS else None


def _exact(number: float) -> Fraction | float:
    return number if isinf(number) else Fraction(number)


def _instant(name: str, lexical: str) -> _Order:
    """Seconds of the timeline; what a type does not have is that of 1972 (D.2.1)."""
    match = _PATTERNS[name].fullmatch(lexical)
    *values, zone = () if match is None else match.groups()
    parts = dict(zip(_TIMES[name][1], values, strict=True))
    year, month = int(parts.get("y", 1972)), int(parts.get("m", 1))
    seconds = Fraction(parts.get("S", 0)) + int(parts.get("M", 0)) * 60
    seconds += int(parts.get("H", 0)) * 3_600
    seconds += _day_number(year, month, int(parts.get("d", 1))) * 86_400
    if zone and zone != "Z":
        offset = int(zone[1:3]) * 3_600 + int(zone[4:]) * 60
        seconds -= offset if zone[0] == "+" else -offset
    return name, (seconds,), zone is not None


def _ends(lexical: str) -> tuple[Fraction, ...]:
    """The instants that are so far from those of `_FROM`, in seconds."""
    months, seconds = 0, Fraction()
    date, _, clock = lexical.partition("T")
    for part in _PARTS.finditer(date):
        if part[2] == "D":
            seconds += int(part[1]) * 86_400
        else:
            months += int(part[1]) * (12 if part[2] == "Y" else 1)
    for part in _PARTS.finditer(clock):
        seconds += Fraction(part[1]) * _SECONDS[part[2]]
    if lexical[0] == "-":
        months, seconds = -months, -seconds
    ends = []
    for year, month in _FROM:
        years, rest = divmod(12 * year + month - 1 + months, 12)
        ends.append(_day_number(years, rest + 1, 1) * 86_400 + seconds)
    return tuple(ends)


def _day_number(year: int, month: int, day: int) -> int:
    """Days since a day long ago, in the Gregorian calendar for all time."""
    before = year - 1
    leaps = before // 4 - before // 100 + before // 400
    return 365 * before + leaps + sum(days_in_month(year, one) for one in range(1, month)) + day
