"""`lod update`: a new text, and what became of each claim."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
import pytest

from tests.cli.conftest import FACTS, TEXT, Lod

NEW = TEXT.replace("$28 billion", "$30 billion")


def new_text(small: Path, text: str, name: str = "new.txt") -> Path:
    path = small.parent / name
    path.write_text(text, "utf-8")
    return path


def state(small: Path) -> tuple[str, str, bool]:
    return (
        (small / "text.txt").read_text("utf-8"),
        (small / "facts.yaml").read_text("utf-8"),
        (small / "changes.json").exists(),
    )


def test_the_same_text_changes_nothing(lod: Lod, small: Path) -> None:
    result = lod("update", small, "--text", new_text(small, TEXT))
    assert (result.code, result.out) == (0, "")
    assert "2 claims: 2 unchanged" in result.err
    assert "nothing has changed" in result.err
    assert state(small) == (TEXT, FACTS, False)


def test_a_value_that_changed_stays_open_and_nothing_is_written(lod: Lod, small: Path) -> None:
    result = lod("update", small, "--text", new_text(small, NEW))
    assert result.code == 1
    assert result.out == (
        "trade-2023: value-changed\n"
        "    quote   Trade exceeded $28 billion last year\n"
        "    now     Trade exceeded [-$28-]{+$30+} billion last year.\n"
        "    number  exceeded $28 billion → exceeded $30 billion\n"
    )
    assert "1 decision is open; nothing was written" in result.err
    assert state(small) == (TEXT, FACTS, False)


def test_a_dry_run_as_json_lists_every_claim(lod: Lod, small: Path) -> None:
    path = new_text(small, f"Hello.\n\n{NEW}")
    result = lod("update", small, "--text", path, "--dry-run", "--format", "json")
    assert (result.code, "open" in result.err) == (1, False)
    report = json.loads(result.out)
    one, two = report["claims"]
    assert (one["id"], one["quote"], one["fate"]) == (
        "member",
        "Kazakhstan is a member of the CSTO",
        "unchanged",
    )
    assert "before" not in one
    assert (two["id"], two["fate"], two["before"], two["after"]) == (
        "trade-2023",
        "value-changed",
        "Trade exceeded $28 billion last year.",
        "Trade exceeded $30 billion last year.",
    )
    assert two["where"]["after"] == {
        "start": 44,
        "end": 80,
        "line": 3,
        "column": 37,
        "sentence": 3,
    }
    assert two["changed"] == [
        {"kind": "number", "before": ["exceeded $28 billion"], "after": ["exceeded $30 billion"]}
    ]
    assert report["fates"]["value-changed"] == 1
    assert report["newSentences"] == [{"sentence": 1, "line": 1, "column": 1, "text": "Hello."}]
    assert report["coverage"]["before"]["coveredSentences"] == 3
    assert report["coverage"]["after"]["coveredSentences"] == 2
    assert report["noFact"][0]["fate"] == "unchanged"
    assert not report["written"]
    assert state(small) == (TEXT, FACTS, False)


def test_what_a_script_accepts_is_written(lod: Lod, small: Path) -> None:
    arguments = ("update", small, "--text", new_text(small, NEW), "--accept", "value-changed")
    assert lod(*arguments).code == 2
    result = lod(*arguments, "--reason", "correction", "--note", "by the agency")
    assert result.code == 0
    text, facts, _ = state(small)
    assert text == NEW
    assert facts == FACTS.replace("$28 billion", "$30 billion").replace("than 28", "than 30")
    (changes,) = json.loads((small / "changes.json").read_text("utf-8"))
    assert [changes["claims"][0][key] for key in ("id", "reason", "note")] == [
        "trade-2023",
        "correction",
        "by the agency",
    ]
    assert lod("check", small).code == 0


def test_what_is_gone_is_dropped_with_a_reason(lod: Lod, small: Path) -> None:
    path = new_text(small, TEXT.replace("Trade exceeded $28 billion last year. ", ""))
    result = lod("update", small, "--text", path, "--accept", "gone", "--reason", "withdrawn")
    assert (result.code, "dropped (withdrawn)" in result.out) == (0, True)
    assert "trade-2023" not in state(small)[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "--text FILE, or --url URL"),
        (("--text", "a", "--url", "http://b/"), "is of a version: --text VERSION=FILE"),
        (("--text", "de=new.txt"), 'no version "de"'),
        (("--text", "new.txt", "--published", "de=2025-01-01"), "there is none of 'de'"),
        (("--text", "no-such-file"), "No such file"),
        (("--text", "new.txt", "--accept", "chnaged"), "no fate"),
        (("--text", "new.txt", "--reason", "correction"), "are for what --accept names"),
        (("--text", "new.txt", "--dry-run", "--note", "a slip"), "are for what --accept names"),
        (("--text", "new.txt", "--published", "soon"), "--published"),
        (("--text", "empty.txt"), "empty"),
        (("--text", "binary.txt"), "not UTF-8"),
        (("--url", "ftp://example.org/"), "no address of the web"),
        (("--url", "http://["), "no address of the web"),
        (("--url", "http://℀.example/"), "no address of the web"),
    ],
)
def test_what_cannot_be_done_is_said(
    lod: Lod, small: Path, arguments: tuple[str, ...], message: str
) -> None:
    new_text(small, NEW)
    new_text(small, "", "empty.txt")
    (small.parent / "binary.txt").write_bytes(b"caf\xe9")
    result = lod("update", small, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert state(small) == (TEXT, FACTS, False)


def test_a_text_that_was_overwritten_already_is_no_old_text(lod: Lod, small: Path) -> None:
    (small / "text.txt").write_text(NEW, "utf-8")
    result = lod("update", small, "--text", new_text(small, NEW))
    assert result.code == 2
    assert "put the old one back" in result.err


def test_json_lines_are_a_clear_error(lod: Lod, small: Path) -> None:
    corpus = small.parent / "many.jsonl"
    corpus.write_text("{}\n", "utf-8")
    result = lod("update", corpus, "--text", new_text(small, NEW))
    assert result.code == 2
    assert "JSON Lines, and not one publication" in result.err


def answers(monkeypatch: pytest.MonkeyPatch, *given: str) -> None:
    """A terminal at which somebody answers so."""
    waiting = iter(given)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)

    def prompt(text: str, **options: object) -> object:
        answer = next(waiting)
        if isinstance(options.get("type"), click.IntRange):
            return int(answer)
        return answer or options.get("default")

    monkeypatch.setattr("click.prompt", prompt)


class Terminal:
    """Standard input that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """The command at a terminal: `at_terminal(*arguments)`, after `answers`."""
    from lod.cli.run import run

    def call(*arguments: object) -> int:
        monkeypatch.setattr(sys, "stdin", Terminal())
        return run([str(argument) for argument in arguments])

    return call


