"""The tour of docs/wikidata.md runs word for word, against the local Wikibase."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import blocks, is_as_shown, session
from tests.ports import free_port
from tests.wikidata.example import EXAMPLE, serve_example
from tests.wikidata.quickstatements_reader import apply
from tests.wikidata.terminal import Session
from tests.wikidata.wikibase import LocalWikibase

_ASKED = re.compile(r"(q to stop|why is there none|link it \[Y/n\]): (.*)")
UPLOAD = "lod contribute kazakhstan"


def run(command: str, shown: str, folder: Path) -> str:
    """Run a command as a reader does; what the terminal shows."""
    if answers := _ASKED.findall(shown):
        session = Session(shlex.split(command)[1:], folder)
        try:
            for question, answer in answers:
                session.expect(question)
                session.answer(answer)
            assert session.end() == 0
        finally:
            session.close()
        return session.shown
    line = re.sub(r"^lod\b", f"{shlex.quote(sys.executable)} -m lod", command)
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def upload(lines: Path, local: LocalWikibase) -> None:
    """Do with the lines what QuickStatements does."""
    text = lines.read_text("utf-8")
    items = {line.split("\t")[0] for line in text.splitlines()}
    known = {qid: local.entities.edit(qid) for qid in items}
    for qid, entity in apply(text, known).items():
        local.entities.changed[qid] = entity


def test_tour_from_no_link_to_a_contribution(
    local: LocalWikibase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve_example(local)
    monkeypatch.setenv("LOD_WIKIBASE", local.api)
    monkeypatch.setenv("LOD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "tour"
    folder.mkdir()
    ran = []
    for block in blocks("wikidata.md"):
        if block.file:
            (folder / block.file).write_text(block.code, "utf-8")
        for command, shown in session(block.code) if block.language == "console" else ():
            if command == UPLOAD:
                upload(folder / "lines.txt", local)
            got = run(command, shown, folder)
            assert is_as_shown(shown, got), f"$ {command}\n{got}\n--- but the page says\n{shown}"
            ran.append(command.partition(" ")[0] + " " + command.split()[1])
    for name in ("init", "link", "check", "compare", "contribute"):
        assert f"lod {name}" in ran


def test_a_wikibase_that_does_not_run_is_told_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOD_WIKIBASE", f"http://127.0.0.1:{free_port()}/w/api.php")
    monkeypatch.setenv("LOD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder)
    done = subprocess.run(
        [sys.executable, "-m", "lod", "link", str(folder), "--update"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 2
    assert "no connection" in done.stderr
    assert "hint: see whether the address is right, its server runs" in done.stderr
