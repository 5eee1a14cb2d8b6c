"""Tables: aligned, folded into the terminal, and harmless to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lod.query.result import QueryResult
from lod.query.store import QueryStore, run_query
from lod.query.table import display_width


def _result(*rows: list[str | None], names: tuple[str, ...] = ("name", "n")) -> QueryResult:
    return QueryResult("SELECT", names, raw=rows)


_INTEGER = "^^<http://www.w3.org/2001/XMLSchema#integer>"


def test_numbers_stand_right_and_wide_characters_count_twice() -> None:
    table = _result(['"文字"@ja', f'"7"{_INTEGER}'], ['"abc"', f'"1200"{_INTEGER}']).serialize()
    assert table == "name  n\n----  ----\n文字     7\nabc   1200\n2 rows\n"


def test_iris_are_short(store: QueryStore) -> None:
    table = run_query(store, "SELECT * { ?s schema:knows ?o } ORDER BY ?s").serialize()
    assert table == "s    o\n---  ---\n<a>  <b>\n<b>  <a>\n2 rows\n"


def test_long_cells_are_folded_at_words() -> None:
    words = "more than 80 percent of the oil exports to foreign markets"
    table = _result([f'"{words}"', '"x"']).serialize(width=30)
    lines = table.splitlines()
    assert max(map(len, lines)) <= 30
    assert " ".join("".join(line[:27]).strip() for line in lines[2:-1]).split() == words.split()
    assert lines[2].endswith("x")


def test_no_width_does_not_fold() -> None:
    assert len(_result([f'"{"x" * 500}"', None]).serialize().splitlines()) == 4


def test_a_text_cannot_reach_the_terminal() -> None:
    table = _result(['"\x1b[31mred\x07\u202eodd"', '"a\\nb\\tc"']).serialize()
    assert "\x1b" not in table
    assert "\u202e" not in table
    assert r"\u001B[31mred\u0007\u202Eodd" in table
    assert r"a\nb\tc" in table


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=3),
        max_size=4,
    ),
    st.one_of(st.none(), st.integers(40, 90)),
)
def test_every_line_fits_and_columns_begin_together(
    cells: list[list[str]], width: int | None
) -> None:
    def quoted(text: str) -> str:
        return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'

    rows = [[quoted(text) for text in row] for row in cells]
    table = QueryResult("SELECT", ("a", "b", "c"), raw=rows).serialize(width=width)
    lines = table.split("\n")
    assert lines.pop() == ""
    assert lines[-1].endswith("rows" if len(rows) != 1 else "row")
    if width is not None:
        assert all(display_width(line) <= width for line in lines)
    assert len(lines[1].split()) == 3
