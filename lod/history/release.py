"""Freezes a version of a publication: it stays what it was, whatever becomes of the facts."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from lod.dist import BuildResult, make_files
from lod.errors import FindingsError, InputError, OutputError
from lod.history.canonical import canonical_hash, graph_hashes
from lod.history.change import Difference, Entry, Level
from lod.history.changelog import check_changelog, write_changelog
from lod.history.claims import Claims, named
from lod.history.compare import compare
from lod.history.reasons import Reasons, Why, check_ids, read_noted
from lod.history.releases import (
    RELEASE,
    RELEASES,
    TEXT,
    Release,
    all_releases,
    is_version,
    newest,
    next_version,
    order_of,
    read_release,
)
from lod.history.snapshot import Snapshot, of_publication
from lod.links.lock import lock_file
from lod.model.facts import Facts
from lod.profiles import profiles
from lod.publication import Publication, load
from lod.store.files import replacing_folder
from lod.store.locks import locked, resolved
from lod.version import __version__

_LOCK = "wikidata.lock"
#: How many differences an error names.
_NAMED = 5


class ReleaseResult(Struct):
    """What `release` did.

    Attributes:
        folder: of the release.
        version: the version that the facts give.
        is_new: whether it was written now; it was there with the same content otherwise.
        difference: what differs from the release before; None for the first one.
        by_rule: the version that follows by rule; None for the first one.
        undecided: claims that changed and of which nobody said why: nothing was written then.
    """

    folder: Path
    version: str
    is_new: bool = False
    difference: Difference | None = None
    by_rule: str | None = None
    undecided: list[Entry] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        difference = self.difference
        return {
            "folder": str(self.folder),
            "version": self.version,
            "new": self.is_new,
            "level": None if difference is None else difference.level.name.lower(),
            "byRule": self.by_rule,
            "undecided": [entry.id for entry in self.undecided],
            "difference": None if difference is None else difference.as_dict(),
        }


def release(
    folder: str | os.PathLike[str],
    *,
    reasons: Reasons | None = None,
    any_version: bool = False,
    engine: str = "auto",
    wait: bool = False,
) -> ReleaseResult:
    """Freeze the version of a publication that its facts give, in `releases/VERSION/`.

    A release is written whole or not at all, and never again: where it is there already, it is
    compared with what the facts say now.

    Args:
        folder: of the publication, or its facts file.
        reasons: why claims of the release before changed or were withdrawn, beside what
            `lod update` noted down since then.
        any_version: take the version as the facts give it, whatever the rule says.
        engine: the validation engine.
        wait: whether to wait until another release of the version is done.

    Returns:
        What was done. Where claims are undecided, nothing was written.

    Raises:
        FindingsError: the publication has errors.
        InputError: the version or its date is missing or does not follow, or an older release
            cannot be read.
        OutputError: the version was released with other content, or cannot be written.
        BusyError: another process releases it.
    """
    publication = load(folder)
    facts = publication.require_facts()
    version, date = _version(publication, facts)
    place = publication.folder / RELEASES / version
    with locked(place.parent, "release", wait=wait):
        check_changelog(publication.folder)
        snapshot = of_publication(publication)
        if (place / RELEASE).is_file():
            _check_same(read_release(place), publication, snapshot)
            write_changelog(publication.folder)  # had the run that wrote it been stopped
            return ReleaseResult(place, version)
        if place.exists():
            raise OutputError(f"{place} is there, and is no release", hint="move it away")
        before = newest(publication.folder)
        last = old = None
        result = ReleaseResult(place, version, is_new=True)
        if before is not None:
            last = read_release(before)
            last.check()
            old = last.snapshot()
            result.difference = _after(last, old, version, date, snapshot, result, any_version)
        reasons = replace(reasons or Reasons(), noted=read_noted(publication.folder, last))
        changed = [] if result.difference is None else result.difference.entries
        changed = [one for one in changed if one.what == "claim" and _needs_reason(one)]
        check_ids(reasons, [one.id for one in changed], Claims(snapshot).told)
        result.undecided = [one for one in changed if not reasons.why(one.id)]
        if result.undecided:
            result.is_new = False
            return result
        files = _files(publication, engine)
        about = _about(publication, snapshot, last, old, result, reasons, files)
        files.append((RELEASE, _json(about)))
        with replacing_folder(resolved(place)) as aside:
            for name, data in files:
                with (aside / name).open("xb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
        write_changelog(publication.folder)
        return result


def _needs_reason(entry: Entry) -> bool:
    """Whether a reader of the release before has a right to know why."""
    return any(change.level is Level.MAJOR for change in entry.changes)


def _version(publication: Publication, facts: Facts) -> tuple[str, str]:
    """The version and its date, as the facts give them."""
    version, date = facts.publication.version, facts.publication.modified
    if version is None or date is None:
        missing = "version" if version is None else "modified"
        last = newest(publication.folder)
        example = "1.0.0" if last is None else "the next version"
        raise InputError(
            f"{publication.file}: publication.{missing} is missing, and a release needs it",
            hint=f"write {missing}: {example if missing == 'version' else 'YYYY-MM-DD'} under "
            "publication:; no clock is asked, so that the same facts give the same release",
        )
    if not is_version(version):
        raise InputError(
            f"{publication.file}: the version {version!r} is no version of a release",
            hint="write three numbers, as in 1.0.0 (semver.org)",
        )
    return version, date


def _check_same(there: Release, publication: Publication, snapshot: Snapshot) -> None:
    """Refuse to write a release again with other content.

    Raises:
        InputError: a file of the release was changed.
        OutputError: something differs.
    """
    there.check()
    difference = compare(there.snapshot(), snapshot)
    differing = []
    old, new = difference.before, difference.after
    if old.modified != new.modified:
        differing.append(f"publication.modified: {old.modified} → {new.modified}")
    released = {file["name"]: file["sha256"] for file in there.data["files"]}
    for name, data in _kept(publication):
        if released.get(name) != hashlib.sha256(data).hexdigest():
            differing.append(f"{name} is another one")
    missing = {_LOCK} & released.keys() - {name for name, _ in _kept(publication)}
    differing += [f"{name} is not there any more" for name in sorted(missing)]
    differing += [f"{one.change} {one.id}{_value_change(one)}" for one in difference.entries]
    if differing:
        more = len(differing) - _NAMED
        listed = "; ".join(differing[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
        raise OutputError(
            f"{there.folder} was released, and is never written again. "
            f"What the facts say now differs: {listed}",
            hint=f"by rule the next version is {next_version(there.version, difference.level)}: "
            "set publication.version and publication.modified; "
            f"lod diff {there.folder} {publication.folder} tells more",
        )


def _value_change(entry: Entry) -> str:
    """What one claim said and says, for an error."""
    if entry.what != "claim" or not (entry.before and entry.after) or entry.before == entry.after:
        return ""
    return f": {entry.before[0]} → {entry.after[0]}"


def _after(
    last: Release,
    old: Snapshot,
    version: str,
    date: str,
    snapshot: Snapshot,
    result: ReleaseResult,
    any_version: bool,
) -> Difference:
    """What differs from the release before; the version and the date have to follow.

    Raises:
        InputError: they do not.
    """
    order = order_of(version)
    difference = compare(old, snapshot)
    result.by_rule = next_version(last.version, difference.level)
    if order <= order_of(last.version):  # what stands after "+" does not count
        raise InputError(
            f"version {version} does not follow {last.version}, the newest release",
            hint=f"by rule the next version is {result.by_rule}",
        )
    if date < last.date:
        raise InputError(
            f"publication.modified {date} is before {last.date}, the date of {last.version}"
        )
    if order[:3] < order_of(result.by_rule)[:3] and not any_version:
        counts = ", ".join(f"{count} {change}" for change, count in difference.counts.items())
        raise InputError(
            f"version {version} does not say what changed since {last.version} ({counts}): "
            f"by rule it is {result.by_rule}",
            hint=f"set publication.version: {result.by_rule}, or give --any-version",
        )
    return difference


def _kept(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The text in all versions, and the lock where there is one, which stand beside the data."""
    for one in publication.require_facts().document.all_versions:
        yield f"text.{one.name}.txt" if one.name else TEXT, one.text.encode()
    with suppress(FileNotFoundError):
        yield _LOCK, lock_file(Path(publication.file)).read_bytes()


