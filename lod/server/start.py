"""Puts a server together: data, pages, queries, and what watches them."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TextIO

from msgspec import Struct

from lod.diagnostics import Finding, Severity
from lod.errors import FindingsError, InputError
from lod.pages.interface import Words
from lod.rdf.iri import iri_problem
from lod.server.data import (
    Kind,
    ServedData,
    kind_of,
    served_data,
    site_base,
    site_language,
)
from lod.server.pages import SitePages
from lod.server.pool import QueryPool
from lod.server.remote import RemoteStore
from lod.server.run import address_of, serve
from lod.server.scratch import scratch_folder
from lod.server.services import Backend, Services
from lod.server.settings import Settings
from lod.server.store_pages import StorePages
from lod.server.telemetry import RequestLog
from lod.server.watching import Generations, Watcher

#: Builds the site of a source into a folder; gives the findings and the base of the site.
Builder = Callable[[Path, Path, str | None], tuple[list[Finding], str]]


class Serving(Struct, frozen=True):
    """What is said once a server answers.

    Attributes:
        address: of its root.
        what: what is served, in words.
        base: the IRI that the root stands for, or "".
        endpoint: the store that is asked, or None.
        watch: whether the source is watched.
        errors: why publications of a corpus are not served.
    """

    address: str
    what: str
    base: str
    endpoint: str | None
    watch: bool
    errors: Sequence[Finding] = ()

    def as_dict(self) -> dict[str, Any]:
        """The same as plain JSON data."""
        return {
            "address": self.address,
            "sparql": f"{self.address}sparql",
            "graphs": f"{self.address}graph-store",
            "serving": self.what,
            "base": self.base or None,
            "endpoint": self.endpoint,
            "watch": self.watch,
            "errors": [error.as_dict() for error in self.errors],
        }


def start(
    target: Path | None,
    listening: socket.socket,
    settings: Settings,
    *,
    build: Builder,
    endpoint: str | None = None,
    base: str | None = None,
    watch: bool = False,
    log: TextIO | None = None,
    told: Callable[[Serving], None] | None = None,
) -> None:
    """Serve until the process is told to stop.

    Args:
        target: a publication, corpus, site or store; None where only an endpoint is served.
        listening: the socket.
        settings: numbers and limits.
        build: builds the site of a publication or corpus.
        endpoint: IRI of the SPARQL store that is asked, or None.
        base: the IRI that the root stands for; None finds it in the data.
        watch: whether to build anew on each save.
        log: where the log goes, or None.
        told: called once the server answers.

    Raises:
        InputError: the target cannot be served, an IRI is malformed, or the language is none
            of ours.
        FindingsError: the publication has errors.
        MissingExtraError: a package is missing.
    """
    for name, iri in (("--endpoint", endpoint), ("--base", base)):
        if iri is not None and (wrong := iri_problem(iri)) is not None:
            raise InputError(f"{name} {iri} {wrong}")
    if settings.language is not None:
        Words(settings.language)  # before anything is built
    kind = None if target is None else kind_of(target)
    if watch and kind != "source":
        raise InputError(
            "--watch needs a publication or a corpus, whose files are saved.",
            hint="name its folder",
        )
    with scratch_folder() as scratch:
        services, errors = _services(
            target, kind, scratch, settings, RequestLog(log), build, endpoint, base, watch
        )
        what = "the store" if target is None else str(target)

        def started() -> None:
            if told is not None:
                address, found = address_of(listening), services.pages.base
                told(Serving(address, what, found, endpoint, watch, errors))

        serve(services, listening, started)


def _services(
    target: Path | None,
    kind: Kind | None,
    scratch: Path,
    settings: Settings,
    log: RequestLog,
    build: Builder,
    endpoint: str | None,
    base: str | None,
    watch: bool,
) -> tuple[Services, list[Finding]]:
    """What serves, and the errors of what could not be built."""
    folder = target if kind == "site" else None
    found_base = ""
    findings: list[Finding] = []
    if target is not None and kind == "source":
        folder = scratch / "site"
        findings, found_base = build(target, folder, base)
        if not folder.is_dir():
            raise FindingsError(
                f"{target}: there are errors, so that nothing can be served",
                findings,
                hint=f"lod check {target} shows them",
            )
    data: ServedData | None = None
    backend: Backend
    if endpoint is not None:
        backend = RemoteStore(endpoint, settings)
    else:
        data = served_data(target, kind, folder, scratch)
        backend = QueryPool(data.pool, settings)
    if folder is None:
        pages = StorePages(backend, base or (data.base if data else ""))
        services = Services(pages, backend, settings, log, union=endpoint is None)
        services.hooks.append(pages.prepare)
    else:
        found_base = base or found_base or site_base(folder, data.bases if data else ())
        site = SitePages(folder, found_base, settings.framing)
        services = Services(site, backend, settings, log, union=endpoint is None)
    services.words = Words(settings.language or site_language(folder))
    services.modified = data.modified if data else None
    if target is not None and kind != "source" and isinstance(backend, QueryPool):
        services.hooks.append(Generations(target, kind, scratch, base, services).run)
    if watch and target is not None and folder is not None:
        watcher = Watcher(target, folder, scratch, build, base, services)
        services.watch = watcher
        services.hooks.append(watcher.run)
    return services, [one for one in findings if one.severity is Severity.ERROR]
