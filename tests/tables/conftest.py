"""The publications that are written as tables."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CONFORMING = ROOT / "tests" / "publications" / "conforming"
PUBLICATIONS = [
    "example",
    "ten-facts",
    *sorted(path.name for path in _CONFORMING.iterdir() if path.suffix != ".ttl"),
]


def folder_of(name: str, target: Path) -> Path:
    """A copy of a publication, as a folder."""
    if name == "example":
        ignored = shutil.ignore_patterns("dist")
        shutil.copytree(ROOT / "examples" / "russia-kazakhstan", target, ignore=ignored)
    elif name == "ten-facts":
        shutil.copytree(ROOT / "tests" / "publications" / name, target)
    else:
        target.mkdir()
        for path in _CONFORMING.glob("*.ttl"):
            shutil.copy(path, target)
        source = _CONFORMING / name
        shutil.copy(source, target / f"facts{source.suffix}")
    return target
