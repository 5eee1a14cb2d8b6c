"""Slips seeded into datasets, and how many of them validation finds.

`mutations.toml` beside this file says what the operators do and what counts as a slip.
"""

from __future__ import annotations

import argparse
import random
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import lod
from benchmarks.outcome import Outcome
from lod.namespaces import expand, shrink
from lod.rdf.terms import RDF_TYPE, lines
from lod.validation.checks import check_data
from lod.validation.engines import find_engine
from lod.validation.shapes import shipped_shapes

if TYPE_CHECKING:
    from lod.publication import Publication

ROOT = Path(__file__).parents[1]
PUBLICATIONS = (
    ROOT / "examples" / "russia-kazakhstan",
    *(
        ROOT / "tests" / "publications" / "conforming" / f"{name}.yaml"
        for name in ("statistics", "biography", "bericht")
    ),
)
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))

Quad = tuple[str, str, str, str]
_NUMBER = re.compile(r'"(-?[0-9]+(?:\.[0-9]+)?)"\^\^<.*#(integer|decimal)>')
_DATE = re.compile(r'"([0-9]{4}-[0-9]{2}-[0-9]{2})"\^\^<.*#date>')
_TEXT = re.compile(r'"([^"\\]{3,})"(@[a-z-]+)?')
_ITEM = re.compile(r"<http://www\.wikidata\.org/entity/Q([0-9]+)>")
_CLAIM = "<https://w3id.org/lod-facts/ns#Claim>"


def _tokens(names: Sequence[str]) -> frozenset[str]:
    return frozenset(f"<{expand(name)}>" for name in names)


_OPTIONAL, _FREE = _tokens(TABLE["optional"]), _tokens(TABLE["free"])


@dataclass
class Sample:
    """A dataset that slips are seeded into."""

    publication: Publication
    quads: list[Quad]
    by_predicate: dict[str, list[int]]
    graphs: list[str]

    @classmethod
    def of(cls, path: Path) -> Sample:
        """The dataset of a publication."""
        publication = lod.load(path)
        dataset = publication.dataset()
        quads = [(*triple, "") for triple in lines(dataset.default)]
        for graph, text in dataset.graphs.items():
            quads += [(*triple, graph) for triple in lines(text)]
        by_predicate: dict[str, list[int]] = {}
        for number, quad in enumerate(quads):
            by_predicate.setdefault(quad[1], []).append(number)
        return cls(publication, quads, by_predicate, ["", *dataset.graphs])

    def finds(self, quads: Sequence[Quad]) -> bool:
        """Whether validation finds anything in changed quads."""
        texts: dict[str, list[str]] = {graph: [] for graph in self.graphs}
        for subject, predicate, value, graph in quads:
            texts.setdefault(graph, []).append(f"{subject} {predicate} {value} .\n")
        joined = {graph: "".join(found) for graph, found in texts.items() if found}
        default = joined.pop("", "")
        vocabulary = self.publication.vocabulary
        own = self.publication.text
        further = [one.text for one in self.publication.versions]
        if check_data(default, joined, vocabulary, texts=[*([own] if own else []), *further]):
            return True
        data = "".join((default, *joined.values()))
        shapes = shipped_shapes(vocabulary.own_shapes)
        context = vocabulary.all_context_triples()
        return bool(find_engine().validate(shapes, data + context))


@dataclass(frozen=True)
class Mutation:
    """A changed dataset, and what was done to it."""

    operator: str
    what: str
    predicate: str
    quads: list[Quad]

    @property
    def reason(self) -> str:
        """Why validation may pass over it."""
        reasons: dict[str, str] = TABLE["reasons"]
        return reasons.get(self.predicate, reasons["other"])


def _replaced(sample: Sample, at: int, *, value: str) -> list[Quad]:
    quads = list(sample.quads)
    subject, predicate, _, graph = quads[at]
    quads[at] = (subject, predicate, value, graph)
    return quads


def _delete(sample: Sample, at: int, _: random.Random) -> list[Quad] | None:
    if sample.quads[at][1] in _OPTIONAL:
        return None
    return sample.quads[:at] + sample.quads[at + 1 :]


