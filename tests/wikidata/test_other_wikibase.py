"""Linking to a Wikibase that is not Wikidata: its addresses, its ids, its redirects."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.cli.run import run
from lod.errors import LodError
from lod.links.lock import lock_file, read_lock
from lod.wikidata.wikibase import read_wikibase
from tests.wikidata import faults
from tests.wikidata.entities import statement
from tests.wikidata.wikibase import LocalWikibase

BASE = "https://base.example.org/entity/"
FACTS = """\
publication:
  base: https://data.example.org/small/
  title: A small text
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk, url: https://data.example.org/}
document: {content: Reporters met in Ufa., language: en}
entities:
  ufa: {type: City, label: Ufa}
claims:
  - {id: met, quote: Reporters met in Ufa, subject: document, property: schema:about, value: ufa}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small" / "facts.yaml"
    path.parent.mkdir()
    path.write_text(FACTS, "utf-8")
    return path


@pytest.fixture
def other(local: LocalWikibase) -> LocalWikibase:
    """A Wikibase with ids and properties of its own: P1 is "instance of", Q5 is "city"."""
    local.entities.base = BASE
    local.entities.add("Q5", {"en": "city"})
    local.entities.add("Q911", {"en": "Ufa"}, claims={"P1": [statement("P1", "Q5")]})
    return local


def link(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = run(["link", *arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out) if "json" in arguments else out + err


def config(folder: Path, **keys: str) -> str:
    """A TOML file about a Wikibase."""
    path = folder / "wikibase.toml"
    path.write_text("".join(f"{key} = {value}\n" for key, value in keys.items()), "utf-8")
    return str(path)


def test_wikibase_with_ids_of_its_own(
    other: LocalWikibase, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    about = config(
        tmp_path,
        api=f'"{other.api}"',
        entity=f'"{BASE}"',
        instance_of='"P1"',
        subclass_of='"P2"',
    )
    common = [str(file), "--wikibase", about, "--cache", str(tmp_path / "cache")]
    code, report = link(capsys, *common, "--accept-above", "0.8", "-f", "json")
    assert code == 0
    assert report["entities"][0]["decision"] == "accepted"
    # On Wikidata Q5 is a human; here its label tells that it is a city.
    assert "its type fits: city" in report["entities"][0]["reason"]
    lock = read_lock(lock_file(file).read_bytes(), "l")
    assert lock.wikibase == BASE
    assert lock.items["Q911"].types == {"Q5": "city"}
    assert [one.code for one in lod.load(file).findings if one.code.startswith("link")] == []
    # Nobody mixes the ids of two.
    code, said = link(capsys, str(file), "--update", "--wikibase", other.api)
    assert code == 2
    assert "pins items of https://base.example.org/entity/" in said


def test_items_that_are_named_otherwise_are_never_pinned(
    other: LocalWikibase, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [str(file), "--wikibase", other.api, "--cache", str(tmp_path / "cache")]
    code, said = link(capsys, *arguments, "--accept-above", "0.5")
    assert code == 2
    assert "calls an item https://base.example.org/entity/Q911" in said
    assert "--entity-base" in said
    assert file.read_text("utf-8") == FACTS
    assert link(capsys, *arguments, "--entity-base", BASE, "--accept-above", "0.5")[0] == 0


@pytest.mark.parametrize("allowed", [True, False])
def test_further_hosts_are_allowed_by_name(
    allowed: bool,
    local: LocalWikibase,
    file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    second = LocalWikibase()
    host = second.address.removeprefix("http://")
    with second:
        local.always_fail(
            lambda handler: faults.redirect(f"{second.address}{handler.path}")(handler)
        )
        hosts = {"hosts": f'["{host}"]'} if allowed else {}
        about = config(
            tmp_path, api=f'"{local.api}"', entity='"http://www.wikidata.org/entity/"', **hosts
        )
        code, said = link(
            capsys, str(file), "--wikibase", about, "--cache", str(tmp_path / "cache"), "--dry-run"
        )
    assert code == (0 if allowed else 2)
    assert bool(second.requests) is allowed
    assert ("is no address of this Wikibase" in said) is not allowed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("api = ", "is not TOML"),
        ('entity = "https://a.example/"\n', "the key api is missing"),
        ('api = "https://a.example/"\n', "the key entity is missing"),
        ('api = 1\nentity = "https://a.example/"\n', "api is not a text"),
        ('api = "https://a.example/"\nentity = "x"\nhosts = "b"\n', "hosts is not a list"),
        ('api = "https://a.example/"\nentity = "x"\nuser = "b"\n', "unknown key user"),
        ('api = "file:///etc"\nentity = "x"\n', "is not an http or https address"),
        ('api = "https://a.example/"\nentity = "x"\nhosts = ["a b"]\n', "is not an http"),
        (
            'api = "https://a.example/"\nentity = "x"\n',
            "the IRI of the items, 'x', is not absolute",
        ),
        ('api = "https://a.example/"\nentity = "https://a b/"\n', "has a space at character 10"),
    ],
)
def test_broken_files_about_a_wikibase(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "wikibase.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LodError, match=said) as caught:
        read_wikibase(path)
    assert str(path) in str(caught.value)
