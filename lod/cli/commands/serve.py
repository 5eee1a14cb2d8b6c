"""`lod serve`: pages, SPARQL and graphs over HTTP."""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import Number, form_option
from lod.cli.support.reporting import text_lines
from lod.cli.support.terminal import say, tell

if TYPE_CHECKING:
    from lod.diagnostics import Finding
    from lod.server.settings import Settings
    from lod.server.start import Serving


@click.command(
    "serve",
    cls=Command,
    examples=[
        ("a publication, while it is written", "lod serve examples/russia-kazakhstan --watch"),
        ("a site that was built", "lod serve site --port 8080"),
        ("a store", "lod serve store"),
        (
            "the pages of a folder over the data of a store that runs already",
            "lod serve site --endpoint http://127.0.0.1:7878/query",
        ),
    ],
)
@click.argument(
    "target", required=False, metavar="[DIR|CORPUS|STORE]", type=click.Path(path_type=Path)
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Answer requests for this name too; * for any.",
)
@click.option("--endpoint", metavar="IRI", help="Ask this SPARQL store, not an embedded one.")
@click.option("--base", metavar="IRI", help="What the root of the server stands for.")
@click.option("--watch", is_flag=True, help="Build anew on each save, and load the pages anew.")
@click.option("--cors/--no-cors", default=True, help="Whether other sites may read the answers.")
@click.option(
    "--allow-framing",
    "framing",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin show ours in a frame; * for any. Pages of claims always may "
    "be shown, for their cards.",
)
@click.option(
    "--language",
    metavar="TAG",
    help="Language of the pages that are built, of the SPARQL form and of problems: de, en, es, "
    "fr, kk or ru; by default that of the site, else en.",
)
@click.option("--max-seconds", type=Number(0.01), help="Of a query (default 10).")
@click.option("--max-rows", type=click.IntRange(1), help="Of a query (default 100000).")
@click.option("--max-bytes", type=click.IntRange(1), help="Of a result (default 16 MiB).")
@click.option("--max-memory", type=click.IntRange(1), help="Of a query (default 512 MiB).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes for short queries.")
@click.option("--slow-workers", type=click.IntRange(1, 64), help="Processes for long queries.")
@click.option(
    "--grace",
    type=click.IntRange(0),
    help="Seconds that running requests have at the end (default 10).",
)
@click.option("--log-queries", is_flag=True, help="Write the text of queries to the log.")
@click.option("--quiet", is_flag=True, help="Write no log.")
@form_option("Form of what is said at the start.")
def command(
    *,
    target: Path | None,
    host: str,
    port: int,
    hosts: tuple[str, ...],
    endpoint: str | None,
    base: str | None,
    watch: bool,
    cors: bool,
    framing: tuple[str, ...],
    language: str | None,
    max_seconds: float | None,
    max_rows: int | None,
    max_bytes: int | None,
    max_memory: int | None,
    workers: int | None,
    slow_workers: int | None,
    grace: int | None,
    log_queries: bool,
    quiet: bool,
    form: str,
) -> None:
    """Serve pages, SPARQL and graphs over HTTP, read-only.

    DIR is a publication or a site that was built, CORPUS a corpus or the output of its build,
    STORE what `lod load` made. Every IRI of the data answers with the page or the data about it;
    /sparql takes queries, /graph-store gives graphs, /health and /metrics tell how it goes. The
    log has one line of JSON for each request, on the standard error.

    Publications of a CORPUS that have errors are left out, and named at the start.

    Only this machine is answered, unless --host and --allow-host say more.
    """
    from lod.server.run import require_extra

    if target is None and endpoint is None:
        raise click.UsageError("What to serve? Name a folder, or a store with --endpoint IRI.")
    require_extra()
    from lod.query.limits import Limits
    from lod.server.run import listen
    from lod.server.settings import Settings
    from lod.server.start import start

    usual = Settings()
    limits = Limits(
        seconds=max_seconds or usual.limits.seconds,
        rows=max_rows or usual.limits.rows,
        bytes=max_bytes or usual.limits.bytes,
        memory=max_memory or usual.limits.memory,
    )
    settings = Settings(
        host=host,
        port=port,
        allowed_hosts=hosts,
        cors=cors,
        framing=_framing(framing),
        language=language,
        log_queries=log_queries,
        limits=limits,
        fast_workers=workers or usual.fast_workers,
        slow_workers=slow_workers or usual.slow_workers,
        shutdown_seconds=usual.shutdown_seconds if grace is None else grace,
    )
    listening = listen(host, port)

    def told(serving: Serving) -> None:
        _tell(serving, settings, form)

    try:
        start(
            target,
            listening,
            settings,
            build=partial(build_pages, language=language or "en"),
            endpoint=endpoint,
            base=base,
            watch=watch,
            log=None if quiet else sys.stderr,
            told=told,
        )
    finally:
        listening.close()


def build_pages(
    source: Path, out: Path, base: str | None, language: str = "en"
) -> tuple[list[Finding], str]:
    """Build the site of a publication or corpus; gives what was found, and its base.

    Args:
        source: the publication or corpus.
        out: the folder of the site.
        base: at which it stands, or None for that of the data.
        language: of the interface.
    """
    from lod.site.build import build_site
    from lod.site.site import SiteOptions

    report = build_site(source, out, SiteOptions(base=base, language=language))
    return report.findings, report.base


def _tell(serving: Serving, settings: Settings, form: str) -> None:
    if form == "json":
        say(json.dumps(serving.as_dict()))
        sys.stdout.flush()
        return
    say(f"{serving.what} at {serving.address}")
    say(f"  SPARQL     {serving.address}sparql")
    if serving.base:
        say(f"  stands for {serving.base}")
    sys.stdout.flush()
    for line in text_lines(serving.errors, sys.stderr):
        tell(line)
    if serving.errors:
        tell("publications with errors are left out")
    if settings.host not in ("127.0.0.1", "::1", "localhost") and not settings.allowed_hosts:
        tell("requests for names are refused: name them with --allow-host")


def _framing(origins: tuple[str, ...]) -> str:
    """The sources of `frame-ancestors` (CSP 3, 6.4.2).

    Raises:
        click.UsageError: one is no origin.
    """
    for origin in origins:
        if not re.fullmatch(r"\*|https?://(?:\*\.)?[A-Za-z0-9.\[\]:-]+(?::\d+)?", origin):
            raise click.UsageError(
                f"--allow-framing {origin}: write an origin, as https://www.example.org, or *"
            )
    return " ".join(origins) or "'none'"
