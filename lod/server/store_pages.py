"""Pages made from what a store says, for stores that have no folder of pages."""

from __future__ import annotations

import asyncio
from html import escape
from urllib.parse import quote, unquote

from lod.dataset.dataset import Dataset
from lod.dataset.serialize import serialize
from lod.iri import iri_problem
from lod.namespaces import PREFIXES
from lod.server.media import BY_EXTENSION, EXTENSIONS, HTML, JSONLD, NT, TTL
from lod.server.negotiation import Offer
from lod.server.pages import Thing
from lod.server.reply import Reply, problem
from lod.server.resource import BackendError, Value, find_resource, is_known, rows_of
from lod.server.resource_page import POLICY, page, resource_page
from lod.server.site_pages import claim_part
from lod.server.sparql import STATUS, Backend

#: In which forms a thing is described, the favourite first.
OFFERS = (HTML, TTL, JSONLD, NT)
_BY_EXTENSION = {extension: one for extension, one in BY_EXTENSION.items() if one in OFFERS}
_MOST_DOCUMENTS = 500
_IN_PATH = "/-._~!$&'()*+,;=:@%"
_DOCUMENT = "https://w3id.org/lod-facts/relations#Document"
_DOCUMENTS = f"""SELECT DISTINCT ?document ?title {{
  {{ GRAPH ?g {{ ?document a <{_DOCUMENT}> . OPTIONAL {{ ?document rdfs:label ?label }}
    OPTIONAL {{ ?document schema:name ?name }} }} }}
  UNION {{ ?document a <{_DOCUMENT}> . OPTIONAL {{ ?document rdfs:label ?label }}
    OPTIONAL {{ ?document schema:name ?name }} }}
  BIND(COALESCE(?name, ?label) AS ?title)
}} ORDER BY ?document LIMIT {_MOST_DOCUMENTS}"""
_BASES = f"""SELECT DISTINCT ?document {{
  {{ GRAPH ?g {{ ?document a <{_DOCUMENT}> }} }} UNION {{ ?document a <{_DOCUMENT}> }}
}} LIMIT {_MOST_DOCUMENTS}"""


