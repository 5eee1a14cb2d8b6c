"""Regular expressions that are compiled when they are first used.

Compiling is a large part of the time that a command takes to start, and most patterns are for what
most texts do not have.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")


class _Lazy:
    """Stands for a pattern; has its methods as its own from the first use on."""

    def __init__(self, source: str, flags: int) -> None:
        self._source = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # asked for by `copy` and `pickle`
            raise AttributeError(name)
        compiled = re.compile(*self._source)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern that is compiled when it is first used.

    Args:
        pattern: the expression, as for `re.compile`; a fault in it shows at the first use.
        flags: as for `re.compile`.

    >>> lazy("[0-9]+").findall("5 to 7")
    ['5', '7']
    """
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