def _swap(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    _, predicate, value, _ = sample.quads[at]
    if predicate in _FREE:
        return None
    other = rng.choice(sample.by_predicate[predicate])
    quads = _replaced(sample, at, value=sample.quads[other][2])
    subject, _, _, graph = quads[other]
    quads[other] = (subject, predicate, value, graph)
    return quads


def _retype(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    _, predicate, value, _ = sample.quads[at]
    if predicate == RDF_TYPE:
        types = sorted({sample.quads[n][2] for n in sample.by_predicate[RDF_TYPE]})
        return _replaced(sample, at, value=rng.choice(types))
    if predicate in _FREE or not value.startswith('"'):
        return None
    lexical = value[: value.rindex('"') + 1]
    kind = rng.choice(("", "@fr", "^^<http://www.w3.org/2001/XMLSchema#gYear>"))
    return _replaced(sample, at, value=lexical + kind)


def _move(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    subject, predicate, value, graph = sample.quads[at]
    quads = list(sample.quads)
    other = rng.choice([*sample.graphs, "https://example.org/graph"])
    quads[at] = (subject, predicate, value, other)
    return None if other == graph else quads


def _copy(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    subject, predicate, value, graph = sample.quads[at]
    other = rng.choice([*sample.graphs, "https://example.org/graph"])
    return None if other == graph else [*sample.quads, (subject, predicate, value, other)]


def _number(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    value = sample.quads[at][2]
    match = _NUMBER.fullmatch(value)
    if match is None:
        return None
    number = Decimal(match[1])
    changed = number + 1 if rng.random() < 0.5 or not number else number * 10
    return _replaced(sample, at, value=value.replace(match[1], f"{changed:f}", 1))


def _date(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    value = sample.quads[at][2]
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    later = date.fromisoformat(match[1]) + timedelta(days=rng.choice((1, 365)))
    return _replaced(sample, at, value=value.replace(match[1], later.isoformat(), 1))


def _name(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    _, predicate, value, _ = sample.quads[at]
    match = _TEXT.fullmatch(value)
    if match is None or predicate in _FREE:
        return None
    cut = rng.randrange(1, len(match[1]) - 1)
    return _replaced(sample, at, value=f'"{match[1][:cut]}{match[1][cut + 1 :]}"{match[2] or ""}')


def _link(sample: Sample, at: int, rng: random.Random) -> list[Quad] | None:
    _, predicate, value, _ = sample.quads[at]
    if not value.startswith("<") or predicate == RDF_TYPE or predicate in _FREE:
        return None
    match = _ITEM.fullmatch(value)
    if match and rng.random() < 0.5:
        return _replaced(sample, at, value=value.replace(match[1], f"{int(match[1]) + 1}"))
    others = sorted({sample.quads[n][2] for n in sample.by_predicate[predicate]} - {value})
    return _replaced(sample, at, value=rng.choice(others)) if others else None


_OPERATORS: dict[str, Callable[[Sample, int, random.Random], list[Quad] | None]] = {
    "delete": _delete,
    "swap": _swap,
    "retype": _retype,
    "move": _move,
    "copy": _copy,
    "number": _number,
    "date": _date,
    "name": _name,
    "link": _link,
}


def mutate(samples: Sequence[Sample], seed: int, count: int) -> Iterator[tuple[Sample, Mutation]]:
    """Slips drawn at random, the same for the same seed: each operator as often as the others."""
    rng = random.Random(seed)  # noqa: S311 - a draw, not a secret
    names = sorted(_OPERATORS)
    made = 0
    while made < count:
        operator = names[made % len(names)]
        sample = rng.choice(samples)
        at = rng.randrange(len(sample.quads))
        quads = _OPERATORS[operator](sample, at, rng)
        if quads is None or set(quads) == set(sample.quads):
            continue
        made += 1
        subject, predicate, value, graph = sample.quads[at]
        base = sample.publication.require_facts().publication.base
        new = next((quad for quad in quads if quad not in sample.quads), None)
        what = (
            f"{subject.replace(base, '')} {shrink(predicate[1:-1])} {value.replace(base, '')[:60]}"
        )
        if graph:
            what += f" in {graph.replace(base, '')}"
        if new is not None:
            what += (
                f" -> {new[2].replace(base, '')[:60]} in {new[3].replace(base, '') or 'default'}"
            )
        yield sample, Mutation(operator, what, shrink(predicate[1:-1]), quads)


def measure(
    seed: int, count: int = 1000, paths: Sequence[Path] = PUBLICATIONS
) -> Outcome[Mutation]:
    """Seed slips and validate each.

    Args:
        seed: of the draw.
        count: how many slips.
        paths: the publications.
    """
    samples = [Sample.of(path) for path in paths]
    for sample in samples:
        if sample.finds(sample.quads):
            raise ValueError(f"{sample.publication.file} does not conform to begin with")
    outcome: Outcome[Mutation] = Outcome()
    for sample, mutation in mutate(samples, seed, count):
        outcome.add(mutation.operator, mutation, found=sample.finds(mutation.quads))
    return outcome


def main(options: Sequence[str]) -> None:
    """Print a line an operator, then each slip that was not found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks mutations", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--count", type=int, default=1000, help="how many slips")
    arguments = parser.parse_args(options)
    outcome = measure(arguments.seed, arguments.count)
    for line in outcome.lines():
        print(line)
    for mutation in outcome.missed:
        print(f"not found: {mutation.operator}: {mutation.what} ({mutation.reason})")
