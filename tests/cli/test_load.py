"""`lod load`: from built publications to a store that can be asked."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Lod

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c a lod:Claim }"


def test_built_publication_can_be_asked(lod: Lod, small: Path) -> None:
    lod("build", small)
    result = lod("load", small, "--store", "store")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("store: 1 publication, ")
    assert lod("query", "store", "-q", COUNT, "-f", "csv").out.split() == ["n", "2"]


def test_summary_as_json(lod: Lod, small: Path) -> None:
    lod("export", small, "-o", "small.nq")
    first = json.loads(lod("load", "small.nq", "--store", "store", "-f", "json").out)
    again = json.loads(lod("load", "small.nq", "--store", "store", "-f", "json").out)
    assert first | {"added": 0} == again
    assert first["added"] == first["publications"] == 1
    assert first["quads"] == len(Path("small.nq").read_text("utf-8").splitlines())


def test_named_queries_of_a_store(lod: Lod, small: Path) -> None:
    lod("export", small, "-o", "small.nq")
    lod("load", "small.nq", "--store", "store", "--quiet")
    Path("store/queries").mkdir()
    Path("store/queries/claims.rq").write_text(f"# How many claims are there?\n{COUNT}\n")
    listed = lod("query", "store", "--list").out.splitlines()
    assert listed[0] == "claims    How many claims are there?"
    assert listed[1].startswith("entities  What do the claims speak of")
    assert lod("query", "store", "claims", "-f", "csv").out.split() == ["n", "2"]
    # They stay when the store is loaded anew.
    lod("load", "small.nq", "--store", "store", "--fresh", "--quiet")
    assert lod("query", "store", "claims", "-f", "csv").out.split() == ["n", "2"]


def test_what_was_not_built_cannot_be_loaded(lod: Lod, small: Path) -> None:
    result = lod("load", small, "--store", "store")
    assert (result.code, result.out) == (2, "")
    assert "lod build small" in result.err


def test_store_option_is_needed(lod: Lod, small: Path) -> None:
    result = lod("load", small)
    assert (result.code, result.out) == (2, "")
    assert "--store" in result.err


def test_progress_is_for_terminals_only(lod: Lod, small: Path) -> None:
    lod("export", small, "-o", "small.nq")
    assert lod("load", "small.nq", "--store", "store").err == ""
