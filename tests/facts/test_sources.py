"""YAML and JSON to plain data: nothing is guessed, everything knows where it stands."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lod.diagnostics import Path
from lod.sources.json_source import read_json
from lod.sources.source import MAX_BYTES, Node, Source, SourceProblem
from lod.sources.yaml_source import read_yaml

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1
)
KEYS = st.text("abcdefgh", min_size=1, max_size=5)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def paths(node: Node, path: Path = ()) -> list[tuple[Path, Node]]:
    found: list[tuple[Path, Node]] = [(path, node)]
    if isinstance(node, dict):
        for key, value in node.items():
            found += paths(value, (*path, key))
    if isinstance(node, list):
        for index, value in enumerate(node):
            found += paths(value, (*path, index))
    return found


def at(source: Source, text: str, path: Path) -> str:
    """What stands in the text where the source says that a value begins."""
    location = source.locate(path)
    return text.split("\n")[location.line - 1][location.column - 1 :]


@given(TREES)
def test_json_comes_back_and_every_value_is_found(tree: Node) -> None:
    text = json.dumps(tree, ensure_ascii=False, indent=1)
    source = read_json(text.encode(), "f.json")
    assert source.root == tree
    for path, value in paths(tree):
        begins = json.dumps(value, ensure_ascii=False)[0] if value not in ({}, []) else "[{"
        assert at(source, text, path)[0] in begins


@given(TREES)
def test_yaml_in_flow_style_comes_back_and_every_value_is_found(tree: Node) -> None:
    text = yaml.safe_dump(
        tree, allow_unicode=True, default_flow_style=True, default_style='"', width=10**9
    )
    source = read_yaml(text.encode(), "f.yaml")
    assert source.root == tree
    for path, value in paths(tree):
        if isinstance(value, str):
            assert at(source, text, path).startswith('"')


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "12:30", "0123", "3.20", "1e3", "2024-11-27", "~", "null", "0x1F", "1_000", "on"],
)
def test_yaml_scalars_stay_as_they_were_written(written: str) -> None:
    assert read_yaml(f"value: {written}\n".encode(), "f.yaml").root == {"value": written}


def test_json_numbers_stay_as_they_were_written() -> None:
    assert read_json(b'{"a": 3.20, "b": 0, "c": 1e3}', "f.json").root == {
        "a": "3.20",
        "b": "0",
        "c": "1e3",
    }


def test_an_empty_value_is_none_and_an_empty_string_is_not() -> None:
    assert read_yaml(b"a:\nb: ''\n", "f").root == {"a": None, "b": ""}


BOMB = "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "empty-file", 1, 1),
        (b"  \n\n", "empty-file", 1, 1),
        (b"# only a comment\n", "empty-file", 1, 1),
        (b"a: caf\xe9\n", "not-utf-8", 1, 7),
        ("a: é\nb: ".encode() + b"\xff", "not-utf-8", 2, 4),
        ("a: b".encode("utf-16"), "not-utf-8", 1, 1),
        (b"a: 1\n\tb: 2\n", "yaml-syntax", 2, 1),
        (b"a: He said: no\n", "yaml-syntax", 1, 11),
        (b"a: [1, 2\nb: 3\n", "yaml-syntax", 2, 2),
        (b"a: 'open\n", "yaml-syntax", 2, 1),
        (b"a: \x01\n", "yaml-syntax", 1, 4),
        (b"a: 1\n---\nb: 2\n", "yaml-syntax", 2, 1),
        (b"a: *nowhere\n", "yaml-syntax", 1, 4),
        (b"a: &x [*x]\n", "yaml-syntax", 1, 8),
        (b"? [a]\n: b\n", "wrong-type", 1, 3),
        (BOMB.encode(), "yaml-limit", 6, 29),
        (b"[" * 100 + b"]" * 100, "yaml-limit", 1, 26),
        (b"x" * (MAX_BYTES + 1), "too-large", 1, 1),
    ],
)
def test_unreadable_yaml_says_what_and_where(
    data: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(SourceProblem) as caught:
        read_yaml(data, "f.yaml")
    problem = caught.value
    assert (problem.code, problem.location.line, problem.location.column) == (code, line, column)


def test_json_is_as_deep_as_yaml_may_be() -> None:
    data = b'{"a":' * 24 + b'"x"' + b"}" * 24
    assert read_json(data, "f.json").root == read_yaml(data, "f.yaml").root
    deeper = b'{"a":' + data + b"}"
    for read in (read_json, read_yaml):
        with pytest.raises(SourceProblem) as caught:
            read(deeper, "f")
        assert caught.value.code == "yaml-limit"


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b'{"a": NaN}', "json-syntax", 1, 7),
        (b'{"a": 1,}', "json-syntax", 1, 9),
        (b'{"a": [1,\n ]}', "json-syntax", 2, 2),
        (b'{"a": 1} x', "json-syntax", 1, 10),
        (b'{"a":\n "\\ud800"}', "json-syntax", 2, 3),
        (b"[" * 2000 + b"]" * 2000, "yaml-limit", 1, 1),
        (b'{"a":' * 25 + b"1" + b"}" * 25, "yaml-limit", 1, 1),
        (b"{\n'a': 1}", "json-syntax", 2, 1),
    ],
)
def test_unreadable_json_says_what_and_where(
    data: bytes, code: str, line: int, column: int
) -> None:
    with pytest.raises(SourceProblem) as caught:
        read_json(data, "f.json")
    problem = caught.value
    assert (problem.code, problem.location.line, problem.location.column) == (code, line, column)


@pytest.mark.parametrize("read", [read_yaml, read_json])
def test_a_duplicate_key_is_found_where_it_stands_again(read: type) -> None:
    source = read(b'{"a": 1,\n "b": {"c": 1, "c": 2}}', "f")
    (problem,) = source.problems
    assert problem.code == "duplicate-key"
    assert str(problem.location) == "f:2:16"


def test_tags_are_refused_and_data_is_still_read() -> None:
    source = read_yaml(b"a: !!python/object:os.system x\nb: 2\n", "f")
    assert [problem.code for problem in source.problems] == ["yaml-tag"]
    assert source.root == {"a": "x", "b": "2"}


def test_a_byte_order_mark_is_a_warning_and_no_part_of_the_data() -> None:
    source = read_yaml(b"\xef\xbb\xbfa: 1\n", "f")
    assert [problem.code for problem in source.problems] == ["byte-order-mark"]
    assert source.root == {"a": "1"}


def test_aliases_give_the_value_again() -> None:
    assert read_yaml(b"a: &x [1]\nb: *x\n", "f").root == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("b",), "2:4"),
        (("b", "c"), "2:4"),  # what an alias stands for: nothing in it stands here
        (("d", "e"), "3:8"),
        (("d", "f"), "3:25"),  # after a key that stands there again, with more in it
        (("d", "f", "g"), "3:29"),
        (("d", "f", "h"), "3:25"),
        (("list", 39, "i"), "44:7"),
        (("list", 40), "5:1"),
    ],
)
def test_places_are_those_of_the_nearest_value_that_stands_there(path: Path, place: str) -> None:
    text = "a: &x {c: 1}\nb: *x\nd: {e: 1, e: [2, 3], f: {g: 4}}\nlist:\n"
    text += "".join(f"- {{i: {n}}}\n" for n in range(40))
    source = read_yaml(text.encode(), "f")
    assert [problem.code for problem in source.problems] == ["duplicate-key"]
    assert str(source.locate(path)) == f"f:{place}"


def test_what_yaml_takes_for_a_comment_can_be_asked_for() -> None:
    source = read_yaml(b"a: We are # 1 in Europe\nb: 'x' # no\n", "f")
    assert source.comment_after(("a",)) == "# 1 in Europe"
    assert source.comment_after(("b",)) is None


def test_columns_count_code_points() -> None:
    source = read_yaml("a: {🙂é: x, b: [y, z]}\n".encode(), "f")
    assert str(source.locate(("a", "b", 1))) == "f:1:19"
    assert str(source.locate_key(("a", "b"))) == "f:1:12"


def test_json_lines_count_from_the_line_of_the_publication() -> None:
    source = read_json(b'{"a": {"b": 1}}', "f.jsonl", first_line=41)
    assert str(source.locate(("a", "b"))) == "f.jsonl:41:13"
