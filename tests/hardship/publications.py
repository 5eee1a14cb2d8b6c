"""The files that are broken: a small publication, what can lie beside it, and its outputs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from lod.corpus.build import build_corpus
from lod.dist import build
from tests.cli.conftest import FACTS, TEXT
from tests.corpus.conftest import publication, write_lines

OWN_TERMS = """\
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix lod: <https://w3id.org/lod-facts/ns#> .
@prefix rel: <https://w3id.org/lod-facts/relations#> .
@prefix t: <https://data.example.org/terms#> .

t:Alliance a owl:Class ; rdfs:subClassOf rel:InternationalOrganization ;
    rdfs:label "alliance"@en ; skos:definition "A military alliance."@en ;
    rdfs:isDefinedBy <https://data.example.org/terms> .
t:joined a owl:ObjectProperty ; rdfs:label "joined"@en ; lod:phrase "{s} joined {o}"@en ;
    skos:definition "Became a member of."@en ; rdfs:isDefinedBy <https://data.example.org/terms> ;
    schema:domainIncludes rel:Country ; schema:rangeIncludes t:Alliance .
"""
QUERY = """\
PREFIX lod: <https://w3id.org/lod-facts/ns#>
PREFIX schema: <https://schema.org/>
SELECT ?claim (COUNT(?entity) AS ?n) (GROUP_CONCAT(DISTINCT ?name; separator=", ") AS ?names) {
  ?claim a lod:Claim ; lod:subject ?entity .
  OPTIONAL { ?entity schema:name ?name FILTER(LANG(?name) = "en" && ?name != "\\u0041") }
  { ?claim lod:modality ?m } UNION { GRAPH ?g { ?claim ?p ?o } }
  FILTER NOT EXISTS { ?claim (lod:through|^lod:part)* <https://data.example.org/x> }
  VALUES ?kind { lod:Claim "x"@en 5.0 true }
} GROUP BY ?claim HAVING (COUNT(?entity) >= 0) ORDER BY DESC(?n) LIMIT 5
"""
WIKIBASE = """\
# another Wikibase
api = "https://wiki.example.org/w/api.php"
entity = "https://wiki.example.org/entity/"
instance_of = "P1"
subclass_of = "P2"
item_namespace = "Item:"
"""
WORDS = """\
[pages]
corpus_title = "All texts"
claims = "Claims"
"""
LABELS = "id\tlabel\tdescription\taliases\nQ232\tKazakhstan\tcountry in Asia\tQazaqstan|KZ\n"


def write_publication(folder: Path, name: str = "small", *, with_terms: bool = False) -> Path:
    """Write a small publication without findings."""
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(TEXT, "utf-8", newline="")
    facts = FACTS.replace("/small/", f"/{name}/")
    facts = facts.replace("title: A small text\n", "title: A small text\n  version: 1.0.0\n")
    facts = facts.replace("version: 1.0.0\n", "version: 1.0.0\n  modified: 2024-12-02\n")
    if with_terms:
        facts = facts.replace("  version:", "  vocabulary: terms.ttl\n  version:")
        (folder / "terms.ttl").write_text(OWN_TERMS, "utf-8")
    (folder / "facts.yaml").write_text(facts, "utf-8")
    return folder


def write_corpus(folder: Path, size: int) -> Path:
    """Write publications as JSON Lines."""
    folder.mkdir(parents=True)
    return write_lines(folder / "corpus.jsonl", [publication(n) for n in range(size)])


def write_samples(folder: Path) -> Path:
    """Write whole files of every format that lod reads: some by hand, some by lod itself."""
    small = write_publication(folder / "small", with_terms=True)
    _write_lock(small)
    as_json = folder / "json"
    as_json.mkdir()
    (as_json / "facts.json").write_text(json.dumps(publication(1), indent=1), "utf-8")
    build(
        small,
        out=folder / "dist",
        formats=["turtle", "trig", "n-quads", "json-ld", "rdf-xml", "n-triples"],
    )
    from lod.cli.run import run

    assert run(["export", str(small), "-f", "csv", "-o", str(folder / "tables")]) == 0
    corpus = write_corpus(folder / "corpus", 3)
    build_corpus(corpus, folder / "out")
    for name, text in (
        ("query.rq", QUERY),
        ("wikibase.toml", WIKIBASE),
        ("words.toml", WORDS),
        ("labels.tsv", LABELS),
    ):
        (folder / name).write_text(text, "utf-8")
    return folder


def _write_lock(folder: Path) -> None:
    """Pin the linked items as `lod link --update` does, with what is known of them by hand."""
    from lod.links.lock import Lock, LockedItem, write_lock

    items = {
        qid: LockedItem(
            qid,
            {"en": label, "kk": label},
            {"en": (f"{label} 2",)},
            {"en": "something"},
            {kind: word},
            date="2024-12-02",
            revision=5,
        )
        for qid, label, kind, word in (
            ("Q232", "Kazakhstan", "Q6256", "country"),
            ("Q318693", "CSTO", "Q484652", "international organization"),
        )
    }
    (folder / "wikidata.lock").write_text(write_lock(Lock(items)), "utf-8")


def copy_tree(source: Path, target: Path) -> Path:
    """A copy of a folder; there is nothing in its place before."""
    shutil.copytree(source, target, symlinks=True)
    return target


def tree(folder: Path) -> dict[str, bytes]:
    """Path of each file below a folder to its bytes; of a state database, that it is there."""
    return {
        path.relative_to(folder).as_posix(): b"" if ".sqlite" in path.name else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
