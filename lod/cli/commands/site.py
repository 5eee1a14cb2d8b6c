"""`lod site`: pages that people read, and data that machines follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option, publication_argument, quiet_option, wait_option
from lod.cli.support.reporting import json_text, report, summary
from lod.cli.support.terminal import Progress, emit, say, tell
from lod.counts import counted

if TYPE_CHECKING:
    from lod.site.site import SiteReport

_MOST_SHOWN = 50


@click.command(
    "site",
    cls=Command,
    examples=[
        ("the site of one publication", "lod site examples/russia-kazakhstan -o public"),
        (
            "of a corpus, for its place on the web, in four processes",
            "lod site articles.jsonl.gz -o public --base https://facts.example.org/ --jobs 4",
        ),
        (
            "in German, with templates of your own",
            "lod site . -o public --language de --templates my-templates",
        ),
        (
            "parts of pages for a site of your own, below /facts/",
            "lod site . -o parts --fragment --base-path /facts/",
        ),
    ],
)
@publication_argument
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    required=True,
    help="Write into this folder: a new one, or a site that was built before.",
)
@click.option(
    "--base",
    metavar="IRI",
    help="Address at which the site will stand; by default the base of the publication, or what "
    "the bases of all publications begin with. Links are relative in any case.",
)
@click.option("--title", help="Title of the site; by default that of the publication.")
@click.option(
    "--language",
    metavar="TAG",
    default="en",
    show_default=True,
    help="Language of menus, headings and buttons: de, en, es, fr, kk or ru, or that of your "
    "own --words.",
)
@click.option(
    "--templates",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Take templates, and files of assets/, from this folder where it has them.",
)
@click.option(
    "--words",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Take interface words from this TOML file where it has them.",
)
@click.option(
    "--query-assets",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Make the query page, with the packages of this node_modules folder.",
)
@click.option(
    "--query-cdn",
    metavar="IRI",
    help="Make the query page, with the packages of this host; the only request to another host.",
)
@click.option(
    "--cards",
    is_flag=True,
    help="Draw a picture of each claim too, and write what oEmbed asks for.",
)
@click.option(
    "--fragment",
    is_flag=True,
    help="Write parts of pages, for the templates of another site to include: no scripts, no "
    "search.",
)
@click.option(
    "--base-path",
    metavar="PATH",
    help="Begin all links of the parts with this path, as /facts/; without it they are relative.",
)
@click.option(
    "--full-data",
    is_flag=True,
    help="Give each claim, entity and graph data files of its own, and write the dataset in every "
    "form, N-Quads too; without it their data are in the files of the dataset.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Build a corpus with N processes; by default as many as there are processors.",
)
@form_option()
@wait_option
@quiet_option
def command(
    *,
    folder: str,
    output: Path,
    base: str | None,
    title: str | None,
    language: str,
    templates: Path | None,
    words: Path | None,
    query_assets: Path | None,
    query_cdn: str | None,
    cards: bool,
    fragment: bool,
    base_path: str | None,
    full_data: bool,
    jobs: int | None,
    form: str,
    wait: bool,
    quiet: bool,
) -> int:
    """Write a static site: pages and data for any file host.

    DIR is the folder of a publication, or a corpus: a folder of publications, or JSON Lines
    (.jsonl, .jsonl.gz, .jsonl.zst). The site needs no server: its links are relative, and it asks
    nothing of another host unless --query-cdn says so.

    A publication with errors gets no site; of a corpus it is left out. Either way the exit code
    is then 1. What did not change since the last build of a corpus is not built again; a build
    that was stopped goes on.
    """
    if not fragment and base_path is not None:
        raise click.UsageError("--base-path is of use with --fragment alone")
    if fragment and (query_assets is not None or query_cdn is not None):
        raise click.UsageError("the query page needs a page of its own: not with --fragment")
    from lod.cli.support.corpora import processors
    from lod.site.build import build_site
    from lod.site.site import SiteOptions
    from lod.sources import is_corpus

    source = Path(folder)
    options = SiteOptions(
        base=base,
        title=title,
        language=language,
        templates=templates,
        words=words,
        query_assets=query_assets,
        query_cdn=query_cdn,
        cards=cards,
        fragment=fragment,
        base_path=base_path,
        full_data=full_data,
        jobs=jobs or processors(),
    )
    with Progress("publications" if is_corpus(source) else "pages") as progress:
        result = build_site(source, output, options, progress.update, wait=wait)
    if form == "json":
        emit(json_text({"output": str(output), **result.as_dict()}))
    else:
        report(result.findings[:_MOST_SHOWN], form)
        if not quiet:
            _tell(result, output)
    return int(result.skipped > 0)


def _tell(result: SiteReport, output: Path) -> None:
    """What was built."""
    if result.publications:
        say(
            f"{output}: {counted(result.publications, 'publication')}, "
            f"{counted(result.pages, 'page')}, {counted(result.files, 'file')}, "
            f"{result.bytes:,} bytes"
        )
        unchanged = result.publications - result.built
        if unchanged or result.removed:
            say(f"{result.built:,} built, {unchanged:,} unchanged, {result.removed:,} removed")
    more = len(result.findings[_MOST_SHOWN:]) + result.findings_left_out
    if more:
        tell(f"and {more:,} more; lod check shows those of a publication")
    if result.undrawn:
        path, letters = next(iter(result.undrawn.items()))
        tell(
            f"not drawn, since no font has all letters of a line: "
            f"{counted(len(result.undrawn), 'picture')}; {path} lacks {letters[:20]}"
        )
    if result.in_english:
        shown = ", ".join(result.in_english[:5])
        tell(
            f"said in English, since the language lacks them: "
            f"{counted(len(result.in_english), 'word')}; {shown}"
            + (", …; --format json names all" if len(result.in_english) > 5 else "")
        )
    if result.skipped:
        tell(f"left out for their errors: {counted(result.skipped, 'publication')}")
    tell(summary(result.findings))
