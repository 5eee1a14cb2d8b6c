"""The folders of the files that publications have of their own."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lod.corpus.output import folder_name

SCHEMES = st.sampled_from(["https://", "http://", "urn:", "https:", "ftp://"])
PARTS = st.sampled_from([".", "..", "a", "A", "%2e", "dataset.ttl", "", ":", "~", "x" * 300, "ä"])
BASES = st.builds(
    lambda scheme, parts, end: scheme + "/".join(parts) + end,
    SCHEMES,
    st.lists(PARTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=9), max_size=6),
    st.sampled_from("/#"),
)


@pytest.mark.parametrize(
    ("base", "folder"),
    [
        ("https://data.example.org/a/12/", "data.example.org/a/12"),
        ("http://data.example.org/a/12/", "%http/data.example.org/a/12"),
        ("https://data.example.org/a#", "data.example.org/a%23"),
        ("https://data.example.org//a/", "data.example.org/%/a"),
        ("urn:example:", "%other/urn%3Aexample%3A"),
        ("https://data.example.org/dataset.ttl/", "data.example.org/%64ataset.ttl"),
    ],
)
def test_folders(base: str, folder: str) -> None:
    assert folder_name(base) == folder


@given(BASES)
@example("https://../../etc/passwd/")
@example("https://x/..\\..\\y\0/")
def test_no_folder_leaves_that_of_all(base: str) -> None:
    folder = PurePosixPath(folder_name(base))
    assert not folder.is_absolute()
    assert folder.as_posix() == folder_name(base)
    for part in folder.parts:
        assert not part.startswith((".", "dataset."))
        assert part.isascii()
        assert part.isprintable()
        assert not set(part) & set('\\:*?"<>|')
        assert len(part) <= 255


@given(BASES, BASES)
@example("https://http:/x/", "http://x/")
@example("urn://x/", "urn:x/")
def test_two_bases_have_two_folders(one: str, two: str) -> None:
    assert (folder_name(one) == folder_name(two)) == (one == two)
