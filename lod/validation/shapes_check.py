"""What is wrong with shapes, found before an engine passes over it.

Engines conform where they should complain: at a typo in a term, a property shape without a path, a
shape that is not there. A shape that checks nothing is worse than none.
"""

from __future__ import annotations

from collections.abc import Container
from difflib import get_close_matches
from typing import Any

from lod.errors import VocabularyError
from lod.namespaces import shrink
from lod.rdf.terms import RDF_TYPE, iri_of, text_of
from lod.validation.paths import SH, Index, is_list, members, sh

#: The terms of SHACL that engines here understand, and those that they would pass over.
_CORE = """
    Shape NodeShape PropertyShape ConstraintComponent Parameter NodeKind Severity Validator
    SPARQLExecutable SPARQLAskExecutable SPARQLSelectExecutable SPARQLAskValidator
    SPARQLSelectValidator SPARQLConstraint PrefixDeclaration PropertyGroup ResultAnnotation
    ValidationReport ValidationResult AbstractResult Parameterizable
    BlankNode IRI Literal BlankNodeOrIRI BlankNodeOrLiteral IRIOrLiteral Info Warning Violation
    targetClass targetNode targetObjectsOf targetSubjectsOf deactivated message severity
    property path alternativePath inversePath oneOrMorePath zeroOrMorePath zeroOrOnePath
    class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive maxInclusive
    minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan
    lessThanOrEquals not and or xone node qualifiedValueShape qualifiedMinCount qualifiedMaxCount
    qualifiedValueShapesDisjoint closed ignoredProperties hasValue in
    name description order group defaultValue
    declare prefix namespace prefixes select ask sparql
    parameter optional labelTemplate nodeValidator propertyValidator validator
    annotationProperty annotationVarName annotationValue resultAnnotation
    shapesGraph suggestedShapesGraph entailment conforms result focusNode resultPath resultMessage
    resultSeverity sourceConstraint sourceConstraintComponent sourceShape value detail
    shapesGraphWellFormed
"""
_ADVANCED = """
    Rule TripleRule SPARQLRule JSRule rule condition subject predicate object construct
    Target TargetType SPARQLTarget SPARQLTargetType JSTarget JSTargetType target
    Function SPARQLFunction JSFunction returnType expression ExpressionConstraintComponent
    filterShape nodes intersection union this values update
    js JSConstraint JSValidator JSLibrary jsFunctionName jsLibrary jsLibraryURL
    count distinct groupConcat max min sum limit offset orderBy desc exists if then else
"""

#: Local names of SHACL Core and SHACL-SPARQL (W3C Recommendation of 2017).
_KNOWN = frozenset(_CORE.split())
#: Local names of SHACL Advanced Features and SHACL JavaScript Extensions.
_UNSUPPORTED = frozenset(_ADVANCED.split())

_SHAPES = ("property", "node", "not", "qualifiedValueShape")
_LISTS_OF_SHAPES = ("and", "or", "xone")
_LISTS = (*_LISTS_OF_SHAPES, "in", "languageIn", "ignoredProperties")
_TARGETS = frozenset(
    sh(name) for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
)
#: Parts of a query, as rdflib calls them, to why they have no place in shapes.
_NOT_IN_SHAPES = {
    "ServiceGraphPattern": "SERVICE asks another server",
    "DatasetClause": "FROM names data to load",
}
_CLASS = "<http://www.w3.org/2000/01/rdf-schema#Class>"
_NODE_SHAPE = sh("NodeShape")
_PROPERTY_SHAPE = sh("PropertyShape")


def check_shapes(index: Index, known: Container[str] = ()) -> None:
    """Check a shapes graph.

    Args:
        index: the shapes graph.
        known: further shapes that it may refer to, in N-Triples syntax.

    Raises:
        VocabularyError: it has a term that SHACL does not have or that is not supported here, a
            property shape without one path, a shape that is not defined, or a query that would
            use the network; or nothing in it has a target.
    """
    targeted = False
    for subject, statements in index.items():
        for predicate, values in statements.items():
            _check_term(subject, predicate)
            for value in values:
                _check_term(subject, value)
        targeted = targeted or not _TARGETS.isdisjoint(statements) or _is_class(statements)
        _check_paths(index, subject)
        _check_lists(index, subject)
        _check_references(index, subject, known)
        for name in ("select", "ask"):
            for query in statements.get(sh(name), ()):
                _check_query(subject, query)
    if not targeted:
        raise VocabularyError(
            "The shapes have no target, so that everything conforms to them.",
            hint="Give a shape sh:targetClass, sh:targetNode, sh:targetSubjectsOf or "
            "sh:targetObjectsOf; and look whether data and shapes are mixed up.",
        )


