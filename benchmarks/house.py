"""This commit beside an earlier one: size, circles of imports, and time; exits 1 where it misses.

Both take turns in the same run, each in an environment of its own; times are processor time. Both
are given the same input: the example as it was in the earlier commit, and one generated corpus.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from benchmarks import corpora, plain
from benchmarks.measure import Took, alternate, median, median_ratio, write_results
from benchmarks.pipeline import prepare_plain
from benchmarks.processor import Load
from benchmarks.report import house_table
from benchmarks.side import Side, other_side, this_side
from benchmarks.source import Counts, count
from lod.corpus.items import Item
from lod.corpus.publish import publish
from lod.vocabulary.vocabulary import load_vocabulary

THEN, NOW, PLAIN = "then", "now", "plain"
_COPIES = 300
_SMALL = 500
_PLAIN_SAMPLE = 12


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        name: what is compared.
        then: of the earlier commit.
        now: of this one.
        goal: what is to be reached.
        met: whether it is; None where that was not measured.
    """

    name: str
    then: str
    now: str
    goal: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Pair:
    """The two commits, and how often each is asked.

    Attributes:
        then: the earlier one.
        now: this one.
        rounds: of the builds; the commands, which are short, run three times as often.
        suite: whether the tests are run.
    """

    then: Side
    now: Side
    rounds: int = 5
    suite: bool = False

    @property
    def example(self) -> Path:
        """The example as it was."""
        return self.then.root / "examples" / "russia-kazakhstan"

    def alternate(self, commands: Mapping[str, Sequence[str | Path]]) -> Took:
        """Run what Python is given on both sides in turn, as whole processes.

        Args:
            commands: the arguments by what is put behind "then" and "now" to name the way.
        """
        ways = {
            name + which: partial(side.run, *arguments, most=1)  # 1 is findings
            for which, arguments in commands.items()
            for name, side in ((THEN, self.then), (NOW, self.now))
        }
        alternate(1, ways)  # modules are compiled
        return alternate(3 * self.rounds, ways)

    def build(self, corpus: Path, plainly: Callable[[], object]) -> Took:
        """Build a corpus on both sides, and do its work plainly, in turn."""
        took = Took((THEN, NOW, PLAIN))
        for _ in range(self.rounds):
            for name, side in ((THEN, self.then), (NOW, self.now)):
                done = side.build(corpus)
                took.add(name, done["seconds"], done["cpu_seconds"])
            once = alternate(1, {PLAIN: plainly})
            took.add(PLAIN, once[PLAIN][0], once.cpu[PLAIN][0])
        return took


def size(pair: Pair) -> Row:
    """Statements and modules, and that docstrings did not get fewer."""
    then, now = count(pair.then.root / "lod"), count(pair.now.root / "lod")
    return Row(
        "statements in `lod/` / modules; share of definitions with a docstring, of public ones",
        _size(then),
        _size(now),
        "22,400 / 240; no lower",
        now.statements <= 22_400
        and now.modules <= 240
        and now.documented >= then.documented
        and now.public >= then.public,
    )


def _size(counts: Counts) -> str:
    documented = f"{counts.documented:.1%}, {counts.public:.1%}"
    return f"{counts.statements:,} / {counts.modules}; {documented}"


def circles(pair: Pair) -> Row:
    """Groups of modules that import each other, for typing and inside functions too."""
    then, now = (count(side.root / "lod").circles for side in (pair.then, pair.now))
    for circle in now:
        print("circle:", *circle, file=sys.stderr)
    return Row("import circles", str(len(then)), str(len(now)), "0", not now)


def check(pair: Pair) -> Row:
    """`lod check` of the example, whole processes."""
    took = pair.alternate({"": ("-m", "lod", "check", pair.example)})
    share = median_ratio(took.cpu, NOW, THEN)
    return Row(
        "`lod check` of the example, whole process",
        _ms(took, THEN),
        f"{_ms(took, NOW)}, {share:.2f} of that",
        "0.6",
        share <= 0.6,
    )


def help_(pair: Pair) -> Row:
    """`lod --help` by what importing click takes."""
    took = pair.alternate({"": ("-m", "lod", "--help"), " click": ("-c", "import click")})
    then, now = (median_ratio(took.cpu, name, f"{name} click") for name in (THEN, NOW))
    return Row("`lod --help`, times `import click`", f"{then:.2f}", f"{now:.2f}", "1.3", now < 1.35)


