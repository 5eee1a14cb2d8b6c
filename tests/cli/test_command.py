"""The command as a whole: its help, its options, how it fails, what it shows."""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lod.cli.app import COMMANDS, PROGRAM, Command, app
from lod.cli.support.options import Number
from lod.version import __version__
from tests.cli.conftest import EXAMPLE, ROOT, Lod

LOD = [sys.executable, "-m", "lod"]


def commands() -> dict[str, Command]:
    with click.Context(app, info_name=PROGRAM) as context:
        found = {name: app.get_command(context, name) for name in COMMANDS}
    assert all(isinstance(command, Command) for command in found.values())
    return {name: one for name, one in found.items() if isinstance(one, Command)}


def test_help_lists_every_command_with_its_own_short_help(lod: Lod) -> None:
    result = lod("--help")
    assert (result.code, result.err) == (0, "")
    for name, command in commands().items():
        first = (command.help or "").split("\n\n")[0].replace("\n", " ")
        assert COMMANDS[name] == first
        assert re.search(rf"^  {name} +{re.escape(first)}$", result.out, re.MULTILINE)
    assert "Exit codes: 0 fine, 1 findings, 2 could not run." in result.out


def test_no_command_is_help(lod: Lod) -> None:
    assert lod() == lod("--help") == lod("-h")


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help_with_examples(name: str, lod: Lod) -> None:
    result = lod(name, "--help")
    assert (result.code, result.err) == (0, "")
    assert f"Usage: lod {name} " in result.out
    assert f"\n  lod {name}" in result.out.partition("Examples:")[2] or name == "completion"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (name, line)
        for name, command in commands().items()
        for _, line in command.examples
        if line.startswith("lod ")
    ],
)
def test_examples_can_be_parsed(name: str, line: str) -> None:
    program, first, *arguments = shlex.split(line.partition(" > ")[0])
    assert (program, first) == ("lod", name)
    commands()[name].make_context(name, arguments, parent=click.Context(app, info_name=PROGRAM))


def test_version(lod: Lod) -> None:
    assert lod("--version").out == f"lod {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chekc"], "There is no command 'chekc'. Did you mean 'check'?"),
        (["frobnicate"], "There is no command 'frobnicate'."),
        (["check", "--formt", "json"], "Did you mean '--format'?"),
        (["check", "--format", "jsn"], "'jsn' is not one of 'text', 'json', 'github'"),
        (["export", ".", "-f", "turtel"], 'There is no format "turtel". Did you mean turtle?'),
        (["export", ".", "-f", "parket"], "Did you mean parquet?"),
        (["export", ".", "-f", "word"], "rdf-xml, csv, tsv, xlsx, parquet."),
        (["codes", "quote-not-fond"], "Did you mean 'quote-not-found'?"),
        (["vocab", "membrOf"], "Did you mean 'memberOf'?"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
        (["validate"], "Missing argument"),
    ],
)
def test_mistyped_words_are_answered(arguments: list[str], words: str, lod: Lod) -> None:
    result = lod(*arguments)
    assert (result.code, result.out) == (2, "")
    message, hint = result.err.splitlines()
    assert message.startswith("lod: ")
    assert words in message
    assert hint.startswith("    hint: lod ")
    assert hint.endswith(" --help")


def test_what_cannot_be_done_is_one_message_with_a_hint(
    lod: Lod, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = lod("check")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "lod: .: no facts.yaml in this folder\n    hint: lod init TEXT writes one to start from\n"
    )
    assert lod("check", "nowhere").err == "lod: nowhere: no such file or folder\n"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: str) -> None:
        raise ValueError("first line\nsecond line")

    monkeypatch.setattr("lod.publication.load", fail)


@pytest.mark.usefixtures("broken")
def test_a_bug_is_one_line_that_asks_to_report_it(lod: Lod) -> None:
    result = lod("check", EXAMPLE)
    assert (result.code, result.out) == (2, "")
    message, hint = result.err.splitlines()
    assert message == "lod: this is a bug in lod, please report it: ValueError: first line"
    assert "LOD_DEBUG=1" in hint


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("way", ["option", "environment"])
def test_debug_shows_where_it_happened(way: str, lod: Lod, monkeypatch: pytest.MonkeyPatch) -> None:
    if way == "environment":
        monkeypatch.setenv("LOD_DEBUG", "1")
        result = lod("check", EXAMPLE)
    else:
        result = lod("--debug", "check", EXAMPLE)
    assert result.code == 2
    assert "Traceback (most recent call last)" in result.err
    assert "please report it" in result.err


