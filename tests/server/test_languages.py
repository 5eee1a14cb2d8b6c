"""The pages that the server makes itself, in the languages that the site has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lod.pages.interface import Words, languages
from lod.server.reply import page, problem, speak
from lod.server.sparql import STATUS
from tests.server.serving import ROOT, serving

ONE_CLAIM = ROOT / "tests" / "site" / "one-claim"
OTHERS = sorted(set(languages()) - {"en"})
#: The statuses that are answered with a page.
STATUSES = sorted({*STATUS.values(), 400, 404, 405, 408, 413, 414, 415, 421, 431, 500})


@pytest.fixture(autouse=True)
def _afterwards_english() -> Iterator[None]:
    yield
    speak(Words())


def texts(html: str) -> list[str]:
    """The words of a page outside of what is marked as English, and of its attributes."""
    html = html.partition("<body>")[2]
    html = re.sub(r"<style>.*?</style>|<textarea.*?</textarea>", "", html, flags=re.DOTALL)
    html = re.sub(r'<(\w+) lang="en".*?</\1>', "", html, flags=re.DOTALL)
    found = re.findall(r">([^<>]+)<|aria-label=\"([^\"]+)\"", html)
    return [" ".join("".join(one).split()) for one in found if "".join(one).strip()]


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_a_page_is_english(language: str) -> None:
    def pages() -> dict[str, list[str]]:
        made = {
            f"problem {status}": problem(status, "What.", "How.", accept="text/html").body
            for status in STATUSES
        }
        row = [{"text": "1", "href": None, "language": None}]
        shown: dict[str, dict[str, Any]] = {
            "form": {"base": "https://data.example.org/"},
            "rows": {"result": {"names": ["n"], "rows": [row] * 2, "count": 1300}},
            "one": {"result": {"names": ["n"], "rows": [row], "count": 1}},
            "yes": {"result": {"answer": True}},
            "no": {"result": {"answer": False}},
            "graph": {"graph": "x"},
            "wrong": {"problem": {"status": 400, "title": "What.", "detail": "How."}},
        }
        for name, values in shown.items():
            made[name] = page("endpoint.html", "endpoint.css", **values).body
        made["none"] = page("documents.html", "store.css", documents=[]).body
        return {name: texts(body.decode()) for name, body in made.items()}

    speak(Words())
    english = pages()
    speak(Words(language))
    kept = {
        *("SPARQL", "·", ".", "n", "1", "x", "https://data.example.org/"),
        *("JSON", "CSV", "TSV", "XML", *map(str, STATUSES)),
    }
    # Words that two languages share.
    kept |= {"de": {"Start"}, "es": {"No"}, "fr": {"Documents", "Site"}}.get(language, set())
    for name, words in pages().items():
        assert len(words) == len(english[name]) or name.startswith(("problem", "wrong")), name
        assert [one for one in words if one in english[name] and one not in kept] == [], name


def test_numbers_and_plurals_are_those_of_the_language() -> None:
    speak(Words("ru"))
    for count, said in ((1, "1 строка"), (2, "2 строки"), (1300, "1 300 строк")):
        result = {"names": ["n"], "rows": [], "count": count}
        body = page("endpoint.html", "endpoint.css", result=result).body.decode()
        assert said in body.replace("\u00a0", " ")


def test_a_site_is_served_in_its_language(tmp_path: Path) -> None:
    with serving(tmp_path / "log", ONE_CLAIM, "--language", "ru") as server:
        form = server.get("/sparql", "text/html").text
        assert '<html lang="ru"' in form
        assert "Задайте вопрос к данным" in form
        wrong = server.get("/sparql?query=SELECT", "text/html")
        assert wrong.status_code == 400
        assert "<h1>Запрос непонятен</h1>" in wrong.text
        assert server.get("/sparql?query=SELECT", "application/json").json()["status"] == 400
        shown = server.get("/sparql?format=html&query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "text/html")
        assert "<p>Да</p>" in shown.text
        assert '<html lang="ru"' in server.get("/claims.html").text
        missing = server.get("/nothing", "text/html")
        assert missing.status_code == 404
        assert '<html lang="ru"' in missing.text
