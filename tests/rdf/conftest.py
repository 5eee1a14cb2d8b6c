"""Sample datasets, and what four independent libraries read back from our text."""

from __future__ import annotations

import json
import subprocess
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyld import jsonld  # type: ignore[import-untyped]  # PyLD has no types

from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.formats import Format, find_format
from lod.rdf.serialize import serialize
from tests.system import program

#: Subject, predicate, object, graph ("" for the default one), as canonical N-Triples terms.
Quad = tuple[str, str, str, str]
Reader = Callable[[str, Format], set[Quad]]

CONFORMING = Path(__file__).parents[1] / "shapes" / "data" / "conforming.ttl"

SAMPLE = r"""
@base <https://data.example.org/sample/> .
@prefix claim: <https://data.example.org/sample/claim/> .
@prefix entity: <https://data.example.org/sample/entity/> .
@prefix own: <https://data.example.org/terms#> .
@prefix lod: <https://w3id.org/lod-facts/ns#> .
@prefix rel: <https://w3id.org/lod-facts/relations#> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<document> a schema:NewsArticle, rel:Document, schema:CreativeWork, prov:Entity ;
    schema:headline "Russia - Kazakhstan: \"a union\""@en ;
    schema:inLanguage "en" ;
    schema:author entity:putin ;
    schema:isPartOf entity:newspaper ;
    schema:datePublished "2024-11-27"^^xsd:date .
<text/ab12cd34ef56> a schema:MediaObject, prov:Entity ;
    schema:encodesCreativeWork <document> ;
    schema:sha256 "ab12cd34ef56" .
<dataset> a schema:Dataset, prov:Entity ;
    dcterms:title "Facts"@en, "Fakten"@de ;
    dcterms:license <https://creativecommons.org/publicdomain/zero/1.0/> ;
    dcterms:publisher <https://data.example.org/> ;
    prov:wasDerivedFrom <document> ;
    prov:wasGeneratedBy <build> .
<https://data.example.org/> a prov:Agent ; rdfs:label "Example Data Desk" .
<build> a prov:Activity ; prov:used <text/ab12cd34ef56> .

entity:putin a rel:Person, schema:Person ; rdfs:label "Vladimir Putin"@en ; owl:sameAs wd:Q7747 .
entity:newspaper a rel:Newspaper ;
    rdfs:label "Kazakhstanskaya Pravda"@en ;
    lod:unlinkedReason "not verified"@en .
entity:kazakhstan a rel:Country, schema:Country ;
    rdfs:label "Kazakhstan"@en, "Қазақстан"@kk, "كازاخستان"@ar ;
    skos:altLabel "Republic of Kazakhstan"@en, "the Republic 🇰🇿"@en ;
    owl:sameAs wd:Q232 .
entity:csto a rel:InternationalOrganization ; rdfs:label "CSTO"@en .
entity:trade a rel:Flow ;
    rdfs:label "trade \\ exchange\nof goods\tand services"@en ;
    schema:member entity:kazakhstan, entity:russia .

claim:trade-2023 a lod:Claim, schema:Claim, prov:Entity ;
    rdfs:label "Putin: trade reached more than 28 billion USD."@en ;
    lod:subject entity:trade ;
    lod:property rel:tradeVolume ;
    lod:value <claim/trade-2023/value> ;
    lod:modality lod:stated ;
    lod:polarity lod:positive ;
    lod:during <claim/trade-2023/period> ;
    rel:rank "a new record"@en ;
    schema:about wd:Q159, wd:Q232 ;
    prov:wasAttributedTo entity:putin ;
    prov:wasDerivedFrom <document> ;
    lod:anchor <claim/trade-2023/anchor/1> .
<claim/trade-2023/anchor/1> a oa:SpecificResource ;
    oa:hasSource <text/ab12cd34ef56> ;
    oa:hasSelector <claim/trade-2023/anchor/1/quote/1>, <claim/trade-2023/anchor/1/position/1>,
        <claim/trade-2023/anchor/1/quote/2>, <claim/trade-2023/anchor/1/position/2> ;
    lod:sentence 11 .
<claim/trade-2023/anchor/1/quote/1> a oa:TextQuoteSelector ;
    lod:part 1 ; oa:exact "Last year" ; oa:prefix "speak for themselves. " ; oa:suffix ", it set" .
<claim/trade-2023/anchor/1/position/1> a oa:TextPositionSelector ;
    lod:part 1 ; oa:start 1793 ; oa:end 1802 .
<claim/trade-2023/anchor/1/quote/2> a oa:TextQuoteSelector ;
    lod:part 2 ; oa:exact "the threshold of $28 billion" ; oa:prefix "exceeding " ; oa:suffix "," .
<claim/trade-2023/anchor/1/position/2> a oa:TextPositionSelector ;
    lod:part 2 ; oa:start 1835 ; oa:end 1863 .
<claim/trade-2023/value> a lod:Quantity, schema:MonetaryAmount ;
    lod:comparator lod:moreThan ;
    schema:minValue 28000000000 ;
    schema:currency "USD" ;
    lod:wording "exceeding the threshold of $28 billion"@en ;
    lod:during <claim/trade-2023/period> .
<claim/trade-2023/period> a lod:Period ;
    lod:edtf "2023" ;
    schema:startDate "2023-01-01"^^xsd:date ;
    lod:precision lod:year ;
    lod:wording "Last year"@en .

claim:productivity a lod:Claim, schema:Claim, prov:Entity ;
    rdfs:label "Putin: mines need 2.10 workers for 1,000 tons."@en ;
    lod:subject entity:trade ;
    lod:property wdt:P1114 ;
    lod:value <claim/productivity/value> ;
    lod:modality lod:planned ;
    lod:polarity lod:negative ;
    own:weight "0.050"^^xsd:decimal ;
    own:seen "2024-11"^^xsd:gYearMonth ;
    prov:wasAttributedTo entity:putin ;
    prov:wasDerivedFrom <document> .
<claim/productivity/value> a lod:Quantity, schema:QuantitativeValue ;
    lod:comparator lod:exactly ;
    schema:value 2.10 ;
    lod:isOrdinal false ;
    lod:per <claim/productivity/value/per> .
<claim/productivity/value/per> a lod:Quantity ; schema:value 1000 ; schema:unitText "short tons" .

claim:membership a lod:Claim, schema:Claim, prov:Entity ;
    rdfs:label "Putin: Kazakhstan is a member of CSTO."@en ;
    lod:subject entity:kazakhstan ;
    lod:property rel:memberOf ;
    lod:value entity:csto ;
    lod:denies claim:productivity ;
    lod:modality lod:implied ;
    lod:polarity lod:positive ;
    prov:wasAttributedTo entity:putin ;
    prov:wasDerivedFrom <document> .

<reported/putin> a lod:ReportedGraph, prov:Entity ;
    prov:wasAttributedTo entity:putin ;
    prov:wasDerivedFrom <document> ;
    dcterms:date "2024-11-27"^^xsd:date .

<reported/putin> {
    entity:kazakhstan rel:memberOf entity:csto .
    entity:trade rel:tradeVolume <claim/trade-2023/value> ; rel:describedAs "record-breaking"@en .
}
"""


