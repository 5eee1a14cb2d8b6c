"""Why published claims were changed or withdrawn: what a person said of each."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lod.errors import InputError
from lod.facts.reader import suggest
from lod.history.fates import REASONS, Reason

#: What `lod update` notes down in the folder of a publication.
CHANGES = "changes.json"


@dataclass(frozen=True, slots=True)
class Why:
    """Why a claim was changed or withdrawn.

    Attributes:
        reason: which of the reasons.
        note: more about it, for readers, or None.
    """

    reason: Reason
    note: str | None = None


@dataclass(slots=True)
class Reasons:
    """What a person said of the changes of a release.

    Attributes:
        of: id of a claim to why it changed.
        otherwise: why the others did, or None.
        replaced_by: id of a withdrawn claim to the id of the one that takes its place.
        said: the ids of which something was said for this release, and not noted down before.
    """

    of: dict[str, Why] = field(default_factory=dict)
    otherwise: Why | None = None
    replaced_by: dict[str, str] = field(default_factory=dict)
    said: set[str] = field(default_factory=set)

    def why(self, id_: str) -> Why | None:
        """Why a claim changed, or None where nobody said so."""
        return self.of.get(id_, self.otherwise)


def read_reasons(
    said: Iterable[str], notes: Iterable[str], replaced: Iterable[str], folder: Path
) -> Reasons:
    """Reasons from options, and before these from what `lod update` noted down.

    Args:
        said: `ID=REASON`, or `REASON` for all that have none of their own.
        notes: `ID=WORDS`, or `WORDS` for all others.
        replaced: `OLD=NEW`, ids of claims.
        folder: of the publication.

    Raises:
        InputError: a reason is not one of the four, or something is said of nothing.
    """
    reasons = Reasons(_decided(folder))
    words = dict(_pair(one) for one in notes)
    for one in said:
        id_, name = _pair(one)
        if name not in REASONS:
            raise InputError(f"{name!r} is no reason", hint=f"one of {', '.join(REASONS)}")
        why = Why(Reason(name), words.pop(id_, None))
        if id_ is None:
            reasons.otherwise = why
        else:
            reasons.of[id_] = why
            reasons.said.add(id_)
    for id_, note in words.items():
        known = reasons.otherwise if id_ is None else reasons.of.get(id_)
        if known is None:
            raise InputError(f"the note {note!r} is about no reason", hint="give --reason too")
        if id_ is not None:
            reasons.of[id_] = Why(known.reason, note)
            reasons.said.add(id_)
    for one in replaced:
        old, new = _pair(one)
        if old is None:
            raise InputError(f"{one!r} names no two claims", hint="write OLD=NEW")
        reasons.replaced_by[old] = new
    return reasons


def _pair(said: str) -> tuple[str | None, str]:
    name, equals, rest = said.partition("=")
    return (name.strip(), rest.strip()) if equals else (None, said.strip())


def _decided(folder: Path) -> dict[str, Why]:
    """What `lod update` noted down, the last word on each claim."""
    return {
        claim["id"]: Why(Reason(claim["reason"]), claim.get("note"))
        for update in read_changes(folder)
        for claim in update["claims"]
        if claim.get("reason") is not None
    }


def read_changes(folder: Path) -> list[dict[str, Any]]:
    """What was decided at each update of a publication, the oldest first.

    Each entry has `text` (SHA-256 of the text before and after), `version` and `published` of the
    publication as it was before, and `claims`: of each its `id`, `fate`, `decision` (accepted,
    edited, dropped), `reason`, `note`, the sentence `before` and `after`, and its quotes.

    Raises:
        InputError: the file is there and is not what lod writes.
    """
    file = folder / CHANGES
    try:
        found = json.loads(file.read_bytes()) if file.exists() else []
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise _no_account(file, str(error)) from None
    if not isinstance(found, list) or not all(map(_is_update, found)):
        raise _no_account(file, "it is no list of updates with their claims and reasons")
    return found


def _no_account(file: Path, why: str) -> InputError:
    return InputError(f"{file}: no account of updates ({why})", hint="restore it, or move it away")


def _is_update(one: Any) -> bool:
    """Whether it is an entry whose claims have what is read of them."""
    claims = one.get("claims") if isinstance(one, dict) else None
    return isinstance(claims, list) and all(
        isinstance(claim, dict)
        and isinstance(claim.get("id"), str)
        and claim.get("reason") in (None, *REASONS)
        and isinstance(claim.get("note"), str | None)
        for claim in claims
    )


def check_ids(reasons: Reasons, changed: Collection[str], there: Collection[str]) -> None:
    """Refuse what is said of claims that nothing happened to.

    Args:
        reasons: what was said.
        changed: ids of the claims that went, or of which something else is said.
        there: ids of the claims of the new version.

    Raises:
        InputError: a reason is that of no such claim; or a claim is replaced by one that is not
            there, or was not withdrawn.
    """
    for one in sorted(reasons.said.difference(changed)):
        raise InputError(
            f"there is nothing to give a reason for in {one}: "
            + ("it says what it said" if one in there else "no such claim went with this version"),
            hint=suggest(one, changed) or "lod diff tells what differs from the newest release",
        )
    for old, new in reasons.replaced_by.items():
        if old in there or old not in changed:
            raise InputError(f"{old} is not withdrawn, and cannot be replaced by {new}")
        if new not in there:
            raise InputError(f"{old} cannot be replaced by {new}: there is no such claim")
