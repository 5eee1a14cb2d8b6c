"""Every block of the documentation is run or validated, or `blocks.toml` says which test does it.

A page is worked through from top to bottom in a folder of its own: files are written, commands and
Python run, queries asked of the example, data read. A command with a placeholder (DIR, NEW), and
one of a block that is exempt, is at least read: its options and their values are such as it takes.
"""

from __future__ import annotations

import doctest
import io
import json
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
import pyoxigraph
import pytest
import yaml
from jsonschema import Draft202012Validator

import lod
from lod.cli.app import COMMANDS, Command, Settings, app
from lod.cli.run import run
from lod.facts.json_schema import facts_schema
from tests.corpus.conftest import publication, write_folder, write_lines
from tests.docs.pages import (
    OPTIONS,
    PAGES,
    ROOT,
    Block,
    blocks,
    code,
    commands,
    exempt,
    exemptions,
    is_as_shown,
    session,
)

EXAMPLE = "examples/russia-kazakhstan"
#: Languages of blocks that show something and ask for nothing: output, a sketch, a list of pages.
SHOWN = {"text", "{toctree}"}
_PLACEHOLDER = re.compile(r"(?<![\w./=-])[A-Z]{2,}(?![\w./])")
_SHELL = re.compile(r"[|&;<>$`]")
#: Commands of console blocks: what a page shows with its output need not run once more elsewhere.
SESSIONS = {
    command: page
    for page in PAGES
    for text in code(page, "console")
    for command, _ in session(text)
}
ARGUMENTS = [name for name in PAGES if blocks(name)]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands of the pages take for there: the example, and corpora."""
    folder = tmp_path_factory.mktemp("pages")
    ignored = shutil.ignore_patterns("dist")
    shutil.copytree(ROOT / EXAMPLE, folder / EXAMPLE, ignore=ignored)
    for name in ("articles.jsonl", "articles.jsonl.gz", "corpus.jsonl", "corpus.jsonl.gz"):
        write_lines(folder / name, map(publication, range(3)))
    write_folder(folder / "my-publication", publication(5))
    for number in range(3, 5):
        write_folder(folder / "archive" / str(number), publication(number))
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of these, in which a page is worked through."""
    shutil.copytree(template, tmp_path / "page")
    monkeypatch.chdir(tmp_path / "page")
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path / "page"


class Reader:
    """Whoever works through a page.

    Attributes:
        names: what its Python has defined.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.names: dict[str, object] = {}
        self._folder, self._patch = folder, patch

    def do(self, block: Block) -> None:
        """Do what a block says, or hold it against what it must be.

        Raises:
            AssertionError: it is not so.
        """
        if block.file and block.language != "change":
            path = self._folder / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, "utf-8")
            return
        ways: dict[str, Callable[[Block], None]] = {
            "change": self._change,
            "console": self._session,
            "sh": self._script,
            "python": self._python,
            "pycon": self._doctest,
            "sparql": self._query,
            "yaml": self._yaml,
            "turtle": self._turtle,
            "json": lambda one: assert_reads(json.loads, one),
            "toml": lambda one: assert_reads(tomllib.loads, one),
        }
        assert block.language in ways, f"{block}: {block.language or 'no language'}"
        ways[block.language](block)

    def _change(self, block: Block) -> None:
        path = self._folder / block.file
        text = path.read_text("utf-8")
        for line in block.code.splitlines():
            old, new = line.split(" => ")
            assert text.count(old) == 1, old
            text = text.replace(old, new.replace("\\n", "\n"))
        path.write_text(text, "utf-8")

    def _session(self, block: Block) -> None:
        for command, shown in session(block.code):
            _, printed = self._run(command)
            assert is_as_shown(shown, printed), f"{block}: $ {command}\n{printed}"

    def _script(self, block: Block) -> None:
        for command in commands(block.code):
            elsewhere = SESSIONS.get(command, block.page) != block.page
            if _PLACEHOLDER.search(command) or elsewhere:
                continue
            exit_code, printed = self._run(command)
            assert exit_code == 0, f"{block}: {command}\n{printed}"

    def _run(self, command: str) -> tuple[int, str]:
        """The exit code of a command, and what it prints."""
        program, *arguments = shlex.split(command)
        if program == "pip":
            return 0, ""
        if program == "duckdb":
            import duckdb

            return 0, str(duckdb.sql(arguments[-1]))
        assert program == "lod", f"{command}: run it, or say in blocks.toml why not"
        assert not _SHELL.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", command)), command
        stream = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
        with self._patch.context() as patch:
            for name in ("stdout", "stderr"):
                patch.setattr(sys, name, stream)
            exit_code = run(arguments)
        stream.seek(0)
        return exit_code, stream.read()

    def _python(self, block: Block) -> None:
        exec(compile(block.code, str(block), "exec"), self.names)  # noqa: S102 - our own page

    def _doctest(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.code, self.names, str(block), None, 0)
        assert doctest.DocTestRunner(optionflags=OPTIONS).run(test, clear_globs=False).failed == 0
        self.names = test.globs

    def _query(self, block: Block) -> None:
        assert example().query(block.code).rows, f"{block} finds nothing in the example"

    def _yaml(self, block: Block) -> None:
        data = yaml.load(block.code, yaml.BaseLoader)  # noqa: S506 - text alone, as lod reads it
        if {"publication", "document", "claims"} <= data.keys():
            facts = self._folder / f"facts-{block.line}.yaml"
            facts.write_text(block.code, "utf-8")
            text = data["document"].get("text")
            if text and not (self._folder / text).exists():
                shutil.copy(self._folder / EXAMPLE / "article.txt", self._folder / text)
            findings = lod.load(facts).check()
            errors = [one for one in findings if one.severity is lod.Severity.ERROR]
            assert errors == [], f"{block}: {errors[0]}"
            return
        errors = list(Draft202012Validator(facts_schema()).iter_errors(completed(data)))
        assert errors == [], f"{block}: {errors[0].message}"

    def _turtle(self, block: Block) -> None:
        if "@prefix" in block.code:
            list(pyoxigraph.parse(block.code, format=pyoxigraph.RdfFormat.TURTLE))
            return
        for statement in block.code.strip().split("\n\n"):
            assert statement in turtle(), f"{block}: the example does not have\n{statement}"


@cache
def example() -> lod.Publication:
    return lod.load(ROOT / EXAMPLE)


@cache
def turtle() -> str:
    return example().serialize("turtle")


def assert_reads(reader: Callable[[str], object], block: Block) -> None:
    """Hold that a block can be read and is not empty."""
    assert reader(block.code), block


def completed(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part of a facts file as a whole one: what it lacks is said, and not looked at.

    Keys of a claim are those of a claim.
    """
    whole: dict[str, Any] = {
        "publication": {
            "base": "https://data.example.org/part/",
            "title": "A part",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": "Desk",
        },
        "document": {"content": "A part.", "language": "en"},
        "entities": {},
        "claims": [],
    }
    claim = {"id": "part", "quote": "A part", "subject": "x", "property": "count", "value": "1"}
    if not part.keys() & whole.keys() - {"entities"} and not part.keys() & {"terms", "no_fact"}:
        return {**whole, "claims": [{**claim, **part}]}
    for key, value in part.items():
        before = whole.get(key)
        whole[key] = {**before, **value} if isinstance(before, dict) else value
    if "text" in whole["document"]:
        del whole["document"]["content"]
    return whole