def _is_class(statements: dict[str, list[str]]) -> bool:
    """Whether it is a class that is a shape, and so the target of itself."""
    types = statements.get(RDF_TYPE, ())
    return _CLASS in types and (_NODE_SHAPE in types or _PROPERTY_SHAPE in types)


def _named(subject: str) -> str:
    if subject.startswith("<") and not subject.startswith("<urn:lod:"):
        return shrink(iri_of(subject))
    return "a shape without a name"


def _check_term(subject: str, token: str) -> None:
    if not token.startswith(f"<{SH}"):
        return
    name = token[len(SH) + 1 : -1]
    if name in _KNOWN or name.endswith("ConstraintComponent") or "-" in name:
        return
    if name in _UNSUPPORTED:
        raise VocabularyError(
            f"The shapes use sh:{name} in {_named(subject)}, which no engine here evaluates.",
            hint="SHACL Core and SHACL-SPARQL are supported, Advanced Features and JavaScript not.",
        )
    near = get_close_matches(name, _KNOWN, n=1)
    raise VocabularyError(
        f"The shapes use sh:{name} in {_named(subject)}, and SHACL has no such term.",
        hint=f"Did you mean sh:{near[0]}?" if near else None,
    )


def _check_paths(index: Index, subject: str) -> None:
    statements = index[subject]
    paths = statements.get(sh("path"), ())
    if len(paths) > 1 or (not paths and _PROPERTY_SHAPE in statements.get(RDF_TYPE, ())):
        raise VocabularyError(f"The property shape {_named(subject)} has not one sh:path.")
    for value in statements.get(sh("property"), ()):
        if value in index and not index[value].get(sh("path")):
            raise VocabularyError(
                f"A property shape of {_named(subject)} has no sh:path.",
                hint="Without one it is passed over.",
            )
    for path in paths:
        if path.startswith('"'):
            raise VocabularyError(f"The sh:path of {_named(subject)} is a literal, {path}.")


def _check_lists(index: Index, subject: str) -> None:
    for name in _LISTS:
        for value in index[subject].get(sh(name), ()):
            if not is_list(index, value):
                raise VocabularyError(
                    f"sh:{name} of {_named(subject)} is no list.",
                    hint=f"Write it in brackets: sh:{name} ( … )",
                )


def _check_references(index: Index, subject: str, known: Container[str]) -> None:
    statements = index[subject]
    named = [value for name in _SHAPES for value in statements.get(sh(name), ())]
    for name in _LISTS_OF_SHAPES:
        for value in statements.get(sh(name), ()):
            named += members(index, value)
    for shape in named:
        if shape not in index and shape not in known and not shape.startswith("_:"):
            raise VocabularyError(
                f"{_named(subject)} refers to the shape {shrink(iri_of(shape))}, "
                "which is not defined.",
                hint="An undefined shape conforms to everything; give its file too.",
            )


def _check_query(subject: str, query: str) -> None:
    """Hold a query in shapes to what it may do: look at the data, and nowhere else.

    It is parsed by rdflib, which reads it as the engines do.
    """
    from pyparsing import ParseException, ParseResults
    from rdflib.plugins.sparql.parser import parseQuery

    text = text_of(query)
    try:
        parsed = parseQuery(text)
    except ParseException as error:
        raise VocabularyError(
            f"The query of {_named(subject)} is malformed, at its line {error.lineno}, column "
            f"{error.column}: {error.msg}."
        ) from None
    waiting: list[Any] = [parsed]
    while waiting:
        part = waiting.pop()
        name = getattr(part, "name", "")
        if name in _NOT_IN_SHAPES:
            raise VocabularyError(
                f"The query of {_named(subject)} is not run: {_NOT_IN_SHAPES[name]}.",
                hint="Queries in shapes look at the data alone (SHACL, section 5).",
            )
        if isinstance(part, dict):
            waiting += part.values()
        elif isinstance(part, list | ParseResults):
            waiting.extend(list(part))