class StorePages:
    """Descriptions of the things in a store.

    Args:
        backend: runs the queries.
        base: the IRI that the root of the server stands for; "" finds out what the documents in
            the store have in common.
    """

    def __init__(self, backend: Backend, base: str = "") -> None:
        self._backend = backend
        self.base = base
        self._has_base = bool(base)

    async def prepare(self) -> None:
        """Find out the base, where none was given."""
        if self._has_base:
            return
        try:
            rows = await rows_of(_BASES, self._backend)
        except BackendError:
            return  # asked again with the next page
        self.base = common_base([row["document"].text for row in rows])
        self._has_base = True

    async def find(self, path: str) -> Thing | Reply | None:
        """What stands at a path."""
        await self.prepare()
        try:
            if path in ("", "index.html"):
                return await self._start()
            if path.startswith("resource/"):
                return await self._elsewhere(path.removeprefix("resource/"))
            return await self._below_base(path)
        except BackendError as error:
            status = STATUS.get(error.kind, 500)
            headers = {"Retry-After": "2"} if status == 503 else {}
            said = error.message if error.kind != "failed" else "The data cannot be read."
            return problem(status, said, headers=headers)

    async def missing(self) -> Reply | None:
        """No page of its own."""
        return None

    async def _below_base(self, path: str) -> Thing | Reply | None:
        if not self.base:
            return None
        stem, offer = _split(path)
        if offer is not None:
            reply = await self._describe(self._iris(stem), offer, f"/{stem}")
            if reply is not None:
                return reply
        if not await self._is_known(path):
            return None
        part = claim_part(path)
        if part is not None and await self._is_known(part[0]):
            return Thing(part[0], OFFERS, path.removeprefix(f"{part[0]}/").replace("/", "-"))
        # What the claims of a list share is below none of them: it is a document of its own.
        return Thing(path, OFFERS)

    async def _is_known(self, path: str) -> bool:
        for iri in self._iris(path):
            if await is_known(iri, self._backend):
                return True
        return False

    async def _elsewhere(self, path: str) -> Thing | Reply | None:
        """A thing whose IRI is not below the base, by its whole IRI."""
        stem, offer = _split(path)
        iri = unquote(stem if offer else path)
        if iri_problem(iri) is not None:
            return None
        if offer is not None:
            return await self._describe([iri], offer, f"/resource/{stem}")
        if await is_known(iri, self._backend):
            return Thing(f"resource/{path}", OFFERS)
        return None

    def _iris(self, path: str) -> list[str]:
        """The IRIs that a path may stand for: as it came, and decoded."""
        try:
            return list(
                dict.fromkeys((self.base + path, self.base + unquote(path, errors="strict")))
            )
        except UnicodeDecodeError:
            return [self.base + path]

    async def _describe(self, iris: list[str], offer: Offer, stem: str) -> Reply | None:
        for iri in iris:
            resource = await find_resource(iri, self._backend)
            if resource is None:
                continue
            others = [
                (one.label, one.media_type, f"{stem}{EXTENSIONS[one.name]}")
                for one in OFFERS
                if one is not offer
            ]
            link = ", ".join(
                f'<{place}>; rel="alternate"; type="{kind}"' for _, kind, place in others
            )
            if offer is HTML:
                body = resource_page(resource, self._address, others)
                reply = Reply(200, body, HTML.content_type())
                reply.headers["Content-Security-Policy"] = POLICY
            else:
                dataset = Dataset(self.base, resource.n_triples(), {}, PREFIXES)
                text = await asyncio.to_thread(serialize, dataset, offer.name)
                reply = Reply(200, text.encode(), offer.content_type())
            reply.headers["Link"] = link
            return reply
        return None

    def _address(self, iri: str) -> str | None:
        """Where an IRI is linked to: here where it is ours, else where it leads on the web."""
        if self.base and iri.startswith(self.base):
            return "/" + quote(iri[len(self.base) :], safe=_IN_PATH)
        return iri if iri.startswith(("http://", "https://")) else None

    async def _start(self) -> Reply:
        """The page of the root: the documents in the store."""
        rows = await rows_of(_DOCUMENTS, self._backend)
        titles: dict[str, Value] = {}
        for row in rows:
            titles.setdefault(row["document"].text, row.get("title", row["document"]))
        items = "".join(
            f'<li><a href="{escape(self._address(iri) or iri)}" '
            f'dir="auto">{escape(title.text)}</a></li>\n'
            for iri, title in titles.items()
        )
        content = (
            f"<h1>Documents</h1>\n<ul>\n{items}</ul>\n"
            if items
            else "<h1>Documents</h1>\n<p>The store holds no documents.</p>\n"
        )
        reply = Reply(200, page("Documents", content), HTML.content_type())
        reply.headers["Content-Security-Policy"] = POLICY
        return reply


def _split(path: str) -> tuple[str, Offer | None]:
    """A path without its extension, and the form that the extension stands for."""
    for extension, offer in _BY_EXTENSION.items():
        if path.endswith(extension):
            return path.removesuffix(extension), offer
    return path, None


def common_base(documents: list[str]) -> str:
    """What the IRIs of documents begin with, up to a slash; "" where they share no host.

    >>> common_base(["https://e.org/a/document"])
    'https://e.org/a/'
    >>> common_base(["https://e.org/x/1/document", "https://e.org/x/2/document"])
    'https://e.org/x/'
    >>> common_base(["https://a.org/document", "https://b.org/document"])
    ''
    """
    bases = [iri.rpartition("/")[0] + "/" for iri in documents]
    if not bases:
        return ""
    first, last = min(bases), max(bases)
    length = next(
        (at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(last)),
    )
    common = first[: first.rfind("/", 0, length) + 1]
    return common if common.count("/") >= 3 else ""
