"""Rows to triples, and the check of rows, with LinkML. `with_linkml.py FOLDER`.

The schema is made from the tables; objects are those of the Pydantic classes that LinkML makes.
"""

import json
import logging
import sys
from pathlib import Path

from linkml.generators.pydanticgen import PydanticGenerator
from linkml.validator import Validator
from linkml.validator.plugins import JsonschemaValidationPlugin
from linkml_runtime.dumpers.rdflib_dumper import RDFLibDumper
from linkml_runtime.utils.schemaview import SchemaView
from rdflib import Graph
from serve import serve

logging.disable(logging.ERROR)
_RANGES = {
    "iri": "uriorcurie",
    "string": "string",
    "en": "string",  # the dumper writes no language tags
    "http://www.w3.org/2001/XMLSchema#integer": "integer",
    "http://www.w3.org/2001/XMLSchema#date": "date",
}
_ALSO = "also"


def make_schema(tables: list[dict], required: dict[str, list[str]]) -> str:
    """The LinkML schema of the tables, as JSON, which is YAML too.

    Args:
        tables: what `tables.json` has.
        required: names of the columns that every row has, by table.
    """
    classes = {}
    for table in tables:
        slots = {"id": {"identifier": True, "range": "uriorcurie", "required": True}}
        for name, (predicate, kind) in table["columns"].items():
            slots[name] = {"slot_uri": predicate, "range": _RANGES[kind]}
            if name in required[table["name"]]:
                slots[name]["required"] = True
        for name, predicate in (*table["links"].items(), (_ALSO, "rdf:type")):
            slots[name] = {"slot_uri": predicate, "range": "uriorcurie", "multivalued": True}
        classes[table["name"]] = {"class_uri": table["types"][0], "attributes": slots}
    classes["Publication"] = {
        "tree_root": True,
        "attributes": {
            table["name"]: {
                "range": table["name"],
                "multivalued": True,
                "inlined": True,
                "inlined_as_list": True,
            }
            for table in tables
        },
    }
    schema = {
        "id": "urn:x-rows",
        "name": "rows",
        "prefixes": {
            "linkml": "https://w3id.org/linkml/",
            "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        },
        "imports": ["linkml:types"],
        "default_range": "string",
        "classes": classes,
    }
    return json.dumps(schema)


def _objects(lines: list[str], tables: list[dict]) -> list[dict]:
    """Publications with the types beyond the first, and with numbers as numbers."""
    others = {table["name"]: table["types"][1:] for table in tables}
    numbers = {
        table["name"]: [
            name for name, (_, kind) in table["columns"].items() if kind.endswith("#integer")
        ]
        for table in tables
    }
    publications = [json.loads(line) for line in lines]
    for publication in publications:
        for name, rows in publication.items():
            for row in rows:
                if others[name]:
                    row[_ALSO] = others[name]
                for column in numbers[name]:
                    if column in row:
                        row[column] = int(row[column])
    return publications


def main() -> None:
    """Make the schema and its classes, and wait for jobs."""
    folder = Path(sys.argv[1])
    tables = json.loads((folder / "tables.json").read_text("utf-8"))
    lines = (folder / "rows.jsonl").read_text("utf-8").splitlines()
    given = _objects(lines, tables)
    required = {}
    for table in tables:
        rows = [row for publication in given for row in publication.get(table["name"], [])]
        required[table["name"]] = [
            name for name in table["columns"] if all(name in row for row in rows)
        ]
    text = make_schema(tables, required)
    view = SchemaView(text)
    classes = PydanticGenerator(text).compile_module()
    dumper = RDFLibDumper()
    prepared = [json.dumps(one) for one in given]
    # In every tenth publication a claim has no modality.
    claims = next(t["name"] for t in tables if "lod_modality" in t["columns"])
    for publication in given[::10]:
        if claims in publication:
            del publication[claims][0]["lod_modality"]
    checked = [json.dumps(one) for one in given]
    validator = Validator(text, [JsonschemaValidationPlugin(closed=True)])

    def build() -> None:
        with (folder / "linkml.nt").open("w", encoding="utf-8") as out:
            for line in prepared:
                graph = Graph()
                for name, rows in json.loads(line).items():
                    make = getattr(classes, name)
                    for row in rows:
                        dumper.inject_triples(make(**row), view, graph)
                out.write(graph.serialize(format="nt"))

    def validate() -> list[int]:
        return [
            number
            for number, line in enumerate(checked)
            if validator.validate(json.loads(line), "Publication").results
        ]

    serve({"build": build, "validate": validate})


if __name__ == "__main__":
    main()
