"""Reads JSON that came from outside."""

from __future__ import annotations

import json
from typing import Any

from lod.wikidata.errors import BadAnswerError, TruncatedError


def read_object(body: bytes, url: str) -> dict[str, Any]:
    """The JSON object of a body.

    Args:
        body: the bytes of an answer.
        url: where they are from, for the message.

    Raises:
        TruncatedError: it is not well-formed. A server that runs out of time ends in the middle.
        BadAnswerError: it is no object, or nests too deep.

    >>> read_object(b'{"success": 1}', "https://example.org/")
    {'success': 1}
    """
    try:
        value = parse_json(body)
    except RecursionError:
        raise BadAnswerError(f"{url} answered with JSON that nests too deep") from None
    except ValueError as error:
        raise TruncatedError(f"{url} answered with JSON that is not whole: {error}") from None
    if not isinstance(value, dict):
        raise BadAnswerError(f"{url} answered with JSON that is no object")
    return value


def parse_json(body: str | bytes) -> Any:
    r"""JSON as Python values, all text of which can be written as UTF-8.

    Args:
        body: the JSON.

    Raises:
        ValueError: it is not well-formed.
        RecursionError: it nests too deep.

    >>> parse_json('{"a": "\\ud800", "b": "\\ud83d\\ude00"}') == {"a": "?", "b": "😀"}
    True
    """
    value = json.loads(body)
    # JSON can name half a character by an escape, which no file can carry.
    escaped = b"\\ud" in body.lower() if isinstance(body, bytes) else "\\ud" in body.lower()
    return _written(value) if escaped else value


def _written(value: Any) -> Any:
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, list):
        return [_written(one) for one in value]
    if isinstance(value, dict):
        return {text_of(key): _written(one) for key, one in value.items()}
    return value


def text_of(value: object) -> str:
    """A string of the answer, such that it can be written as UTF-8; "" for anything else.

    >>> text_of("Қазақстан"), text_of(None)
    ('Қазақстан', '')
    """
    if not isinstance(value, str):
        return ""
    # JSON can name half a surrogate pair, which no file can carry.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def mapping_of(value: object) -> dict[str, Any]:
    """An object of the answer. PHP writes an empty one as `[]`.

    >>> mapping_of([]), mapping_of({"en": 1})
    ({}, {'en': 1})
    """
    return value if isinstance(value, dict) else {}
