"""The page that asks SPARQL of a publication in the browser, and the third-party files for it.

The page runs SPARQL with the WebAssembly build of Oxigraph and edits it with YASQE. Both come from
packages in exactly one version, file by file with its hash. Either the user names a folder that npm
filled, and the files are copied into the site; or a host that serves the packages, and the page
loads them from there and refuses what has another hash. lod itself never fetches them.

YASQE, and not `codemirror-lang-sparql`: it is built as one script with its style sheet, so that no
bundler is needed, and it knows the grammar of SPARQL, so that errors are found while one types.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lod.errors import InputError
from lod.namespaces import LOD_NS, PREFIXES, shrink
from lod.pages.names import link
from lod.pages.texts import preferred, short
from lod.query.named import FOLDER, list_queries
from lod.rdf.iri import iri_problem
from lod.rdf.terms import RDF_TYPE, iri_of
from lod.resources import read
from lod.site.files import PublicationSummary, SiteFile
from lod.site.site import SiteOptions

if TYPE_CHECKING:
    from lod.pages.view import PublicationView
    from lod.site.site import Site
    from lod.site.summaries import Summaries

PAGE = "query.html"
#: Seconds after which the page stops a query, and rows that it shows at most.
SECONDS, ROWS = 60, 2_000
_CHOICE = "data/query-publications.json"
#: Publications that the page of a corpus lists for those who have no script.
_LISTED = 200


def query_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """The query page of one publication; none where no assets were named.

    Args:
        view: the publication.
        site: the site.

    Raises:
        InputError: the assets cannot be used, or a named query cannot be read.
    """
    source = query_source(site.options)
    if source is None:
        return
    page = f"{view.folder}{PAGE}"
    root = "../" * page.count("/")
    folder = view.publication.folder / FOLDER
    queries = list_queries(folder) if folder.is_dir() else []
    content = site.templates.render(
        "query/query.html",
        site,
        page,
        queries=queries,
        title=preferred(view.facts.publication.titles, site.language),
        folder=view.publication.folder.resolve().name,
        setup=_setup(view, site, source, root),
        policy=source.policy,
        **_loaded(source, root, "editor", "style"),
    )
    yield SiteFile(page, content, listed=True)


def whole_query_files(summaries: Summaries, site: Site) -> Iterator[SiteFile]:
    """The assets of the query pages; for several publications, the page that chooses one.

    Args:
        summaries: every publication.
        site: the site.

    Raises:
        InputError: the assets cannot be used.
    """
    source = query_source(site.options)
    if source is None:
        return
    if site.options.query_assets is not None:
        yield from asset_copies(site.options.query_assets)
    if site.several:
        choice = [
            one
            for portion in summaries.made("choice", lambda some: _choices(some, site))
            for one in json.loads(portion)
        ]
        text = json.dumps(choice, ensure_ascii=False, separators=(",", ":"))
        yield SiteFile(_CHOICE, text.encode("utf-8", "surrogatepass"))
        words = site.templates.words.part("query")
        content = site.templates.render(
            "query/choose.html",
            site,
            PAGE,
            publications=choice[:_LISTED],
            count=len(choice),
            setup={"file": _CHOICE, "words": words},
        )
        yield SiteFile(PAGE, content, listed=True)


def _choices(summaries: list[PublicationSummary], site: Site) -> bytes:
    """Page and title of some publications, as JSON."""
    return json.dumps(
        [
            [f"{one.folder}{PAGE}", short(preferred(one.titles, site.language) or one.base)]
            for one in summaries
        ]
    ).encode()


def _loaded(source: QuerySource, root: str, *names: str) -> dict[str, Any]:
    """Addresses and hashes of third-party files, by their names."""
    return {
        asset.name: {
            "address": source.address(asset, root),
            "integrity": asset.integrity if source.cdn is not None else None,
        }
        for asset in ASSETS
        if asset.name in names
    }


def _setup(view: PublicationView, site: Site, source: QuerySource, root: str) -> dict[str, Any]:
    """What the scripts of the page need to know."""
    return {
        **_loaded(source, root, "engine", "wasm"),
        "data": "dataset.trig",
        "base": view.base,
        "prefixes": {**view.dataset.prefixes, **PREFIXES},
        "terms": _terms(view),
        "seconds": SECONDS,
        "rows": ROWS,
        "words": site.templates.words.part("query"),
    }


def _terms(view: PublicationView) -> list[list[str]]:
    """Short name, label, kind and page of each term that the data uses.

    The editor completes them; the page is relative to the query page, "" where there is none.
    """
    predicates: set[str] = set()
    objects: set[str] = set()
    classes: set[str] = set()
    for node in view.nodes.values():
        predicates.update(node)
        for predicate, values in node.items():
            found = classes if predicate == RDF_TYPE else objects
            found.update(one for one in values if one.startswith("<"))
    for graph in view.dataset.graphs.values():
        predicates.update(line.split(" ", 2)[1] for line in graph.splitlines())
    # A property may stand only where a claim names it: what it says does not hold as it stands.
    predicates |= {one for one in objects if iri_of(one) in view.vocabulary.properties}
    concepts = {one for one in objects if one.startswith(f"<{LOD_NS}")} - classes - predicates
    terms = []
    for kind, tokens in (("property", predicates), ("class", classes), ("concept", concepts)):
        for iri in sorted(map(iri_of, tokens)):
            curie = shrink(iri, view.dataset.prefixes)
            term = view.vocabulary.terms.get(iri)
            if curie != iri:
                path = view.names.term_path(iri)
                page = "" if path is None else link(f"{view.folder}{PAGE}", f"{path}.html")
                terms.append([curie, "" if term is None else term.labels.get("en", ""), kind, page])
    return terms


#: Package to version.
PACKAGES = {"oxigraph": "0.5.11", "@zazuko/yasqe": "4.6.2"}
_ASSETS_FOLDER = "assets/query"
# What would end a source expression of the policy, or begin something else.
_ODD_IN_POLICY = re.compile(r"[;,'\"*?#\s]")


class Asset(Struct, frozen=True):
    """A file of a package.

    Attributes:
        name: what the page needs it for: "engine", "wasm", "editor" or "style".
        package: the package.
        file: its path in the package.
        path: where its copy stands in the site.
        integrity: its SHA-384, as HTML and fetch write it (Subresource Integrity, section 3.1).
    """

    name: str
    package: str
    file: str
    path: str
    integrity: str


ASSETS = (
    Asset(
        "engine",
        "oxigraph",
        "web.js",
        f"{_ASSETS_FOLDER}/oxigraph.js",
        "sha384-Q+uynolxKoxa360eNU3IPpBmTtDWDL2U+owdGCRqRJENtPpJ0QYWQWXi0CrlRpxr",
    ),
    Asset(
        "wasm",
        "oxigraph",
        "web_bg.wasm",
        f"{_ASSETS_FOLDER}/oxigraph.wasm",
        "sha384-3lrAP79k0hDe25R5JOPYJGLnUnAXtjAMs9L4/zRpz6Z8nLaBuh33nrC2O4r3h2Zj",
    ),
    Asset(
        "editor",
        "@zazuko/yasqe",
        "build/yasqe.min.js",
        f"{_ASSETS_FOLDER}/yasqe.js",
        "sha384-Etf4YHpTMeBSwH5WqU4zv/eSEamBc8RctbnSM3j03Zwyhr6SfXUPSPj1wImvJCBX",
    ),
    Asset(
        "style",
        "@zazuko/yasqe",
        "build/yasqe.min.css",
        f"{_ASSETS_FOLDER}/yasqe.css",
        "sha384-ROMm/XJhtyRnAht5qlntQuVjP2PiS5IHQYZyR1LAw4It48NRArPDWbbVyn53iRUX",
    ),
)


class QuerySource(Struct, frozen=True):
    """Where the page takes its assets from.

    Attributes:
        cdn: IRI of the host's folder of packages, ends with "/"; None where the site has copies.
    """

    cdn: str | None

    def address(self, asset: Asset, root: str) -> str:
        """Where a page loads an asset from.

        Args:
            asset: the asset.
            root: the way from the page to the root of the site.
        """
        if self.cdn is None:
            return root + asset.path
        return f"{self.cdn}{asset.package}@{PACKAGES[asset.package]}/{asset.file}"

    @property
    def policy(self) -> dict[str, str]:
        """What the policy of the page allows beyond the site: the very files and no host's others.

        Returns:
            Directive to source expressions, each after a space; "" without a host.
        """
        at = {asset.name: f" {self.address(asset, '')}" for asset in ASSETS}
        if self.cdn is None:
            return {"script": "", "style": "", "connect": ""}
        return {"script": at["editor"], "style": at["style"], "connect": at["engine"] + at["wasm"]}


def query_source(options: SiteOptions) -> QuerySource | None:
    """Where the query page takes its assets from; None where there is to be no such page.

    Args:
        options: what the user chose.

    Raises:
        InputError: a folder and a host are named, or the host's IRI is none that a page may load
            from.
    """
    if options.query_assets is not None and options.query_cdn is not None:
        raise InputError(
            "the assets of the query page come from a folder or from a host, not from both",
            hint="leave out --query-assets or --query-cdn",
        )
    if options.query_cdn is None:
        return None if options.query_assets is None else QuerySource(None)
    cdn = options.query_cdn
    problem = iri_problem(cdn)
    if problem is None and not cdn.startswith(("https://", "http://")):
        problem = "is none of https or http"
    if problem is None and _ODD_IN_POLICY.search(cdn):
        problem = "has a sign that a content security policy cannot hold"
    if problem is None and not cdn.endswith("/"):
        problem = 'does not end with "/"'
    if problem is not None:
        raise InputError(
            f"the host of the query page's assets, {cdn}, {problem}",
            hint="give the address under which it has package@version/file, as https://…/",
        )
    return QuerySource(cdn)


def check_assets(options: SiteOptions) -> None:
    """Look at what the user chose before anything is built.

    Args:
        options: what the user chose.

    Raises:
        InputError: as `query_source` and `asset_copies` raise it.
    """
    query_source(options)
    if options.query_assets is not None:
        for _ in asset_copies(options.query_assets):
            pass


def asset_copies(folder: Path) -> Iterator[SiteFile]:
    """The copies of the assets for the site, each checked, and the licences of their packages.

    Args:
        folder: a `node_modules`, or the folder that holds one.

    Raises:
        InputError: a package is missing, has another version, or a file of it another hash; the
            hint says the command that puts it right.
    """
    inner = folder / "node_modules"
    modules = inner if inner.is_dir() else folder
    for package, version in PACKAGES.items():
        _check_version(modules, package, version)
    for asset in ASSETS:
        path = modules / asset.package / asset.file
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: {error.strerror or error}", hint=_install(modules)) from None
        found = integrity(content)
        if found != asset.integrity:
            raise InputError(
                f"{path} is not the file of {asset.package} {PACKAGES[asset.package]}: its hash is "
                f"{found}, expected was {asset.integrity}",
                hint=f"remove {modules / asset.package} and run: {_install(modules)}",
            )
        yield SiteFile(asset.path, content)
    yield SiteFile(f"{_ASSETS_FOLDER}/LICENSES.txt", read("licenses", "query-page.txt"))


def _check_version(modules: Path, package: str, version: str) -> None:
    file = modules / package / "package.json"
    try:
        found = json.loads(file.read_bytes())["version"]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{modules}: the package {package} of the query page is not there",
            hint=_install(modules),
        ) from None
    if found != version:
        raise InputError(
            f"{modules}: the package {package} has version {found}, and {version} is needed",
            hint=_install(modules),
        )


def _install(modules: Path) -> str:
    """The command that puts the packages there."""
    prefix = modules.parent if modules.name == "node_modules" else modules
    packages = " ".join(f"{package}@{version}" for package, version in PACKAGES.items())
    return f"npm install --ignore-scripts --prefix {prefix} {packages}"


def integrity(content: bytes) -> str:
    """The SHA-384 of some bytes, as HTML writes it.

    >>> integrity(b"")[:20]
    'sha384-OLBgp1GsljhM2'
    """
    return f"sha384-{b64encode(hashlib.sha384(content).digest()).decode()}"
