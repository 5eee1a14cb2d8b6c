"""Tables of a corpus: `python -m benchmarks tables [PUBLICATIONS] [IN_STORE]`.

Exports a corpus as CSV and as Parquet beside the N-Quads build of the same corpus, and builds it
with such tables: processor seconds, peak memory, bytes. Asks the Parquet with DuckDB what SPARQL
asks a store with the same publications; both have to give the same figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.generate import make_publication
from benchmarks.measure import alternate, median, median_ratio, write_results
from benchmarks.processor import Load
from lod.query.disk import DATA, read_generation

_RUN = """
import contextlib, io, json, sys, time
from pathlib import Path
from benchmarks.measure import peak_memory
from benchmarks.processor import cpu_seconds, cpu_seconds_now
from lod.cli.main import main
if __name__ == "__main__":
    cpu, start = cpu_seconds(), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            main(sys.argv[1:])
        except SystemExit as error:
            assert not error.code, error
    wall, used = time.perf_counter() - start, cpu_seconds_now() - cpu
    print(json.dumps({"seconds": wall, "cpu_seconds": used, "memory_mb": peak_memory()}))
"""
_PREFIXES = """
PREFIX lod: <https://w3id.org/lod-facts/ns#>
PREFIX schema: <https://schema.org/>
PREFIX wd: <http://www.wikidata.org/entity/>
"""
_SUM_SPARQL = (
    _PREFIXES
    + """
SELECT ?property ?year ?currency (SUM(?n) AS ?sum) (COUNT(?n) AS ?count) {
  { SELECT DISTINCT ?statement ?property ?year ?currency ?n ?q {
    GRAPH ?g { ?statement lod:value ?q ; lod:property ?property .
      ?q a lod:Quantity ; lod:number ?n .
      OPTIONAL { ?q schema:currency ?currency }
      OPTIONAL { ?statement lod:during/schema:startDate ?start }
      BIND(YEAR(?start) AS ?year) } } } }
GROUP BY ?property ?year ?currency
"""
)
_SUM_SQL = """
SELECT property_iri, year(start_date), currency, sum(number), count(number)
FROM '{figures}' WHERE role = 'value' AND number IS NOT NULL GROUP BY ALL
"""
_ITEM_SPARQL = (
    _PREFIXES
    + """
SELECT ?property ?n { GRAPH ?g {
  ?claim schema:about wd:ITEM ; lod:property ?property ; lod:value ?q .
  ?q a lod:Quantity ; lod:number ?n } }
"""
)
_ITEM_SQL = """
SELECT property_iri, number FROM '{figures}'
WHERE role = 'value' AND number IS NOT NULL AND list_contains(about_item, 'ITEM')
"""
#: How often each question is asked in a round.
_REPEAT = {"all figures by property, year and currency": 1, "the figures of an item": 10}
_COMMON = """
SELECT unnest(about_item) AS item FROM '{figures}' WHERE role = 'value' AND number IS NOT NULL
GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1
"""


def main(options: list[str]) -> None:
    """Measure and write `results/tables.json`."""
    count, in_store = (int(one) for one in (*options, *("10000", "1000")[len(options) :]))
    load = Load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = _corpus(folder / "corpus.jsonl", count)
        data: dict[str, Any] = {"publications": count, "corpus_bytes": corpus.stat().st_size}
        data |= {"in_store": in_store, "queries": _queries(folder, in_store)}
        ways = {"n-quads": ("build", str(corpus), "-o")}
        ways |= {form: ("export", str(corpus), "-f", form, "-o") for form in ("csv", "parquet")}
        ways |= {
            f"n-quads and {form}": ("build", str(corpus), "--also", form, "-o")
            for form in ("csv", "parquet")
        }
        for form, arguments in ways.items():
            out = folder / form
            data[form] = _run(*arguments, str(out)) | {"bytes": _size(out)}
            print(form, data[form], flush=True)
    write_results("tables", data, load=load)


def _corpus(path: Path, count: int) -> Path:
    lines = (json.dumps(make_publication(n, broken=False)) + "\n" for n in range(count))
    with path.open("w", encoding="utf-8") as file:
        file.writelines(lines)
    return path


def _run(*arguments: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, *arguments], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _size(folder: Path) -> dict[str, int]:
    """Bytes by the kind of file, as they are; what only the build itself needs left out."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in (".nq", ".csv", ".parquet"):
            sizes[path.name if path.suffix != ".nq" else "shards/*.nq"] += path.stat().st_size
    return dict(sizes)


def _queries(folder: Path, count: int) -> dict[str, Any]:
    import duckdb
    import pyoxigraph as ox

    corpus = _corpus(folder / "small.jsonl", count)
    built, store, tables = folder / "built", folder / "store", folder / "tables"
    _run("build", str(corpus), "-o", str(built))
    _run("load", str(built), "--store", str(store))
    _run("export", str(corpus), "-f", "parquet", "-o", str(tables))
    figures = str(tables / "figures.parquet")
    opened = ox.Store.read_only(str(read_generation(store) / DATA))
    connection = duckdb.connect()

    def sparql(query: str) -> list[list[Any]]:
        found: Any = opened.query(query)
        return [[None if one is None else one.value for one in row] for row in found]

    def sql(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query.format(figures=figures)).fetchall()

    # An item that many publications tell figures of.
    item = sql(_COMMON)[0][0]
    result: dict[str, Any] = {"quads": len(opened), "store_bytes": _all_bytes(store)}
    asked = {
        "all figures by property, year and currency": (_SUM_SPARQL, _SUM_SQL),
        "the figures of an item": (
            _ITEM_SPARQL.replace("ITEM", item),
            _ITEM_SQL.replace("ITEM", item),
        ),
    }
    for name, (in_sparql, in_sql) in asked.items():
        rows, others = sparql(in_sparql), sql(in_sql)
        assert _same(rows) == _same(others), (name, len(rows), len(others))
        ways: dict[str, Callable[[], object]] = {
            "sparql": partial(sparql, in_sparql),
            "duckdb": partial(sql, in_sql),
        }
        took = alternate(11, ways, repeat=_REPEAT[name])
        result[name] = {
            "rows": len(rows),
            "sparql_ms": 1000 * median(took["sparql"]),
            "duckdb_ms": 1000 * median(took["duckdb"]),
            "sparql_cpu_ms": 1000 * median(took.cpu["sparql"]),
            "duckdb_cpu_ms": 1000 * median(took.cpu["duckdb"]),
            "sparql_over_duckdb": median_ratio(took.cpu, "sparql", "duckdb"),
        }
        print(name, result[name], flush=True)
    return result


def _all_bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _same(rows: list[Any]) -> Counter[tuple[str, ...]]:
    """The rows without their order, numbers as numbers."""
    return Counter(tuple(map(_plain, row)) for row in rows)


def _plain(value: object) -> str:
    try:
        return f"{float(str(value)):.9g}"
    except ValueError:
        return str(value)
