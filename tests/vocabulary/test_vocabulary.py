"""Finding terms by the words of the facts."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import VocabularyError
from lod.namespaces import LOD_NS, PREFIXES, REL_NS, expand, shrink
from lod.vocabulary.terms import ValueKind
from lod.vocabulary.vocabulary import TermKind, Vocabulary, load_vocabulary

TERMS = (Path(__file__).parents[1] / "shapes" / "data" / "terms.ttl").read_text("utf-8")
OWN_NS = "https://terms.example.org/own#"
OWN = {"own": OWN_NS, "ex": "https://example.org/terms#"}


@pytest.fixture
def shipped() -> Vocabulary:
    return load_vocabulary()


@pytest.fixture
def own() -> Vocabulary:
    return load_vocabulary(TERMS)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Person", "rel:Person"),
        ("rel:Person", "rel:Person"),
        ("schema:Person", "rel:Person"),
        ("wd:Q5", "rel:Person"),
        ("schema:City", "rel:City"),
        ("schema:Bridge", "schema:Bridge"),
        ("wd:Q12280", "wd:Q12280"),
        ("person", None),
        ("rel:Persn", None),
        ("lod:Claim", None),
        ("lod:Quantity", None),
        ("memberOf", None),
        ("nowhere:Person", None),
        ("schema:", None),
        (":Person", None),
        ("schema:Person name", None),
        ("https://schema.org/Person", None),
        ("", None),
    ],
)
def test_find_class(shipped: Vocabulary, word: str, expected: str | None) -> None:
    found = shipped.find_class(word)
    assert (found.curie if found else None) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("memberOf", "rel:memberOf"),
        ("rel:memberOf", "rel:memberOf"),
        ("schema:memberOf", "schema:memberOf"),
        ("wdt:P463", "wdt:P463"),
        ("ex:likes", "ex:likes"),
        ("location", "rel:location"),  # a property and a qualifier
        ("rank", None),  # a qualifier alone
        ("rel:rank", None),
        ("memberof", None),
        ("rel:membrOf", None),
        ("lod:subject", None),
        ("Person", None),
        ("nowhere:memberOf", None),
        ("wdt:P463>", None),
        ("http://www.wikidata.org/prop/direct/P463", None),
    ],
)
def test_find_property(shipped: Vocabulary, word: str, expected: str | None) -> None:
    found = shipped.find_property(word, OWN)
    assert (found.curie if found else None) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("field", True),
        ("rel:within", True),
        ("rank", False),
        ("location", False),
        ("memberOf", None),
        ("wdt:P101", None),  # whether it narrows is not known
        ("fields", None),
    ],
)
def test_find_qualifier(shipped: Vocabulary, word: str, expected: bool | None) -> None:
    found = shipped.find_qualifier(word)
    assert (found.narrows if found else None) is expected


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("membrOf", "property", "memberOf"),
        ("rel:membrOf", "property", "memberOf"),
        ("member of", "property", "memberOf"),
        ("MEMBEROF", "property", "memberOf"),
        ("Mitglied von", "property", "memberOf"),
        ("Persn", "class", "Person"),
        ("person", "class", "Person"),
        ("Stadt", "class", "City"),
        ("feild", "qualifier", "field"),
        ("rnk", "qualifier", "rank"),
        ("xyzzy", "property", None),
        ("", "class", None),
    ],
)
def test_suggest(shipped: Vocabulary, word: str, kind: TermKind, expected: str | None) -> None:
    assert shipped.suggest(word, kind) == expected


@pytest.mark.parametrize(
    ("word", "kinds", "money"),
    [
        ("memberOf", {ValueKind.ENTITY}, False),
        ("tradeVolume", {ValueKind.QUANTITY}, True),
        ("count", {ValueKind.QUANTITY}, False),
        ("birthDate", {ValueKind.PERIOD}, False),
        ("status", {ValueKind.TEXT}, False),
        ("aim", {ValueKind.ENTITY, ValueKind.TEXT}, False),
        ("wdt:P463", set(ValueKind), False),
    ],
)
def test_kinds_of_values(
    shipped: Vocabulary, word: str, kinds: set[ValueKind], money: bool
) -> None:
    found = shipped.find_property(word)
    assert found is not None
    assert (set(found.kinds), found.money) == (kinds, money)


@pytest.mark.parametrize(
    ("type_", "allowed", "fits"),
    [
        ("rel:University", "rel:Organization", True),
        ("rel:University", "rel:Thing", True),
        ("rel:University", "schema:Organization", True),
        ("rel:University", "rel:Place", False),
        ("rel:Country", "rel:Place", True),
        ("rel:Country", "rel:Agent", False),
        ("schema:Newspaper", "rel:Document", True),
        ("schema:NewsArticle", "rel:Document", False),
        ("schema:Bridge", "rel:Thing", True),
        ("schema:Bridge", "rel:Place", False),
        ("lod:Claim", "lod:Claim", True),
        ("lod:Claim", "rel:Thing", False),
    ],
)
def test_fits(shipped: Vocabulary, type_: str, allowed: str, fits: bool) -> None:
    class_iri, allowed_iri = expand(type_), expand(allowed)
    assert class_iri
    assert allowed_iri
    assert shipped.fits(class_iri, frozenset({allowed_iri})) is fits
    assert shipped.fits(class_iri, frozenset())


@pytest.mark.parametrize(
    ("type_", "expected"),
    [
        ("rel:Country", ["rel:Country", "rel:Place", "rel:Thing", "schema:Place"]),
        (
            "rel:InternationalOrganization",
            [
                "rel:InternationalOrganization",
                "rel:Organization",
                "rel:Agent",
                "rel:Thing",
                "schema:Organization",
            ],
        ),
        ("rel:Topic", ["rel:Topic", "rel:Thing", "skos:Concept"]),
        ("rel:Group", ["rel:Group", "rel:Thing"]),
        ("rel:Thing", ["rel:Thing", "schema:Thing"]),
        ("own:Mine", ["own:Mine", "rel:Facility", "rel:Place", "rel:Thing", "schema:Place"]),
        ("own:Pit", ["own:Pit", "schema:CivicStructure"]),
        ("schema:Bridge", ["schema:Bridge", "rel:Thing"]),
    ],
)
def test_types_to_write(own: Vocabulary, type_: str, expected: list[str]) -> None:
    iri = expand(type_, OWN)
    assert iri
    assert [shrink(one, OWN) for one in own.emitted(iri)] == expected


def test_own_terms_are_found_by_bare_word_and_curie(own: Vocabulary) -> None:
    for word in ("digs", "own:digs"):
        found = own.find_property(word, OWN)
        assert found is not None
        assert found.domain == {OWN_NS + "Mine"}
    assert own.fits(OWN_NS + "Mine", frozenset({REL_NS + "Place"}))
    assert own.find_qualifier("depth") is not None
    assert own.find_property("own:digz", OWN) is None
    assert own.suggest("dig", "property") == "digs"
    assert own.find_property("memberOf") is not None


def test_own_terms_win_over_ours() -> None:
    text = f"""
        @prefix rdf: <{PREFIXES["rdf"]}> . @prefix own: <{OWN_NS}> .
        own:memberOf a rdf:Property ."""
    found = load_vocabulary(text).find_property("memberOf")
    assert found is not None
    assert found.iri == OWN_NS + "memberOf"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("own:x a own:y .", "terms.ttl, line 1"),
        ("\n\n<a> <b> .", "terms.ttl, line 3"),
        ("@prefix rdf: <nowhere", "terms.ttl, line 1"),
        ("<https://x.org/a> <https://x.org/b> [] .", "no blank nodes"),
        (f"<{REL_NS}mine> a <{PREFIXES['rdf']}Property> .", "rel:mine is not a term of"),
        (f"<{LOD_NS}mine> a <{PREFIXES['rdf']}Property> .", "lod:mine is not a term of"),
        (f"<https://x.org/a> a <{LOD_NS}Qualifier> .", "does not say whether it narrows"),
        (
            f'<https://x.org/a> a <{LOD_NS}Qualifier> ; <{LOD_NS}narrows> "maybe" .',
            "does not say whether it narrows",
        ),
        (
            f"<https://x.org/a> a <{PREFIXES['rdf']}Property> ; <{LOD_NS}conveys> <{LOD_NS}up> .",
            "conveys lod:up, which is no modality and no polarity",
        ),
    ],
)
def test_own_terms_that_cannot_be_used(text: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=re.escape(message)):
        load_vocabulary(text)


def test_classes_in_a_circle_are_read_all_the_same() -> None:
    text = f"""
        @prefix rdfs: <{PREFIXES["rdfs"]}> . @prefix own: <{OWN_NS}> .
        own:A a rdfs:Class ; rdfs:subClassOf own:B .
        own:B a rdfs:Class ; rdfs:subClassOf own:A ."""
    vocabulary = load_vocabulary(text)
    assert vocabulary.fits(OWN_NS + "A", frozenset({OWN_NS + "B"}))
    assert vocabulary.fits(OWN_NS + "B", frozenset({OWN_NS + "A"}))


def test_a_vocabulary_is_read_once() -> None:
    assert load_vocabulary() is load_vocabulary()
    assert load_vocabulary(TERMS) is load_vocabulary(TERMS)


def test_context_triples_say_what_shapes_must_know(shipped: Vocabulary) -> None:
    iris = [REL_NS + "field", REL_NS + "University", REL_NS + "field", "https://x.org/other"]
    triples = list(ox.parse(shipped.context_triples(iris), format=ox.RdfFormat.N_TRIPLES))
    said = {
        (shrink(one.subject.value), shrink(one.predicate.value), shrink(one.object.value))
        for one in triples
        if isinstance(one.subject, ox.NamedNode) and not isinstance(one.object, ox.Triple)
    }
    assert len(triples) == len(said), "each is said once"
    assert ("rel:field", "rdf:type", "lod:Qualifier") in said
    assert ("rel:field", "lod:narrows", "true") in said
    assert ("rel:field", "schema:rangeIncludes", "rel:Topic") in said
    assert ("rel:University", "rdfs:subClassOf", "rel:Organization") in said
    assert ("rel:University", "rdfs:subClassOf", "rel:Thing") in said
    assert not any(subject == "https://x.org/other" for subject, _, _ in said)


def test_all_context_triples_are_those_of_all_terms(own: Vocabulary) -> None:
    lines = set(own.all_context_triples().splitlines())
    for iri in (*own.properties, *own.classes):
        assert set(own.context_triples([iri]).splitlines()) <= lines
    assert f"<{OWN_NS}depth>" in own.all_context_triples()


def test_every_property_can_have_a_subject_and_a_value(shipped: Vocabulary) -> None:
    values = {LOD_NS + name for name in ("Claim", "Quantity", "Period")}
    values |= {PREFIXES["schema"] + name for name in ("MonetaryAmount", "Text")}
    for one in shipped.properties.values():
        assert one.domain <= {*shipped.classes, LOD_NS + "Claim"}, one.curie
        assert one.range <= {*shipped.classes, *values}, one.curie


@given(st.text(max_size=40))
def test_any_word_is_answered(word: str) -> None:
    vocabulary = load_vocabulary()
    for found in (
        vocabulary.find_class(word, OWN),
        vocabulary.find_property(word, OWN),
        vocabulary.find_qualifier(word, OWN),
    ):
        # What is found can be written between < and > as it is.
        assert found is None or ox.NamedNode(found.iri).value == found.iri
    for kind in ("class", "property", "qualifier"):
        vocabulary.suggest(word, kind)


@given(
    st.sampled_from(sorted(PREFIXES)),
    st.text(alphabet="abcXYZ019_-", min_size=1, max_size=12),
)
def test_a_short_name_and_its_iri_lead_to_each_other(prefix: str, name: str) -> None:
    iri = expand(f"{prefix}:{name}")
    assert iri == PREFIXES[prefix] + name
    assert shrink(iri) == f"{prefix}:{name}"


def test_the_prefixes_of_a_publication_do_not_change_the_known_ones() -> None:
    assert expand("schema:name", {"schema": "https://evil.example/"}) == "https://schema.org/name"
    assert shrink("https://example.org/terms#a", OWN) == "ex:a"
    assert shrink("https://schema.org/a/b") == "https://schema.org/a/b"
    assert shrink("https://schema.org/", OWN) == "https://schema.org/"
    longer = {"item": "https://x.org/item_", "all": "https://x.org/"}
    assert shrink("https://x.org/item_7", longer) == "item:7"
    assert shrink("https://x.org/other", longer) == "all:other"
