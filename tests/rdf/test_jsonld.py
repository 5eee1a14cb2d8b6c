"""JSON-LD as plain JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pyoxigraph
import pytest
from pyld import jsonld  # type: ignore[import-untyped]  # PyLD has no types

from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.formats import JSON_LD, N_QUADS, Format
from lod.rdf.jsonld import to_jsonld
from lod.rdf.jsonld_context import CONTEXT_IRI
from lod.resources import read

if TYPE_CHECKING:
    from tests.rdf.conftest import Quad, Reader

P = "https://data.example.org/sample/"
Plain = Callable[[Dataset], dict[str, Any]]
Expected = Callable[[Dataset, Format], set["Quad"]]


@pytest.fixture(scope="session")
def doc(sample: Dataset, json_of: Plain) -> dict[str, Any]:
    """The JSON-LD of the sample."""
    return json_of(sample)


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, context excepted."""
    if isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key != "@context":
                yield from objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def test_the_document_is_the_root(doc: dict[str, Any]) -> None:
    assert list(doc) == [
        "@context",
        "id",
        "type",
        "headline",
        "inLanguage",
        "author",
        "publishedIn",
        "datePublished",
        "encoding",
        "claims",
        "included",
    ]
    assert doc["id"] == f"{P}document"
    assert doc["type"] == ["NewsArticle", "Document", "CreativeWork", "prov:Entity"]
    assert doc["headline"] == {"en": 'Russia - Kazakhstan: "a union"'}
    assert doc["datePublished"] == "2024-11-27"
    assert doc["encoding"]["sha256"] == "ab12cd34ef56"
    dataset = doc["included"][0]
    assert dataset["type"] == ["Dataset", "prov:Entity"]
    assert dataset["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert dataset["publisher"]["name"] == "Example Data Desk"
    assert dataset["generatedBy"]["used"] == [doc["encoding"]["id"]]


def test_claims_are_in_the_order_of_the_dataset(doc: dict[str, Any]) -> None:
    ids = [claim["id"].removeprefix(f"{P}claim/") for claim in doc["claims"]]
    assert ids == ["trade-2023", "productivity", "membership"]


def test_a_claim_has_its_figure_its_words_and_its_labels_in_place(doc: dict[str, Any]) -> None:
    claim = doc["claims"][0]
    assert claim["value"]["minValue"] == 28_000_000_000
    assert claim["value"]["comparator"] == "moreThan"
    assert claim["value"]["currency"] == "USD"
    assert claim["value"]["wording"]["en"] == "exceeding the threshold of $28 billion"
    assert claim["subject"]["id"] == f"{P}entity/trade"
    assert claim["subject"]["label"]["en"] == "trade \\ exchange\nof goods\tand services"
    assert claim["attributedTo"]["label"]["en"] == "Vladimir Putin"
    assert claim["property"] == "tradeVolume"
    assert (claim["modality"], claim["polarity"]) == ("stated", "positive")
    assert claim["during"]["edtf"] == "2023"
    assert claim["during"]["startDate"] == "2023-01-01"
    assert claim["about"] == [f"http://www.wikidata.org/entity/{qid}" for qid in ("Q159", "Q232")]
    assert claim["rank"] == {"en": ["a new record"]}


def test_an_elided_quote_has_its_parts_by_kind(doc: dict[str, Any]) -> None:
    (anchor,) = doc["claims"][0]["anchor"]
    assert anchor["source"] == doc["encoding"]["id"]
    assert list(anchor["selector"]) == ["quote", "position"]
    assert [quote["exact"] for quote in anchor["selector"]["quote"]] == [
        "Last year",
        "the threshold of $28 billion",
    ]
    positions = [(p["start"], p["end"]) for p in anchor["selector"]["position"]]
    assert positions == [(1793, 1802), (1835, 1863)]


def test_decimals_keep_their_digits_beside_whole_numbers(doc: dict[str, Any]) -> None:
    value = doc["claims"][1]["value"]
    assert value["decimal"] == "2.10"
    assert "number" not in value
    assert value["per"]["number"] == 1000
    assert value["isOrdinal"] is False
    assert doc["claims"][1]["own:weight"] == [{"@value": "0.050", "@type": "xsd:decimal"}]


def test_properties_of_others_are_shortened_by_the_prefixes_in_use(doc: dict[str, Any]) -> None:
    claim = doc["claims"][1]
    assert claim["property"] == "wdt:P1114"
    assert claim["own:seen"] == [{"@value": "2024-11", "@type": "xsd:gYearMonth"}]
    assert doc["@context"]["own"] == "https://data.example.org/terms#"
    assert doc["@context"]["own:seen"] == {"@id": "own:seen", "@container": "@set"}
    assert "unit" not in doc["@context"]


def test_other_claims_are_named_with_their_sentence(doc: dict[str, Any]) -> None:
    assert doc["claims"][2]["denies"] == [
        {
            "id": f"{P}claim/productivity",
            "label": {"en": "Putin: mines need 2.10 workers for 1,000 tons."},
        }
    ]


def test_entities_are_whole_among_what_is_included(doc: dict[str, Any]) -> None:
    kazakhstan = next(e for e in doc["included"] if e["id"] == f"{P}entity/kazakhstan")
    assert kazakhstan == {
        "id": f"{P}entity/kazakhstan",
        "type": ["Country", "schema:Country"],
        "label": {"en": "Kazakhstan", "kk": "Қазақстан", "ar": "كازاخستان"},
        "altLabel": {"en": ["Republic of Kazakhstan", "the Republic 🇰🇿"]},
        "sameAs": ["http://www.wikidata.org/entity/Q232"],
    }


def test_reported_graphs_have_their_statements(doc: dict[str, Any]) -> None:
    (graph,) = (one for one in doc["included"] if "graph" in one)
    assert "ReportedGraph" in graph["type"]
    assert graph["attributedTo"]["label"]["en"] == "Vladimir Putin"
    assert graph["date"] == "2024-11-27"
    assert graph["graph"][0] == {
        "id": f"{P}entity/kazakhstan",
        "memberOf": [{"id": f"{P}entity/csto"}],
    }
    assert graph["graph"][1]["describedAs"] == {"en": ["record-breaking"]}


@pytest.mark.parametrize("name", ["sample", "conforming"])
def test_a_property_has_one_shape_throughout(
    name: str, request: pytest.FixtureRequest, json_of: Plain
) -> None:
    shapes: dict[str, set[str]] = {}
    for one in objects(json_of(request.getfixturevalue(name))):
        if "id" in one:  # no language map, and no literal with its type
            for key, value in one.items():
                shapes.setdefault(key, set()).add(type(value).__name__)
    del shapes["@context"]
    assert {key: found for key, found in shapes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", ["sample", "conforming"])
def test_only_contexts_and_typed_literals_have_an_at_sign(
    name: str, request: pytest.FixtureRequest, json_of: Plain
) -> None:
    things = [one for one in objects(json_of(request.getfixturevalue(name))) if "@value" not in one]
    keys = {key for one in things for key in one}
    assert {key for key in keys if key.startswith("@")} == {"@context"}


@pytest.mark.parametrize("name", ["sample", "conforming"])
def test_every_id_is_a_whole_iri(name: str, request: pytest.FixtureRequest, json_of: Plain) -> None:
    ids = [one["id"] for one in objects(json_of(request.getfixturevalue(name))) if "id" in one]
    assert ids
    assert [id_ for id_ in ids if not id_.startswith(("https://", "http://"))] == []


@pytest.mark.parametrize("name", ["sample", "conforming"])
def test_every_claim_stands_alone(
    name: str, request: pytest.FixtureRequest, json_of: Plain
) -> None:
    """Each part of a claim is whole once in that claim, the parts of the parts too."""
    for claim in json_of(request.getfixturevalue(name))["claims"]:
        parts = [o for o in objects(claim) if o is not claim and "/claim/" in o.get("id", "")]
        whole = {o["id"] for o in parts if "type" in o}
        named = {o["id"] for o in parts if "type" not in o and "label" not in o}
        assert named <= whole
        assert len([o for o in parts if "type" in o]) == len(whole)
        for anchor in claim.get("anchor", []):
            quotes = anchor["selector"]["quote"]
            assert all(quote["exact"] for quote in (quotes if type(quotes) is list else [quotes]))


def test_only_the_terms_in_use_are_in_the_context(
    doc: dict[str, Any], conforming: Dataset, json_of: Plain
) -> None:
    for data in (doc, json_of(conforming)):
        text = json.dumps({key: value for key, value in data.items() if key != "@context"})
        context = json.dumps(list(data["@context"].values()))
        unused = [
            name
            for name in data["@context"]
            if name != "@version" and f'"{name}' not in text and f'"{name}:' not in context
        ]
        assert unused == []


def test_a_shared_node_is_whole_in_each_claim_of_a_list(json_of: Plain) -> None:
    lod, type_ = PREFIXES["lod"], f"{PREFIXES['rdf']}type"
    lines = [f'<{P}document> <https://schema.org/inLanguage> "en" .']
    for n in (1, 2):
        claim = f"<{P}claim/a/{n}>"
        lines += [
            f"{claim} <{type_}> <{lod}Claim> .",
            f"{claim} <{PREFIXES['prov']}wasDerivedFrom> <{P}document> .",
            f"{claim} <{lod}during> <{P}claim/a/period> .",
        ]
    lines.append(f'<{P}claim/a/period> <{lod}edtf> "2023" .')
    data = json_of(Dataset(P, "".join(f"{line}\n" for line in lines)))
    assert [claim["during"]["edtf"] for claim in data["claims"]] == ["2023", "2023"]


def test_what_nothing_leads_to_is_still_there(json_of: Plain) -> None:
    triples = (
        f'<{P}document> <https://schema.org/inLanguage> "en" .\n'
        f'<https://x.org/a> <{PREFIXES["lod"]}edtf> "2023" .\n'
        f'<{P}claim/none/period> <{PREFIXES["lod"]}edtf> "2024" .\n'
    )
    data = json_of(Dataset(P, triples))
    assert [(one["id"], one["edtf"]) for one in data["included"]] == [
        ("https://x.org/a", "2023"),
        (f"{P}claim/none/period", "2024"),
    ]


def test_a_circle_ends(json_of: Plain, readers: dict[str, Reader], expected: Expected) -> None:
    per, value = f"<{PREFIXES['lod']}per>", f"{P}claim/a/value"
    triples = (
        f"<{P}document> {per} <https://x.org/a> .\n<https://x.org/a> {per} <{P}document> .\n"
        f"<{P}claim/a> <{PREFIXES['rdf']}type> <{PREFIXES['lod']}Claim> .\n"
        f"<{P}claim/a> <{PREFIXES['prov']}wasDerivedFrom> <{P}document> .\n"
        f"<{P}claim/a> {per} <{value}> .\n<{value}> {per} <{value}/2> .\n"
        f"<{value}/2> {per} <{value}> .\n<{value}/2> {per} <{P}claim/a> .\n"
    )
    dataset = Dataset(P, triples)
    assert json_of(dataset)["claims"][0]["per"]["per"]["id"] == f"{value}/2"
    for reader in ("pyoxigraph", "rdflib", "pyld"):
        assert readers[reader](to_jsonld(dataset), JSON_LD) == expected(dataset, JSON_LD)


def test_a_chain_of_any_length_is_written(readers: dict[str, Reader], expected: Expected) -> None:
    per = f"<{PREFIXES['lod']}per>"
    names = [f"{P}document", *(f"https://x.org/{n}" for n in range(3000))]
    triples = "".join(f"<{a}> {per} <{b}> .\n" for a, b in pairwise(names))
    dataset = Dataset(P, triples)
    assert readers["pyoxigraph"](to_jsonld(dataset), JSON_LD) == expected(dataset, JSON_LD)


@pytest.mark.parametrize("iri", ["lod:stated", "schema:x", "claims:1", "own:x", "id:1"])
def test_an_iri_that_looks_shortened_is_not_expanded(
    iri: str, readers: dict[str, Reader], expected: Expected
) -> None:
    triples = (
        f'<{P}document> <https://schema.org/inLanguage> "en" .\n'
        f"<{P}document> <{PREFIXES['lod']}value> <{iri}> .\n"
        f"<{iri}> <{iri}> <{iri}> .\n"
    )
    dataset = Dataset(P, triples, {}, {"own": "https://n.org/"})
    for reader in ("pyoxigraph", "rdflib", "pyld"):
        assert readers[reader](to_jsonld(dataset), JSON_LD) == expected(dataset, JSON_LD)


@pytest.mark.parametrize(
    ("lexical", "datatype", "key", "value"),
    [
        ("28000000000", "integer", "minValue", 28_000_000_000),
        ("-7", "integer", "minValue", -7),
        ("0", "integer", "minValue", 0),
        ("999999999999999", "integer", "minValue", 999_999_999_999_999),
        ("3000000000000000", "integer", "minValue", 3_000_000_000_000_000),
        ("-500000000000000000", "integer", "minValue", -500_000_000_000_000_000),
        ("9007199254740993", "integer", "minInteger", "9007199254740993"),
        ("999999999999999999", "integer", "minInteger", "999999999999999999"),
        ("1000000000000000000", "integer", "minInteger", "1000000000000000000"),
        ("007", "integer", "minInteger", "007"),
        ("-0", "integer", "minInteger", "-0"),
        ("true", "boolean", "minValue", True),
        ("1", "boolean", "minValue", {"@value": "1", "@type": "xsd:boolean"}),
        ("2.10", "decimal", "minDecimal", "2.10"),
        ("3", "decimal", "minDecimal", "3"),
        ("1.0E0", "double", "minValue", {"@value": "1.0E0", "@type": "xsd:double"}),
    ],
)
def test_numbers_are_plain_where_they_come_back_the_same(
    lexical: str,
    datatype: str,
    key: str,
    value: object,
    json_of: Plain,
    readers: dict[str, Reader],
    expected: Expected,
) -> None:
    triples = (
        f'<{P}document> <https://schema.org/inLanguage> "en" .\n'
        f"<{P}entity/a> <https://schema.org/minValue> "
        f'"{lexical}"^^<{PREFIXES["xsd"]}{datatype}> .\n'
    )
    dataset = Dataset(P, triples)
    (entity,) = json_of(dataset)["included"]
    del entity["id"]
    assert entity == {key: value}
    assert type(entity[key]) is type(value)
    for reader in ("pyoxigraph", "rdflib", "pyld"):
        assert readers[reader](to_jsonld(dataset), JSON_LD) == expected(dataset, JSON_LD)


def test_without_a_document_the_nodes_are_a_list(json_of: Plain) -> None:
    triple = f'<https://x.org/a> <{PREFIXES["rdfs"]}label> "A"@en .\n'
    data = json_of(Dataset(P, triple, {"https://x.org/g": triple}))
    assert data["@graph"] == [
        {"id": "https://x.org/a", "label": {"en": "A"}},
        {
            "id": "https://x.org/g",
            "graph": [{"id": "https://x.org/a", "label": {"en": "A"}}],
        },
    ]


def test_a_linked_context_says_the_same_once_it_is_known(
    sample: Dataset, expected: Expected
) -> None:
    asked = []

    def load(url: str, options: object = None) -> dict[str, Any]:
        asked.append(url)
        shipped = json.loads(read("vocab", "context.jsonld"))
        return {"document": shipped, "documentUrl": url, "contextUrl": None}

    text = to_jsonld(sample, link_context=True)
    data = json.loads(text)
    own = {
        "own": "https://data.example.org/terms#",
        "wdt": "http://www.wikidata.org/prop/direct/",
    }
    properties = {name: {"@id": name, "@container": "@set"} for name in ("own:weight", "own:seen")}
    assert data["@context"] == [CONTEXT_IRI, own | properties]
    options = {"format": "application/n-quads", "documentLoader": load}
    quads = pyoxigraph.parse(jsonld.to_rdf(data, options).encode(), pyoxigraph.RdfFormat.N_QUADS)
    assert set(asked) == {CONTEXT_IRI}
    assert len(list(quads)) == len(expected(sample, N_QUADS))


def test_json_is_indented_by_two_and_small_objects_stand_on_one_line(sample: Dataset) -> None:
    text = to_jsonld(sample)
    assert '\n      "subject": {\n        "id": "' in text
    assert '\n        "label": {"en": "Vladimir Putin"}\n' in text
    assert '\n    "label": {"@id": "rdfs:label", "@container": "@language"},\n' in text
