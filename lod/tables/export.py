"""Exports a publication, or the publications of a corpus, as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from lod.diagnostics import Finding, Severity
from lod.tables.columns import Column, Table, tables
from lod.tables.facts import heads, text_file
from lod.tables.rows import Row, Rows, qualifier_column
from lod.tables.write import (
    METADATA,
    SHAPES,
    TERMS,
    TablesResult,
    csv_text,
    metadata_text,
    open_tables,
    replacing_tables,
)
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.model.facts import Facts
    from lod.publication import Publication

#: In the tables of several publications: which one a row is of, and the qualifiers of its own.
_PUBLICATION = Column("publication", "string", "Base IRI of the publication.")
#: What the report of a corpus calls the number of publications whose further versions it lacks.
VERSIONS_LEFT_OUT = "versionsLeftOut"
_OTHER = Column("with_other", "list", "Qualifiers of the publication's own, each as IRI=value.")


def export_tables(
    publication: Publication, folder: Path, form: str, *, wait: bool = False
) -> TablesResult:
    """Write the tables of a publication.

    Args:
        publication: the publication.
        folder: where to; what an earlier export wrote there is replaced.
        form: "csv", "tsv", "xlsx" or "parquet".
        wait: whether to wait for another run on the folder.

    Raises:
        FindingsError: the publication has errors.
        MissingExtraError: the package that writes the format is not installed.
        OutputError: the folder cannot be written, or holds what no export wrote.
        BusyError: another run is at work on the folder.
    """
    publication.require_facts()
    with replacing_tables(folder, wait=wait) as aside:
        return fill_folder(publication, aside, form).at(folder)


def fill_folder(publication: Publication, folder: Path, form: str) -> TablesResult:
    """Write the tables of a publication into an empty folder of this process alone.

    Args:
        publication: the publication.
        folder: the folder.
        form: one of `lod.tables.forms.FORMS`.

    Raises:
        FindingsError: the publication has errors.
        MissingExtraError: the package that writes the format is not installed.
        OutputError: the format cannot have so many rows.
    """
    facts = publication.require_facts()
    vocabulary, shapes = publication.vocabulary, publication.shapes
    rows = Rows(facts, vocabulary)
    wanted = _of_one(rows)
    with open_tables(
        wanted,
        folder,
        form,
        base=facts.publication.base,
        about=_about(facts),
        noted={"facts": heads(facts, vocabulary, TERMS, SHAPES if shapes else "")},
        beside={
            **{text_file(one): one.text.encode() for one in facts.document.all_versions},
            **({TERMS: vocabulary.own_source.encode()} if vocabulary.own_source else {}),
            **({SHAPES: shapes.encode()} if shapes else {}),
        },
    ) as out:
        for table in wanted:
            for row in rows.of(table.name):
                out.write(table.name, row)
    return out.result


def table_files(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The tables of a publication as CSV, each with its name, and their metadata.

    Args:
        publication: without errors.

    Yields:
        Name of the file, and its bytes: `claims.csv` and so on, then `csv-metadata.json`.

    Raises:
        FindingsError: the publication has errors.
    """
    facts = publication.require_facts()
    rows = Rows(facts, publication.vocabulary)
    wanted = _of_one(rows)
    for table in wanted:
        yield f"{table.name}.csv", csv_text(table, rows.of(table.name)).encode("utf-8")
    yield METADATA, metadata_text(wanted, facts.publication.base, _about(facts)).encode("utf-8")


def _of_one(rows: Rows) -> list[Table]:
    """The tables of one publication, with the columns that its qualifiers and versions need."""
    own = rows.qualifiers()
    return [
        one.with_columns([*(own if one.name == "claims" else ()), *rows.of_versions(one.name)])
        for one in tables()
    ]


def _about(facts: Facts) -> dict[str, Any]:
    """What the tables are, where they are from and what may be done with them."""
    publication = facts.publication
    return {
        "lang": facts.document.language,
        "dc:title": next(iter(publication.titles.values())),
        "dc:license": {"@id": publication.license},
        "dc:publisher": publication.publisher.name,
        "dc:source": {"@id": f"{publication.base}dataset"},
    }


def export_corpus(
    publications: Iterable[Publication],
    folder: Path,
    form: str,
    *,
    wait: bool = False,
    failed: Callable[[Publication, list[Finding]], None],
) -> TablesResult:
    """Write the tables of many publications, one after another: none is held.

    The columns are the same for all of them, and have no place for further versions of a text:
    their quotes are left out, and the report says of how many publications.

    Args:
        publications: the publications.
        folder: where to; what an earlier export wrote there is replaced.
        form: "csv", "tsv", "xlsx" or "parquet".
        wait: whether to wait for another run on the folder.
        failed: is told of a publication that has errors and is left out, with its errors.

    Raises:
        MissingExtraError: the package that writes the format is not installed.
        OutputError: the folder cannot be written, or holds what no export wrote.
        BusyError: another run is at work on the folder.
    """
    noted: Counter[str] = Counter()
    with replacing_tables(folder, wait=wait) as aside:
        with open_tables(corpus_tables(), aside, form, noted=noted) as out:
            for publication in publications:
                if publication.facts is None:
                    errors = [f for f in publication.findings if f.severity is Severity.ERROR]
                    failed(publication, errors)
                    continue
                if publication.facts.document.versions:
                    noted[VERSIONS_LEFT_OUT] += 1
                for table, row in corpus_rows(publication):
                    out.write(table, row)
        return out.result.at(folder)


def corpus_tables() -> list[Table]:
    """The tables of a corpus, with the same columns for all publications."""
    return [_of_many(table) for table in tables()]


def corpus_rows(publication: Publication) -> Iterator[tuple[str, Row]]:
    """The rows of a publication without errors in the tables of many, each with its table."""
    facts = publication.require_facts()
    made = Rows(facts, publication.vocabulary, versions=False)
    known = {column.name for column in _qualifiers()}
    others = {name: iri for name, iri in made.qualifier_iris().items() if name not in known}
    for table in tables():
        for row in made.of(table.name):
            yield (
                table.name,
                {_PUBLICATION.name: facts.publication.base, **_known(row, others)},
            )


@cache
def _qualifiers() -> tuple[Column, ...]:
    """The columns of the qualifiers that everybody may use."""
    return tuple(
        qualifier_column(one.key or one.name, iri, one)
        for iri, one in load_vocabulary().properties.items()
        if one.is_qualifier
    )


def _of_many(table: Table) -> Table:
    more = [*_qualifiers(), _OTHER] if table.name == "claims" else []
    columns = (_PUBLICATION, *table.columns, *more)
    return replace(table, key=(_PUBLICATION.name, *table.key), columns=columns)


def _known(row: Row, others: dict[str, str]) -> Row:
    """The row with the qualifiers that have no column of their own in one.

    Args:
        row: a row.
        others: name of the column of such a qualifier to its IRI.
    """
    names = [name for name in row if name in others] if others else []
    if not names:
        return row
    values = [
        f"{others[name]}={value}"
        for name in names
        if isinstance(cell := row.pop(name), tuple)
        for value in cell
    ]
    return {**row, _OTHER.name: tuple(values)}
