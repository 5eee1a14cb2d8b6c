"""Makes a publication of tables: the way back from `lod export`, or from a table of one's own."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from lod.diagnostics import Finding, FindingList, Location
from lod.errors import InputError, VocabularyError
from lod.facts.schema import DOCUMENT
from lod.model.value import Kind
from lod.namespaces import shrink
from lod.publication import Publication, loads
from lod.sources.outside import read_json, read_text
from lod.sources.source import MAX_BYTES
from lod.tables.columns import QUOTE, WITH, Column, tables
from lod.tables.rows import CLAIM
from lod.tables.write import SEPARATOR
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.vocabulary.terms import Property
    from lod.vocabulary.vocabulary import Vocabulary

#: The columns that a table of claims must have.
NEEDED = ("quote", "subject", "property", "value")
#: How rows that came from no file are called in findings.
ROWS = "<rows>"
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")
_NOT_SLUG = re.compile(r"[\W_]+")
_LISTS = {column.name for table in tables() for column in table.columns if column.type == "list"}
# Columns of claims to the key that they fill; those that are not here say what others say too.
_KEYS = {
    "quote": "quote",
    "prefix": "quote",
    "suffix": "quote",
    "occurrence": "quote",
    "subject": "subject",
    "property": "property",
    "value": "value",
    "value_kind": "value",
    "value_language": "value",
    "text": "value",
    "share": "share",
    "change": "change",
    "compared_value": "comparedWith",
    "compared_period": "comparedWith",
    "compared_edtf": "comparedWith",
    "edtf": "during",
    "period": "during",
    "speaker": "by",
    "speakers": "by",
    "said_on": "saidOn",
    "stale_after": "staleAfter",
    "modality": "modality",
    "polarity": "polarity",
    "denies": "denies",
    "replaces": "replaces",
    "means": "means",
    "allow": "allow",
    "statement": "id",
    "claim": "id",
}
#: Other columns of claims that are read: the classes of entities that are made, an order.
_ALSO = ("subject_type", "value_type", "qualifiers")
# The same of entities; wikidata has several columns.
_ENTITY_KEYS = {
    "type": "type",
    "label": "label",
    "article": "article",
    "in_sentence": "inSentence",
    "number": "number",
    "pronoun": "pronoun",
    "also": "also",
    "description": "description",
    "members": "members",
    "about": "about",
    "part_of": "partOf",
    "same_as": "sameAs",
    "item": "wikidata",
    "match": "wikidata",
    "no_item": "wikidata",
    "labels": "label",
    "allow": "allow",
    "entity": "",
}
#: Columns whose cells are one of a few words: another word would be lost, or say too much.
_WORDS = {
    ("claims", "value_kind"): tuple(kind.word for kind in Kind),
    ("entities", "match"): ("same", "close"),
}
_OF = "publication"  # the column that the tables of a corpus have before the others
_NEAR = 0.8  # from here on the name of a column is taken for a misspelt one
#: The class of an entity of which nothing more is known.
THING = "Thing"
#: A row: the cells that are filled; the text of a list is still whole.
_Row = dict[str, Any]


class Sheet(Struct):
    """A table that was read.

    Attributes:
        name: how it is called in findings.
        columns: the names of its columns, in their order.
        rows: the number of each row (the header of a file is row 1) and its filled cells.
    """

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[tuple[int, _Row]] = field(default_factory=list)


def read_sheet(file: Path) -> Sheet:
    """Read a table from a file: CSV, or with tabs by the name .tsv.

    Args:
        file: UTF-8, with or without a byte order mark; the first row names the columns, of which
            any number may be without a name, as spreadsheets leave them.

    Raises:
        InputError: it cannot be read, has no rows, or two columns of one name.
    """
    delimiter = "\t" if file.suffix.lower() == ".tsv" else ","
    sheet = Sheet(str(file))
    number = 0
    usual = csv.field_size_limit(MAX_BYTES)  # a quote may be as long as a text
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for cells in csv.reader(stream, delimiter=delimiter, strict=True):
                number += 1
                if number == 1:
                    sheet.columns = [cell.strip() for cell in cells]
                    continue
                if any(cells[len(sheet.columns) :]):
                    raise InputError(
                        f"{file}:{number}:{len(sheet.columns) + 1}: row {number} has more cells "
                        f"than there are columns",
                        hint="a text with a comma in it stands in quotation marks",
                    )
                row = {
                    name: cell[1:] if _ESCAPED.match(cell) else cell
                    for name, cell in zip(sheet.columns, cells, strict=False)
                    if cell
                }
                if row:
                    sheet.rows.append((number, row))
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        try:
            read_text(file)  # which says where
        except InputError as error:
            hint = "save the table as CSV in UTF-8, or with tabs as .tsv"
            raise InputError(error.message, hint=hint) from None
        raise
    except csv.Error as error:
        raise InputError(
            f"{file}:{number + 1}:1: row {number + 1} is no row of a table: {error}",
            hint="columns are divided by commas, in a .tsv by tabs; a text with a comma or a "
            'quotation mark in it stands in "…", and each quotation mark of it is doubled',
        ) from None
    finally:
        csv.field_size_limit(usual)
    for column, name in enumerate(sheet.columns):
        if name and name in sheet.columns[:column]:
            raise InputError(f'{file}:1:{column + 1}: two columns are called "{name}"')
    return sheet


def read_rows(rows: Any, table: str, name: str = ROWS) -> Sheet:
    """Take a table from Python: mappings, or a table of pandas, Polars or Arrow.

    Args:
        rows: the rows; numbers and dates count as they are written by `str`.
        table: the name of the table that it is, such as "claims".
        name: how it is called in findings, where rows count from 1.

    Raises:
        InputError: it is no table, or a cell is a list where the column holds one thing.
    """
    for method, argument in (("to_dicts", None), ("to_pylist", None), ("to_dict", "records")):
        make = getattr(rows, method, None)
        if make is not None and not isinstance(rows, Mapping):
            rows = make() if argument is None else make(argument)
            break
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise InputError(
            f"{name}: is no table, but {type(rows).__name__}",
            hint="give a list of mappings, or a table of pandas, Polars or Arrow",
        )
    sheet = Sheet(name)
    lists = {one.name for one in _columns(table) if one.type == "list"}
    columns: dict[str, None] = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise InputError(f"{name}: row {number} is no mapping of columns to cells")
        cells = {str(key): cell for key, value in row.items() if (cell := _plain(value))}
        columns.update(dict.fromkeys(map(str, row)))
        for key, cell in cells.items():
            if isinstance(cell, list) and key not in lists and not key.startswith(WITH):
                raise InputError(
                    f'{name}:{number}:{list(columns).index(key) + 1}: "{key}" holds one thing, and'
                    " the cell is a list",
                    hint="give a row for each",
                )
        if cells:
            sheet.rows.append((number, cells))
    sheet.columns = list(columns)
    return sheet


def _plain(value: Any) -> Any:
    """A cell of Python as text, or a list of texts; "" where there is nothing."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is what differs from itself
        return ""
    if isinstance(value, list | tuple) or type(value).__name__ == "ndarray":
        return [str(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if type(value).__name__ == "Decimal" else str(value)


def publication_of(
    claims: Sheet,
    *,
    entities: Sheet | None = None,
    anchors: Sheet | None = None,
    heads: Mapping[str, Any],
    folder: Path | None = None,
) -> tuple[Publication, dict[str, Any]]:
    """Make a publication of tables.

    Args:
        claims: the table of claims.
        entities: that of entities; those that it lacks are made from what stands in the claims.
        anchors: that of anchors, where a statement rests on several quotes.
        heads: the parts `publication` and `document` of a facts file, and `no_fact`.
        folder: where the text is that `document` names.

    Returns:
        The publication, whose findings name rows and columns of the tables (row, then number of
        the column); and the facts that it was made of, to be saved.

    Raises:
        InputError: a column that is needed is missing or has nearly the name of one, there are no
            rows, or rows of one statement differ in more than subject and value.
    """
    for name in NEEDED:
        if name not in claims.columns:
            raise InputError(
                f'{claims.name}:1:1: there is no column "{name}"',
                hint=f"a table of claims has at least {', '.join(NEEDED)}; "
                f"this one has {', '.join(map(repr, claims.columns)) or 'none'}",
            )
    for sheet, name in ((claims, "claims"), (entities, "entities"), (anchors, "anchors")):
        if sheet is not None:
            _no_misspelt(sheet, name)
            _known_words(sheet, name)
    if not claims.rows:
        raise InputError(f"{claims.name}:2:1: the table has columns and no rows")
    if len({row.get(_OF) for _, row in claims.rows}) > 1:
        raise InputError(
            f"{claims.name}:1:{claims.columns.index(_OF) + 1}: the table has several publications",
            hint=f"keep the rows of one, by the column {_OF}, here and in the tables beside it",
        )
    document = heads.get("document", {})
    maker = _Maker(
        claims,
        _entities(entities),
        _quotes(anchors),
        _vocabulary(heads, folder),
        document,
    )
    places: list[tuple[int, _Row]] = []
    made = []
    for id_, rows in _grouped(claims):
        _agree(claims, id_, rows)
        places.append(rows[0])
        made.append(maker.statement(id_, rows))
    for one in (document, *_versions(document).values()):
        for key in ("author", "translator"):
            named = one.get(key, [])
            for slug in named if isinstance(named, list | tuple) else [named]:
                if isinstance(slug, str):  # else it is a finding
                    maker.name(slug)
    data = {**heads, "entities": maker.entities, "claims": made}
    publication = loads(data, folder=folder)
    where = {_slug(row): number for number, row in entities.rows} if entities is not None else {}
    own = publication._loaded.file
    findings = [
        # What is about another file, as the text, has its place there.
        one
        if one.location is not None and one.location.file != own
        else replace(one, location=_located(one, claims, places, entities, where, maker.made))
        for one in publication.findings
    ]
    return _with_findings(publication, findings, claims.name), data


def _vocabulary(heads: Mapping[str, Any], folder: Path | None) -> Vocabulary:
    """The vocabulary of the publication; ours where its own cannot be read, which is a finding."""
    name = heads.get("publication", {}).get("vocabulary")
    if name is None or folder is None:
        return load_vocabulary()
    try:
        return load_vocabulary((folder / str(name)).read_text("utf-8"))
    except (OSError, ValueError, VocabularyError):
        return load_vocabulary()


def _with_findings(publication: Publication, findings: list[Finding], name: str) -> Publication:
    loaded = replace(publication._loaded, file=name, findings=FindingList(findings))
    return Publication(publication.path, loaded, publication.folder)


def from_rows(
    claims: Any,
    *,
    entities: Any = None,
    document: Mapping[str, Any],
    publication: Mapping[str, Any],
    folder: str | os.PathLike[str] | None = None,
) -> Publication:
    """Make a publication of rows, with the columns of `lod export`.

    Args:
        claims: the claims: a list of mappings, or a table of pandas, Polars or Arrow. Only the
            columns quote, subject, property and value are needed.
        entities: the entities, likewise; those that it lacks are made from what the claims name.
        document: what a facts file says under `document`; its text as `content`, or its file's
            name as `text`.
        publication: what a facts file says under `publication`.
        folder: where the files are that these name; none where None.

    Returns:
        The publication. What is wrong with it is in its findings, which name the row, from 1, and
        the number of the column.

    Raises:
        InputError: a column that is needed is missing or has nearly the name of one, there are no
            rows, rows of one statement differ in more than subject and value, or it is no table.

    >>> row = {"quote": "The bridge stands in Ayr", "subject": "The bridge", "value": "Ayr"}
    >>> rows = [{**row, "property": "locatedIn"}]
    >>> document = {"content": "The bridge stands in Ayr.", "language": "en"}
    >>> publication = from_rows(rows, document=document, publication={})
    >>> sorted(finding.code for finding in publication.findings if finding.path[:1] == ("claims",))
    []
    """
    made, _ = publication_of(
        read_rows(claims, "claims"),
        entities=None if entities is None else read_rows(entities, "entities"),
        heads={"publication": dict(publication), "document": dict(document)},
        folder=None if folder is None else Path(folder),
    )
    return made


def _located(
    finding: Finding,
    claims: Sheet,
    places: list[tuple[int, _Row]],
    entities: Sheet | None,
    where: Mapping[str, int],
    made: Mapping[str, tuple[int, str]],
) -> Location:
    """The row and column of a finding, where it is about a claim or an entity of the tables."""
    match finding.path:
        case ("claims", int(index), *rest):
            number, row = places[index]
            key = str(rest[0]) if rest else "id"
            wanted = WITH + str(rest[1]) if key == "with" and len(rest) > 1 else ""
            last = str(rest[-1]) if rest else ""
            names = [one for one in claims.columns if one == wanted or _KEYS.get(one) == key]
            names = [one for one in names if one == last] or names
            filled = [one for one in names if one in row] or names or claims.columns[:1]
            return Location(claims.name, number, claims.columns.index(filled[0]) + 1)
        case ("entities", str(slug), *rest) if entities is not None and slug in where:
            key = str(rest[0]) if rest else ""
            names = [one for one in entities.columns if _ENTITY_KEYS.get(one) == key]
            column = entities.columns.index(names[0]) if names else 0
            return Location(entities.name, where[slug], column + 1)
        case ("entities", str(slug), *rest) if slug in made:
            number, side = made[slug]
            name = f"{side}_type" if "type" in rest and f"{side}_type" in claims.columns else side
            column = claims.columns.index(name) if name in claims.columns else 0
            return Location(claims.name, number, column + 1)
    return Location(claims.name, 1, 1)


def _grouped(claims: Sheet) -> Iterator[tuple[str, list[tuple[int, _Row]]]]:
    """The rows of each statement, with its id."""
    groups: dict[str, list[tuple[int, _Row]]] = {}
    for number, row in claims.rows:
        id_ = row.get("statement") or str(row.get("claim", "")).partition("/")[0]
        if not id_:
            name = slug_of(f"{row.get('subject', '')} {row.get('property', '')}")
            id_, count = name, 1
            while id_ in groups:
                count += 1
                id_ = f"{name}-{count}"
        groups.setdefault(id_, []).append((number, row))
    yield from groups.items()


def unread(sheet: Sheet, table: str, versions: Iterable[str] = ()) -> list[str]:
    """The columns of a sheet that are not read, in their order.

    Nothing is known of them, or they say what others say: a number is read from `value`.

    Args:
        sheet: the sheet.
        table: the name of the table that it is, such as "claims".
        versions: the names of the further versions of the text.
    """
    known: dict[str, set[str]] = {
        "claims": {*_KEYS, *_ALSO, _OF},
        "entities": {*_ENTITY_KEYS},
        "anchors": {"statement", "quote", "exact", "prefix", "suffix", "version"},
    }
    read = known[table] | {QUOTE + name for name in versions}
    if not any("" in row for _, row in sheet.rows):
        read.add("")  # columns without a name in which nothing stands
    return [one for one in sheet.columns if one not in read and not one.startswith(WITH)]


def _known_words(sheet: Sheet, table: str) -> None:
    """Refuse a word where only a few have a meaning."""
    for (of, column), words in _WORDS.items():
        for number, row in sheet.rows if of == table else ():
            if column in row and row[column] not in words:
                raise InputError(
                    f'{sheet.name}:{number}:{sheet.columns.index(column) + 1}: "{column}" is '
                    f"{row[column]!r}",
                    hint=f"it is one of {', '.join(words)}, or empty",
                )


def _names(table: str) -> list[str]:
    """The names of a table's columns."""
    return [column.name for column in _columns(table)]


def _columns(table: str) -> Iterator[Column]:
    return (column for one in tables() if one.name == table for column in one.columns)


def _no_misspelt(sheet: Sheet, table: str) -> None:
    """Refuse a column that has nearly the name of one: what it says would be lost."""
    from difflib import get_close_matches  # only a mistake needs it

    known = _names(table)
    for name in unread(sheet, table):
        if name in known:
            continue
        near = get_close_matches(name.casefold(), known, 1, _NEAR)
        if near and near[0] not in sheet.columns:
            raise InputError(
                f"{sheet.name}:1:{sheet.columns.index(name) + 1}: no table of {table} has a column "
                f'"{name}"',
                hint=f'did you mean "{near[0]}"? Else give it a name that is less like it',
            )


def _agree(claims: Sheet, id_: str, rows: list[tuple[int, _Row]]) -> None:
    """Refuse rows of a statement that are not one: what they say otherwise would be lost."""
    first, said = rows[0]
    hint = 'give each its own "statement", or its own "claim" where there is no such column'
    for number, row in rows[1:]:
        for column, name in enumerate(claims.columns, 1):
            shared = name.startswith((WITH, QUOTE)) or _KEYS.get(name, "id") not in {
                "subject",
                "value",
                "id",
            }
            if shared and row.get(name) != said.get(name):
                raise InputError(
                    f'{claims.name}:{number}:{column}: "{name}" differs from row {first}, which '
                    f'is of the same statement, "{id_}"',
                    hint=hint,
                )
    subjects, values = (
        {tuple(str(row.get(name)) for name in names) for _, row in rows}
        for names in (("subject",), ("value", "value_kind", "value_language"))
    )
    if len(rows) != len(subjects) * len(values):
        raise InputError(
            f'{claims.name}:{first}:1: the {len(rows)} rows of the statement "{id_}" are not each '
            "of its subjects with each of its values, once",
            hint=hint,
        )


def slug_of(words: str) -> str:
    """A name for an IRI, made from words.

    >>> slug_of("Bank of Ireland"), slug_of("Қазақстан"), slug_of("¡!")
    ('bank-of-ireland', 'қазақстан', 'thing')
    """
    return _NOT_SLUG.sub("-", words.lower()).strip("-") or "thing"


def _texts(cell: Any) -> list[str]:
    """The texts of a list."""
    if isinstance(cell, list):
        return cell
    return [text.strip() for text in str(cell).split(SEPARATOR.strip())]


def _entities(sheet: Sheet | None) -> dict[str, dict[str, Any]]:
    """The entities of a table, as a facts file has them."""
    made: dict[str, dict[str, Any]] = {}
    if sheet is None:
        return made
    for number, row in sheet.rows:
        slug = _slug(row)
        if slug in made:
            raise InputError(
                f'{sheet.name}:{number}:1: the entity "{slug}" has a row already',
                hint='keep one of the two, or give them names in the column "entity"',
            )
        entity: dict[str, Any] = {"type": THING, "label": ""}
        for column, key in _ENTITY_KEYS.items():
            if column in row and key not in ("", "wikidata"):
                cell = row[column]
                entity[key] = _texts(cell) if column in _LISTS else cell
        for column, key in (("labels", "label"), ("in_sentence", "inSentence")):
            if column in row:
                pairs = (text.partition("=") for text in _texts(row[column]))
                entity[key] = {language: words for language, _, words in pairs}
        if "allow" in row:
            entity["allow"] = _from_json(row["allow"])
        if "item" in row:
            is_close = row.get("match") == "close"
            entity["wikidata"] = {"close": row["item"]} if is_close else row["item"]
        elif "no_item" in row:
            entity["wikidata"] = {"none": row["no_item"]}
        made[slug] = entity
    return made


def _slug(row: _Row) -> str:
    return str(row.get("entity") or slug_of(str(row.get("label", ""))))


def _quotes(sheet: Sheet | None) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Id of each statement to its quotes in each version, with what is needed to find them."""
    parts: dict[tuple[str, str, str], list[_Row]] = {}
    for _, row in sheet.rows if sheet is not None else ():
        key = str(row.get("statement")), str(row.get("version", "")), str(row.get("quote"))
        parts.setdefault(key, []).append(row)
    quotes: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for (id_, version, _), rows in parts.items():
        quotes.setdefault(id_, {}).setdefault(version, []).append(_quote(rows))
    return quotes


def _quote(parts: list[_Row]) -> dict[str, Any]:
    """A quote of one part, or of several with words left out between them."""
    exact = " […] ".join(str(part.get("exact", "")) for part in parts)
    first, last = parts[0], parts[-1]
    quote: dict[str, Any] = {"exact": exact}
    if "prefix" in first:
        quote["prefix"] = first["prefix"]
    if "suffix" in last:
        quote["suffix"] = last["suffix"]
    return quote


def _versions(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The further versions that a document names; what is no mapping is a finding elsewhere."""
    versions = document.get("versions")
    if not isinstance(versions, dict):
        return {}
    return {name: one for name, one in versions.items() if isinstance(one, dict)}


class _Maker:
    """Makes statements of rows, and the entities that they name."""

    def __init__(
        self,
        claims: Sheet,
        entities: dict[str, dict[str, Any]],
        quotes: dict[str, dict[str, list[dict[str, Any]]]],
        vocabulary: Vocabulary,
        document: Mapping[str, Any],
    ) -> None:
        self.entities = entities
        #: Slugs of the entities that were made, to the row and the side that names each first.
        self.made: dict[str, tuple[int, str]] = {}
        self._claims = claims
        self._number = 1
        self._quotes = quotes
        self._key = str(document.get("language", "en")).lower()
        self._versions = _versions(document)
        self._vocabulary = vocabulary
        self._slugs: dict[str, list[str]] = {}
        for slug, entity in entities.items():
            label = entity["label"]
            for one in set(label.values()) if isinstance(label, dict) else {label}:
                self._slugs.setdefault(str(one), []).append(slug)

    def name(
        self,
        words: str,
        allowed: frozenset[str] = frozenset(),
        given: Any = None,
        side: str = "speaker",
    ) -> str:
        """The slug of an entity, by slug or label; a new one is made where there is none.

        Args:
            words: slug or label.
            allowed: IRIs of the classes that it may have; where there is one, it has that.
            given: the class that the row names, or None.
            side: the column that names it.

        Raises:
            InputError: several entities have the label.
        """
        if words in self.entities or words == DOCUMENT:
            return words
        slugs = self._slugs.setdefault(words, [])
        if len(slugs) > 1:
            column = self._claims.columns.index(side) if side in self._claims.columns else 0
            raise InputError(
                f"{self._claims.name}:{self._number}:{column + 1}: several entities are called "
                f'"{words}"',
                hint=f"write which one: {', '.join(slugs)}",
            )
        if not slugs:
            name = slug = slug_of(words)
            count = 1
            while slug in self.entities:  # under another label
                count += 1
                slug = f"{name}-{count}"
            slugs.append(slug)
            only = next(iter(allowed)) if len(allowed) == 1 else None
            type_ = given or (THING if only is None else shrink(only))
            self.entities[slug] = {"type": type_, "label": words}
            self.made[slug] = self._number, side
        return slugs[0]

    def statement(self, id_: str, rows: list[tuple[int, _Row]]) -> dict[str, Any]:
        """The entry of a facts file that the rows of a statement make."""
        row = rows[0][1]
        word = str(row.get("property", ""))
        property_ = self._vocabulary.find_property(word)
        statement: dict[str, Any] = {"id": id_}
        by_version = {"": self._noted(id_, "", _own_quotes(row))}
        for name in self._versions:
            if QUOTE + name in row:
                by_version[name] = self._noted(id_, name, _texts(row[QUOTE + name]))
        found = {name: _one_of(quotes) for name, quotes in by_version.items() if quotes}
        if found.keys() == {""}:
            statement["quote"] = found[""]
        elif found:
            statement["quote"] = {name or self._key: quotes for name, quotes in found.items()}
        domain = frozenset() if property_ is None else property_.domain
        subjects, values = [], []
        for self._number, one in rows:
            if "subject" in one:
                word_, type_ = one["subject"], one.get("subject_type")
                subjects.append(_claim(word_) or self.name(word_, domain, type_, "subject"))
            if "value" in one:
                values.append(self._value(one, property_))
        if subjects:
            statement["subject"] = _once(subjects)
        if word:
            statement["property"] = word
        if values:
            statement["value"] = _once(values)
        for column in ("share", "change", "modality", "polarity"):
            if column in row:
                statement[column] = row[column]
        for column in ("said_on", "stale_after"):
            if column in row:
                statement[_KEYS[column]] = row[column]
        statement |= _times(row)
        speakers = row.get("speakers") or row.get("speaker")
        if speakers:
            statement["by"] = [self.name(one) for one in _texts(speakers)]
        for column in ("denies", "replaces"):
            if column in row:
                statement[column] = _texts(row[column])
        for column in ("means", "allow"):
            if column in row:
                statement[column] = _from_json(row[column])
        order = _texts(row.get("qualifiers", ""))
        names = [name.removeprefix(WITH) for name in row if name.startswith(WITH)]
        qualifiers = {
            name: _once([self._qualifier(name, text) for text in _texts(row[WITH + name])])
            for name in sorted(names, key=lambda one: order.index(one) if one in order else 0)
        }
        return {**statement, "with": qualifiers} if qualifiers else statement

    def _noted(self, id_: str, version: str, quotes: list[Any]) -> list[Any]:
        """The quotes of a row, as the table of anchors has them where it says more."""
        noted = self._quotes.get(id_, {}).get(version, [])
        # Where the quotes were changed since, those of the anchors are of another day.
        if [one["exact"] for one in noted] != list(map(_exact, quotes)):
            return quotes
        # What tells the first quote of the text from others stands in the row itself.
        return noted if len(quotes) > 1 or version else quotes

    def _value(self, row: _Row, property_: Property | None) -> Any:
        word, kind = str(row["value"]), row.get("value_kind")
        if kind is None:
            kind = self._kind(word, property_)
        match kind:
            case "entity" | "document":
                classes = frozenset() if property_ is None else property_.range
                return self.name(word, classes, row.get("value_type"), "value")
            case "claim":
                return _claim(word) or {"claim": word}
            case "text":
                language = row.get("value_language")
                return {"text": word, **({"language": language} if language else {})}
            case "quantity":
                words = row.get("text")
                return {"quantity": word, **({"words": words} if words else {})}
            case "period":
                words = row.get("text")
                return {"edtf": word, "words": words} if words else {"date": word}
            case "unknown" | "iri":
                return {kind: word}
        return word

    def _kind(self, word: str, property_: Property | None) -> str | None:
        """What kind a value is of which nothing is said: what its property takes."""
        kinds = set() if property_ is None else {str(kind) for kind in property_.kinds}
        if word in self.entities or word in self._slugs or ("entity" in kinds and len(kinds) == 1):
            return "entity"
        if word.startswith(CLAIM):
            return "claim"
        if kinds == {"text"}:
            return "text"
        return None if kinds & {"quantity", "period"} else "entity"

    def _qualifier(self, name: str, word: str) -> Any:
        qualifier = self._vocabulary.find_qualifier(name)
        if (claim := _claim(word)) is not None:
            return claim
        kinds = set() if qualifier is None else {str(kind) for kind in qualifier.kinds}
        if "entity" in kinds and (word in self.entities or word in self._slugs):
            return self.name(word)
        return {"text": word} if kinds > {"text"} else word


def _from_json(cell: Any) -> Any:
    """JSON data; the text itself, which the checks then refuse, where it is none."""
    try:
        return json.loads(cell)
    except (TypeError, ValueError):
        return cell


def _own_quotes(row: _Row) -> list[Any]:
    """The quotes of a row; what tells places apart belongs to the first."""
    cell = row.get("quote", [])
    quotes: list[Any] = cell if isinstance(cell, list) else str(cell).split(SEPARATOR)
    around = {key: row[key] for key in ("prefix", "suffix", "occurrence") if key in row}
    # The words around it say which place is meant; the number of the place counts otherwise then.
    if "prefix" in around or "suffix" in around:
        around.pop("occurrence", None)
    if quotes and around:
        return [{"exact": quotes[0], **around}, *quotes[1:]]
    return quotes


def _one_of(quotes: list[Any]) -> Any:
    return quotes[0] if len(quotes) == 1 else quotes


def _exact(quote: Any) -> str:
    return str(quote["exact"] if isinstance(quote, dict) else quote)


def _times(row: _Row) -> dict[str, Any]:
    """`during` and `comparedWith` of a row."""
    times: dict[str, Any] = {}
    during = {
        key: row[name] for name, key in (("period", "words"), ("edtf", "edtf")) if name in row
    }
    if during:
        times["during"] = during
    columns = (("value", "value"), ("period", "words"), ("edtf", "edtf"))
    compared = {key: row[f"compared_{n}"] for n, key in columns if f"compared_{n}" in row}
    if compared:
        times["comparedWith"] = compared
    return times


def _claim(word: str) -> dict[str, str] | None:
    """`{claim: …}` of `claim/ID` or `claim/ID/NUMBER`; None for other words."""
    if not word.startswith(CLAIM):
        return None
    return {"claim": word.removeprefix(CLAIM).partition("/")[0]}


def _once(values: list[Any]) -> Any:
    """Each value once, in their order; one alone without a list."""
    distinct = [value for index, value in enumerate(values) if value not in values[:index]]
    return distinct[0] if len(distinct) == 1 else distinct


def read_heads(file: Path) -> dict[str, Any]:
    """What `lod export` noted of the publication beside its tables; {} where it did not.

    Args:
        file: the table of claims.

    Raises:
        InputError: it cannot be read.
    """
    noted = file.with_name("tables.json")
    if not noted.is_file():
        return {}
    data = read_json(noted)
    facts = data.get("facts", {}) if isinstance(data, dict) else None
    if not isinstance(facts, dict) or not _are_heads(facts):
        raise InputError(f"{noted}: is not what lod export writes", hint="leave it out")
    return facts


def _are_heads(facts: Mapping[str, Any]) -> bool:
    """Whether the heads are of the types that are relied on before they are read as facts."""
    publication, document = (facts.get(key, {}) for key in ("publication", "document"))
    if not isinstance(publication, dict) or not isinstance(document, dict):
        return False
    versions = document.get("versions", {})
    if not isinstance(versions, dict):
        return False
    texts = [publication.get(key, "") for key in ("vocabulary", "shapes")]
    for one in (document, *versions.values()):
        if not isinstance(one, dict):
            return False
        texts += [one.get(key, "") for key in ("text", "language")]
    return all(isinstance(text, str) for text in texts)
