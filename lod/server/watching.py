"""Keeps what is served as it is on disk.

The source of the pages is built anew on each save, and the pages are told. Another generation of a
site, a corpus or a store takes the place of the one that is served.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import signal
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.diagnostics import Finding, Severity
from lod.errors import LodError
from lod.server.data import Kind, served_data, sign_of, site_base, site_data
from lod.server.pages import SitePages
from lod.server.pool import QueryPool
from lod.server.store_pages import StorePages

if TYPE_CHECKING:
    from lod.server.services import Services

_ALIVE_SECONDS = 15
#: Seconds between two looks. What changed is served once two looks find the same.
_PAUSE = 1.0
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
        self._changed = asyncio.Event()
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
        self._changed.set()
        self._changed = asyncio.Event()

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
        self._services.pages = SitePages(folder, base, self._services.settings.framing)
        self._services.modified = modified
        # Requests that run have opened what they need; the folder itself may go.
        await asyncio.to_thread(shutil.rmtree, old, ignore_errors=True)

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
        changed = self._changed
        yield self._state()
        while not stopping.is_set():
            waits = [asyncio.ensure_future(event.wait()) for event in (changed, stopping)]
            await asyncio.wait(waits, timeout=_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for wait in waits:
                wait.cancel()
            if changed.is_set() and not stopping.is_set():
                changed = self._changed
                yield self._state()
            elif not stopping.is_set():
                yield b": still here\n\n"


class Generations:
    """Looks for another generation, and serves it: its pages, queries and validators together.

    `lod site`, `lod build` and `lod load` put what they made in place as one step. SIGHUP looks at
    once, and reads the data anew in any case.

    Args:
        target: the site, the output of a corpus build, or the store.
        kind: which of them.
        scratch: a folder for what is made of the data.
        base: at which the site stands, or None for that of the data.
        services: the server.
    """

    def __init__(
        self,
        target: Path,
        kind: Kind | None,
        scratch: Path,
        base: str | None,
        services: Services,
    ) -> None:
        self._target = target
        self._kind = kind
        self._scratch = scratch
        self._base = base
        self._services = services
        self._served = sign_of(target, kind)
        self._seen = self._served
        self._number = 0
        self._folder: Path | None = None

    async def run(self) -> None:
        """Look until cancelled."""
        asked = asyncio.Event()
        if hasattr(signal, "SIGHUP"):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asked.wait(), _PAUSE)
            sign = await asyncio.to_thread(sign_of, self._target, self._kind)
            is_new = sign not in (self._served, ()) and sign == self._seen
            self._seen = sign
            if asked.is_set() or is_new:
                asked.clear()
                self._served = sign
                await self._switch()

    async def _switch(self) -> None:
        log = self._services.log
        self._number += 1
        scratch: Path | None = self._scratch / f"generation-{self._number}"
        try:
            await self._serve(self._scratch / f"generation-{self._number}")
        except LodError as error:
            log.write("broken", detail=error.message)
        except Exception as error:  # the next generation may be fine: the old one is served on
            log.write("failed", detail=f"{type(error).__name__}: {error}")
        else:
            log.write("switched", version=self._number + 1)
            scratch, self._folder = self._folder, scratch
        if scratch is not None:
            await asyncio.to_thread(shutil.rmtree, scratch, ignore_errors=True)

    async def _serve(self, scratch: Path) -> None:
        await asyncio.to_thread(scratch.mkdir)
        folder = self._target if self._kind == "site" else None
        data = await asyncio.to_thread(served_data, self._target, self._kind, folder, scratch)
        services, backend = self._services, self._services.backend
        assert isinstance(backend, QueryPool)  # noqa: S101 - made for no other
        pages: SitePages | StorePages
        if folder is None:
            pages = StorePages(backend, self._base or data.base)
        else:
            found = self._base or site_base(folder, data.bases)
            pages = SitePages(folder, found, services.settings.framing)
        await backend.replace(data.pool)
        if isinstance(pages, StorePages):
            await pages.prepare()
        services.pages, services.modified = pages, data.modified
