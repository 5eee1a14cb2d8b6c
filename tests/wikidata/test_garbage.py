"""Whatever a lock, a saved answer or a server holds: a clear message, and never a traceback."""

from __future__ import annotations

import contextlib
import copy
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import lod
from lod.cli.run import run
from lod.http.errors import NetworkError
from lod.wikidata.api import BadAnswerError
from lod.wikidata.items import parse_item, read_candidates
from lod.wikidata.statements import Snapshot, snapshot_of, snapshot_of_outcomes
from tests.wikidata import faults
from tests.wikidata.example import EXAMPLE
from tests.wikidata.publications import (
    SOURCE,
    publication,
    quantity,
    recorded,
    statement,
    time,
)
from tests.wikidata.wikibase import LocalWikibase

JUNK: list[Any] = [
    *(None, True, 0, -1, 1.5, "", "x", "Q1", [], {}, [[]], [None], {"id": 5}, {"value": []}),
    *("\ud800", 10**400, {"time": "+x"}, {"amount": "+1e999999999"}, {"amount": "nan"}),
    "+99999999999999999-00-00T00:00:00Z",
]
MEMBER = "subject: kazakhstan\nproperty: memberOf\nvalue: csto"
CLAIMS = (
    MEMBER,
    "subject: putin\nproperty: positionHeld\nvalue: office",
    "subject: kazakhstan\nproperty: wdt:P571\nvalue: {edtf: 1991-12-16}",
    "subject: kazakhstan\nproperty: wdt:P1082\nvalue: {quantity: 20 million people}\nduring: 2023",
)


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths of all values in JSON data."""
    yield path
    entries: Any = ()
    if isinstance(data, dict | list):
        entries = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in entries:
        yield from places(value, (*path, key))


def broken(data: Any, paths: list[tuple[Any, ...]], chance: random.Random) -> Any:
    """A copy of JSON data with junk in one or two places."""
    result = copy.deepcopy(data)
    for _ in range(chance.choice((1, 1, 2))):
        *way, last = chance.choice(paths)
        place = result
        try:
            for key in way:
                place = place[key]
            place[last] = chance.choice(JUNK)
        except (TypeError, KeyError, IndexError):
            pass  # junk stands in the way already
    return result


def test_broken_entities_are_refused_or_read(tmp_path: Path) -> None:
    from lod.pages.comparison import comparison_page
    from lod.wikidata.api import parse_json
    from lod.wikidata.compare import compare
    from lod.wikidata.comparison import rows
    from lod.wikidata.contribute import contribute, quickstatements, wikibase_json

    loaded = publication(tmp_path, *CLAIMS)
    facts, vocabulary = loaded.require_facts(), loaded.vocabulary
    known = {qid: recorded()[qid] for qid in ("Q232", "Q7747", "Q318693", "Q218295")}
    dated = [("P585", time("2023-00-00", 9))]
    amount = statement("P1082", quantity("+20000000"), qualifiers=dated, references=SOURCE)
    known["Q232"]["claims"]["P1082"] = [amount]
    paths = [path for path in places(known) if len(path) > 1]

    def from_file(data: Any) -> Snapshot:
        return snapshot_of(data)

    def from_network(data: Any) -> Snapshot:
        items = {
            qid: parse_item(entity, instance_of="P31", subclass_of="P279")
            for qid, entity in data.items()
        }
        return snapshot_of_outcomes(items)

    chance = random.Random(7)  # noqa: S311 - junk that can be made again
    outcomes = {"read": 0, "refused": 0}
    for _ in range(150):
        data = parse_json(json.dumps(broken(known, paths, chance)))
        for reading in (from_file, from_network):
            try:
                snapshot = reading(data)
            except BadAnswerError:
                outcomes["refused"] += 1
                continue
            outcomes["read"] += 1
            compared = compare(facts, vocabulary, snapshot)
            table = rows(facts, compared, snapshot)
            comparison_page("x", table).encode()
            json.dumps([row.as_dict() for row in table], ensure_ascii=False).encode()
            found = contribute(facts, vocabulary, compared, snapshot)
            json.dumps(wikibase_json(found.given, snapshot), ensure_ascii=False).encode()
            quickstatements(found.given, snapshot)[0].encode()
    assert min(outcomes.values()) > 30


def test_broken_locks_are_findings_at_their_place(tmp_path: Path) -> None:
    folder = tmp_path / "example"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", "queries"))
    lock = json.loads((folder / "wikidata.lock").read_text("utf-8"))
    paths = [path for path in places(lock) if path]
    chance = random.Random(7)  # noqa: S311 - junk that can be made again
    codes = set()
    for _ in range(25):
        (folder / "wikidata.lock").write_text(json.dumps(broken(lock, paths, chance)), "utf-8")
        found = [one for one in lod.load(folder).findings if one.severity == "error"]
        codes |= {one.code for one in found}
        assert all(one.location is not None for one in found)
    assert "bad-lock" in codes
    assert codes <= {"bad-lock", "link-label", "link-type", "link-merged", "link-deleted"}


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"<<<<<<< HEAD", b"[" * 100_000, b"null", b'{"version": 2, "items": {}}'],
    ids=["empty", "not UTF-8", "conflict", "deep", "null", "newer"],
)
def test_broken_lock_stops_nothing_but_the_build(
    content: bytes, tmp_path: Path, local: LocalWikibase, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = publication(tmp_path / "p", MEMBER)
    (tmp_path / "p" / "wikidata.lock").write_bytes(content)
    assert "bad-lock" in [one.code for one in lod.load(loaded.path).findings]
    arguments = ["link", str(loaded.path), "--wikibase", local.api, "--update"]
    run([*arguments, "--cache", str(tmp_path / "c")])
    assert "Traceback" not in capsys.readouterr().err
    assert "bad-lock" not in [one.code for one in lod.load(loaded.path).findings]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"\xff", ":1:1: byte 0xff is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is no answer of wbgetentities"),
        (b'{"entities": {"Q232": 5}}', "is no answer of wbgetentities"),
        (b'{"entities": {"Q232": {"id": []}}}', "has the id"),
        (b'{"entities": {"Q232": {"claims": 5}}}', "claims is no object"),
        (b'{"entities": {"Q232": {"claims": {"P463": [5]}}}}', "statement 1 of P463"),
        (b'{"error": {"code": "maxlag"}}', "is no answer of wbgetentities"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "contribute"])
def test_broken_saved_answers(
    command: str, content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded = publication(tmp_path / "p", MEMBER)
    file = tmp_path / "answer.json"
    file.write_bytes(content)
    assert run([command, str(loaded.path), "--items", str(file)]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert str(file) in err
    assert "bug" not in err


FAULTS: dict[str, Callable[[], faults.Fault]] = {
    "1 GB": lambda: faults.zeros(10**9),
    "1 GB, declared": lambda: faults.zeros(10**9, declared=True),
    "bomb": lambda: faults.bomb(100),
    "page": lambda: faults.answer(b"<html>log in</html>", kind="text/html"),
    "other host": lambda: faults.redirect("http://169.254.169.254/latest"),
    "no address": lambda: faults.redirect("http://[::1"),
    "refused": lambda: faults.failing(403),
    "no object": lambda: faults.answer(b"[]"),
    "no results": lambda: faults.answer(b'{"success": 1}'),
    "junk": lambda: faults.answer(b'{"search": [{"id": 5}], "entities": {"Q232": []}}'),
    "deep": lambda: faults.answer(b"[" * 100_000),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", ["link", "update", "compare", "contribute"])
def test_answers_that_cannot_be_used(
    command: str,
    fault: str,
    local: LocalWikibase,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    loaded = publication(tmp_path / "p", MEMBER)
    file = loaded.folder / "facts.yaml"
    if command == "link":
        linked = file.read_text("utf-8")
        file.write_text(linked.replace("Kazakhstan, wikidata: Q232", "Kazakhstan"), "utf-8")
    before = file.read_bytes()
    local.always_fail(FAULTS[fault]())
    name, *more = {"update": ["link", "--update"]}.get(command, [command])
    common = ["--wikibase", local.api, "--cache", str(tmp_path / "c")]
    assert run([name, str(loaded.path), *common, *more]) == 2
    err = capsys.readouterr().err
    assert err.startswith("lod: ")
    assert any(said in err for said in (local.address, "answer", "is no address of this Wikibase"))
    assert "bug" not in err
    assert "Traceback" not in err
    assert file.read_bytes() == before
    assert not (loaded.folder / "wikidata.lock").exists()
    assert local.bytes_sent < 200 * 2**20


def test_broken_searches_are_refused_or_read() -> None:
    iri = "http://www.wikidata.org/entity/"
    result = {
        "id": "Q232",
        "concepturi": f"{iri}Q232",
        "label": "Kazakhstan",
        "match": {"type": "alias", "text": "KZ", "language": "en"},
        "aliases": ["KZ"],
    }
    known = {"search": [result], "success": 1}
    paths = [path for path in places(known) if path]
    chance = random.Random(7)  # noqa: S311 - junk that can be made again
    for _ in range(300):
        with contextlib.suppress(NetworkError):
            for candidate in read_candidates(broken(known, paths, chance), iri):
                assert candidate.qid.startswith("Q")
                assert all(isinstance(one, str) for one in candidate.aliases)
