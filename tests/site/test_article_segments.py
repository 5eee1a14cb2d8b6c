"""The text of the article page: cut where quotes begin and end, and nothing of it lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lod
from lod.facts.coverage import measure_coverage
from lod.facts.text import SourceText
from lod.language.normalization import BLANK, LINE_BREAKS
from lod.model.anchor import Anchor, Selector
from lod.model.claim import Statement
from lod.model.value import DocumentValue, TextValue
from lod.pages.prose import Piece, Prose, Segment, Stretch, cut, make_prose

HERE = Path(__file__).parent
FOLDERS = (HERE / "right-to-left", HERE.parents[1] / "examples" / "russia-kazakhstan")

#: Words, white space of every kind, marks, an emoji, letters from right to left.
TEXTS = st.text(alphabet="ab .,!\n\r\t\f'\"-1\u0301\u200dم😀\u2029", max_size=80)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Stretch]]:
    """A text and stretches of it, empty, overlapping and nested ones too."""
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    stretches = []
    for mark in draw(st.lists(st.integers(1, 6), max_size=8)):
        start, end = sorted((draw(ends), draw(ends)))
        stretches.append(Stretch(start, end, mark))
    return text, stretches


@given(marked_texts())
def test_segments_follow_each_other_and_are_the_text(case: tuple[str, list[Stretch]]) -> None:
    text, stretches = case
    segments = cut(0, len(text), stretches)
    assert "".join(text[s.start : s.end] for s in segments) == text
    assert all(segment.start < segment.end for segment in segments)


@given(marked_texts())
def test_every_stretch_is_exactly_a_union_of_segments(case: tuple[str, list[Stretch]]) -> None:
    text, stretches = case
    segments = cut(0, len(text), stretches)
    for stretch in stretches:
        inside = [s for s in segments if stretch.start <= s.start and s.end <= stretch.end]
        assert "".join(text[s.start : s.end] for s in inside) == text[stretch.start : stretch.end]
        assert all(stretch.mark in segment.marks for segment in inside)
    for segment in segments:
        covering = {s.mark for s in stretches if s.start <= segment.start and segment.end <= s.end}
        assert set(segment.marks) == covering
        assert list(segment.marks) == sorted(covering)


@given(marked_texts(), st.integers(0, 80), st.integers(0, 80))
def test_a_part_of_a_text_is_cut_as_the_whole_is(
    case: tuple[str, list[Stretch]], one: int, other: int
) -> None:
    text, stretches = case
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    whole = {
        at: segment.marks
        for segment in cut(0, len(text), stretches)
        for at in range(segment.start, segment.end)
    }
    for segment in cut(start, end, stretches, cuts=[start, (start + end) // 2]):
        assert all(whole[at] == segment.marks for at in range(segment.start, segment.end))


def test_nested_and_touching_stretches() -> None:
    assert cut(0, 10, [Stretch(0, 10, 1), Stretch(2, 4, 2), Stretch(4, 6, 3)]) == [
        Segment(0, 2, (1,)),
        Segment(2, 4, (1, 2), (2,)),
        Segment(4, 6, (1, 3), (3,)),
        Segment(6, 10, (1,), (1,)),
    ]


def test_two_quotes_of_one_claim_may_overlap() -> None:
    segments = cut(0, 6, [Stretch(0, 4, 1), Stretch(2, 6, 1)])
    assert [(s.start, s.end, s.marks) for s in segments] == [
        (0, 2, (1,)),
        (2, 4, (1,)),
        (4, 6, (1,)),
    ]


def statement(id_: str, *spans: tuple[int, int], text: str) -> Statement:
    """A statement on one quote with these parts."""
    selectors = tuple(Selector(text[a:b], "", "", a, b) for a, b in spans)
    return Statement(
        id_, (DocumentValue(),), "p", (TextValue("x"),), anchors=(Anchor(selectors, 1, 1),)
    )


def pieces(prose: Prose) -> list[Piece]:
    return [piece for p in prose.paragraphs for run in p.runs for piece in run.pieces]


def joined(prose: Prose) -> str:
    parts = [
        paragraph.before + "".join(piece.text for run in paragraph.runs for piece in run.pieces)
        for paragraph in prose.paragraphs
    ]
    return "".join(parts) + prose.after


def visible(text: str) -> str:
    return "".join(character for character in text if character not in BLANK + LINE_BREAKS)


@given(marked_texts())
def test_the_prose_is_the_text(case: tuple[str, list[Stretch]]) -> None:
    raw, stretches = case
    text = SourceText(raw)
    quotes = [s for s in stretches if raw[s.start : s.end].strip()] if text.paragraphs else []
    statements = [
        (number, statement(f"s{number}", (quote.start, quote.end), text=raw))
        for number, quote in enumerate(quotes, 1)
    ]
    coverage = measure_coverage(text, [(s.id, s.anchors) for _, s in statements], [])
    prose = make_prose(text, statements, coverage)
    assert joined(prose) == raw
    for number, quote in enumerate(quotes, 1):
        # What stands between paragraphs is in none of them, and blank.
        marked = "".join(piece.text for piece in pieces(prose) if number in piece.marks)
        assert visible(marked) == visible(raw[quote.start : quote.end])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_quote_of_a_publication_is_marked(folder: Path) -> None:
    publication = lod.load(folder)
    facts = publication.require_facts()
    assert publication.text is not None
    assert publication.coverage is not None
    statements = list(enumerate(facts.statements, 1))
    prose = make_prose(publication.text, statements, publication.coverage)
    assert joined(prose) == publication.text.raw
    for number, one in statements:
        marked = "".join(piece.text for piece in pieces(prose) if number in piece.marks)
        quoted = sorted({(s.start, s.exact) for anchor in one.anchors for s in anchor.selectors})
        assert marked == "".join(exact for _, exact in quoted)


def test_an_elided_quote_marks_its_parts_and_not_what_it_leaves_out() -> None:
    raw = "We regularly meet and often talk."
    one = statement("a", (0, 12), (22, 32), text=raw)
    text = SourceText(raw)
    prose = make_prose(text, [(1, one)], measure_coverage(text, [("a", one.anchors)], []))
    assert [(p.text, p.marks, p.ends) for p in pieces(prose)] == [
        ("We regularly", (1,), ()),
        (" ", (), ()),
        ("meet and", (), ()),
        (" ", (), ()),
        ("often talk", (1,), (1,)),
        (".", (), ()),
    ]
    assert [p.text for p in pieces(prose) if p.missed] == ["meet and"]


def test_the_most_exact_quote_comes_first_and_density_is_a_shade() -> None:
    raw = "Trade of both countries grew fast."
    ones = [
        (1, statement("long", (0, 33), text=raw)),
        (2, statement("short", (0, 5), text=raw)),
        (3, statement("middle", (0, 23), text=raw)),
    ]
    text = SourceText(raw)
    coverage = measure_coverage(text, [(s.id, s.anchors) for _, s in ones], [])
    found = pieces(make_prose(text, ones, coverage))
    assert [(p.text, p.marks, p.shade) for p in found] == [
        ("Trade", (2, 3, 1), 3),
        (" of both countries", (3, 1), 2),
        (" grew fast", (1,), 1),
        (".", (), 0),
    ]


def test_sentences_without_facts_are_told_apart() -> None:
    raw = "Thank you. Trade grew. Nobody knows."
    text = SourceText(raw)
    one = statement("a", (11, 21), text=raw)
    thanks = Anchor((Selector("Thank you", "", "", 0, 9),), 1, 1)
    coverage = measure_coverage(text, [("a", one.anchors)], [("greeting", thanks)])
    (paragraph,) = make_prose(text, [(1, one)], coverage).paragraphs
    assert [
        (run.kind, run.reason, "".join(p.text for p in run.pieces)) for run in paragraph.runs
    ] == [
        ("no-fact", "greeting", "Thank you."),
        ("plain", None, " Trade grew. "),
        ("uncovered", None, "Nobody knows."),
    ]
