"""Builds the site of a corpus: in parallel, and only what changed since the last time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from lod.corpus.build import placed_finding
from lod.corpus.environment import environment_digest
from lod.corpus.items import Item, find_items
from lod.corpus.output import folder_name
from lod.corpus.publish import plain_findings, read
from lod.corpus.workers import Workers, ahead, started
from lod.diagnostics import Finding, Severity
from lod.errors import InputError, LodError
from lod.facts.load import facts_file
from lod.language.data import FOLDER
from lod.pages.interface import Words
from lod.pages.pictures import drawing_version
from lod.pages.render import TEMPLATES, BrokenTemplateError
from lod.pages.texts import preferred, short
from lod.pages.view import PublicationView
from lod.rdf.iri import iri_problem
from lod.review.claims import read_claims
from lod.site.files import Writer, asset_files, kind_of, write_marker
from lod.site.make import Progress, SitePlan, page_findings, publication_files, site_of
from lod.site.pages.terms import foreign_terms
from lod.site.search.entries import search_entries
from lod.site.search.publications import pack
from lod.site.site import MOST_FINDINGS, SiteOptions, SiteReport
from lod.site.state import STATE, Built, SiteState
from lod.site.summary import summarize
from lod.site.whole import write_whole
from lod.sources import source_of_file
from lod.sources.source import SourceProblem
from lod.store.database import healed
from lod.store.files import folder_aside, replace_folder, swap_folders
from lod.store.mounted import finish, is_fixed

#: How many publications may wait for their turn, a worker.
_AHEAD = 4
_ASIDE = ".lod-new"


class _Waiting(Struct, frozen=True):
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
    progress: Progress | None = None,
) -> SiteReport:
    """Bring the site of a corpus up to date.

    Each publication is written aside and takes its place in one step; then come the pages of the
    whole, and at last what is there no more is deleted. So that at any moment each publication is
    whole, old or new, and a build that was killed is taken up by the next one. A first build, or
    one over the site of a single publication, is made beside the folder.

    Args:
        corpus: a folder of publications, or JSON Lines.
        out: the folder of the site, of which this process has the lock.
        options: what the user chose.
        progress: told how many publications are done, and of how many.

    Raises:
        InputError: the corpus or the templates cannot be read; or the publications have no base in
            common and none was given.
        LodError: a worker process was killed.
    """
    if is_fixed(out):
        finish(out)
    folder = out
    if kind_of(out) != "corpus":
        folder = folder_aside(out, "")
        if kind_of(folder) != "corpus":
            shutil.rmtree(folder, ignore_errors=True)
            write_marker(folder, "corpus")
    Words(options.language, options.words)  # before anything is read
    report = healed(folder / STATE, lambda: _Build(corpus, folder, options, progress).run())
    if folder != out:
        replace_folder(folder, out)
    return report


class _Build:
    """One run."""

    def __init__(
        self,
        corpus: Path,
        folder: Path,
        options: SiteOptions,
        progress: Progress | None,
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
            self._report.in_english = site.templates.words.lacking
            shutil.rmtree(plan.aside, ignore_errors=True)
            environment = site_environment(plan)
            whole = _whole_digest(environment, self._options)
            # Until the end nothing is known of the pages of the whole, so that a build that takes
            # this one up makes them.
            before = state.about("whole")
            state.set_about("whole", "")
            with started(self._options.jobs) as workers:
                begun = self._publications(plan, environment, state, workers)
                for one in ahead(begun, _AHEAD * self._options.jobs):
                    self._take(one, plan, state)
                gone = state.gone()
                if gone or self._report.built or not self._is_whole(before, whole, state):
                    write_whole(self._folder, state, plan, site, workers, self._report, environment)
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
        if common.is_empty:
            raise InputError(
                f"{self._corpus}: no publication in it has a base IRI that can be read",
                hint=f"lod check {self._corpus} shows why",
            )
        if common.base is None:
            raise InputError(
                f"{self._corpus}: the bases of the publications have no beginning in common",
                hint="say with --base at which address the site will stand",
            )
        return common.base

    def _publications(
        self, plan: SitePlan, environment: bytes, state: SiteState, workers: Workers
    ) -> Iterator[_Waiting]:
        """The publications in their order; what is to be made of each is begun."""
        for number, item in enumerate(find_items(self._corpus)):
            digest = hashlib.blake2b(item.digest + environment, digest_size=16).digest()
            future = None
            if not self._is_known(digest, state):
                future = workers.submit(build_publication, item, str(number), plan)
            yield _Waiting(item.key, digest, str(number), future)

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
                state.note_findings(one.digest, findings)
                self._note_broken(findings)
            elif (first := state.first_key(built.base)) is not None:
                # Not kept in the state: the first one may be gone the next time.
                self._note_broken([_duplicate(one.key, built.base, first)])
            else:
                place(plan.aside / one.name, self._folder, built.folder, state)
                state.note(built, one.digest, one.key)
                if findings:
                    state.note_findings(one.digest, findings)
                self._note(findings)
                report = self._report
                report.built += 1
                report.pages += built.pages
                report.files += built.files
                report.bytes += built.bytes
                report.undrawn |= built.undrawn
                report.in_english = sorted({*report.in_english, *built.in_english})
            shutil.rmtree(plan.aside / one.name, ignore_errors=True)
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total or None)

    def _keep(self, one: _Waiting, state: SiteState) -> None:
        """Keep what has not changed since an earlier build."""
        findings = state.findings_of(one.digest) or []
        if (found := state.unchanged(one.digest)) is None:
            self._note_broken(findings)
        elif state.keep(one.digest, one.key):
            self._note(findings)
        else:  # An earlier publication of this run has its base.
            base, _ = found
            self._note_broken([_duplicate(one.key, base, state.first_key(base))])

    def _note_broken(self, findings: list[dict[str, Any]]) -> None:
        self._report.skipped += 1
        self._note(findings)

    def _note(self, findings: list[dict[str, Any]]) -> None:
        report = self._report
        root = self._corpus.parent if self._corpus.is_file() else self._corpus
        for data in findings:
            if len(report.findings) < MOST_FINDINGS:
                report.findings.append(Finding.from_dict(data, root))
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


def site_environment(plan: SitePlan) -> bytes:
    """Digest of what, when it changes, makes every publication be built again.

    That is lod with its shapes and vocabulary, the templates and words, and the options that pages
    show.
    """
    options = plan.options
    digest = hashlib.blake2b(digest_size=16)
    parts = (
        environment_digest(None, "auto"),
        plan.base,
        plan.title,
        options.language,
        str(options.query_cdn),
        str(options.query_assets is not None),
        f"{options.cards} {options.fragment} {options.base_path} {options.full_data} "
        f"{drawing_version()}",
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
    folders = [TEMPLATES, *sorted(FOLDER.glob("*/site"))]
    if options.templates is not None:
        folders.append(options.templates)
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    if options.words is not None:
        yield options.words


#: How many claims the page of a Wikidata item shows of one publication.
_MOST_CLAIMS = 20


def build_publication(
    item: Item, name: str, plan: SitePlan
) -> tuple[Built | None, list[dict[str, Any]]]:
    """Make the pages of one publication, in `{aside}/{name}`.

    Args:
        item: what `lod.corpus.items` found.
        name: of the folder to write.
        plan: how the site is built.

    Returns:
        What was made, or None where the publication has errors; and the errors and warnings as
        plain data, their files named from the corpus.

    Raises:
        BrokenTemplateError: a template of the user's is broken.
        OSError: the pages cannot be written.
    """
    try:
        return _build(item, plan.aside / name, plan)
    except (BrokenTemplateError, OSError):
        raise
    except LodError as error:
        return None, [_failed(item, "missing-file", error.message)]
    except Exception as error:
        # One publication must not stop a million others; RecursionError and MemoryError count.
        return None, [_failed(item, "internal", f"{type(error).__name__}: {error}")]


def _failed(item: Item, code: str, message: str) -> dict[str, Any]:
    return placed_finding({"code": code, "severity": "error", "message": message}, item)


def _placed(findings: Iterable[Finding], item: Item) -> list[dict[str, Any]]:
    return [placed_finding(one, item) for one in plain_findings(findings, item)]


def _build(item: Item, folder: Path, plan: SitePlan) -> tuple[Built | None, list[dict[str, Any]]]:
    publication = read(item)
    findings = [one for one in publication.check() if one.severity is not Severity.INFO]
    placed = _placed(findings, item)
    if any(one.severity is Severity.ERROR for one in findings):
        return None, placed
    placed += _placed(page_findings(publication), item)
    site = site_of(plan)
    base = publication.require_facts().publication.base
    view = PublicationView(publication, site_folder(base, plan.base), site.language)
    shutil.rmtree(folder, ignore_errors=True)
    writer = Writer(folder)
    site.undrawn.clear()
    for file in publication_files(view, site):
        writer.write(file, below=view.folder)
    written = writer.written
    built = Built(
        base,
        view.folder,
        summarize(view, written.downloads),
        short(preferred(view.facts.publication.titles, site.language)),
        _mentions(view),
        pack(search_entries(view, items=True)),
        read_claims(view.nodes, view.base).rows,
        written.pages,
        written.files,
        written.bytes,
        dict(site.undrawn),
        foreign_terms(view),
    )
    return built, placed


def base_of(item: Item) -> str:
    """The base IRI of an item, read without looking at anything else; "" where it has none."""
    try:
        if item.line:
            data: Any = json.loads(item.data or b"null")
        else:
            file = facts_file(Path(item.file))
            data = source_of_file(file).read(file.read_bytes(), str(file)).root
        base = data["publication"]["base"]
    except (SourceProblem, LodError, OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""
    return base if isinstance(base, str) and iri_problem(base) is None else ""


def _mentions(view: PublicationView) -> dict[str, dict[str, Any]]:
    """QID of each linked item to what is said of it, for the page of the item."""
    found: dict[str, dict[str, Any]] = {}
    for slug, entity in view.facts.entities.items():
        if entity.link is None or entity.link.qid is None:
            continue
        about = view.mentions.get(slug, ())
        mention = found.setdefault(entity.link.qid, {"entities": [], "claims": [], "count": 0})
        name = view.names.entity(slug)
        mention["entities"].append([short(name.label, 80), name.path, entity.link.close])
        mention["count"] += len(about)
        mention["claims"] += [
            [
                short(row.sentence, 400),
                row.language,
                row.path,
                row.modality,
                row.negative,
                [short(one.label, 80) for one in row.speakers],
            ]
            for row in about[:_MOST_CLAIMS]
        ]
    return found


def place(new: Path, root: Path, folder: str, state: SiteState) -> None:
    """Put the pages of a publication in place of those that it had.

    Args:
        new: the folder with its pages, on the same file system.
        root: the folder of the site.
        folder: where the publication stands in it, ends with "/".
        state: says what stands below it.

    Raises:
        OSError: it cannot be done.
    """
    target = root / folder
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or not state.nested(folder):
        swap_folders(new, target)
        return
    # Other publications stand below it: its own files and folders are exchanged one by one.
    own = {path.name for path in new.iterdir()}
    for path in sorted(new.iterdir()):
        there = target / path.name
        if path.is_dir():
            swap_folders(path, there)
        else:
            path.replace(there)
    for path in list(target.iterdir()):
        if path.name not in own:
            _remove_own(path, f"{folder}{path.name}/", state)


def _remove_own(path: Path, folder: str, state: SiteState) -> None:
    """Delete what belongs to no other publication."""
    if not path.is_dir():
        path.unlink()
    elif not state.nested(folder, itself=True):
        shutil.rmtree(path)


def remove_publication(root: Path, folder: str, state: SiteState) -> None:
    """Delete the pages of a publication, and the folders that are empty without it."""
    target = root / folder
    if state.nested(folder):
        for path in list(target.iterdir()):
            _remove_own(path, f"{folder}{path.name}/", state)
        return
    shutil.rmtree(target, ignore_errors=True)
    for parent in target.parents:
        if parent == root:
            break
        with suppress(OSError):  # something is in it
            parent.rmdir()


#: What a folder of a publication may be called, segment by segment.
_SEGMENT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._~%-]{0,199}")
#: What stands in the folder of a publication or at the root; no other publication stands there.
_TAKEN = frozenset(
    "assets build claim data dataset disagreements document entity item publication publications "
    "query reported search text vocabulary".split()
)
#: What files of a site end with.
_FILES = tuple(f".{e}" for e in "html ttl jsonld trig nq nt rdf xml cff json txt".split())


def site_folder(base: str, site_base: str) -> str:
    """The folder of a publication: its base relative to that of the site, where that can be.

    Args:
        base: of the publication.
        site_base: of the site.

    Returns:
        A relative path that ends with "/"; it depends on nothing else, and is never that of
        something else in the site.

    >>> site_folder("https://data.example.org/x/12/", "https://data.example.org/")
    'x/12/'
    >>> site_folder("https://other.example.org/a:b/", "https://data.example.org/")
    'other.example.org/a%3Ab/'
    >>> site_folder("https://data.example.org/item/", "https://data.example.org/")
    'publication/92155c4e92fd0d360e8efb0c9a191f36/'
    """
    if base.startswith(site_base):
        path = base[len(site_base) :].removesuffix("/")
        segments = path.split("/")
        # What begins with a dotted name is the place of a base with that host.
        if all(map(_is_free, segments)) and "." not in segments[0]:
            return f"{path}/"
    segments = folder_name(base).split("/")
    if all(map(_is_free, segments)) and "." in segments[0]:
        return f"{'/'.join(segments)}/"
    digest = hashlib.blake2b(base.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"publication/{digest}/"


def _is_free(segment: str) -> bool:
    if segment in _TAKEN or segment.endswith(_FILES):
        return False
    return _SEGMENT.fullmatch(segment) is not None


class CommonBase:
    """What the bases of all publications begin with; nothing is kept but that.

    >>> common = CommonBase()
    >>> common.add("https://data.example.org/x/12/")
    >>> common.add("https://data.example.org/x/13/")
    >>> common.base
    'https://data.example.org/x/'
    """

    def __init__(self) -> None:
        self._common: str | None = None

    def add(self, base: str) -> None:
        """Take in the base of one more publication."""
        # A publication stands below the site, never at it.
        folder = base.rstrip("/#")
        folder = folder[: folder.rfind("/") + 1]
        if self._common is None:
            self._common = folder
        while not folder.startswith(self._common):
            self._common = self._common[: self._common.rstrip("/").rfind("/") + 1]

    @property
    def is_empty(self) -> bool:
        """Whether there was no publication."""
        return self._common is None

    @property
    def base(self) -> str | None:
        """An absolute IRI that ends with "/", or None where they have no host in common."""
        if self._common is None or self._common.count("/") < 3:
            return None
        return self._common
