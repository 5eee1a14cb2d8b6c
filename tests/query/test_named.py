"""Named queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import InputError
from lod.query.named import list_queries, load_query


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    folder = tmp_path / "queries"
    folder.mkdir()
    (folder / "figures.rq").write_text(
        "# All figures,\n#   with hedge and period.\n\n# not this\nSELECT * {}\n", "utf-8"
    )
    (folder / "plans.rq").write_text("\ufeffASK {} # no description\n", "utf-8")
    (folder / "notes.txt").write_text("no query", "utf-8")
    return tmp_path


def test_queries_have_names_and_descriptions(publication: Path) -> None:
    found = [(query.name, query.description) for query in list_queries(publication)]
    assert found == [("figures", "All figures, with hedge and period."), ("plans", "")]
    assert list_queries(publication / "queries") == list_queries(publication)


def test_no_queries_are_no_error(tmp_path: Path) -> None:
    assert list_queries(tmp_path) == []


@pytest.mark.parametrize("name", ["figures", "figures.rq"])
def test_a_query_is_found_by_name(publication: Path, name: str) -> None:
    assert load_query(name, publication).text.endswith("SELECT * {}\n")


def test_a_query_is_found_by_path(publication: Path, tmp_path: Path) -> None:
    path = publication / "queries" / "plans.rq"
    assert load_query(path).text == "ASK {} # no description\n"
    other = tmp_path / "other.sparql"
    other.write_text("ASK {}", "utf-8")
    assert load_query(other).name == "other"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("figurs", "Did you mean figures?"),
        ("zzz", "The queries are figures, plans."),
        ("nowhere/figurs.rq", "Did you mean figures?"),
    ],
)
def test_an_unknown_name_is_told(publication: Path, name: str, hint: str) -> None:
    with pytest.raises(InputError, match=name) as caught:
        load_query(name, publication)
    assert caught.value.hint == hint


def test_a_query_that_is_not_utf_8_is_told(publication: Path) -> None:
    (publication / "queries" / "odd.rq").write_bytes(b"# caf\xe9\nASK {}")
    with pytest.raises(InputError, match="not UTF-8, at byte 5"):
        list_queries(publication)
