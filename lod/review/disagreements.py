"""Disagreements: claims of one subject and property that cannot all hold, and no verdict.

The claims of all publications are put in a database on disk, in the order of subject and property,
and are compared group by group.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec import Struct, field
from msgspec.json import Decoder, Encoder

from lod.model.contradiction import UNTOLD, Relation, Said, conflicts, relation
from lod.namespaces import WIKIDATA_NS, shrink
from lod.review.claims import Claims, Row
from lod.store.database import Database

#: A table of claims that can be compared; `said` is "" for what only denies another claim.
SAID = """
CREATE TABLE IF NOT EXISTS said (
  property TEXT, subject TEXT, base TEXT, claim TEXT, single INTEGER, denied INTEGER, said TEXT,
  shown TEXT, PRIMARY KEY (property, subject, base, claim)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS said_by_base ON said (base);
"""
#: Why claims are not compared, in words for people; modalities stand for themselves.
REASONS: Mapping[str, str] = {
    "repeated publication": "in publications that were read already",
    "replaced": "replaced or taken back in their own publication",
    "no value": "with a change or a gap and no value",
    Relation.SEVERAL.value: "of properties that may have several values",
    Relation.TIME.value: "of times that only overlap, are vague, or are those of the texts",
    Relation.CONDITIONS.value: "under other conditions",
    Relation.UNIT.value: "in other units",
    Relation.IDENTITY.value: "with values that are linked to no item",
    Relation.PART.value: "with values that may be part of one another",
    Relation.WORDS.value: "in words",
}
#: Claims of one subject and property that are compared each with each; beyond it with their
#: neighbours alone, which may tell less of why some cannot be.
_EACH = 200
# So it is kept on disk, where memory does not grow with a corpus.
_ENCODER, _DECODER = Encoder(order="deterministic"), Decoder(Said)


class Disagreement(Struct, frozen=True):
    """Claims that cannot all hold.

    Attributes:
        subject: the Wikidata item that they are about, else the IRI of the subject.
        predicate: IRI of the property.
        claims: each of them as JSON data, by the day on which it was made: `value`, `denied`,
            `period`, `edtf`, `said`, `speakers`, `quotes`, `sentence`, `claim`, `publication`,
            `title`.
    """

    subject: str
    predicate: str
    claims: tuple[dict[str, Any], ...]

    @property
    def label(self) -> str:
        """What the first of the claims calls the subject."""
        return str(self.claims[0]["subject"])

    @property
    def is_denial(self) -> bool:
        """Whether one claim denies what another says, and does not just say another value."""
        return any(claim["denied"] or claim["denies"] for claim in self.claims)

    def examples(self, most: int) -> list[dict[str, Any]]:
        """Some of the claims in their order, and among them one of each value where there is room.

        Args:
            most: how many.
        """
        firsts: dict[tuple[str, bool], int] = {}
        for index, claim in enumerate(self.claims):
            firsts.setdefault((claim["value"], claim["denied"]), index)
        chosen = dict.fromkeys((*firsts.values(), *range(len(self.claims))))
        return [self.claims[index] for index in sorted(list(chosen)[:most])]

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        is_item = ":" not in self.subject
        return {
            "subject": f"{WIKIDATA_NS}{self.subject}" if is_item else self.subject,
            "label": self.label,
            "property": self.predicate,
            "name": shrink(self.predicate),
            "kind": "denial" if self.is_denial else "values",
            "claims": [
                {key: said for key, said in claim.items() if key not in ("subject", "denies")}
                for claim in self.claims
            ],
        }


class Tally(Struct):
    """What was compared, and what not; counted while disagreements are looked for.

    Attributes:
        publications: how many were read.
        claims: how many claims they have.
        alone: claims of whose subject and property there is no other one.
        compared: claims that could be compared with another one.
        left_out: why others were not, with how many there are.
        disagreements: how many there are.
        unread: publications that could not be read, with the reason.
    """

    publications: int = 0
    claims: int = 0
    alone: int = 0
    compared: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    disagreements: int = 0
    unread: list[tuple[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """It as plain JSON data."""
        return {
            "publications": self.publications,
            "claims": self.claims,
            "compared": self.compared,
            "alone": self.alone,
            "notCompared": dict(sorted(self.left_out.items())),
            "found": self.disagreements,
            "unread": [{"name": name, "why": why} for name, why in self.unread],
        }


def to_json(said: Said) -> str:
    """What a claim says as JSON; the same gives the same text.

    >>> from lod.model.contradiction import Words
    >>> from lod.model.times import When
    >>> to_json(Said(Words("open"), When("2023/2023")))
    '[["words","open"],["2023/2023",null,null,true],false,[],false,false]'
    """
    return _ENCODER.encode(said).decode()


def from_json(text: str) -> Said:
    """What `to_json` wrote."""
    return _DECODER.decode(text)


def note_claims(database: Database, rows: Iterable[Row]) -> None:
    """Put claims into a database that has the table `SAID`."""
    database.executemany(
        "INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                row.property,
                row.subject,
                row.base,
                row.claim,
                row.said is not None and row.said.single,
                row.said is None or row.said.is_denied or bool(row.shown["denies"]),
                "" if row.said is None else to_json(row.said),
                json.dumps(row.shown, ensure_ascii=False, separators=(",", ":")),
            )
            for row in rows
        ),
    )


def find_disagreements(publications: Iterable[Claims], tally: Tally) -> Iterator[Disagreement]:
    """The disagreements in some publications, by property and subject.

    Their order does not matter. Memory does not grow with their number: the claims are kept in a
    temporary file.

    Args:
        publications: what each has to compare; of two with the same base, the first counts.
        tally: where to count.
    """
    with Database(None, f"{SAID}CREATE TABLE bases (base TEXT PRIMARY KEY) WITHOUT ROWID;") as db:
        with db.transaction():
            for one in publications:
                if not db.execute("INSERT OR IGNORE INTO bases VALUES (?)", (one.base,)).rowcount:
                    tally.left_out["repeated publication"] += one.count
                    tally.claims += one.count
                    continue
                tally.publications += 1
                tally.claims += one.count
                tally.left_out.update(one.left_out)
                note_claims(db, one.rows)
        yield from disagreements_in(db, tally)


def disagreements_in(
    database: Database, tally: Tally, table: str = "said"
) -> Iterator[Disagreement]:
    """The disagreements between the claims in a database, by property and subject.

    Args:
        database: has the table `SAID`.
        tally: where to count what was compared and what not.
        table: SQL of the rows of it that count.
    """
    _count(database, tally, table)
    rows = database.execute(
        f"SELECT property, subject, said, shown FROM {table} WHERE (property, subject) IN ("  # noqa: S608 - a constant
        f"  SELECT property, subject FROM {table} GROUP BY property, subject HAVING {_MAY_DIFFER}"
        ") ORDER BY property, subject, base, claim"
    )
    for (property_, subject), group in groupby(rows, key=lambda row: row[:2]):
        for claims in _conflicts([(said, shown) for _, _, said, shown in group], tally):
            tally.disagreements += 1
            yield Disagreement(subject, property_, claims)


#: Whether claims of one subject and property can contradict each other at all.
_MAY_DIFFER = "COUNT(*) > 1 AND COUNT(DISTINCT said) > 1 AND MAX(MAX(single), MAX(denied))"


def _count(database: Database, tally: Tally, table: str) -> None:
    """Count the claims that need no look: alone, agreeing, or of several values."""
    for claims, is_alone, agree, may_differ in database.execute(
        "SELECT SUM(said != ''), SUM(said != '') = 1, COUNT(DISTINCT said) = 1, "  # noqa: S608 - a constant
        f"{_MAY_DIFFER} FROM {table} GROUP BY property, subject"
    ):
        if may_differ:
            continue
        if is_alone:
            tally.alone += 1
        elif agree:
            tally.compared += claims
        else:
            tally.left_out[Relation.SEVERAL.value] += claims


def _conflicts(
    group: Sequence[tuple[str, str]], tally: Tally
) -> Iterator[tuple[dict[str, Any], ...]]:
    """The claims of one subject and property that cannot all hold, those of each matter together.

    Args:
        group: what each says and what is shown of it, as JSON.
        tally: where to count.
    """
    claims = {data["claim"]: data for _, shown in group if (data := json.loads(shown))}
    of: dict[str, list[str]] = {}
    for said, shown in group:
        of.setdefault(said, []).append(json.loads(shown)["claim"])
    distinct = {from_json(text): text for text in sorted(of) if text}
    matters = [
        {claim for one in found for claim in of[distinct[one]]} for found in conflicts(distinct)
    ]
    _add_denials(matters, claims)
    in_conflict = set().union(*matters)
    tally.compared += len(in_conflict)
    _count_untold(distinct, {said: set(of[said]) - in_conflict for said in of}, tally)
    for matter in matters:
        told = (claims[claim] for claim in matter)
        yield tuple(
            sorted(told, key=lambda one: (one["said"] or "", one["publication"], one["claim"]))
        )


def _add_denials(matters: list[set[str]], claims: Mapping[str, dict[str, Any]]) -> None:
    """Add the claims that say of others, by name, that they are wrong."""
    for iri, data in claims.items():
        for pair in ({iri, denied} for denied in data["denies"] if denied in claims):
            known = next((one for one in matters if not one.isdisjoint(pair)), None)
            if known is None:
                matters.append(pair)
            else:
                known.update(pair)


def _count_untold(
    distinct: Mapping[Said, str], left: Mapping[str, Collection[str]], tally: Tally
) -> None:
    """Count the claims without a conflict: those that fit, and those of which nobody can tell.

    Args:
        distinct: what the claims of one subject and property say, each once, as JSON.
        left: the claims that say each of these.
        tally: where to count.
    """
    said = list(distinct)
    for index, one in enumerate(said):
        if claims := len(left[distinct[one]]):
            near = said[max(0, index - _EACH) : index + _EACH + 1]
            found = {relation(one, other) for other in near}
            reason = next((why for why in UNTOLD if why in found), None)
            if reason is None:
                tally.compared += claims
            else:
                tally.left_out[reason.value] += claims
