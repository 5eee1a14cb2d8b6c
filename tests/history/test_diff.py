"""What `lod diff` tells of two states of a publication: by claim, and of everything."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import lod as api
from lod.history.change import Change
from lod.history.compare import compare
from lod.history.patch import patch
from lod.history.snapshot import Snapshot, of_lines, of_publication
from lod.profiles import profiles
from tests.cli.conftest import EXAMPLE, Lod
from tests.history.conftest import TEN_FACTS, replace_in

EDITS = tomllib.loads(Path(__file__).with_name("edits.toml").read_text("utf-8"))["edit"]
CONFORMING = Path(__file__).parents[1] / "publications" / "conforming"
FACTUAL = {"added", "withdrawn", "value-changed", "re-attributed", "re-dated", "relinked"}


def edited(folder: Path, edit: dict[str, Any], steps: tuple[str, ...]) -> Path:
    """The folder with some of the steps of an edit done."""
    facts, text = folder / "facts.yaml", folder / "article.txt"
    if "before" in steps and "before" in edit:
        replace_in(facts, *edit["before"])
    if "after" in steps:
        if "find" in edit:
            replace_in(facts, edit["find"], edit["replace"])
        if "quote" in edit:
            replace_in(facts, *edit["quote"])
        if "text" in edit:
            replace_in(text, *edit["text"])
    return folder


@pytest.fixture(scope="session")
def ids() -> list[str]:
    return [one.id for one in api.load(TEN_FACTS).require_facts().statements]


@pytest.mark.parametrize("edit", EDITS, ids=[edit["name"] for edit in EDITS])
def test_each_edit_is_told_as_what_it_is(
    edit: dict[str, Any], tmp_path: Path, ids: list[str]
) -> None:
    before = edited(Path(shutil.copytree(TEN_FACTS, tmp_path / "a")), edit, ("before",))
    after = edited(Path(shutil.copytree(TEN_FACTS, tmp_path / "b")), edit, ("after",))
    difference = api.diff(before, after)
    found = {
        f"{one.what} {one.id}": [change.value for change in one.changes]
        for one in difference.entries
    }
    expected = dict(edit.get("expected", {}))
    expected |= {f"claim {id_}": ["re-anchored"] for id_ in edit.get("moved", ())}
    expected |= {f"claim {id_}": edit["every"] for id_ in ids if "every" in edit}
    assert found == expected
    told = {one.id: list(one.claims) for one in difference.entries if one.claims}
    assert told == edit.get("with", {})
    assert difference.facts_changed == any(FACTUAL & set(kinds) for kinds in expected.values())


def test_a_change_is_told_in_sentences_before_and_after(folder: Path) -> None:
    replace_in(folder / "facts.yaml", "modality: planned", "modality: expected")
    (entry,) = api.diff(TEN_FACTS, folder).entries
    assert entry.as_dict() == {
        "change": "value-changed",
        "changes": ["value-changed"],
        "what": "claim",
        "id": "mgimo-branch",
        "iri": "https://data.example.org/ten-facts/claim/mgimo-branch",
        "before": ["Vladimir Putin says that MGIMO plans to have a branch in Astana, “soon”."],
        "after": ["Vladimir Putin expects MGIMO to have a branch in Astana, “soon”."],
        "parts": [
            {
                "name": "modality",
                "change": "value-changed",
                "before": ["lod:planned"],
                "after": ["lod:expected"],
            }
        ],
        "claims": [],
    }


@pytest.mark.parametrize("name", [one.name for one in profiles().values()])
def test_the_data_in_each_format_is_the_publication(name: str, tmp_path: Path) -> None:
    profile = profiles()[name]
    for folder in (EXAMPLE, TEN_FACTS, CONFORMING / "versions.yaml"):
        publication = api.load(folder)
        file = tmp_path / f"{profile.file_name}"
        file.write_bytes(publication.export(name))
        assert api.diff(publication, file).entries == []
        assert api.diff(file, folder).entries == []


def test_an_export_as_tables_and_back_changes_nothing(tmp_path: Path, lod: Lod) -> None:
    for folder in (EXAMPLE, TEN_FACTS):
        tables, back = tmp_path / folder.name / "t", tmp_path / folder.name / "back"
        assert lod("export", folder, "-f", "csv", "-o", tables).code == 0
        assert lod("init", "--claims", tables / "claims.csv", "-o", back).code == 0
        result = lod("diff", folder, back)
        assert (result.code, result.out.splitlines()[1:]) == (0, [])
        assert result.out.endswith("no difference\n")


WHOLE = of_publication(api.load(TEN_FACTS), "before")
QUADS = sorted(WHOLE.quads())


VERSIONS = of_publication(api.load(CONFORMING / "versions.yaml"), "before")


@settings(max_examples=100)
@given(st.sampled_from([(one, quad) for one in (WHOLE, VERSIONS) for quad in sorted(one.quads())]))
def test_no_quad_can_go_or_come_unnoticed(case: tuple[Snapshot, str]) -> None:
    whole, quad = case
    without = of_lines((f"{one} ." for one in whole.quads() if one != quad), "after")
    assume("dcat#Dataset" not in quad)  # without it there is no publication: an error
    for pair in ((whole, without), (without, whole)):
        difference = compare(*pair)
        assert difference.entries or difference.notes, quad


def test_triples_that_no_claim_accounts_for_are_told() -> None:
    strange = (
        "<https://data.example.org/ten-facts/entity/russia> "
        "<https://w3id.org/lod-facts/relations#memberOf> "
        "<https://data.example.org/ten-facts/entity/brics> "
        "<https://data.example.org/ten-facts/reported/putin> ."
    )
    (entry,) = compare(WHOLE, of_lines([*(f"{one} ." for one in QUADS), strange], "after")).entries
    assert (entry.what, entry.id, entry.change) == ("graph", "reported/putin", Change.VALUE_CHANGED)
    assert entry.parts[0].after == ("Russia rel:memberOf BRICS",)


@pytest.mark.parametrize("edit", EDITS, ids=[edit["name"] for edit in EDITS])
def test_a_patch_makes_the_one_of_the_other(edit: dict[str, Any], tmp_path: Path) -> None:
    after = edited(Path(shutil.copytree(TEN_FACTS, tmp_path / "b")), edit, ("after",))
    new = of_publication(api.load(after))
    text = "".join(patch(WHOLE, new))
    graph = rdflib.Dataset()
    graph.parse(data="".join(f"{one} .\n" for one in QUADS), format="nquads")
    graph.parse(data=text, format="patch")  # read by somebody else
    expected = rdflib.Dataset()
    expected.parse(data="".join(f"{one} .\n" for one in new.quads()), format="nquads")
    assert set(graph.quads()) == set(expected.quads())
    assert text.startswith("TX .\n")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The publication in a repository: committed, then changed and committed again."""
    git(folder.parent, "init", "-q")
    (folder.parent / ".gitattributes").write_text("*.yaml export-ignore\n*.txt text eol=crlf\n")
    git(folder.parent, "add", "ten-facts")
    git(folder.parent, "commit", "-qm", "one")
    replace_in(folder / "facts.yaml", "modality: planned", "modality: expected")
    git(folder.parent, "commit", "-qam", "two")
    monkeypatch.chdir(folder)
    return folder.parent


