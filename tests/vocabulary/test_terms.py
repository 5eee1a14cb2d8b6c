"""The vocabulary files: what no shape can say of them."""

from __future__ import annotations

import csv
import gzip
import re
from functools import cache
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, VANN

from lod.language.data import languages, table, term_phrases
from lod.language.descriptions import words_of
from lod.model.claim import Modality, Polarity
from lod.model.period import Precision
from lod.model.quantity import Comparator, Direction
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, shrink
from lod.resources import files, folder
from lod.vocabulary.source import reused_terms, shipped_terms, term_history
from lod.vocabulary.terms import Property
from lod.vocabulary.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
VOCABULARY = load_vocabulary()
#: Labels of the Wikidata ids that the vocabulary is mapped to, as they are there.
MAPPED = Path(__file__).parent / "wikidata.tsv"
#: Snapshots of Wikidata, where they are at hand.
SNAPSHOTS = ROOT.parent / "shared" / "wikidata"
#: The Web Annotation vocabulary, of which rdflib has no list.
WEB_ANNOTATION = frozenset(
    "SpecificResource TextQuoteSelector TextPositionSelector "
    "hasSource hasSelector exact prefix suffix start end".split()
)
#: What DCAT 3 (section 11) has beside the DCAT 2 that rdflib lists.
DCAT_3 = frozenset("version previousVersion hasVersion hasCurrentVersion".split())
#: Where rdflib keeps the lists of the names of the other vocabularies.
LISTED = {prefix: prefix.upper() for prefix in PREFIXES} | {"schema": "SDO"}
#: The vocabularies of which every name in use must be declared.
PREFIXES_OF_NAMES = tuple(
    "lod rel oa schema prov rdf rdfs owl skos xsd dcterms dcat sh vann".split()
)


@cache
def vocabulary_graph() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in files("vocab", ".ttl"):
        graph.parse(path, format="turtle")
    return graph


@pytest.mark.parametrize("iri", reused_terms(), ids=shrink)
def test_a_reused_term_exists_in_its_vocabulary(iri: str) -> None:
    prefix, _, name = shrink(iri).partition(":")
    names = WEB_ANNOTATION if prefix == "oa" else getattr(rdflib.namespace, LISTED[prefix])
    assert name in names or (prefix == "dcat" and name in DCAT_3)
    statements = reused_terms()[iri]
    assert statements[PREFIXES["rdfs"] + "label"]
    assert statements[PREFIXES["skos"] + "scopeNote"]
    assert statements[PREFIXES["rdfs"] + "isDefinedBy"] == [(PREFIXES[prefix], "")]


def test_every_term_that_the_vocabularies_name_is_declared() -> None:
    ontologies = {str(one) for one in vocabulary_graph().subjects(RDF.type, OWL.Ontology)}
    declared = set(shipped_terms()) | set(reused_terms()) | ontologies
    named = {str(term) for triple in vocabulary_graph() for term in triple if is_name(term)}
    assert {shrink(iri) for iri in named - declared} == set()


#: What Turtle writes for its ( ).
LISTS = {PREFIXES["rdf"] + name for name in ("first", "rest", "nil")}


def is_name(term: object) -> bool:
    """Whether a term is a name of ours, or of a vocabulary whose names are listed."""
    namespaces = tuple(PREFIXES[prefix] for prefix in PREFIXES_OF_NAMES)
    iri = str(term)
    return (
        isinstance(term, rdflib.URIRef)
        and iri not in LISTS
        and any(iri.startswith(one) and iri != one for one in namespaces)
    )


def test_every_term_of_shapes_is_declared() -> None:
    graph = rdflib.Graph()
    for path in files("shapes", ".ttl"):
        graph.parse(path, format="turtle")
    declared = set(shipped_terms()) | set(reused_terms())
    in_data = {
        str(term)
        for triple in graph
        for term in triple
        if is_name(term) and not str(term).startswith(PREFIXES["sh"])
    }
    in_queries = {
        PREFIXES[prefix] + name
        for query in graph.objects(None, SH.select)
        for prefix, name in re.findall(r"\b(lod|rel|schema|prov|oa|rdfs):(\w+)", str(query))
    }
    assert {shrink(iri) for iri in (in_data | in_queries) - declared} == set()
    shacl_names = {term for t in graph for term in t if str(term).startswith(PREFIXES["sh"])}
    assert {str(term) for term in shacl_names if str(term).removeprefix(str(SH)) not in SH} == set()


