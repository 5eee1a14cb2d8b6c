"""lod publishes the facts of a text as linked open data.

>>> import lod
>>> publication = lod.load("examples/russia-kazakhstan")
>>> len(publication.check())
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lod.version import __version__

if TYPE_CHECKING:
    from lod.publication import Publication, load

__all__ = ["Publication", "__version__", "load"]


def __getattr__(name: str) -> Any:
    # The command imports this package too, and must start before anything heavy is read.
    if name in ("Publication", "load"):
        from lod import publication

        return getattr(publication, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
