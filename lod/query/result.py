"""What a query gives: a table, an answer, or a graph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lod.errors import FormatError, MissingExtraError
from lod.query.terms import Term

if TYPE_CHECKING:
    import pandas

    from lod.dataset.dataset import Dataset

#: A row as it came: a term in N-Triples syntax for each variable, None where it is unbound.
RawRow = Sequence[str | None]
Row = tuple[Term | None, ...]


@dataclass(frozen=True)
class QueryResult:
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

    def __bool__(self) -> bool:
        """The answer of an ASK; else whether there is any row or triple."""
        return bool(self.raw) if self.boolean is None else self.boolean

    def as_dataset(self) -> Dataset:
        """The graph of a CONSTRUCT or DESCRIBE, as a dataset that every format can be made of.

        Raises:
            FormatError: the query was a SELECT or ASK.
        """
        from lod.dataset.dataset import Dataset

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
        from lod.query.writers import write

        return write(self, format_, width)

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a pandas DataFrame, values as Python types, unbound as None.

        Raises:
            MissingExtraError: pandas is not installed.
            FormatError: the query was an ASK.
        """
        if self.form == "ASK":
            raise FormatError("The result of ASK is no table.", hint="Use its attribute boolean.")
        try:
            from pandas import DataFrame, Series
        except ImportError:
            raise MissingExtraError(
                "A data frame needs pandas, and it is not installed.",
                hint="Install it: pip install 'lod-facts[pandas]'",
            ) from None
        columns = {
            name: Series(
                [_to_python(row[at]) for row in self.rows],
                dtype=object,
            )
            for at, name in enumerate(self.variables)
        }
        return DataFrame(columns).infer_objects()


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


def _to_python(term: Term | None) -> object:
    return None if term is None else term.to_python()
