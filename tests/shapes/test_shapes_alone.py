"""The file of `lod vocab --shapes` alone, by the recipe of docs/vocabulary.md, in SHACL engines.

The file is the shapes graph, and stands beside the data. Each engine has to find in all violating
cases what the cases say, and nothing in the sample.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from lod.vocabulary.whole import shapes_with_vocabulary
from tests.shapes.test_shapes import VIOLATING, batches, changed, fast_path

if TYPE_CHECKING:
    import shacl
else:
    shacl = pytest.importorskip("shacl")

#: Focus, path ("path" if it is more than one property, "-" if there is none), severity.
Found = set[tuple[str, str, str]]
#: What runs beside the engine in its own environment: reads N-Triples, writes a `Found` each.
SCRIPT = """
import json, sys
from importlib import import_module
from pathlib import Path
from rdflib import Graph, Namespace, URIRef

SH = Namespace("http://www.w3.org/ns/shacl#")
engine = import_module(sys.argv[1])
shapes = Graph().parse(sys.argv[2])
for file in sys.argv[3:]:
    _, report, _ = engine.validate(Graph().parse(file), shapes)
    found = []
    for one in report.objects(None, SH.result):
        path = report.value(one, SH.resultPath)
        named = "-" if path is None else str(path) if isinstance(path, URIRef) else "path"
        severity = str(report.value(one, SH.resultSeverity)).removeprefix(SH)
        found.append([str(report.value(one, SH.focusNode)), named, severity])
    print(json.dumps(found))
"""


@cache
def together() -> tuple[tuple[str, Found], ...]:
    """Datasets, each with the file beside it, as N-Triples, and what is to be found in it."""
    file = ox.parse(shapes_with_vocabulary(), format=ox.RdfFormat.TURTLE)
    beside = "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in file)
    sets: list[tuple[str, Found]] = [(changed("publication") + beside, set())]
    for area in sorted({case.area for case in VIOLATING} - {"vocabulary"}):
        for batch in batches([case for case in VIOLATING if case.area == area]):
            data = changed(area, *(case.update for case in batch))
            expected = {one[1:4] for case in batch for one in case.expected}
            sets.append((data + beside, expected))
    return tuple(sets)


def check(results: list[Found]) -> None:
    for (_, expected), found in zip(together(), results, strict=True):
        assert expected <= found
        assert bool(expected) is bool(found)
    # What one finds, all find.
    assert results == reference()


@cache
def reference() -> list[Found]:
    """What the fast engine finds."""
    compiled = shacl.Shapes.from_turtle(shapes_with_vocabulary())
    return [
        {
            (one.focus_node.strip("<>"), fast_path(one.path), one.severity)
            for one in compiled.validate_text(data, "ntriples").results
        }
        for data, _ in together()
    ]


def test_the_fast_engine_finds_what_the_cases_say() -> None:
    assert len(together()) > 10
    check(reference())


def ran(python: str, engine: str, folder: Path, count: int | None = None) -> list[Found]:
    """What an engine of some Python finds in the first datasets."""
    (folder / "shapes.ttl").write_text(shapes_with_vocabulary(), "utf-8")
    files = []
    for number, (data, _) in enumerate(together()[:count]):
        files.append(str(folder / f"{number}.nt"))
        Path(files[-1]).write_text(data, "utf-8")
    done = subprocess.run(
        [python, "-c", SCRIPT, engine, str(folder / "shapes.ttl"), *files],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [{tuple(one) for one in json.loads(line)} for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_pyshacl_finds_nothing_in_the_sample_and_the_slips_beside_it(tmp_path: Path) -> None:
    assert ran(sys.executable, "pyshacl", tmp_path, 2) == reference()[:2]


@pytest.mark.release
def test_pyshacl_finds_the_same(tmp_path: Path) -> None:
    check(ran(sys.executable, "pyshacl", tmp_path))


@pytest.mark.release
@pytest.mark.parametrize(
    ("engine", "packages"),
    [
        ("shifty", ("pyshifty==0.5.1", "rdflib==7.6.0")),
        ("pyshacl_turbo", ("pyshacl-turbo==0.6.5", "rdflib==7.6.0")),
    ],
)
def test_other_engines_find_the_same(
    engine: str, packages: tuple[str, ...], tmp_path: Path
) -> None:
    python = str(tmp_path / "venv" / "bin" / "python")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    installed = subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=False)
    if installed.returncode:
        pytest.skip(f"{packages[0]} cannot be installed here")
    check(ran(python, engine, tmp_path))
