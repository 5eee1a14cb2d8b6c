"""Queries under the safety rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.query.checked import check_query
from lod.query.limits import Limits

if TYPE_CHECKING:
    from lod.query.result import QueryResult
    from lod.query.store import QueryStore


def run_query(store: QueryStore, sparql: str, *, limits: Limits | None = None) -> QueryResult:
    """Run a query under the safety rules.

    Args:
        store: what to query. The default graph is the union of its graphs; GRAPH finds each.
        sparql: SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE. The known prefixes and those of
            the dataset need no declaration, and relative IRIs are under its base.
        limits: what it may use; None for the defaults of `Limits`.

    Raises:
        QueryError: it is malformed (with line and column), or cannot be evaluated.
        QueryRefusedError: it is an update, or has SERVICE, FROM or FROM NAMED.
        QueryLimitError: it reached a limit and was stopped.
        FormatError: a file of the store is malformed.
    """
    return store.run(check_query(sparql, store.prefixes), limits or Limits())
