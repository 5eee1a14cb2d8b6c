"""Small publications and Wikibase statements to compare them with."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lod.publication import Publication, load
from lod.wikidata.compare import Compared, compare
from lod.wikidata.contribute import Contributions, contribute
from lod.wikidata.statements import Snapshot, snapshot_of

_WORDS = re.compile(r"(?:quantity|share|change): ([^}\n]*)")
RECORDED = Path(__file__).parent / "statements" / "recorded.json"

HEAD = """\
publication:
  base: https://data.example.org/small/
  title: A small text
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk}
  modified: 2024-12-02
document:
  text: text.txt
  language: en
  published: 2024-11-27
"""
IRI = "  iri: https://news.example.org/a\n"
ENTITIES = """\
entities:
  kazakhstan: {type: Country, label: Kazakhstan, wikidata: Q232}
  russia: {type: Country, label: Russia, wikidata: Q159}
  csto: {type: InternationalOrganization, label: CSTO, wikidata: Q318693}
  cis: {type: InternationalOrganization, label: CIS, wikidata: Q7779}
  astana: {type: City, label: Astana, wikidata: Q1520}
  moscow: {type: City, label: Moscow, wikidata: Q649}
  putin: {type: Person, label: Putin, wikidata: Q7747}
  spouse: {type: Person, label: spouse, wikidata: Q1}
  office: {type: Office, label: President, wikidata: Q218295}
  university: {type: University, label: MGIMO, wikidata: Q322964}
  summit: {type: Event, label: summit, wikidata: Q189266}
  ministry: {type: GovernmentBody, label: ministry, wikidata: {none: not verified}}
  relatives: {type: Organization, label: relatives, wikidata: {close: Q783794}}
"""


def publication(folder: Path, *claims: str, head: str = HEAD + IRI) -> Publication:
    """A publication of claims, each given as the lines of its entry after `id` and `quote`.

    The text is one sentence for each claim, which is also its quote: it names the claim by a
    letter, and has the words of its quantity, share or change.
    """
    quotes = [
        f"Statement {letter} says so{''.join(f': {words}' for words in _WORDS.findall(claim))}."
        for letter, claim in zip("abcdefgh", claims, strict=False)
    ]
    entries = [
        "\n    ".join([f"  - id: c{number}", f"quote: '{quote}'", *claim.strip().splitlines()])
        for number, (quote, claim) in enumerate(zip(quotes, claims, strict=True), 1)
    ]
    folder.mkdir(exist_ok=True)
    (folder / "text.txt").write_text(" ".join(quotes) + "\n", "utf-8")
    body = "\n".join([head + ENTITIES + "claims:", *entries]) + "\n"
    (folder / "facts.yaml").write_text(body, "utf-8")
    loaded = load(folder)
    assert loaded.facts is not None, [f.message for f in loaded.findings if f.severity == "error"]
    return loaded


def item(qid: str) -> dict[str, Any]:
    """A value that is an item."""
    data = {"entity-type": "item", "numeric-id": int(qid[1:]), "id": qid}
    return {"value": data, "type": "wikibase-entityid"}


def quantity(amount: str, unit: str = "1", **bounds: str) -> dict[str, Any]:
    """A value that is a quantity."""
    return {"value": {"amount": amount, "unit": unit, **bounds}, "type": "quantity"}


def time(text: str, precision: int) -> dict[str, Any]:
    """A value that is a time, given as `2023-00-00`."""
    data = {
        "time": f"+{text}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    return {"value": data, "type": "time"}


def url(text: str) -> dict[str, Any]:
    """A value that is a URL."""
    return {"value": text, "type": "string"}


def snak(pid: str, value: dict[str, Any] | str) -> dict[str, Any]:
    """A snak; a string is the kind of one without value."""
    if isinstance(value, str):
        return {"snaktype": value, "property": pid}
    return {"snaktype": "value", "property": pid, "datavalue": value}


def statement(
    pid: str,
    value: dict[str, Any] | str,
    *,
    rank: str = "normal",
    qualifiers: Sequence[tuple[str, dict[str, Any]]] = (),
    references: Sequence[Sequence[tuple[str, dict[str, Any]]]] = (),
    id_: str = "Q1$1",
) -> dict[str, Any]:
    """A statement as the API gives it."""
    result: dict[str, Any] = {
        "mainsnak": snak(pid, value),
        "type": "statement",
        "id": id_,
        "rank": rank,
    }
    if qualifiers:
        result["qualifiers"] = {one: [snak(one, data)] for one, data in qualifiers}
    if references:
        result["references"] = [
            {
                "snaks": {one: [snak(one, data)] for one, data in reference},
                "snaks-order": [one for one, _ in reference],
            }
            for reference in references
        ]
    return result


SOURCE = [[("P854", url("https://example.org/source"))]]
IMPORT = [[("P143", item("Q206855"))]]


def entities(**claims: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entities by QID, each with its statements; those of the small publications are all there."""
    known = "Q232 Q159 Q318693 Q7779 Q1520 Q649 Q7747 Q218295 Q322964 Q189266".split()
    result: dict[str, dict[str, Any]] = {
        qid: {"type": "item", "id": qid, "lastrevid": 7, "labels": {}, "claims": {}}
        for qid in known
    }
    for qid, statements in claims.items():
        by_property: dict[str, list[dict[str, Any]]] = {}
        for one in statements:
            by_property.setdefault(one["mainsnak"]["property"], []).append(one)
        result[qid] = {**result.get(qid, {"id": qid}), "claims": by_property}
    return result


def recorded() -> dict[str, dict[str, Any]]:
    """Real statements of Q7747 and Q34266, beside the items of the small publications."""
    data: dict[str, dict[str, Any]] = json.loads(RECORDED.read_text("utf-8"))["entities"]
    return {**entities(), **data}


def compared(loaded: Publication, known: dict[str, dict[str, Any]]) -> list[Compared]:
    """The comparison of a publication with entities."""
    return compare(loaded.require_facts(), loaded.vocabulary, snapshot_of(known))


def given(loaded: Publication, known: dict[str, dict[str, Any]]) -> tuple[Contributions, Snapshot]:
    """What a publication has to give to entities, and the snapshot of these."""
    snapshot = snapshot_of(known)
    facts = loaded.require_facts()
    found = compare(facts, loaded.vocabulary, snapshot)
    return contribute(facts, loaded.vocabulary, found, snapshot), snapshot
