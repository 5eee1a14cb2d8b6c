"""`lod push`: what it takes, what it says, how it ends."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Lod
from tests.corpus.conftest import publication, write_folder, write_lines
from tests.push.conftest import held, meant
from tests.push.faulty import Proxy, nothing
from tests.push.publications import parcel, quads, write
from tests.stores.running import RunningStore

ROOT = "https://data.example.org/"


def test_publication_is_built_on_the_way(lod: Lod, oxigraph: RunningStore, small: Path) -> None:
    result = lod("push", small, "--to", oxigraph.update)
    assert (result.code, result.err) == (0, "")
    assert "1 publication, " in result.out
    assert "were read back and agree" in result.out
    assert set(held(oxigraph, ROOT)) == {
        f"{ROOT}small/dataset",
        f"{ROOT}small/reported/document",
    }
    # Nothing is written beside the facts.
    assert sorted(path.name for path in small.iterdir()) == ["facts.yaml", "text.txt"]


def test_publication_with_errors_is_not_pushed(
    lod: Lod, oxigraph: RunningStore, small: Path
) -> None:
    facts = small / "facts.yaml"
    facts.write_text(facts.read_text("utf-8").replace("value: csto", "value: cstoo"), "utf-8")
    result = lod("push", small, "--to", oxigraph.update)
    assert (result.code, result.out) == (1, "")
    assert "error[unknown-entity]" in result.err
    assert held(oxigraph, ROOT) == {}


def test_corpus_as_lines_as_folder_and_as_output(
    lod: Lod, oxigraph: RunningStore, tmp_path: Path
) -> None:
    lines = write_lines(tmp_path / "corpus.jsonl", map(publication, range(4)))
    folder = tmp_path / "folder"
    for number in range(4):
        write_folder(folder / str(number), publication(number))
    assert lod("push", lines, "--to", oxigraph.update).code == 0
    before = held(oxigraph, ROOT)
    assert len(before) == 8
    report = json.loads(lod("push", folder, "--to", oxigraph.update, "-f", "json").out)
    assert (report["publications"], report["unchanged"], report["broken"]) == (4, 4, 0)
    lod("build", lines, "-o", tmp_path / "out", "--compress", "gzip")
    report = json.loads(lod("push", tmp_path / "out", "--to", oxigraph.update, "-f", "json").out)
    assert (report["publications"], report["unchanged"], report["unread"]) == (4, 4, 0)
    assert held(oxigraph, ROOT) == before
    report = json.loads(lod("push", tmp_path / "out", "--to", oxigraph.update, "-f", "json").out)
    assert (report["unchanged"], report["unread"], report["check"]["agrees"]) == (4, 4, True)
    # Another rule for the graphs makes other graphs of the same files.
    rule = ("--default-graph", "{base}claims", "-f", "json")
    report = json.loads(lod("push", tmp_path / "out", "--to", oxigraph.update, *rule).out)
    assert (report["changed"], report["unread"]) == (4, 0)
    assert len(held(oxigraph, ROOT)) == 8


def test_broken_publication_of_a_corpus_stops_pruning(
    lod: Lod, oxigraph: RunningStore, tmp_path: Path
) -> None:
    corpus = write_lines(tmp_path / "corpus.jsonl", map(publication, range(3)))
    assert lod("push", corpus, "--to", oxigraph.update).code == 0
    write_lines(corpus, [publication(0), publication(1), b"{}\n"])
    result = lod("push", corpus, "--to", oxigraph.update, "--prune")
    assert result.code == 1
    assert "1 publication left out for errors" in result.err
    assert "nothing is pruned" in result.err
    assert len(held(oxigraph, ROOT)) == 6
    write_lines(corpus, [publication(0), publication(1)])
    result = lod("push", corpus, "--to", oxigraph.update, "--prune")
    assert (result.code, "1 removed" in result.out) == (0, True)
    assert len(held(oxigraph, ROOT)) == 4


def test_dry_run(lod: Lod, oxigraph: RunningStore, tmp_path: Path) -> None:
    file = write(tmp_path / "a.nq", [quads(f"{ROOT}1/"), quads(f"{ROOT}2/")])
    result = lod("push", file, "--to", oxigraph.update, "--dry-run")
    assert result.code == 0
    assert f"would add {ROOT}1/ (13 quads)\n" in result.out
    assert "nothing was changed" in result.out
    assert held(oxigraph, ROOT) == {}
    assert not (tmp_path / "user-state").exists()


def test_report_as_json(lod: Lod, oxigraph: RunningStore, tmp_path: Path) -> None:
    file = write(tmp_path / "a.nq", [quads(f"{ROOT}1/")])
    one = parcel(f"{ROOT}1/")
    result = lod("push", file, "--to", oxigraph.graph_store, "--format", "json")
    report = json.loads(result.out)
    assert result.code == 0
    assert (report["via"], report["query"]) == ("gsp", oxigraph.query)
    assert (report["added"], report["several_steps"], report["complete"]) == (1, 1, True)
    assert report["check"] == {
        "quads": one.quads,
        "agrees": True,
        "literals_rewritten": 0,
        "examples": [],
    }
    assert report["changes"] == [
        {
            "publication": one.base,
            "action": "added",
            "quads": one.quads,
            "graphs": list(one.graphs),
            "sha256": one.digest,
            "one_step": False,
        }
    ]


def test_lie_is_a_finding(lod: Lod, proxy: Proxy, tmp_path: Path) -> None:
    proxy.always = nothing
    file = write(tmp_path / "a.nq", [quads(ROOT, texts=["\x1b[2J evil"])])
    result = lod("push", file, "--to", proxy.update)
    assert result.code == 1
    assert f"{ROOT}: error[differs]: <{ROOT}dataset> is not as it was sent" in result.out
    assert "\x1b" not in result.out
    report = json.loads(lod("push", file, "--to", proxy.update, "-f", "json").out)
    assert (report["failed"], report["check"]["agrees"]) == (1, False)
    assert {problem["kind"] for problem in report["problems"]} == {"differs"}
    # Who does not look cannot know.
    assert lod("push", file, "--to", proxy.update, "--no-check").code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--to", "nowhere"), "not absolute"),
        (("--default-graph", "https://data.example.org/all"), "{base}"),
        (("--default-graph", "{base}reported/x"), "what is reported"),
        (("--default-graph", "{base}a b"), "a space"),
        (("--default-graph", "{base}"), "something after"),
        (("--via", "ftp"), "ftp"),
        (("--parallel", "1000"), "1000"),
        (("--timeout", "0"), "0"),
        (("--state", "/proc/nowhere/state"), "/proc/nowhere/state"),
    ],
)
def test_arguments_that_cannot_be_used(
    lod: Lod, oxigraph: RunningStore, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    file = write(tmp_path / "a.nq", [quads(ROOT)])
    result = lod("push", file, "--to", oxigraph.update, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert "bug" not in result.err
    assert held(oxigraph, ROOT) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<urn:a> <urn:b> <urn:c> .\n", "begins no publication"),
        (quads(ROOT).replace('"Claim 1"@en', '"Claim 1'), "malformed"),
        (quads(ROOT).replace('"Claim 1"', "_:b"), "blank nodes"),
        (quads(ROOT) + "} ; DROP ALL ; INSERT DATA {\n", "not its own"),
        (quads(ROOT, reported=[]) + "} ; DROP ALL ; INSERT DATA { .\n", "malformed"),
    ],
)
def test_files_that_lod_did_not_write(
    lod: Lod, oxigraph: RunningStore, tmp_path: Path, text: str, message: str
) -> None:
    file = write(tmp_path / "a.nq", [text])
    result = lod("push", file, "--to", oxigraph.update)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert held(oxigraph, ROOT) == {}


def test_what_is_nothing_to_push(lod: Lod, oxigraph: RunningStore, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("nowhere", "empty"):
        result = lod("push", tmp_path / name, "--to", oxigraph.update)
        assert (result.code, result.out) == (2, "")
        assert name in result.err


def test_push_that_was_killed_goes_on(
    lod: Lod, proxy: Proxy, oxigraph: RunningStore, tmp_path: Path
) -> None:
    def slow(_: object) -> bool:
        time.sleep(0.02)
        return True

    proxy.always = slow
    bases = [f"{ROOT}{number}/" for number in range(60)]
    file = write(tmp_path / "a.nq", map(quads, bases))
    command = [sys.executable, "-m", "lod", "push", str(file), "--to", proxy.update]
    with subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE) as process:
        while proxy.writes < 25:
            assert process.poll() is None, process.communicate()
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    while proxy.connections:  # what was on its way still arrives
        time.sleep(0.01)
    there = len(held(oxigraph, ROOT)) // 2
    assert 0 < there < 60
    proxy.seen.clear()
    proxy.always = None
    report = json.loads(lod("push", file, "--to", proxy.update, "-f", "json").out)
    assert report["added"] + report["changed"] == 60 - there
    assert report["unchanged"] == there
    assert held(oxigraph, ROOT) == meant(map(parcel, bases))


def test_corpus_of_a_thousand_with_progress(oxigraph: RunningStore, tmp_path: Path) -> None:
    """On a terminal, where one sees how far it is; then again, and with one less."""
    bases = [f"{ROOT}{number}/" for number in range(1000)]
    file = write(tmp_path / "a.nq", (quads(base) for base in bases))
    code, said = on_a_terminal("push", file, "--to", oxigraph.update)
    assert code == 0, said
    assert "1,000 publications, " in said
    shown = re.findall(r"([0-9,]+) publications, [0-9,]+ a second", said)
    assert len(shown) > 2, said
    numbers = [int(one.replace(",", "")) for one in shown]
    assert numbers == sorted(numbers)
    code, said = on_a_terminal("push", file, "--to", oxigraph.update)
    assert "1,000 unchanged, 0 added, 0 changed, 0 removed" in said
    write(file, (quads(base) for base in bases[1:]))
    code, said = on_a_terminal("push", file, "--to", oxigraph.update, "--prune")
    assert "999 unchanged, 0 added, 0 changed, 1 removed" in said
    assert held(oxigraph, bases[0]) == {}
    assert len(held(oxigraph, ROOT)) == 2 * 999


def on_a_terminal(*arguments: object) -> tuple[int, str]:
    """The exit code of a command, and all that it wrote to a terminal."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "lod", *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        parts = []
        try:
            while part := os.read(ours, 65536):
                parts.append(part)
        except OSError:  # how a terminal says that its process has ended
            pass
        os.close(ours)
        return process.wait(), b"".join(parts).decode()


def test_two_pushes_at_once(proxy: Proxy, oxigraph: RunningStore, lod: Lod, tmp_path: Path) -> None:
    """The second is told to wait, and does no harm."""
    going = threading.Event()
    second = threading.Event()

    def wait(_: object) -> bool:
        going.set()
        return second.wait(60)

    proxy.always = wait
    bases = [f"{ROOT}{number}/" for number in range(10)]
    file = write(tmp_path / "a.nq", map(quads, bases))
    command = [sys.executable, "-m", "lod", "push", str(file), "--to", proxy.update]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        assert going.wait(60)
        result = lod("push", file, "--to", proxy.update)
        second.set()
        assert result.code == 2
        assert "another push to this store is at work" in result.err
        assert first.wait() == 0
    assert held(oxigraph, ROOT) == meant(map(parcel, bases))
