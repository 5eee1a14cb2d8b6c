"""`lod check`: all findings of publications."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lod.cli.app import Command
from lod.cli.support.options import engine_option, quiet_option, report_option
from lod.cli.support.reporting import failed, report, summary
from lod.cli.support.terminal import tell
from lod.errors import InputError
from lod.sources import facts_files, find_facts, is_corpus, is_source

if TYPE_CHECKING:
    from lod.diagnostics import Finding


@click.command(
    "check",
    cls=Command,
    examples=[
        ("all findings", "lod check examples/russia-kazakhstan"),
        ("as annotations of a pull request", "lod check examples/russia-kazakhstan -f github"),
        (
            "what changed: each publication that has one of the files, once",
            "lod check articles/a/article.txt articles/a/facts.yaml articles/b/wikidata.lock",
        ),
    ],
)
@click.argument("paths", metavar="[DIR|FILE|CORPUS]...", nargs=-1, type=click.Path(readable=False))
@report_option()
@click.option(
    "--relative-to",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Name the files of findings from this folder, such as the root of a repository; by "
    "default as they were named here.",
)
@engine_option
@quiet_option
def command(
    paths: tuple[str, ...], form: str, relative_to: Path | None, engine: str, quiet: bool
) -> int:
    """Find everything that is wrong or doubtful; write nothing.

    Looks at the file, the quotes, the values against the quotes, the coverage of the text and,
    where all that has no errors, at the dataset against the shapes. DIR is the folder of a
    publication, by default the current folder; FILE its facts file, or any other file in it;
    CORPUS a folder of publications or JSON Lines.

    Exits with 1 where there are errors or warnings.
    """
    found: list[Finding] = []
    names: list[str] = []
    for path in dict.fromkeys(_publication_of(Path(path)) for path in paths or (".",)):
        checked = _corpus if paths and is_corpus(path) else _one
        for name, findings in checked(path, engine):
            names.append(name)
            found += findings
    if relative_to is not None:
        found = list(_named_from(found, relative_to))
    report(found, form, {"file": names[0]} if len(names) == 1 else {"files": names})
    if not quiet and form == "text":
        tell(f"{names[0] if len(names) == 1 else f'{len(names):,} publications'}: {summary(found)}")
    return int(failed(found))


def _publication_of(path: Path) -> Path:
    """The publication or corpus that a path names: itself, or the folder that the file is in.

    Raises:
        InputError: it is a file, and no publication has it.
    """
    if not path.is_file() or is_corpus(path):
        return path
    if path.name in facts_files():
        # By its folder, so that another file of the publication does not check it again.
        return path.parent if find_facts(path.parent) == path else path
    for folder in (path.parent, *path.absolute().parents[1:]):
        if find_facts(folder) is not None:
            return folder
    if is_source(path):
        return path  # facts under another name
    raise InputError(
        f"{path}: no publication has this file",
        hint="a publication is a folder with a facts.yaml; lod init TEXT writes one to start from",
    )


def _one(path: Path, engine: str) -> Iterator[tuple[str, list[Finding]]]:
    from lod.publication import load

    publication = load(path)
    yield publication.file, publication.check(engine=engine)


def _corpus(corpus: Path, engine: str) -> Iterator[tuple[str, list[Finding]]]:
    from lod.corpus.build import placed_finding
    from lod.corpus.items import find_items
    from lod.corpus.publish import publish
    from lod.diagnostics import Finding

    root = corpus.parent if corpus.is_file() else corpus
    for item in find_items(corpus):
        findings = [
            Finding.from_dict(placed_finding(one, item), root)
            for one in publish(item, engine=engine, notes=True).findings
        ]
        yield str(root / item.key), findings


def _named_from(findings: Iterable[Finding], folder: Path) -> Iterator[Finding]:
    from msgspec.structs import replace

    for finding in findings:
        if finding.location is None:
            yield finding
        else:
            file = Path(os.path.relpath(finding.location.file, folder)).as_posix()
            yield replace(finding, location=replace(finding.location, file=file))
