"""Templates and interface words: ours, and those of a user."""

from __future__ import annotations

import html
import re
import string
import tomllib
from pathlib import Path

import markupsafe
import pytest
from hypothesis import given, strategies
from jinja2 import FileSystemLoader

from lod.cli.run import run
from lod.errors import InputError
from lod.pages.interface import Words, direction
from lod.pages.render import Templates, element_text
from lod.site.build import build_site
from lod.site.make import make_site
from lod.site.site import SiteOptions
from tests.corpus.conftest import publication, write_folder, write_lines

SITE = Path(__file__).parents[2] / "lod" / "pages"
WORDS = SITE.parent / "language"
PARTS = sorted(path.name for path in (WORDS / "en" / "site").glob("*.toml"))


def words(language: str, part: str) -> dict[str, str]:
    text = (WORDS / language / "site" / part).read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("part", PARTS)
def test_german_has_every_word_with_the_same_gaps(part: str) -> None:
    english, german = words("en", part), words("de", part)
    assert german.keys() == english.keys()
    assert {key: gaps(text) for key, text in german.items()} == {
        key: gaps(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", ["de", "es", "fr", "kk", "ru"])
def test_standards_have_the_same_version_in_every_language(language: str) -> None:
    def versions(language: str, part: str) -> dict[str, list[str]]:
        standard = re.compile(r"[A-Z][\w-]+ \d(?:\.\d)*")
        return {
            key: found for key, t in words(language, part).items() if (found := standard.findall(t))
        }

    assert versions("en", "data.toml")["crate"] == ["RO-Crate 1.3"]
    for part in PARTS:
        assert versions(language, part) == versions("en", part)


def test_templates_ask_for_words_that_are_there() -> None:
    known = {f"{part.removesuffix('.toml')}.{key}" for part in PARTS for key in words("en", part)}
    for file in sorted((SITE / "templates").rglob("*.html")):
        for name in re.findall(r'\bt\("([\w.-]+)"[,)]', file.read_text("utf-8")):
            assert name in known, f"{file.name} asks for {name}"


def test_no_template_has_inline_script_or_style() -> None:
    for file in sorted((SITE / "templates").rglob("*.html")):
        text = file.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text), file.name
        assert "|safe " not in text, file.name
        assert "|safe}" not in text, file.name
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or 'type="application/' in script, file.name


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "small", publication(1))


def test_german_site(tmp_path: Path, small: Path) -> None:
    build_site(small, tmp_path / "out", SiteOptions(language="de"))
    page = (tmp_path / "out" / "claim" / "firms.html").read_text("utf-8")
    for text in ('<html lang="de"', "Was gesagt wird", "Die Worte, die sie tragen", "festgestellt"):
        assert text in page
    assert "mehr als 1.001" in page, "numbers are written as the language does"
    assert "What is said" not in page


def test_a_german_site_has_no_english_words(tmp_path: Path, small: Path) -> None:
    corpus = write_lines(tmp_path / "c.jsonl", [publication(1), publication(2)])
    for source in (small, corpus):
        out = tmp_path / f"{source.stem}-out"
        build_site(source, out, SiteOptions(language="de"))
        pages = {
            path: _shown(path.read_text("utf-8"))
            for path in sorted(out.rglob("*.html"))
            if "vocabulary" not in path.parts  # whose definitions are English
        }
        told = " ".join(pages.values())
        in_use = 0
        for part in PARTS:
            english, german = words("en", part), words("de", part)
            for key, text in english.items():
                # Single words are names too, and may stand in the English data.
                if len(text) < 12 or " " not in text or gaps(text) or text == german[key]:
                    continue
                in_use += german[key] in told
                for path, shown in pages.items():
                    assert text not in shown, f"{path.name}: {part} {key}"
        assert in_use > 50


def _shown(page: str) -> str:
    """What people see of a page, or hear, its attributes included."""
    page = re.sub(r'<script type="application/ld.json">.*?</script>', "", page, flags=re.DOTALL)
    return html.unescape(page)


@given(strategies.text())
def test_text_is_escaped_as_elsewhere(text: str) -> None:
    assert html.unescape(element_text(text)) == html.unescape(str(markupsafe.escape(text)))
    assert "<" not in element_text(text)


def test_what_all_pages_of_a_folder_share_is_made_once_and_for_no_other(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "{% shared to, n % 2 %}{{ to('x/a.html') }} {{ page }}{% endshared %}", "utf-8"
    )
    pages = ("x/1.html", "x/2.html", "x/3.html", "y/1.html")
    for own, expected in (
        (None, ["a.html x/1.html", "a.html x/2.html", "a.html x/1.html", "../x/a.html y/1.html"]),
        # What a template of somebody else depends on is not known.
        (tmp_path, [f"{'../x/' if p[0] == 'y' else ''}a.html {p}" for p in pages]),
    ):
        templates = Templates(Words("en"), own)
        templates._environment.loader = FileSystemLoader(tmp_path)
        site = make_site("https://e.org/", "", SiteOptions(), several=False)
        found = [templates.render("page.html", site, p, n=int(p[2])) for p in pages]
        assert [one.decode() for one in found] == expected


