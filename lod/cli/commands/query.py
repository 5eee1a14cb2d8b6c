"""`lod query`: SPARQL over a publication, over RDF files or over a store."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from lod.cli.app import Command
from lod.cli.support.options import Number, output_option
from lod.cli.support.terminal import emit, paint_out, say, tell, visible
from lod.counts import counted
from lod.errors import FormatError
from lod.rdf.formats import find_format

if TYPE_CHECKING:
    from lod.query.limits import Limits
    from lod.query.named import NamedQuery
    from lod.query.result import QueryResult
    from lod.query.store import QueryStore

_QUERY_FILES = (".rq", ".sparql")
_FORMATS = (
    *("table", "json", "csv", "tsv", "xml", "xlsx", "parquet"),
    *("turtle", "json-ld", "trig", "n-quads", "n-triples", "rdf-xml"),
)
#: Endings of files to the forms of tables that they promise, beside the names of the forms.
_ENDINGS = {"txt": "table", "srj": "json", "srx": "xml"}
_SENTENCE = re.compile(r".+?(?:[.?!](?= |$)|$)")


def _complete(
    context: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Files, and the names of the queries in the folders that were given already."""
    folders = context.params.get("arguments") or ()
    names = [
        CompletionItem(file.stem)
        for folder in folders
        for file in sorted(Path(folder, "queries").glob("*.rq"))
        if file.stem.startswith(incomplete)
    ]
    return names or [CompletionItem(incomplete, type="file")]


@click.command(
    "query",
    cls=Command,
    examples=[
        ("the queries that ship with lod", "lod query --list"),
        ("those and the publication's own", "lod query examples/russia-kazakhstan --list"),
        ("one of them", "lod query examples/russia-kazakhstan figures"),
        (
            "a query of your own, as CSV",
            'lod query examples/russia-kazakhstan -q "SELECT ?c { ?c a lod:Claim }" -f csv',
        ),
        ("into a typed table", "lod query examples/russia-kazakhstan figures -o figures.parquet"),
        ("a query in a file, over RDF files", "lod query a.ttl b.nq question.rq"),
        (
            "what any text says of an item, in a store",
            'lod query store -q "SELECT ?c { ?c schema:about wd:Q232 ; a lod:Claim }"',
        ),
    ],
)
@click.argument(
    "arguments",
    nargs=-1,
    metavar="DIR|FILE|STORE... [QUERY]",
    shell_complete=_complete,
)
@click.option(
    "-q", "--query", "sparql", metavar="SPARQL", help="The query itself; - reads it from stdin."
)
@click.option("--list", "list_", is_flag=True, help="List the named queries and do no more.")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="Form of the result: by default what the output file's name says, else a table, and "
    "turtle for CONSTRUCT and DESCRIBE.",
)
@output_option("Write to this file, not to the screen.")
@click.option(
    "--max-seconds",
    type=Number(min=0),
    help="Stop after so many seconds (default 30; 0 lifts a limit).",
)
@click.option(
    "--max-rows", type=click.IntRange(min=0), help="Stop after so many rows (default 100000)."
)
@click.option(
    "--max-bytes",
    type=click.IntRange(min=0),
    help="Stop when the result is larger (default 64 MiB).",
)
@click.option(
    "--max-memory",
    type=click.IntRange(min=0),
    help="Stop when it needs more bytes of memory (default 1 GiB).",
)
def command(
    *,
    arguments: tuple[str, ...],
    sparql: str | None,
    list_: bool,
    form: str | None,
    output: str | None,
    **limits: float | None,
) -> None:
    """Ask SPARQL of a publication, of RDF files or of a store.

    DIR is the folder of a publication; FILE is any RDF file; STORE is the folder that `lod load`
    made. QUERY is a file (.rq) or the name of a query: one in the folder's queries/, or one of
    those that ship with lod (claims, figures, timeline, speakers, entities, plans, unlinked). The
    prefixes lod, rel, schema, prov, oa, skos, wd and the like need no declaration.

    The default graph is the union of all graphs; GRAPH asks one of them. It is a set: what stands
    in several graphs counts once. Only in a STORE it counts once for each graph: ask SELECT
    DISTINCT or COUNT(DISTINCT …) there, wherever speakers or publications may say the same.

    Queries only read: updates, SERVICE and FROM are refused, and nothing is fetched.
    """
    names, wanted = _split(arguments, sparql, list_)
    sources = _Sources(names)
    if list_:
        _list(sources.queries())
        return
    from lod.query.store import run_query

    form = form or _form_of(output)
    query = sources.find(wanted or "")
    with sources.open() as store:
        result = run_query(store, query, limits=_limits(limits))
    width = shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else None
    form = form or ("turtle" if result.is_graph else "table")
    if form in _BINARY:
        if output in (None, "-"):
            raise click.UsageError(f"{form} needs -o FILE: where to write.")
        emit(_BINARY[form](result), output)
    else:
        emit(result.serialize(form, width=width), output)


def _form_of(output: str | None) -> str | None:
    """The form that the name of the output file promises; None where it has no extension.

    Raises:
        FormatError: its extension is that of no form.
    """
    suffix = "" if output is None else Path(output).suffix.lower().removeprefix(".")
    if suffix in _FORMATS or not suffix:
        return suffix or None
    if suffix in _ENDINGS:
        return _ENDINGS[suffix]
    try:
        return find_format(suffix).name
    except FormatError:
        raise FormatError(
            f'The extension ".{suffix}" of {output} is that of no form.',
            hint=f"Name the form with -f: {', '.join(_FORMATS)}.",
        ) from None


