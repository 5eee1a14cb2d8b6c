"""What may hold no more: facts past their date, passed plans, sources and links that changed.

Each is a finding with its place in the facts and the command that settles it. Which day it is, is
said by who asks.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from lod.codes import CODES
from lod.diagnostics import Finding, Findings, Location, Severity, allow_form
from lod.errors import LodError
from lod.model.period import Period
from lod.model.times import day
from lod.model.value import PeriodValue

if TYPE_CHECKING:
    from lod.corpus.items import Item
    from lod.diagnostics import Path as FactsPath
    from lod.http.look import Look
    from lod.links.lock import Lock
    from lod.model.claim import Statement
    from lod.publication import Publication
    from lod.wikidata.linking import ItemSource


class Stale(Finding, frozen=True):
    """Something to look at.

    Attributes:
        command: what settles it, for a shell; "" where only the facts file is to be edited.
    """

    command: str = ""

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        data = Finding.as_dict(self)
        return {**data, "command": self.command} if self.command else data


class Opened(Struct):
    """A publication that is looked at.

    Attributes:
        publication: it, read without its lock: what that says of a link is to be told, no error.
        lock: what it pins, or None.
        folder: how commands name it.
        line: the file and the number of the line where it is one of a JSON Lines file, else None.
    """

    publication: Publication
    lock: Lock | None
    folder: str
    line: tuple[str, int] | None = None


def open_publication(path: Path) -> Opened:
    """Read a publication.

    Raises:
        InputError: there is none, or it has no facts that can be read.
    """
    from lod.facts.load import facts_file, load_folder
    from lod.links.lock import lock_file, read_lock
    from lod.publication import Publication
    from lod.sources.source import reading

    publication = Publication(path, load_folder(path, check_lock=False))
    _require(publication)
    file, lock = lock_file(facts_file(path)), None
    if file.is_file():
        with reading(file):
            lock = read_lock(file.read_bytes(), str(file))
    return Opened(publication, lock, str(path))


def open_item(item: Item) -> Opened:
    """Read a publication of a corpus.

    Raises:
        InputError: it has no facts that can be read.
    """
    if not item.line:
        return open_publication(Path(item.file))
    from lod.corpus.publish import read

    publication = read(item)
    _require(publication, of_line=True)
    return Opened(publication, None, item.file, (item.file, item.line))


def _require(publication: Publication, *, of_line: bool = False) -> None:
    from lod.errors import InputError

    if publication.facts is None:
        error = next(one for one in publication.findings if one.severity is Severity.ERROR)
        # A line has no file of its own; who reports it names the line.
        place = "" if of_line else f"{error.location or publication.file}: "
        raise InputError(
            f"{place}{error.message}",
            hint=f"lod check {publication.path} shows all errors",
        )


def find_stale(opened: Opened, on: str) -> list[Stale]:
    """What is to be looked at on a day, as far as that needs no network.

    Args:
        opened: the publication.
        on: xsd:date.
    """
    return _placed(opened, _offline(opened, on))


def _offline(opened: Opened, on: str) -> Iterator[Stale]:
    facts = opened.publication.require_facts()
    replaced = {id_ for statement in facts.statements for id_ in statement.replaces}
    for statement in facts.statements:
        if statement.id not in replaced:
            yield from _of_claim(opened, statement, on)
    if opened.lock is not None:
        yield from _of_lock(opened, opened.lock)


def _of_claim(opened: Opened, statement: Statement, on: str) -> Iterator[Stale]:
    quote = statement.anchors[0].exact if statement.anchors else None
    command = _update(opened, statement)
    text = f"take the new text: {command}" if command else "edit its line"
    if statement.stale_after is not None and day(statement.stale_after) < day(on):
        yield _stale(
            "stale-after",
            f"this was to be looked at after {statement.stale_after}",
            (*statement.path, "staleAfter"),
            f"look whether it still holds: if so, give a later staleAfter:; if not, {text}, or edit"
            " the claim",
            command,
            statement.id,
            quote,
        )
    passed = _passed(statement, on)
    if passed is not None:
        key, period = passed
        words = period.words or period.edtf or ""
        if not Findings().is_allowed("plan-passed", statement.allow, (words,)):
            yield _stale(
                "plan-passed",
                f"this is {statement.modality} for “{words}”, and that was over on {period.end}",
                (*statement.path, key),
                f"look what became of it, and {text}; or add a claim with replaces: {statement.id};"
                f" or say why it stays: {allow_form('plan-passed', (words,))}",
                command,
                statement.id,
                quote,
            )


def _passed(statement: Statement, on: str) -> tuple[str, Period] | None:
    """The last time that what lies ahead is said for, where that is over, and its key."""
    ends = [
        (day(period.end), key, period)
        for key, period in _ahead(statement)
        if period.end is not None
    ]
    if len(ends) < len(list(_ahead(statement))) or not ends:
        return None  # one of them is open, or nobody can tell when it is
    last, key, period = max(ends, key=lambda end: end[0])
    return (key, period) if last < day(on) else None


def _ahead(statement: Statement) -> Iterator[tuple[str, Period]]:
    """The times that what lies ahead is said for, with the key under which each stands."""
    if not statement.modality.is_ahead:
        return
    if statement.during is not None:
        yield "during", statement.during.period
    for value in statement.values:
        if isinstance(value, PeriodValue):
            yield "value", value.period


def _update(opened: Opened, statement: Statement) -> str:
    """The command that takes a new text, of the version in which a claim stands first."""
    if opened.line:
        return ""
    every = opened.publication.require_facts().document.all_versions
    stands = statement.anchors[0].version if statement.anchors else ""
    version = next(one for one in every if one.name == stands)
    named = f"{version.key}=" if len(every) > 1 else ""
    source = f"--url {shlex.quote(named + version.iri)}" if version.iri else f"--text {named}NEW"
    return f"lod update {shlex.quote(opened.folder)} {source}"


def _of_lock(opened: Opened, lock: Lock) -> Iterator[Stale]:
    """Links whose item was merged or deleted when the lock was last brought up to date."""
    for entity in opened.publication.require_facts().entities.values():
        item = None if entity.link is None else lock.items.get(entity.link.qid or "")
        if item is not None and (item.merged is not None or item.deleted):
            became = f"was merged into {item.merged}" if item.merged else "does not exist any more"
            code = "link-merged" if item.merged else "link-deleted"
            yield _of_link(opened, code, f"{item.qid} ({item.label}) {became}", entity.slug)


def _of_link(opened: Opened, code: str, message: str, slug: str) -> Stale:
    entity = opened.publication.require_facts().entities[slug]
    quoted = shlex.quote(opened.folder)
    command = f"lod link {quoted} --update"
    if code == "link-changed":
        hint = f"see whether it is still the right item, and lock it as it is now: {command}"
    else:
        hint = f"write the item that takes its place, or none and why, and lock it: {command}"
    return _stale(code, message, (*entity.path, "wikidata"), hint, "" if opened.line else command)


# With the network


def source_addresses(opened: Opened) -> Iterator[tuple[str, FactsPath]]:
    """The addresses of the texts, and where the facts have them."""
    for document in opened.publication.require_facts().document.all_versions:
        for key, address in (("iri", document.iri), ("source", document.source)):
            if address is not None:
                yield address, (*document.path, key)


def stale_sources(opened: Opened, look: Callable[[str], Look]) -> list[Stale]:
    """Addresses of the texts at which there is nothing any more, or that moved.

    Args:
        opened: the publication.
        look: looks at an address.
    """
    return _placed(opened, _of_sources(opened, look))


def _of_sources(opened: Opened, look: Callable[[str], Look]) -> Iterator[Stale]:
    for address, path in source_addresses(opened):
        seen = look(address)
        if seen.is_gone:
            hint = "give an address where the text can still be read, such as that of an archive"
            yield _stale("source-gone", f"there is nothing at {address} any more", path, hint)
        elif seen.moved_to is not None:
            hint = f"write {seen.moved_to}, if that is the text"
            yield _stale("source-moved", f"{address} moved to {seen.moved_to}", path, hint)
        elif seen.problem is not None:
            hint = seen.hint or "try again later; if it stays so, give another address"
            message = f"nobody can tell what is there: {seen.problem}"
            yield _stale("source-unreachable", message, path, hint)


def stale_links(opened: Opened, source: ItemSource, on: str, wikibase: str) -> list[Stale]:
    """Links whose items are others than the lock has them.

    Args:
        opened: the publication.
        source: the Wikibase.
        on: xsd:date.
        wikibase: IRI under which its items are named.

    Raises:
        NetworkError: it could not be asked.
    """
    from lod.links.lock import Lock as EmptyLock
    from lod.wikidata.linking import ChangeKind, refresh

    codes = {ChangeKind.MERGED: "link-merged", ChangeKind.DELETED: "link-deleted"}
    aside = (ChangeKind.LOCKED, ChangeKind.DROPPED)  # what `lod check` says
    _, changes = refresh(
        opened.publication.require_facts(),
        opened.publication.vocabulary,
        opened.lock or EmptyLock(wikibase=wikibase),
        source,
        date=on,
        by="",
        wikibase=wikibase,
    )
    return _placed(
        opened,
        (
            _of_link(opened, codes.get(change.kind, "link-changed"), change.message, slug)
            for change in changes
            if change.kind not in aside
            for slug in change.slugs[:1]
        ),
    )


def _stale(
    code: str,
    message: str,
    path: FactsPath,
    hint: str,
    command: str = "",
    claim: str | None = None,
    quote: str | None = None,
) -> Stale:
    severity = Severity(CODES[code].severity)
    return Stale(code, severity, message, hint, path, None, claim, quote, command)


def _placed(opened: Opened, found: Iterable[Stale]) -> list[Stale]:
    """What was found with its place in the facts file, or the line of a JSON Lines file."""
    placed = []
    for one in found:
        location = opened.publication.locate(one.path)
        if opened.line is not None:
            location = Location(*opened.line, 1)
        placed.append(replace(one, location=location))
    return placed


def stale_of_item(on: str, item: Item) -> list[Stale] | tuple[str, str]:
    """What is to be looked at in a publication of a corpus, without the network.

    Returns:
        It; or the name of the publication and why it cannot be read.
    """
    try:
        return find_stale(open_item(item), on)
    except LodError as error:
        return item.key, error.message
