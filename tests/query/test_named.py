"""Named queries."""

from __future__ import annotations

from pathlib import Path

import pytest

import lod
from lod.errors import InputError
from lod.model.expansion import Expansion
from lod.query.named import list_queries, load_query
from lod.tables.rows import Rows

BUILT_IN = ["claims", "entities", "figures", "plans", "speakers", "timeline", "unlinked"]


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
    found = {query.name: query.description for query in list_queries(publication)}
    assert list(found) == BUILT_IN
    assert (found["figures"], found["plans"]) == ("All figures, with hedge and period.", "")
    assert list_queries(publication / "queries") == list_queries(publication)


def test_every_publication_has_the_queries_that_ship(tmp_path: Path) -> None:
    for folder in (tmp_path, None):
        assert [query.name for query in list_queries(folder)] == BUILT_IN


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
        ("zzz", f"The queries are {', '.join(BUILT_IN)}."),
        ("nowhere/figurs.rq", "Did you mean figures?"),
    ],
)
def test_an_unknown_name_is_told(publication: Path, name: str, hint: str) -> None:
    with pytest.raises(InputError, match=name) as caught:
        load_query(name, publication)
    assert caught.value.hint == hint


def test_a_query_that_is_not_utf_8_is_told(publication: Path) -> None:
    (publication / "queries" / "odd.rq").write_bytes(b"# caf\xe9\nASK {}")
    with pytest.raises(InputError, match=r"odd\.rq:1:6: byte 0xe9 is not UTF-8"):
        list_queries(publication)


ROOT = Path(__file__).parents[2]
FILES = [
    ROOT / "examples" / "russia-kazakhstan",
    ROOT / "examples" / "lake-bridge",
    ROOT / "tests" / "publications" / "ten-facts",
    *sorted((ROOT / "tests" / "publications" / "conforming").glob("*.yaml")),
]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_the_queries_that_ship_count_nothing_twice(path: Path) -> None:
    publication = lod.load(path)
    facts = publication.require_facts()
    texts = {name: load_query(name).text for name in BUILT_IN}
    counts = {name: len(publication.query(text)) for name, text in texts.items()}
    figures = list(Rows(facts, publication.vocabulary).of("figures"))
    resolved = [
        claim
        for statement in facts.statements
        if statement.during is not None and statement.during.period.edtf is not None
        for claim in Expansion(facts.statements).expand(statement)
    ]
    assert counts == {
        "claims": len(publication.dataset().claims),
        "entities": len(facts.entities),
        "figures": len(figures),
        "plans": sum(
            len(Expansion(facts.statements).ids(one.id))
            for one in facts.statements
            if one.modality in ("planned", "expected", "offered", "possible")
            and one.polarity == "positive"
        ),
        "speakers": len({one.speakers[-1] for one in facts.statements}),
        "timeline": len(resolved),
        "unlinked": sum(
            one.link is None or one.link.qid is None for one in facts.entities.values()
        ),
    }


def test_the_figures_of_the_example_by_name() -> None:
    publication = lod.load(FILES[0])
    row = next(
        row
        for row in publication.query(load_query("figures").text)
        if str(row[0]).endswith("claim/trade-2023") and str(row[1]) == "value"
    )
    said = [None if cell is None else cell.value for cell in row[3:10]]
    words = "exceeding the threshold of $28 billion"
    assert said == ["moreThan", "28000000000", "28000000000", None, "USD", "2023", words]


def test_a_word_that_is_no_query_names_those_that_there_are() -> None:
    with pytest.raises(InputError, match='no query named "figurez"') as caught:
        lod.load(FILES[2]).query("figurez")
    assert caught.value.hint == "Did you mean figures?"