def _parquet(result: QueryResult) -> bytes:
    """The table in Parquet, one type a column."""
    table = result.to_arrow()  # which says what is missing, and what is no table
    import pyarrow.parquet

    stream = BytesIO()
    pyarrow.parquet.write_table(table, stream, compression="zstd")
    return stream.getvalue()


#: Kinds of columns of a result to types of columns of a table; other kinds are texts.
_TYPES = {"integer": "integer", "decimal": "number", "date": "date", "boolean": "boolean"}


def _workbook(result: QueryResult) -> bytes:
    """The table as a workbook of one sheet."""
    from lod.query.columns import columns
    from lod.tables.columns import Column, Table
    from lod.tables.write import workbook

    if result.boolean is not None:
        raise FormatError("The result of ASK is no table.", hint="-f json and csv hold it.")
    found = columns(result.rows, len(result.variables))
    made = [
        Column(name, _TYPES.get(column.kind, "string"), "")
        for name, column in zip(result.variables, found, strict=True)
    ]
    table = Table("result", "", "", (), tuple(made))
    rows = (
        {
            column.name: value if column.type in ("integer", "number", "boolean") else str(value)
            for column, value in zip(made, cells, strict=True)
            if value is not None
        }
        for cells in zip(*(column.values for column in found), strict=True)
    )
    content, written = workbook(table, rows)
    for (_, column, how), count in sorted(written.kept_otherwise.items()):
        tell(f"{column}: {counted(count, 'cell')}: {how}")
    return content


_BINARY: dict[str, Callable[[QueryResult], bytes]] = {
    "parquet": _parquet,
    "xlsx": _workbook,
}


def _split(
    arguments: tuple[str, ...], sparql: str | None, list_: bool
) -> tuple[tuple[str, ...], str | None]:
    """What to query, and the query; without -q the last argument is the query."""
    if list_ and not arguments:
        from lod.sources import find_facts

        return ((".",) if find_facts(Path()) else ()), sparql
    if not arguments:
        raise click.UsageError("Missing argument 'DIR|FILE|STORE... [QUERY]'.")
    if sparql is not None or list_:
        return arguments, sparql
    *sources, last = arguments
    if not sources:
        raise click.UsageError(
            f"What to ask of {last}? Add a query: its name, a .rq file, or -q SPARQL; "
            "--list lists the names."
        )
    is_query = last.endswith(_QUERY_FILES) or not Path(last).exists()
    if not is_query:
        raise click.UsageError(
            f"{last} is data, so the query is missing: add its name, a .rq file, or -q SPARQL."
        )
    return tuple(sources), last


class _Sources:
    """What is queried: publications and RDF files, put together, or one store.

    Args:
        names: the folders and files, as they were given.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        from lod.publication import load
        from lod.query.disk import find_store, is_store
        from lod.sources import is_corpus, is_source

        self._names = names
        self._stores = {name: find_store(name) for name in names if is_store(name)}
        self._publications = {
            name: load(name)
            for name in names
            if (Path(name).is_dir() or is_source(name) or is_corpus(Path(name)))
            and name not in self._stores
        }
        self._folders = [
            *(publication.folder for publication in self._publications.values()),
            *map(Path, self._stores),
        ]

    def open(self) -> QueryStore:
        """The store that holds all of it."""
        from lod.query.store import QueryStore
        from lod.rdf.files import read_rdf_file

        datasets = {name: one.dataset() for name, one in self._publications.items()}
        texts = {name: dataset.n_quads() for name, dataset in datasets.items()}
        sources = [
            self._stores.get(name) or texts.get(name) or read_rdf_file(name) for name in self._names
        ]
        bases = [dataset.base for dataset in datasets.values()]
        prefixes = {key: iri for one in datasets.values() for key, iri in one.prefixes.items()}
        return QueryStore(sources, bases[0] if len(bases) == 1 else "", prefixes)

    def queries(self) -> dict[str, NamedQuery]:
        """The named queries: those that ship with lod, and before these the folders' own."""
        from lod.query.named import list_queries

        shipped = list_queries(None)
        own = [one for folder in self._folders for one in list_queries(folder)]
        found = [*shipped, *(one for one in own if one not in shipped)]
        return {query.name: query for query in sorted(found, key=lambda query: query.name)}

    def find(self, wanted: str) -> str:
        """The text of a query: by name, from a file, from the standard input, or as it is."""
        from lod.query.named import NAME, load_query

        if wanted == "-":
            return sys.stdin.buffer.read().decode("utf-8", "replace")
        if not NAME.fullmatch(wanted):
            return wanted
        if (query := self.queries().get(wanted)) is not None:
            return query.text
        return load_query(wanted, self._folders[-1] if self._folders else None).text


def _list(queries: dict[str, NamedQuery]) -> None:
    """The names, each with the first sentence of its description."""
    width = max(map(len, queries), default=0)
    for name, query in queries.items():
        first = _SENTENCE.match(query.description)
        told = visible(first.group()) if first else ""
        say(f"{paint_out(name.ljust(width), 'strong')}  {told}".rstrip())


def _limits(given: dict[str, Any]) -> Limits:
    """The limits: the defaults where nothing is given, none where 0 is."""
    from msgspec.structs import replace

    from lod.query.limits import Limits

    changed = {
        name.removeprefix("max_"): value or None
        for name, value in given.items()
        if value is not None
    }
    return replace(Limits(), **changed)
