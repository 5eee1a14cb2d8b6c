"""Queries as other stores get them: the same meaning, and nothing that can be read as more."""

from __future__ import annotations

import pyoxigraph
import pytest

from lod.namespaces import PREFIXES
from lod.query.checked import check_query, portable
from tests.query.test_refusals import ALLOWED

QUERIES = [
    "SELECT*{?s ?p 'a\nb'}".replace("\n", "\\n"),
    "SELECT * { ?s ?p '''it's \"\"\" a \\t tab\nand a line''' }",
    'SELECT * { ?s ?p "x"@en-GB , "1"^^xsd:integer , "1"^^<http://a.example/t#x> , -5 , +1.5e3 }',
    "SELECT * { ?s rdf:type/rdfs:subClassOf* ?o ; ^schema:name|!rdf:type ?x }",
    "SELECT (COALESCE(?a, IF(?b<3, 1, 2)) AS ?x) { ?a ?p ?b FILTER(?b NOT IN (1,2)) } LIMIT 3",
    "PREFIX ex: <http://a.example/> SELECT * { ?s ex:a.b ex:c\\,d , ex:%20 , ex: }",
    "BASE <http://a.example/> SELECT * { <x> ?p <#y> # a comment\n }",
    "SELECT * { VALUES (?a ?b) { (1 UNDEF) ('x' <urn:a:b>) } _:b ?p [] , [ ?q ?r ] }",
    r"SELECT * { ?s ?p <http://a.example/\u00e4> , '\u0041' }",
    "SELECT ?s (GROUP_CONCAT(DISTINCT ?o; SEPARATOR=', ') AS ?x) { ?s ?p ?o } GROUP BY ?s",
]


def parsed(query: str) -> str:
    """The result of a query on some data: what it means, as far as that can be seen."""
    store = pyoxigraph.Store()
    node = pyoxigraph.NamedNode
    for at, value in enumerate(("a\nb", "x", "1", 'it\'s """ a \t tab\nand a line')):
        store.add(
            pyoxigraph.Quad(
                node(f"http://a.example/{at}"), node("urn:a:p"), pyoxigraph.Literal(value)
            )
        )
    result = store.query(query, prefixes=dict(PREFIXES), base_iri="https://base.example/")
    if isinstance(result, pyoxigraph.QueryBoolean):
        return str(bool(result))
    return "\n".join(sorted(str(row) for row in result))


@pytest.mark.parametrize("query", [*QUERIES, *ALLOWED])
def test_means_the_same(query: str) -> None:
    checked = check_query(query, PREFIXES)
    text = portable(checked)
    assert "\n" not in text
    assert parsed(text) == parsed(checked.text)


@pytest.mark.parametrize("query", [*QUERIES, *ALLOWED])
def test_written_again_it_stays_as_it_is(query: str) -> None:
    once = portable(check_query(query, PREFIXES))
    assert portable(check_query(once, PREFIXES)) == once
