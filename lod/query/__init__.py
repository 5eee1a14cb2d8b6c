r"""SPARQL queries on datasets and RDF files, in memory and under the safety rules.

>>> from lod.rdf.dataset import Dataset
>>> from lod.query import open_store, run_query
>>> triple = '<https://e.org/a> <https://schema.org/name> "A" .\n'
>>> with open_store(Dataset("https://e.org/", triple)) as store:
...     result = run_query(store, "SELECT ?thing ?name { ?thing schema:name ?name }")
>>> print(result.serialize("table"))
thing  name
-----  ----
<a>    A
1 row
<BLANKLINE>
"""

from lod.query.limits import Limits
from lod.query.named import NamedQuery, list_queries, load_query
from lod.query.result import QueryResult
from lod.query.store import QueryStore, open_store, run_query
from lod.query.terms import Term, TermType

__all__ = [
    "Limits",
    "NamedQuery",
    "QueryResult",
    "QueryStore",
    "Term",
    "TermType",
    "list_queries",
    "load_query",
    "open_store",
    "run_query",
]
