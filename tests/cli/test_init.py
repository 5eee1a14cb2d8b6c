"""`lod init`: a facts file that is right from the start, and asks for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import lod as api
from lod.cli.commands.init import starter
from lod.diagnostics import Finding
from lod.language.identification import Confidence, Identified
from lod.sources.yaml_source import read_yaml
from tests.cli.conftest import ROOT, Lod

TEXT = """Ministers met in Astana

The ministers of 5 states met: "It went well," they said. Trade grew by 3 percent.
"""


@pytest.fixture
def text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = Path("speech.txt")
    file.write_text(TEXT, "utf-8")
    return file


def asked_for(findings: list[Finding]) -> set[str]:
    """The paths of the values that are to be filled in."""
    return {".".join(map(str, one.path)) for one in findings if one.code == "empty-value"}


def test_beside_the_text(text: Path, lod: Lod) -> None:
    result = lod("init", text)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("wrote facts.yaml\n")
    publication = api.load(".")
    assert asked_for(publication.findings) == {
        *("publication.base", "publication.license", "publication.publisher.name"),
        *("entities", "claims"),
    }
    assert {one.code for one in publication.findings} == {"empty-value"}
    assert publication.text is not None
    assert publication.text.raw == TEXT


@pytest.mark.parametrize("name", [None, "lake-bridge"])
def test_example_is_written_and_builds_as_the_committed_one(
    name: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lod: Lod
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("--example", "made/here", *(() if name is None else ("--which", name)))
    result = lod("init", *arguments)
    name = name or "russia-kazakhstan"
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"wrote made/here: the example {name}, ")
    assert result.out.endswith("next: lod build made/here\n")
    original, made = ROOT / "examples" / name, Path("made/here")
    written = {path.relative_to(made) for path in made.rglob("*") if path.is_file()}
    shipped = {path.relative_to(original) for path in original.rglob("*") if path.is_file()}
    assert written == {path for path in shipped if path.parts[0] != "dist"}
    assert all((made / path).read_bytes() == (original / path).read_bytes() for path in written)
    # Again: all is there already, and the same.
    assert lod("init", *arguments).code == 0
    assert lod("build", "made/here").code == 0
    built, kept = (folder / "dist" / "dataset.ttl" for folder in (made, original))
    assert built.read_bytes() == kept.read_bytes()


def test_example_overwrites_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lod: Lod
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("facts.yaml").write_text("mine", "utf-8")
    result = lod("init", "--example", ".")
    assert result.code == 2
    assert "facts.yaml is there already" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["facts.yaml"]
    assert Path("facts.yaml").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "arguments", [(), ("speech.txt", "--example", "x"), ("--example", "x", "-o", "y")]
)
def test_text_and_example_exclude_each_other(
    arguments: tuple[str, ...], text: Path, lod: Lod
) -> None:
    result = lod("init", *arguments)
    assert result.code == 2
    assert "--example FOLDER" in result.err
    assert [path.name for path in Path().iterdir()] == ["speech.txt"]


def test_what_is_known_is_filled_in(text: Path, lod: Lod) -> None:
    lod("init", text)
    root = read_yaml(Path("facts.yaml").read_bytes(), "facts.yaml").root
    assert isinstance(root, dict)
    assert root["document"] == {
        "text": "speech.txt",
        "language": "en",
        "title": "Ministers met in Astana",
    }
    publication = root["publication"]
    assert isinstance(publication, dict)
    assert publication["title"] == 'Claims in "Ministers met in Astana"'
    lines = Path("facts.yaml").read_text("utf-8").splitlines()
    assert "  # 1. Ministers met in Astana" in lines
    assert "  # 3. Trade grew by 3 percent." in lines


def test_filled_in_it_builds(text: Path, lod: Lod) -> None:
    lod("init", text)
    file = Path("facts.yaml")
    filled = file.read_text("utf-8")
    for key, value in [
        ("  base:", " https://data.example.org/speech/"),
        ("  license:", " https://creativecommons.org/publicdomain/zero/1.0/"),
        ("    name:", " Example Data Desk"),
        ("entities:", "\n  trade: {type: Flow, label: trade}"),
        (
            "claims:",
            "\n  - id: growth\n    quote: Trade grew by 3 percent\n    subject: trade"
            "\n    property: tradeVolume\n    change: up 3 percent",
        ),
    ]:
        assert filled.count(f"\n{key}") == 1
        filled = filled.replace(f"\n{key}", f"\n{key}{value}")
    file.write_text(filled, "utf-8")
    publication = api.load(".")
    assert {one.code for one in publication.findings} == {"sentence-uncovered"}
    assert len(publication.dataset()) > 0


def test_folder_with_a_copy(text: Path, lod: Lod) -> None:
    result = lod("init", text, "-o", "new/speech")
    assert result.code == 0
    assert Path("new/speech/speech.txt").read_text("utf-8") == TEXT
    assert Path("new/speech/facts.yaml").is_file()
    assert not Path("facts.yaml").exists()


def test_from_the_standard_input(text: Path, lod: Lod) -> None:
    result = lod("init", "-", "-o", "piped", stdin=TEXT.encode())
    assert result.code == 0
    assert Path("piped/article.txt").read_text("utf-8") == TEXT
    assert lod("init", "-", stdin=b"x").code == 2


def test_nothing_is_overwritten(text: Path, lod: Lod) -> None:
    Path("facts.yaml").write_text("mine")
    result = lod("init", text)
    assert (result.code, result.out) == (2, "")
    assert result.err == "lod: facts.yaml is there already and is not overwritten\n"
    assert Path("facts.yaml").read_text() == "mine"
    Path("other").mkdir()
    Path("other/speech.txt").write_text("another text")
    assert lod("init", text, "-o", "other").code == 2
    assert Path("other/speech.txt").read_text() == "another text"
    assert not Path("other/facts.yaml").exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"caf\xe9", "speech.txt:1:4: byte 0xe9 is not UTF-8"),
    ],
)
def test_what_is_no_text(data: bytes, words: str, text: Path, lod: Lod) -> None:
    text.write_bytes(data)
    result = lod("init", text)
    assert result.code == 2
    assert words in result.err
    assert not Path("facts.yaml").exists()


def test_missing_text(text: Path, lod: Lod) -> None:
    assert lod("init", "nowhere.txt").err == "lod: nowhere.txt: No such file or directory\n"


def test_folder_that_cannot_be_made(text: Path, lod: Lod) -> None:
    result = lod("init", text, "-o", "speech.txt/inner")
    assert result.code == 2
    assert "cannot be written" in result.err


def test_article_of_the_example(lod: Lod, tmp_path: Path) -> None:
    article = ROOT / "examples" / "russia-kazakhstan" / "article.txt"
    assert lod("init", article, "-o", tmp_path / "new").code == 0
    publication = api.load(tmp_path / "new")
    assert {one.code for one in publication.findings} == {"empty-value"}
    starter_lines = (tmp_path / "new" / "facts.yaml").read_text("utf-8").splitlines()
    assert publication.coverage is not None
    for sentence in publication.coverage.uncovered:
        assert f"  # {sentence.sentence.number}. {sentence.text}" in starter_lines
    assert len(publication.coverage.uncovered) > 40


@pytest.mark.parametrize(
    ("words", "said", "line"),
    [
        (
            "Der Handel zwischen den beiden Ländern ist im letzten Jahr gewachsen.",
            ["language: German (de), sure"],
            "de",
        ),
        (
            "La città costruisce una nuova scuola, e il sindaco ha ringraziato tutti i volontari.",
            [
                "language: Italian (it), sure",
                "there is no data for Italian: values, hedges, periods, denials, plans, speakers, "
                "conditions, lists will not be checked",
            ],
            "it",
        ),
        (
            "12345 67890",
            ["language: English (en), a guess; if it is another, correct facts.yaml"],
            "en # a guess: correct it if it is wrong",
        ),
        (
            "議会否決",
            [
                "language: Chinese (zh), probably; or Japanese (ja); if it is another, correct "
                "facts.yaml",
                "there is no data for Chinese: values, hedges, periods, denials, plans, speakers, "
                "conditions, lists will not be checked",
            ],
            "zh # probably, or ja: correct it if it is wrong",
        ),
    ],
)
def test_it_says_the_language_and_how_sure_that_is(
    words: str, said: list[str], line: str, text: Path, lod: Lod
) -> None:
    text.write_text(words, "utf-8")
    result = lod("init", text)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[1:-1] == said
    assert f"  language: {line}\n" in Path("facts.yaml").read_text("utf-8")


def test_the_language_that_is_given_holds(text: Path, lod: Lod) -> None:
    result = lod("init", text, "--language", "fo-FO")
    assert result.code == 0
    assert "language: Faroese (fo-FO)\nthere is no data for Faroese: " in result.out
    assert "  language: fo-FO\n" in Path("facts.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("speech.txt", "--language", "old norse"), '"old norse" is no language tag'),
        (("--example", "x", "--language", "en"), "--example FOLDER goes without --language"),
        (("speech.txt", "--which", "lake-bridge"), "--which NAME goes with --example FOLDER"),
        (("--example", "x", "--which", "bridge"), "'bridge' is not one of 'russia-kazakhstan'"),
    ],
)
def test_options_that_do_not_go_together(
    arguments: tuple[str, ...], words: str, text: Path, lod: Lod
) -> None:
    result = lod("init", *arguments)
    assert result.code == 2
    assert words in result.err
    assert [path.name for path in Path().iterdir()] == ["speech.txt"]


@given(text=st.text(min_size=1).filter(str.strip), file=st.text(min_size=1, max_size=20))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_file_that_can_be_read(text: str, file: str) -> None:
    found = Identified("en", Confidence.GUESS, ("de",))
    facts = starter(text, file, found).encode("utf-8", "surrogatepass")
    root = read_yaml(facts, "facts.yaml").root
    assert isinstance(root, dict)
    assert list(root) == ["publication", "document", "entities", "claims"]
    assert root["claims"] is None


def test_a_text_that_is_called_like_the_facts_is_left_alone(lod: Lod, tmp_path: Path) -> None:
    text = tmp_path / "facts.yaml"
    text.write_text("The mill stands.\n", "utf-8")
    run = lod("init", text, "-o", tmp_path / "p")
    assert run.code == 2
    assert "hint: give the text another name" in run.err
    assert not (tmp_path / "p").exists()