def _files(publication: Publication, engine: str) -> list[tuple[str, bytes]]:
    """Name and content of every file of a release but its account."""
    built = BuildResult(publication.file, publication.check(engine=engine))
    if built.has_errors:
        errors = [one for one in built.findings if one.severity == "error"]
        raise FindingsError(f"{publication.file}: {len(errors)} errors in the data", errors)
    wanted = [one for one in profiles().values() if one.by_default]
    made = ((name, b"".join(content)) for name, content in make_files(publication, wanted, built))
    return [*made, *_kept(publication)]


def _about(
    publication: Publication,
    snapshot: Snapshot,
    last: Release | None,
    old: Snapshot | None,
    result: ReleaseResult,
    reasons: Reasons,
    files: list[tuple[str, bytes]],
) -> dict[str, Any]:
    """What a release says of itself."""
    facts = publication.require_facts()
    base, version = snapshot.base, result.version
    entries = [] if result.difference is None else result.difference.entries
    told = Claims(snapshot).told
    return {
        "version": version,
        "date": facts.publication.modified,
        "base": base,
        "iri": f"{base}release/{version}/",
        "dataset": f"{base}release/{version}/dataset",
        "by": facts.publication.publisher.name,
        "replaces": None
        if last is None
        else {
            "version": last.version,
            "dataset": f"{last.iri}dataset",
            "sha256": _sha256((last.folder / RELEASE).read_bytes()),
        },
        "level": None if result.difference is None else result.difference.level.name.lower(),
        "byRule": result.by_rule,
        "lod": __version__,
        "rdfc10": canonical_hash(snapshot.quads()),
        "graphs": graph_hashes(snapshot),
        "files": [
            {"name": name, "bytes": len(data), "sha256": _sha256(data)} for name, data in files
        ],
        "claims": _since(last, told, entries, version),
        "changes": [_changed(entry, reasons.why(entry.id)) for entry in entries],
        "withdrawn": list(_withdrawn(last, old, snapshot, facts, reasons)),
    }


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _changed(entry: Entry, why: Why | None) -> dict[str, Any]:
    """An entry, with why it is where a person said so."""
    data = entry.as_dict()
    if entry.what == "claim" and _needs_reason(entry) and why is not None:
        data["reason"] = why.reason.value
        if why.note is not None:
            data["note"] = why.note
    return data


