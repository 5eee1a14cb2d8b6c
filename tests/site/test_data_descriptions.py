"""VoID, DCAT-AP, CITATION.cff and RO-Crate: right in their numbers, valid by their rules."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pyoxigraph import RdfFormat, Store

from lod.rdf.formats import FORMATS
from lod.site import summaries
from lod.site.data import catalogue
from lod.site.data.whole import whole_data_files
from tests.site.data.sites import (
    MODIFIED,
    VERSION,
    built,
    collected,
    example_files,
    example_view,
    make_site,
    many_summaries,
    small_view,
)

DATA = Path(__file__).parent / "data"
BASE = example_view().base
PREFIXES = """
PREFIX void: <http://rdfs.org/ns/void#> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX hydra: <http://www.w3.org/ns/hydra/core#>
"""
EVERYWHERE = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"


def store(content: bytes, format_: RdfFormat = RdfFormat.TURTLE) -> Store:
    found = Store()
    found.load(content, format=format_)
    return found


def rows(data: Store, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query, as Python values."""
    solutions: Any = data.query(PREFIXES + query)
    return [tuple(getattr(term, "value", None) for term in row) for row in solutions]


@cache
def dataset() -> Store:
    return store(example_files()["dataset.nq"], RdfFormat.N_QUADS)


@cache
def void() -> Store:
    return store(example_files()["void.ttl"])


def test_void_stands_in_both_places() -> None:
    assert example_files()["void.ttl"] == example_files()[".well-known/void"]


@pytest.mark.parametrize(
    ("property_", "count"),
    [
        ("triples", f"(COUNT(*) AS ?n) WHERE {{ {EVERYWHERE} }}"),
        ("distinctSubjects", f"(COUNT(DISTINCT ?s) AS ?n) WHERE {{ {EVERYWHERE} }}"),
        ("distinctObjects", f"(COUNT(DISTINCT ?o) AS ?n) WHERE {{ {EVERYWHERE} }}"),
        ("properties", f"(COUNT(DISTINCT ?p) AS ?n) WHERE {{ {EVERYWHERE} }}"),
        ("classes", "(COUNT(DISTINCT ?c) AS ?n) WHERE { ?s a ?c }"),
    ],
)
def test_the_numbers_of_void_are_those_of_the_data(property_: str, count: str) -> None:
    said = rows(void(), f"SELECT ?n {{ <{BASE}dataset> void:{property_} ?n }}")
    assert said == rows(dataset(), f"SELECT {count}")


def test_the_partitions_of_void_are_those_of_the_data() -> None:
    classes = "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }"
    counted = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c"
    assert sorted(rows(void(), classes)) == sorted(rows(dataset(), counted))
    properties = "SELECT ?p ?n { ?d void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    counted = f"SELECT ?p (COUNT(*) AS ?n) {{ {EVERYWHERE} }} GROUP BY ?p"
    assert sorted(rows(void(), properties)) == sorted(rows(dataset(), counted))


def test_the_linksets_of_void_are_those_of_the_data() -> None:
    said = rows(
        void(),
        f"""SELECT ?p ?n {{ <{BASE}dataset> void:subset ?l . ?l a void:Linkset ;
            void:linkPredicate ?p ; void:triples ?n ; void:subjectsTarget <{BASE}dataset> ;
            void:objectsTarget [ void:uriSpace "http://www.wikidata.org/entity/" ] }}""",
    )
    assert len(said) == 3
    for predicate, number in said:
        counted = rows(
            dataset(),
            f"""SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o
                FILTER(STRSTARTS(STR(?o), "http://www.wikidata.org/entity/Q")) }}""",
        )
        assert counted == [(number,)]


def test_void_names_the_dumps_and_where_they_lead() -> None:
    files = example_files()
    dumps = rows(void(), f"SELECT ?f {{ <{BASE}dataset> void:dataDump ?f }}")
    assert {one.removeprefix(BASE) for (one,) in dumps} == {
        f"dataset.{ending}" for ending in ("ttl", "jsonld", "trig", "nq", "nt", "rdf")
    }
    assert all(one.removeprefix(BASE) in files for (one,) in dumps)
    root = rows(
        void(), f"SELECT ?r ?u {{ <{BASE}dataset> void:rootResource ?r ; void:uriSpace ?u }}"
    )
    assert root == [(f"{BASE}document", BASE)]