@pytest.mark.parametrize("file", ["conforming.ttl", "terms.ttl"])
def test_every_term_of_the_samples_is_declared(file: str) -> None:
    graph = rdflib.Graph().parse(ROOT / "tests" / "shapes" / "data" / file, format="turtle")
    named = {str(term) for triple in graph for term in triple if is_name(term)}
    assert {shrink(iri) for iri in named - set(shipped_terms()) - set(reused_terms())} == set()


@cache
def text_of_the_project() -> str:
    """All that may use a term: code, shapes and the context, but not the vocabularies."""
    paths = [*ROOT.glob("lod/**/*.py"), *ROOT.glob("shapes/*.ttl"), *ROOT.glob("vocab/*.jsonld")]
    return "\n".join(path.read_text("utf-8") for path in paths)


@pytest.mark.parametrize(
    "iri", [iri for iri in shipped_terms() if iri.startswith(LOD_NS)], ids=shrink
)
def test_every_term_of_claims_is_used(iri: str) -> None:
    name = iri.removeprefix(LOD_NS)
    assert re.search(rf"\b(lod:|LOD\.|LOD_NS \+ \"){name}\b", text_of_the_project()) or (
        iri in enumerated() or any(iri == one.scheme for one in VOCABULARY.concepts.values())
    )


@pytest.mark.parametrize("iri", reused_terms(), ids=shrink)
def test_every_reused_term_is_used(iri: str) -> None:
    prefix, _, name = shrink(iri).partition(":")
    in_vocabularies = {str(term) for triple in vocabulary_graph() for term in triple[1:]}
    named = rf"\b({prefix}:|{prefix.upper()}\.|_?{prefix.upper()} \+ \"){name}\b"
    assert iri in in_vocabularies or re.search(named, text_of_the_project())


def enumerated() -> set[str]:
    """The concepts that the model writes by their names."""
    enums = (Modality, Polarity, Precision, Comparator, Direction)
    return {LOD_NS + str(one) for enum in enums for one in enum}


@pytest.mark.parametrize(
    ("scheme", "enum"),
    [
        ("modalities", Modality),
        ("polarities", Polarity),
        ("comparators", Comparator),
        ("precisions", Precision),
        ("directions", Direction),
    ],
)
def test_model_and_vocabulary_have_the_same_enumerations(
    scheme: str, enum: type[Modality | Polarity | Comparator | Precision | Direction]
) -> None:
    assert concepts(scheme) == {LOD_NS + str(one) for one in enum}


@pytest.mark.parametrize(
    ("property_", "scheme"),
    [
        ("modality", "modalities"),
        ("polarity", "polarities"),
        ("comparator", "comparators"),
        ("proportion", "proportions"),
        ("precision", "precisions"),
        ("direction", "directions"),
    ],
)
def test_shapes_list_the_values_of_the_enumerations(property_: str, scheme: str) -> None:
    graph = rdflib.Graph()
    for path in files("shapes", ".ttl"):
        graph.parse(path, format="turtle")
    on_top = [
        {str(one) for one in rdflib.collection.Collection(graph, listed)}
        for shape in graph.subjects(SH.path, rdflib.URIRef(LOD_NS + property_))
        for listed in graph.objects(shape, SH["in"])
        if (None, SH.property, shape) in graph and graph.value(shape, SH.message)
    ]
    assert on_top == [concepts(scheme)]


def concepts(scheme: str) -> set[str]:
    return {one.iri for one in VOCABULARY.concepts.values() if one.scheme == LOD_NS + scheme}


