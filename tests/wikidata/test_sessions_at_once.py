"""Several who decide links of one publication at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lod.links.lock import Decision, Lock, LockedItem, lock_file, read_lock
from lod.namespaces import WIKIDATA_NS
from lod.store import together
from lod.wikidata.linking import open_linking


def test_two_sessions_and_an_update_lose_no_decision(
    facts: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each has read before the others wrote: all that was decided is there in the end."""
    file = facts(ufa="{type: City, label: Ufa}", kazan="{type: City, label: Kazan}")
    one, two, update = (open_linking(file, WIKIDATA_NS) for _ in range(3))
    real = together.replace_together
    edited: list[int] = []

    def edits_first(*args: Any, **named: Any) -> None:
        """Somebody edits the facts in the moment before the first decision is written."""
        if not edited:
            edited.append(file.write_text(file.read_text("utf-8") + "# a note\n", "utf-8"))
        real(*args, **named)

    monkeypatch.setattr("lod.wikidata.linking.replace_together", edits_first)
    one.accept("ufa", LockedItem("Q911", {"en": "Ufa"}), Decision("Rita", "it is", 0.9))
    two.accept("kazan", LockedItem("Q649", {"en": "Kazan"}), Decision("Otto", "it is", 0.8))
    update.save_lock(Lock({}, WIKIDATA_NS))
    text = file.read_text("utf-8")
    assert "wikidata: Q911" in text
    assert "wikidata: Q649" in text
    assert text.endswith("# a note\n")
    lock = read_lock(lock_file(file).read_bytes(), "lock")
    assert {qid: list(item.decided) for qid, item in lock.items.items()} == {
        "Q911": ["ufa"],
        "Q649": ["kazan"],
    }