@cache
def shapes() -> Any:
    import rdflib

    path = DATA / "dcat-ap" / "dcat-ap-SHACL.jsonld"
    return rdflib.Graph().parse(path, format="json-ld")


def problems(catalogue: bytes) -> str | None:
    """What the official shapes say against a catalogue; None where it is valid."""
    import pyshacl
    import rdflib

    graph = rdflib.Graph().parse(data=catalogue, format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes())
    return None if conforms else text


def test_the_catalogue_is_valid_dcat_ap() -> None:
    assert problems(example_files()["dcat.ttl"]) is None


def test_the_shapes_find_what_is_missing() -> None:
    catalogue = example_files()["dcat.ttl"]
    broken = catalogue.replace(b"dcat:accessURL", b"dcat:otherURL")
    assert broken != catalogue
    assert "accessURL" in (problems(broken) or "")


def test_the_distributions_have_the_size_and_hash_of_the_files() -> None:
    data = store(example_files()["dcat.ttl"])
    found = rows(
        data,
        """SELECT ?file ?size ?sum ?algorithm { ?d a dcat:Distribution ; dcat:downloadURL ?file ;
           dcat:byteSize ?size ; spdx:checksum [ spdx:checksumValue ?sum ;
           spdx:algorithm ?algorithm ] }""",
    )
    assert len(found) == 6
    for address, size, digest, algorithm in found:
        content = example_files()[address.removeprefix(BASE)]
        assert (int(size), digest) == (len(content), hashlib.sha256(content).hexdigest())
        assert algorithm == "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"


def test_the_page_of_the_data_shows_the_size_and_hash_of_each_file() -> None:
    page = example_files()["dataset.html"].decode("utf-8").partition("<main")[2]
    for format_ in FORMATS:
        content = example_files()[f"dataset.{format_.extension}"]
        row = page.partition(f'href="dataset.{format_.extension}"')[2].partition("</tr>")[0]
        assert f">{len(content):,}<" in row
        assert f">{hashlib.sha256(content).hexdigest()}<" in row


@pytest.mark.parametrize(
    ("property_", "table"),
    [
        ("dcterms:language", "language/ENG"),
        ("dcterms:accessRights", "access-right/PUBLIC"),
        ("dcterms:accrualPeriodicity", "frequency/IRREG"),
    ],
)
def test_known_kinds_are_named_as_in_the_authority_tables(property_: str, table: str) -> None:
    data = store(example_files()["dcat.ttl"])
    found = rows(data, f"SELECT ?v {{ <{BASE}dataset> {property_} ?v }}")
    assert found == [(f"http://publications.europa.eu/resource/authority/{table}",)]


def test_the_citation_is_valid_and_says_what_the_facts_say() -> None:
    content = yaml.safe_load(example_files()["CITATION.cff"])
    schema = json.loads((DATA / "cff" / "schema.json").read_text("utf-8"))
    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())
    assert content["type"] == "dataset"
    assert content["license"] == "CC0-1.0"
    assert content["authors"] == [
        {"name": "Example Data Desk", "website": "https://data.example.org/"}
    ]
    assert (content["version"], content["date-released"]) == (VERSION, MODIFIED)


def test_a_licence_that_spdx_does_not_know_is_cited_by_its_address(tmp_path: Path) -> None:
    view = small_view(tmp_path, license_="https://example.org/ours")
    content = yaml.safe_load(built([view], make_site(view.base))["CITATION.cff"])
    schema = json.loads((DATA / "cff" / "schema.json").read_text("utf-8"))
    jsonschema.validate(content, schema)
    assert content["license-url"] == "https://example.org/ours"
    assert "license" not in content


