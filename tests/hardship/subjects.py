"""What is broken, and what reads it: a file of the samples, and a command or function for it."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lod.bounds import MOST_SAID
from lod.errors import LodError

ROOT = Path(__file__).parents[2]
RECORDED = ROOT / "tests" / "wikidata" / "statements" / "recorded.json"
#: The longest line that a report of what is wrong may have: a message, a hint, a quote, a place.
LONGEST = 4 * MOST_SAID
#: Words that no user may ever read.
FORBIDDEN = ("bug in lod", "Traceback (most recent call last)")


class WrongError(AssertionError):
    """Something that should never come about."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a command did.

    Attributes:
        code: its exit code.
        out: its standard output.
        err: its standard error.
    """

    code: int
    out: str
    err: str


def call(*arguments: str | Path) -> Said:
    """Run `lod` in this process.

    Raises:
        WrongError: its exit code is none, or it says what no user may read.
    """
    from lod.cli.run import run

    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2)]
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        code = run([str(one) for one in arguments])
    finally:
        sys.stdout, sys.stderr = before
    texts = []
    for stream in streams:
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        texts.append(buffer.getvalue().decode())
    said = Said(code, *texts)
    check_words(said)
    return said


def check_words(said: Said) -> None:
    """Hold what a command said against what it may say.

    Raises:
        WrongError: it may not.
    """
    for words in FORBIDDEN:
        for text in (said.out, said.err):
            if words in text:
                raise WrongError(text[text.index(words) :][:1000])
    if said.code not in (0, 1, 2, 130):
        raise WrongError(f"exit code {said.code}: {said.err[:300]}")
    if said.code == 2 and not said.err.strip():
        raise WrongError("exit code 2 without a word")
    for name, text in (("output", said.out if said.code else ""), ("error", said.err)):
        longest = max(map(len, text.splitlines()), default=0)
        if longest > LONGEST:
            raise WrongError(f"a line of the standard {name} has {longest:,} characters")


#: Reads a broken file: where the samples are, and the file; gives the outcome in a word.
Read = Callable[[Path, Path], str]


@dataclass(frozen=True, slots=True)
class Subject:
    """One kind of file.

    Attributes:
        name: what it is.
        file: of the samples, that is broken.
        read: what reads it.
        ending: of the broken file where that is not the file's.
    """

    name: str
    file: str
    read: Read


def _word(said: Said) -> str:
    return ("fine", "findings", "refused")[said.code]


def _in_place(*arguments: str) -> Read:
    """A command on the samples, in which the broken file stands in the place of the whole one."""

    def read(samples: Path, file: Path) -> str:
        filled = [one.replace("{}", str(samples)).replace("{file}", str(file)) for one in arguments]
        return _word(call(*filled))

    return read


def _then_gone(folder: str, read: Read) -> Read:
    """The same, and what it wrote is taken away."""

    def read_and_remove(samples: Path, file: Path) -> str:
        outcome = read(samples, file)
        shutil.rmtree(samples / folder, ignore_errors=True)
        left = [path.name for path in samples.iterdir() if ".lod-" in path.name]
        if left:
            raise WrongError(f"left behind: {left}")
        return outcome

    return read_and_remove


def _function(read: Callable[[Path], object]) -> Read:
    """A function of the package, which may raise nothing but our errors."""

    def call_it(_samples: Path, file: Path) -> str:
        try:
            read(file)
        except LodError as error:
            if len(error.message) > LONGEST:
                raise WrongError(f"a message of {len(error.message):,} characters") from None
            return "refused"
        return "fine"

    return call_it


def _query(file: Path) -> None:
    from lod.query.checked import check_query, portable

    portable(check_query(file.read_bytes().decode("utf-8", "replace")))


def _wikibase(file: Path) -> None:
    from lod.wikidata.wikibase import read_wikibase

    read_wikibase(file)


def _words(file: Path) -> None:
    from lod.pages.interface import Words

    Words("en", file)


def _labels(file: Path) -> None:
    from lod.wikidata.labels import read_labels

    read_labels(file)


def _update(samples: Path, file: Path) -> str:
    """A new text for the publication, or its old one broken; the facts stay as they are."""
    facts = samples / "small" / "facts.yaml"
    before = facts.read_bytes()
    outcome = _word(call("update", samples / "small", "--text", file, "--dry-run"))
    if facts.read_bytes() != before:
        raise WrongError("a dry run changed the facts")
    return outcome


_DATA = (
    ("turtle", "ttl"),
    ("trig", "trig"),
    ("n-quads", "nq"),
    ("json-ld", "jsonld"),
    ("rdf-xml", "rdf"),
    ("n-triples", "nt"),
)
SUBJECTS = (
    Subject("facts.yaml", "small/facts.yaml", _in_place("check", "{}/small")),
    Subject("facts.yaml as json", "small/facts.yaml", _in_place("check", "{}/small", "-f", "json")),
    Subject("facts.json", "json/facts.json", _in_place("check", "{}/json", "-f", "github")),
    Subject(
        "facts.yaml, built",
        "small/facts.yaml",
        _then_gone("made", _in_place("build", "{}/small", "-o", "{}/made")),
    ),
    Subject("text", "small/text.txt", _in_place("check", "{}/small")),
    Subject("text, covered", "small/text.txt", _in_place("coverage", "{}/small")),
    Subject("text, updated", "small/text.txt", _update),
    Subject("wikidata.lock", "small/wikidata.lock", _in_place("check", "{}/small")),
    Subject("vocabulary", "small/terms.ttl", _in_place("check", "{}/small")),
    Subject(
        "JSON Lines",
        "corpus/corpus.jsonl",
        _then_gone(
            "made", _in_place("build", "{}/corpus/corpus.jsonl", "-o", "{}/made", "--jobs", "1")
        ),
    ),
    Subject(
        "table of claims",
        "tables/claims.csv",
        _then_gone("made", _in_place("init", "--claims", "{}/tables/claims.csv", "-o", "{}/made")),
    ),
    Subject(
        "table of entities",
        "tables/entities.csv",
        _then_gone("made", _in_place("init", "--claims", "{}/tables/claims.csv", "-o", "{}/made")),
    ),
    Subject(
        "table of anchors",
        "tables/anchors.csv",
        _then_gone("made", _in_place("init", "--claims", "{}/tables/claims.csv", "-o", "{}/made")),
    ),
    Subject(
        "tables.json",
        "tables/tables.json",
        _then_gone("made", _in_place("init", "--claims", "{}/tables/claims.csv", "-o", "{}/made")),
    ),
    *(
        Subject(name, f"dist/dataset.{ending}", _in_place("validate", "{file}"))
        for name, ending in _DATA
    ),
    Subject("report of a build", "dist/report.json", _in_place("validate", "{}/dist")),
    Subject(
        "N-Quads, loaded",
        "dist/dataset.nq",
        _then_gone("made", _in_place("load", "{file}", "--store", "{}/made")),
    ),
    Subject(
        "manifest of a corpus",
        "out/manifest.json",
        _then_gone("made", _in_place("load", "{}/out", "--store", "{}/made")),
    ),
    Subject("query", "query.rq", _function(_query)),
    Subject("TOML of a Wikibase", "wikibase.toml", _function(_wikibase)),
    Subject("TOML of words", "words.toml", _function(_words)),
    Subject("labels", "labels.tsv", _function(_labels)),
    Subject(
        "items of a Wikibase", "items.json", _in_place("compare", "{}/small", "--items", "{file}")
    ),
    Subject(
        "items, contributed",
        "items.json",
        _in_place("contribute", "{}/small", "--items", "{file}", "--quiet"),
    ),
)
