"""Rows to triples, and queries on them, with maplib. `with_maplib.py FOLDER`.

OTTR templates over data frames that are read from CSV.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import polars
from maplib import Model
from serve import serve

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FRAME_TYPES = {f"{_XSD}integer": polars.Int64, f"{_XSD}date": polars.Date}


def _template(name: str, columns: dict[str, tuple[str, str]], types: list[str]) -> str:
    parameters = ["ottr:IRI ?id"]
    triples = [f"ottr:Triple(?id, <{_TYPE}>, <{one}>)" for one in types]
    for column, (predicate, kind) in columns.items():
        named = {"iri": "ottr:IRI", "string": f"<{_XSD}string>", "en": f"<{_LANG_STRING}>"}
        parameters.append(f"? {named.get(kind, f'<{kind}>')} ?{column}")
        triples.append(f"ottr:Triple(?id, <{predicate}>, ?{column})")
    return f"<urn:t:{name}> [{', '.join(parameters)}] :: {{ {', '.join(triples)} }} ."


def _frame(file: Path, columns: dict[str, tuple[str, str]]) -> polars.DataFrame:
    kinds = {name: _FRAME_TYPES.get(kind, polars.String) for name, (_, kind) in columns.items()}
    frame = polars.read_csv(file, schema={"id": polars.String, **kinds})
    english = [name for name, (_, kind) in columns.items() if kind == "en"]
    return frame.with_columns(
        # How maplib holds text with its language.
        polars.when(polars.col(name).is_not_null())
        .then(
            polars.struct(polars.col(name).alias(f"<{_LANG_STRING}>"), polars.lit("en").alias("l"))
        )
        .alias(name)
        for name in english
    )


def main() -> None:
    """Make the templates and wait for jobs."""
    folder = Path(sys.argv[1])
    parts = {}
    for table in json.loads((folder / "tables.json").read_text("utf-8")):
        parts[table["name"]] = table["columns"], table["types"]
        for name, predicate in table["links"].items():
            parts[f"{table['name']}-{name}"] = {"target": (predicate, "iri")}, []
    templates = {name: _template(name, *given) for name, given in parts.items()}
    queries = json.loads((folder / "queries.json").read_text("utf-8"))
    models = []

    def mapped() -> Model:
        model = Model()
        for name, (columns, _) in parts.items():
            model.add_template(templates[name])
            model.map(f"urn:t:{name}", _frame(folder / f"{name}.csv", columns))
        return model

    def build() -> None:
        models[:] = [mapped()]
        models[0].write(str(folder / "maplib.nt"), format="ntriples")

    def query(text: str) -> list[list[str]]:
        return [list(map(str, row)) for row in models[0].query(text).rows()]

    def ask(text: str) -> Callable[[], list[list[str]]]:
        return lambda: query(text)

    serve({"build": build, **{name: ask(text) for name, text in queries.items()}})


if __name__ == "__main__":
    main()
