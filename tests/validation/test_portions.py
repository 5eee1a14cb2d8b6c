"""A dataset in portions gives the results of the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, groupby
from pathlib import Path

import pytest

from benchmarks.large import write_publication
from lod.publication import load
from lod.rdf.blocks import Blocks
from lod.rdf.dataset import Dataset
from lod.rdf.terms import Node, index
from lod.validation import validate as validation
from lod.validation.checks import check_built
from lod.validation.engines import find_engine
from lod.validation.portions import portions
from lod.validation.shapes import shipped_shapes
from tests.shapes.test_shapes import BASE, CONFORMING, VIOLATING, Case, changed


def by_statement(data: str) -> Dataset:
    """Lines of any order as a dataset that knows where its statements are."""
    claims = re.compile(f"<{re.escape(BASE)}claim/([^/>]+)")

    def statement(line: str) -> str:
        found = claims.match(line)
        return found[1] if found else ""

    lines = sorted((f"{line} .\n" for line in data.split(" .\n")[:-1]), key=statement)
    blocks = {key: "".join(some) for key, some in groupby(lines, statement)}
    rest = blocks.pop("", "")
    starts = list(accumulate(map(len, blocks.values()), initial=len(rest)))
    return Dataset(BASE, Blocks(rest + "".join(blocks.values())), statements=starts)


@pytest.mark.parametrize(
    "case",
    [case for case in (*VIOLATING, *CONFORMING) if case.area != "vocabulary"],
    ids=lambda case: case.name,
)
def test_one_statement_at_a_time_has_the_results_of_all_together(case: Case) -> None:
    data = changed(case.area, case.update)
    whole = find_engine().validate(shipped_shapes(), data)
    context = "".join(re.findall(rf"(?m)^(?!<{re.escape(BASE)}).*\n", data))
    dataset = by_statement(data)
    found = validation._validate_portions(dataset, context, shipped_shapes(), "auto", most=1)
    assert set(found) == set(whole)


def test_every_statement_of_a_publication_is_in_one_portion() -> None:
    dataset = load("examples/russia-kazakhstan").dataset()
    assert len(dataset.statements) == 1 + dataset.default.count(
        "<https://w3id.org/lod-facts/ns#statement>"
    ) - sum(
        len(re.findall(rf"#statement> <{re.escape(iri)}> ", dataset.default)) - 1
        for iri in statements(dataset)
    )
    some = list(portions(dataset, most=50_000))
    assert len(some) > 3
    for iri in statements(dataset):
        assert sum(f"#statement> <{iri}> " in one.text for one in some) == 1
    union = set(dataset.union().split(" .\n"))
    assert set().union(*(one.text.split(" .\n") for one in some)) == union


def statements(dataset: Dataset) -> set[str]:
    """The IRIs of the statements."""
    return set(re.findall(r"ns#statement> <([^>]*)> ", dataset.default))


def test_a_large_publication_is_validated_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    publication = load("examples/russia-kazakhstan")
    expected = publication.validate()
    monkeypatch.setattr(validation, "_LARGE", 0)
    longest = 0

    def watched(dataset: Dataset, most: int) -> object:
        nonlocal longest
        for portion in portions(dataset, 50_000):
            longest = max(longest, len(portion.text))
            yield portion

    monkeypatch.setattr(validation, "portions", watched)
    assert publication.validate() == expected
    assert 0 < longest < len(publication.dataset().default) / 2


def test_claims_that_only_a_graph_names_are_not_seen_together() -> None:
    claims = [f"<{BASE}claim/c{number}>" for number in range(20)]
    texts = [
        f"{one} <{BASE}p> <{BASE}claim/c{number}/value> .\n" for number, one in enumerate(claims)
    ]
    # 7 is about 13, whose second claim is named by 2.
    texts[7] += f"{claims[7]} <{BASE}about> {claims[13]} .\n"
    texts[13] += f"<{BASE}claim/c13/2> <{BASE}p> <{BASE}claim/c13/value> .\n"
    texts[2] += f"{claims[2]} <{BASE}denies> <{BASE}claim/c13/2> .\n"
    reported = "".join(f"<{BASE}entity/e> <{BASE}p> {one[:-1]}/value> .\n" for one in claims)
    starts = list(accumulate(map(len, texts), initial=0))
    dataset = Dataset(BASE, Blocks("".join(texts)), {f"{BASE}g": reported}, statements=starts)
    together = [
        frozenset(re.findall(r"(?m)^<[^>]*claim/(c\d+)> ", one.text))
        for one in portions(dataset, most=1)
    ]
    assert frozenset({"c2", "c7", "c13"}) in together
    assert sorted(map(len, together)) == [0, *[1] * 17, 3]
    assert {line for one in portions(dataset, 1) for line in one.text.splitlines()} == {
        *dataset.union().splitlines()
    }


def test_graphs_are_checked_by_looking_at_each_statement_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked_at: list[int] = []

    def watched(text: str | Iterable[str]) -> dict[str, Node]:
        parts = [text] if isinstance(text, str) else [*text]
        looked_at.append(sum(map(len, parts)))
        return index(parts)

    monkeypatch.setattr("lod.validation.checks.data.index", watched)
    for claims in (20, 80):
        publication = load(write_publication(claims, tmp_path / str(claims)))
        looked_at.clear()
        assert check_built(publication.dataset(), publication.vocabulary) == []
        assert sum(looked_at) == len(publication.dataset().blocks)
        assert len(looked_at) == claims + 1
