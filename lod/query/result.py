"""What a query gives: a table, an answer, or a graph; and how it is written.

JSON, XML, CSV and TSV are the SPARQL 1.1 Query Results formats of the W3C. CSV and TSV know no
booleans; the answer of an ASK is written there as the one word true or false.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from lod.counts import counted
from lod.errors import FormatError, MissingExtraError
from lod.query.table import to_table
from lod.query.terms import XSD, Row, Term, TermType
from lod.rdf.formats import FORMATS, JSON_LD, RDF_XML, find_format
from lod.rdf.rdfxml import NO_CHAR

if TYPE_CHECKING:
    import pandas
    import pyarrow

    from lod.rdf.dataset import Dataset

#: A row as it came: a term in N-Triples syntax for each variable, None where it is unbound.
RawRow = Sequence[str | None]

_STRING = f"{XSD}string"
_BLANK = re.compile(r"(^|^[^ ]+ [^ ]+ )(_:b[0-9]+)(?= )", re.MULTILINE)
_BLANK_IN_XML = re.compile(r'(<[^<>]* rdf:)(?:about|resource)="_:(b[0-9]+)"')
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'


class QueryResult(Struct, frozen=True, dict=True):
    """The result of one query.

    Attributes:
        form: SELECT, ASK, CONSTRUCT or DESCRIBE.
        variables: names of the columns of a SELECT; subject, predicate, object of a graph.
        boolean: the answer of an ASK, else None.
        raw: the rows of a SELECT or the triples of a graph, terms in N-Triples syntax. Blank
            nodes are called b1, b2, … in the order of the rows.
        base: IRI against which IRIs are shortened for people, or "".
        prefixes: prefix to namespace IRI, for the same.
    """

    form: str
    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    raw: Sequence[RawRow] = ()
    base: str = ""
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of a SELECT, a term for each variable, None where it is unbound.

        The triples of a CONSTRUCT or DESCRIBE are rows of three.

        Raises:
            QueryError: the result holds triples as terms.
        """
        known: dict[str | None, Term | None] = {None: None}

        def term(text: str | None) -> Term | None:
            found = known.get(text)
            if found is None and text is not None:
                found = known[text] = Term.from_n3(text)
            return found

        return [tuple(term(text) for text in row) for row in self.raw]

    @property
    def triples(self) -> list[Row]:
        """The triples of a CONSTRUCT or DESCRIBE; none for other forms."""
        return self.rows if self.is_graph else []

    @property
    def is_graph(self) -> bool:
        """Whether the result is a graph (CONSTRUCT, DESCRIBE)."""
        return self.form in ("CONSTRUCT", "DESCRIBE")

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        """The number of rows or triples."""
        return len(self.raw)

    def __repr__(self) -> str:
        if self.boolean is not None:
            return f"<QueryResult {self.form}: {'yes' if self.boolean else 'no'}>"
        what = "triples" if self.is_graph else f"rows of {', '.join(self.variables) or 'nothing'}"
        return f"<QueryResult {self.form}: {len(self):,} {what}>"

    def _repr_html_(self) -> str:
        from lod.notebook import MOST_ROWS, html_table
        from lod.query.table import cell

        if self.boolean is not None:
            return html_table("The answer", (), [("yes" if self.boolean else "no",)])
        what = "triple" if self.is_graph else "row"
        shown = replace(self, raw=self.raw[:MOST_ROWS])
        rows = [[cell(term, self.base, self.prefixes) for term in row] for row in shown.rows]
        caption = counted(len(self), what)
        return html_table(caption, self.variables, rows, len(self))

    def __bool__(self) -> bool:
        """The answer of an ASK; else whether there is any row or triple."""
        return bool(self.raw) if self.boolean is None else self.boolean

    def as_dataset(self) -> Dataset:
        """The graph of a CONSTRUCT or DESCRIBE, as a dataset that every format can be made of.

        Raises:
            FormatError: the query was a SELECT or ASK.
        """
        from lod.rdf.dataset import Dataset

        if not self.is_graph:
            raise FormatError(
                f"The result of {self.form} is no graph.",
                hint="CONSTRUCT makes graphs; a table can be table, json, csv, tsv or xml.",
            )
        lines = sorted(" ".join(filter(None, row)) + " .\n" for row in self.raw)
        return Dataset(self.base, "".join(lines), {}, self.prefixes)

    def serialize(self, format_: str = "table", *, width: int | None = None) -> str:
        """The result as text.

        Args:
            format_: for every form "table"; for SELECT and ASK "json", "csv", "tsv" and "xml"
                (SPARQL 1.1 Query Results); for CONSTRUCT and DESCRIBE the name of any RDF format,
                such as "turtle", "n-triples" and "json-ld".
            width: columns of the terminal that a table is to fit into; None does not fold it.

        Raises:
            FormatError: there is no such format, or it cannot hold the result.

        >>> print(QueryResult("ASK", boolean=True).serialize("json"))
        {"head": {}, "boolean": true}
        <BLANKLINE>
        """
        if format_ == "table":
            if self.boolean is not None:
                return "yes\n" if self.boolean else "no\n"
            what = "triple" if self.is_graph else "row"
            names, rows, base = self.variables, self.rows, self.base
            return to_table(names, rows, what=what, width=width, base=base, prefixes=self.prefixes)
        writer = _WRITERS.get(format_)
        if writer is not None and not self.is_graph:
            return writer(self)
        if writer is not None and format_ != "xml":
            raise FormatError(
                f"The result of {self.form} is a graph, and {format_} holds tables.",
                hint="Use turtle, n-triples or json-ld, or ask with SELECT.",
            )
        return _graph(self, format_)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame, one type a column.

        Integers are Int64, booleans boolean, floating-point numbers Float64, all with NA where they
        are unbound; dateTimes datetime64; decimals (and integers with decimals, or of more than 64
        bits), dates and times Python's own; everything else, mixtures too, text as in the data.

        Raises:
            MissingExtraError: pandas is not installed.
            FormatError: the query was an ASK.
        """
        from lod.query.columns import columns, to_frame

        _need_table(self, "pandas")
        return to_frame(self.variables, columns(self.rows, len(self.variables)))

    def to_arrow(self) -> pyarrow.Table:
        """The table as an Arrow table, one type a column, null where it is unbound.

        The types are those of `to_pandas`; decimals have as many digits as the column needs.

        Raises:
            MissingExtraError: pyarrow is not installed.
            FormatError: the query was an ASK.
        """
        from lod.query.columns import columns
        from lod.query.columns import to_table as to_arrow_table

        _need_table(self, "pyarrow")
        return to_arrow_table(self.variables, columns(self.rows, len(self.variables)))


def _need_table(result: QueryResult, package: str) -> None:
    if result.form == "ASK":
        raise FormatError("The result of ASK is no table.", hint="Use its attribute boolean.")
    try:
        import_module(package)
    except ImportError:
        extra = "parquet" if package == "pyarrow" else package
        raise MissingExtraError(
            f"This needs {package}, and it is not installed.",
            hint=f"Install it: pip install 'lod-facts[{extra}]'",
        ) from None


def named_in_order(rows: list[RawRow]) -> list[RawRow]:
    """The rows with their blank nodes called b1, b2, …, so that the same query gives the same."""
    names: dict[str, str] = {}
    for at, row in enumerate(rows):
        if any(text is not None and text.startswith("_:") for text in row):
            rows[at] = [
                names.setdefault(text, f"_:b{len(names) + 1}")
                if text is not None and text.startswith("_:")
                else text
                for text in row
            ]
    return rows


def _graph(result: QueryResult, format_: str) -> str:
    from lod.rdf.serialize import serialize

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
    named = dataclasses.replace(dataset, default=_BLANK.sub(r"\1<\2>", dataset.default))
    text = serialize(named, found)
    return _BLANK_IN_XML.sub(r'\1nodeID="\2"', text) if found is RDF_XML else text


def _json(result: QueryResult) -> str:
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
    if NO_CHAR.search(term.value):
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
    lines = [",".join(result.variables)]
    lines += [",".join(map(_csv_cell, row)) for row in result.rows]
    return "".join(f"{line}\r\n" for line in lines)


def _csv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    text = f"_:{term.value}" if term.type is TermType.BLANK else term.value
    is_plain = not any(character in text for character in ',"\r\n')
    return text if is_plain else '"' + text.replace('"', '""') + '"'


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
