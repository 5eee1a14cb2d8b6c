"""Small shapes with data that breaks them, one for every component, as in the W3C test suite."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from lod.validation.shapes import Shapes, load_shapes

PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix ex: <http://x.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:shapes sh:declare ex:declared .
ex:declared sh:prefix "ex" ; sh:namespace "http://x.example/"^^xsd:anyURI .
"""


def read_shapes(turtle: str) -> Shapes:
    """The shapes of a text, read as from a file of a user."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "shapes.ttl")
        file.write_text(turtle, "utf-8")
        return load_shapes([file])


@dataclass(frozen=True)
class Case:
    """Shapes, data, and what is wrong with it: path, value and component of every result.

    The focus node is ex:a unless said otherwise.
    """

    name: str
    shapes: str
    data: str
    expected: tuple[tuple[str | None, str | None, str], ...]
    focus: str = "<http://x.example/a>"

    def __str__(self) -> str:
        return self.name


def on_p(name: str, constraint: str, data: str, *expected: tuple[str | None, str]) -> Case:
    """A property shape on ex:p of ex:C."""
    return Case(
        name,
        f"ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; {constraint} ] .",
        f"ex:a a ex:C ; {data} .",
        tuple(("<http://x.example/p>", value, component) for value, component in expected),
    )


def on_node(
    name: str, constraint: str, data: str, *expected: tuple[str | None, str | None, str]
) -> Case:
    """A node shape on ex:C."""
    return Case(
        name,
        f"ex:S a sh:NodeShape ; sh:targetClass ex:C ; {constraint} .",
        f"ex:a a ex:C ; {data} .",
        expected,
    )


def _date(text: str) -> str:
    return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#date>'


def _number(text: str, kind: str = "integer") -> str:
    return f'"{text}"^^<http://www.w3.org/2001/XMLSchema#{kind}>'


A = "<http://x.example/a>"
B = "<http://x.example/b>"
P = "<http://x.example/p>"
ODD = r'"a\u0009b\"\\\n\u0001é"'
_SELECT = 'sh:prefixes ex:shapes ; sh:select "SELECT $this ?value WHERE { $this ex:p ?value }"'
_SELECT_PATH = _SELECT.replace("ex:p", "$PATH")

CASES = [
    on_p("min-count", "sh:minCount 2", "ex:p 1", (None, "MinCount")),
    on_p("max-count", "sh:maxCount 1", "ex:p 1, 2, 3", (None, "MaxCount")),
    on_p("class", "sh:class ex:D", "ex:p ex:b, 1", (B, "Class"), (_number("1"), "Class")),
    Case(
        "subclass",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:class ex:D ] .",
        "ex:a a ex:E ; ex:p ex:b, ex:c . ex:E rdfs:subClassOf ex:C . ex:b a ex:F . ex:c a ex:C . "
        "ex:F rdfs:subClassOf ex:D .",
        ((P, "<http://x.example/c>", "Class"),),
    ),
    on_p("datatype", "sh:datatype xsd:date", 'ex:p "x"', ('"x"', "Datatype")),
    on_p(
        "ill-formed",
        "sh:datatype xsd:date",
        'ex:p "2023-02-31"^^xsd:date, "2023-1-1"^^xsd:date, "2023-01-31"^^xsd:date',
        (_date("2023-02-31"), "Datatype"),
        (_date("2023-1-1"), "Datatype"),
    ),
    on_p("lang-string", "sh:datatype rdf:langString", 'ex:p "a"@EN-gb, "b"', ('"b"', "Datatype")),
    on_p("kind-iri", "sh:nodeKind sh:IRI", 'ex:p "x"@de, ex:b', ('"x"@de', "NodeKind")),
    on_p("kind-literal", "sh:nodeKind sh:Literal", "ex:p ex:b, 1", (B, "NodeKind")),
    on_p(
        "numbers",
        "sh:minInclusive 3 ; sh:maxExclusive 10",
        "ex:p 2.5, 3, 10, 10.0, 9.99",
        (_number("2.5", "decimal"), "MinInclusive"),
        (_number("10"), "MaxExclusive"),
        (_number("10.0", "decimal"), "MaxExclusive"),
    ),
    on_p(
        "exclusive",
        "sh:minExclusive 3 ; sh:maxInclusive 5",
        "ex:p 3, 4, 6",
        (_number("3"), "MinExclusive"),
        (_number("6"), "MaxInclusive"),
    ),
    on_p("not-a-number", "sh:minInclusive 3", 'ex:p "x"', ('"x"', "MinInclusive")),
    on_p(
        "lexical-forms-are-kept",
        "sh:minInclusive 3",
        'ex:p "01"^^xsd:integer, 1.50',
        (_number("01"), "MinInclusive"),
        (_number("1.50", "decimal"), "MinInclusive"),
    ),
    on_p(
        "lengths",
        "sh:minLength 2 ; sh:maxLength 3",
        'ex:p "a", "äöü", "abcd"',
        ('"a"', "MinLength"),
        ('"abcd"', "MaxLength"),
    ),
    on_p("pattern", 'sh:pattern "^a.c$"', 'ex:p "abc", "ABC"', ('"ABC"', "Pattern")),
    on_p("flags", 'sh:pattern "^a.c$" ; sh:flags "i"', 'ex:p "ABC", "x"', ('"x"', "Pattern")),
    on_p("pattern-of-iris", 'sh:pattern "/Q[1-9][0-9]*$"', "ex:p ex:Q0, ex:Q1",
         ("<http://x.example/Q0>", "Pattern")),
    on_p("escapes", "sh:maxLength 1", f"ex:p {ODD}", (ODD, "MaxLength")),
    on_p("language-in", 'sh:languageIn ("en" "de")', 'ex:p "a"@en-GB, "b"@fr, "c"',
         ('"b"@fr', "LanguageIn"), ('"c"', "LanguageIn")),
    on_p("unique-lang", "sh:uniqueLang true", 'ex:p "a"@en, "b"@en, "c"@de', (None, "UniqueLang")),
    on_p("equals", "sh:equals ex:q", "ex:p 1, 2 ; ex:q 2, 3",
         (_number("1"), "Equals"), (_number("3"), "Equals")),
    on_p("disjoint", "sh:disjoint ex:q", "ex:p 1, 2 ; ex:q 2", (_number("2"), "Disjoint")),
    on_p("less-than", "sh:lessThan ex:q", "ex:p 5 ; ex:q 5", (_number("5"), "LessThan")),
    on_p("less-than-or-equals", "sh:lessThanOrEquals ex:q", "ex:p 5, 6 ; ex:q 5",
         (_number("6"), "LessThanOrEquals")),
    on_p(
        "dates-in-order",
        "sh:lessThanOrEquals ex:q",
        'ex:p "2023-12-31"^^xsd:date ; ex:q "2023-01-01"^^xsd:date',
        (_date("2023-12-31"), "LessThanOrEquals"),
    ),
    on_p(
        "what-cannot-be-compared",
        "sh:lessThanOrEquals ex:q",
        'ex:p "2023-01-01"^^xsd:date ; ex:q "2023-02-31"^^xsd:date',
        (_date("2023-01-01"), "LessThanOrEquals"),
    ),
    on_p(
        "what-is-no-number",
        "sh:lessThan ex:q",
        'ex:p ""^^xsd:decimal ; ex:q 3',
        (_number("", "decimal"), "LessThan"),
    ),
    on_p("not", "sh:not [ sh:datatype xsd:string ]", 'ex:p "a", 1', ('"a"', "Not")),
    on_p("and", "sh:and ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )", 'ex:p "a", "ab"',
         ('"a"', "And")),
    on_p("or", "sh:or ( [ sh:datatype xsd:string ] [ sh:class ex:D ] )", "ex:p ex:b, 'x'",
         (B, "Or")),
    on_p("xone", "sh:xone ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )", "ex:p 'a', 'ab'",
         ('"ab"', "Xone")),
    on_p("in", 'sh:in ( ex:b "x" 1 )', 'ex:p ex:b, "x", 1, "1"', ('"1"', "In")),
    on_p("has-value", "sh:hasValue ex:b", "ex:p ex:c", (None, "HasValue")),
    on_p("node", "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ] ]", "ex:p ex:b",
         (B, "Node")),
    on_p(
        "qualified",
        "sh:qualifiedValueShape [ sh:class ex:D ] ; sh:qualifiedMinCount 1",
        "ex:p ex:b",
        (None, "QualifiedMinCount"),
    ),
    on_p(
        "qualified-most",
        "sh:qualifiedValueShape [ sh:datatype xsd:string ] ; sh:qualifiedMaxCount 1",
        "ex:p 'a', 'b', 3",
        (None, "QualifiedMaxCount"),
    ),
    on_p("query-on-a-property", f"sh:sparql [ {_SELECT_PATH} ]", "ex:p 'v'",
         ('"v"', "SPARQL")),
    on_node("closed", "sh:closed true ; sh:ignoredProperties ( rdf:type ) ; "
            "sh:property [ sh:path ex:p ]", "ex:p 1 ; ex:r 'x'@en",
            ("<http://x.example/r>", '"x"@en', "Closed")),
    on_node("node-kind", "sh:nodeKind sh:Literal", "ex:p 1", (None, A, "NodeKind")),
    on_node("node-or", "sh:or ( [ sh:class ex:D ] [ sh:path ex:q ; sh:minCount 1 ] )", "ex:p 1",
            (None, A, "Or")),
    on_node("query", f"sh:sparql [ {_SELECT} ]", "ex:p 'v'", (None, '"v"', "SPARQL")),
    on_node(
        "query-that-names-a-path",
        'sh:sparql [ sh:prefixes ex:shapes ; sh:select "SELECT $this ?path ?value WHERE '
        '{ $this ?path ?value . FILTER(?path = ex:p) }" ]',
        "ex:p 'v'",
        (P, '"v"', "SPARQL"),
    ),
    on_node("warning", "sh:severity sh:Warning ; sh:class ex:D", "ex:p 1", (None, A, "Class")),
    on_node("deactivated", "sh:deactivated true ; sh:class ex:D", "ex:p 1"),
    Case(
        "inverse-sequence-alternative",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:minCount 1 ; sh:path "
        "( [ sh:inversePath ex:p ] [ sh:zeroOrMorePath ex:q ] "
        "[ sh:alternativePath ( ex:r ex:s ) ] ) ] .",
        "ex:b ex:p ex:a .",
        (
            (
                "(^<http://x.example/p>)/(<http://x.example/q>*)/"
                "(<http://x.example/r>|<http://x.example/s>)",
                None,
                "MinCount",
            ),
        ),
    ),
    Case(
        "inverse-of-a-sequence",
        "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:minCount 1 ; sh:path "
        "[ sh:inversePath ( ex:p [ sh:oneOrMorePath ex:q ] [ sh:zeroOrOnePath ex:r ] ) ] ] .",
        "ex:b ex:p ex:a .",
        (
            (
                "^(<http://x.example/p>/(<http://x.example/q>+)/(<http://x.example/r>?))",
                None,
                "MinCount",
            ),
        ),
    ),
    Case(
        "target-subjects-of",
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:class ex:D .",
        "ex:a ex:p 1 .",
        ((None, A, "Class"),),
    ),
    Case(
        "target-objects-of",
        "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:class ex:D .",
        "ex:b ex:p ex:a .",
        ((None, A, "Class"),),
    ),
    Case(
        "a-class-that-is-a-shape",
        "ex:C a sh:NodeShape, rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "ex:a a ex:C .",
        ((P, None, "MinCount"),),
    ),
    Case(
        "a-shape-that-two-shapes-share",
        "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:Q . "
        "ex:T a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:Q . "
        "ex:Q sh:path ex:p ; sh:maxCount 1 .",
        "ex:a a ex:C ; ex:p 1, 2 .",
        ((P, None, "MaxCount"),),
    ),
    Case(
        "a-blank-node",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:nodeKind sh:IRI ; "
        "sh:not [ sh:in ( 1 2 ) ] ] .",
        "_:first ex:q _:second . _:third a ex:C ; ex:p _:second .",
        ((P, "_:second", "NodeKind"),),
        focus="_:third",
    ),
    Case(
        "a-literal-in-focus",
        "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:nodeKind sh:IRI .",
        'ex:b ex:p "a\\tb"@en .',
        ((None, '"a\\u0009b"@en', "NodeKind"),),
        focus='"a\\u0009b"@en',
    ),
]  # fmt: skip
