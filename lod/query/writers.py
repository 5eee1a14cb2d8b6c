"""Query results as text: the SPARQL results formats, and the door to the others.

JSON, XML, CSV and TSV are the SPARQL 1.1 Query Results formats of the W3C. CSV and TSV know no
booleans; the answer of an ASK is written there as the one word true or false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from html import escape
from typing import TYPE_CHECKING

from lod.errors import FormatError
from lod.formats import FORMATS, JSON_LD, RDF_XML, find_format
from lod.query.terms import XSD, Term, TermType

if TYPE_CHECKING:
    from lod.query.result import QueryResult

_STRING = f"{XSD}string"
_BLANK = re.compile(r"(^|^[^ ]+ [^ ]+ )(_:b[0-9]+)(?= )", re.MULTILINE)
_BLANK_IN_XML = re.compile(r'(<[^<>]* rdf:)(?:about|resource)="_:(b[0-9]+)"')
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


def write(result: QueryResult, format_: str, width: int | None = None) -> str:
    """A result as text.

    Args:
        result: the result.
        format_: table, json, csv, tsv or xml, or the name of an RDF format.
        width: columns that a table is to fit into, or None.

    Raises:
        FormatError: there is no such format, or it cannot hold the result.
    """
    if format_ == "table":
        from lod.query.table import to_table

        return to_table(result, width)
    writer = _WRITERS.get(format_)
    if writer is not None and not result.is_graph:
        return writer(result)
    if writer is not None and format_ != "xml":
        raise FormatError(
            f"The result of {result.form} is a graph, and {format_} holds tables.",
            hint="Use turtle, n-triples or json-ld, or ask with SELECT.",
        )
    return _graph(result, format_)


def _graph(result: QueryResult, format_: str) -> str:
    from lod.dataset.serialize import serialize

    try:
        found = find_format(format_)
    except FormatError:
        names = [*_WRITERS, "table", *(one.name for one in FORMATS)]
        near = get_close_matches(format_.lower(), names, n=1)
        raise FormatError(
            f'There is no result format "{format_}".',
            hint=f"Did you mean {near[0]}?" if near else f"The formats are {', '.join(names)}.",
        ) from None
    dataset = result.as_dataset()
    if found not in (JSON_LD, RDF_XML):
        return serialize(dataset, found)
    # Datasets have no blank nodes, and these writers know of none. As an IRI, `_:b1` is what a
    # blank node is called in JSON-LD; RDF/XML has an attribute of its own for it.
    named = replace(dataset, default=_BLANK.sub(r"\1<\2>", dataset.default))
    text = serialize(named, found)
    return _BLANK_IN_XML.sub(r'\1nodeID="\2"', text) if found is RDF_XML else text


def _json(result: QueryResult) -> str:
    import json

    if result.boolean is not None:
        return json.dumps({"head": {}, "boolean": result.boolean}) + "\n"
    rows = [
        {
            name: _json_term(term)
            for name, term in zip(result.variables, row, strict=True)
            if term is not None
        }
        for row in result.rows
    ]
    head = json.dumps({"vars": result.variables}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f'{{"head": {head}, "results": {{"bindings": [\n{lines}\n]}}}}\n'


def _json_term(term: Term) -> dict[str, str]:
    data = {"type": str(term.type), "value": term.value}
    if term.language is not None:
        data["xml:lang"] = term.language
    elif term.datatype not in (None, _STRING):
        data["datatype"] = term.datatype or ""
    return data


def _xml(result: QueryResult) -> str:
    if result.boolean is not None:
        answer = str(result.boolean).lower()
        return f"{_XML_HEAD}  <head/>\n  <boolean>{answer}</boolean>\n</sparql>\n"
    variables = "".join(f"<variable name={_attribute(name)}/>" for name in result.variables)
    parts = [_XML_HEAD, f"  <head>{variables}</head>\n  <results>\n"]
    for row in result.rows:
        parts.append("    <result>\n")
        for name, term in zip(result.variables, row, strict=True):
            if term is not None:
                binding = _xml_term(term)
                parts.append(f"      <binding name={_attribute(name)}>{binding}</binding>\n")
        parts.append("    </result>\n")
    parts.append("  </results>\n</sparql>\n")
    return "".join(parts)


def _xml_term(term: Term) -> str:
    # XML 1.0 has no other control characters, escaped or not.
    if any(character < " " and character not in "\t\n\r" for character in term.value):
        raise FormatError(
            "The result has a control character, which XML cannot hold.", hint="Use json."
        )
    tag = str(term.type)
    about = ""
    if term.language is not None:
        about = f" xml:lang={_attribute(term.language)}"
    elif term.datatype not in (None, _STRING):
        about = f" datatype={_attribute(term.datatype or '')}"
    # A carriage return that stands for itself is read as a line feed.
    text = escape(term.value, quote=False).replace("\r", "&#13;")
    return f"<{tag}{about}>{text}</{tag}>"


def _attribute(text: str) -> str:
    # Of names, tags and IRIs: these have no line breaks.
    return f'"{escape(text)}"'


def _csv(result: QueryResult) -> str:
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\r\n"
    lines: list[Iterable[str]] = [result.variables]
    lines += [["" if term is None else _csv_term(term) for term in row] for row in result.rows]
    return "".join(",".join(map(_csv_cell, line)) + "\r\n" for line in lines)


def _csv_term(term: Term) -> str:
    return f"_:{term.value}" if term.type is TermType.BLANK else term.value


def _csv_cell(text: str) -> str:
    if any(character in text for character in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def _tsv(result: QueryResult) -> str:
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\n"
    lines: list[Iterable[str]] = [[f"?{name}" for name in result.variables]]
    # N-Triples syntax is what TSV asks for, but for a tab as it is.
    lines += [
        ["" if term is None else term.replace("\t", "\\t") for term in row] for row in result.raw
    ]
    return "".join("\t".join(line) + "\n" for line in lines)


_WRITERS: Mapping[str, Callable[[QueryResult], str]] = {
    "json": _json,
    "csv": _csv,
    "tsv": _tsv,
    "xml": _xml,
}
