"""Links a publication: writes decisions into its facts file and pins the items in its lock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from lod.errors import FindingsError, InputError
from lod.facts.links.edit import add_link
from lod.facts.links.lock import (
    Decision,
    Lock,
    LockedItem,
    lock_file,
    read_lock,
    save_text,
    write_lock,
)
from lod.facts.load import facts_file, load_folder
from lod.facts.source import MAX_BYTES, SourceProblem
from lod.model.entity import Link
from lod.model.facts import Facts
from lod.vocabulary.vocabulary import Vocabulary


@dataclass(slots=True)
class Linking:
    """A publication whose links are being decided.

    Attributes:
        file: its facts file.
        lock_file: its lock.
        facts: what it says; links that are decided here are in it at once.
        vocabulary: its terms.
        lock: the lock, with what was decided here.
        lock_problem: why the old lock could not be read, or None.
        decided: slug to link, what was decided here.
    """

    file: Path
    lock_file: Path
    facts: Facts
    vocabulary: Vocabulary
    lock: Lock
    lock_problem: str | None = None
    decided: dict[str, Link] = field(default_factory=dict)

    def accept(self, slug: str, item: LockedItem, decision: Decision) -> None:
        """Link an entity to an item.

        Args:
            slug: the entity.
            item: the snapshot to pin.
            decision: who decided, and why.

        Raises:
            InputError: another entity is that item already.
            EditError: the facts file has no safe place for it; nothing was written.
            OutputError: a file cannot be written.
        """
        for other in self.facts.entities.values():
            if other.link is not None and other.link.qid == item.qid and not other.link.close:
                raise InputError(f"{slug}: {item.qid} is {other.slug} already")
        self._write(slug, Link(item.qid))
        self._read_lock_again()
        old = self.lock.items.get(item.qid)
        decided: Mapping[str, Decision] = {} if old is None else old.decided
        pinned = replace(item, decided={**decided, slug: decision})
        self.save_lock(replace(self.lock, items={**self.lock.items, item.qid: pinned}))

    def decline(self, slug: str, reason: str) -> None:
        """Say that an entity has no item.

        Args:
            slug: the entity.
            reason: why.

        Raises:
            EditError: the facts file has no safe place for it; nothing was written.
            OutputError: the file cannot be written.
        """
        self._write(slug, Link(None, reason=reason))

    def save_lock(self, lock: Lock) -> bool:
        """Write the lock, where it changed.

        Returns:
            Whether anything was written.

        Raises:
            OutputError: it cannot be written; the old one still stands.
        """
        self.lock = lock
        text = write_lock(lock)
        try:
            if self.lock_file.read_bytes() == text.encode():
                return False
        except OSError:
            pass  # there is none yet, or writing it says what is wrong
        save_text(self.lock_file, text)
        return True

    def _read_lock_again(self) -> None:
        """Take over what another session has pinned meanwhile."""
        if self.lock_problem is None and self.lock_file.is_file():
            try:
                self.lock = read_lock(_read_bytes(self.lock_file), str(self.lock_file))
            except (SourceProblem, InputError) as broken:
                # Broken just now, by whoever is writing it: what was read before still counts.
                self.lock_problem = str(broken)

    def _write(self, slug: str, link: Link) -> None:
        # Read anew each time: whoever edits the file meanwhile loses nothing.
        text = _read_text(self.file)
        save_text(self.file, add_link(text, slug, link, str(self.file)))
        self.facts.entities[slug].link = link
        self.decided[slug] = link


def open_linking(path: Path, wikibase: str) -> Linking:
    """Open a publication to decide its links.

    What is wrong with its links is no obstacle; every other error is.

    Args:
        path: its folder or facts file.
        wikibase: IRI under which the items are named.

    Raises:
        InputError: there is none, or its lock is of another Wikibase.
        FindingsError: its facts have errors.
    """
    file = facts_file(path)
    loaded = load_folder(path, check_lock=False)
    if loaded.facts is None:
        errors = [finding for finding in loaded.findings if finding.severity == "error"]
        raise FindingsError(
            f"{file}: the facts have errors, so their links cannot be decided yet", errors
        )
    locked = lock_file(file)
    lock, problem = Lock(wikibase=wikibase), None
    if locked.is_file():
        try:
            lock = read_lock(_read_bytes(locked), str(locked))
        except SourceProblem as broken:
            problem = f"{broken.location}: {broken.message}"
    if lock.items and lock.wikibase != wikibase:
        raise InputError(
            f"{locked} pins items of {lock.wikibase}, not of {wikibase}",
            hint="name that Wikibase, or delete the lock",
        )
    return Linking(file, locked, loaded.facts, loaded.vocabulary, lock, problem)


def _read_bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None


def _read_text(file: Path) -> str:
    try:
        return _read_bytes(file).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8") from None
