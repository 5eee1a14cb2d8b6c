"""How well `lod link` decides without a person, on real names of Wikidata.

Publications are drawn (seeded) from a file of real items: each has a country or topic that ties its
entities together, or nothing that does. An entity has a name of its item, which may be an alias or
written otherwise, and a class that a person would give it. A quarter of the entities have no item
at all: theirs is hidden, so that whatever is accepted for them is wrong, however well it is named.

The ranking was tuned on one half of the items. What counts is measured on the other half, with
other seeds, and on entities of types that the tuning never drew.

    python -m benchmarks.linking
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lod.model.entity import Entity, Link
from lod.model.facts import Document, Facts, Publication, Publisher
from lod.namespaces import REL_NS
from lod.vocabulary.vocabulary import load_vocabulary
from lod.wikidata.candidates import propose
from lod.wikidata.items import Candidate, Item, ItemOutcome, Missing

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "tests" / "wikidata" / "data" / "labels.tsv.gz"
RESULTS = Path(__file__).parent / "results" / "linking.json"
DATE = "2024-12-02"
#: The threshold that is recommended to scripts.
THRESHOLD = 0.85

_THEME = re.compile(r"\b(?:in|of|from) ([A-Z][a-z]{3,}(?: [A-Z][a-z]+)?)$")

# What a person reads in a description. It is made apart from the table that the ranking uses, so
# that both do not share their mistakes.
_CLASSES = (
    ("Person", r"politician|writer|actor|actress|singer|painter|player|footballer|scientist|poet"),
    ("City", r"\b(city|town|village|commune|municipality)\b.* (in|of)\b"),
    ("University", r"\buniversity (in|at|located)"),
    ("Newspaper", r"newspaper"),
    ("Document", r"\b(film|album|novel|book|song|painting|article)\b"),
    ("Company", r"\bcompany\b|\bcorporation\b"),
    ("Organization", r"\b(organi[sz]ation|association|party|club|team)\b"),
    ("Region", r"\b(province|county|district|region) (of|in)\b"),
    ("Country", r"\b(sovereign state|country) in\b"),
    ("Place", r"\b(river|lake|mountain|island|sea)\b"),
    ("Event", r"\b(war|battle|election|championship|tournament)\b"),
    ("Language", r"\blanguage\b"),
)
#: Types that no publication of the other draws has by name.
_OTHER_CLASSES = (
    ("Award", r"\b(award|prize|medal|order of merit)\b"),
    ("Occupation", r"\b(occupation|profession)\b"),
    ("Office", r"\b(head of|position|political office|title)\b"),
    ("GovernmentBody", r"\b(ministry|government agency|parliament|legislature|court)\b"),
    ("InternationalOrganization", r"\b(intergovernmental|international) (union|alliance|body)\b"),
    ("Facility", r"\b(airport|stadium|building|museum|bridge|station|church|castle|hospital)\b"),
    ("Infrastructure", r"\b(road|railway|highway|canal|pipeline)\b"),
    ("Product", r"\b(aircraft|rocket|ship|vehicle|weapon|computer|software|brand)\b"),
    ("Group", r"\b(ethnic group|people of|tribe|family of)\b"),
    ("Event", r"\b(festival|conference|treaty|revolution|disaster|expedition)\b"),
)


@dataclass(frozen=True, slots=True)
class Draw:
    """What is drawn: from which half of the items, with which seeds, of which types."""

    held_out: bool
    seeds: range
    classes: tuple[tuple[str, str], ...] = _CLASSES
    publications: int = 60
    size: int = 10


DRAWS = {
    "tuning": Draw(held_out=False, seeds=range(1, 21)),
    "held out": Draw(held_out=True, seeds=range(100, 110)),
    "held out, other seeds": Draw(held_out=True, seeds=range(300, 310)),
    "held out, other types": Draw(
        held_out=True, seeds=range(100, 110), classes=_OTHER_CLASSES, publications=20
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the file: id, English label, description, aliases."""

    qid: str
    label: str
    description: str
    aliases: tuple[str, ...]