def test_the_crate_can_be_read(tmp_path: Path) -> None:
    rocrate: Any = import_module("rocrate.rocrate")
    for path, content in example_files().items():
        if path.startswith(("dataset.", "ro-crate")):
            (tmp_path / path).write_bytes(content)
    crate = rocrate.ROCrate(tmp_path)
    root = crate.root_dataset
    assert str(root.datePublished).startswith(MODIFIED)
    assert root["name"].startswith("Claims in the article")
    assert root["license"].id == "https://creativecommons.org/publicdomain/zero/1.0/"
    files = {one.id: one for one in root["hasPart"]}
    assert set(files) == {f"dataset.{e}" for e in ("ttl", "jsonld", "trig", "nq", "nt", "rdf")}
    for name, file in files.items():
        content = example_files()[name]
        assert int(file["contentSize"]) == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def crate_problems(crate: dict[str, Any]) -> list[str]:
    """What RO-Crate demands and the crate lacks (sections 4 to 6 of the specification)."""
    nodes = {one["@id"]: one for one in crate["@graph"]}
    found = [] if len(nodes) == len(crate["@graph"]) else ["an @id stands twice"]
    descriptor = nodes["ro-crate-metadata.json"]
    if descriptor["@type"] != "CreativeWork" or descriptor["about"] != {"@id": "./"}:
        found.append("the descriptor")
    if descriptor["conformsTo"] != {"@id": "https://w3id.org/ro/crate/1.3"}:
        found.append("conformsTo")
    root = nodes["./"]
    found += [key for key in ("name", "description", "datePublished", "license") if key not in root]
    found += [part["@id"] for part in root["hasPart"] if part["@id"] not in nodes]
    for node in nodes.values():
        for key in ("author", "publisher", "license"):
            values = node.get(key, [])
            for value in values if isinstance(values, list) else [values]:
                if value["@id"] not in nodes:
                    found.append(f"{node['@id']} {key}")
    return found


def test_the_crate_keeps_the_rules() -> None:
    assert crate_problems(json.loads(example_files()["ro-crate-metadata.json"])) == []


def test_the_files_of_several_publications(tmp_path: Path) -> None:
    views = [
        small_view(
            tmp_path / name, f"{name}/", base=f"https://data.example.org/{name}/", title=name
        )
        for name in ("one", "two")
    ]
    site = make_site("https://data.example.org/", several=True)
    files = built(views, site)
    schema = json.loads((DATA / "cff" / "schema.json").read_text("utf-8"))
    for folder in ("", "one/", "two/"):
        jsonschema.validate(yaml.safe_load(files[f"{folder}CITATION.cff"]), schema)
        assert crate_problems(json.loads(files[f"{folder}ro-crate-metadata.json"])) == []
    assert problems(files["dcat.ttl"]) is None
    whole, one, two = (store(files[f"{folder}void.ttl"]) for folder in ("", "one/", "two/"))
    assert sorted(
        rows(whole, "SELECT ?s { <https://data.example.org/dataset> void:subset ?s }")
    ) == [
        ("https://data.example.org/one/dataset",),
        ("https://data.example.org/two/dataset",),
    ]
    query = "SELECT ?n {{ <https://data.example.org/{}dataset> void:triples ?n }}"
    numbers = [
        int(rows(data, query.format(folder))[0][0])
        for folder, data in (("", whole), ("one/", one), ("two/", two))
    ]
    assert numbers[0] == numbers[1] + numbers[2] == 2 * len(views[0].dataset)


def test_a_large_catalogue_has_pages_that_lead_to_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(catalogue, "PAGE", 10)
    monkeypatch.setattr(summaries, "LARGEST", 4)
    site = make_site("https://data.example.org/", several=True)
    files = collected(whole_data_files(many_summaries(25), site))
    pages = {path: store(c) for path, c in files.items() if path.startswith("dcat")}
    assert list(pages)[:3] == ["dcat.ttl", "dcat-2.ttl", "dcat-3.ttl"]
    assert problems(files["dcat-2.ttl"]) is None
    seen: set[str] = set()
    path: str | None = "dcat.ttl"
    while path is not None:
        page = pages[path]
        datasets = rows(page, "SELECT ?d { ?c a dcat:Catalog ; dcat:dataset ?d }")
        assert 0 < len(datasets) <= 10
        seen |= {one for (one,) in datasets}
        further = rows(page, "SELECT ?n { ?p hydra:next ?n ; hydra:nextPage ?n }")
        path = further[0][0].removeprefix(site.base) if further else None
    assert len(seen) == 25
