"""What is remembered from one publication to the next never shows in what is made of another."""

from __future__ import annotations

import json
import sys
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import lod

#: Equal, and written in different ways.
NUMBERS = ("5", "5.0", "5.00", "5.000000000000000000000", "4.9", "4.90")
UNITS = (" percent", " metric tons", " percentage points", "")
HEDGES = ("", "more than ", "about ", "at least ")
PERIODS = ("2023", "in 2023", "2023-01/2023-12")

_MADE = st.tuples(
    st.sampled_from(NUMBERS),
    st.sampled_from(HEDGES),
    st.sampled_from(UNITS),
    st.sampled_from(PERIODS),
)


def publication(made: tuple[str, str, str, str]) -> dict[str, Any]:
    number, hedge, unit, period = made
    words = f"{hedge}{number}{unit}"
    return {
        "publication": {
            "base": "https://data.example.org/rate/",
            "title": "A rate",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Data Desk"},
        },
        "document": {
            "content": f"The rate was {words} in 2023.",
            "language": "en",
            "published": "2024-11-27",
        },
        "entities": {"rate": {"type": "Indicator", "label": "The rate"}},
        "claims": [
            {
                "id": "rate",
                "quote": f"The rate was {words} in 2023",
                "subject": "rate",
                "property": "amount",
                "value": words,
                "during": period,
            },
        ],
    }


def output(made: tuple[str, str, str, str]) -> str:
    """Findings and dataset, each as text."""
    loaded = lod.loads(publication(made))
    found = json.dumps([finding.as_dict() for finding in loaded.findings])
    return found + ("" if loaded.has_errors else loaded.serialize("n-quads"))


def forget() -> None:
    """Empty the caches that keep what was made of words and values."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("lod.rdf", "lod.facts", "lod.language", "lod.dataset")):
            for one in vars(module).values():
                if isinstance(one, _lru_cache_wrapper) and name not in _OF_LANGUAGES:
                    one.cache_clear()


#: What is read from files, the same for all publications.
_OF_LANGUAGES = ("lod.language.data", "lod.language.quantities.lexicon")
_ALONE: dict[tuple[str, str, str, str], str] = {}


@settings(max_examples=25)
@given(st.lists(_MADE, min_size=2, max_size=6, unique=True))
def test_the_order_of_publications_does_not_show(order: list[tuple[str, str, str, str]]) -> None:
    for made in order:
        if made not in _ALONE:
            forget()
            _ALONE[made] = output(made)
    forget()
    assert [output(made) for made in order] == [_ALONE[made] for made in order]


def test_digits_are_kept_as_written_in_any_order() -> None:
    for numbers in (NUMBERS, NUMBERS[::-1]):
        forget()
        for number in numbers:
            assert f'"{number}"^^' in output((number, "", " percent", "2023"))


def test_the_number_of_processes_does_not_show(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    lines = []
    for at, number in enumerate([*NUMBERS, *NUMBERS[::-1]]):
        one = publication((number, "", " percent", "2023"))
        one["publication"]["base"] += f"{at}/"
        lines.append(json.dumps(one) + "\n")
    corpus.write_text("".join(lines))
    made = {}
    for jobs in (1, 2):
        out = tmp_path / f"out{jobs}"
        lod.build_corpus(corpus, out, jobs=jobs, shard_size=3)
        made[jobs] = {file.name: file.read_bytes() for file in sorted(out.rglob("*.nq*"))}
    assert made[1] == made[2]
