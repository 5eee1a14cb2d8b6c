"""Languages of short texts: each tool is asked the same, and what it says is counted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import languages
from benchmarks.peer_process import SCRIPTS, Peer

_FAKE = """
import json, sys
sys.path.insert(0, {scripts!r})
from pathlib import Path
from serve import serve
texts = json.loads((Path(sys.argv[1]) / "texts.json").read_text("utf-8"))
serve({{"identify": lambda: ["iw"] * len(texts)}})
"""


def test_what_each_says_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOD_BENCHMARKS", str(tmp_path / "benchmarks"))
    monkeypatch.setattr(Peer, "python", lambda self, install=True: Path(sys.executable))
    script = tmp_path / "fake.py"
    script.write_text(_FAKE.format(scripts=str(SCRIPTS)))
    monkeypatch.setattr(languages, "PEERS", (Peer("fake", "fake", "1", script),))
    languages.main(["--peers", "--misses"])
    lines = capsys.readouterr().out.splitlines()
    right = {
        cells[1].strip(): cells[2].split()[0]
        for line in lines
        if len(cells := line.split("|")) == 6 and " of 600" in line
    }
    # "iw" is how some call Hebrew, of which there are 20 texts.
    assert right["fake 1"] == "20"
    misses = [line for line in lines if line.count("\t") == 3]
    assert len(misses) == 600 - int(right["lod"])
    assert int(right["lod without the model"]) <= int(right["lod"])
