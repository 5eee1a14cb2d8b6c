"""Runs the command and turns every way in which it can fail into a message and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from lod.bounds import bounded
from lod.cli.app import FAILED, FINDINGS, FINE, PROGRAM, Settings, app
from lod.cli.support.terminal import paint, tell, visible
from lod.errors import FindingsError, LodError

_INTERRUPTED = 130  # 128 + SIGINT
_BROKEN_PIPE = 141  # 128 + SIGPIPE
_COMPLETION = "_LOD_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run the command.

    Args:
        arguments: what follows `lod` on the command line.

    Returns:
        The exit code.
    """
    _replace_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A terminal that cannot show a character shows its escape, and nothing is lost.
            stream.reconfigure(errors="backslashreplace")
    settings = Settings()
    try:
        code = _run(arguments, settings)
        sys.stdout.flush()
        return code
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _INTERRUPTED
    except BrokenPipeError:
        return _BROKEN_PIPE
    except OSError as error:
        # A full disk or a closed stream; else a path of which the system says what is wrong.
        if settings.debug:
            _show_traceback()
        what = "cannot write the output" if error.filename is None else str(error.filename)
        _show(f"{what}: {error.strerror or error}", None)
        return FAILED
    except click.ClickException as error:
        _show_usage(error)
        return FAILED
    except FindingsError as error:
        return _show_findings(error)
    except LodError as error:
        if settings.debug:
            _show_traceback()
        _show(error.message, error.hint)
        return FAILED
    except Exception as error:  # no traceback ever reaches a user who did not ask for it
        if settings.debug:
            _show_traceback()
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        _show(
            f"this is a bug in lod, please report it: {said}",
            None if settings.debug else "LOD_DEBUG=1 shows what the report should include",
        )
        return FAILED
    finally:
        _silence()


def _run(arguments: Sequence[str], settings: Settings) -> int:
    if instruction := os.environ.get(_COMPLETION):
        from click.shell_completion import shell_complete

        return shell_complete(app, {}, PROGRAM, _COMPLETION, instruction)
    try:
        with app.make_context(PROGRAM, list(arguments), obj=settings) as context:
            code = app.invoke(context)
    finally:
        # Said in the environment, it counts also where the arguments could not be read.
        settings.debug = settings.debug or os.environ.get("LOD_DEBUG", "0") not in ("", "0")
    return code if isinstance(code, int) else FINE


def _show_traceback() -> None:
    import traceback

    traceback.print_exc()


def _show(message: str, hint: str | None) -> None:
    with suppress(OSError):  # who cannot be told still gets the exit code
        tell(f"{paint(f'{PROGRAM}:', 'error', sys.stderr)} {visible(bounded(message))}")
        if hint:
            tell(f"    hint: {visible(bounded(hint))}")


def _show_usage(error: click.ClickException) -> None:
    context = error.ctx if isinstance(error, click.UsageError) else None
    _show(error.format_message(), None if context is None else f"{context.command_path} --help")


def _show_findings(error: FindingsError) -> int:
    """A dataset was asked for, but there are errors in the facts: show these."""
    from lod.cli.support.reporting import summary, text_lines
    from lod.diagnostics import Finding

    findings = [finding for finding in error.findings if isinstance(finding, Finding)]
    for line in text_lines(findings, sys.stderr):
        tell(line)
    tell(summary(findings))
    return FINDINGS


def _silence() -> None:
    """Where nobody reads our output or it has no room, the last flush must not complain."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):  # not a real file, so there is nothing to flush
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _replace_closed() -> None:
    """Give a standard stream that is closed a file that cannot be written.

    Without one the next file that is opened would take its place, and get what is printed.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDONLY if number else os.O_RDWR)
            mode = "w" if number else "r"
            stream = open(number, mode, closefd=False)  # noqa: SIM115 - it stays open to the end
            setattr(sys, name, stream)
