"""Builds the site of a corpus: in parallel, and only what changed since the last time."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lod.corpus.items import find_items
from lod.corpus.workers import Workers, started
from lod.diagnostics import Finding, Location, Severity
from lod.errors import InputError
from lod.site.corpus_place import place, remove_publication
from lod.site.corpus_state import Built, SiteState, remove_state
from lod.site.corpus_whole import write_whole
from lod.site.corpus_worker import SitePlan, base_of, build_publication, site_of
from lod.site.folders import CommonBase
from lod.site.interface import Words
from lod.site.output import asset_files, kind_of, write_marker
from lod.site.report import MOST_FINDINGS, SiteReport
from lod.site.site import SiteOptions
from lod.swap import swap_folders

#: How many publications may wait for their turn, a worker.
_AHEAD = 4
_ASIDE = ".lod-new"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A publication that waits for its turn.

    Attributes:
        key: how it is called in reports.
        digest: of all that its pages depend on.
        name: of the folder in which they are written.
        future: what is made of it; None where nothing is to be made.
    """

    key: str
    digest: bytes
    name: str
    future: Future[tuple[Built | None, list[dict[str, Any]]]] | None


def build_corpus_site(
    corpus: Path,
    out: Path,
    options: SiteOptions,
    progress: Callable[[int, int | None], None] | None = None,
) -> SiteReport:
    """Bring the site of a corpus up to date.

    Each publication is written aside and takes its place in one step; then come the pages of the
    whole, and at last what is there no more is deleted. So that at any moment each publication is
    whole, old or new, and a build that was killed is taken up by the next one. A first build, or
    one over the site of a single publication, is made beside the folder.

    Args:
        corpus: a folder of publications, or JSON Lines.
        out: the folder of the site.
        options: what the user chose.
        progress: told how many publications are done, and of how many.

    Raises:
        InputError: the corpus or the templates cannot be read; or the publications have no base in
            common and none was given.
        OutputError: another build is at work there.
        LodError: a worker process was killed.
    """
    target = out.resolve()
    folder = target
    if kind_of(target) != "corpus":
        folder = target.with_name(f".{target.name}.lod-new")
        if kind_of(folder) != "corpus":
            shutil.rmtree(folder, ignore_errors=True)
            write_marker(folder, "corpus")
    Words(options.language, options.words)  # before anything is read
    try:
        report = _Build(corpus, folder, options, progress).run()
    except sqlite3.DatabaseError:
        # It only saves time.
        remove_state(folder)
        report = _Build(corpus, folder, options, progress).run()
    if folder != target:
        swap_folders(folder, target)
    return report