def _since(
    last: Release | None, told: Mapping[str, object], entries: list[Entry], version: str
) -> dict[str, list[str]]:
    """Of every claim the versions in which it became what it is, the oldest first."""
    earlier = [] if last is None else all_releases(last.folder.parents[1])
    known = {id_: since for one in earlier for id_, since in one.data["claims"].items()}
    changed = {entry.id for entry in entries if entry.what == "claim"}
    changed |= {id_ for entry in entries for id_ in entry.claims}
    return {
        id_: [*known.get(id_, ()), *([version] if id_ in changed or id_ not in known else ())]
        for id_ in told
    }


def _withdrawn(
    last: Release | None,
    old: Snapshot | None,
    snapshot: Snapshot,
    facts: Facts,
    reasons: Reasons,
) -> Iterator[dict[str, Any]]:
    """Everything that any release named and this one does not, with when and why it went."""
    if last is None or old is None:
        return
    there = {iri: what for iri, (what, _, _) in named(snapshot).items()}
    yield from (one for one in last.withdrawn if one["iri"] not in there)
    publication = facts.publication
    for iri, (what, id_, label) in named(old).items():
        new = snapshot.base + iri[len(old.base) :]
        if iri in there or new in there:
            continue
        gone = {
            "iri": iri,
            "what": what,
            "id": id_,
            "label": label,
            "last": last.version,
            "withdrawn": publication.version,
            "date": publication.modified,
            "by": publication.publisher.name,
        }
        why = reasons.why(id_)
        if what == "claim" and why is not None:
            gone["reason"] = why.reason.value
            if why.note is not None:
                gone["note"] = why.note
        if (other := reasons.replaced_by.get(id_)) is not None and what == "claim":
            gone["replacedBy"] = f"{snapshot.base}claim/{other}"
        yield {key: value for key, value in gone.items() if value is not None}


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
