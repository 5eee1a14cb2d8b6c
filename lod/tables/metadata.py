"""The metadata of tables of text, by CSV on the Web (W3C: Metadata Vocabulary for Tabular Data)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lod.namespaces import expand
from lod.tables.columns import Column, Table

_DATATYPES = {
    "string": "string",
    "integer": "integer",
    "number": "decimal",
    "date": "date",
    "boolean": "boolean",
    "list": "string",
}


def metadata(
    tables: Sequence[Table],
    form: str,
    delimiter: str,
    separator: str,
    base: str | None,
    about: Mapping[str, Any],
) -> dict[str, Any]:
    """The metadata of a group of tables, to be found as `csv-metadata.json` beside them.

    Args:
        tables: the tables, with all their columns.
        form: extension of their files.
        delimiter: what stands between cells.
        separator: what stands between the texts of a list.
        base: IRI before what rows are about; None where the rows of several publications stand
            together, and then rows have no IRIs but those in their cells.
        about: what is said of the group: CURIE to JSON value; "lang" is the language of the texts.

    Returns:
        JSON data; nothing in it has to be fetched but the context of the W3C, which readers know.
    """
    return {
        "@context": "http://www.w3.org/ns/csvw",
        **{key: value for key, value in about.items() if key != "lang"},
        "dialect": {"delimiter": delimiter, "header": True, "encoding": "utf-8"},
        "tables": [_table(table, form, separator, base, about.get("lang")) for table in tables],
    }


def _table(
    table: Table, form: str, separator: str, base: str | None, language: str | None
) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "columns": [_column(column, separator, base, language) for column in table.columns],
        "primaryKey": list(table.key),
    }
    if table.about and base is not None:
        schema["aboutUrl"] = _template(table.about, base)
    return {
        "url": f"{table.name}.{form}",
        "dc:description": table.doc,
        "tableSchema": schema,
    }


def _column(
    column: Column, separator: str, base: str | None, language: str | None
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "name": column.name.replace(":", "_"),
        "titles": column.name,
        "dc:description": column.doc,
        "datatype": _DATATYPES[column.type],
    }
    if column.type == "list":
        data["separator"] = separator
    if base is None:
        return data
    if column.term:
        data["propertyUrl"] = _template(column.term, base)
    if column.value:
        data["valueUrl"] = _template(column.value, base)
    if column.about:
        data["aboutUrl"] = _template(column.about, base)
    if column.language:
        data["lang"] = column.language
    elif column.words and language is not None:
        data["lang"] = language
    return data


def _template(text: str, base: str) -> str:
    """A template in full: a CURIE, what begins with a gap, or what stands under the base."""
    return expand(text) or (text if text.startswith(("{", "http")) else base + text)
