"""The engines that validate, and the choice between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lod.errors import MissingExtraError, VocabularyError
from lod.namespaces import PREFIXES, local_name, shrink
from lod.patterns import lazy
from lod.rdf.terms import iri_of, lines, literal, split_literal, text_of, unescape
from lod.validation.paths import SH, ShapePath
from lod.validation.report import ValidationResult
from lod.validation.shapes import Shape, Shapes, in_order

if TYPE_CHECKING:
    from rdflib import Graph, Literal
    from rdflib.term import Node
    from shacl import Shapes as Compiled

#: Names of engines; "auto" is the fastest that is installed.
ENGINES = ("auto", "shacl", "pyshacl")


class RawResult(Struct, frozen=True):
    """What an engine says, its terms in N-Triples syntax.

    Attributes:
        focus_node: the node.
        path: the path where it is one predicate; else None.
        value: the value, or None.
        severity: IRI of the severity, without brackets.
        source_shape: the shape, named as in `Shapes.text`.
        component: IRI of the constraint component, without brackets.
        messages: the messages; those of SPARQL constraints are filled in.
    """

    focus_node: str
    path: str | None
    value: str | None
    severity: str
    source_shape: str | None
    component: str
    messages: tuple[str, ...]


class Engine(Struct, frozen=True):
    """Something that validates.

    Attributes:
        name: "shacl" or "pyshacl".
        find: what it says itself of data that does not conform.
    """

    name: str
    find: Callable[[Shapes, str], Iterable[RawResult]]

    def validate(self, shapes: Shapes, data: str) -> list[ValidationResult]:
        """Validate data.

        Args:
            shapes: the shapes.
            data: the data graph as canonical N-Triples lines.

        Returns:
            The results as every engine gives them, in the order of reports, each once; none if
            the data conforms.

        Raises:
            VocabularyError: the engine cannot use the shapes.
        """
        results = set()
        for raw in self.find(shapes, data):
            shape = shapes.shape(raw.source_shape)
            path = shape.path
            if path is None and raw.path is not None and raw.path.startswith("<"):
                path = ShapePath(predicate=raw.path[1:-1])
            # The messages of core constraints are those of the shape; those of queries are made by
            # the engine, which fills in what the query found.
            filled_in = () if is_core(raw.component) else _tagged(raw.messages, shape.templates)
            messages = filled_in or shape.messages
            results.add(
                ValidationResult(
                    _same_way(raw.focus_node),
                    path,
                    None if raw.value is None else _same_way(raw.value),
                    text_of(messages[0]) if messages else default_message(raw.component, shape),
                    raw.severity,
                    shape.root,
                    raw.component,
                    messages,
                )
            )
        return sorted(results, key=lambda result: result.sort_key)


# In a pattern: the escaped name of a variable in its brackets (SHACL, 5.3.2).
_PLACE = re.compile(r"\\\{\\[?$]\w+\\\}")


def _tagged(messages: Iterable[str], templates: Iterable[str]) -> tuple[str, ...]:
    """The messages that an engine filled in, with the languages of the templates that they fit."""
    patterns = []
    for token in templates:
        text, language, _ = split_literal(token)
        pattern = _PLACE.sub("(?s:.*)", re.escape(unescape(text)))
        patterns.append((re.compile(pattern), language))
    found = []
    for message in messages:
        fitting = (tag for pattern, tag in patterns if pattern.fullmatch(message))
        found.append(literal(message, next(fitting, "")))
    return in_order(found)


def _same_way(token: str) -> str:
    """A term in N-Triples syntax, written as we write it: engines escape in ways of their own."""
    if not token.startswith('"'):
        return token
    lexical, language, datatype = split_literal(token)
    return literal(unescape(lexical), language, datatype)


# The engine numbers the blank nodes in the order in which they first stand in the shapes, then in
# the data.
_BLANK = lazy(r"_:\d+_b(\d+)")


def _as_python_writes(token: str | None) -> str | None:
    """A value; of a floating-point number the one form, since each engine has its own.

    >>> print(_as_python_writes('"15e1"^^<http://www.w3.org/2001/XMLSchema#double>'))
    "150.0"^^<http://www.w3.org/2001/XMLSchema#double>
    """
    if token is None or not token.endswith(("#double>", "#float>")):
        return token
    lexical, _, datatype = token.rpartition("^^")
    try:
        return f'"{float(lexical[1:-1])!r}"^^{datatype}'
    except ValueError:
        return token


def _ask_shacl(shapes: Shapes, data: str) -> list[RawResult]:
    """Validate with the package `shacl`: fast, and used where it is installed.

    It counts in 18 digits and knows no order of years, months and durations: what has more, or asks
    for that, is for the reference.
    """
    literals = _typed_literals(data)
    if (
        shapes.orders_calendars(datatype for _, datatype in literals)
        or any(map(_is_long_number, literals))
        or _asks_long_numbers(shapes)
    ):
        return _ask_pyshacl(shapes, data)
    idle = shapes.idle(data)
    compiled = _compiled(shapes, idle)
    if any(_may_be_ill_formed(*one) for one in literals):
        data = _with_ill_formed(data)
    report = compiled.validate_text(data, "ntriples")
    if not report.results:
        return []
    blanks = _blank_nodes(data) if "_:" in data else []
    blanks_before = _blanks_before(shapes, idle) if blanks else 0

    def named(token: str | None) -> str | None:
        match = _BLANK.fullmatch(token or "")
        number = -1 if match is None else int(match[1]) - blanks_before
        if 0 <= number < len(blanks):
            return blanks[number]
        return None if token is None else token.replace(f"^^<{_ILL_FORMED}", f"^^<{_XSD}")

    return [
        RawResult(
            named(result.focus_node) or "",
            result.path,
            _as_python_writes(named(result.value)),
            result.severity_iri,
            result.source_shape,
            result.component_iri,
            tuple(result.messages),
        )
        for result in report.results
    ]


_LONGEST_NUMBER = 18


@lru_cache(maxsize=16)
def _asks_long_numbers(shapes: Shapes) -> bool:
    return any(map(_is_long_number, _typed_literals(shapes.text)))


def _typed_literals(data: str) -> list[tuple[str, str]]:
    """Each literal with a datatype, from its last quotation mark on, and the datatype.

    Data is large, and looked through once for all that is asked of them.
    """
    parts = data.split('"^^<')
    return [
        (before[before.rfind('"') + 1 :], after[: after.find(">")])
        for before, after in pairwise(parts)
    ]


def _is_long_number(literal: tuple[str, str]) -> bool:
    return len(literal[0]) > _LONGEST_NUMBER and literal[1] in _NUMBERS


_XSD, _ILL_FORMED = PREFIXES["xsd"], "urn:lod:ill-formed:"
_NUMBERS = frozenset({f"{_XSD}decimal", f"{_XSD}integer"})
_UNREAD_ENDS = ("Duration", "hexBinary")
# Of the datatypes whose forms the engine does not look at; of times it takes any 24:mm:ss.
_UNREAD = re.compile(
    rf'"((?:[^"\\]|\\.)*)"\^\^<{re.escape(_XSD)}(g[A-Z]\w+|\w+Duration|hexBinary|dateTime|time)>'
)


def _with_ill_formed(data: str) -> str:
    """The data, its ill-formed literals of `_UNREAD` with a datatype that no shape asks for."""
    from lod.validation.literals import is_well_formed

    def marked(match: re.Match[str]) -> str:
        if is_well_formed(unescape(match[1]), f"{_XSD}{match[2]}"):
            return match[0]
        return f'"{match[1]}"^^<{_ILL_FORMED}{match[2]}>'

    return _UNREAD.sub(marked, data)


def _may_be_ill_formed(lexical: str, datatype: str) -> bool:
    """Whether a literal is of a datatype that the engine does not look at, or a 24th hour."""
    return "24:" in lexical or datatype.startswith(f"{_XSD}g") or datatype.endswith(_UNREAD_ENDS)


@lru_cache(maxsize=16)
def _compiled(shapes: Shapes, idle: tuple[str, ...]) -> Compiled:
    """The shapes without idle lines as the engine has them."""
    from shacl import Shapes as Compiled

    try:
        return Compiled.from_text(_without(shapes, idle), "ntriples")
    except ValueError as error:
        raise VocabularyError(f"The shapes cannot be used: {error}.") from None


@lru_cache(maxsize=16)
def _blanks_before(shapes: Shapes, idle: tuple[str, ...]) -> int:
    """How many blank nodes the shapes without idle lines have."""
    return len(_blank_nodes(_without(shapes, idle)))


def _without(shapes: Shapes, idle: tuple[str, ...]) -> str:
    text = shapes.text
    for line in idle:
        text = text.replace(line, "")
    return text


def _blank_nodes(data: str) -> list[str]:
    terms = (term for subject, _, value in lines(data) for term in (subject, value))
    return list(dict.fromkeys(term for term in terms if term.startswith("_:")))


def _ask_pyshacl(shapes: Shapes, data: str) -> list[RawResult]:
    """Validate with pySHACL: the reference, and used where no other is installed."""
    from pyshacl import validate
    from pyshacl.errors import ReportableRuntimeError

    try:
        with _silence():
            graph = _graph(data)
            _, report, text = validate(graph, shacl_graph=_shapes_graph(shapes), inplace=True)
    except (ReportableRuntimeError, re.error) as error:
        raise VocabularyError(f"The shapes cannot be used: {error}.") from None
    if not hasattr(report, "objects"):
        raise VocabularyError(f"The shapes cannot be used: {text}.")
    # Dates before the year 1 are none to Python.
    return [raw for raw in _results(report) if not _is_fine_date(raw, shapes)]


def _is_fine_date(raw: RawResult, shapes: Shapes) -> bool:
    from lod.validation.literals import is_well_formed

    if raw.component != f"{SH}DatatypeConstraintComponent" or not (raw.value or "").startswith('"'):
        return False
    lexical, _, datatype = split_literal(raw.value or "")
    wanted = shapes.shape(raw.source_shape).parameters.get("datatype", ())
    is_date = datatype in (f"{_XSD}date", f"{_XSD}dateTime", f"{_XSD}time")
    return is_date and f"<{datatype}>" in wanted and bool(is_well_formed(lexical, datatype))


@contextmanager
def _silence() -> Iterator[None]:
    """Keep off the terminal what the libraries log: that a literal is ill-formed is a result."""
    import logging

    loggers = [logging.getLogger(name) for name in ("pyshacl-validate", "rdflib.term")]
    before = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled


def _results(report: Graph) -> list[RawResult]:
    from rdflib import SH as TERMS

    found = []
    # Only those of the report: there are also results that explain another by sh:detail.
    for node in report.objects(None, TERMS.result):

        def one(name: str, node: Node = node) -> str | None:
            value = report.value(node, TERMS[name])
            return None if value is None else _token(value)

        messages = report.objects(node, TERMS.resultMessage)
        found.append(
            RawResult(
                one("focusNode") or "",
                one("resultPath"),
                _as_python_writes(one("value")),
                (one("resultSeverity") or f"<{SH}Violation>")[1:-1],
                one("sourceShape"),
                (one("sourceConstraintComponent") or "<>")[1:-1],
                tuple(str(message) for message in messages),
            )
        )
    return found


def _token(term: Node) -> str:
    """A term of rdflib in canonical N-Triples syntax."""
    from rdflib import BNode, Literal

    if isinstance(term, BNode):
        return f"_:{term}"
    if isinstance(term, Literal):
        return literal(str(term), term.language, str(term.datatype or ""))
    return f"<{term}>"


@lru_cache(maxsize=16)
def _shapes_graph(shapes: Shapes) -> Graph:
    return _graph(shapes.with_patterns(_python_pattern))


#: A character class, an escape, or one other character of a regular expression.
_ATOM = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)


def _python_pattern(pattern: str, flags: str) -> str:
    r"""A regular expression of XPath as Python reads it; pySHACL knows the flags i and m alone.

    >>> print(_python_pattern("^a $", "x"), _python_pattern("a$", "m"))
    ^a\Z a$
    """
    if "q" in flags:
        return re.escape(pattern)
    atoms = _ATOM.findall(pattern)
    if "x" in flags:
        atoms = [atom for atom in atoms if not atom.isspace()]
    if "m" not in flags:  # where Python's $ would stand before a last newline, too
        atoms = [r"\Z" if atom == "$" else atom for atom in atoms]
    return ("(?s)" if "s" in flags else "") + "".join(atoms)


def _graph(data: str) -> Graph:
    """Canonical N-Triples as a graph, every literal as it was written."""
    from rdflib import BNode, Graph, URIRef

    from lod.validation.literals import is_well_formed

    make_literal = _literal_class()
    terms: dict[str, Node] = {}

    def term(token: str) -> Node:
        known = terms.get(token)
        if known is None:
            if token.startswith("<"):
                known = URIRef(iri_of(token))
            elif token.startswith("_:"):
                known = BNode(token[2:])
            else:
                lexical, language, datatype = split_literal(token)
                known = make_literal(
                    unescape(lexical),
                    lang=language or None,
                    datatype=URIRef(datatype) if datatype else None,
                    normalize=False,
                )
                # Whether a form is well-formed is not left to the package, see `literals`.
                if (formed := is_well_formed(unescape(lexical), datatype)) is not None:
                    known._ill_typed = not formed
                if isinstance(known.value, datetime | time):
                    # Of the type itself pySHACL compares the values, and not the literals.
                    known._value = _subclassed(known.value)
            terms[token] = known
        return known

    graph = Graph()
    graph.addN((term(s), term(p), term(o), graph) for s, p, o in lines(data))
    return graph


class _DateTime(datetime):
    pass


class _Time(time):
    pass


def _subclassed(value: datetime | time) -> datetime | time:
    if isinstance(value, datetime):
        return _DateTime.combine(value.date(), value.timetz())
    return _Time.fromisoformat(value.isoformat())


@cache
def _literal_class() -> type[Literal]:
    """Literals that compare as SHACL says: what cannot be compared is not less than the other.

    rdflib puts all literals into some order, so that pySHACL finds nothing wrong where one of two
    dates is none (SHACL, section 4.5.3).
    """
    from rdflib import Literal

    class StrictLiteral(Literal):
        def eq(self, other: Any) -> bool:
            compared = _compared(self, other)
            if compared is None:
                raise TypeError(f"{self!r} and {other!r} have no order")
            return compared == 0

        def __lt__(self, other: Any) -> bool:
            return _compared(self, other) == -1

        def __le__(self, other: Any) -> bool:
            return _compared(self, other) in (-1, 0)

        def __gt__(self, other: Any) -> bool:
            return _compared(self, other) == 1

    return StrictLiteral


def _compared(one: Literal, other: Any) -> int | None:
    from rdflib import Literal

    from lod.validation.literals import compare_literals

    return compare_literals(_token(one), _token(other)) if isinstance(other, Literal) else None


@cache
def find_engine(name: str = "auto") -> Engine:
    """The engine of a name.

    Args:
        name: "auto", "shacl" or "pyshacl".

    Raises:
        MissingExtraError: it is not installed.
        VocabularyError: there is no such engine.

    >>> find_engine("pyshacl").name
    'pyshacl'
    """
    if name not in ENGINES:
        raise VocabularyError(
            f'There is no SHACL engine "{name}".', hint=f"The engines are {', '.join(ENGINES)}."
        )
    if name == "auto":
        name = "shacl" if _works("shacl") else "pyshacl"
    if not _works(name):
        raise MissingExtraError(
            f"The SHACL engine {name} is not installed.", hint=f"Install it: pip install {name}"
        )
    return Engine(name, _ask_shacl if name == "shacl" else _ask_pyshacl)


def _works(name: str) -> bool:
    """Whether an engine can be imported; a wheel for another machine can be there and not work."""
    if name != "shacl":
        return find_spec(name) is not None
    try:
        import shacl  # noqa: F401 - only tried
    except ImportError:
        return False
    return True


_SUFFIX = "ConstraintComponent"
#: Component, without its ending, to a sentence; `{}` is what its parameter says.
_SENTENCES: Mapping[str, str] = {
    "Class": "The value is no {class}.",
    "Datatype": "The value is no {datatype}, or is written in another way than its type allows.",
    "NodeKind": "The value is not of the kind {nodeKind}.",
    "MinCount": "There are fewer values than {minCount}.",
    "MaxCount": "There are more values than {maxCount}.",
    "MinExclusive": "The value is not greater than {minExclusive}.",
    "MinInclusive": "The value is less than {minInclusive}.",
    "MaxExclusive": "The value is not less than {maxExclusive}.",
    "MaxInclusive": "The value is greater than {maxInclusive}.",
    "MinLength": "The value is shorter than {minLength} characters.",
    "MaxLength": "The value is longer than {maxLength} characters.",
    "Pattern": "The value does not match the pattern {pattern}.",
    "LanguageIn": "The value is in none of the languages {languageIn}.",
    "UniqueLang": "Two values are in the same language.",
    "Equals": "The values are not the same as those of {equals}.",
    "Disjoint": "The value is also a value of {disjoint}.",
    "LessThan": "The value is not less than that of {lessThan}.",
    "LessThanOrEquals": "The value is greater than that of {lessThanOrEquals}.",
    "Not": "The value conforms to a shape that it must not conform to.",
    "And": "The value does not conform to all of several shapes.",
    "Or": "The value conforms to none of several shapes.",
    "Xone": "The value does not conform to exactly one of several shapes.",
    "Node": "The value does not conform to the shape {node}.",
    "Property": "The value does not conform to a property shape.",
    "QualifiedMinCount": (
        "Fewer than {qualifiedMinCount} values conform to the shape that some must conform to."
    ),
    "QualifiedMaxCount": (
        "More than {qualifiedMaxCount} values conform to the shape that few may conform to."
    ),
    "Closed": "The node may not have this property.",
    "HasValue": "The value {hasValue} is missing.",
    "In": "The value is none of {in}.",
}
_MOST_MEMBERS = 8


def is_core(component: str) -> bool:
    """Whether a constraint component is one of SHACL Core."""
    return component.startswith(SH) and (
        component[len(SH) :].removesuffix(_SUFFIX) in _SENTENCES and component.endswith(_SUFFIX)
    )


def default_message(component: str, shape: Shape) -> str:
    """The sentence for a broken constraint.

    Args:
        component: IRI of the constraint component.
        shape: the shape that has the constraint.
    """
    name = local_name(component).removesuffix(_SUFFIX)
    sentence = _SENTENCES.get(name)
    if sentence is None:
        return f"The constraint {shrink(component)} is not met."
    return sentence.format_map(
        _Words({key: _words(values) for key, values in shape.parameters.items()})
    )


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"sh:{key}"


def _words(tokens: tuple[str, ...]) -> str:
    more = ("…",) if len(tokens) > _MOST_MEMBERS else ()
    return ", ".join((*map(_word, tokens[:_MOST_MEMBERS]), *more))


def _word(token: str) -> str:
    if token.startswith("<"):
        return shrink(iri_of(token))
    if token.startswith("_:"):
        return "a shape without a name"
    lexical, _, datatype = split_literal(token)
    text = unescape(lexical)
    return text if datatype else f'"{text}"'
