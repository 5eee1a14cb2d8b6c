"""The publication whose text is edited in tests."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("fates.toml").read_text("utf-8"))
TEXT: str = TABLE["text"].lstrip("\n")
FACTS: str = TABLE["facts"].lstrip("\n")


def write(folder: Path, *, line_end: str = "\n") -> Path:
    """The publication in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.txt").write_bytes(TEXT.encode())
    (folder / "facts.yaml").write_bytes(FACTS.replace("\n", line_end).encode())
    return folder


def edited(case: dict[str, Any]) -> str:
    """The text of a case."""
    text = TEXT
    for before, after in case.get("replace", []):
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    if "move" in case:
        paragraphs = text.rstrip("\n").split("\n\n")
        first, to = case["move"]
        paragraphs.insert(to, paragraphs.pop(first))
        text = "\n\n".join(paragraphs) + "\n"
    return text
