"""Files beside the facts that somebody names: text, TOML or JSON, or what is wrong, and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lod.errors import InputError
from lod.patterns import lazy
from lod.sources.source import reading, utf8

_TOML_PLACE = lazy(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def read_text(file: str | Path) -> str:
    r"""The text of a file, without a byte order mark.

    Raises:
        InputError: it cannot be read, or is not UTF-8; the message names line and column.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     _ = Path(file.name).write_bytes(b"one\ntw\xff")
    ...     try:
    ...         read_text(file.name)
    ...     except InputError as error:
    ...         error.message.removeprefix(file.name)
    ':2:3: byte 0xff is not UTF-8'
    """
    try:
        data = Path(file).read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error
    with reading(file):
        return utf8(data, str(file))


def read_toml(file: str | Path) -> dict[str, Any]:
    """The data of a TOML file.

    Raises:
        InputError: it cannot be read, or is not TOML (1.0.0); the message names line and column.
    """
    import tomllib

    text = read_text(file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _TOML_PLACE.search(said)
        line, column = (place[1], place[2]) if place and place[1] else _end(text)
        what = said[: place.start()] if place else said
        raise InputError(f"{file}:{line}:{column}: is not TOML: {what}") from None
    except ValueError as error:  # a number of too many digits, as in JSON, has no place
        raise InputError(f"{file}: cannot be read as TOML: {error}") from None
    except RecursionError:
        raise InputError(f"{file}: its lists or tables nest too deep") from None


def read_json(file: str | Path, parse: Callable[[str], Any] = json.loads) -> Any:
    """The data of a JSON file.

    Args:
        file: the file.
        parse: reads its text; raises what `json.loads` does.

    Raises:
        InputError: it cannot be read, or is not JSON (RFC 8259); the message names line and column.
    """
    text = read_text(file)
    try:
        return parse(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{file}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from None
    except ValueError as error:  # a number of too many digits has no place
        raise InputError(f"{file}: is not JSON: {error}") from None
    except RecursionError:
        raise InputError(f"{file}: is not JSON that is read here: it nests too deep") from None


def _end(text: str) -> tuple[int, int]:
    """Line and column behind the last character, from 1."""
    return text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1
