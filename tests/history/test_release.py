"""A release stays what it was: written whole or not at all, and never again."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from types import FrameType
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.errors import InputError, OutputError
from lod.history.canonical import canonical_hash
from lod.history.fates import Reason
from lod.history.reasons import Reasons, Why
from lod.history.release import release
from lod.history.releases import read_release
from lod.rdf.terms import literal
from lod.store.files import replacing_folder
from tests.cli.conftest import TEN_FACTS, Lod
from tests.history.conftest import STUDENTS, TITLE, replace_in, versioned

MISTAKE = Reasons(otherwise=Why(Reason.OUR_MISTAKE))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder that is not hidden."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-3:])
    }


def account(folder: Path, version: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((folder / "releases" / version / "release.json").read_bytes())
    return data


def test_a_release_has_everything_and_says_what_it_has(first: Path) -> None:
    place = first / "releases" / "1.0.0"
    data = account(first, "1.0.0")
    names = {path.name for path in place.iterdir()}
    assert names == {
        *("dataset.nq", "dataset.ttl", "dataset.jsonld", "dataset.trig"),
        *("report.json", "text.txt", "release.json"),
    }
    assert {one["name"] for one in data["files"]} == names - {"release.json"}
    for one in data["files"]:
        content = (place / one["name"]).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["bytes"], one["sha256"])
    assert (place / "text.txt").read_bytes() == (TEN_FACTS / "article.txt").read_bytes()
    assert (data["version"], data["date"]) == ("1.0.0", "2024-12-01")
    assert data["iri"] == "https://data.example.org/ten-facts/release/1.0.0/"
    assert (data["replaces"], data["changes"], data["withdrawn"]) == (None, [], [])
    assert list(data["claims"].values()) == [["1.0.0"]] * 10


def test_a_release_has_the_text_in_all_versions(tmp_path: Path) -> None:
    source = Path(__file__).parents[1] / "publications" / "conforming" / "versions.yaml"
    text = source.read_text("utf-8")
    said = "  version: 1.0.0\n  modified: 2024-12-01\n  license:"
    (tmp_path / "facts.yaml").write_text(text.replace("  license:", said, 1), "utf-8")
    release(tmp_path)
    assert not release(tmp_path).is_new
    german = (tmp_path / "releases" / "1.0.0" / "text.de.txt").read_text("utf-8")
    assert german.startswith("Die Fähre Lerche beförderte")
    replace_in(tmp_path / "facts.yaml", "Fährmeldung}", "Meldung}")
    with pytest.raises(OutputError, match="reworded dataset"):
        release(tmp_path)


def test_the_hashes_of_graphs_are_those_of_another_program(first: Path) -> None:
    file = first / "releases" / "1.0.0" / "dataset.nq"
    whole = pyoxigraph.Dataset(pyoxigraph.parse(file.read_bytes(), pyoxigraph.RdfFormat.N_QUADS))
    data = account(first, "1.0.0")
    assert data["rdfc10"] == rdfc(whole)
    assert len(data["graphs"]) == 2
    for graph in data["graphs"]:
        name = pyoxigraph.NamedNode(graph["graph"]) if graph["graph"] else pyoxigraph.DefaultGraph()
        quads = [pyoxigraph.Quad(*quad.triple) for quad in whole.quads_for_graph_name(name)]
        assert (graph["quads"], graph["rdfc10"]) == (len(quads), rdfc(pyoxigraph.Dataset(quads)))


def rdfc(dataset: pyoxigraph.Dataset) -> str:
    """The hash by pyoxigraph."""
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS)
    assert lines is not None
    return hashlib.sha256("".join(sorted(lines.decode().splitlines(True))).encode()).hexdigest()


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\u2028\u2029\x85"))))
def test_the_hash_of_any_text_is_that_of_another_program(texts: list[str]) -> None:
    lines = [f"<x:s> <x:p> {literal(text, 'en')}" for text in texts]
    dataset = pyoxigraph.Dataset(
        pyoxigraph.Quad(
            pyoxigraph.NamedNode("x:s"),
            pyoxigraph.NamedNode("x:p"),
            pyoxigraph.Literal(text, language="en"),
        )
        for text in texts
    )
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    data = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS) or b""
    expected = b"".join(sorted(data.splitlines(keepends=True)))
    assert canonical_hash(lines) == hashlib.sha256(expected).hexdigest()


def test_a_second_attempt_does_nothing_with_the_same_content(first: Path, lod: Lod) -> None:
    before = tree(first)
    result = lod("release", first)
    assert (result.code, "released already, with the same content" in result.out) == (0, True)
    replace_in(first / "facts.yaml", "subject: tokayev\n", "subject: tokayev # a remark\n")
    assert lod("release", first).code == 0
    (first / "CHANGELOG.md").unlink()  # the run that released was stopped before it
    assert lod("release", first).code == 0
    assert tree(first) | {"facts.yaml": b""} == before | {"facts.yaml": b""}


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("facts.yaml", "modality: planned", "modality: expected", "value-changed mgimo-branch: "),
        ("facts.yaml", "2024-12-01", "2024-12-02", "publication.modified: 2024-12-01 → 2024-12-02"),
        ("facts.yaml", TITLE, "title: Ten\n", "reworded dataset"),
        ("facts.yaml", "with: {role", "note: x\n    with: {role", None),
        ("article.txt", "Thanks to", "Thanks  to", "text.txt is another one"),
    ],
)
def test_a_release_is_never_written_with_other_content(
    file: str, old: str, new: str, words: str | None, first: Path, lod: Lod
) -> None:
    replace_in(first / file, old, new)
    before = tree(first)
    result = lod("release", first)
    assert result.code == (2 if words else 0)
    assert (words or "") in result.err
    assert tree(first) == before


def test_what_differs_is_named_with_the_version_that_is_next(first: Path, lod: Lod) -> None:
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    said = lod("release", first).err
    assert "says that MGIMO plans to have a branch in Astana, “soon”. → Vladimir Putin exp" in said
    assert "by rule the next version is 2.0.0: set publication.version" in said


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_release_that_was_harmed_is_found(harm: str, first: Path, lod: Lod) -> None:
    file = first / "releases" / "1.0.0" / "dataset.ttl"
    file.write_bytes(file.read_bytes() + b"\n") if harm == "changed" else file.unlink()
    result = lod("release", first)
    assert result.code == 2
    assert "dataset.ttl is not what was released: it was changed or is missing" in result.err


def test_nothing_is_compared_with_a_release_that_was_harmed(first: Path, lod: Lod) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    file = first / "releases" / "1.0.0" / "dataset.nq"
    file.write_text(file.read_text("utf-8").replace("60,000", "61,000"), "utf-8")
    before = tree(first)
    result = lod("release", first, "--reason", "our-mistake")
    assert result.code == 2
    assert "dataset.nq is not what was released: it was changed or is missing" in result.err
    assert tree(first) == before
    for sides in ([first], [first / "releases" / "1.0.0", first]):
        assert "dataset.nq is not what was released" in lod("diff", *sides).err
    with pytest.raises(InputError, match=r"dataset\.nq is not what was released"):
        read_release(first / "releases" / "1.0.0").snapshot()


@pytest.mark.parametrize(
    ("last", "version", "words"),
    [
        ("1.1.0+b", "1.1.0+a", "version 1.1.0+a does not follow 1.1.0+b"),
        ("1.1.0+b", "1.1.0", "version 1.1.0 does not follow 1.1.0+b"),
        ("2.0.0-rc.1", "2.0.0-rc.2", ""),
        ("2.0.0-rc.1", "2.0.0", ""),
        ("1.2.0-rc.1", "1.2.0", "by rule it is 2.0.0"),
    ],
)
def test_what_stands_after_the_numbers_of_a_version(
    last: str, version: str, words: str, first: Path, lod: Lod
) -> None:
    versioned(first, last, "2024-12-05")
    assert lod("release", first).code == 0
    versioned(first, version, "2024-12-06")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    options = ("--any-version",) if "+" in last else ()
    result = lod("release", first, "--reason", "our-mistake", *options)
    assert result.code == (2 if words else 0), result.err
    assert words in result.err


@pytest.mark.parametrize("text", ["{}", "[]", "{", '{"version": "1.0.1"}'])
def test_an_account_that_was_harmed_is_said(text: str, first: Path, lod: Lod) -> None:
    (first / "releases" / "1.0.0" / "release.json").write_text(text)
    result = lod("release", first)
    assert result.code == 2
    assert "release.json: no account of a release" in result.err


CHANGES: list[tuple[str, str, str, tuple[str, ...], tuple[str, ...]]] = [
    # what is edited; what the next version is by rule, what is too low, what is taken
    ("modality: planned", "modality: expected", "2.0.0", ("1.0.1", "1.9.0"), ("2.0.0", "3.1.0")),
    ("value: [cis, csto, sco]", "value: [cis, csto]", "2.0.0", ("1.1.0",), ("2.0.0",)),
    (
        "claims:\n",
        "claims:\n  - {id: partner, quote: Russia is one of Kazakhstan's largest economic partners,"
        " subject: russia, property: cooperatesWith, value: kazakhstan}\n",
        "1.1.0",
        ("1.0.1",),
        ("1.1.0", "2.0.0"),
    ),
    (
        TITLE,
        "title: Ten facts about Russia and Kazakhstan\n  keywords: [x]\n",
        "1.0.1",
        (),
        ("1.0.1",),
    ),
]


@pytest.mark.parametrize(("old", "new", "ruled", "low", "taken"), CHANGES)
def test_the_version_follows_by_rule(
    old: str,
    new: str,
    ruled: str,
    low: tuple[str, ...],
    taken: tuple[str, ...],
    first: Path,
    lod: Lod,
) -> None:
    for version in (*low, *taken):
        versioned(first, version, "2024-12-05")
        copy = Path(copytree(first, first.with_name(version)))
        replace_in(copy / "facts.yaml", old, new)
        result = lod("release", copy, "--reason", "our-mistake")
        if version in low:
            assert result.code == 2
            assert f"by rule it is {ruled}" in result.err
            assert not (copy / "releases" / version).exists()
            assert lod("release", copy, "--reason", "our-mistake", "--any-version").code == 0
        else:
            assert result.code == 0
            assert f"by rule: {ruled}" in result.out


@pytest.mark.parametrize(
    ("version", "date", "words"),
    [
        ("0.9.0", "2024-12-05", "version 0.9.0 does not follow 1.0.0"),
        ("1.0.0-rc.1", "2024-12-05", "version 1.0.0-rc.1 does not follow 1.0.0"),
        ("1.1", "2024-12-05", "'1.1' is no version of a release"),
        ("../../x", "2024-12-05", "is no version of a release"),
        ("1.0.1", "2024-11-30", "publication.modified 2024-11-30 is before 2024-12-01"),
    ],
)
def test_what_cannot_follow_is_refused(
    version: str, date: str, words: str, first: Path, lod: Lod
) -> None:
    versioned(first, version, date)
    result = lod("release", first)
    assert (result.code, words in result.err) == (2, True), result.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--reason", "mgimo-brnch=our-mistake"), 'did you mean "mgimo-branch"?'),
        (("--reason", "students=our-mistake"), "in students: it says what it said"),
        (("--reason", "nobody=withdrawn"), "no such claim went with this version"),
        (("--reason", "mgimo-branch=our-mistake", "--note", "students=x"), "in students: it"),
    ],
)
def test_a_reason_of_a_claim_that_did_not_change_is_refused(
    options: tuple[str, ...], words: str, first: Path, lod: Lod
) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    before = tree(first)
    result = lod("release", first, "--reason", "correction", *options)
    assert (result.code, words in result.err) == (2, True), result.err
    assert tree(first) == before


def test_the_first_release_has_nothing_to_give_reasons_for(folder: Path, lod: Lod) -> None:
    versioned(folder, "1.0.0", "2024-12-01")
    result = lod("release", folder, "--reason", "students=our-mistake")
    assert (result.code, "in students: it says what it said" in result.err) == (2, True)
    assert lod("release", folder).code == 0


def test_version_and_date_are_needed(folder: Path, lod: Lod) -> None:
    result = lod("release", folder)
    assert (result.code, "publication.version is missing" in result.err) == (2, True)
    replace_in(folder / "facts.yaml", TITLE, f"{TITLE}  version: 1.0.0\n")
    assert "publication.modified is missing" in lod("release", folder).err


def test_errors_are_findings_and_nothing_is_written(first: Path, lod: Lod) -> None:
    replace_in(first / "facts.yaml", "subject: tokayev", "subject: nobody")
    versioned(first, "1.1.0", "2024-12-05")
    before = tree(first)
    assert lod("release", first).code == 1
    assert tree(first) == before


def test_somebody_has_to_say_why(first: Path, lod: Lod) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    before = tree(first)
    result = lod("release", first)
    assert result.code == 1
    assert "mgimo-branch: value-changed, and nobody said why" in result.err
    assert tree(first) == before
    wrong = lod("release", first, "--reason", "mgimo-branch=because")
    assert (wrong.code, "'because' is no reason" in wrong.err) == (2, True)
    options = (
        "--reason",
        "mgimo-branch=our-mistake",
        "--note",
        "mgimo-branch=Not planned",
    )
    assert lod("release", first, *options).code == 0
    (change,) = [one for one in account(first, "2.0.0")["changes"] if one["what"] == "claim"]
    assert (change["reason"], change["note"]) == ("our-mistake", "Not planned")


def test_what_an_update_noted_down_is_known(first: Path, lod: Lod) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    claims = [{"id": "mgimo-branch", "reason": "correction", "note": "As the paper corrected it"}]
    (first / "changes.json").write_text(json.dumps([{"claims": claims}]))
    assert lod("release", first).code == 0
    changelog = (first / "CHANGELOG.md").read_text("utf-8")
    assert changelog.startswith("# Changelog\n")
    assert (
        "## 2.0.0, 2024-12-05\n\n### Changed\n\n- `mgimo-branch`, correction of the text: As the "
        "paper corrected it:\n  - before: Vladimir Putin says that MGIMO plans"
    ) in changelog
    assert changelog.endswith("## 1.0.0, 2024-12-01\n\nFirst release: 10 statements.\n")
    (comment,) = json.loads((first / "corrections.jsonld").read_bytes())["@graph"]
    assert comment["@type"] == "CorrectionComment"
    assert comment["about"] == {"@id": "https://data.example.org/ten-facts/claim/mgimo-branch"}
    assert comment["text"].startswith("As the paper corrected it. Before: Vladimir Putin says")


def test_what_the_world_changed_is_no_correction(first: Path) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    release(first, reasons=Reasons(otherwise=Why(Reason.WORLD_CHANGED)))
    assert json.loads((first / "corrections.jsonld").read_bytes())["@graph"] == []


def test_what_was_withdrawn_is_remembered_by_every_later_release(first: Path, lod: Lod) -> None:
    base = "https://data.example.org/ten-facts/"
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", STUDENTS, "")
    replace_in(first / "facts.yaml", "[cis, csto, sco]", "[cis, csto]")
    options = ("--reason", "withdrawn", "--replaced-by", "students=enterprises")
    assert lod("release", first, *options).code == 0
    withdrawn = {one["iri"]: one for one in account(first, "2.0.0")["withdrawn"]}
    assert set(withdrawn) == {f"{base}claim/students", f"{base}claim/organisations/3"}
    assert withdrawn[f"{base}claim/students"] == {
        "iri": f"{base}claim/students",
        "what": "claim",
        "id": "students",
        "label": "Vladimir Putin says that Kazakhstani students number approximately 60,000.",
        "last": "1.0.0",
        "withdrawn": "2.0.0",
        "date": "2024-12-05",
        "by": "Example Data Desk",
        "reason": "withdrawn",
        "replacedBy": f"{base}claim/enterprises",
    }
    versioned(first, "2.0.1", "2024-12-06")
    assert lod("release", first).code == 0
    assert {one["iri"] for one in account(first, "2.0.1")["withdrawn"]} == set(withdrawn)
    versioned(first, "2.1.0", "2024-12-07")
    replace_in(first / "facts.yaml", "claims:\n", f"claims:\n{STUDENTS}")
    assert lod("release", first).code == 0
    left = [one["iri"] for one in account(first, "2.1.0")["withdrawn"]]
    assert left == [f"{base}claim/organisations/3"]
    assert account(first, "2.1.0")["claims"]["students"] == ["1.0.0", "2.1.0"]


def test_what_an_update_noted_down_is_the_reason_of_one_release(first: Path, lod: Lod) -> None:
    text = (first / "article.txt").read_text("utf-8")
    (new := first.with_name("new.txt")).write_text(text.replace("60,000", "61,000"), "utf-8")
    accepted = ("--accept", "value-changed", "--reason", "correction", "--note", "A wrong line")
    assert lod("update", first, "--text", new, *accepted).code == 0
    versioned(first, "2.0.0", "2024-12-05")
    assert lod("release", first).code == 0
    assert account(first, "2.0.0")["changes"][0]["note"] == "A wrong line"
    versioned(first, "3.0.0", "2024-12-06")
    value = "    value: approximately 61,000\n"
    replace_in(first / "facts.yaml", value, f"{value}    modality: implied\n")
    result = lod("release", first)
    assert (result.code, "students: value-changed, and nobody said why" in result.err) == (1, True)
    # Another update of the text of that release.
    changes = json.loads((first / "changes.json").read_text("utf-8"))
    changes.append({**changes[0], "text": {"before": changes[0]["text"]["after"], "after": "x"}})
    (first / "changes.json").write_text(json.dumps(changes))
    assert lod("release", first).code == 0


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("students=nobody", "there is no such claim"),
        ("graduate=students", "graduate is not withdrawn"),
        ("students", "names no two claims"),
    ],
)
def test_what_replaces_a_claim_must_be_there(pair: str, words: str, first: Path, lod: Lod) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", STUDENTS, "")
    result = lod("release", first, "--reason", "withdrawn", "--replaced-by", pair)
    assert (result.code, words in result.err) == (2, True)


def test_a_changelog_of_a_person_is_left_alone(folder: Path, lod: Lod) -> None:
    versioned(folder, "1.0.0", "2024-12-01")
    (folder / "CHANGELOG.md").write_text("# Mine\n")
    result = lod("release", folder)
    assert (result.code, "lod did not write it" in result.err) == (2, True)
    assert not (folder / "releases").exists()


def test_a_folder_that_is_no_release_is_left_alone(folder: Path, lod: Lod) -> None:
    versioned(folder, "1.0.0", "2024-12-01")
    (folder / "releases" / "1.0.0").mkdir(parents=True)
    assert "is there, and is no release" in lod("release", folder).err


def test_a_folder_is_compared_with_its_newest_release(first: Path, lod: Lod) -> None:
    assert lod("diff", first).code == 0
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    result = lod("diff", first)
    assert result.code == 1
    assert "releases/1.0.0 (1.0.0 of 2024-12-01) → " in result.out
    assert lod("diff", first / "releases" / "1.0.0", first, "-f", "json").code == 1


class _EnoughError(Exception):
    """Every moment was tried: the release that is under way is not to go on."""


class Killing:
    """Lets a release be killed again and again, where it begins to write.

    What comes before is done once. There the process forks for each moment: the child goes on, is
    killed at that line of ours, and the folder is put back as it was.

    Args:
        folder: of the publication.
        watched: ends of the names of the files whose lines are moments.
    """

    def __init__(self, folder: Path, watched: tuple[str, ...]) -> None:
        self.folder, self.watched = folder, watched
        self.own = os.getpid()
        self.lines = 0
        self.states: list[Path] = []
        self._aside = folder.with_name("before")

    @contextmanager
    def __call__(self, place: Path) -> Iterator[Path]:
        copytree(self.folder, self._aside)
        self.lines = self._fork(None)
        if os.getpid() != self.own:
            with replacing_folder(place) as aside:
                yield aside
            return
        self._keep()
        for number in range(_MOMENTS):
            moment = 1 + number * self.lines // _MOMENTS
            status = self._fork(moment)
            if os.getpid() != self.own:
                with replacing_folder(place) as aside:
                    yield aside
                return
            assert status == -signal.SIGKILL, (moment, status)
            self._keep()
        raise _EnoughError

    def _fork(self, moment: int | None) -> int:
        """In this process how many lines the child came past, or less than 0 by what it died."""
        read, write = os.pipe()
        child = os.fork()
        if child:
            os.close(write)
            with os.fdopen(read) as stream:
                said = stream.read()
            _, status = os.waitpid(child, 0)
            return int(said) if said else os.waitstatus_to_exitcode(status)
        os.close(read)
        self._end = write
        count = 0

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal count
            if not frame.f_code.co_filename.endswith(self.watched):
                return None
            if event == "line":
                count += 1
                self.count = count
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)
            return trace

        frame: FrameType | None = sys._getframe()
        while frame is not None:  # those that are under way, too
            frame.f_trace = trace
            frame = frame.f_back
        sys.settrace(trace)
        return 0

    def end_child(self) -> None:
        """End a child that came to its end, with how many lines it came past."""
        if os.getpid() != self.own:
            sys.settrace(None)
            os.write(self._end, str(self.count).encode())
            os._exit(0)

    def _keep(self) -> None:
        """Put the folder as it is now away, and the old one back."""
        state = self.folder.with_name(f"state-{len(self.states)}")
        self.folder.rename(state)
        copytree(self._aside, self.folder)
        self.states.append(state)


_MOMENTS = 100
_WATCHED = ("/release.py", "/releases.py", "/changelog.py", "/files.py", "/locks.py")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_release_that_is_killed_at_any_moment_is_whole_or_not_there(
    first: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versioned(first, "2.0.0", "2024-12-05")
    replace_in(first / "facts.yaml", "modality: planned", "modality: expected")
    old = tree(first)
    killing = Killing(first, _WATCHED)
    with monkeypatch.context() as patched:
        patched.setattr("lod.history.release.replacing_folder", killing)
        try:
            with pytest.raises(_EnoughError):
                release(first, reasons=MISTAKE)
        finally:
            killing.end_child()
    undisturbed, *states = killing.states
    assert killing.lines >= _MOMENTS == len(states)
    new = tree(undisturbed)
    after = {name: data for name, data in new.items() if name.startswith("releases/2.0.0/")}
    assert len(after) == 7
    seen = set()
    for moment, state in enumerate(states):
        there = tree(state)
        released = {n: data for n, data in there.items() if n.startswith("releases/2.0.0/")}
        assert released in ({}, after), moment
        assert {n: there.get(n) for n in old if n.startswith("releases/1")} == {
            n: data for n, data in old.items() if n.startswith("releases/1")
        }
        for name in ("CHANGELOG.md", "corrections.jsonld"):
            assert there[name] in (old[name], new[name]), moment
        seen.add(bool(released))
        if moment % 12 == 0 or moment == _MOMENTS - 1:  # the next run finishes what was begun
            release(state, reasons=MISTAKE)
            assert tree(state) == new
            assert not list((state / "releases").glob(".*lod-*"))
    assert seen == {True, False}
