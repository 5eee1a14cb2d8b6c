"""The query operation of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from lod.iri import iri_problem
from lod.server.asked import Asked, Pairs
from lod.server.media import GRAPHS, RESULTS
from lod.server.negotiation import Offer, choose
from lod.server.query_task import Answer, QueryTask
from lod.server.reply import Reply, not_acceptable, problem

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
ALLOWED = "GET, HEAD, POST, OPTIONS"
_BY_NAME = {offer.name: offer for offer in (*RESULTS, *GRAPHS)}
_BY_MEDIA_TYPE = {offer.media_type: offer.name for offer in (*RESULTS, *GRAPHS)}
_BY_NAME |= {"ttl": GRAPHS[0], "jsonld": GRAPHS[1], "nt": GRAPHS[2], "rdf": GRAPHS[3]}

#: Which status says what became of a query.
STATUS = {
    "malformed": 400,
    "refused": 403,
    "not-acceptable": 406,
    "format": 406,
    "rows": 422,
    "bytes": 422,
    "memory": 422,
    "failed": 500,
    "ended": 500,
    "upstream": 502,
    "busy": 503,
    "gone": 503,
    "seconds": 504,
}
_RETRY_AFTER = "2"


class Backend(Protocol):
    """Runs queries: a pool of processes, or another store."""

    async def run(
        self, task: QueryTask, gone: Callable[[], Awaitable[None]] | None = None
    ) -> Answer:
        """Run a query; there is always an answer."""
        ...


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """What a request asks.

    Attributes:
        text: the query, or None where there is none.
        default_graphs: values of `default-graph-uri`.
        named_graphs: values of `named-graph-uri`.
        format: name of a format that wins over Accept, or None.
    """

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


async def read_request(asked: Asked) -> QueryRequest:
    """What a request to the endpoint asks (SPARQL 1.1 Protocol, 2.1).

    Raises:
        RefusedError: it is an update, malformed, or of another media type.
    """
    if asked.method in ("GET", "HEAD"):
        return _from_fields(asked, asked.fields())
    if asked.method != "POST":
        raise asked.refuse(
            405, f"{asked.method} is not done here: the data is read-only.", Allow=ALLOWED
        )
    media_type, _, parameters = asked.headers.get("content-type", "").partition(";")
    media_type = media_type.strip().lower()
    if media_type == _UPDATE:
        raise _update(asked)
    if media_type not in (_FORM, _QUERY):
        raise asked.refuse(
            415,
            f"A query is not sent as {media_type}." if media_type else "There is no Content-Type.",
            f"Send it as {_QUERY}, or as a form ({_FORM}).",
            Accept_Post=f"{_QUERY}, {_FORM}",
        )
    charset = parameters.lower().replace(" ", "").replace('"', "")
    if "charset=" in charset and "charset=utf-8" not in charset:
        raise asked.refuse(415, "A query is sent in UTF-8.")
    body = await asked.body()
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise asked.refuse(400, "The body is not UTF-8.") from None
    if media_type == _FORM:
        return _from_fields(asked, asked.parse_fields(text), needs_query=True)
    fields = asked.fields()
    if any(name == "query" for name, _ in fields):
        raise asked.refuse(400, "There are two queries: one in the address, one in the body.")
    return _from_fields(asked, [*fields, ("query", text)])


def _from_fields(asked: Asked, fields: Pairs, *, needs_query: bool = False) -> QueryRequest:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise _update(asked)
    queries = values.get("query", [])
    if len(queries) > 1:
        raise asked.refuse(400, "There is more than one query.", "Send one query a request.")
    if not queries and needs_query:
        raise asked.refuse(400, "There is no query.", 'Send it in the field "query".')
    for name in ("default-graph-uri", "named-graph-uri"):
        for iri in values.get(name, ()):
            if (wrong := iri_problem(iri)) is not None:
                raise asked.refuse(400, f"The {name} {iri[:200]} {wrong}.")
    # Clients write the name of a format, its media type, or words of their own, which are left.
    form = (values.get("format") or [""])[0].lower()
    form = form if form in _BY_NAME else _BY_MEDIA_TYPE.get(form, "")
    return QueryRequest(
        queries[0] if queries else None,
        tuple(values.get("default-graph-uri", ())),
        tuple(values.get("named-graph-uri", ())),
        form or None,
    )


def _update(asked: Asked) -> Exception:
    return asked.refuse(
        403,
        "Updates are not done here: the data is read-only.",
        "Change the facts and build again; the data is made from them alone.",
    )


async def answer_query(request: QueryRequest, asked: Asked, backend: Backend) -> Reply:
    """Run the query of a request and answer with its result in the form that the client wants."""
    results, graphs = _wanted(request, asked.accept)
    is_restricted = bool(request.default_graphs or request.named_graphs)
    task = QueryTask(
        request.text or "",
        results[0].name if results else None,
        graphs[0].name if graphs else None,
        request.default_graphs if is_restricted else None,
        request.named_graphs if is_restricted else None,
    )
    answer = await backend.run(task, asked.gone)
    if answer.kind != "ok":
        return failure(answer, asked.accept)
    chosen = graphs if answer.form in ("CONSTRUCT", "DESCRIBE") else results
    offer, media_type = chosen or (_BY_NAME[answer.format], None)
    return Reply(
        200,
        answer.body,
        offer.content_type(media_type),
        etag=answer.etag,
        vary=("Accept",),
        form=answer.form,
    )


def _wanted(
    request: QueryRequest, accept: str | None
) -> tuple[tuple[Offer, str] | None, tuple[Offer, str] | None]:
    """The forms in which a table and a graph are wanted."""
    results, graphs = choose(accept, RESULTS), choose(accept, GRAPHS)
    if request.format is None:
        return results, graphs
    offer = _BY_NAME[request.format]
    named = (offer, offer.media_type)
    # "xml" is a format of both.
    if request.format == "xml":
        return named, (GRAPHS[3], GRAPHS[3].media_type)
    return (
        (named, graphs or (GRAPHS[0], GRAPHS[0].media_type))
        if offer in RESULTS
        else (
            results or (RESULTS[0], RESULTS[0].media_type),
            named,
        )
    )


def failure(answer: Answer, accept: str | None) -> Reply:
    """The answer where a query has no result."""
    if answer.kind == "not-acceptable":
        is_graph = answer.form in ("CONSTRUCT", "DESCRIBE")
        offers = GRAPHS if is_graph else RESULTS
        reply = not_acceptable(
            [(offer, None) for offer in offers], accept, f"{answer.form} queries"
        )
    else:
        status = STATUS.get(answer.kind, 500)
        message, hint = answer.message, answer.hint
        if answer.kind == "failed":
            # What the engine says may name files.
            message, hint = "The query cannot be evaluated.", None
        headers = {"Retry-After": _RETRY_AFTER} if status == 503 else {}
        reply = problem(status, message, hint, accept=accept, headers=headers)
        reply.detail = answer.message
    reply.form, reply.outcome = answer.form, answer.kind
    return reply
