"""`Retry-After`: seconds or a date (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime


def parse_retry_after(value: str | None, date: str | None = None) -> float | None:
    """How long a server asks to wait.

    Args:
        value: the header `Retry-After`, or None.
        date: the header `Date` of the same answer. A date is counted from it, so that a clock
            that is wrong here does no harm; from now where there is none.

    Returns:
        Seconds, never below 0; None where there is no such header, or no sense in it.

    >>> parse_retry_after("7")
    7.0
    >>> parse_retry_after("Wed, 27 Nov 2024 10:00:30 GMT", "Wed, 27 Nov 2024 10:00:00 GMT")
    30.0
    >>> parse_retry_after("soon") is None
    True
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(value[:12])
    until = _timestamp(value)
    if until is None:
        return None
    since = _timestamp(date) if date else None
    return max(0.0, until - (time.time() if since is None else since))


def _timestamp(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
