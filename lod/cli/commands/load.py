"""`lod load`: publications into a store on disk."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from lod.cli.app import Command
from lod.cli.support.options import form_option, quiet_option, wait_option
from lod.cli.support.terminal import say, tell
from lod.counts import counted

if TYPE_CHECKING:
    from lod.corpus.store import LoadResult

_INTERVAL = 0.2


@click.command(
    "load",
    cls=Command,
    examples=[
        ("a corpus that was built; again after each build", "lod load corpus-out --store store"),
        (
            "one publication more, beside what is there",
            "lod load examples/russia-kazakhstan --store store --keep",
        ),
    ],
)
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="CORPUS|DIR|FILE...",
    type=click.Path(path_type=Path),
)
@click.option(
    "--store",
    required=True,
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the store; made where there is none.",
)
@click.option("--keep", is_flag=True, help="Leave publications that are in none of the sources.")
@click.option(
    "--fresh",
    is_flag=True,
    help="Load everything anew, which also frees the space of what was removed before.",
)
@form_option("Form of the summary.")
@wait_option
@quiet_option
def command(
    *,
    sources: tuple[Path, ...],
    store: Path,
    keep: bool,
    fresh: bool,
    form: str,
    wait: bool,
    quiet: bool,
) -> None:
    """Load publications into a store on disk.

    CORPUS is the output folder of a corpus build, DIR a publication that was built, or its site,
    FILE N-Quads or TriG that lod wrote (.nq, .nq.gz, .nq.zst, .trig). Afterwards the store holds
    the publications of all sources and no others; those that did not change are not touched.

    The change is seen as one step: who asks meanwhile asks the old state, and a load that is
    stopped leaves it. `lod query FOLDER` asks the store.
    """
    from lod.corpus.store import load_store

    progress = None if quiet or not sys.stderr.isatty() else _Progress()
    try:
        result = load_store(sources, store, keep=keep, fresh=fresh, wait=wait, progress=progress)
    finally:
        if progress is not None:
            progress.clear()
    if form == "json":
        numbers = asdict(result)
        say(json.dumps({key: numbers[key] for key in numbers if key not in ("read", "total")}))
        return
    if quiet:
        return
    say(
        f"{store}: {counted(result.publications, 'publication')}, {counted(result.quads, 'quad')} "
        f"({result.added:,} added, {result.changed:,} changed, {result.removed:,} removed)"
    )
    if result.repeated:
        repeated = counted(result.repeated, "publication", " has", "s have")
        tell(f"{repeated} the base of another one: left out")


class _Progress:
    """A line on the terminal: how many publications, how fast, how long still."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._shown = 0.0

    def __call__(self, result: LoadResult) -> None:
        now = time.monotonic()
        if now - self._shown < _INTERVAL:
            return
        self._shown = now
        rate = result.read / max(now - self._start, 0.001)
        of = f" of {result.total:,}" if result.total else ""
        line = f"{result.read:,}{of} publications, {rate:,.0f}/s"
        if result.total and rate:
            line += f", {(result.total - result.read) / rate:,.0f} s left"
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
