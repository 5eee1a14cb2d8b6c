"""The addresses of a store: what may be one, and where its other services may be."""

from __future__ import annotations

from urllib.parse import quote, urlsplit, urlunsplit

from lod.errors import InputError
from lod.rdf.iri import iri_problem

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PORTS = {"http": 80, "https": 443}
#: Where a Virtuoso takes updates, to where it takes graphs from the same user.
_GRAPH_STORES = {"sparql-auth": "sparql-graph-crud-auth", "sparql": "sparql-graph-crud"}


def check_address(iri: str, option: str) -> str:
    """The address, if it can be one of a store.

    Args:
        iri: what was given.
        option: the name of the option, for messages.

    Raises:
        InputError: it is no address, or has a password in it; the message does not show that.

    >>> check_address("http://localhost:7878/store", "--to")
    'http://localhost:7878/store'
    """
    try:
        parts = urlsplit(iri)
        has_user = "@" in parts.netloc
        # Asking for the port finds one that is no number.
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputError(f"{option}: this is no address", hint=_EXAMPLE) from None
    if has_user:
        raise InputError(
            f"{option}: the address has a user or a password in it, which others could read",
            hint="put them into LOD_PUSH_USER and LOD_PUSH_PASSWORD, or into ~/.netrc",
        )
    problem = iri_problem(iri)
    if problem is None and (parts.scheme.lower() not in _PORTS or not host):
        problem = "is no address of http or https"
    if problem is None and parts.fragment:
        problem = "has a fragment (#)"
    if problem is not None:
        raise InputError(f"{option}: {iri} {problem}", hint=_EXAMPLE)
    return iri


_EXAMPLE = "an address of a store is such as http://localhost:7878/store"


def origin(address: str) -> tuple[str, str, int]:
    """Scheme, host and port, by which servers are told apart.

    >>> origin("https://Data.example.org/store?x")
    ('https', 'data.example.org', 443)
    """
    parts = urlsplit(address)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or _PORTS.get(scheme, 0)


def is_private(address: str) -> bool:
    """Whether nobody on the way can read what is sent: TLS, or this machine itself."""
    scheme, host, _ = origin(address)
    return scheme == "https" or host in _LOOPBACK


def with_graph(address: str, graph: str) -> str:
    """The address of a graph (Graph Store Protocol, section 4.2: indirect identification).

    >>> with_graph("http://localhost/store", "https://example.org/a?b#c")
    'http://localhost/store?graph=https%3A%2F%2Fexample.org%2Fa%3Fb%23c'
    """
    joint = "&" if urlsplit(address).query else "?"
    return f"{address}{joint}graph={quote(graph, safe='')}"


def graph_store_beside(address: str) -> str | None:
    """The Graph Store Protocol beside an address for updates, as Virtuoso lays them out.

    >>> graph_store_beside("http://localhost:8890/sparql-auth")
    'http://localhost:8890/sparql-graph-crud-auth'
    >>> graph_store_beside("http://localhost:7878/update")
    """
    parts = urlsplit(address)
    above, _, name = parts.path.rpartition("/")
    beside = _GRAPH_STORES.get(name)
    return beside and urlunsplit(parts._replace(path=f"{above}/{beside}"))


def query_candidates(address: str) -> list[str]:
    """Where the queries of a store may be answered, as stores are usually laid out.

    Args:
        address: where it is written to.

    Returns:
        The address itself, then `query` and `sparql` in the place of its last step, then the
        address without that step.

    >>> query_candidates("http://localhost:7878/store")[:2]
    ['http://localhost:7878/store', 'http://localhost:7878/query']
    """
    parts = urlsplit(address)
    above, _, _ = parts.path.rstrip("/").rpartition("/")
    paths = [parts.path, f"{above}/query", f"{above}/sparql", above or "/"]
    return list(dict.fromkeys(urlunsplit(parts._replace(path=path)) for path in paths))
