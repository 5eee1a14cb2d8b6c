"""The page about containers: what it says is run, without a home and with nothing to write on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import small
from tests.docs.container import DOCKERFILE, ROOT, run
from tests.ports import free_port

__all__ = ["small"]

PAGE = (ROOT / "docs" / "containers.md").read_text("utf-8")
LINES = {
    re.findall(r" lod (\w+) ", line)[0]: line for line in re.findall(r"(?m)^docker run .+$", PAGE)
}
#: Another line of the same kind: what the page says of other commands in its sentences.
START = 'docker run --rm --read-only -v "$PWD/article:/data:ro"'


@pytest.fixture
def folder(small: Path, tmp_path: Path) -> Path:
    place = tmp_path / "host"
    place.mkdir()
    small.rename(place / "article")
    for name in ("dist", "site", "out"):
        (place / name).mkdir()
    return place


def done(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(run(line, folder), capture_output=True, text=True, check=False)


def left(folder: Path) -> list[str]:
    """What work in progress leaves, anywhere on the host."""
    return [str(path) for path in folder.rglob(".*lod-*") if path.name != ".lod-site.json"]


def test_check(folder: Path) -> None:
    result = done(LINES["check"], folder)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr


@pytest.mark.parametrize("command", ["build", "site"])
def test_output_into_a_volume(command: str, folder: Path) -> None:
    out = folder / {"build": "dist", "site": "site"}[command]
    (out / "lost+found").mkdir()  # of the file system, as on a disk of its own
    names = []
    for _ in range(2):
        result = done(LINES[command], folder)
        assert result.returncode == 0, result.stderr
        names.append({str(path.relative_to(out)) for path in out.rglob("*")})
        assert left(folder) == []
        (out / "dataset.ttl").write_text("old", "utf-8")
    assert names[0] == names[1]
    assert {"dataset.ttl", "lost+found"} < names[0]


def test_the_same_bytes_as_without_a_container(folder: Path) -> None:
    assert done(LINES["build"], folder).returncode == 0
    from lod.dist import build

    build(folder / "article", out=folder / "out")
    for path in (folder / "out").iterdir():
        assert path.read_bytes() == (folder / "dist" / path.name).read_bytes(), path.name


def test_an_output_of_something_else_stays(folder: Path) -> None:
    (folder / "dist" / "mine.txt").write_text("mine", "utf-8")
    result = done(LINES["build"], folder)
    assert result.returncode == 2
    assert "holds what no build wrote: mine.txt" in result.stderr
    assert [path.name for path in (folder / "dist").iterdir()] == ["mine.txt"]


def test_serve(folder: Path) -> None:
    assert done(LINES["site"], folder).returncode == 0
    port = str(free_port())
    command = run(LINES["serve"], folder, {"8080": port})
    with subprocess.Popen([*command, "-f", "json"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert json.loads(process.stdout.readline())["address"].endswith(f":{port}/")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/claims.html") as answer:
                assert answer.status == 200
            query = "sparql?query=ASK%20%7B%3Fs%20%3Fp%20%3Fo%7D"
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{query}") as answer:
                assert answer.status == 200
        finally:
            process.terminate()


#: Writes and sorts more than SQLite holds in memory by itself.
_SORTED = """
from lod.store.database import Database
with Database(None, "CREATE TABLE kept (a INTEGER, b TEXT);") as database:
    database.execute("CREATE TEMP TABLE rows (a INTEGER, b TEXT)")
    with database.transaction():
        rows = ((number * 7919 % 100_003, "x" * 50) for number in range(100_003))
        database.executemany("INSERT INTO rows VALUES (?, ?)", rows)
        database.execute("INSERT INTO kept SELECT * FROM rows ORDER BY a")
        database.execute("DROP TABLE rows")
    print(database.execute("SELECT count(DISTINCT a) FROM kept").fetchone()[0])
"""


def test_a_database_without_a_temporary_folder(folder: Path) -> None:
    command = run(f"{START} lod check /data", folder)
    program = [*command[: command.index("-m")], "-c", _SORTED]
    result = subprocess.run(program, capture_output=True, text=True, check=False)
    assert (result.stdout, result.stderr) == ("100003\n", "")


def test_serve_without_a_temporary_folder(folder: Path) -> None:
    line = f"{START} lod serve /data --port 0"
    result = done(line, folder)
    assert result.returncode == 2
    assert result.stderr.startswith("lod: there is no folder for temporary files")
    assert "hint: set TMPDIR" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("build /data", 2, "/data/dist: cannot be written: Read-only file system"),
        ("site /data -o /srv", 2, "/srv: cannot be written: Read-only file system"),
        ("push /data --to http://127.0.0.1:1/sparql", 2, "name a file with --state"),
        ("query /data -q 'ASK {?s ?p ?o}'", 0, ""),
        ("export /data -f turtle -o /data/x.ttl", 2, "Read-only file system"),
    ],
)
def test_no_home_and_nothing_to_write_on(
    arguments: str, code: int, said: str, folder: Path
) -> None:
    result = done(f"{START} lod {arguments}", folder)
    assert result.returncode == code, result.stderr
    assert said in result.stderr
    assert "bug in lod" not in result.stderr


def test_a_file_that_is_mounted(folder: Path) -> None:
    (folder / "x.ttl").write_text("old", "utf-8")
    mounts = '-v "$PWD/out:/out" -v "$PWD/x.ttl:/out/x.ttl"'
    result = done(f"{START} {mounts} lod export /data -f turtle -o /out/x.ttl", folder)
    assert result.returncode == 2
    assert "it is mounted by itself; mount its folder" in result.stderr
    assert (folder / "x.ttl").read_text("utf-8") == "old"


@pytest.mark.slow
def test_a_corpus_and_its_store(folder: Path) -> None:
    corpus = folder / "article" / "corpus"
    for name in "ab":
        (corpus / name).mkdir(parents=True)
        for file in ("facts.yaml", "text.txt"):
            shutil.copy(folder / "article" / file, corpus / name)
        facts = corpus / name / "facts.yaml"
        facts.write_text(facts.read_text("utf-8").replace("/small/", f"/{name}/"), "utf-8")
    load = 'docker run --read-only -v "$PWD/dist:/data:ro" -v "$PWD/out:/out" lod load /data'
    for command in (
        f'{START} -v "$PWD/dist:/out" lod build /data/corpus -o /out --jobs 2',
        f'{START} -v "$PWD/site:/out" lod site /data/corpus -o /out',
        f'{START} -v "$PWD/site:/out" lod site /data/corpus -o /out',
        f"{load} --store /out",
    ):
        result = done(command, folder)
        assert result.returncode == 0, result.stderr
    assert left(folder / "out") == []
    assert [path for path in left(folder) if "work" in path or "lock" in path] == []


def test_the_image_has_what_the_package_needs() -> None:
    """What is not copied cannot be installed; the test of a package builds from all there is."""
    ignore = (ROOT / ".dockerignore").read_text("utf-8").split()
    copied = {line[1:] for line in ignore if line.startswith("!")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    needed = {path.partition("/")[0] for path in wheel} | {"pyproject.toml", "README.md", "LICENSE"}
    assert needed | {"constraints.txt"} == copied
    extras = re.findall(r"/src\[([\w,]+)\]", DOCKERFILE.read_text("utf-8"))[0].split(",")
    assert set(extras) <= project["project"]["optional-dependencies"].keys()
