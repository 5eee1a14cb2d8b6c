"""The changelog and the corrections of a publication, written from its releases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lod.counts import counted
from lod.errors import OutputError
from lod.history.change import Change, Difference, Entry, Version
from lod.history.fates import Reason
from lod.history.releases import Release, all_releases
from lod.history.words import markdown
from lod.store.files import write_file

CHANGELOG, CORRECTIONS = "CHANGELOG.md", "corrections.jsonld"
_MARK = "<!-- lod release writes this from releases/; what is edited here is lost. -->"
_BEGINNING = f"# Changelog\n\n{_MARK}\n"
#: What readers have to be told was wrong. What the world changed was right when it was said.
CORRECTING = (Reason.CORRECTION, Reason.OUR_MISTAKE)
_WORDS = {
    Reason.CORRECTION: "correction of the text",
    Reason.OUR_MISTAKE: "our mistake",
    Reason.WORLD_CHANGED: "the world changed",
    Reason.WITHDRAWN: "withdrawn",
}


def check_changelog(folder: Path) -> None:
    """Refuse to replace a changelog that a person wrote.

    Raises:
        OutputError: there is one.
    """
    file = folder / CHANGELOG
    try:
        is_ours = not file.exists() or file.read_text("utf-8").startswith(_BEGINNING)
    except (OSError, ValueError):
        is_ours = False
    if not is_ours:
        raise OutputError(
            f"{file} would be written anew, and lod did not write it",
            hint="move it away, or rename it",
        )


def write_changelog(folder: Path) -> None:
    """Write the changelog and the corrections anew where they are not what they should be.

    Raises:
        InputError: a release cannot be read.
        OutputError: a file cannot be written.
    """
    found = all_releases(folder)
    for name, text in ((CHANGELOG, changelog(found)), (CORRECTIONS, corrections(found))):
        file, data = folder / name, text.encode()
        if not file.is_file() or file.read_bytes() != data:
            write_file(file, data)


def changelog(found: Sequence[Release]) -> str:
    """The changelog of some releases, the newest first, as Markdown."""
    parts = [_BEGINNING]
    for release in reversed(found):
        parts.append(f"\n## {release.version}, {release.date}\n\n")
        if release.data["replaces"] is None:
            count = counted(len(release.data["claims"]), "statement")
            parts.append(f"First release: {count}.\n")
            continue
        entries = [Entry.from_dict(data) for data in release.data["changes"]]
        none = Version("", None)
        told = markdown(Difference(none, none, entries), why=dict(_reasons(release)))
        parts.append(told or "The same facts.\n")
    return "".join(parts)


def _reasons(release: Release) -> Iterator[tuple[str, str]]:
    """Id of each claim that has a reason, and the reason in words."""
    for change in release.data["changes"]:
        if (words := reason_in_words(change)) is not None:
            yield change["id"], words


def reason_in_words(change: Mapping[str, Any]) -> str | None:
    """Why a claim changed or went, with the note; None where nobody had to say so.

    >>> reason_in_words({"reason": "our-mistake", "note": "a wrong line"})
    'our mistake: a wrong line'
    """
    if change.get("reason") is None:
        return None
    words = _WORDS[Reason(change["reason"])]
    return f"{words}: {change['note']}" if change.get("note") else words


def corrected(release: Release) -> list[dict[str, Any]]:
    """The changes of a release that correct what was wrong."""
    return [one for one in release.data["changes"] if one.get("reason") in CORRECTING]


def corrections(found: Sequence[Release]) -> str:
    """What was wrong and was corrected, as schema:CorrectionComment in JSON-LD."""
    comments = [comment for release in found for comment in _comments(release)]
    data = {
        "@context": {"@vocab": "https://schema.org/", "@base": None},
        "@graph": comments,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _comments(release: Release) -> Iterator[dict[str, Any]]:
    base = release.data["base"]
    for change in corrected(release):
        yield {
            "@id": f"{release.iri}correction/{change['id']}",
            "@type": "CorrectionComment",
            "datePublished": {"@value": release.date, "@type": "https://schema.org/Date"},
            "text": correction_text(change),
            "about": {"@id": change["iri"]},
            "isPartOf": {"@id": f"{base}document"},
        }


#: The words around what was said and is said, by their names in the interface of sites.
_ENGLISH = {
    "history.before": "Before:",
    "history.now": "Now:",
    "history.is_gone": "The claim is withdrawn.",
    "history.not_said": "This is said no more.",
}


def correction_text(
    change: Mapping[str, Any], words: Callable[[str], str] = _ENGLISH.__getitem__
) -> str:
    """What a correction says to readers, in a paragraph.

    Args:
        change: as a release notes it.
        words: gives the words around it by their names; English ones by default.
    """
    before, after = (" ".join(change[key]) for key in ("before", "after"))
    said = [change["note"].rstrip(".") + "."] if change.get("note") else []
    if before:
        said.append(f"{words('history.before')} {before}")
    is_gone = change["change"] == Change.WITHDRAWN
    if after:
        said.append(f"{words('history.now')} {after}")
    else:
        said.append(words("history.is_gone" if is_gone else "history.not_said"))
    return " ".join(said)