def test_mappings_to_wikidata_are_verified() -> None:
    with MAPPED.open(encoding="utf-8", newline="") as file:
        known = {row["id"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    mapped = {id_ for term in VOCABULARY.terms.values() for id_, _ in term.wikidata}
    in_remarks = {
        id_
        for term in VOCABULARY.terms.values()
        for text in (*term.notes, term.definition)
        for id_ in re.findall(r"\b[PQ][0-9]+\b", text)
    }
    assert mapped <= set(known)
    assert in_remarks <= set(known) | ONLY_IN_REMARKS
    assert all(known.values())


#: Ids that are near to a term, but too far for a mapping; the remark says why.
ONLY_IN_REMARKS = {"P607", "P2135", "P2136", "P2141", "Q16334295"}


if SNAPSHOTS.is_dir():

    def test_the_ids_have_these_labels_in_the_snapshots() -> None:
        labels = snapshot_labels()
        with MAPPED.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        assert rows
        assert [row for row in rows if labels.get(row["id"]) != row["label"]] == []
        assert labels.keys() >= ONLY_IN_REMARKS


def snapshot_labels() -> dict[str, str]:
    """Every id of the snapshots with its English label."""
    with gzip.open(SNAPSHOTS / "labels.tsv.gz", "rt", encoding="utf-8") as file:
        labels = {id_: label for id_, label, *_ in (line.split("\t") for line in file)}
    for name in ("properties.tsv", "items.tsv"):
        with (SNAPSHOTS / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                labels.setdefault(row.get("pid") or row["qid"], row["label"])
    return labels


def test_values_that_are_nodes_are_never_said_to_be_the_same_as_literals_elsewhere() -> None:
    for one in VOCABULARY.properties.values():
        if one.range and not any(cls.startswith(REL_NS) for cls in one.range):
            strengths = {strength for _, strength in one.mappings}
            assert strengths <= {"close"}, one.curie


@pytest.mark.parametrize("qualifier", [q for q in VOCABULARY.properties.values() if q.is_qualifier])
def test_the_definition_of_a_qualifier_says_why_it_narrows_or_not(qualifier: Property) -> None:
    says = "It narrows: " if qualifier.narrows else "t does not narrow"
    assert says in qualifier.definition


@pytest.mark.parametrize("term", VOCABULARY.terms.values(), ids=lambda term: term.curie)
def test_every_term_has_words_of_every_language(term: Property) -> None:
    assert {"en", "de"} <= set(term.labels)
    assert term.definition.endswith(".")
    others = languages("phrases") - {"en"}
    if isinstance(term, Property):
        for kind, phrases in (
            ("phrase", term.phrases),
            ("inverse", term.inverse_phrases),
            ("qualifier", term.qualifier_phrases),
        ):
            assert set(phrases) in (set(), {"en"})
            assert set(term_phrases(term.iri, kind)) == (others if phrases else set())


def test_languages_have_phrases_of_terms_that_are_there() -> None:
    known = {term.curie for term in VOCABULARY.properties.values()}
    for language in languages("phrases"):
        # Those of other vocabularies stand with the languages only.
        assert {
            one for one in table(language, "phrases") or {} if not one.startswith("schema:")
        } <= known


@pytest.mark.parametrize("language", sorted(languages("descriptions")))
def test_a_language_knows_the_verb_of_every_phrase(language: str) -> None:
    """Without it, a sentence stays in the singular."""
    words = words_of(language)
    phrases = {
        one.curie: (term_phrases(one.iri, "phrase") | one.phrases)[language]
        for one in VOCABULARY.properties.values()
        if one.is_statement
    }
    phrases |= {
        term: entry["phrase"]
        for term, entry in (table(language, "phrases") or {}).items()
        if "phrase" in entry
    }
    unknown = {term: text for term, text in phrases.items() if words.phrase(text).verb is None}
    frames = {name: one.text for name, one in words.frames.items() if one.verb is None}
    if language in ("ru", "kk"):
        # What is named behind a colon, and what is said of a subject in brackets, agrees with no
        # subject: so names stay in the nominative. A Kazakh verb has one form for both numbers.
        unknown = {
            t: text for t, text in unknown.items() if ": {" not in text and "({s})" not in text
        }
        frames = {name: text for name, text in frames.items() if ": {" not in text}
    assert (unknown, frames) == ({}, {})


def test_labels_of_properties_are_distinct() -> None:
    seen: dict[str, str] = {}
    for one in VOCABULARY.properties.values():
        other = seen.setdefault(one.labels["en"], one.curie)
        assert other == one.curie


def test_a_query_finds_its_way_from_an_ontology_to_its_terms() -> None:
    for path in (folder("vocab") / "lod.ttl", folder("vocab") / "relations.ttl"):
        graph = rdflib.Graph().parse(path, format="turtle")
        (ontology,) = graph.subjects(RDF.type, OWL.Ontology)
        namespace = str(graph.value(ontology, VANN.preferredNamespaceUri))
        assert PREFIXES[str(graph.value(ontology, VANN.preferredNamespacePrefix))] == namespace
        terms = {str(term) for term in graph.subjects(RDFS.isDefinedBy, ontology)}
        subjects = {str(term) for term in graph.subjects()} - {str(ontology)}
        assert terms == subjects
        assert all(term.startswith(namespace) for term in terms)


def test_every_term_says_with_which_version_it_came() -> None:
    history = term_history()
    assert history.keys() == VOCABULARY.terms.keys()
    headers = [said for iri, said in shipped_terms().items() if f"{iri}#" in (LOD_NS, REL_NS)]
    [current] = {said[str(OWL.versionInfo)][0][0] for said in headers}
    for iri, notes in history.items():
        versions = [note.partition(": ")[0] for note in notes]
        assert versions == sorted(set(versions)), iri
        assert all(re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", one) for one in versions), iri
        assert versions[-1] <= current, iri
        assert notes[0].partition(": ")[2] == "new.", iri
        assert all(note.endswith(".") for note in notes), iri
