"""The statements of publications as rows: what mapping tools begin with.

Subjects with the same types make a table. A property that every subject of a table has at most
once, with objects of one kind, is a column; any other is a table of its own with two columns.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.terms import RDF_TYPE, index, iri_of, split_literal, unescape

#: The kinds of objects that are no datatype.
IRI, STRING, ENGLISH = "iri", "string", "en"
_NAMESPACES = sorted(PREFIXES.items(), key=lambda one: -len(one[1]))


@dataclass(slots=True)
class Table:
    """Subjects with the same types.

    Attributes:
        name: a name that can be that of a class or a file.
        types: IRIs of the types.
        columns: name of each column to its property and kind: "iri", "string", "en" for English
            text, or the IRI of a datatype.
        links: name to property, of those that a subject can have several times.
        rows: a row for each subject: its IRI as "id", and what it has of the columns.
        link_rows: for each link pairs of subject and object.
    """

    name: str
    types: tuple[str, ...]
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    link_rows: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))


def make_tables(datasets: Sequence[Dataset]) -> list[Table]:
    """The default graphs of datasets as tables."""
    nodes = [one for dataset in datasets for one in index(dataset.default).items()]
    groups: dict[tuple[str, ...], list[tuple[str, dict[str, list[str]]]]] = defaultdict(list)
    for subject, node in nodes:
        types = tuple(map(iri_of, node[RDF_TYPE]))
        groups[types].append((subject, node))
    return [_table(types, members) for types, members in groups.items()]


def _table(types: tuple[str, ...], members: list[tuple[str, dict[str, list[str]]]]) -> Table:
    table = Table("".join(_name(one, "").title().replace("_", "") for one in types), types)
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    several = set()
    for _, node in members:
        for predicate, objects in node.items():
            kinds[predicate].update(_read(one)[0] for one in objects)
            if len(objects) > 1:
                several.add(predicate)
    del kinds[RDF_TYPE]
    for predicate, found in kinds.items():
        iri = iri_of(predicate)
        if predicate in several:
            assert set(found) == {IRI}, (predicate, found)
            table.links[_name(iri)] = iri
        else:
            for kind in found:
                name = _name(iri) + (f"_{_name(kind)}" if len(found) > 1 else "")
                table.columns[name] = iri, kind
    by_content = {content: name for name, content in table.columns.items()}
    for subject, node in members:
        row = {"id": iri_of(subject)}
        for predicate, objects in node.items():
            if predicate == RDF_TYPE:
                continue
            iri = iri_of(predicate)
            for one in objects:
                kind, value = _read(one)
                if predicate in several:
                    table.link_rows[_name(iri)].append((row["id"], value))
                else:
                    row[by_content[iri, kind]] = value
        table.rows.append(row)
    return table


def _read(token: str) -> tuple[str, str]:
    """Kind and value of an object."""
    if token.startswith("<"):
        return IRI, iri_of(token)
    lexical, language, datatype = split_literal(token)
    assert language in ("", "en"), language
    return language or datatype or STRING, unescape(lexical)


def _name(iri: str, between: str = "_") -> str:
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace):
            return f"{prefix}{between}{iri.removeprefix(namespace)}"
    return iri


def write_tables(tables: Sequence[Table], folder: Path) -> None:
    """Write `tables.json`, and the rows as CSV and as one JSON object a publication.

    The JSON objects, in `rows.jsonl`, have a list of objects for each table; links are lists.
    """
    folder.mkdir(parents=True, exist_ok=True)
    about = [
        {"name": t.name, "types": t.types, "columns": t.columns, "links": t.links} for t in tables
    ]
    (folder / "tables.json").write_text(json.dumps(about, indent=1), "utf-8")
    publications: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for table in tables:
        _write_csv(
            folder / f"{table.name}.csv",
            ["id", *table.columns],
            [[row.get(name, "") for name in ("id", *table.columns)] for row in table.rows],
        )
        links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, pairs in table.link_rows.items():
            _write_csv(folder / f"{table.name}-{name}.csv", ["id", "target"], pairs)
            for subject, value in pairs:
                links[subject][name].append(value)
        for row in table.rows:
            # The sixth part of an IRI of the generator is the number of the publication.
            number = row["id"].split("/")[4] if row["id"].count("/") > 4 else ""
            publications[number][table.name].append({**row, **links[row["id"]]})
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as out:
        for publication in publications.values():
            out.write(json.dumps(publication, ensure_ascii=False) + "\n")


def _write_csv(file: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
