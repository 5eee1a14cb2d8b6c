"""What a publication can give to Wikidata: statements that are absent, references that are missing.

Nothing is written to Wikidata here. What comes out, Wikibase JSON or QuickStatements, is for a
person to look at and to upload.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from lod.model.facts import Facts
from lod.model.value import QuantityValue, Value
from lod.namespaces import WIKIDATA_NS, shrink
from lod.vocabulary.vocabulary import Vocabulary
from lod.wikidata.compare import Agreement, Compared, Outcome
from lod.wikidata.mapped import CannotSayError, MappedClaim, Unmapped, item_of, property_mappings
from lod.wikidata.snaks import (
    MAX_URL,
    Snak,
    Writable,
    group,
    main_value,
    monolingual,
    time_qualifiers,
)
from lod.wikidata.statements import (
    QUOTATION,
    REFERENCE_URL,
    RETRIEVED,
    STATED_IN,
    SUPPORTED_BY,
    Seen,
    Snapshot,
)
from lod.wikidata.values import (
    Amount,
    ItemRef,
    Known,
    Moment,
    Words,
    moment_of_date,
    read_snak,
    signed,
)


class Contribution(Struct):
    """One statement to add, or one that gets a reference.

    Attributes:
        item: QID of the item to edit.
        pid: the property.
        value: the value of the statement.
        qualifiers: those of a new statement; none for one that is there.
        source: the reference without its quotations.
        quotations: the words of the text, each once.
        retrieved: the last part of the reference, or none.
        claims: ids of the claims that it rests on.
        seen: the statement that is there and gets the reference, or None for a new one.
        notes: what of the claims it does not carry.
    """

    item: str
    pid: str
    value: Writable
    qualifiers: tuple[Snak, ...]
    source: tuple[Snak, ...]
    quotations: tuple[Snak, ...]
    retrieved: tuple[Snak, ...]
    claims: tuple[str, ...]
    seen: Seen | None = None
    notes: tuple[str, ...] = ()

    @property
    def reference(self) -> tuple[Snak, ...]:
        """The snaks of the reference, in order."""
        return (*self.source, *self.quotations, *self.retrieved)

    def as_json(self) -> dict[str, Any]:
        """The statement of the Wikibase JSON format, as `wbeditentity` takes it.

        A statement that is there keeps its id, rank, qualifiers and references, and gets one more.
        """
        snaks = group(self.reference)
        reference = {"snaks": snaks, "snaks-order": list(snaks)}
        if self.seen is not None:
            raw = dict(self.seen.raw)
            return {**raw, "references": [*(raw.get("references") or ()), reference]}
        statement: dict[str, Any] = {
            "mainsnak": Snak(self.pid, self.value).as_json(),
            "type": "statement",
            "rank": "normal",
        }
        if self.qualifiers:
            statement["qualifiers"] = group(self.qualifiers)
            statement["qualifiers-order"] = list(statement["qualifiers"])
        return {**statement, "references": [reference]}


class LeftOut(Struct, frozen=True):
    """A claim that is not given, and why.

    Attributes:
        claim: its id.
        reason: why, as a phrase.
    """

    claim: str
    reason: str


class Contributions(Struct, frozen=True):
    """What to give, and what not.

    Attributes:
        given: statements and references, in the order of the facts.
        left_out: claims that are not given.
        there: ids of the claims that Wikidata has already, with a reference.
        hint: what to add to the publication, where claims are left out for the want of it.
    """

    given: tuple[Contribution, ...]
    left_out: tuple[LeftOut, ...]
    there: tuple[str, ...]
    hint: str | None = None


def contribute(
    facts: Facts,
    vocabulary: Vocabulary,
    compared: Sequence[Compared],
    snapshot: Snapshot,
    *,
    retrieved: str | None = None,
) -> Contributions:
    """Choose what to give to Wikidata.

    Given is what is absent or has no reference, is said to hold as it stands, and can be said in
    Wikidata's model. Claims that come to the same statement give one, with all their quotations.

    Args:
        facts: the publication.
        vocabulary: its terms.
        compared: the result of `lod.wikidata.compare.compare`.
        snapshot: what it was compared with.
        retrieved: xsd:date for P813; that of the publication's last change where None. Where
            there is neither, the reference has none: never the date of today.
    """
    giver = _Giver(facts, vocabulary, snapshot, retrieved or facts.publication.modified)
    given: dict[str, Contribution] = {}
    left_out: dict[tuple[str, str], LeftOut] = {}
    there: dict[str, None] = {}
    for one in compared:
        id_ = one.claim.claim
        if one.outcome is Outcome.THERE:
            there[id_] = None
            continue
        try:
            contribution = giver.give(one)
        except CannotSayError as error:
            left_out.setdefault((id_, str(error)), LeftOut(id_, str(error)))
            continue
        key = _key(contribution)
        if (same := given.get(key)) is None:
            given[key] = contribution
        else:
            same.claims += tuple(c for c in contribution.claims if c not in same.claims)
            same.quotations += tuple(q for q in contribution.quotations if q not in same.quotations)
            same.notes += tuple(n for n in contribution.notes if n not in same.notes)
    wanting = any(one.reason == giver.no_source for one in left_out.values())
    return Contributions(
        tuple(given.values()),
        tuple(left_out.values()),
        tuple(there),
        _source_hint(facts) if wanting else None,
    )


def _key(one: Contribution) -> str:
    if one.seen is not None and one.seen.id:
        return one.seen.id
    parts = [one.item, Snak(one.pid, one.value).as_json(), group(one.qualifiers)]
    return json.dumps(parts, sort_keys=True)


class _Giver:
    def __init__(
        self, facts: Facts, vocabulary: Vocabulary, snapshot: Snapshot, retrieved: str | None
    ) -> None:
        self._facts = facts
        self._vocabulary = vocabulary
        self._snapshot = snapshot
        self._source, self.no_source = _source(facts, snapshot)
        moment = None if retrieved is None else moment_of_date(retrieved)
        self._retrieved = () if moment is None else (Snak(RETRIEVED, moment),)
        self._opposed = {
            id_: f"the claim {statement.id} {verb} it"
            for statement in facts.statements
            for ids, verb in ((statement.denies, "denies"), (statement.replaces, "replaces"))
            for id_ in ids
        }

    def give(self, one: Compared) -> Contribution:
        """The contribution for a claim; what forbids it is raised, as a phrase."""
        claim = one.claim
        if isinstance(claim, Unmapped) or one.outcome is Outcome.NOT_COMPARABLE:
            raise CannotSayError(one.reason or "it cannot be compared")
        if one.outcome is Outcome.DIFFERENT:
            notes = f" ({'; '.join(one.notes)})" if one.notes else ""
            raise CannotSayError(f"Wikidata says otherwise{notes}")
        if claim.strength == "close":
            raise CannotSayError(f"{shrink(claim.statement.property)} is only near {claim.pid}")
        if claim.statement.id in self._opposed:
            raise CannotSayError(self._opposed[claim.statement.id])
        if one.held_wrong:
            raise CannotSayError("Wikidata has this value as deprecated")
        value, qualifiers = main_value(claim.pid, claim.value)
        if isinstance(value, ItemRef):
            value = ItemRef(self._snapshot.resolve(value.qid))
        dropped = self._dropped(claim)
        seen = None
        if one.match is not None:
            seen = one.match.seen
            if one.match.agreement is not Agreement.SAME:
                raise CannotSayError("Wikidata's value is not the one that the words bear out")
            qualifiers = []
        else:
            qualifiers += self._qualifiers(claim)
        if self.no_source is not None:
            raise CannotSayError(self.no_source)
        quotations, without = self._quotations(claim)
        return Contribution(
            self._snapshot.resolve(claim.item) if seen is None else seen.item,
            claim.pid if seen is None else seen.pid,
            value if seen is None or not one.match or not one.match.inverse
            else ItemRef(self._snapshot.resolve(claim.item)),
            tuple(qualifiers),
            self._source,
            quotations,
            self._retrieved,
            (claim.claim,),
            seen,
            (*dropped, *without),
        )  # fmt: skip

    def _qualifiers(self, claim: MappedClaim) -> list[Snak]:
        statement = claim.statement
        snaks = []
        if statement.during is not None:
            snaks += time_qualifiers(statement.during.period)
        elif isinstance(claim.value, QuantityValue):
            raise CannotSayError("a quantity needs its time")
        found = (self._qualifier(iri, value) for iri, value in statement.qualifiers)
        snaks += [snak for snak in found if snak is not None]
        return [*snaks, *self._supporter(claim)]

    def _supporter(self, claim: MappedClaim) -> list[Snak]:
        """Who says it, where that is not who wrote the document."""
        speakers = claim.statement.speakers
        speaker = self._facts.entities.get(speakers[-1]) if speakers else None
        if speaker is None or speaker.slug in self._facts.document.author:
            return []
        qid = item_of(speaker.link)
        if qid is None:
            raise CannotSayError(f"it is what {speaker.label} says, who has no item")
        return [Snak(SUPPORTED_BY, ItemRef(self._snapshot.resolve(qid)))]

    def _dropped(self, claim: MappedClaim) -> list[str]:
        """The qualifiers that Wikidata has no place for."""
        return [
            f"without {shrink(iri)}"
            for iri, value in claim.statement.qualifiers
            if self._qualifier(iri, value) is None
        ]

    def _qualifier(self, iri: str, value: Value) -> Snak | None:
        """A qualifier as Wikidata has it; None where it has no place for it."""
        mappings = property_mappings(iri, self._vocabulary)
        pid = next((pid for pid, strength in mappings if strength == "equivalent"), None)
        entity = self._facts.entities.get(getattr(value, "slug", ""))
        qid = None if entity is None else item_of(entity.link)
        if pid is None or qid is None:
            return None
        return Snak(pid, ItemRef(self._snapshot.resolve(qid)))

    def _quotations(self, claim: MappedClaim) -> tuple[tuple[Snak, ...], tuple[str, ...]]:
        snaks: dict[Snak, None] = {}
        notes = []
        for anchor in claim.statement.anchors:
            try:
                words = monolingual(anchor.exact, self._facts.document.language)
            except CannotSayError as error:
                notes.append(f"without its quotation: {error}")
                continue
            snaks[Snak(QUOTATION, words)] = None
        return tuple(snaks), tuple(notes)


def _source(facts: Facts, snapshot: Snapshot) -> tuple[tuple[Snak, ...], str | None]:
    """What names the document in a reference, or why nothing does."""
    document = facts.document
    urls = [iri for iri in (document.iri, document.source) if iri]
    items = [iri[len(WIKIDATA_NS) :] for iri in urls if iri.startswith(WIKIDATA_NS)]
    if not items and document.published_in is not None:
        qid = item_of(facts.entities[document.published_in].link)
        items = [qid] if qid is not None else []
    urls = [iri for iri in urls if iri.startswith(("http://", "https://"))]
    urls = [iri for iri in urls if not iri.startswith(WIKIDATA_NS) and len(iri) <= MAX_URL]
    snaks = [Snak(STATED_IN, ItemRef(snapshot.resolve(qid))) for qid in items[:1]]
    snaks += [Snak(REFERENCE_URL, Words(url)) for url in urls[:1]]
    if snaks:
        return tuple(snaks), None
    why = f"the document has no iri or source that is an address of at most {MAX_URL} characters"
    if not document.iri and not document.source:
        why = "the document has no address (iri)"
    if document.published_in is not None:
        newspaper = facts.entities[document.published_in]
        reason = f" ({newspaper.link.reason})" if newspaper.link and newspaper.link.reason else ""
        return (), f"no reference can be given: {why}, and {newspaper.label} has no item{reason}"
    return (), f"no reference can be given: {why}, and no newspaper (publishedIn) with an item"


def _source_hint(facts: Facts) -> str:
    newspaper = facts.document.published_in
    item = (
        f"link where it was published (entities: {newspaper}: wikidata: Q…)"
        if newspaper is not None
        else "name where it was published (document: publishedIn), and link that to its item"
    )
    return f"add the address of the text (document: iri: https://…), or {item}"


def wikibase_json(
    contributions: Sequence[Contribution], snapshot: Snapshot
) -> dict[str, dict[str, Any]]:
    """The statements by item, each ready to be the `data` of one `wbeditentity` request.

    Args:
        contributions: what to give.
        snapshot: what it was compared with; its revisions become `baserevid`, so that an edit made
            since then is noticed and not overwritten.

    Returns:
        QID to `{"baserevid": …, "data": {"claims": […]}}`.
    """
    edits: dict[str, dict[str, Any]] = {}
    for one in contributions:
        edit = edits.get(one.item)
        if edit is None:
            revision: Mapping[str, int] = {}
            if one.item in snapshot.revisions:
                revision = {"baserevid": snapshot.revisions[one.item]}
            edit = edits[one.item] = {**revision, "data": {"claims": []}}
        edit["data"]["claims"].append(one.as_json())
    return edits


def quickstatements(
    contributions: Sequence[Contribution], snapshot: Snapshot
) -> tuple[str, tuple[LeftOut, ...]]:
    """Write contributions as QuickStatements.

    Args:
        contributions: what to give.
        snapshot: what it was compared with.

    Returns:
        The lines, each with its end; and the claims that need the JSON form, with the reason.
    """
    lines, left_out = [], []
    for number, one in enumerate(contributions):
        same = _same_value(one, snapshot)
        same += sum(
            1
            for earlier in contributions[:number]
            if earlier.seen is None
            and (earlier.item, earlier.pid, _bare(earlier.value))
            == (one.item, one.pid, _bare(one.value))
        )
        if same > (one.seen is not None):
            reason = "QuickStatements cannot tell it from another statement of the same value"
            left_out += [LeftOut(claim, reason) for claim in one.claims]
            continue
        lines.append(line(one) + "\n")
    return "".join(lines), tuple(left_out)


def line(one: Contribution) -> str:
    """One contribution as a line, without its end."""
    columns = [one.item, one.pid, value_text(one.value)]
    for snak in one.qualifiers:
        columns += [snak.pid, value_text(snak.value)]
    for snak in one.reference:
        columns += [f"S{snak.pid[1:]}", value_text(snak.value)]
    return "\t".join(columns)


def value_text(value: Writable) -> str:
    """A value as QuickStatements reads it.

    Quotation marks inside a text stand as they are: the text ends at the last one of its column.

    >>> print(value_text(Words('He said "yes".', "en")))
    en:"He said "yes"."
    """
    match value:
        case ItemRef(qid):
            return qid
        case Moment():
            return f"{value.time}/{value.precision}{'/J' if value.julian else ''}"
        case Amount():
            unit = value.unit_id
            return signed(value.amount) + (f"U{unit[1:]}" if unit else "")
        case Words(text, language):
            line_ = " ".join(text.split())
            return f'{language}:"{line_}"' if language else f'"{line_}"'


def _same_value(one: Contribution, snapshot: Snapshot) -> int:
    """How many statements of the item have the value already, whatever their rank."""
    wanted = _bare(one.value)
    return sum(
        _bare(read_snak(raw["mainsnak"])) == wanted
        for raw in snapshot.statements(one.item, one.pid)
    )


def _bare(value: Known | None) -> object:
    """A value as QuickStatements compares it: amounts without their bounds."""
    return (value.amount, value.unit) if isinstance(value, Amount) else value
