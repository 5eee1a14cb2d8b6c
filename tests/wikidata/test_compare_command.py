"""`lod compare` and `lod contribute` as commands: forms, exit codes, a page that is safe."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from lod.cli.run import run
from tests.wikidata.publications import (
    HEAD,
    IRI,
    SOURCE,
    entities,
    item,
    publication,
    recorded,
    statement,
)
from tests.wikidata.wikibase import LocalWikibase

MEMBER = "subject: kazakhstan\nproperty: memberOf\nvalue: csto"
CAPITAL = "subject: kazakhstan\nproperty: wdt:P36\nvalue: astana"
PLANNED = f"{MEMBER}\nmodality: planned"
POSITION = "subject: putin\nproperty: positionHeld\nvalue: office"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def lod(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Runs a command on the publication in `tmp_path/p`, with entities in place of the network."""

    def lod(
        command: str, known: dict[str, dict[str, Any]], *arguments: str
    ) -> tuple[int, str, str]:
        answer = tmp_path / "answer.json"
        answer.write_text(json.dumps({"entities": known}), "utf-8")
        code = run([command, str(tmp_path / "p"), "--items", str(answer), *arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return lod


def test_absent_statements_are_no_findings(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", MEMBER, PLANNED)
    code, out, _ = lod("compare", entities())
    assert code == 0
    assert "absent         c1: Kazakhstan rel:memberOf narrower than P463 CSTO (Q318693)" in out
    assert "c2" not in out
    assert out.endswith("\n1 absent, 1 not comparable\n")


def test_all_shows_what_is_not_comparable(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", PLANNED)
    code, out, _ = lod("compare", entities(), "--all")
    assert code == 0
    assert "it is planned, not said to hold" in out


def test_a_different_value_is_a_finding(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", CAPITAL)
    code, out, _ = lod("compare", entities(Q232=[statement("P36", item("Q649"))]))
    assert code == 1
    assert "different" in out
    assert "Wikidata: Moscow (Q649)" in out


def test_an_item_that_is_gone_is_a_finding(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", MEMBER)
    known = entities()
    known["Q318693"] = {"id": "Q318693", "missing": ""}
    code, _, err = lod("compare", known)
    assert code == 1
    assert "Q318693 is not there" in err


def test_json_has_both_sides(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", MEMBER, POSITION)
    known = recorded()
    known["Q232"] = entities(Q232=[statement("P463", item("Q318693"), references=SOURCE)])["Q232"]
    code, out, _ = lod("compare", known, "-f", "json")
    data = json.loads(out)
    assert code == 0
    assert data["counts"]["there"] == data["counts"]["unreferenced"] == 1
    member, position = data["claims"]
    assert member["theirs"][0]["references"] == ["https://example.org/source"]
    assert (member["value"], member["theirs"][0]["value"]) == ("CSTO (Q318693)",) * 2
    assert position["theirs"][0]["rank"] == "preferred"
    assert position["theirs"][0]["times"] == ["from 2012-05-07"]
    assert len(position["theirs"]) > 10


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_the_page_escapes_everything_and_runs_nothing(tmp_path: Path, lod: Run) -> None:
    head = (HEAD + IRI).replace("A small text", "'" + EVIL.replace("'", "''") + "'")
    publication(tmp_path / "p", CAPITAL, PLANNED, head=head)
    url = {"value": f"javascript:{EVIL}", "type": "string"}
    known = entities(Q232=[statement("P36", item("Q649"), references=[[("P854", url)]])])
    known["Q649"]["labels"] = {"en": {"language": "en", "value": EVIL}}
    known["Q232"]["claims"]["P36"].append(statement("P36", {"value": EVIL, "type": "string"}))
    code, out, _ = lod("compare", known, "-f", "html")
    page = Page(out)
    assert code == 1
    assert page.text.count(EVIL) >= 4
    assert {tag for tag, _ in page.tags} <= set(
        "html head meta title style body header nav main section article h1 h2 h3 p blockquote dl "
        "dt dd ul li small em span a br details summary".split()
    )
    names = {name for _, attributes in page.tags for name in attributes}
    known_names = "lang charset http-equiv content name id class href aria-label".split()
    assert names <= set(known_names)
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    links = [attributes["href"] or "" for tag, attributes in page.tags if tag == "a"]
    outside = [link for link in links if not link.startswith("#")]
    assert outside
    assert all(link.startswith("https://www.wikidata.org/wiki/") for link in outside)
    assert {link[1:] for link in links if link.startswith("#")} <= ids
    (policy,) = [a["content"] for _, a in page.tags if a.get("http-equiv")]
    assert (policy or "").startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_contribute_writes_lines_and_tells_the_rest(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", MEMBER, PLANNED)
    code, out, err = lod("contribute", entities(), "--report", str(tmp_path / "report.json"))
    assert code == 0
    assert out.startswith("Q232\tP463\tQ318693\tS854\t")
    assert "left out: it is planned, not said to hold: c2" in err
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [one["claims"] for one in report["given"]] == [["c1"]]
    assert report["leftOut"] == [{"claim": "c2", "reason": "it is planned, not said to hold"}]


def test_contribute_gives_edits_as_json(tmp_path: Path, lod: Run) -> None:
    publication(tmp_path / "p", MEMBER)
    code, out, _ = lod("contribute", entities(), "-f", "json", "--quiet")
    assert code == 0
    (claim,) = json.loads(out)["Q232"]["data"]["claims"]
    assert claim["mainsnak"]["datavalue"]["value"]["id"] == "Q318693"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"entities": []}', '{"entities": {"Q1": 1}}'])
def test_a_file_that_is_no_answer_is_refused(
    tmp_path: Path, text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    publication(tmp_path / "p", MEMBER)
    (tmp_path / "bad.json").write_text(text, "utf-8")
    assert run(["compare", str(tmp_path / "p"), "--items", str(tmp_path / "bad.json")]) == 2
    assert "bad.json" in capfd.readouterr().err


def test_items_are_read_from_a_wikibase(
    tmp_path: Path, local: LocalWikibase, capfd: pytest.CaptureFixture[str]
) -> None:
    publication(tmp_path / "p", POSITION)
    options = ["--wikibase", local.wikibase().api, "--contact", "tests@example.org"]
    options += ["--cache", str(tmp_path / "cache")]
    assert run(["compare", str(tmp_path / "p"), *options]) == 0
    assert "unreferenced   c1: Putin rel:positionHeld P39" in capfd.readouterr().out
    assert run(["contribute", str(tmp_path / "p"), "-f", "json", *options]) == 0
    assert json.loads(capfd.readouterr().out)["Q7747"]["baserevid"] > 0