@pytest.mark.parametrize("value", ["0", ""])
@pytest.mark.usefixtures("broken")
def test_debug_can_be_off(value: str, lod: Lod, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOD_DEBUG", value)
    assert "Traceback" not in lod("check", EXAMPLE).err


def test_interrupt_ends_quietly(lod: Lod, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lod.publication.load", interrupt)
    result = lod("check", EXAMPLE)
    assert (result.code, result.out, result.err) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_interrupt_of_a_real_process(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*LOD, "init", "-", "-o", str(tmp_path / "never")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # What a shell runs in the background ignores the signal, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    )
    assert process.stdin is not None
    # More than a pipe holds: once it is written, the command reads.
    process.stdin.write(b"x" * 1_000_000)
    process.stdin.flush()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"")


@pytest.mark.skipif(os.name == "nt", reason="pipes are those of POSIX")
def test_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [*LOD, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() in (0, 141)


def on_terminal(arguments: list[str], **environment: str) -> str:
    """What the command shows on a terminal."""
    parent, child = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "TERM")}
    with subprocess.Popen(
        [*LOD, *arguments], stdout=child, stderr=child, cwd=ROOT, env={**env, **environment}
    ):
        os.close(child)
        shown = b""
        try:
            while piece := os.read(parent, 65536):
                shown += piece
        except OSError:  # the other end was closed
            pass
    os.close(parent)
    return shown.decode()


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
)
def test_colours_only_where_they_are_wanted(environment: dict[str, str], coloured: bool) -> None:
    assert ("\x1b[" in on_terminal(["codes", "quote-not-found"], **environment)) is coloured


def test_no_colours_in_a_pipe() -> None:
    run = subprocess.run([*LOD, "codes"], capture_output=True, cwd=ROOT, check=True)
    assert b"\x1b" not in run.stdout


def test_output_survives_a_terminal_without_unicode() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    run = subprocess.run(
        [*LOD, "codes", "elision-brackets"],
        capture_output=True,
        cwd=ROOT,
        env=environment,
        check=True,
    )
    assert rb"Only [\u2026] elides" in run.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_script(shell: str, lod: Lod) -> None:
    result = lod("completion", shell)
    assert result.code == 0
    assert f"_LOD_COMPLETE={shell}_complete" in result.out


def complete(line: str) -> list[str]:
    """What bash offers at the end of a line."""
    environment = {
        **os.environ,
        "_LOD_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(shlex.split(f"{line}x")) - 1),
    }
    run = subprocess.run(LOD, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    return [item.partition(",")[2] for item in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("lod ch", ["check"]),
        ("lod c", ["check", "coverage", "compare", "contribute", "codes", "completion"]),
        ("lod --deb", ["--debug"]),
        ("lod check --form", ["--format"]),
        ("lod check --format ", ["text", "json", "github"]),
        ("lod export . -f n", ["n-quads", "n-triples"]),
        ("lod codes quote-n", ["quote-not-found"]),
        (f"lod query {shlex.quote(str(EXAMPLE))} tim", ["timeline"]),
    ],
)
def test_completion_offers(line: str, offered: list[str]) -> None:
    assert complete(line) == offered


def test_no_option_takes_what_is_no_number(lod: Lod) -> None:
    options = [
        (name, option)
        for name, command in commands().items()
        for option in command.params
        if isinstance(option.type, click.types.FloatParamType)
    ]
    assert len(options) >= 6
    for name, option in options:
        assert isinstance(option.type, Number), f"{name} {option.name}"
    found = lod("query", EXAMPLE, "-q", "ASK {}", "--max-seconds", "nan")
    assert (found.code, found.err.splitlines()[0]) == (
        2,
        "lod: Invalid value for '--max-seconds': 'nan' is no number.",
    )
