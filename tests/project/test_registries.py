"""An output profile and an import source are a file each, added in a copy of the package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lod.profiles import profiles
from lod.sources import sources

ROOT = Path(__file__).parents[2]
#: A second profile in the syntax of JSON-LD, of which the default graph knows nothing.
PROFILE = '''"""The ids of the claims, as JSON-LD."""

import json

from lod.profiles import Profile


def write(published):
    facts = published.require_facts()
    return json.dumps({"claims": [one.id for one in facts.statements]}).encode()


PROFILE = Profile(
    "claim-ids", "Ids of claims", "application/ld+json", ("jsonld",), write, file="claim-ids.jsonld"
)
'''
#: A source in which a line is a key with JSON.
SOURCE = '''"""Lines of a key and JSON."""

from lod.sources.json_source import read_json
from lod.sources.source import SourceFormat


def read(data, file):
    lines = [line.split("=", 1) for line in data.decode().splitlines()]
    members = ",".join(f'"{key}": {value}' for key, value in lines)
    return read_json(f"{{{members}}}".encode(), file)


SOURCE = SourceFormat("lines", "Lines", "text/x-lines", ("lines",), read)
'''


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with a profile and a source more, and publications."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("lod", "shapes", "vocab", "licenses", "examples"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "lod" / "profiles" / "claim_ids.py").write_text(PROFILE, "utf-8")
    (folder / "lod" / "sources" / "lines_source.py").write_text(SOURCE, "utf-8")
    shutil.copytree(ROOT / "tests" / "publications" / "ten-facts", folder / "facts")
    shutil.rmtree(folder / "facts" / "dist", ignore_errors=True)
    return folder


def lod(copy: Path, *arguments: str) -> str:
    """What the command of the copy writes."""
    done = subprocess.run(
        [sys.executable, "-m", "lod", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_profile_is_one_file(copy: Path) -> None:
    lod(copy, "build", "facts", "--write", "claim-ids", "--write", "json-ld", "-f", "json")
    names = {file.name for file in (copy / "facts" / "dist").iterdir()}
    assert names == {"claim-ids.jsonld", "dataset.jsonld", "report.json"}
    ids = json.loads((copy / "facts" / "dist" / "claim-ids.jsonld").read_text("utf-8"))
    assert len(ids["claims"]) == 10
    report = json.loads((copy / "facts" / "dist" / "report.json").read_text("utf-8"))
    assert {one["name"] for one in report["files"]} == names - {"report.json"}
    # A build knows the file as one of its own, and export by its name.
    lod(copy, "build", "facts")
    assert not (copy / "facts" / "dist" / "claim-ids.jsonld").exists()
    assert json.loads(lod(copy, "export", "facts", "-f", "Claim-Ids")) == ids
    lod(copy, "export", "facts", "-o", "claim-ids.jsonld")
    assert json.loads((copy / "claim-ids.jsonld").read_text("utf-8")) == ids
    lod(copy, "export", "facts", "-o", "other.jsonld")
    assert "@context" in json.loads((copy / "other.jsonld").read_text("utf-8"))
    for command in ("build", "export"):
        assert "claim-ids" in lod(copy, command, "--help")


def test_a_profile_is_among_the_downloads_of_a_site(copy: Path) -> None:
    lod(copy, "site", "facts", "-o", "public", "--full-data")
    page = (copy / "public" / "dataset.html").read_text("utf-8")
    assert 'href="claim-ids.jsonld"' in page
    assert "Ids of claims" in page
    assert (copy / "public" / "claim-ids.jsonld").is_file()
    assert "claim-ids.jsonld" in (copy / "public" / "dcat.ttl").read_text("utf-8")
    assert "claim-ids.jsonld" in (copy / "public" / "void.ttl").read_text("utf-8")
    crate = json.loads((copy / "public" / "ro-crate-metadata.json").read_text("utf-8"))
    assert {"@id": "claim-ids.jsonld"} in crate["@graph"][1]["hasPart"]


def test_a_profile_is_written_for_each_publication_of_a_corpus(copy: Path) -> None:
    (copy / "corpus").mkdir()
    shutil.copytree(copy / "facts", copy / "corpus" / "one")
    lod(copy, "build", "corpus", "-o", "built", "--also", "claim-ids,turtle", "--jobs", "1")
    assert {
        file.name for file in (copy / "built" / "publications").rglob("*.*") if file.is_file()
    } == {
        "claim-ids.jsonld",
        "dataset.ttl",
    }


def test_a_source_is_one_file(copy: Path) -> None:
    folder = copy / "other"
    folder.mkdir()
    data = {
        "publication": {
            "base": "https://data.example.org/lines/",
            "title": "Lines",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Desk", "url": "https://data.example.org/"},
        },
        "document": {
            "content": "Ada leads Acme.",
            "language": "en",
            "author": "ada",
            "published": "2024-11-27",
        },
        "entities": {"ada": {"type": "Person", "label": "Ada", "wikidata": {"none": "invented"}}},
        "claims": [],
        "no_fact": [{"quote": "Ada leads Acme.", "reason": "heading"}],
    }
    lines = "".join(f"{key}={json.dumps(value)}\n" for key, value in data.items())
    (folder / "facts.lines").write_text(lines, "utf-8")
    assert "https://data.example.org/lines/" in lod(copy, "export", "other")
    assert "https://data.example.org/lines/" in lod(copy, "export", "other/facts.lines")


def test_every_one_is_called_as_its_module_and_writes_a_file_of_its_own() -> None:
    modules = {file.stem for file in (ROOT / "lod" / "profiles").glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in profiles()} == modules
    files = [profile.file_name for profile in profiles().values()]
    assert len(files) == len(set(files))
    extensions = [extension for one in sources().values() for extension in one.extensions]
    assert len(extensions) == len(set(extensions))
