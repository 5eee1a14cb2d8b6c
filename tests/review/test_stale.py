"""Which facts are to be looked at again on a day, where they stand, and what settles it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from lod.errors import InputError
from lod.review.stale import find_stale, open_publication
from tests.cli.conftest import Lod
from tests.corpus.conftest import Data, write_folder, write_lines
from tests.review.conftest import facts, thing
from tests.wikidata.entities import statement
from tests.wikidata.wikibase import LocalWikibase

TABLE = Path(__file__).with_name("stale.yaml").read_text("utf-8")
CASES = yaml.load(TABLE, yaml.BaseLoader)  # noqa: S506 - it makes text only


def data_of(case: dict[str, Any], name: str = "a") -> dict[str, Any]:
    """The publication of a case."""
    said = [case["claim"], *([case["then"]] if "then" in case else [])]
    entities = {"it": thing(*case.get("subject", ["Country", "Norland"]))}
    return facts(name, [{"subject": "it", **claim} for claim in said], entities)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_what_is_to_be_looked_at_on_a_day_is_found_at_its_place(
    case: dict[str, Any], tmp_path: Path
) -> None:
    folder = write_folder(tmp_path / "a", data_of(case))
    found = find_stale(open_publication(folder), case["on"])
    assert sorted(f"{one.code} {one.path[-1]}" for one in found) == case.get("expect", [])
    lines = (folder / "facts.json").read_text("utf-8").splitlines()
    for one in found:
        assert one.location is not None
        assert one.location.file == str(folder / "facts.json")
        there = lines[one.location.line - 1][one.location.column - 1 :]
        assert there.startswith(json.dumps(case["claim"][str(one.path[-1])]))
        assert one.command == f"lod update {folder} --text NEW"
        assert one.command in (one.hint or "")


PASSED = next(case for case in CASES if case["case"] == "a plan whose year is over")


def test_the_command_says_the_day_and_what_it_found(lod: Lod, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", data_of(PASSED))
    for form in ("text", "json", "github"):
        assert lod("stale", folder, "--on", "2025-12-31", "-f", form).code == 0
        assert lod("stale", folder, "--on", "2026-01-01", "-f", form).code == 1
    run = lod("stale", folder, "--on", "2026-01-01")
    assert f"{folder / 'facts.json'}:1:" in run.out
    assert "on 2026-01-01" in run.err
    report = json.loads(lod("stale", folder, "--on", "2026-01-01", "-f", "json").out)
    assert (report["on"], report["online"], report["publications"]) == ("2026-01-01", False, 1)
    assert [one["code"] for one in report["findings"]] == ["plan-passed"]


@pytest.mark.parametrize("option", ["--wikibase", "--entity-base", "--contact", "--cache"])
def test_how_to_ask_is_refused_where_nothing_is_asked(
    lod: Lod, tmp_path: Path, option: str
) -> None:
    folder = write_folder(tmp_path / "a", data_of(PASSED))
    run = lod("stale", folder, option, "https://x.example/")
    assert (run.code, run.out) == (2, "")
    assert f"{option} is for --online." in run.err


def test_the_new_text_is_asked_for_of_the_version_that_says_it(lod: Lod) -> None:
    bridge = Path(__file__).parents[2] / "examples" / "lake-bridge"
    done = lod("stale", bridge, "--on", "2027-01-01")
    assert done.code == 1
    assert "--url fr=https://gazette.example.org/fr/pont;" in done.out
    assert "--url en=https://gazette.example.org/en/bridge;" in done.out


def test_without_a_day_it_is_today(lod: Lod, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "a", data_of(PASSED))
    run = lod("stale", folder, "-f", "json")
    assert run.code == 1
    assert json.loads(run.out)["on"] > "2026-01-01"


def test_a_corpus_is_read_whole_and_what_cannot_be_read_is_said(lod: Lod, tmp_path: Path) -> None:
    lines: list[Data | bytes] = [data_of(CASES[0], "a"), b"no json\n", data_of(PASSED, "b")]
    corpus = write_lines(tmp_path / "c.jsonl", lines)
    run = lod("stale", corpus, "--on", "2026-01-01", "-f", "json", "--jobs", "2")
    assert run.code == 2
    report = json.loads(run.out)
    assert [(one["code"], one["line"]) for one in report["findings"]] == [
        ("stale-after", 1),
        ("plan-passed", 3),
    ]
    assert {one["file"] for one in report["findings"]} == {str(corpus)}
    assert [one["name"] for one in report["unread"]] == ["c.jsonl:2"]
    assert report["unread"][0]["why"].startswith("not well-formed JSON: ")


@pytest.mark.parametrize("date", ["2026", "tomorrow", "2026-02-30", ""])
def test_a_day_that_is_none_is_refused(lod: Lod, tmp_path: Path, date: str) -> None:
    folder = write_folder(tmp_path / "a", data_of(PASSED))
    assert lod("stale", folder, "--on", date).code == 2
    assert lod("link", folder, "--date", date, "--dry-run").code == 2


def test_facts_with_errors_are_refused(tmp_path: Path) -> None:
    data = data_of(PASSED)
    data["claims"][0]["property"] = "nothing"
    with pytest.raises(InputError, match=r"facts\.json"):
        open_publication(write_folder(tmp_path / "a", data))


# With a network


class Handler(BaseHTTPRequestHandler):
    """Answers by the path: a status, or a status and where it leads."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name above
        """Nothing is logged."""

    def do_HEAD(self) -> None:
        self._answer("no-head" in self.path)

    def do_GET(self) -> None:
        self._answer(False)

    def _answer(self, refuses: bool) -> None:
        path, _, elsewhere = self.path.partition("?to=")
        status, _, target = path.strip("/").partition("/")
        self.send_response(405 if refuses else int(status))
        if elsewhere:
            self.send_header("Location", unquote(elsewhere))
        elif target and not refuses and status.startswith("3"):
            self.send_header("Location", f"/{target}")
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server on this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def wikibase(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalWikibase]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    with LocalWikibase() as running:
        yield running


