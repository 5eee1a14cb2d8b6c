"""`lod push`: publications into any SPARQL store, and a look whether they arrived."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import Number, form_option, network_seconds_option, quiet_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import Progress, emit, paint_out, say, tell, visible
from lod.counts import counted

if TYPE_CHECKING:
    from lod.corpus.nquads import Source
    from lod.push.parcel import Bundle, Parcel
    from lod.push.push import Plan, PushResult
    from lod.push.store import Target

_MOST_SHOWN = 50
_WOULD = {"added": "would add", "changed": "would change", "removed": "would remove"}


@click.command(
    "push",
    cls=Command,
    examples=[
        (
            "a publication into an Oxigraph server",
            "lod push examples/russia-kazakhstan --to http://localhost:7878/update",
        ),
        (
            "a corpus that was built; what it no longer has is removed",
            "lod push out --to https://data.example.org/update --prune",
        ),
        (
            "a release: a store that has the one before is sent what differs",
            "lod push speech/releases/2.0.0 --to http://localhost:7878/update",
        ),
        (
            "only say what would change",
            "lod push out --to https://data.example.org/update --prune --dry-run",
        ),
    ],
)
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="DIR|RELEASE|CORPUS|OUT...",
    type=click.Path(path_type=Path),
)
@click.option(
    "--to",
    "address",
    metavar="IRI",
    required=True,
    help="The store: its SPARQL Update endpoint, or its Graph Store Protocol.",
)
@click.option(
    "--via",
    type=click.Choice(["auto", "gsp", "update"]),
    default="auto",
    show_default=True,
    help="How to write: a PUT for each graph, or SPARQL Update; auto asks the store, and takes the "
    "way that is known to be faster there.",
)
@click.option(
    "--query",
    metavar="IRI",
    help="Where the store answers queries, for the check afterwards; by default looked for beside "
    "the address.",
)
@click.option(
    "--default-graph",
    metavar="IRI",
    default="{base}dataset",
    show_default=True,
    help="The graph for the default graph of a publication, {base} for the base of that.",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove publications that earlier pushes from here brought and that no source has.",
)
@click.option(
    "--old-releases",
    type=click.Choice(["remove", "keep"]),
    default="remove",
    show_default=True,
    help="Older releases: keep each in graphs of its own, {base}release/VERSION/…, or remove those "
    "that earlier pushes from here kept.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--fresh", is_flag=True, help="Send also what the store has already.")
@click.option("--no-check", is_flag=True, help="Do not read back what was sent.")
@click.option(
    "--parallel",
    type=click.IntRange(1, 16),
    default=2,
    show_default=True,
    metavar="N",
    help="How many publications are on their way at once.",
)
@click.option(
    "--timeout",
    type=Number(min=0, min_open=True),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="How long one request may take.",
)
@click.option(
    "--attempts",
    type=click.IntRange(min=1),
    default=4,
    show_default=True,
    metavar="N",
    help="How often a request is sent before its failure counts.",
)
@network_seconds_option
@click.option(
    "--state",
    "state_path",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What earlier pushes brought to the store; a file in the user's folder for state by "
    "default.",
)
@click.option(
    "--password-over-http",
    is_flag=True,
    help="Send a password also where others on the way can read it (Basic without TLS).",
)
@form_option()
@quiet_option
def command(
    *,
    sources: tuple[Path, ...],
    address: str,
    via: str,
    query: str | None,
    default_graph: str,
    prune: bool,
    old_releases: str,
    dry_run: bool,
    fresh: bool,
    no_check: bool,
    parallel: int,
    timeout: float,
    attempts: int,
    max_seconds: float | None,
    state_path: Path | None,
    password_over_http: bool,
    form: str,
    quiet: bool,
) -> int:
    """Push publications into a SPARQL store.

    DIR is a publication, RELEASE one of its releases, CORPUS a folder or JSON Lines of many, OUT
    the output of a corpus build or N-Quads that lod wrote. Only what is new or changed is sent;
    each publication's graphs are replaced as one step where the store can do that. Then all that
    was sent is read back and compared.

    A store that has an older release is sent what differs. Of a publication with releases it also
    learns which versions there are and what was withdrawn, in the graph {base}releases.

    The user and the password of the store are read from LOD_PUSH_USER and LOD_PUSH_PASSWORD, or
    from a netrc. A push that was stopped is taken up by running it again.

    Exits with 1 where the store does not have what was sent, or publications have errors.
    """
    from lod.http.retry import NetworkLimits
    from lod.push.push import Plan
    from lod.push.store import Target, Via

    limits = NetworkLimits(
        read=timeout,
        deadline=timeout,
        attempts=attempts,
        parallel=max(parallel + 1, 3),
        whole=max_seconds,
    )
    target = Target(address, query, Via(via), password_over_http, limits)
    plan = Plan(default_graph, prune, dry_run, fresh, not no_check, parallel)
    keep = old_releases == "keep"
    result, broken = _push(sources, target, plan, state_path, keep=keep)
    if form == "json":
        emit(json_text({**result.as_dict(), "broken": broken}))
    else:
        _tell(result, quiet=quiet)
    return int(bool(broken) or not result.is_fine)


def _push(
    sources: tuple[Path, ...], target: Target, plan: Plan, state_path: Path | None, *, keep: bool
) -> tuple[PushResult, int]:
    from msgspec.structs import replace

    from lod.push.address import check_address
    from lod.push.parcel import check_default_graph
    from lod.push.push import push
    from lod.push.state import State, state_file
    from lod.push.store import Store

    check_address(target.address, "--to")  # before anything long begins
    check_default_graph(plan.default_graph)
    with (
        PushSources(sources, plan.default_graph, keep=keep) as parcels,
        Progress("publications") as progress,
    ):
        if plan.prune and parcels.broken:
            tell("nothing is pruned: a publication with errors would look like one that is gone")
            plan = replace(plan, prune=False)

        def update(result: PushResult) -> None:
            progress.update(sum(result.counts.values()), parcels.total)

        file = state_path or state_file(target.address)
        with (
            State(file, read_only=plan.dry_run) as state,
            Store(target, need_query=plan.check) as store,
        ):
            return push(parcels, store, state, plan, update), parcels.broken


def _tell(result: PushResult, *, quiet: bool) -> None:
    for problem in result.problems[:_MOST_SHOWN]:
        label = paint_out(f"error[{problem.kind}]:", "error")
        say(f"{visible(problem.base)}: {label} {visible(problem.message)}")
        for example in problem.examples:
            say(f"    {visible(example)}")
    if len(result.problems) > _MOST_SHOWN:
        say(f"and {len(result.problems) - _MOST_SHOWN:,} more; --format json has all of them")
    if not result.is_complete:
        tell("stopped: too many publications in a row failed")
    if quiet:
        return
    if result.dry_run:
        for outcome in result.listed[:_MOST_SHOWN]:
            quads = f" ({counted(outcome.quads, 'quad')})" if outcome.quads else ""
            say(f"{_WOULD[str(outcome.action)]} {outcome.base}{quads}")
    for outcome in result.listed[:_MOST_SHOWN]:
        if (step := outcome.step) is not None:
            version = f" to {outcome.version}" if outcome.version else ""
            say(
                f"{outcome.base}: from {outcome.since}{version} by what differs: "
                f"{counted(step.lines_deleted, 'quad')} deleted, {step.lines_added:,} added"
            )
    if result.why is not None:
        say(f"by the Graph Store Protocol: {visible(result.why)} (--via update: by updates)")
    counts = {str(action): count for action, count in result.counts.items()}
    numbers = ", ".join(
        f"{count:,} {name}" for name, count in counts.items() if count or name != "failed"
    )
    nothing = "nothing was changed: " if result.dry_run else ""
    say(
        f"{result.target}: {nothing}{counted(result.publications, 'publication')}, "
        f"{counted(result.quads, 'quad')} ({numbers})"
    )
    if result.unread:
        say(
            f"{counted(result.unread, 'publication')} in files that did not change: "
            "the store has as many graphs of each size as after the last push"
        )
    if result.checked_quads and not result.problems:
        say(f"{result.checked_quads:,} quads were read back and agree")
    if result.rewritten:
        sent, kept = (visible(line.split(" ", 2)[2]) for line in result.rewritten_examples[0])
        kept_so = counted(result.rewritten, "literal", " is", "s are")
        say(f"{kept_so} kept in another form, the same by value, such as")
        say(f"    {sent.removesuffix(' .')} as {kept.removesuffix(' .')}")
    if result.repeated:
        left = counted(result.repeated, "publication", " has", "s have")
        tell(f"{left} the base of another one: left out")


class PushSources:
    """The publications that are to be pushed, one after another.

    Args:
        paths: publications, which are built in memory; corpora, which are built aside; outputs of a
            corpus build and N-Quads that lod wrote, which are taken as they are.
        default_graph: IRI of the graph for the default graph of a publication.
        keep: whether older releases are pushed too, in graphs of their own.

    Attributes:
        total: how many publications there are, or None where nothing says so.
        broken: how many publications of corpora have errors and are left out.

    Raises:
        InputError: a path is none of this.
        FindingsError: a publication has errors.
    """

    def __init__(self, paths: tuple[Path, ...], default_graph: str, *, keep: bool = False) -> None:
        self.total: int | None = 0
        self.broken = 0
        self._default_graph = default_graph
        self._paths = paths
        self._keep = keep
        self._stack = ExitStack()
        self._found: list[Source | Parcel] = []

    def __enter__(self) -> PushSources:
        try:
            for path in self._paths:
                self._add(path)
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Parcel | Bundle]:
        from lod.push.parcel import Bundle, Parcel
        from lod.version import __version__

        for one in self._found:
            if isinstance(one, Parcel):
                yield one
            elif one.sha256 is None:
                yield from self._read(one)
            else:
                # Another version of lod may pack the same lines otherwise.
                digest = f"{one.sha256} {self._default_graph} {__version__}"
                yield Bundle(digest, partial(self._read, one))

    def _read(self, source: Source) -> Iterator[Parcel]:
        from lod.corpus.nquads import read_publications, store_publication
        from lod.push.parcel import pack

        for base, lines in read_publications(source):
            stored = store_publication(base, lines, str(source.path))
            yield pack(base, stored.data, self._default_graph)

    def _add(self, path: Path) -> None:
        from lod.corpus.nquads import find_sources
        from lod.history.parcels import is_release, release_parcels
        from lod.sources import facts_files, find_facts, is_corpus

        if is_release(path):
            self._add_parcels(release_parcels(path, self._default_graph, keep=self._keep))
        elif (path.is_file() and path.name in facts_files()) or find_facts(path):
            self._build(path)
        elif is_corpus(path) and (path.is_file() or not _is_built(path)):
            self._build_corpus(path)
        else:
            self._take(find_sources([path]))

    def _build(self, path: Path) -> None:
        from lod.history.parcels import publication_parcels
        from lod.publication import load

        self._add_parcels(publication_parcels(load(path), self._default_graph, keep=self._keep))

    def _add_parcels(self, parcels: Iterable[Parcel]) -> None:
        before = len(self._found)
        self._found += parcels
        if self.total is not None:
            self.total += len(self._found) - before

    def _build_corpus(self, path: Path) -> None:
        from lod.corpus.build import build_corpus
        from lod.corpus.nquads import find_sources
        from lod.store.places import temporary_folder

        made = tempfile.TemporaryDirectory(prefix="lod-push-", dir=temporary_folder())
        folder = Path(self._stack.enter_context(made))
        result = build_corpus(path, folder, jobs=os.cpu_count() or 1)
        if result.broken:
            self.broken += result.broken
            some = counted(result.broken, "publication")
            tell(f"{path}: {some} left out for errors, which lod check DIR shows")
        self._take(find_sources([folder]))

    def _take(self, sources: list[Source]) -> None:
        self._found += sources
        counts = [source.publications for source in sources]
        if self.total is not None:
            self.total = None if None in counts else self.total + sum(filter(None, counts))


def _is_built(folder: Path) -> bool:
    """Whether a folder has what a build wrote, and not what is still to be built."""
    return any((folder / name).is_file() for name in ("manifest.json", "dataset.nq"))
