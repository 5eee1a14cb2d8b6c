"""The parts of the work that other tools can do too: LinkML, morph-kgc, maplib.

They begin where the thinking is over: with rows that have every IRI, position and label ready. From
these they make the default graphs that lod makes; that it is the same graph is checked first. lod
begins with its own JSON: it reads the model, anchors the quotes, checks, and words the labels.
Other parts: LinkML checks the structure of the rows, maplib answers queries. Each peer runs in one
process of an environment of its own, in turn with lod; start-up is left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import corpora
from benchmarks.hops import EQUAL, RECOMMENDED
from benchmarks.measure import Took, median, median_ratio, write_results
from benchmarks.peer_process import SCRIPTS, Peer, PeerMissingError, PeerProcess
from benchmarks.processor import Load, cpu_seconds, cpu_seconds_now
from benchmarks.queries import LOOKUP
from benchmarks.rows import make_tables, write_tables
from lod.dataset.build import build_dataset
from lod.facts.load import load_source
from lod.namespaces import PREFIXES, WIKIDATA_NS
from lod.query.checked import check_query
from lod.query.store import QueryStore, run_query
from lod.rdf.dataset import Dataset
from lod.sources.json_source import read_json
from lod.validation.validate import validate_publication
from lod.vocabulary.vocabulary import load_vocabulary

PEERS = (
    Peer("LinkML", "linkml", "1.12.1", SCRIPTS / "with_linkml.py"),
    Peer("morph-kgc", "morph-kgc", "2.10.0", SCRIPTS / "with_morph_kgc.py"),
    Peer("maplib", "maplib", "0.20.26", SCRIPTS / "with_maplib.py"),
)
#: What peers cannot do that belongs to the work.
NOTES = {
    "LinkML": "its RDF writer has no language tags: compared without them",
    "maplib": "its free package does not validate: it refuses SHACL",
}
_JSON, _MODEL = "lod, from its JSON", "lod, from the model"
_MODALITY = re.compile(r"<[^>]*> <https://w3id.org/lod-facts/ns#modality> <[^>]*> \.\n")
_TAG = re.compile(r'"@en$')


class Lod:
    """lod's side of the work, on so many publications.

    Args:
        count: of publications.
        folder: where the rows of the peers go.
    """

    def __init__(self, count: int, folder: Path) -> None:
        self._lines = [
            item.data for item in corpora.items(count, broken=False) if item.data is not None
        ]
        self._folder = folder
        self._loaded = [load_source(read_json(line, "x.json"), Path()) for line in self._lines]
        self._vocabulary = load_vocabulary()
        self._datasets = list(self._from_model())
        tables = make_tables(self._datasets)
        write_tables(tables, folder)
        self.graph = "".join(dataset.default for dataset in self._datasets)
        self.queries = self._queries()
        (folder / "queries.json").write_text(json.dumps(self.queries), "utf-8")
        # As the script of LinkML has them: in every tenth publication a claim has no modality.
        self._checked = [
            dataset if number % 10 else replace(dataset, default=_MODALITY.sub("", text, 1))
            for number, dataset in enumerate(self._datasets)
            for text in [dataset.default]
        ]
        self._store = QueryStore([self.graph])

    def _from_model(self) -> Sequence[Dataset]:
        return [
            build_dataset(one.facts, one.vocabulary)
            for one in self._loaded
            if one.facts is not None
        ]

    def _queries(self) -> dict[str, str]:
        """Queries of an item that many claims are about, with their prefixes, by name."""
        items = re.findall(rf"schema\.org/about> <({WIKIDATA_NS}Q1000\w+)> \.", self.graph)
        item = max(sorted(set(items)), key=items.count)
        named = {"query: everything said of an item": LOOKUP, "query: hops": EQUAL[RECOMMENDED]}
        return {
            name: "".join(
                f"PREFIX {prefix}: <{iri}>\n"
                for prefix, iri in check_query(text, PREFIXES).prefixes.items()
            )
            + text.replace("ITEM", item)
            for name, text in named.items()
        }

    def from_json(self) -> None:
        """Triples from lod's own JSON."""
        with (self._folder / "lod.nt").open("w", encoding="utf-8") as out:
            for line in self._lines:
                loaded = load_source(read_json(line, "x.json"), Path())
                assert loaded.facts is not None
                out.write(build_dataset(loaded.facts, loaded.vocabulary).n_triples())

    def from_model(self) -> None:
        """Triples from models that were read and checked."""
        with (self._folder / "lod.nt").open("w", encoding="utf-8") as out:
            out.writelines(dataset.n_triples() for dataset in self._from_model())

    def validate(self) -> list[int]:
        """The publications that do not conform to the shapes."""
        return [
            number
            for number, dataset in enumerate(self._checked)
            if not validate_publication(dataset, self._vocabulary).conforms
        ]

    def ask(self, text: str) -> list[Any]:
        """The rows of a query."""
        return list(run_query(self._store, text).raw)

    def close(self) -> None:
        """End the process of the queries."""
        self._store.close()


