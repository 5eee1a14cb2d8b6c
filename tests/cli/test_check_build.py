"""`lod check` and `lod build`: findings in every form, exit codes, and what is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import lod as api
from lod.diagnostics import Finding, Severity
from lod.rdf.formats import FORMATS
from tests.cli.conftest import EXAMPLE, Lod

Edit = Callable[[str, str], None]

#: A change of the small publication that brings about one finding.
ERROR = ("quote: Kazakhstan is a member", "quote: Kasakhstan is a member")
WARNING = ("  - {quote: Thank you!, reason: greeting}\n", "")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_nothing_found(lod: Lod, small: Path) -> None:
    result = lod("check", small)
    assert (result.code, result.out) == (0, "")
    assert result.err == "small/facts.yaml: no findings\n"
    assert sorted(path.name for path in small.iterdir()) == ["facts.yaml", "text.txt"]


def test_error_is_shown_as_compilers_do(lod: Lod, small: Path, edit: Edit) -> None:
    edit(*ERROR)
    result = lod("check", small)
    assert result.code == 1
    place, *hint = result.out.splitlines()
    assert place.startswith("small/facts.yaml:16:12: error[quote-not-found]: ")
    assert hint[0].startswith("    hint: ")
    assert all(line.startswith("    ") for line in hint)
    assert result.err == "small/facts.yaml: 1 error\n"


def test_warnings_count_and_notes_do_not(lod: Lod, small: Path, edit: Edit) -> None:
    edit("no_fact:\n" + WARNING[0], "")
    result = lod("check", small)
    assert result.code == 1
    assert "text.txt:1:75: warning[sentence-uncovered]: " in result.out
    assert result.err == "small/facts.yaml: 1 warning\n"


def test_note_is_no_failure(lod: Lod, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = Finding("a-note", Severity.INFO, "for your information", claim="member", quote="words")
    monkeypatch.setattr("lod.publication.Publication.check", lambda *_, **__: [note])
    result = lod("check", small)
    assert (result.code, result.err) == (0, "small/facts.yaml: 1 note\n")
    assert result.out == 'info[a-note]: for your information\n    claim member: "words"\n'
    github = lod("check", small, "-f", "github")
    assert (github.code, github.out) == (0, "::notice title=a-note::for your information\n")


def test_quiet_says_only_the_findings(lod: Lod, small: Path, edit: Edit) -> None:
    assert lod("check", small, "--quiet") == lod("check", small, "--quiet", "-f", "github")
    assert lod("check", small, "--quiet").err == ""
    edit(*ERROR)
    result = lod("check", small, "--quiet")
    assert (result.code, result.err) == (1, "")
    assert "error[quote-not-found]" in result.out


def test_json(lod: Lod, small: Path, edit: Edit) -> None:
    edit(*ERROR)
    result = lod("check", small, "--format", "json")
    assert (result.code, result.err) == (1, "")
    data = json.loads(result.out)
    (finding,) = data.pop("findings")
    assert data == {
        "file": "small/facts.yaml",
        "conforms": False,
        "errors": 1,
        "warnings": 0,
        "notes": 0,
    }
    assert (finding["code"], finding["severity"]) == ("quote-not-found", "error")
    assert (finding["file"], finding["line"], finding["column"]) == ("small/facts.yaml", 16, 12)
    assert finding["path"] == ["claims", 0, "quote"]
    assert finding["hint"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("link",),
        ("compare",),
        ("contribute",),
        ("release",),
        ("push", "--to", "http://127.0.0.1:9/update"),
    ],
    ids=lambda given: given[0],
)
def test_errors_in_the_facts_are_told_in_the_form_that_was_asked_for(
    lod: Lod, small: Path, edit: Edit, arguments: tuple[str, ...]
) -> None:
    edit(*ERROR)
    command, *options = arguments
    done = lod(command, small, *options, "-f", "json")
    assert (done.code, done.err) == (1, "")
    told = json.loads(done.out)
    assert [one["code"] for one in told["findings"]] == ["quote-not-found"]


def test_coverage_tells_as_json_why_there_is_no_text(lod: Lod, small: Path, edit: Edit) -> None:
    edit("text: text.txt", "text: none.txt")
    done = lod("coverage", small, "-f", "json")
    assert (done.code, done.err) == (1, "")
    assert [one["code"] for one in json.loads(done.out)["findings"]] == ["missing-file"]


def test_json_without_findings(lod: Lod, small: Path) -> None:
    data = json.loads(lod("check", small, "-f", "json").out)
    assert (data["conforms"], data["findings"]) == (True, [])


def test_github_annotations(lod: Lod, small: Path, edit: Edit) -> None:
    edit(*ERROR)
    result = lod("check", small, "-f", "github")
    (line,) = result.out.splitlines()
    head, _, message = line.removeprefix("::").partition("::")
    assert head == "error file=small/facts.yaml,line=16,col=12,title=quote-not-found"
    assert "%0Ahint: " in message
    assert (result.code, result.err) == (1, "")


def test_github_escapes_what_would_end_an_annotation(lod: Lod, small: Path, edit: Edit) -> None:
    renamed = small.rename("100%, a:b")
    file = renamed / "facts.yaml"
    file.write_text(file.read_text("utf-8").replace("value: csto", "value: 100% of it"), "utf-8")
    (line,) = lod("check", renamed, "-f", "github").out.splitlines()
    assert line.startswith("::error file=100%25%2C a%3Ab/facts.yaml,line=")
    assert '"100%25 of it"' in line


def test_control_characters_cannot_steer_the_terminal(lod: Lod, small: Path) -> None:
    root = {"publication": {}, "document": {}, "\x1b[31mred": "x"}
    (small / "facts.yaml").unlink()
    (small / "facts.json").write_text(json.dumps(root))
    result = lod("check", small)
    assert "\x1b" not in result.out
    assert "\\x1b[31mred" in result.out


@pytest.mark.parametrize("engine", ["auto", "shacl", "pyshacl"])
def test_engines(engine: str, lod: Lod, small: Path) -> None:
    assert lod("check", small, "--validator", engine).code == 0


def test_shapes_are_looked_at(lod: Lod, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*arguments: object, **options: object) -> None:
        raise AssertionError

    monkeypatch.setattr("lod.publication.Publication.validate", nothing)
    assert "AssertionError" in lod("check", small).err


def test_build_writes_and_tells_what(lod: Lod, small: Path) -> None:
    result = lod("build", small)
    assert (result.code, result.err) == (0, "small/facts.yaml: no findings\n")
    files = contents(small / "dist")
    assert sorted(files) == [
        *("dataset.jsonld", "dataset.nq", "dataset.trig", "dataset.ttl", "report.json"),
    ]
    lines = result.out.splitlines()
    for line, path in zip(lines, ("ttl", "jsonld", "trig", "nq"), strict=False):
        name, size, unit = line.split()
        assert (name, unit) == (f"small/dist/dataset.{path}", "bytes")
        assert int(size.replace(",", "")) == len(files[f"dataset.{path}"])
    assert "2 claims" in lines[-1]
    assert "3 entities" in lines[-1]
    assert "quads" in lines[-1]


def test_build_twice_gives_the_same(lod: Lod, small: Path) -> None:
    lod("build", small)
    first = contents(small / "dist")
    lod("build", small)
    assert contents(small / "dist") == first


def test_build_as_json(lod: Lod, small: Path) -> None:
    result = lod("build", small, "-f", "json")
    assert (result.code, result.err) == (0, "")
    data = json.loads(result.out)
    assert (data["conforms"], data["findings"]) == (True, [])
    assert data["counts"]["claims"] == 2
    for file in data["files"]:
        written = Path(file["path"]).read_bytes()
        assert file["bytes"] == len(written)
        assert file["sha256"] == hashlib.sha256(written).hexdigest()


def test_errors_leave_everything_as_it_was(lod: Lod, small: Path, edit: Edit) -> None:
    lod("build", small)
    before = contents(small / "dist")
    edit(*ERROR)
    result = lod("build", small)
    assert result.code == 1
    assert "error[quote-not-found]" in result.out
    assert "bytes" not in result.out
    assert contents(small / "dist") == before
    assert json.loads(lod("build", small, "-f", "json").out)["files"] == []


def test_warnings_stop_nothing(lod: Lod, small: Path, edit: Edit) -> None:
    edit("no_fact:\n" + WARNING[0], "")
    result = lod("build", small)
    assert result.code == 0
    assert "warning[sentence-uncovered]" in result.out
    assert (small / "dist" / "dataset.ttl").is_file()
    assert result.err == "small/facts.yaml: 1 warning\n"


def test_formats_and_folder_can_be_chosen(lod: Lod, small: Path) -> None:
    arguments = [word for one in FORMATS for word in ("--write", one.extension)]
    assert lod("build", small, "-o", "public/data", *arguments).code == 0
    names = {path.name for path in Path("public/data").iterdir()}
    assert names == {"report.json", *(f"dataset.{one.extension}" for one in FORMATS)}
    assert not (small / "dist").exists()


def test_folder_of_somebody_else_is_not_replaced(lod: Lod, small: Path) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.odt").write_text("years of work")
    result = lod("build", small, "-o", "mine")
    assert (result.code, result.out) == (2, "")
    assert "thesis.odt" in result.err
    assert Path("mine/thesis.odt").read_text() == "years of work"


def test_output_that_cannot_be_written(lod: Lod, small: Path) -> None:
    Path("file").write_text("x")
    result = lod("build", small, "-o", "file/inner")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("lod: file/inner")


@pytest.mark.parametrize("name", ["dataset.ttl", "dataset.jsonld"])
def test_committed_output_of_the_example_is_not_stale(name: str, lod: Lod, tmp_path: Path) -> None:
    assert lod("build", EXAMPLE, "-o", tmp_path / "dist").code == 0
    built = (tmp_path / "dist" / name).read_bytes()
    assert built == (EXAMPLE / "dist" / name).read_bytes(), f"run: lod build {EXAMPLE}"


def test_example_has_no_findings() -> None:
    assert api.load(EXAMPLE).check() == []
