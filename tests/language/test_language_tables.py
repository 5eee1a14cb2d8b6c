"""How news and archives write, language by language: the tables of `tables/xx/`.

A row has words of a text, what they say, and what they do not say: a wrong sibling, which must not
be taken for right. What the columns are, the first line of each file says.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # it has none

from lod.language.edtf import parse_edtf
from lod.language.markers import find_manner
from lod.language.periods import match_period
from lod.language.quantities import (
    QuantityError,
    format_quantity,
    match_quantity,
    parse_quantity,
    parse_share,
)
from lod.language.sentences import split_sentences
from lod.language.speech import find_attributions
from lod.model.claim import Modality
from lod.model.quantity import Quantity

FOLDER = Path(__file__).parent / "tables"
#: The least rows of a file.
LEAST = {"quantities": 150, "periods": 120, "speech": 40, "manner": 40, "sentences": 60}
#: The day that relative times count from.
REFERENCE = "2024-11-27"


def rows(name: str) -> list[tuple[str, list[str]]]:
    """Language and cells of each row of the files of a name."""
    found = []
    for path in sorted(FOLDER.glob(f"*/{name}.tsv")):
        lines = [line for line in path.open(encoding="utf-8") if not line.startswith("#")]
        table = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        found += [(path.parent.name, cells) for cells in table]
    return found


@pytest.mark.parametrize("name", LEAST)
@pytest.mark.parametrize("folder", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_the_tables_are_long_enough(folder: Path, name: str) -> None:
    ours = [cells[0] for language, cells in rows(name) if language == folder.name]
    assert len(set(ours)) == len(ours) >= LEAST[name]


def _read(words: str, language: str) -> Quantity:
    try:
        return parse_quantity(words, language)
    except QuantityError:
        return parse_share(words, language)


@pytest.mark.parametrize(("language", "cells"), rows("quantities"))
def test_a_quantity_is_what_the_words_say(language: str, cells: list[str]) -> None:
    quote, right, wrong = cells
    quantity = _read(right, language)
    assert match_quantity(quantity, quote, language).agrees
    for sibling in wrong.split("|"):
        assert not match_quantity(_read(sibling, language), quote, language).agrees, sibling
    written = format_quantity(quantity, language)
    assert match_quantity(_read(written, language), quote, language).agrees, written


@pytest.mark.parametrize(("language", "cells"), rows("periods"))
def test_a_period_is_what_the_words_say(language: str, cells: list[str]) -> None:
    quote, right, wrong = cells
    assert match_period(parse_edtf(right), quote, REFERENCE, language).agrees
    for sibling in wrong.split("|"):
        found = match_period(parse_edtf(sibling), quote, REFERENCE, language)
        assert found.match is not None
        assert not found.agrees, sibling


@pytest.mark.parametrize(("language", "cells"), rows("speech"))
def test_who_speaks_is_found(language: str, cells: list[str]) -> None:
    text, speaker, said, unsaid = cells
    sentences = split_sentences(text, 0, len(text), language)
    found = find_attributions(text, sentences, language)
    if not speaker:
        assert found == ()
        return
    spoken = [
        (text[slice(*one.speakers[0])], [text[slice(*part)] for part in one.contents])
        for one in found
    ]
    by_speaker = [parts for name, parts in spoken if speaker in name]
    assert any(said in part for parts in by_speaker for part in parts), spoken
    if unsaid:
        assert not any(unsaid in part for parts in by_speaker for part in parts), spoken


def _manner(quote: str, language: str) -> str:
    modality, denial = find_manner(quote, language)
    return "denied" if denial else "stated" if modality is None else modality[0].value


@pytest.mark.parametrize(("language", "cells"), rows("manner"))
def test_how_words_are_meant_is_found(language: str, cells: list[str]) -> None:
    quote, manner, sibling = cells
    assert manner in {*Modality, "denied"}
    assert _manner(quote, language) == manner
    assert _manner(sibling, language) == "stated", sibling


def _split(text: str, language: str) -> list[str]:
    return [text[a:b] for a, b in split_sentences(text, 0, len(text), language)]


@pytest.mark.parametrize(("language", "cells"), rows("sentences"))
def test_sentences_end_where_they_do(language: str, cells: list[str]) -> None:
    expected = [part.strip() for part in cells[0].split("|")]
    assert _split(cells[0].replace("|", ""), language) == expected


@pytest.mark.parametrize("language", sorted({language for language, _ in rows("sentences")}))
def test_sentences_are_never_worse_than_those_of_the_library(language: str) -> None:
    better = 0
    for tag, (case,) in rows("sentences"):
        if tag != language:
            continue
        text = case.replace("|", "")
        expected = [part.strip() for part in case.split("|")]
        starts = [found["start_index"] for found in get_sentence_boundaries(language, text)]
        parts = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        better += parts != expected
        assert _split(text, language) == expected
    assert better  # the cases are none that the library alone would do
