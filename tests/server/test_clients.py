"""Clients that are not ours: SPARQLWrapper, rdflib, and federation from a real store."""

from __future__ import annotations

import httpx
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.server.serving import BASE, Server
from tests.stores.running import RunningStore

sparqlwrapper = pytest.importorskip("SPARQLWrapper")

PREFIX = "PREFIX lod: <https://w3id.org/lod-facts/ns#> "
COUNT = PREFIX + "SELECT (COUNT(?c) AS ?n) { ?c a lod:Claim }"


def claims(server: Server) -> int:
    return int(server.rows(COUNT)[0]["n"])


@pytest.mark.parametrize(
    ("method", "way"), [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")]
)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_sparqlwrapper_selects(store_server: Server, method: str, way: str, form: str) -> None:
    wrapper = sparqlwrapper.SPARQLWrapper(f"{store_server.address}sparql")
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(COUNT)
    bindings = wrapper.queryAndConvert()
    if form == "json":
        value = bindings["results"]["bindings"][0]["n"]["value"]
    else:
        value = bindings.getElementsByTagName("literal")[0].firstChild.data
    assert int(value) == claims(store_server)


@pytest.mark.parametrize("form", ["turtle", "xml", "rdf+xml", "json-ld"])
def test_sparqlwrapper_constructs(store_server: Server, form: str) -> None:
    wrapper = sparqlwrapper.SPARQLWrapper(f"{store_server.address}sparql")
    wrapper.setReturnFormat(form)
    wrapper.setQuery(PREFIX + "CONSTRUCT { ?c a lod:Claim } { ?c a lod:Claim }")
    result = wrapper.queryAndConvert()
    if not isinstance(result, rdflib.Graph):
        result = rdflib.Graph().parse(data=result, format="turtle")
    assert len(result) == claims(store_server)


def test_sparqlwrapper_restricts_the_dataset(store_server: Server) -> None:
    wrapper = sparqlwrapper.SPARQLWrapper(f"{store_server.address}sparql")
    wrapper.addDefaultGraph(f"{BASE}reported/putin")
    wrapper.setReturnFormat("json")
    wrapper.setQuery(COUNT)
    assert wrapper.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == "0"


def test_sparqlwrapper_is_told_what_is_wrong(store_server: Server) -> None:
    wrapper = sparqlwrapper.SPARQLWrapper(f"{store_server.address}sparql")
    wrapper.setQuery("SELECT ?x WHERE {")
    with pytest.raises(sparqlwrapper.SPARQLExceptions.QueryBadFormed, match="line 1, column 17"):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_store(store_server: Server, method: str, form: str) -> None:
    store = SPARQLStore(f"{store_server.address}sparql", method=method, returnFormat=form)
    graph = rdflib.Graph(store)
    (binding,) = graph.query(COUNT).bindings
    (count,) = binding.values()
    assert int(str(count)) == claims(store_server)


def test_rdflib_store_by_triples(store_server: Server) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{store_server.address}sparql"))
    label = graph.value(rdflib.URIRef(f"{BASE}entity/putin"), rdflib.RDFS.label)
    assert str(label) == "Vladimir Putin"
    store = SPARQLStore(f"{store_server.address}sparql", context_aware=True)
    named = rdflib.Graph(store, identifier=rdflib.URIRef(f"{BASE}reported/putin"))
    assert len(list(named.triples((None, None, None)))) > 5


def test_rdflib_reads_things_by_their_addresses(site_server: Server) -> None:
    graph = rdflib.Graph().parse(f"{site_server.address}entity/putin", format=None)
    iri = rdflib.URIRef(f"{BASE}entity/putin")
    assert str(graph.value(iri, rdflib.RDFS.label)) == "Vladimir Putin"


def test_federation_from_oxigraph(store_server: Server, oxigraph: RunningStore) -> None:
    query = f"""{PREFIX}
    SELECT ?label {{
      SERVICE <{store_server.address}sparql> {{
        <{BASE}entity/putin> <http://www.w3.org/2000/01/rdf-schema#label> ?label
      }}
    }}"""
    answer = httpx.get(
        oxigraph.query,
        params={"query": query},
        headers={"Accept": "application/sparql-results+json"},
    )
    assert answer.status_code == 200, answer.text
    bindings = answer.json()["results"]["bindings"]
    assert "Vladimir Putin" in {row["label"]["value"] for row in bindings}
