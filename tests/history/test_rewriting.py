"""What an update writes: the text, and the lines of the facts that have to change."""

from __future__ import annotations

import difflib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.errors import OutputError
from lod.history.reasons import read_changes
from lod.history.update import Decision, NewText, Result, Update
from lod.sources import source_of_file
from lod.sources.rewriting import EditError, FactsFile
from lod.sources.source import value_at
from tests.history.publications import FACTS, TABLE, TEXT, edited, write

YES = Decision("accepted", "correction")


def made(folder: Path, text: str, decision: Decision = YES) -> tuple[Update, Result]:
    update = Update(folder, [NewText(text.encode(), "new.txt")])
    decisions = {
        one.name: Decision("dropped", "withdrawn") if one.fate == "gone" else decision
        for one in update.unsettled
    }
    return update, update.make(decisions)


def changes(before: str, after: str) -> list[str]:
    """The lines that are gone and that came."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        ([], []),
        (
            [["2.8 percent", "3.8 percent"]],
            [
                "-       Imports fell by 2.8 percent",
                "+       Imports fell by 3.8 percent",
                "-     change: down 2.8 percent",
                "+     change: down 3.8 percent",
            ],
        ),
        (
            [["set a record", "then set a high record"]],
            [
                "-     quote: It set a record of more than 28 billion euros",
                "+     quote: It then set a high record of more than 28 billion euros",
            ],
        ),
        (
            [["rose by 3 percent", "rose by 3 percent: more, [much] more,"]],
            [],
        ),
        (
            [["The talks were", "At first exports rose by 3 percent each month. The talks were"]],
            [
                "-   - {id: exports, quote: exports rose by 3 percent, subject: exports, "
                "property: tradeVolume, change: up 3 percent}",
                "+   - {id: exports, quote: exports rose by 3 percent, prefix: and, subject: "
                "exports, property: tradeVolume, change: up 3 percent}",
            ],
        ),
        (
            [["\n\nImports", " The harbor is open all day.\n\nImports"]],
            ["+     prefix: 'said: \"'"],
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_lines_change_that_have_to(
    tmp_path: Path, edit: list[list[str]], expected: list[str], line_end: str
) -> None:
    folder = write(tmp_path, line_end=line_end)
    text = edited({"replace": edit})
    update, result = made(folder, text)
    assert not result.open
    after = result.files["facts.yaml"].decode()
    assert changes(FACTS, after.replace("\r\n", "\n")) == expected
    assert ("\r\n" in after) == (line_end == "\r\n")
    update.write(result)
    assert (folder / "article.txt").read_text("utf-8") == text
    assert not lod.load(folder).has_errors


def test_every_case_can_be_written_and_is_without_errors(tmp_path: Path) -> None:
    for number, case in enumerate(TABLE["case"]):
        folder = write(tmp_path / str(number))
        text = edited(case)
        update, result = made(folder, text)
        for name in result.open:
            assert name in case.get("fates", {}), (case["name"], result.open)
        if result.open:
            continue
        update.write(result)
        again = Update(folder, [NewText(text.encode(), "new.txt")])
        assert not again.unsettled
        assert (folder / "article.txt").read_bytes() == text.encode()


def test_what_is_gone_is_dropped_with_its_lines_and_comments_stay(tmp_path: Path) -> None:
    folder = write(tmp_path)
    text = TEXT.replace(" It set a record of more than 28 billion euros.", "")
    update, result = made(folder, text)
    update.write(result)
    after = (folder / "facts.yaml").read_text("utf-8")
    lines = changes(FACTS, after)
    assert [line[0] for line in lines] == ["-"] * 8
    assert "# the record" in after
    assert "record" not in [one.id for one in lod.load(folder).require_facts().statements]


def test_decisions_are_kept_with_their_reasons(tmp_path: Path) -> None:
    folder = write(tmp_path)
    first = TEXT.replace("28 billion", "30 billion")
    update, result = made(folder, first, Decision("accepted", "correction", "a slip of the press"))
    update.write(result)
    update, result = made(folder, first.replace("30 billion", "31 billion"))
    update.write(result)
    one, two = read_changes(folder)
    assert one["claims"] == [
        {
            "id": "record",
            "fate": "value-changed",
            "decision": "accepted",
            "reason": "correction",
            "note": "a slip of the press",
            "before": "It set a record of more than 28 billion euros.",
            "after": "It set a record of more than 30 billion euros.",
            "quoteBefore": "It set a record of more than 28 billion euros",
            "quoteAfter": "It set a record of more than 30 billion euros",
        }
    ]
    assert one["text"]["after"] == two["text"]["before"]


VALUES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("values.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", VALUES["case"], ids=[one["name"] for one in VALUES["case"]])
def test_a_value_is_what_stands_in_its_place_or_stays_open(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    claims = [
        {
            "id": f"c{number}",
            "quote": case["before"].rstrip("."),
            "subject": "passengers",
            "property": "count",
            **claim,
        }
        for number, claim in enumerate(case["claims"])
    ]
    (tmp_path / "article.txt").write_text(case["before"], "utf-8")
    facts = VALUES["facts"].lstrip("\n") + f"claims: {json.dumps(claims)}\n"
    (tmp_path / "facts.yaml").write_text(facts, "utf-8")
    update, result = made(tmp_path, case["after"])
    assert [str(one.fate) for one in update.claims] == ["value-changed"] * len(claims)
    for number, expected in enumerate(case["now"]):
        if expected == "open":
            assert "nobody can tell what" in result.open[f"c{number}"]
            continue
        source = source_of_file(tmp_path / "facts.yaml").read(result.files["facts.yaml"], "")
        for key, words in expected.items():
            assert value_at(source.root, ("claims", number, key)) == words


def test_a_value_that_no_longer_fits_its_quote_stays_open(tmp_path: Path) -> None:
    text = TEXT.replace("more than 28 billion euros", "thirty billion dollars or so")
    _, result = made(write(tmp_path), text)
    assert list(result.open) == ["record"]
    assert not result.files or "record" in result.open


def test_a_person_may_write_the_claim_anew(tmp_path: Path) -> None:
    folder = write(tmp_path)
    new = TEXT.replace("28 billion", "30 billion").encode()
    update = Update(folder, [NewText(new, "new.txt")])
    (one,) = update.unsettled
    written = update.written(one)
    assert written.startswith("id: record\n")
    edited = written.replace("28 billion", "30 billion")
    result = update.make({"record": Decision("edited", "our-mistake", None, edited)})
    assert not result.open
    assert changes(FACTS, result.files["facts.yaml"].decode()) == [
        "-     quote: It set a record of more than 28 billion euros",
        "+     quote: It set a record of more than 30 billion euros",
        "-     value: more than 28 billion EUR",
        "+     value: more than 30 billion EUR",
    ]
    wrong = update.make({"record": Decision("edited", "our-mistake", None, written)})
    assert "quote-not-found" in wrong.open["record"]


def test_json_keeps_its_layout(tmp_path: Path) -> None:
    folder = write(tmp_path)
    data = {
        "publication": {
            "base": "https://data.example.org/t/", "title": "T", "publisher": {"name": "D"},
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        },
        "document": {"content": "Tell grew by 3 percent. All is \"well\".", "language": "en"},
        "entities": {"tell": {"type": "Organization", "label": "Tell", "wikidata": {"none": "x"}}},
        "claims": [
            {"id": "grew", "quote": "Tell grew by 3 percent", "subject": "tell",
             "property": "revenue", "change": "up 3 percent"},
            {"id": "well", "quote": "All is \"well\"", "subject": "tell", "by": "document",
             "property": "status", "value": {"text": "well"},
             "allow": {"subject-not-in-quote": {"value": "tell", "reason": "a test"}}},
        ],
    }  # fmt: skip
    for name in ("facts.yaml", "article.txt"):
        (folder / name).unlink()
    before = json.dumps(data, indent=1)
    (folder / "facts.json").write_text(before, "utf-8")
    assert not lod.load(folder).has_errors
    text = 'Tell grew by 4 percent. All is "well". Tell grew by 4 percent, they say.'
    update, result = made(folder, text)
    assert not result.open
    assert list(result.files) == ["facts.json", "changes.json"]
    after = result.files["facts.json"].decode()
    assert changes(before, after) == [
        '-   "content": "Tell grew by 3 percent. All is \\"well\\".",',
        '+   "content": "Tell grew by 4 percent. All is \\"well\\". '
        'Tell grew by 4 percent, they say.",',
        '-    "quote": "Tell grew by 3 percent",',
        '+    "quote": "Tell grew by 4 percent",',
        '+    "suffix": ". All",',
        '-    "change": "up 3 percent"',
        '+    "change": "up 4 percent"',
    ]
    update.write(result)
    assert not lod.load(folder).has_errors


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a:\n- 'it''s one'\n", ("a", 0), "it's two", "a:\n- 'it''s two'\n"),
        ('a: "\\"one\\" of us" # c\n', ("a",), '"two" of us', 'a: "\\"two\\" of us" # c\n'),
        ("a: >-\n  one\n  two\nb: c\n", ("a",), "one three", "a: >-\n  one\n  three\nb: c\n"),
        ("a: one two\n", ("a",), "one: two", "a: 'one: two'\n"),
        ("{a: one two}\n", ("a",), "one, two", "{a: 'one, two'}\n"),
        ("a: |\n  one\n\n  two\nb: c\n", ("a",), "1\n2\n", "a: |\n  1\n  2\nb: c\n"),
        ("a: one\n  two three\n", ("a",), "one two", "a: one\n  two\n"),
    ],
)
def test_words_change_as_they_are_written(
    before: str, path: tuple[str | int, ...], value: str, after: str
) -> None:
    facts = FactsFile(before.encode(), "facts.yaml")
    facts.set(path, value)
    assert facts.result()[0].decode() == after


@pytest.mark.parametrize("kept", [(0,), (2,), (1,), (0, 2), ()])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        (
            "facts.yaml",
            "c:  # all\n- id: x  # 0\n  a: >-\n    one\n    two\n\n- id: y\n- id: z\nd: e\n",
        ),
        ("facts.yaml", "c:\r\n  - {id: x}\r\n  # of y\r\n  - id: y\r\n  - id: z\r\nd: e\r\n"),
        ("facts.yaml", "{c: [{id: x}, {id: y}, {id: z}], d: e}\n"),
        ("facts.json", '{"c": [\n {"id": "x"},\n {"id": "y"},\n {"id": "z"}\n], "d": "e"}\n'),
    ],
)
def test_any_items_can_be_taken_out(name: str, before: str, kept: tuple[int, ...]) -> None:
    facts = FactsFile(before.encode(), name)
    for index in range(3):
        if index not in kept:
            facts.remove(("c", index))
    root: Any = source_of_file(name).read(facts.result()[0], name).root
    assert [one["id"] for one in root["c"]] == ["xyz"[index] for index in kept]
    assert root["d"] == "e"


@pytest.mark.parametrize("kept", [("x",), ("y",), ("z",), ("x", "z"), ("x", "y"), ("x", "y", "z")])
@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("facts.yaml", "q:  # all\n  x: >-\n    one\n    two\n\n  y: [1, 2]\n  z: {a: b}\nd: e\n"),
        ("facts.yaml", "q:\r\n  x: 'one two'\r\n  # of y\r\n  y: 1\r\n  z: 2\r\nd: e\r\n"),
        ("facts.yaml", "{q: {x: one, y: [1], z: {a: b}}, d: e}\n"),
        ("facts.json", '{"q": {\n "x": "one",\n "y": ["1"],\n "z": {"a": "b"}\n}, "d": "e"}\n'),
    ],
)
def test_any_keys_but_all_can_be_taken_out(name: str, before: str, kept: tuple[str, ...]) -> None:
    facts = FactsFile(before.encode(), name)
    for key in "xyz":
        if key not in kept:
            facts.remove(("q", key))
    root = source_of_file(name).read(facts.result()[0], name).root
    assert isinstance(root, dict)
    assert isinstance(root["q"], dict)
    assert (tuple(root["q"]), root["d"]) == (kept, "e")


def test_what_stands_behind_an_alias_is_not_changed() -> None:
    facts = FactsFile(b"a: &x one two\nb: *x\n", "facts.yaml")
    facts.set(("a",), "one three")
    with pytest.raises(EditError, match="no safe place"):
        facts.result()


def test_nothing_is_written_over_what_somebody_changed_meanwhile(tmp_path: Path) -> None:
    folder = write(tmp_path)
    update, result = made(folder, TEXT.replace("28 billion", "30 billion"))
    (folder / "facts.yaml").write_text(FACTS + "# mine\n", "utf-8")
    with pytest.raises(OutputError, match="changed while"):
        update.write(result)
    assert (folder / "article.txt").read_text("utf-8") == TEXT
