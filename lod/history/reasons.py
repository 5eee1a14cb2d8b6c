"""Why published claims were changed or withdrawn: what a person said of each."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from lod.errors import InputError
from lod.facts.reader import suggest
from lod.history.fates import REASONS, Reason
from lod.history.releases import TEXT, Release, is_version, order_of

#: What `lod update` notes down in the folder of a publication.
CHANGES = "changes.json"


class Why(Struct, frozen=True):
    """Why a claim was changed or withdrawn.

    Attributes:
        reason: which of the reasons.
        note: more about it, for readers, or None.
    """

    reason: Reason
    note: str | None = None


class Reasons(Struct):
    """What a person said of the changes of a release.

    Attributes:
        of: id of a claim to why it changed.
        otherwise: why the others did, or None.
        replaced_by: id of a withdrawn claim to the id of the one that takes its place.
        notes: id of a claim to what is said of it beside its reason.
        noted: what `lod update` noted down since the release before, by the id of the claim.
    """

    of: dict[str, Why] = field(default_factory=dict)
    otherwise: Why | None = None
    replaced_by: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    noted: dict[str, Why] = field(default_factory=dict)

    def why(self, id_: str) -> Why | None:
        """Why a claim changed, or None where nobody said so."""
        found = self.of.get(id_) or self.noted.get(id_) or self.otherwise
        note = self.notes.get(id_)
        return found if found is None or note is None else Why(found.reason, note)


def read_reasons(said: Iterable[str], notes: Iterable[str], replaced: Iterable[str]) -> Reasons:
    """Reasons from options.

    Args:
        said: `ID=REASON`, or `REASON` for all that have none of their own.
        notes: `ID=WORDS`, or `WORDS` for all others.
        replaced: `OLD=NEW`, ids of claims.

    Raises:
        InputError: a reason is not one of the four, or something is said of nothing.
    """
    reasons = Reasons()
    note = None
    for one in notes:
        id_, words = _pair(one)
        if id_ is None:
            note = words
        else:
            reasons.notes[id_] = words
    for one in said:
        id_, name = _pair(one)
        if name not in REASONS:
            raise InputError(f"{name!r} is no reason", hint=f"one of {', '.join(REASONS)}")
        if id_ is None:
            reasons.otherwise = Why(Reason(name), note)
        else:
            reasons.of[id_] = Why(Reason(name))
    if note is not None and reasons.otherwise is None:
        raise InputError(f"the note {note!r} is about no reason", hint="give --reason too")
    for one in replaced:
        old, new = _pair(one)
        if old is None:
            raise InputError(f"{one!r} names no two claims", hint="write OLD=NEW")
        reasons.replaced_by[old] = new
    return reasons


def _pair(said: str) -> tuple[str | None, str]:
    name, equals, rest = said.partition("=")
    return (name.strip(), rest.strip()) if equals else (None, said.strip())


def read_noted(folder: Path, last: Release | None) -> dict[str, Why]:
    """What `lod update` noted down since a release, the last word on each claim.

    What was noted before is the reason of another change, which that release has told.

    Args:
        folder: of the publication.
        last: the release; None for all.

    Raises:
        InputError: the file is there and is not what lod writes.
    """
    updates = read_changes(folder)
    return {
        claim["id"]: Why(Reason(claim["reason"]), claim.get("note"))
        for update in (updates if last is None else _since(updates, last))
        for claim in update["claims"]
        if claim.get("reason") is not None
    }


def _since(updates: list[dict[str, Any]], last: Release) -> list[dict[str, Any]]:
    """The updates that came after a release: those after the one that made its text."""
    released = {file["name"].lower(): file["sha256"] for file in last.data["files"]}

    def is_released(update: dict[str, Any], side: str) -> bool:
        texts = update.get("texts") or {"": update.get("text")}
        return all(
            isinstance(text, dict)
            and text.get(side) == released.get(f"text.{key}.txt", released.get(TEXT))
            and text.get("before") != text.get("after")
            for key, text in texts.items()
        )

    made = [at for at, one in enumerate(updates) if is_released(one, "after")]
    if made:
        return updates[made[-1] + 1 :]
    for at, one in enumerate(updates):
        if is_released(one, "before"):
            return updates[at:]
    # Somebody changed the text by hand, too: the version as it was then tells.
    return [
        one
        for one in updates
        if not is_version(version := str(one.get("version"))) or order_of(version) >= last.order
    ]


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
    for one in sorted({*reasons.of, *reasons.notes}.difference(changed)):
        raise InputError(
            f"there is nothing to give a reason for in {one}: "
            + ("it says what it said" if one in there else "no such claim went with this version"),
            hint=suggest(one, changed) or "lod diff tells what differs from the newest release",
        )
    for one, note in reasons.notes.items():
        if reasons.why(one) is None:
            raise InputError(f"the note {note!r} is about no reason", hint="give --reason too")
    for old, new in reasons.replaced_by.items():
        if old in there or old not in changed:
            raise InputError(f"{old} is not withdrawn, and cannot be replaced by {new}")
        if new not in there:
            raise InputError(f"{old} cannot be replaced by {new}: there is no such claim")