def load(text: str) -> Dataset:
    """TriG text as a dataset in the same order, prefixes included."""
    parser = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.TRIG)
    texts: dict[str, list[str]] = {}
    base = ""
    for quad in parser:
        graph = quad.graph_name
        name = graph.value if isinstance(graph, pyoxigraph.NamedNode) else ""
        texts.setdefault(name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
        if str(quad.subject).endswith("/document>"):
            base = str(quad.subject)[1:-9]
    default = "".join(texts.pop("", []))
    own = {prefix: iri for prefix, iri in parser.prefixes.items() if prefix not in PREFIXES}
    graphs = {name: "".join(lines) for name, lines in texts.items()}
    return Dataset(base, default, graphs, {**PREFIXES, **own})


@pytest.fixture(scope="session")
def sample() -> Dataset:
    """A publication with two claims of the article and what makes formats stumble."""
    return load(SAMPLE)


@pytest.fixture(scope="session")
def conforming() -> Dataset:
    """The dataset that has every term of the vocabulary."""
    return load(CONFORMING.read_text("utf-8"))


def refuse(url: str, options: object = None) -> Any:
    """Load no JSON-LD context, from nowhere."""
    raise AssertionError(f"asked for {url}")


def _language(tag: str | None) -> str:
    return f"@{tag.lower()}" if tag else ""


def _pyoxigraph_term(term: Any) -> str:
    if isinstance(term, pyoxigraph.Literal) and term.language:
        plain = str(pyoxigraph.Literal(term.value))
        return plain + _language(term.language)
    return str(term)


def with_pyoxigraph(text: str, format_: Format) -> set[Quad]:
    """Read with pyoxigraph."""
    known = pyoxigraph.RdfFormat.from_media_type(format_.media_type)
    assert known is not None
    return {
        (
            str(quad.subject),
            str(quad.predicate),
            _pyoxigraph_term(quad.object),
            "" if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else str(quad.graph_name),
        )
        for quad in pyoxigraph.parse(text.encode(), known)
    }


def _rdflib_term(term: Any) -> str:
    if isinstance(term, rdflib.Literal):
        datatype = pyoxigraph.NamedNode(term.datatype) if term.datatype else None
        plain = str(pyoxigraph.Literal(str(term), datatype=datatype))
        return plain + _language(term.language)
    return f"<{term}>"


def rdflib_quads(graph: rdflib.Dataset) -> Iterator[Quad]:
    """The quads of an rdflib dataset."""
    for s, p, o, g in graph.quads():
        yield _rdflib_term(s), _rdflib_term(p), _rdflib_term(o), "" if g is None else f"<{g}>"


def with_rdflib(text: str, format_: Format) -> set[Quad]:
    """Read with rdflib, literals as they are written."""
    normalize = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        graph = rdflib.Dataset()
        with warnings.catch_warnings():
            # Its parsers use what rdflib has deprecated, and it warns of literals that do not
            # fit their datatype.
            warnings.simplefilter("ignore")
            graph.parse(data=text, format=format_.media_type)
        default = f"<{rdflib.graph.DATASET_DEFAULT_GRAPH_ID}>"
        return {(*quad[:3], "" if quad[3] == default else quad[3]) for quad in rdflib_quads(graph)}
    finally:
        rdflib.NORMALIZE_LITERALS = normalize


def with_pyld(text: str, format_: Format) -> set[Quad]:
    """Read JSON-LD with PyLD, no context loaded."""
    assert format_.name == "json-ld"
    options = {"format": "application/n-quads", "documentLoader": refuse}
    quads = jsonld.to_rdf(json.loads(text), options)
    return with_pyoxigraph(quads, find_format("n-quads"))


def with_rapper(text: str, format_: Format) -> set[Quad]:
    """Read with raptor's command."""
    rapper = program("rapper")
    name = {"rdf-xml": "rdfxml", "n-triples": "ntriples", "n-quads": "nquads"}
    output, arguments = "n-triples", ["-i", name.get(format_.name, format_.name)]
    if format_.holds_graphs:
        output = "n-quads"
    arguments += ["-o", name[output], "-q", "-", "https://elsewhere.example/"]
    run = subprocess.run(
        [rapper, *arguments], input=text.encode(), capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    return with_pyoxigraph(run.stdout.decode(), find_format(output))


READERS: dict[str, Reader] = {
    "pyoxigraph": with_pyoxigraph,
    "rdflib": with_rdflib,
    "pyld": with_pyld,
    "rapper": with_rapper,
}


@pytest.fixture(scope="session")
def readers() -> dict[str, Reader]:
    """The name of a library to what reads text of a format with it."""
    return READERS


@pytest.fixture(scope="session")
def expected() -> Callable[[Dataset, Format], set[Quad]]:
    """The quads of a dataset that a format can hold."""

    def quads(dataset: Dataset, format_: Format) -> set[Quad]:
        text = dataset.n_quads() if format_.holds_graphs else dataset.n_triples()
        return with_pyoxigraph(text, find_format("n-quads"))

    return quads


@pytest.fixture(scope="session")
def json_of() -> Callable[[Dataset], dict[str, Any]]:
    """The JSON-LD of a dataset as plain data."""

    def plain(dataset: Dataset) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(serialize(dataset, "json-ld"))
        return data

    return plain
