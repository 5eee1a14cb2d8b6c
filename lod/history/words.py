"""Differences in words: as text for a terminal, and as Markdown for a changelog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from lod.counts import counted
from lod.history.change import Change, Difference, Entry, Part, Version
from lod.patterns import lazy

#: What a line is, which decides its colour: a heading, what was, what is, and what is less.
Kind = Literal["head", "before", "after", "dim"]
#: How many ids are listed in a line before the rest is counted.
_LISTED = 12
_MARKUP = lazy(r"([\\`*_\[\]<>])")
_SPACES = lazy(r"(?<=\S)\s+")
_TITLES = {
    Change.WITHDRAWN: "Withdrawn",
    Change.VALUE_CHANGED: "Changed",
    Change.RE_ATTRIBUTED: "Said by others",
    Change.RE_DATED: "Of another time",
    Change.ADDED: "Added",
    Change.RELINKED: "Linked otherwise",
    Change.RE_ANCHORED: "At another place of the text",
    Change.REWORDED: "In other words",
}


def named(version: Version) -> str:
    """How a state of a publication is called.

    >>> named(Version("articles", "https://example.org/", "1.0.0", "2026-11-29"))
    'articles (1.0.0 of 2026-11-29)'
    """
    if version.base is None:
        return f"{version.name} (not there)"
    said = " of ".join(one for one in (version.version, version.modified) if one)
    return f"{version.name} ({said})" if said else version.name


def summary(difference: Difference) -> str:
    """How much differs, in a line.

    >>> summary(Difference(Version("a", None), Version("b", None)))
    'no difference'
    """
    counts = difference.counts
    if not counts:
        return "no difference"
    return ", ".join(f"{count:,} {change}" for change, count in counts.items())


def text_lines(difference: Difference, *, whole: bool = False) -> Iterator[tuple[Kind, str]]:
    """A difference for a terminal, line by line.

    Args:
        difference: what to tell.
        whole: tell of each claim of which only the place differs, too.
    """
    moved: list[str] = []
    for entry in difference.entries:
        if entry.changes == (Change.RE_ANCHORED,) and entry.what == "claim" and not whole:
            moved.append(entry.id)
        else:
            for kind, line in _entry_lines(entry, whole=whole):
                yield kind, _SPACES.sub(" ", line) if kind in ("before", "after") else line
    if moved:
        yield (
            "head",
            f"re-anchored  {counted(len(moved), 'claim')}, whose words stand elsewhere now",
        )
        yield "dim", f"    {_list(moved)}"
    yield from (("dim", f"note: {note}") for note in difference.notes)


def _entry_lines(entry: Entry, *, whole: bool) -> Iterator[tuple[Kind, str]]:
    what = "" if entry.what == "claim" else f"{entry.what} "
    if entry.what in ("document", "publication"):
        what, id_ = "", f"the {entry.what}"
    else:
        id_ = entry.id
    kinds = ", ".join(change.value for change in entry.changes)
    yield "head", f"{kinds}  {what}{id_}"
    if entry.what == "claim" and entry.before != entry.after:
        yield from (("before", f"  - {one}") for one in entry.before)
        yield from (("after", f"  + {one}") for one in entry.after)
    elif entry.before or entry.after:
        yield "dim", f"    {'; '.join(entry.after or entry.before)}"
    for part in entry.parts:
        if not _is_told(part, entry) and (whole or part.name not in ("anchor", "derived")):
            yield from (("before", f"  - {part.name}: {one}") for one in part.before)
            yield from (("after", f"  + {part.name}: {one}") for one in part.after)
    if entry.claims:
        yield "dim", f"    with it {counted(len(entry.claims), 'claim')}: {_list(entry.claims)}"


def _is_told(part: Part, entry: Entry) -> bool:
    """Whether the sentences before and after tell a part already."""
    return entry.what == "claim" and (
        part.name == "sentence"
        or (
            entry.before != entry.after
            and part.change is not Change.RELINKED
            and part.name not in ("quote", "anchor")
        )
    )


def _list(ids: Sequence[str]) -> str:
    more = len(ids) - _LISTED
    listed = ", ".join(ids[:_LISTED])
    return f"{listed} and {more:,} more" if more > 0 else listed


def markdown(difference: Difference, *, why: Mapping[str, str] | None = None) -> str:
    """A difference for a changelog, a list under a heading for each kind.

    Args:
        difference: what to tell.
        why: id of a claim to why it changed.
    """
    out: list[str] = []
    for change in Change:
        entries = [entry for entry in difference.entries if entry.change is change]
        if not entries:
            continue
        out += ["", f"### {_TITLES[change]}", ""]
        if change is Change.RE_ANCHORED:
            out.append(f"- {counted(len(entries), 'claim')}: the same words, at another place.")
            continue
        for entry in entries:
            reason = (why or {}).get(entry.id) if entry.what == "claim" else None
            out += _items(entry, reason)
    if difference.notes:
        out += ["", *(f"Note: {_escaped(note)}." for note in difference.notes)]
    return "".join(f"{line}\n" for line in out[1:])


def _items(entry: Entry, reason: str | None) -> Iterator[str]:
    others = [_TITLES[change].lower() for change in entry.changes[1:]]
    more = f" (also {', '.join(others)})" if others else ""
    if reason is not None:
        more += f", {_escaped(reason)}"
    name = f"`{entry.id}`" if entry.what == "claim" else f"{entry.what} `{entry.id}`"
    before, after = (" / ".join(map(_escaped, said)) for said in (entry.before, entry.after))
    if entry.what == "claim" and entry.before != entry.after:
        if entry.change in (Change.ADDED, Change.WITHDRAWN):
            yield f"- {name}{more}: {before or after}"
            return
        yield f"- {name}{more}:"
        yield f"  - before: {before}" if before else "  - more than before"
        yield f"  - now: {after}" if after else "  - now: this is said no more"
        return
    yield f"- {name}{more}" + (f": {after or before}" if after or before else "")
    for part in entry.parts:
        old, new = (
            "; ".join(map(_escaped, said)) or "nothing" for said in (part.before, part.after)
        )
        yield f"  - {part.name}: {old} → {new}"
    if entry.claims:
        yield f"  - with it {counted(len(entry.claims), 'claim')}: {_list(entry.claims)}"


def _escaped(text: str) -> str:
    """Text that is no markup, in one line."""
    return _MARKUP.sub(r"\\\1", _SPACES.sub(" ", text))
