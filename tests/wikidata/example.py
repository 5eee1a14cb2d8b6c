"""Locks the example against the local Wikibase: `python -m tests.wikidata.example`.

There is no revision of the items that are known by their names alone, and their names are those of
about 2021, which is the date that the lock gives them.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from lod.cli.run import run
from lod.facts.load import load_folder
from tests.wikidata.entities import real_entities, real_labels
from tests.wikidata.wikibase import LocalWikibase

EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"

#: Items of the example of which only id and name are known.
NAMES = {
    "Q4173083": "Eurasian Economic Union",
    "Q911": "Ufa",
    "Q900": "Kazan",
    "Q491123": "Kyzylorda",
    "Q486545": "Taraz",
    "Q848638": "Turkistan",
    "Q177477": "Baikonur Cosmodrome",
    "Q22656": "petroleum",
    "Q1098": "uranium",
    "Q2354571": "economy of Kazakhstan",
    "Q862571": "petroleum industry",
    "Q3312693": "international security",
}
_OF_NAMES = "2021-01-01"
#: Entities whose items were looked up on another day: the one that was recorded whole, with the day
#: of its revision, and those whose names were verified last.
_RECORDED = {
    "putin": "2026-04-21",
    "economy-of-kazakhstan": "2026-11-29",
    "oil-and-gas": "2026-11-29",
    "global-security": "2026-11-29",
}


def serve_example(local: LocalWikibase) -> None:
    """Make a local Wikibase serve what is known of the example's items, and nothing invented."""
    for qid, name in NAMES.items():
        local.entities.add(qid, {"en": name})
        local.entities.changed[qid]["lastrevid"] = 0
    for qid in _linked() & real_labels().keys() - real_entities().keys():
        local.entities.edit(qid)["lastrevid"] = 0
    local.entities.edit("Q189266")["lastrevid"] = 0  # from a dump, which has no revisions


def _linked() -> frozenset[str]:
    facts = load_folder(EXAMPLE, check_lock=False).facts
    assert facts is not None
    entities = facts.entities.values()
    return frozenset(e.link.qid for e in entities if e.link is not None and e.link.qid is not None)


def lock(folder: Path, local: LocalWikibase, cache: Path) -> int:
    """Lock a copy of the example through the command; its last exit code."""
    common = ["link", str(folder), "--update", "--wikibase", local.api, "--cache", str(cache)]
    for slug, day in _RECORDED.items():
        # What is locked already and has not changed keeps its date in the second run.
        run([*common, "--entity", slug, "--date", day])
    return run([*common, "--date", _OF_NAMES])


def main() -> None:
    """Lock the example anew."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    (EXAMPLE / "wikidata.lock").unlink(missing_ok=True)
    with LocalWikibase() as local, tempfile.TemporaryDirectory() as cache:
        serve_example(local)
        lock(EXAMPLE, local, Path(cache))


if __name__ == "__main__":
    main()
