"""How the cost of each command grows: `python -m benchmarks.growth --sizes 200,2000,20000`.

Sizes are claims where a row is about one publication. Where it is about a corpus there are half as
many publications. Every command runs as a process of its own; printed are its processor time in
seconds, its peak memory in MB, and the exponent of either between the two largest sizes: 1 grows
with the size, 0 does not grow. `--against COMMIT` runs that commit too, in turn, and tells how many
times faster this one is. A goal that is about a size is held where that was measured. It ends with
1 where a goal is missed. The sizes that it has by default only try it out.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.generate import make_publication
from benchmarks.large import edited, write_publication
from benchmarks.processor import Load
from benchmarks.pushes import pushing
from benchmarks.side import Side, environment, other_side, this_side
from lod.corpus.nquads import find_sources, read_publications, store_publication
from lod.history.fates import Fate

#: Publications of a corpus for each claim of the largest publication.
_A_HALF = 2
_MOST_TO_VIRTUOSO = 300
_BASE = "https://data.example.org/corpus/"
_ALL_FATES = ",".join(fate for fate in Fate if not fate.is_settled)
_BULK = """
import sys
from pyoxigraph import RdfFormat, Store
store = Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=RdfFormat.N_QUADS)
store.flush()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took.

    Attributes:
        cpu: processor time in seconds, that of its own children included.
        memory: the most memory of one process, in MB.
        size: bytes that it wrote, where that is asked for.
        store: processor time in seconds of the store that it asked, where that is another process.
    """

    cpu: float
    memory: float
    size: int = 0
    store: float = 0.0


@dataclass(frozen=True, slots=True)
class Goal:
    """What a row has to reach.

    Attributes:
        most: the highest value that is fine.
        of: what is compared: "time" (with the store's) or "memory" of the largest size, "times"
            that of the first size, "exponent", "faster" (the other commit's cost in that of this
            one, turned round), or "beside" (against what runs beside it).
        at: held only where a size is at least this.
    """

    of: str
    most: float
    at: int = 0


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    run: Callable[[Side, int, Path], Cost]
    goals: tuple[Goal, ...] = ()
    beside: Callable[[Side, int, Path], Cost] | None = None
    costs: dict[str, dict[int, Cost]] = field(default_factory=dict)


def measured(side: Side, *arguments: str | Path, most: int = 1) -> Cost:
    """Run an interpreter in a checkout.

    Args:
        side: the checkout.
        arguments: for the interpreter.
        most: the highest exit code that counts as done.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [side.python, *map(str, arguments)],
            cwd=side.root,
            env={**environment(), "PYTHONPATH": str(side.root)},
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        assert 0 <= process.returncode <= most, said.read().decode()[-2000:]
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(usage.ru_utime + usage.ru_stime, peak)


def _publication(size: int, folder: Path) -> Path:
    place = folder / f"publication-{size}"
    return place if place.exists() else write_publication(size, place)


def _corpus(size: int, folder: Path) -> tuple[Path, Path]:
    """A corpus, and the same with one publication changed."""
    count = max(size // _A_HALF, 2)
    file, changed = folder / f"corpus-{count}.jsonl", folder / f"changed-{count}.jsonl"
    if not changed.exists():
        with file.open("w", encoding="utf-8") as out, changed.open("w", encoding="utf-8") as other:
            for number in range(count):
                data = make_publication(number, broken=False)
                out.write(json.dumps(data) + "\n")
                if number == count // 2:
                    data["publication"]["title"] += ", corrected"
                other.write(json.dumps(data) + "\n")
    return file, changed


def _lod(side: Side, *arguments: str | Path) -> Cost:
    return measured(side, "-m", "lod", *arguments)


def _check(side: Side, size: int, folder: Path) -> Cost:
    return _lod(side, "check", _publication(size, folder))


def _build(side: Side, size: int, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory(dir=folder) as out:
        return _lod(side, "build", _publication(size, folder), "-o", Path(out, "dist"))


def _coverage(side: Side, size: int, folder: Path) -> Cost:
    return _lod(side, "coverage", "-f", "json", _publication(size, folder))


def _site(side: Side, size: int, folder: Path) -> Cost:
    with tempfile.TemporaryDirectory(dir=folder) as out:
        cost = _lod(side, "site", _publication(size, folder), "-o", Path(out, "site"))
        files = (Path(top, name) for top, _, names in os.walk(out) for name in names)
        return Cost(cost.cpu, cost.memory, sum(file.stat().st_size for file in files))


def _site_changed(side: Side, size: int, folder: Path) -> Cost:
    file, changed = _corpus(size, folder)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        place = Path(out, "site")
        _lod(side, "site", file, "-o", place, "--base", _BASE)
        return _lod(side, "site", changed, "-o", place, "--base", _BASE)


def _corpus_changed(side: Side, size: int, folder: Path) -> Cost:
    file, changed = _corpus(size, folder)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        _lod(side, "build", file, "-o", Path(out, "out"))
        return _lod(side, "build", changed, "-o", Path(out, "out"))


def _quads(side: Side, size: int, folder: Path) -> Path:
    file, _ = _corpus(size, folder)
    built = folder / f"built-{size}"
    if not built.exists():
        _lod(side, "build", file, "-o", built)
    return built


def _built(side: Side, file: Path) -> Path:
    """A corpus that was built, by a side; what it took stands beside it."""
    place = file.with_suffix("")
    if not place.exists():
        cost = _lod(side, "build", file, "-o", place)
        place.with_suffix(".cost").write_text(json.dumps(asdict(cost)))
    return place


def _diff(side: Side, size: int, folder: Path) -> Cost:
    before, after = (_built(side, file) for file in _corpus(size, folder))
    return _lod(side, "diff", before, after)


def _build_corpus(side: Side, size: int, folder: Path) -> Cost:
    place = _built(side, _corpus(size, folder)[0])
    return Cost(**json.loads(place.with_suffix(".cost").read_text()))


def _update(side: Side, size: int, folder: Path) -> Cost:
    place = _publication(size, folder)
    new = folder / f"edited-{size}.txt"
    if not new.exists():
        new.write_text(edited((place / "article.txt").read_text("utf-8")), "utf-8")
    with tempfile.TemporaryDirectory(dir=folder) as out:
        copy = Path(shutil.copytree(place, Path(out, "copy")))
        options = ("--accept", _ALL_FATES, "--reason", "correction", "--quiet")
        cost = _lod(side, "update", copy, "--text", new, *options)
        assert (copy / "article.txt").read_bytes() == new.read_bytes(), "nothing was written"
        return cost


def _load(side: Side, size: int, folder: Path) -> Cost:
    built = _quads(side, size, folder)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        return _lod(side, "load", built, "--store", Path(out, "store"))


def _push_changed(side: Side, size: int, folder: Path) -> Cost:
    before, after = (_built(side, file) for file in _corpus(size, folder))
    with pushing("oxigraph", partial(_lod, side)) as push:
        push(before)
        return push(after)


def _to_virtuoso(side: Side, size: int, folder: Path, *options: str) -> Cost:
    corpus = _built(side, _corpus(min(size, _A_HALF * _MOST_TO_VIRTUOSO), folder)[0])
    with pushing("virtuoso", partial(_lod, side)) as push:
        return push(corpus, *options)


def _updates_to_virtuoso(side: Side, size: int, folder: Path) -> Cost:
    return _to_virtuoso(side, size, folder, "--via", "update")


def _bulk(side: Side, size: int, folder: Path) -> Cost:
    """What pyoxigraph itself takes for the same quads, without any of lod's promises.

    The same as the store has them, each in the graph of its publication: quads of the default graph
    are written into three indexes, others into six.
    """
    built = _quads(side, size, folder)
    with tempfile.TemporaryDirectory(dir=folder) as out:
        whole = Path(out, "all.nq")
        with whole.open("wb") as stream:
            for source in find_sources([built]):
                for base, lines in read_publications(source):
                    stream.write(store_publication(base, lines, str(source.path)).data)
        return measured(side, "-c", _BULK, whole, Path(out, "store"))


#: The table of the goals.
ROWS: Mapping[str, Callable[[], Row]] = {
    "check": lambda: Row(
        "lod check", _check, (Goal("exponent", math.log10(11)), Goal("faster", 3, at=20_000))
    ),
    "build": lambda: Row("lod build", _build, (Goal("memory", 500, at=20_000),)),
    "coverage": lambda: Row("lod coverage -f json", _coverage, (Goal("memory", 500, at=20_000),)),
    "site": lambda: Row("lod site, one publication", _site, (Goal("faster", 2, at=2_000),)),
    "site-changed": lambda: Row(
        "lod site of a corpus, one changed",
        _site_changed,
        (Goal("times", 3), Goal("faster", 10, at=20_000)),
    ),
    "corpus-changed": lambda: Row(
        "lod build of a corpus, one changed", _corpus_changed, (Goal("times", 1.8),)
    ),
    "update": lambda: Row(
        "lod update, beside lod check", _update, (Goal("beside", 2, at=20_000),), _check
    ),
    "diff": lambda: Row(
        "lod diff of two built corpora, one changed, beside lod build of one",
        _diff,
        (Goal("beside", 1 / 20, at=20_000),),
        _build_corpus,
    ),
    "load": lambda: Row("lod load", _load, (Goal("beside", 1.3, at=20_000),), _bulk),
    "push-changed": lambda: Row(
        "lod push of a corpus that was built, one changed",
        _push_changed,
        (Goal("times", 2),),
    ),
    "virtuoso": lambda: Row(
        f"lod push of at most {_MOST_TO_VIRTUOSO} publications, and Virtuoso, beside --via update",
        _to_virtuoso,
        (Goal("time", 20, at=_A_HALF * _MOST_TO_VIRTUOSO),),
        _updates_to_virtuoso,
    ),
}


def exponent(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """With which power of the size a cost grows.

    >>> round(exponent((100, 2.0), (1000, 20.0)), 2)
    1.0
    """
    (size, cost), (more, costs) = smaller, larger
    return math.log(max(costs, 1e-9) / max(cost, 1e-9)) / math.log(more / size)


def reached(goal: Goal, costs: Mapping[str, Mapping[int, Cost]]) -> tuple[float, bool] | None:
    """What was measured for a goal, and whether that reaches it; None where it was not.

    Args:
        goal: the goal.
        costs: of "this" commit, the "other" one, and what runs "beside", by size.
    """
    sizes = sorted(costs["this"])
    last, this = sizes[-1], costs["this"]
    if last < goal.at or (goal.of in ("exponent", "times") and len(sizes) == 1):
        return None
    if goal.of == "faster":
        if "other" not in costs:
            return None
        value = costs["other"][last].cpu / this[last].cpu
        return value, value >= goal.most
    value = {
        "time": lambda: this[last].cpu + this[last].store,
        "memory": lambda: this[last].memory,
        "times": lambda: this[last].cpu / this[sizes[0]].cpu,
        "exponent": lambda: exponent((sizes[-2], this[sizes[-2]].cpu), (last, this[last].cpu)),
        "beside": lambda: this[last].cpu / costs["beside"][last].cpu,
    }[goal.of]()
    return value, value <= goal.most


def measure(row: Row, sizes: list[int], other: Side | None, folder: Path) -> bool:
    """Measure a row, print it, and say whether all its goals were reached."""
    runs: dict[str, Callable[[int], Cost]] = {"this": lambda n: row.run(this_side(), n, folder)}
    if other is not None:
        runs["other"] = lambda n: row.run(other, n, folder)
    if row.beside is not None:
        beside = row.beside
        runs["beside"] = lambda n: beside(this_side(), n, folder)
    print(row.name)
    for size in sizes:
        for name, run in runs.items():
            cost = run(size)
            row.costs.setdefault(name, {})[size] = cost
            more = f" {cost.size / 1e6:8.1f} MB written" if cost.size else ""
            more += f" {cost.store:8.2f} s of the store" if cost.store else ""
            print(
                f"  {size:>7,} {name:6} {cost.cpu:8.2f} s {cost.memory:6.0f} MB{more}", flush=True
            )
    for name, costs in row.costs.items():
        if len(sizes) > 1:
            pair = [(size, costs[size]) for size in sizes[-2:]]
            time = exponent(*((size, cost.cpu) for size, cost in pair))
            memory = exponent(*((size, cost.memory) for size, cost in pair))
            print(f"  exponent {name:6} time {time:.2f}, memory {memory:.2f}")
    fine = True
    for goal in row.goals:
        found = reached(goal, row.costs)
        said = "not at these sizes, or without --against" if found is None else f"{found[0]:.2f}"
        fine = fine and (found is None or found[1])
        verdict = "" if found is None else "reached" if found[1] else "MISSED"
        print(f"  goal {goal.of} {goal.most:.2f}: {said} {verdict}".rstrip(), flush=True)
    return fine


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks.growth`."""
    parser = argparse.ArgumentParser(prog="benchmarks growth", description=__doc__)
    parser.add_argument("--sizes", default="20,60,200", help="three, with commas")
    parser.add_argument("--rows", default=",".join(ROWS), help="some of them, with commas")
    parser.add_argument("--against", metavar="COMMIT")
    given = parser.parse_args(arguments)
    sizes = sorted({int(size) for size in given.sizes.split(",")})
    rows = given.rows.split(",")
    if unknown := set(rows) - ROWS.keys():
        parser.error(f"no row {min(unknown)}; there are {', '.join(ROWS)}")
    Load().warn()
    other = None if given.against is None else other_side(given.against)
    with tempfile.TemporaryDirectory() as folder:
        fine = [measure(ROWS[name](), sizes, other, Path(folder)) for name in rows]
    sys.exit(not all(fine))


if __name__ == "__main__":
    main()