def test_menus_say_where_they_are(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build_site(small, out, SiteOptions())
    for page, current, menu in (
        ("claims.html", "page", "Claims"),
        ("entities.html", "page", "Entities"),
        ("claim/firms.html", "true", "Claims"),
        ("claim/member.html", "true", "Claims"),
        ("entity/aldova.html", "true", "Entities"),
        ("document.html", "true", "Text"),
        ("vocabulary/rel/memberOf.html", "true", "Vocabulary"),
    ):
        text = (out / page).read_text("utf-8")
        assert re.findall(r'aria-current="(\w+)">([^<]+)', text) == [(current, menu)], page


def test_a_template_of_the_user_takes_the_place_of_ours(tmp_path: Path, small: Path) -> None:
    own = tmp_path / "own"
    (own / "assets").mkdir(parents=True)
    (own / "footer.html").write_text("<footer>{{ site.title }} &amp; friends</footer>", "utf-8")
    (own / "entity.html").write_text(
        '{% extends "base.html" %}{% block main %}<h1>{{ name.label }}!</h1>{% endblock %}', "utf-8"
    )
    (own / "assets" / "site.css").write_text("body { color: teal }", "utf-8")
    (own / "assets" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    out = tmp_path / "out"
    build_site(small, out, SiteOptions(templates=own))
    assert "<h1>Aldova 1!</h1>" in (out / "entity" / "aldova.html").read_text("utf-8")
    claim = (out / "claim" / "member.html").read_text("utf-8")
    assert "<footer>Facts of article 1 &amp; friends</footer>" in claim
    assert "What is said" in claim
    assert (out / "assets" / "site.css").read_text("utf-8") == "body { color: teal }"
    assert (out / "assets" / "logo.svg").is_file()


@pytest.mark.parametrize(
    "given",
    [
        "{% macro t(name) %}({{ name }}){% endmacro %}",
        '{% from "own.html" import t %}',
        '{% from "own.html" import u as t %}',
        "{% set t = joined %}",
    ],
)
def test_what_a_template_calls_like_the_words_is_its_own(tmp_path: Path, given: str) -> None:
    macros = "{% macro t(name) %}({{ name }}){% endmacro %}{% set u = t %}"
    (tmp_path / "own.html").write_text(macros, "utf-8")
    (tmp_path / "x.html").write_text(given + '{{ t("common.claims") }}', "utf-8")
    templates = Templates(Words("en"), tmp_path)
    assert templates.fill("x.html", joined=lambda name: f"({name})") == "(common.claims)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if %}", r"entity\.html:1: the template cannot be used"),
        ("\n{{ nothing_of_that_name }}", "nothing_of_that_name"),
        ('{% include "nowhere.html" %}', r"nowhere\.html"),
    ],
)
def test_a_broken_template_is_named(text: str, said: str, tmp_path: Path, small: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "entity.html").write_text(text, "utf-8")
    with pytest.raises(InputError, match=said):
        build_site(small, tmp_path / "out", SiteOptions(templates=own))
    assert not (tmp_path / "out").exists()


def test_words_that_fall_back_to_english_are_told(
    tmp_path: Path, small: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[common]\nclaims = "Afirmações"\n', "utf-8")
    told = build_site(small, tmp_path / "out", SiteOptions(language="pt", words=own)).in_english
    assert "common.entities" in told
    assert "common.claims" not in told
    assert build_site(small, tmp_path / "out", SiteOptions(language="kk")).in_english == []
    corpus = tmp_path / "corpus"
    write_folder(corpus / "1", publication(1))
    options = ["-o", str(tmp_path / "all"), "--language", "pt", "--words", str(own)]
    assert run(["site", str(corpus), *options]) == 0
    said = f"said in English, since the language lacks them: {len(told)} words; "
    assert said in capfd.readouterr().err


def test_words_of_the_user_take_the_place_of_ours(tmp_path: Path, small: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(
        '[pages]\nsaid = "Ciò che si dice"\n[common]\nclaims = "Affermazioni"\n', "utf-8"
    )
    options = SiteOptions(language="it", words=own)
    build_site(small, tmp_path / "out", options)
    page = (tmp_path / "out" / "claim" / "member.html").read_text("utf-8")
    for text in ('<html lang="it"', "Ciò che si dice", "Affermazioni", "The words that carry it"):
        assert text in page


@pytest.mark.parametrize(
    ("content", "said"), [("[pages", r"words\.toml:1:7: is not TOML"), ('said = "x"', "no table")]
)
def test_broken_words_are_named(content: str, said: str, tmp_path: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        Words("en", own)


@pytest.mark.parametrize(("tag", "expected"), [("ar", "rtl"), ("he-IL", "rtl"), ("en", "ltr")])
def test_direction(tag: str, expected: str) -> None:
    assert direction(tag) == expected


def test_interface_can_be_right_to_left(tmp_path: Path, small: Path) -> None:
    own = tmp_path / "words.toml"
    own.write_text('[common]\nclaims = "טענות"\n', "utf-8")
    build_site(small, tmp_path / "out", SiteOptions(language="he", words=own))
    page = (tmp_path / "out" / "claims.html").read_text("utf-8")
    assert '<html lang="he" dir="rtl">' in page
