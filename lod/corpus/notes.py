"""What is known of a shard, in a file of its own: for machines that share nothing but files."""

from __future__ import annotations

import json
import secrets
from dataclasses import astuple
from pathlib import Path
from typing import Any

from lod.corpus.layout import NOTES
from lod.corpus.shards import Entry, Plan, Shard, is_intact


def write_note(shard: Shard, plan: Plan) -> None:
    """Note a shard whose file is complete."""
    folder = plan.out / NOTES
    aside = folder / f".{shard.name}.{secrets.token_hex(4)}.part"
    entries = [[entry.digest.hex(), *astuple(entry)[1:]] for entry in shard.entries]
    data = {
        "size": shard.size,
        "sha256": shard.sha256,
        "written": (plan.shards / shard.name).stat().st_mtime_ns,
        "entries": entries,
    }
    aside.write_text(json.dumps(data), "utf-8")
    aside.replace(_file(folder, shard.name))


def read_note(name: str, plan: Plan, built: int = 0) -> Shard | None:
    """The shard of a name, or None where there is none, or its file is not the one any more."""
    try:
        data = json.loads(_file(plan.out / NOTES, name).read_bytes())
        shard = Shard(
            name, data["size"], data["sha256"], [_entry(*row) for row in data["entries"]], built
        )
        written = int(data["written"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return shard if is_intact(plan.shards / name, shard.size, shard.sha256, written) else None


def _entry(digest: str, *rest: Any) -> Entry:
    return Entry(bytes.fromhex(digest), *rest)


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"