class _Build:
    """One run."""

    def __init__(
        self,
        corpus: Path,
        folder: Path,
        options: SiteOptions,
        progress: Callable[[int, int | None], None] | None,
    ) -> None:
        self._corpus = corpus
        self._folder = folder
        self._options = options
        self._progress = progress
        self._report = SiteReport()
        self._done = 0
        self._total = 0

    def run(self) -> SiteReport:
        """Do it."""
        state = SiteState(self._folder)
        try:
            self._report.base = self._options.base or self._common_base(state)
            plan = SitePlan(
                self._report.base,
                self._options.title or self._words("pages.corpus_title"),
                self._options,
                self._folder / _ASIDE,
            )
            site_of.cache_clear()  # another build of this process may have had other templates
            site = site_of(plan)
            shutil.rmtree(plan.aside, ignore_errors=True)
            environment = site_environment(plan)
            whole = _whole_digest(environment, self._options)
            # Until the end nothing is known of the pages of the whole, so that a build that takes
            # this one up makes them.
            before = state.about("whole")
            state.set_about("whole", "")
            with started(self._options.jobs) as workers:
                self._publications(plan, environment, state, workers)
                gone = state.gone()
                if gone or self._report.built or not self._is_whole(before, whole, state):
                    write_whole(self._folder, state, plan, site, workers, self._report)
            for base, folder in gone:
                remove_publication(self._folder, folder, state)
                state.forget(base)
                self._report.removed += 1
            state.forget_others()
            state.set_about("whole", whole)
            self._report.publications = state.count()
        finally:
            state.close()
            shutil.rmtree(self._folder / _ASIDE, ignore_errors=True)
        return self._report

    def _is_whole(self, before: str | None, now: str, state: SiteState) -> bool:
        """Whether the pages of the whole are those of an earlier build, and still there."""
        if before != now or self._options.query_assets is not None:
            return False
        return all((self._folder / name).is_file() for name in state.whole_files())

    def _words(self, name: str) -> str:
        return Words(self._options.language, self._options.words)(name)

    def _common_base(self, state: SiteState) -> str:
        """What the bases of all publications begin with."""
        common = CommonBase()
        for item in find_items(self._corpus):
            self._total += 1
            base = state.base_of(item.digest)
            if base is None:
                base = base_of(item)
            state.note_base(item.digest, base)
            if base:
                common.add(base)
        if common.base is None:
            raise InputError(
                f"{self._corpus}: the bases of the publications have no beginning in common",
                hint="say with --base at which address the site will stand",
            )
        return common.base

    def _publications(
        self, plan: SitePlan, environment: bytes, state: SiteState, workers: Workers
    ) -> None:
        waiting: deque[_Waiting] = deque()
        for number, item in enumerate(find_items(self._corpus)):
            digest = hashlib.blake2b(item.digest + environment, digest_size=16).digest()
            future = None
            if not self._is_known(digest, state):
                future = workers.submit(build_publication, item, str(number), plan)
            waiting.append(_Waiting(item.key, digest, str(number), future))
            while len(waiting) >= _AHEAD * self._options.jobs:
                self._take(waiting.popleft(), plan, state)
        while waiting:
            self._take(waiting.popleft(), plan, state)

    def _is_known(self, digest: bytes, state: SiteState) -> bool:
        """Whether nothing is to be built for an item, broken or not."""
        found = state.unchanged(digest)
        if found is None:
            return state.findings_of(digest) is not None
        return (self._folder / found[1] / "claims.html").is_file()

    def _take(self, one: _Waiting, plan: SitePlan, state: SiteState) -> None:
        """Put the publication in place that is first in the order of the corpus."""
        if one.future is None:
            self._keep(one, state)
        else:
            built, findings = one.future.result()
            if built is None:
                state.note_broken(one.digest, findings)
                self._note_broken(findings)
            elif (first := state.first_key(built.base)) is not None:
                # Not kept in the state: the first one may be gone the next time.
                self._note_broken([_duplicate(one.key, built.base, first)])
            else:
                place(plan.aside / one.name, self._folder, built.folder, state)
                state.note(built, one.digest, one.key)
                report = self._report
                report.built += 1
                report.pages += built.pages
                report.files += built.files
                report.bytes += built.bytes
            shutil.rmtree(plan.aside / one.name, ignore_errors=True)
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total or None)

    def _keep(self, one: _Waiting, state: SiteState) -> None:
        """Keep what has not changed since an earlier build."""
        if (findings := state.findings_of(one.digest)) is not None:
            self._note_broken(findings)
        elif not state.keep(one.digest, one.key):
            # An earlier publication of this run has its base.
            base, _ = state.unchanged(one.digest) or ("", "")
            self._note_broken([_duplicate(one.key, base, state.first_key(base))])

    def _note_broken(self, findings: list[dict[str, Any]]) -> None:
        report = self._report
        report.skipped += 1
        root = self._corpus.parent if self._corpus.is_file() else self._corpus
        for data in findings:
            if len(report.findings) < MOST_FINDINGS:
                report.findings.append(_finding(data, root))
            else:
                report.findings_left_out += 1


def _duplicate(key: str, base: str, first: str | None) -> dict[str, Any]:
    file, _, line = key.rpartition(":")
    in_lines = bool(file) and line.isdecimal()
    return {
        "code": "duplicate-base",
        "severity": "error",
        "file": file if in_lines else key,
        "line": int(line) if in_lines else 1,
        "column": 1,
        "message": f"the base IRI {base} is that of {first or 'another one'} too; this publication "
        "is left out",
        "hint": "give every publication a base IRI of its own",
    }


def _finding(data: dict[str, Any], root: Path) -> Finding:
    return Finding(
        data["code"],
        Severity(data["severity"]),
        data["message"],
        data.get("hint"),
        tuple(data.get("path", ())),
        Location(str(root / data["file"]), data.get("line", 1), data.get("column", 1)),
        data.get("claim"),
        data.get("quote"),
    )


def site_environment(plan: SitePlan) -> bytes:
    """Digest of what, when it changes, makes every publication be built again.

    That is lod with its shapes and vocabulary, the templates and words, and the options that pages
    show.
    """
    from lod.corpus.environment import environment_digest

    options = plan.options
    digest = hashlib.blake2b(digest_size=16)
    parts = (
        environment_digest(None, "auto"),
        plan.base,
        plan.title,
        options.language,
        str(options.query_cdn),
        str(options.query_assets is not None),
    )
    digest.update("\0".join(parts).encode("utf-8", "surrogatepass"))
    for file in _sources(options):
        digest.update(b"\0" + os.fsencode(file.name) + b"\0" + file.read_bytes())
    return digest.digest()


def _whole_digest(environment: bytes, options: SiteOptions) -> str:
    """Digest of what the pages of the whole depend on beside the publications."""
    digest = hashlib.blake2b(environment, digest_size=16)
    for file in asset_files(options.templates):
        digest.update(b"\0" + file.path.encode() + b"\0" + file.content)
    return digest.hexdigest()


def _sources(options: SiteOptions) -> Iterator[Path]:
    """Templates and words, ours and the user's."""
    here = Path(__file__).parent
    folders = [here / "templates", here / "words"]
    if options.templates is not None:
        folders.append(options.templates)
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    if options.words is not None:
        yield options.words