@dataclass(slots=True)
class LabelSource:
    """A Wikibase in memory, over rows; some are hidden. Search is by prefix, as the real one's."""

    rows: dict[str, Row]
    hidden: set[str] = field(default_factory=set)
    _names: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._names = sorted(
            (name.casefold(), name, row.qid)
            for row in self.rows.values()
            for name in (row.label, *row.aliases)
            if name
        )

    def search(self, text: str, language: str, *, limit: int = 10) -> list[Candidate]:
        """Items with a name that begins with the text, whole names first."""
        folded = text.casefold()
        found: dict[str, Candidate] = {}
        at = bisect_left(self._names, (folded,))
        while at < len(self._names) and self._names[at][0].startswith(folded):
            _, name, qid = self._names[at]
            at += 1
            if qid in self.hidden or qid in found:
                continue
            row = self.rows[qid]
            kind = "label" if name == row.label else "alias"
            found[qid] = Candidate(qid, row.label, row.description, kind, name, "en")
            if len(found) == limit:
                break
        return list(found.values())

    def get_items(
        self, qids: Iterable[str], languages: Sequence[str] = (), props: Sequence[str] = ()
    ) -> dict[str, ItemOutcome]:
        """Items with their English names."""
        return {qid: self._item(qid) for qid in qids}

    def _item(self, qid: str) -> ItemOutcome:
        row = self.rows.get(qid)
        if row is None or qid in self.hidden:
            return Missing(qid)
        descriptions = {"en": row.description} if row.description else {}
        return Item(qid, {"en": row.label}, descriptions, {"en": row.aliases})

    def get_superclasses(
        self, qids: Iterable[str], *, max_depth: int = 20
    ) -> dict[str, frozenset[str]]:
        """Nothing: the file has no classes."""
        return {qid: frozenset() for qid in qids}


