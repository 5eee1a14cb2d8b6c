"""The same edits before tools that keep quotations of a text.

None has fates, so each is asked what it can answer: whether a quote goes on by itself after the
edit, found, unchanged or mended, or whether somebody is told. What may go on is right to go on;
what means something else must not.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpora import scratch
from benchmarks.peer_process import SCRIPTS, Peer, PeerMissingError, PeerProcess
from lod.history.fates import Fate

if TYPE_CHECKING:
    from benchmarks.edits import Made, Sample

PEERS = (
    Peer("cite2site", "cite2site", "1.0.6", SCRIPTS / "with_cite2site.py"),
    Peer(
        "linkml-reference-validator",
        "linkml-reference-validator",
        "0.4.0",
        SCRIPTS / "with_reference_repair.py",
    ),
)
#: npm's package, and its release.
TEXT_QUOTE = ("dom-anchor-text-quote", "4.0.2")
_Kept = list[list[bool]]


def compare(every: Sequence[tuple[Sample, Made]], lod: _Kept) -> Iterator[str]:
    """The table of what goes on by itself.

    Args:
        every: the edits.
        lod: of each edit, whether lod lets each quote go on.
    """
    folder = scratch() / "edits"
    folder.mkdir(exist_ok=True)
    _write(every, folder / "edits.json")
    yield ""
    yield f"{'tool':34} {'right':>8} {'silent':>8} {'of changed':>11} {'alarms':>8} {'of kept':>8}"
    yield _line("lod", every, lod)
    for peer in PEERS:
        name = f"{peer.name} {peer.version}"
        try:
            with PeerProcess(peer.python(), peer.script, folder) as process:
                yield _line(name, every, process.ask("find")["result"])
        except PeerMissingError as error:
            yield f"{name}: {error}"
    name = " ".join(TEXT_QUOTE)
    try:
        yield _line(name, every, _text_quote(folder))
    except (OSError, subprocess.CalledProcessError) as error:
        yield f"{name}: did not run: {error}"


def _write(every: Sequence[tuple[Sample, Made]], file: Path) -> None:
    samples = list(dict.fromkeys(sample for sample, _ in every))
    texts = [
        {
            "text": sample.raw,
            "quotes": [
                {
                    "exact": anchor.exact
                    if len(anchor.selectors) > 1
                    else anchor.selectors[0].exact,
                    "prefix": anchor.selectors[0].prefix,
                    "suffix": anchor.selectors[-1].suffix,
                    "start": anchor.start,
                    "end": anchor.end,
                }
                for _, _, anchor in sample.quotes
            ],
        }
        for sample in samples
    ]
    edits = [{"of": samples.index(sample), "text": made.text} for sample, made in every]
    file.write_text(json.dumps({"texts": texts, "edits": edits}), "utf-8")


def _text_quote(folder: Path) -> _Kept:
    """What npm's package anchors; it is installed where it is not there."""
    npm = shutil.which("npm")
    node = shutil.which("node")
    if npm is None or node is None:
        raise OSError("no Node.js here")
    place = scratch() / "peers" / "-".join(TEXT_QUOTE)
    modules = place / "node_modules"
    if not modules.exists():
        place.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [npm, "install", "--prefix", str(place), "@".join(TEXT_QUOTE)],
            check=True,
            capture_output=True,
        )
    script = SCRIPTS / "with_text_quote.js"
    subprocess.run([node, str(script), str(folder), str(modules)], check=True, capture_output=True)
    found: _Kept = json.loads((folder / "text-quote.json").read_text("utf-8"))
    return found


def _line(name: str, every: Sequence[tuple[Sample, Made]], kept: _Kept) -> str:
    settled = {Fate.UNCHANGED, Fate.MOVED}
    counts: Counter[str] = Counter()
    for (sample, made), row in zip(every, kept, strict=True):
        for (key, _, _), goes_on in zip(sample.quotes, row, strict=True):
            may = bool(made.right[key] & settled)
            must = not made.right[key] - settled
            counts["all"] += 1
            counts["changed"] += not may
            counts["same"] += must
            counts["silent"] += goes_on and not may
            counts["alarms"] += must and not goes_on
    wrong = counts["silent"] + counts["alarms"]
    return (
        f"{name:34} {1 - wrong / counts['all']:8.2%} {counts['silent']:8,} {counts['changed']:11,} "
        f"{counts['alarms']:8,} {counts['same']:8,}"
    )