def test_a_person_decides_on_a_terminal(
    at_terminal: Callable[..., int], small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_text(small, NEW.replace("Thank you!", "Thanks to you!"))
    monkeypatch.setattr(sys, "stdin", Terminal())
    # The first one; then they stop, and go on later.
    answers(monkeypatch, "a", "correction", "", "q")
    assert at_terminal("update", small, "--text", path) == 1
    assert state(small) == (TEXT, FACTS, False)
    answers(monkeypatch, "a", "")
    assert at_terminal("update", small, "--text", path) == 0
    text, facts, has_changes = state(small)
    assert has_changes
    assert "$30 billion" in text
    assert "more than 30 billion USD" in facts
    assert "quote: Thanks to you!" in facts
    assert not (small / ".lod-update.json").exists()


def test_a_person_may_edit_or_drop(
    at_terminal: Callable[..., int], small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_text(small, NEW.replace("member of the CSTO", "partner of the CSTO"))
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(
        "click.edit", lambda text, **_: text.replace("28", "30").replace("trade-2023", "trade")
    )
    answers(monkeypatch, "d", "our-mistake", "", "e", "correction", "read anew")
    code = at_terminal("update", small, "--text", path)
    facts = state(small)[1]
    assert code == 0
    assert "id: trade\n" in facts
    assert "id: member" not in facts


PAGE = """<!doctype html><html><head><title>T</title></head><body><nav>Home</nav><article>
<p>Kazakhstan is a member of the <b>CSTO</b>. Trade exceeded&nbsp;$28 billion
last year.</p><p>Thank you!</p></article><footer>Imprint</footer></body></html>"""


@contextmanager
def serving(body: bytes, kind: str) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/page")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_a_page_counts_by_what_a_person_reads_of_it(lod: Lod, small: Path) -> None:
    result = lod("update", small, "--text", new_text(small, PAGE, "page.html"), "-f", "json")
    assert result.code == 0
    report = json.loads(result.out)
    assert report["fates"]["unchanged"] == 2
    assert state(small)[0] == (
        "Kazakhstan is a member of the CSTO. Trade exceeded\u00a0$28 billion last year.\n\n"
        "Thank you!\n"
    )


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/html"])
def test_a_page_is_fetched(lod: Lod, small: Path, kind: str) -> None:
    with serving(PAGE.replace("$28", "$31").encode(), kind) as url:
        result = lod("update", small, "--url", f"{url}/moved", "-f", "json", "--dry-run")
    assert result.code == 1
    assert json.loads(result.out)["fates"]["value-changed"] == 1


@pytest.mark.parametrize("charset", ["latin-7", "punycode", "undefined", "hex"])
def test_a_page_that_is_not_what_it_says_is_no_page(lod: Lod, small: Path, charset: str) -> None:
    with serving(b"caf\xe9", f"text/plain; charset={charset}") as url:
        result = lod("update", small, "--url", f"{url}/page")
    assert (result.code, f"is not {charset}, as it says" in result.err) == (2, True), result.err


def test_what_is_no_text_is_no_page(lod: Lod, small: Path) -> None:
    with serving(b"%PDF-1.4", "application/pdf") as url:
        result = lod("update", small, "--url", f"{url}/page")
    assert result.code == 2
    assert "expected text or HTML" in result.err


def test_another_date_is_written_where_nothing_hangs_on_it(lod: Lod, small: Path) -> None:
    path = new_text(small, TEXT)
    result = lod("update", small, "--text", path, "--published", "2024-12-01")
    assert result.code == 0
    assert "published: 2024-12-01" in state(small)[1]
    result = lod("update", small, "--text", path, "--published", "2025-12-01")
    assert (result.code, "the date of the text is another one" in result.out) == (1, True)