@dataclass(frozen=True, slots=True)
class Case:
    """One publication with what is right for each of its entities; None where there is none."""

    facts: Facts
    right: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured.

    Attributes:
        entities: how many were to be decided.
        with_item: how many of them have an item.
        accepted: how many were accepted without a person.
        wrong: slug, name, item that was accepted and the right one.
        best_is_right: how many have their item as the best candidate.
    """

    entities: int
    with_item: int
    accepted: int
    wrong: tuple[tuple[str, str, str | None], ...]
    best_is_right: int

    @property
    def precision(self) -> float:
        """The share of what was accepted that is right."""
        return (self.accepted - len(self.wrong)) / self.accepted if self.accepted else 1.0

    @property
    def recall(self) -> float:
        """The share of the entities with an item that were accepted rightly."""
        return (self.accepted - len(self.wrong)) / self.with_item


def read_rows(file: Path) -> dict[str, Row]:
    """The items of a file of tab-separated id, label, description and aliases (between bars)."""
    rows = {}
    with gzip.open(file, "rt", encoding="utf-8", newline="\n") as stream:
        next(stream)
        for line in stream:
            qid, label, description, aliases = line.rstrip("\n").split("\t")
            if qid.startswith("Q") and label:
                rows[qid] = Row(qid, label, description, tuple(filter(None, aliases.split("|"))))
    return rows


@cache
def is_held_out(qid: str) -> bool:
    """Whether an item is of the half that the ranking was not tuned on."""
    return hashlib.sha256(qid.encode()).digest()[0] % 2 == 1


def drawable(rows: Mapping[str, Row], what: Draw) -> list[Row]:
    """The items from which publications are drawn."""
    usual = what.classes is _CLASSES
    return [
        row
        for row in rows.values()
        if is_held_out(row.qid) == what.held_out
        and (usual or (_class(row, what.classes) is not None and _class(row, _CLASSES) is None))
    ]


def draw(drawable: Sequence[Row], what: Draw, seed: int) -> list[Case]:
    """Draw publications.

    Args:
        drawable: the items to draw from.
        what: how many, of which types.
        seed: of the draw.
    """
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    by_theme: dict[str, list[Row]] = {}
    for row in drawable:
        if found := _THEME.search(row.description):
            by_theme.setdefault(found.group(1), []).append(row)
    themes = sorted(theme for theme, members in by_theme.items() if len(members) >= what.size)
    everything = [row for row in drawable if row.description and len(row.label) > 2]
    cases = []
    for number in range(what.publications):
        theme = chance.choice(themes) if number % 2 and themes else None
        members = everything if theme is None else by_theme[theme]
        cases.append(_case(chance, chance.sample(members, what.size), theme, what.classes))
    return cases


def _case(
    chance: random.Random,
    drawn: Sequence[Row],
    theme: str | None,
    classes: Sequence[tuple[str, str]],
) -> Case:
    entities: dict[str, Entity] = {}
    right: dict[str, str | None] = {}
    if theme is not None:
        entities["theme"] = Entity(
            "theme", REL_NS + "Place", {"en": theme}, link=Link(None, reason="the theme")
        )
    for number, row in enumerate(drawn):
        slug = f"e{number}"
        entities[slug] = Entity(
            slug, REL_NS + (_class(row, classes) or "Topic"), {"en": _name(chance, row)}
        )
        right[slug] = None if chance.random() < 0.25 else row.qid
    publication = Publication(
        "https://example.org/", {"en": "x"}, "https://example.org/l", Publisher("x")
    )
    facts = Facts(publication, Document("", "", "en", ""), entities, [])
    return Case(
        facts,
        right
        | {
            f"hidden:{row.qid}": None
            for row, slug in zip(drawn, right, strict=True)
            if right[slug] is None
        },
    )


def _class(row: Row, classes: Sequence[tuple[str, str]]) -> str | None:
    return next(
        (
            name
            for name, pattern in classes
            if re.search(pattern, row.description, re.IGNORECASE) is not None
        ),
        None,
    )


def _name(chance: random.Random, row: Row) -> str:
    kind = chance.random()
    aliases = [alias for alias in row.aliases if len(alias) > 4]
    if kind < 0.2 and aliases:
        return chance.choice(aliases)
    if kind < 0.3:
        apart = unicodedata.normalize("NFKD", row.label)
        return "".join(c for c in apart if not unicodedata.combining(c)).replace("-", " ")
    return row.label


def measure(source: LabelSource, cases: Sequence[Case], threshold: float = THRESHOLD) -> Result:
    """Decide all entities and compare with what is right."""
    entities = with_item = accepted = best_is_right = 0
    wrong: list[tuple[str, str, str | None]] = []
    for case in cases:
        source.hidden = set(_hidden(case))
        slugs = [slug for slug in case.right if not slug.startswith("hidden:")]
        proposals = propose(
            case.facts,
            load_vocabulary(),
            source,
            [case.facts.entities[slug] for slug in slugs],
            date=DATE,
        )
        for proposal in proposals:
            expected = case.right[proposal.entity.slug]
            entities += 1
            with_item += expected is not None
            if proposal.ranked and proposal.ranked[0].item.qid == expected:
                best_is_right += 1
            best = proposal.verdict(threshold).accepted
            if best is not None:
                accepted += 1
                if best.item.qid != expected:
                    wrong.append((proposal.entity.label, best.item.qid, expected))
    return Result(entities, with_item, accepted, tuple(wrong), best_is_right)


def _hidden(case: Case) -> Iterator[str]:
    return (slug.partition(":")[2] for slug in case.right if slug.startswith("hidden:"))


def run(name: str, seeds: Iterable[int] | None = None) -> dict[str, Any]:
    """Measure one kind of draw, all its seeds together.

    Args:
        name: a key of `DRAWS`.
        seeds: those of the draw where None.

    Returns:
        The figures as plain data; the same on every machine.
    """
    rows = read_rows(LABELS)
    source, what = LabelSource(rows), DRAWS[name]
    used = list(what.seeds if seeds is None else seeds)
    members = drawable(rows, what)
    results = [measure(source, draw(members, what, seed)) for seed in used]
    total = Result(
        sum(one.entities for one in results),
        sum(one.with_item for one in results),
        sum(one.accepted for one in results),
        tuple(wrong for one in results for wrong in one.wrong),
        sum(one.best_is_right for one in results),
    )
    return {
        "seeds": used,
        "entities": total.entities,
        "withItem": total.with_item,
        "accepted": total.accepted,
        "wrong": len(total.wrong),
        "precision": round(total.precision, 4),
        "lowestPrecisionOfADraw": round(min(one.precision for one in results), 4),
        "recall": round(total.recall, 4),
        "bestIsRight": round(total.best_is_right / total.with_item, 4),
        "wrongOnes": [list(wrong) for wrong in total.wrong],
    }


def report() -> dict[str, Any]:
    """All figures, by the name of the draw."""
    return {"threshold": THRESHOLD, "draws": {name: run(name) for name in DRAWS}}


def table(figures: Mapping[str, Any]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| draw | seeds | entities | with an item | accepted | wrong | precision | recall |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, one in figures["draws"].items():
        seeds = f"{one['seeds'][0]} to {one['seeds'][-1]}"
        lines.append(
            f"| {name} | {seeds} | {one['entities']:,} | {one['withItem']:,} | "
            f"{one['accepted']:,} | {one['wrong']} | {one['precision']:.4f} | {one['recall']:.4f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, write the results, and print them as a table."""
    argparse.ArgumentParser(prog="benchmarks.linking", description=__doc__).parse_args()
    figures = report()
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(table(figures), end="")


if __name__ == "__main__":
    main()
