"""Literals by value: stores may keep a number or a date in another form than it came in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation, localcontext

from lod.dataset.ntriples import XSD, split_literal, unescape

# XML Schema 1.1 part 2, section 3.4: all of them are decimals.
_DECIMALS = {
    f"{XSD}{name}"
    for name in (
        "decimal integer long int short byte nonNegativeInteger positiveInteger unsignedLong "
        "unsignedInt unsignedShort unsignedByte nonPositiveInteger negativeInteger"
    ).split()
}
_FLOATS = {f"{XSD}double", f"{XSD}float"}
_BOOLEANS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,6})0*)?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})?"
)
_LINE = re.compile(r"([^ ]+ [^ ]+ )(.*) \.")


def value_line(line: str) -> str:
    r"""A line in which the literal has the form by which its value is known.

    Numbers of all kinds of integers and decimals are one kind: a store may keep a large integer as
    a decimal. Doubles, booleans and moments lose what does not count; language tags are written
    small. What cannot be read as its datatype stays as it is.

    Args:
        line: a canonical line of N-Triples.

    >>> value_line('<x:a> <x:b> "1.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .')
    '<x:a> <x:b> decimal:1.5 .'
    >>> value_line('<x:a> <x:b> "05"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    '<x:a> <x:b> decimal:5 .'
    """
    match = _LINE.fullmatch(line)
    if match is None or not match[2].startswith('"'):
        return line
    lexical, language, datatype = split_literal(match[2])
    if language:
        return f'{match[1]}"{lexical}"@{language.lower()} .'
    value = _value(unescape(lexical), datatype)
    return line if value is None else f"{match[1]}{value} ."


def _value(lexical: str, datatype: str) -> str | None:
    if datatype in _DECIMALS:
        return _decimal(lexical)
    if datatype in _FLOATS:
        try:
            return f"double:{float(lexical)!r}"
        except ValueError:
            return None
    if datatype == f"{XSD}boolean":
        value = _BOOLEANS.get(lexical)
        return value and f"boolean:{value}"
    if datatype == f"{XSD}dateTime":
        return _moment(lexical)
    if datatype == f"{XSD}date":
        return f"date:{re.sub('[+-]00:00$', 'Z', lexical)}"
    return None


def _decimal(lexical: str) -> str | None:
    if not _NUMBER.fullmatch(lexical):
        return None
    try:
        with localcontext() as context:
            context.prec = len(lexical) + 1
            number = Decimal(lexical).normalize()
    except InvalidOperation:
        return None
    return f"decimal:{number:f}" if number else "decimal:0"


def _moment(lexical: str) -> str | None:
    match = _MOMENT.fullmatch(lexical)
    if match is None:
        return None
    *whole, fraction, zone = match.groups()
    year, month, day, hour, minute, second = map(int, whole)
    late = hour == 24 and minute == second == 0
    try:
        moment = datetime(year, month, day, 0 if late else hour, minute, second)
        moment += timedelta(days=int(late), microseconds=int((fraction or "0").ljust(6, "0")))
        if zone and zone != "Z":
            hours, minutes = int(zone[1:3]), int(zone[4:6])
            shift = timedelta(hours=hours, minutes=minutes)
            moment -= shift if zone[0] == "+" else -shift
    except (ValueError, OverflowError):
        return None
    return f"dateTime:{moment.isoformat()}{'Z' if zone else ''}"
