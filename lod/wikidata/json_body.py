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
        value = json.loads(body)
    except RecursionError:
        raise BadAnswerError(f"{url} answered with JSON that nests too deep") from None
    except ValueError as error:
        raise TruncatedError(f"{url} answered with JSON that is not whole: {error}") from None
    if not isinstance(value, dict):
        raise BadAnswerError(f"{url} answered with JSON that is no object")
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
