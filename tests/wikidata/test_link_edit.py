"""Links are written into facts files of every layout; all else stays byte for byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.links.edit import EditError, add_link, link_data, link_text
from lod.model.entity import Link
from lod.sources.json_source import read_json
from lod.sources.yaml_source import read_yaml

UFA = Link("Q911")
LAYOUTS = [
    "entities:\n  ufa: {type: City, label: Ufa}\n",
    "entities:\n  ufa: {type: City, label: Ufa} # wikidata: here\nclaims: []\n",
    "entities:\n  ufa: {type: City, label: Ufa, }\n",
    "entities:\n  ufa: {\n    type: City,   # a\n    label: Ufa   # b\n  }\n",
    "entities:\n  ufa: {type: City, label: {en: Ufa}}\n",
    "entities: {ufa: {type: City, label: Ufa}, kazan: {type: City, label: Kazan}}\n",
    "entities:\n  ufa:\n    type: City\n    label: Ufa\n  kazan: {type: City, label: Kazan}\n",
    "entities:\n  ufa:\n    type: City\n    label: Ufa # the city\n    # a remark\n\nclaims: []\n",
    "entities:\n  ufa:\n    type: City\n    label:\n      en: Ufa\n      ru: Уфа\n",
    "entities:\n  ufa:\n    label:\n      en: Ufa\n"
    "    also:\n    - a\n    - b\n  # n\n  x: {}\n",
    "entities:\n  ufa:\n    type: City\n    label: Ufa\n"
    "    description: >-\n      a\n\n      b\n\n\n",
    "entities:\n  ufa:\n    description: |+\n      a\n\n\n    label: |\n      Ufa\n",
    "entities:\n  ufa:\n    type: City\n    label: 'U''fa'\n    also: [\n      a,\n      b ]  # c",
    "entities:\n  ufa:\n    type: City\n    label: a name that goes\n      on and on\n",
    "entities:\r\n  ufa:\r\n    type: City\r\n    label: Ufa\r\n  x: {}\r\n",
    '\ufeffentities:\n  ufa: {type: City, label: "Ufa"}\n',
    "---\nentities:\n    ufa:\n        type: City\n        label: 🏙 Ufa\n...\n",
    "# ufa: {}\nentities:\n  x: {label: 'ufa: {'}\n  ufa: {label: 'a # b, c} d', type: City}\n",
    "entities:\n  ufa: &u\n    type: City\n    label: Ufa\n",
]  # fmt: skip


def check(text: str, link: Link, file: str = "facts.yaml") -> str:
    edited = add_link(text, "ufa", link, file)
    read = read_json if file.endswith("json") else read_yaml
    before = read(text.encode(), file).root
    after = read(edited.encode(), file).root
    assert isinstance(before, dict)
    assert isinstance(before["entities"], dict)
    assert isinstance(before["entities"]["ufa"], dict)
    before["entities"]["ufa"]["wikidata"] = link_data(link)
    assert after == before
    # One stretch was put in, and nothing was taken out.
    start = next((i for i, c in enumerate(text) if edited[i : i + 1] != c), len(text))
    length = len(edited) - len(text)
    assert any(
        edited[:at] + edited[at + length :] == text
        for at in range(max(0, start - length), start + 1)
    )
    return edited


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("link", [UFA, Link("Q911", close=True), Link(None, reason="no: it's # 1")])
def test_link_is_written_and_all_else_stays(layout: str, link: Link) -> None:
    edited = check(layout, link)
    ends = {"\r\n"} if "\r\n" in layout else {"\n"}
    assert {line[len(line.rstrip("\r\n")) :] for line in edited.splitlines(True)} <= ends | {""}


def test_block_entity_gets_a_line_under_its_last_one() -> None:
    text = "entities:\n  ufa:\n    type: City\n    label: Ufa # why\n  # next\n  x: {}\n"
    assert add_link(text, "ufa", UFA, "f.yaml") == (
        "entities:\n  ufa:\n    type: City\n    label: Ufa # why\n    wikidata: Q911\n"
        "  # next\n  x: {}\n"
    )


@pytest.mark.parametrize(
    ("layout", "why"),
    [
        ("entities:\n  ufa: {type: City, wikidata: Q1}\n", "already"),
        ("entities:\n  kazan: {type: City}\n", "no entity"),
        ("entities:\n  kazan: &c {type: City}\n  ufa: *c\n", "no safe place"),
        ("entities:\n  ufa: &c {type: City}\n  kazan: *c\n", "no safe place"),
        ("entities:\n  ufa:\n    ? type\n    : City\n", "no safe place"),
        ("entities: [ufa]\n", "no entity"),
        ("entities: {ufa\n", "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_what_cannot_be_written_safely_is_refused(layout: str, why: str) -> None:
    with pytest.raises(EditError, match=why):
        add_link(layout, "ufa", UFA, "facts.yaml")


@pytest.mark.parametrize("indent", [None, 1, 2, "\t"])
@pytest.mark.parametrize("link", [UFA, Link(None, reason='the "old" one')])
def test_json_of_every_indent(indent: int | str | None, link: Link) -> None:
    data = {"entities": {"a": {"x": "}"}, "ufa": {"label": {"en": "Ufa"}, "also": ["}"]}}, "b": 1}
    check(json.dumps(data, indent=indent), link, "facts.json")


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1)


@given(WORDS)
def test_every_reason_can_be_written(reason: str) -> None:
    link = Link(None, reason=reason)
    if not reason.isspace():
        check("entities:\n  ufa: {type: City}\n", link)
        check("entities:\n  ufa:\n    type: City\n", link)
        assert "\n" not in link_text(link)


@st.composite
def facts_files(draw: st.DrawFn) -> str:
    """Facts in random layouts: style, indent, quoting, comments, empty lines, line ends."""
    step = " " * draw(st.integers(1, 4))
    lines = ["entities:"]
    for slug in draw(st.permutations(["ufa", "kazan", "x"])):
        comment = draw(st.sampled_from(["", " # a: {b}", "  #"]))
        keys = draw(st.permutations(["type: City", "label: Ufa", "note: 'a # b'", "also: [a, b]"]))
        if draw(st.booleans()):
            glue = draw(st.sampled_from([", ", ",", " , "]))
            tail = draw(st.sampled_from(["", " ", ",", ", "]))
            lines.append(f"{step}{slug}: {{{glue.join(keys)}{tail}}}{comment}")
            continue
        lines.append(f"{step}{slug}:{comment}")
        for key in keys:
            if draw(st.booleans()):
                lines.append(draw(st.sampled_from(["", f"{step * 2}# remark", "# remark"])))
            lines.append(f"{step * 2}{key}{comment}")
        if draw(st.booleans()):
            style = draw(st.sampled_from([">-", "|", "|+", ">"]))
            lines += [f"{step * 2}description: {style}", f"{step * 3}some words", ""]
        if draw(st.booleans()):
            lines += [f"{step * 2}members:", f"{step * 2}- one", f"{step * 2}- two"]
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    return ending.join(lines) + draw(st.sampled_from(["", ending, ending * 2]))


@given(facts_files())
def test_random_layouts(text: str) -> None:
    check(text, UFA)
