"""The whole path from JSON to validated N-Quads: its stages, a plain form of it, its ceiling.

The ceiling is what is left if all thinking is taken away: every line by an f-string over terms
that are there already, and the fast SHACL engine on the same triples.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import corpora, plain
from benchmarks.measure import Took, alternate, median, median_ratio, write_results
from benchmarks.processor import Load
from lod.corpus.items import Item
from lod.corpus.publish import publish
from lod.dataset.build import build_dataset
from lod.facts.load import load_source
from lod.rdf.dataset import Dataset
from lod.rdf.terms import lines
from lod.sources.json_source import read_json
from lod.validation.shapes import shipped_shapes
from lod.validation.validate import validate_publication
from lod.vocabulary.vocabulary import load_vocabulary


def ours(items: list[Item]) -> int:
    """Publish them as a corpus build does; gives the number of bytes."""
    size = 0
    with Path(os.devnull).open("wb") as out:
        for item in items:
            dataset = publish(item).dataset
            if dataset is not None:
                size += out.write(dataset.n_quads().encode("utf-8"))
    return size


class Ceiling:
    """Bare templates and the fast engine, given the terms of datasets."""

    def __init__(self, datasets: list[Dataset]) -> None:
        from shacl import Shapes

        vocabulary = load_vocabulary()
        self._shapes = Shapes.from_text(shipped_shapes().text, "ntriples")
        self._given = [
            (
                lines(dataset.default),
                {f"<{graph}>": lines(text) for graph, text in dataset.graphs.items()},
                vocabulary.context_triples(dataset.terms),
            )
            for dataset in datasets
        ]

    def run(self) -> int:
        """Write and validate all; gives the number of bytes."""
        size = 0
        with Path(os.devnull).open("wb") as out:
            for default, graphs, context in self._given:
                text = "".join([f"{s} {p} {o} .\n" for s, p, o in default])
                parts = [text]
                union = [text]
                for graph, triples in graphs.items():
                    parts += [f"{s} {p} {o} {graph} .\n" for s, p, o in triples]
                    union += [f"{s} {p} {o} .\n" for s, p, o in triples]
                report = self._shapes.validate_text("".join(union) + context, "ntriples")
                assert report.conforms
                size += out.write("".join(parts).encode("utf-8"))
        return size


def measure_stages(items: list[Item], rounds: int) -> dict[str, Any]:
    """Milliseconds a publication, stage by stage."""
    lines_ = [item.data for item in items if item.data is not None]
    folder = Path()
    loaded = [load_source(read_json(line, "x.json"), folder) for line in lines_]
    built = [build_dataset(one.facts, one.vocabulary) for one in loaded if one.facts is not None]
    texts = [dataset.n_quads() for dataset in built]
    vocabulary = load_vocabulary()
    took = alternate(
        rounds,
        {
            "parse JSON": lambda: [read_json(line, "x.json") for line in lines_],
            "parse JSON, read, anchor, check, cover": lambda: [
                load_source(read_json(line, "x.json"), folder) for line in lines_
            ],
            "build": lambda: [
                build_dataset(one.facts, one.vocabulary) for one in loaded if one.facts is not None
            ],
            "validate": lambda: [validate_publication(one, vocabulary) for one in built],
            "N-Quads": lambda: [dataset.n_quads().encode("utf-8") for dataset in built],
        },
    )
    milliseconds = _stage_milliseconds(took, len(items))
    quads = sum(text.count("\n") for text in texts)
    return {
        "publications": len(items),
        "quads_per_publication": quads / len(texts),
        "bytes_per_publication": sum(map(len, texts)) / len(texts),
        "ms_per_publication": milliseconds,
        "cpu_ms_per_publication": _stage_milliseconds(took.cpu, len(items)),
    }


def _stage_milliseconds(seconds: Mapping[str, list[float]], count: int) -> dict[str, float]:
    milliseconds = {name: 1e3 * median(times) / count for name, times in seconds.items()}
    both = milliseconds.pop("parse JSON, read, anchor, check, cover")
    milliseconds["read, anchor, check, cover"] = both - milliseconds["parse JSON"]
    return milliseconds


def measure_ceiling(count: int, rounds: int) -> dict[str, Any]:
    """Our path against the ceiling, on the same publications."""
    items = corpora.items(count, broken=False)
    datasets = [dataset for item in items if (dataset := publish(item).dataset) is not None]
    assert len(datasets) == count
    ceiling = Ceiling(datasets)
    assert ceiling.run() == ours(items)
    took = alternate(rounds, {"lod": lambda: ours(items), "ceiling": ceiling.run})
    quads = sum(map(len, datasets))
    return {
        "publications": count,
        "rounds": rounds,
        "lod_ms": 1e3 * median(took["lod"]) / count,
        "ceiling_ms": 1e3 * median(took["ceiling"]) / count,
        "lod_quads_per_second": quads / median(took["lod"]),
        "ceiling_quads_per_second": quads / median(took["ceiling"]),
        "share_of_ceiling": 1 / median_ratio(took, "lod", "ceiling"),
        "lod_cpu_ms": 1e3 * median(took.cpu["lod"]) / count,
        "ceiling_cpu_ms": 1e3 * median(took.cpu["ceiling"]) / count,
        "share_of_ceiling_cpu": 1 / median_ratio(took.cpu, "lod", "ceiling"),
    }


def prepare_plain(items: list[Item]) -> Callable[[], object]:
    """The plain path of publications, once its datasets and findings are found to be ours."""
    plain.quiet()
    given = [plain.prepare(item) for item in items]
    shapes = plain.shapes_graph()
    for one in given:
        published = publish(one.item)
        codes, text = plain.publish_plainly(one, shapes)
        assert [finding["code"] for finding in published.findings] == codes
        assert (published.dataset is None) == (text is None)
        if published.dataset is not None and text is not None:
            assert plain.quads_of(published.dataset.n_quads()) == plain.quads_of(text)
    return lambda: [plain.publish_plainly(one, shapes) for one in given]


def measure_plain(count: int, rounds: int) -> dict[str, Any]:
    """Our path against rdflib and pySHACL."""
    items = corpora.items(count)
    took = alternate(rounds, {"lod": lambda: ours(items), "plain": prepare_plain(items)})
    return {
        "publications": count,
        "rounds": rounds,
        "lod_ms": 1e3 * median(took["lod"]) / count,
        "plain_ms": 1e3 * median(took["plain"]) / count,
        "times_faster": median_ratio(took, "plain", "lod"),
        "lod_cpu_ms": 1e3 * median(took.cpu["lod"]) / count,
        "plain_cpu_ms": 1e3 * median(took.cpu["plain"]) / count,
        "times_faster_cpu": median_ratio(took.cpu, "plain", "lod"),
    }


def build_apart(count: int, jobs: int) -> dict[str, float]:
    """Build a corpus in a process of its own."""
    corpus = corpora.json_lines(count)
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.build_once", str(corpus), str(jobs)],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    result: dict[str, float] = json.loads(run.stdout)
    return result


def measure_scaling(sizes: list[int], rounds: int) -> dict[str, Any]:
    """Time per publication and memory by size; those of small corpora before and after."""
    runs: dict[int, list[dict[str, float]]] = {size: [] for size in sizes}
    largest = max(sizes)
    for number in range(rounds):
        for size in sizes:
            if size < largest or number == rounds // 2:
                runs[size].append(build_apart(size, 1))
    table = {
        str(size): {
            "ms_per_publication": 1e3 * median([run["seconds"] for run in done]) / size,
            "cpu_ms_per_publication": 1e3 * median([run["cpu_seconds"] for run in done]) / size,
            "peak_memory_mb": max(run["memory_mb"] for run in done),
        }
        for size, done in runs.items()
    }
    base = str(100 if 100 in sizes else min(sizes))

    def ratio(of: str) -> float:
        return table[str(largest)][of] / table[base][of]

    return {
        "sizes": table,
        "base": int(base),
        "largest_to_base": ratio("ms_per_publication"),
        "largest_to_base_cpu": ratio("cpu_ms_per_publication"),
    }


def measure_jobs(count: int, rounds: int) -> dict[str, Any]:
    """One process against two."""
    took = Took(("one", "two"))
    load = Load()
    for _ in range(rounds):
        for name, jobs in (("one", 1), ("two", 2)):
            done = build_apart(count, jobs)
            took.add(name, done["seconds"], done["cpu_seconds"])
    return {
        "publications": count,
        "one_ms": 1e3 * median(took["one"]) / count,
        "two_ms": 1e3 * median(took["two"]) / count,
        "rounds": rounds,
        "times_faster": median_ratio(took, "one", "two"),
        "each_round": [a / b for a, b in zip(took["one"], took["two"], strict=True)],
        "one_cpu_ms": 1e3 * median(took.cpu["one"]) / count,
        "two_cpu_ms": 1e3 * median(took.cpu["two"]) / count,
        "others": load.report()["others"],
    }


def run(given: argparse.Namespace) -> dict[str, Any]:
    """All parts."""
    return {
        "stages": measure_stages(corpora.items(given.count, broken=False), given.rounds),
        "ceiling": measure_ceiling(given.count, given.rounds),
        "plain": measure_plain(given.sample, max(given.rounds // 2, 1)),
        "scaling": measure_scaling(given.sizes, given.rounds),
        "jobs": measure_jobs(given.jobs_count, given.rounds),
    }


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks pipeline`."""
    parser = argparse.ArgumentParser(prog="benchmarks pipeline", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--sample", type=int, default=12, help="for the plain path")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1_000, 20_000])
    parser.add_argument("--jobs-count", type=int, default=2_000)
    load = Load()
    result = run(parser.parse_args(arguments))
    write_results("pipeline", result, load=load)


if __name__ == "__main__":
    main()