def _triples(text: str, *, tags: bool) -> set[str]:
    from pyoxigraph import RdfFormat, parse

    found = {str(triple) for triple in parse(text.encode(), format=RdfFormat.N_TRIPLES)}
    return found if tags else {_TAG.sub('"', triple) for triple in found}


def _check_graph(graph: str, file: Path, *, tags: bool) -> None:
    ours = _triples(graph, tags=tags)
    theirs = _triples(file.read_text("utf-8"), tags=tags)
    if ours != theirs:
        raise PeerMissingError(
            f"failed: its graph lacks {len(ours - theirs)} triples of {len(ours)} "
            f"and has {len(theirs - ours)} others"
        )


def _first_column(rows: list[list[str]]) -> list[str]:
    return sorted(row[0] for row in rows)


def _check(peer: Peer, process: PeerProcess, ours: Lod, folder: Path) -> None:
    """Do every job once, and see that it gives what lod gives.

    Raises:
        PeerMissingError: it gives something else.
    """
    for job in process.jobs:
        result = process.ask(job)["result"]
        if job == "build":
            file = folder / f"{peer.package}.nt"
            _check_graph(ours.graph, file, tags=peer.name != "LinkML")
        elif job == "validate":
            found = ours.validate()
            if not found or result != found:
                raise PeerMissingError(f"failed: it finds {result} wrong, not {found}")
        elif _first_column(result) != _first_column(ours.ask(ours.queries[job])):
            raise PeerMissingError(f"failed: {job}: it gives other rows")


def _timed(job: Callable[[], object]) -> Callable[[], tuple[float, float]]:
    def once() -> tuple[float, float]:
        gc.collect()
        cpu, start = cpu_seconds(), time.perf_counter()
        job()
        return time.perf_counter() - start, cpu_seconds_now() - cpu

    return once


def _asked(process: PeerProcess, job: str) -> Callable[[], tuple[float, float]]:
    def once() -> tuple[float, float]:
        answer = process.ask(job)
        return answer["wall"], answer["cpu"]

    return once


def _our_ways(ours: Lod) -> dict[str, dict[str, Callable[[], tuple[float, float]]]]:
    """Job to the ways in which lod does it; the first is what peers are compared with."""
    return {
        "build": {_JSON: _timed(ours.from_json), _MODEL: _timed(ours.from_model)},
        "validate": {"lod, all shapes": _timed(ours.validate)},
        **{
            name: {"lod": _timed(lambda text=text: ours.ask(text))}  # type: ignore[misc] # binds
            for name, text in ours.queries.items()
        },
    }


def run(
    count: int, rounds: int, peers: Sequence[Peer] = PEERS, *, install: bool = True
) -> dict[str, Any]:
    """Every part, lod and the peers in turn."""
    folder = corpora.scratch() / f"rows-{count}"
    ours = Lod(count, folder)
    result: dict[str, Any] = {
        "publications": count,
        "triples": ours.graph.count("\n"),
        "rounds": rounds,
        "peers": {},
        "jobs": {},
    }
    ways = _our_ways(ours)
    with ExitStack() as stack:
        stack.callback(ours.close)
        for peer in peers:
            about = result["peers"][peer.name] = {"version": peer.version}
            if peer.name in NOTES:
                about["note"] = NOTES[peer.name]
            try:
                process = PeerProcess(peer.python(install=install), peer.script, folder)
                stack.callback(process.close)
                _check(peer, process, ours, folder)
            except PeerMissingError as error:
                about["skipped"] = str(error)
                continue
            for job in process.jobs:
                ways[job][peer.name] = _asked(process, job)
        for job, by_name in ways.items():
            result["jobs"][job] = _measure(by_name, rounds, count)
    return result


def _measure(
    ways: dict[str, Callable[[], tuple[float, float]]], rounds: int, count: int
) -> dict[str, Any]:
    took = Took(ways)
    for _ in range(rounds):
        for name, once in ways.items():
            took.add(name, *once())
    first = next(iter(ways))
    return {
        name: {
            "ms": 1e3 * median(took[name]),
            "cpu_ms": 1e3 * median(took.cpu[name]),
            "ms_per_publication": 1e3 * median(took[name]) / count,
            "times_lod": median_ratio(took, name, first),
            "times_lod_cpu": median_ratio(took.cpu, name, first),
        }
        for name in ways
    }


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks peers`."""
    parser = argparse.ArgumentParser(prog="benchmarks peers", description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--no-install", action="store_true", help="leave out peers that are not installed yet"
    )
    given = parser.parse_args(arguments)
    load = Load()
    result = run(given.count, given.rounds, install=not given.no_install)
    write_results("peers", result, load=load)


if __name__ == "__main__":
    main()
