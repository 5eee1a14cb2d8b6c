"""The action API of a Wikibase: its parameters, its envelope, its errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lod.wikidata.errors import (
    ApiError,
    BadAnswerError,
    LaggedError,
    NetworkError,
    RateLimitedError,
    ServerError,
)
from lod.wikidata.json_body import mapping_of, read_object, text_of
from lod.wikidata.transport import Answer, Request

#: How many ids one request may name.
BATCH = 50
#: Seconds of lag at which the servers turn us away (Wikimedia's value for clients that can wait).
_MAXLAG = "5"
_LIMITED = {"ratelimited", "actionthrottledtext", "too-many-requests"}


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


def read_entities(envelope: Mapping[str, Any], ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The entity under each id that was asked for; a missing one has the key "missing".

    Raises:
        BadAnswerError: an id is not answered, or with another entity than its redirect says.
    """
    entities = mapping_of(envelope.get("entities"))
    found: dict[str, dict[str, Any]] = {}
    for qid in ids:
        entity = entities.get(qid)
        if not isinstance(entity, dict):
            raise BadAnswerError(f"the answer says nothing of {qid}")
        if "missing" not in entity and entity.get("id") != qid:
            redirect = mapping_of(entity.get("redirects"))
            if redirect.get("from") != qid or redirect.get("to") != entity.get("id"):
                raise BadAnswerError(
                    f"the answer gives {text_of(entity.get('id'))!r} for {qid} without a redirect"
                )
        found[qid] = entity
    return found


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
