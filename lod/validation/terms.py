"""The terms of SHACL that engines here understand, and those that they would pass over."""

from __future__ import annotations

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
KNOWN = frozenset(_CORE.split())
#: Local names of SHACL Advanced Features and SHACL JavaScript Extensions.
UNSUPPORTED = frozenset(_ADVANCED.split())
