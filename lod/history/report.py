"""What an update says of itself: every claim with its fate, and what else there is to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from msgspec import to_builtins

from lod.facts.coverage import Coverage, measure_coverage
from lod.history.edits import ClaimFate, Edit, QuoteFate, Where
from lod.history.fates import FATES
from lod.model.anchor import Anchor, Selector

if TYPE_CHECKING:
    from lod.history.update import Decision, Result, Update


def report(
    update: Update, decisions: Mapping[str, Decision], result: Result | None
) -> dict[str, Any]:
    """An update as plain JSON data.

    Offsets are code points from 0, ends exclusive; lines and columns count from 1. Where the text
    has several versions, each quote has its `version`, and what is said of a text stands under
    `texts`, by the name of the version; else beside the claims.

    Args:
        update: the publication and its new texts.
        decisions: name of a claim to what was decided of it.
        result: the files as they would be; None where they were not made.
    """
    counts = dict.fromkeys(FATES, 0)
    for one in update.claims:
        counts[one.fate] += 1
    is_open = {} if result is None else result.open
    names = {one.document.name: one.document.key for one in update.edits.values()}
    names = names if update.has_versions else {}
    texts = {
        edit.document.key: _text_data(edit, update.no_facts, result)
        for edit in update.edits.values()
    }
    return {
        "file": str(update.file),
        **({"texts": texts} if names else next(iter(texts.values()))),
        "fates": {str(name): count for name, count in counts.items()},
        "claims": [_claim_data(one, decisions, is_open, names) for one in update.claims],
        "noFact": [_claim_data(one, decisions, is_open, names) for one in update.no_facts],
        "open": is_open,
        "findings": [one.as_dict() for one in result.findings] if result else [],
    }


def texts_of(report: Mapping[str, Any]) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """What a report says of each text, with the name of the version where there are several."""
    if "texts" in report:
        yield from report["texts"].items()
    else:
        yield None, report


def difference(before: str, after: str) -> str:
    """Two wordings in one: `[-only in the old one-]`, `{+only in the new one+}`.

    >>> difference("It set a record of 28.", "It soon set a record of 30.")
    'It {+soon+} set a record of [-28.-]{+30.+}'
    """
    one, other = before.split(), after.split()
    parts = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(" ".join(one[i1:i2]))
            continue
        gone, come = " ".join(one[i1:i2]), " ".join(other[j1:j2])
        parts.append((f"[-{gone}-]" if gone else "") + (f"{{+{come}+}}" if come else ""))
    return " ".join(parts)


def _text_data(edit: Edit, no_facts: list[ClaimFate], result: Result | None) -> dict[str, Any]:
    """What there is to know of one text."""
    new = edit.new
    after = _coverage_now(edit, result) or _coverage_so_far(edit, no_facts)
    uncovered = {one.sentence.number for one in after.uncovered}
    added = [new.sentences[at] for at in edit.alignment.added]
    return {
        "text": {"before": edit.old.sha256, "after": new.sha256},
        "language": new.language,
        "compared": edit.is_compared,
        "dateHasChanged": edit.date_has_changed,
        "newSentences": [
            {
                "sentence": one.number,
                "line": new.line_column(one.start)[0],
                "column": new.line_column(one.start)[1],
                "text": new.raw[one.start : one.end],
            }
            for one in added
            if one.number in uncovered
        ],
        "coverage": {"before": _coverage_data(edit.coverage), "after": _coverage_data(after)},
    }


def _coverage_now(edit: Edit, result: Result | None) -> Coverage | None:
    """The coverage of a new text as the facts would be; None where they were not made."""
    if result is None or result.loaded is None:
        return None
    loaded = result.loaded
    every = {"": loaded.coverage, **{one.name: one.coverage for one in loaded.versions}}
    return every.get(edit.document.name)


def _coverage_so_far(edit: Edit, no_facts: list[ClaimFate]) -> Coverage:
    """The coverage of a new text by what is settled."""
    claims = [(one.name, _anchors(edit, one)) for one in edit.claims]
    reasons = {one.path: one.reason for one in edit.facts.no_facts}
    passages = [(reasons[one.path], anchor) for one in no_facts for anchor in _anchors(edit, one)]
    return measure_coverage(edit.new, claims, passages)


def _anchors(edit: Edit, claim: ClaimFate) -> tuple[Anchor, ...]:
    if not claim.fate.is_settled:
        return ()
    anchors = []
    for quote in claim.quotes:
        if quote.version == edit.document.name and quote.spans:
            parts = tuple(
                Selector(edit.new.raw[start:end], "", "", start, end) for start, end in quote.spans
            )
            sentence = edit.new.sentence_at(parts[0].start)
            anchors.append(Anchor(parts, sentence.number, sentence.paragraph))
    return tuple(anchors)


def _claim_data(
    claim: ClaimFate,
    decisions: Mapping[str, Decision],
    is_open: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": claim.id,
        "path": list(claim.path),
        **_quote_data(claim.gravest, names),
    }
    if len(claim.quotes) > 1:
        data["quotes"] = [_quote_data(one, names) for one in claim.quotes]
    if not claim.fate.is_settled:
        decision = decisions.get(claim.name)
        data["decision"] = None if decision is None else to_builtins(decision)
        if claim.name in is_open:
            data["open"] = is_open[claim.name]
    return data


def _quote_data(quote: QuoteFate, names: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {
        "quote": quote.quote,
        **({"version": names[quote.version]} if names else {}),
        "fate": str(quote.fate),
        "where": {"before": _where_data(quote.old), "after": _where_data(quote.new)},
    }
    if quote.fate.is_settled:
        return data
    data |= {"before": quote.before, "after": quote.after}
    if quote.after is not None:
        data["difference"] = difference(quote.before, quote.after)
    if quote.because is not None:
        data["because"] = quote.because
    data["changed"] = [
        {"kind": one.kind, "before": list(one.before), "after": list(one.after)}
        for one in quote.changed
    ]
    if quote.words is not None and quote.words != quote.quote:
        data["proposal"] = quote.words
    if quote.places:
        data["places"] = [_where_data(one) for one in quote.places]
    return data


def _where_data(place: Where | None) -> dict[str, int] | None:
    if place is None:
        return None
    return {key: getattr(place, key) for key in ("start", "end", "line", "column", "sentence")}


def _coverage_data(coverage: Coverage | None) -> dict[str, int] | None:
    if coverage is None:
        return None
    return {
        "sentences": len(coverage.sentences),
        "coveredSentences": coverage.covered_sentences,
        "words": coverage.words,
        "coveredWords": coverage.covered_words,
    }
