"""Watches the source of the pages: builds anew on each save, and tells the pages."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.diagnostics import Finding, Severity
from lod.errors import LodError
from lod.server.data import site_base, site_data
from lod.server.query_pool import QueryPool
from lod.server.site_pages import SitePages

if TYPE_CHECKING:
    from lod.server.app import Services

_ALIVE_SECONDS = 15
_MOST_FINDINGS = 200
#: Folders that a build writes itself.
_OWN = {"dist", "site", ".git", "__pycache__", "node_modules"}


class Watcher:
    """Keeps the pages as their source is.

    Args:
        source: the publication or corpus.
        folder: the site that is served first.
        scratch: a folder for the sites that follow.
        build: builds the site of a source into a folder; gives the findings and the base.
        base: at which the site stands, or None for that of the data.
        services: the server.

    Attributes:
        version: counts the builds that are served.
        findings: of the last save; none where it is served.
    """

    def __init__(
        self,
        source: Path,
        folder: Path,
        scratch: Path,
        build: Callable[[Path, Path, str | None], tuple[list[Finding], str]],
        base: str | None,
        services: Services,
    ) -> None:
        self.version = 1
        self.findings: list[dict[str, Any]] = []
        self._source = source
        self._folder = folder
        self._scratch = scratch
        self._build = build
        self._base = base
        self._services = services
        self._told = asyncio.Condition()
        self._states = 0

    async def run(self) -> None:
        """Watch until cancelled."""
        from watchfiles import awatch

        root = self._source if self._source.is_dir() else self._source.parent
        own = root.resolve()

        def is_source(_: object, path: str) -> bool:
            try:
                parts = Path(path).resolve().relative_to(own).parts
            except ValueError:
                return False
            return bool(parts) and not (_OWN & set(parts[:-1])) and not parts[-1].startswith(".")

        async for _ in awatch(own, watch_filter=is_source, stop_event=self._services.stopping):
            await self.rebuild()

    async def rebuild(self) -> None:
        """Build the source; serve it where it has no errors, else show these."""
        self._states += 1
        folder = self._scratch / f"site-{self._states}"
        try:
            findings, found_base = await asyncio.to_thread(
                self._build, self._source, folder, self._base
            )
            is_built = folder.is_dir()
            if is_built:
                await self._serve(folder, found_base)
        except LodError as error:
            is_built = False
            findings = [
                Finding("unreadable", Severity.ERROR, error.message, error.hint),
            ]
        except Exception as error:  # the next save may be fine: go on watching
            is_built = False
            kind = type(error).__name__
            said = f"It cannot be built: {kind}."
            findings = [Finding("unreadable", Severity.ERROR, said, "lod check DIR says more")]
            self._services.log.write("failed", detail=f"{kind}: {error}")
        if is_built:
            self.version += 1
            self.findings = []
        else:
            self.findings = [self._shown(finding) for finding in findings[:_MOST_FINDINGS]]
        self._services.log.write(
            "rebuilt" if is_built else "broken", version=self.version, findings=len(findings)
        )
        async with self._told:
            self._told.notify_all()

    async def _serve(self, folder: Path, found_base: str) -> None:
        scratch = self._scratch / f"data-{self._states}"
        backend = self._services.backend
        modified = time.time()
        base = self._base or found_base
        if isinstance(backend, QueryPool):
            data = await asyncio.to_thread(site_data, folder, scratch)
            await backend.replace(data.pool)
            base = base or site_base(folder, data.bases)
        old, self._folder = self._folder, folder
        self._services.pages = SitePages(folder, base)
        self._services.modified = modified
        # Requests that run have opened what they need; the folder itself may go.
        await asyncio.to_thread(_remove, old)

    def _shown(self, finding: Finding) -> dict[str, Any]:
        """A finding for a page: no folder of this machine is told."""
        data = finding.as_dict()
        if "file" in data:
            data["file"] = Path(data["file"]).name
        for name in ("message", "hint"):
            for folder in {str(self._source.absolute()), str(self._source.resolve())}:
                if isinstance(data.get(name), str):
                    data[name] = data[name].replace(folder, self._source.name)
        return data

    def _state(self) -> bytes:
        data = json.dumps({"version": self.version, "findings": self.findings})
        return f"event: state\ndata: {data}\n\n".encode()

    async def events(self) -> AsyncIterator[bytes]:
        """The state of the build, now and after each save."""
        stopping = self._services.stopping
        yield self._state()
        while not stopping.is_set():
            told = asyncio.ensure_future(self._wait())
            stop = asyncio.ensure_future(stopping.wait())
            done, _ = await asyncio.wait(
                {told, stop}, timeout=_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            for one in (told, stop):
                one.cancel()
            if stopping.is_set():
                return
            yield self._state() if told in done else b": still here\n\n"

    async def _wait(self) -> None:
        async with self._told:
            await self._told.wait()


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