def small(pair: Pair) -> Row:
    """The whole path of small publications in a corpus."""
    took = pair.build(corpora.json_lines(_SMALL), prepare_plain(corpora.items(_PLAIN_SAMPLE)))
    return _path("a small publication in a corpus", took, _SMALL, _PLAIN_SAMPLE, 100)


def example(pair: Pair) -> Row:
    """The same of copies of the example."""
    corpus = _copies(pair.example)
    line = corpus.read_bytes().partition(b"\n")[0]
    dataset = publish(Item("example:1", bytes(16), "example.jsonl", 1, line)).dataset
    assert dataset is not None
    n_quads, context = dataset.n_quads(), load_vocabulary().context_triples(dataset.terms)
    shapes = plain.shapes_graph()
    assert plain.quads_of(n_quads) == plain.quads_of(
        plain.parse_validate_write(n_quads, context, shapes)
    )
    took = pair.build(corpus, lambda: plain.parse_validate_write(n_quads, context, shapes))
    return _path("the example in a corpus of its copies", took, _COPIES, 1, 60)


def _path(what: str, took: Took, count: int, plain_count: int, times: int) -> Row:
    """A row of two builds of `count` publications beside `plain_count` done plainly."""
    share = median_ratio(took.cpu, NOW, THEN)
    then, now = (median_ratio(took.cpu, PLAIN, name) * count / plain_count for name in (THEN, NOW))
    return Row(
        f"{what}, whole path; times as fast as rdflib and pySHACL",
        f"{_ms(took, THEN, count)}, {then:.0f} times",
        f"{_ms(took, NOW, count)}, {share:.2f} of that, {now:.0f} times",
        f"0.75, {times} times",
        share <= 0.75 and now >= times,
    )


def _copies(folder: Path) -> Path:
    """The example many times as JSON Lines, its text in it, each with a base of its own."""
    import yaml

    corpus = corpora.scratch() / f"example-{_COPIES}.jsonl"
    data = yaml.load((folder / "facts.yaml").read_bytes(), yaml.BaseLoader)  # noqa: S506 - safe: text only
    data["document"]["content"] = (folder / data["document"].pop("text")).read_text("utf-8")
    base = data["publication"]["base"]
    with corpus.open("w", encoding="utf-8") as out:
        for number in range(_COPIES):
            data["publication"]["base"] = f"{base}{number}/"
            out.write(json.dumps(data, ensure_ascii=False) + "\n")
    return corpus


def suite(pair: Pair) -> Row:
    """The tests by the clock, two processes each."""
    name = "wall time of the test suite, two processes"
    if not pair.suite:
        return Row(name, "", "", "0.7", None)
    command = ("-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider")
    last = {}

    def tests(name: str, side: Side) -> Callable[[], object]:
        def way() -> None:
            last[name] = side.run(*command, most=1).strip().splitlines()[-1].strip("= ")

        return way

    took = alternate(1, {THEN: tests(THEN, pair.then), NOW: tests(NOW, pair.now)})
    share = median_ratio(took, NOW, THEN)
    return Row(name, last[THEN], f"{last[NOW]}: {share:.2f} of that", "0.7", share <= 0.7)


def _ms(took: Took, name: str, count: int = 1) -> str:
    return f"{1e3 * median(took.cpu[name]) / count:.3g} ms"


ROWS: dict[str, Callable[[Pair], Row]] = {
    "size": size,
    "circles": circles,
    "check": check,
    "help": help_,
    "small": small,
    "example": example,
    "suite": suite,
}


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks house`."""
    parser = argparse.ArgumentParser(prog="benchmarks house", description=__doc__)
    parser.add_argument("--against", default="1c81f13", help="the earlier commit")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--suite", action="store_true", help="run the tests too: half an hour")
    given = parser.parse_args(arguments)
    load = Load()
    pair = Pair(
        other_side(given.against, tests=given.suite), this_side(), given.rounds, given.suite
    )
    rows = {name: ROWS[name](pair) for name in given.rows}
    data = {"against": given.against, "rows": {name: asdict(row) for name, row in rows.items()}}
    if given.rows == list(ROWS):
        write_results("house", data, load=load)
    print(house_table(data))
    sys.exit(any(row.met is False for row in rows.values()))