SOURCES = {
    "200": None,
    "200/no-head": None,
    "302/200": None,
    "302/301/200": None,
    "301/200": "source-moved",
    "308/301/200": "source-moved",
    "404": "source-gone",
    "410": "source-gone",
    "301/404": "source-gone",
    "403": "source-unreachable",
}


@pytest.mark.parametrize(("path", "code"), SOURCES.items(), ids=SOURCES)
def test_the_address_of_the_text_is_asked(
    lod: Lod, tmp_path: Path, web: str, path: str, code: str | None
) -> None:
    data = data_of(CASES[2])
    data["document"]["iri"] = f"{web}/{path}"
    folder = write_folder(tmp_path / "a", data)
    assert lod("stale", folder, "--on", "2025-01-01").code == 0
    run = lod("stale", folder, "--on", "2025-01-01", "--online", "-f", "json")
    findings = json.loads(run.out)["findings"]
    assert [one["code"] for one in findings] == ([] if code is None else [code])
    assert all(one["path"] == ["document", "iri"] for one in findings)
    assert run.code == (code is not None)
    if code == "source-moved":
        assert f"{web}/200" in findings[0]["message"]


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://127.0.0.1:9/text", "no connection"),
        ("http://℀.example/", "is no address of the web"),
        ("{web}/301", "redirects to nowhere"),
        ("{web}/301?to=http://%5B", "leads to http://[, which is no address of the web"),
        ("{web}/302?to=ftp://example.org/", "which is no address of the web"),
    ],
)
def test_what_cannot_be_seen_is_said(
    lod: Lod, tmp_path: Path, web: str, address: str, why: str
) -> None:
    data = data_of(CASES[2])
    data["document"]["source"] = address.format(web=web)
    folder = write_folder(tmp_path / "a", data)
    run = lod("stale", folder, "--on", "2025-01-01", "--online", "-f", "json")
    (found,) = json.loads(run.out)["findings"]
    assert (found["code"], why in found["message"]) == ("source-unreachable", True), found


def test_an_address_that_the_time_was_too_short_for_is_said(
    lod: Lod, tmp_path: Path, web: str
) -> None:
    data = data_of(CASES[2])
    data["document"]["source"] = f"{web}/200"
    folder = write_folder(tmp_path / "a", data)
    run = lod(
        "stale", folder, "--on", "2025-01-01", "--online", "-f", "json", "--max-seconds", "1e-6"
    )
    (found,) = json.loads(run.out)["findings"]
    assert "seconds in all, their limit" in found["message"]
    assert "allow more with --max-seconds" in found["hint"]


def test_items_are_compared_with_the_lock(
    lod: Lod, tmp_path: Path, wikibase: LocalWikibase
) -> None:
    names = {"Q100000011": "Ostvik", "Q100000012": "Vestvik", "Q100000013": "Sorvik"}
    for qid, name in names.items():
        wikibase.entities.add(qid, {"en": name}, claims={"P31": [statement("P31", "Q515")]})
    things = {name.lower(): thing("City", name, qid) for qid, name in names.items()}
    claim = {
        "text": "Ostvik is near Vestvik and Sorvik.",
        "subject": list(things),
        "property": "describedAs",
        "value": {"text": "near Vestvik and Sorvik"},
    }
    folder = write_folder(tmp_path / "a", facts("a", [claim], things))
    options = ("--wikibase", wikibase.api, "--cache", tmp_path / "cache")
    assert lod("link", folder, "--update", "--date", "2025-01-01", *options).code == 0
    online = ("stale", folder, "--on", "2025-06-01", "--online", "-f", "json", *options)
    assert lod(*online).code == 0
    wikibase.entities.redirect("Q100000011", "Q100000013")
    wikibase.entities.add("Q100000012", {"en": "Vestvik City"})
    run = lod(*online[:-1], tmp_path / "another")
    found = {one["path"][1]: one for one in json.loads(run.out)["findings"]}
    assert run.code == 1
    assert {slug: one["code"] for slug, one in found.items()} == {
        "ostvik": "link-merged",
        "vestvik": "link-changed",
    }
    assert all(one["command"] == f"lod link {folder} --update" for one in found.values())
    # What settles it settles it; and what the lock knows then is told without a network.
    assert lod("link", folder, "--update", "--date", "2025-06-01", *options).code == 1
    again = json.loads(lod("stale", folder, "--on", "2025-06-02", "-f", "json").out)
    assert [(one["code"], one["path"][1]) for one in again["findings"]] == [
        ("link-merged", "ostvik")
    ]


def test_a_wikibase_that_does_not_answer_is_no_silence(
    lod: Lod, tmp_path: Path, wikibase: LocalWikibase
) -> None:
    data = data_of(PASSED)
    data["entities"]["it"]["wikidata"] = "Q100000011"
    folder = write_folder(tmp_path / "a", data)
    address = f"{wikibase.address}/nowhere"
    options = ("--wikibase", address, "--cache", tmp_path / "cache")
    run = lod("stale", folder, "--on", "2026-01-01", "--online", "-f", "json", *options)
    assert run.code == 2
    report = json.loads(run.out)
    assert [one["code"] for one in report["findings"]] == ["plan-passed"]
    assert len(report["unread"]) == 1