def read(command: str) -> None:
    """Hold a command against what there is: options and values of lod, extras, modules.

    Raises:
        AssertionError: it could not be run as it is written.
    """
    words = shlex.split(command.removesuffix(" &"))
    if words[:2] == ["pip", "install"]:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        for extras in re.findall(r"lod-facts\[([\w,]+)\]", command):
            assert set(extras.split(",")) <= project["optional-dependencies"].keys(), command
    elif words[:2] == ["python", "-m"]:
        assert find_spec(words[2]) is not None, command
    elif words[0] == "lod":
        for part in re.split(r" (?:\||&&|>) ", command.removesuffix(" &"))[:1]:
            _read_lod(shlex.split(part)[1:])


def _read_lod(arguments: list[str]) -> None:
    with app.make_context("lod", [], obj=Settings(), resilient_parsing=True) as context:
        name, found, rest = app.resolve_command(context, arguments)
        assert found is not None
        # Files that a command reads need not be there.
        missing = "does not exist|is not a|No such"
        with suppress(click.exceptions.Exit):  # --help
            try:
                found.make_context(name, rest, parent=context)
            except click.BadParameter as error:
                if not re.search(missing, error.format_message()):
                    raise


@pytest.mark.slow
@pytest.mark.parametrize("page", ARGUMENTS)
def test_the_page_can_be_worked_through(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(folder, monkeypatch)
    for block in blocks(page):
        if block.file or not (block.language in SHOWN or exempt(block)):
            reader.do(block)
        for command in commands_of(block):
            read(command)


def commands_of(block: Block) -> list[str]:
    """The commands that a block shows, if any."""
    if block.language == "console":
        return [command for command, _ in session(block.code)]
    return [*commands(block.code)] if block.language == "sh" else []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_of_a_command_are_such_as_it_takes(name: str) -> None:
    with click.Context(app) as context:
        command = app.get_command(context, name)
    assert isinstance(command, Command)
    assert command.examples
    for _, line in command.examples:
        read(line)


def test_every_exemption_says_what_it_exempts_and_why() -> None:
    every = [block for page in PAGES for block in blocks(page)]
    for one in exemptions():
        assert ("test" in one) != ("reason" in one), one
        assert any(one in exempt(block) for block in every), f"{one} exempts nothing"
        if "test" in one:
            # The test names the page that it reads.
            assert one["page"].removesuffix(".md") in (ROOT / one["test"]).read_text("utf-8"), one
    assert [str(block) for block in every if len(exempt(block)) > 1] == []


def test_every_block_has_a_language() -> None:
    """Else neither a reader's editor nor these tests know what to do with it."""
    assert [str(one) for page in PAGES for one in blocks(page) if not one.language] == []


def test_no_fence_is_passed_over() -> None:
    for page, path in PAGES.items():
        fences = re.findall(r"(?m)^ *```", path.read_text("utf-8"))
        shown = [one for one in blocks(page) if one.language != "change"]
        assert len(fences) == 2 * len(shown), page