def test_a_revision_is_compared_with_what_is_here(repository: Path, lod: Lod) -> None:
    result = lod("diff", "HEAD~1")
    assert result.code == 1
    assert "value-changed  mgimo-branch\n" in result.out
    assert lod("diff", "HEAD").code == 0
    assert lod("diff", "HEAD~1", "HEAD").code == 1
    assert lod("diff", "HEAD~1:ten-facts", "HEAD:ten-facts/facts.yaml").code == 1
    assert lod("diff", "HEAD~1:ten-facts", repository / "ten-facts").code == 1
    assert [one.id for one in api.diff("HEAD~1", repository / "ten-facts").entries] == [
        "mgimo-branch"
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("HEAD~7",), "neither a file or folder nor a revision of Git"),
        (("HEAD:nothing", "HEAD"), "HEAD: there is no nothing in it"),
        (("--output=x",), "No such option"),
        (("HEAD~1:../../etc", "."), "../../etc: outside of the repository"),
        (("",), "There is an empty argument"),
        ((".",), "has no release; name the other one too"),
    ],
)
def test_what_is_no_revision_is_said(
    arguments: tuple[str, ...], words: str, repository: Path, lod: Lod
) -> None:
    result = lod("diff", *arguments)
    assert result.code == 2
    assert words in result.err


def test_files_that_hold_no_publication_are_said(tmp_path: Path, lod: Lod) -> None:
    cases = {
        "empty.ttl": ("", "there is no publication of lod in it"),
        "other.nt": ("<http://e.org/a> <http://e.org/b> <http://e.org/c> .", "no publication of"),
        "blank.nt": ("_:a <http://e.org/b> <http://e.org/c> .", "blank node"),
        "broken.ttl": ("<http://e.org/a> <", "broken.ttl:1:"),
        "what.txt": ("x", "what.txt"),
    }
    for name, (text, words) in cases.items():
        (tmp_path / name).write_text(text)
        result = lod("diff", tmp_path / name, TEN_FACTS)
        assert (result.code, words in result.err) == (2, True), (name, result.err)


def test_errors_in_the_facts_stop_it(folder: Path, lod: Lod) -> None:
    replace_in(folder / "facts.yaml", "subject: tokayev", "subject: nobody")
    result = lod("diff", TEN_FACTS, folder)
    assert result.code == 2
    assert "1 error in the facts" in result.err


def test_each_form_tells_the_same(folder: Path, lod: Lod) -> None:
    replace_in(folder / "facts.yaml", "modality: planned", "modality: expected")
    replace_in(folder / "article.txt", "Impressive figures", "Very impressive figures")
    data = json.loads(lod("diff", TEN_FACTS, folder, "-f", "json").out)
    assert (data["factsChanged"], data["level"]) == (True, "major")
    assert data["counts"] == {"value-changed": 1, "re-anchored": 9, "reworded": 1}
    changed = [one["id"] for one in data["changes"] if one["change"] == "value-changed"]
    assert changed == ["mgimo-branch"]
    text = lod("diff", TEN_FACTS, folder).out
    assert "re-anchored  9 claims, whose words stand elsewhere now\n    trade-2023, trade" in text
    assert "re-anchored  trade-2023\n" in lod("diff", TEN_FACTS, folder, "--all").out
    markdown = lod("diff", TEN_FACTS, folder, "-f", "markdown").out
    assert markdown.startswith("### Changed\n\n- `mgimo-branch`")
    assert "- 9 claims: the same words, at another place.\n" in markdown
    patched = lod("diff", TEN_FACTS, folder, "-f", "patch")
    assert patched.out.startswith("TX .\nD <")
    assert patched.code == 1
