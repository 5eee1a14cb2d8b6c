"""The action API of a Wikibase: its parameters, its JSON, its errors.

Ids that are missing, merged or malformed are outcomes (`lod.wikidata.items`), not errors.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lod.bounds import bounded
from lod.http.errors import (
    NetworkError,
    RateLimitedError,
    ServerError,
    TruncatedError,
)
from lod.wikidata.transport import Answer, Request

#: The largest number that Wikibase reads in an id.
_MAX_NUMBER = 2_147_483_647
_ID = re.compile(r"[QP]([1-9][0-9]{0,9})")
#: How many ids one request may name.
BATCH = 50
#: Seconds of lag at which the servers turn us away (Wikimedia's value for clients that can wait).
_MAXLAG = "5"
_LIMITED = {"ratelimited", "actionthrottledtext", "too-many-requests"}


class LaggedError(NetworkError):
    """The servers lag behind (`maxlag`), so that clients have to wait."""

    transient = True
    #: Wikimedia asks for at least this wait.
    least_wait = 5.0


class BadAnswerError(NetworkError):
    """The answer is JSON, but not what the API promises."""


class ApiError(NetworkError):
    """The API reports an error.

    Attributes:
        code: its stable code ("no-such-entity").
        subject: the id that it is about, where it says so.
    """

    def __init__(self, message: str, code: str, *, subject: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.subject = subject


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


def is_entity_id(text: str) -> bool:
    """Whether a text is the id of an item or property, in the one form that Wikibase writes.

    >>> [is_entity_id(text) for text in ("Q232", "P31", "q232", "Q0", "Q12 ", "Q99999999999")]
    [True, True, False, False, False, False]
    """
    match = _ID.fullmatch(text)
    return match is not None and int(match[1]) <= _MAX_NUMBER


def entities_request(
    api: str, ids: Iterable[str], languages: Sequence[str], props: Sequence[str]
) -> Request:
    """Ask for entities (`wbgetentities`), at most 50.

    Args:
        api: IRI of the action API.
        ids: well-formed ids.
        languages: language codes; none means all.
        props: which parts of the entities.
    """
    params = {"ids": "|".join(ids), "props": "|".join(props)}
    if languages:
        params["languages"] = "|".join(languages)
    return _request(api, "wbgetentities", params)


def search_request(api: str, text: str, language: str, limit: int) -> Request:
    """Search labels and aliases (`wbsearchentities`)."""
    params = {
        "search": text,
        "language": language,
        "uselang": language,
        "type": "item",
        "limit": str(limit),
    }
    return _request(api, "wbsearchentities", params)


def redirects_request(api: str, titles: Iterable[str]) -> Request:
    """Ask where pages redirect to, at most 50."""
    return _request(api, "query", {"titles": "|".join(titles), "redirects": "1"})


def deletion_request(api: str, title: str) -> Request:
    """Ask for the last deletion of a page."""
    params = {
        "list": "logevents",
        "letype": "delete",
        "letitle": title,
        "leprop": "type|timestamp|comment|title",
        "lelimit": "10",
    }
    return _request(api, "query", params)


def _request(api: str, action: str, params: Mapping[str, str]) -> Request:
    fixed = {"action": action, "format": "json", "formatversion": "1", "maxlag": _MAXLAG}
    return Request(api, tuple({**fixed, **params}.items()))


def read_envelope(answer: Answer) -> dict[str, Any]:
    """The JSON of an answer of the action API, which reports errors with status 200.

    Raises:
        LaggedError: the servers lag.
        RateLimitedError: too many requests.
        ServerError: an internal error, or read-only mode.
        ApiError: any other error that the API reports.
        TruncatedError, BadAnswerError: it is not whole, or no object.
    """
    envelope = read_object(answer.body, answer.url)
    if "error" in envelope:
        raise _error(answer.url, mapping_of(envelope["error"]), answer.retry_after)
    return envelope


def _error(url: str, error: Mapping[str, Any], wait: float | None) -> NetworkError:
    code = text_of(error.get("code")) or "unknown"
    said = f"{url} reports {code}: {text_of(error.get('info'))[:300]}"
    if code == "maxlag":
        return LaggedError(said, retry_after=wait)
    if code in _LIMITED:
        return RateLimitedError(said, retry_after=wait)
    if code == "readonly" or code.startswith("internal_api_error"):
        return ServerError(said, retry_after=wait)
    return ApiError(said, code, subject=text_of(error.get("id")) or None)


def read_entities(
    envelope: Mapping[str, Any], ids: Sequence[str]
) -> dict[str, dict[str, Any] | str]:
    """The entity under each id that was asked for; a missing one has the key "missing".

    Returns:
        For each id the JSON of its entity; or why that is none, as a phrase.

    Raises:
        BadAnswerError: the answer has no entity of any of them.
    """
    entities = mapping_of(envelope.get("entities"))
    if ids and not any(isinstance(entities.get(qid), dict) for qid in ids):
        raise BadAnswerError(f"the answer says nothing of {ids[0]}")
    return {qid: _entity(qid, entities.get(qid)) for qid in ids}


def _entity(qid: str, entity: object) -> dict[str, Any] | str:
    """An entity that can be read, or what is wrong with it."""
    if not isinstance(entity, dict):
        return "the answer says nothing of it"
    if "missing" in entity:
        return entity
    id_ = text_of(entity.get("id"))
    if id_ != qid:
        redirect = mapping_of(entity.get("redirects"))
        if redirect.get("from") != qid or redirect.get("to") != id_:
            return f"the answer gives {bounded(id_, 40)!r} for it, without a redirect"
        if not is_entity_id(id_):
            return f"it leads to {bounded(id_, 40)!r}"
    for key in ("labels", "descriptions", "aliases", "claims"):
        # PHP writes an empty mapping as an empty list.
        if not isinstance(entity.get(key, {}), dict) and entity[key] != []:
            return f"its {key} are not of the shape that they have"
    return entity


def read_redirects(envelope: Mapping[str, Any]) -> dict[str, str]:
    """Page title to the title that it redirects to, one hop each."""
    redirects = mapping_of(envelope.get("query")).get("redirects")
    return {
        text_of(redirect.get("from")): text_of(redirect.get("to"))
        for redirect in (redirects if isinstance(redirects, list) else ())
        if isinstance(redirect, dict)
    }


def read_deletion(envelope: Mapping[str, Any]) -> tuple[str, str | None] | None:
    """Time and comment of the last deletion, or None where there was none."""
    events = mapping_of(envelope.get("query")).get("logevents")
    for event in events if isinstance(events, list) else ():
        # The same log holds restored pages and hidden revisions.
        if isinstance(event, dict) and event.get("action") == "delete":
            return text_of(event.get("timestamp")), text_of(event.get("comment")) or None
        if isinstance(event, dict) and event.get("action") == "restore":
            return None
    return None
