"""What happens to one publication of a corpus in a worker: read, checked, made into pages."""

from __future__ import annotations

import json
import shutil
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from lod.corpus.items import Item
from lod.diagnostics import Finding, Severity
from lod.errors import LodError
from lod.facts.source import MAX_BYTES
from lod.site.corpus_state import Built
from lod.site.folders import site_folder
from lod.site.output import Writer
from lod.site.site import Site, SiteOptions
from lod.site.templates import BrokenTemplateError
from lod.site.texts import preferred, short

if TYPE_CHECKING:
    from lod.publication import Publication
    from lod.site.view import PublicationView

#: How many claims the page of a Wikidata item shows of one publication.
_MOST_CLAIMS = 20


@dataclass(frozen=True, slots=True)
class SitePlan:
    """How the site of a corpus is built; plain data that goes to the workers.

    Attributes:
        base: absolute IRI of the site.
        title: of the site.
        options: what the user chose.
        aside: folder in which publications are written before they take their place.
    """

    base: str
    title: str
    options: SiteOptions
    aside: Path


@lru_cache(maxsize=1)
def site_of(plan: SitePlan) -> Site:
    """The site, with its templates and words: made once in a process."""
    from lod.site.build import make_site

    return make_site(plan.base, plan.title, plan.options, several=True)


def build_publication(
    item: Item, name: str, plan: SitePlan
) -> tuple[Built | None, list[dict[str, Any]]]:
    """Make the pages of one publication, in `{aside}/{name}`.

    Args:
        item: what `lod.corpus.items` found.
        name: of the folder to write.
        plan: how the site is built.

    Returns:
        What was made, or None where the publication has errors; and the errors as plain data,
        their files named from the corpus.

    Raises:
        BrokenTemplateError: a template of the user's is broken.
        OSError: the pages cannot be written.
    """
    if item.line and item.data is None:
        return None, [_failed(item, "too-large", f"the line has more than {MAX_BYTES:,} bytes")]
    try:
        return _build(item, plan.aside / name, plan)
    except (BrokenTemplateError, OSError):
        raise
    except LodError as error:
        return None, [_failed(item, "missing-file", error.message)]
    except Exception as error:
        # One publication must not stop a million others; RecursionError and MemoryError count.
        return None, [_failed(item, "internal", f"{type(error).__name__}: {error}")]


def _failed(item: Item, code: str, message: str) -> dict[str, Any]:
    file = item.key.rpartition(":")[0] if item.line else item.key
    data = {"code": code, "severity": "error", "file": file, "line": item.line or 1, "column": 1}
    return data | {"message": message}


def _build(item: Item, folder: Path, plan: SitePlan) -> tuple[Built | None, list[dict[str, Any]]]:
    from lod.site.build import publication_files
    from lod.site.summary import summarize
    from lod.site.view import PublicationView

    publication = load_item(item)
    errors = [one for one in publication.check() if one.severity is Severity.ERROR]
    if errors:
        return None, [_placed(one, item) for one in errors]
    site = site_of(plan)
    base = publication.require_facts().publication.base
    view = PublicationView(publication, site_folder(base, plan.base))
    shutil.rmtree(folder, ignore_errors=True)
    writer = Writer(folder)
    for file in publication_files(view, site):
        writer.write(file, below=view.folder)
    written = writer.written
    built = Built(
        base,
        view.folder,
        summarize(view, written.downloads),
        short(preferred(view.facts.publication.titles, site.language)),
        _mentions(view, site),
        _uses(view),
        _entries(view),
        written.pages,
        written.files,
        written.bytes,
    )
    return built, []


def load_item(item: Item) -> Publication:
    """The publication of an item of a corpus."""
    from lod.facts.load import load_folder, load_json
    from lod.publication import Publication

    path = Path(item.file)
    if item.data is None:
        return Publication(path, load_folder(path))
    # Named as a file beside the lines, so that what it names is looked for there.
    name = path.parent / "publication.json"
    return Publication(path, load_json(item.data, str(name), path.parent))


def base_of(item: Item) -> str:
    """The base IRI of an item, read without looking at anything else; "" where it has none."""
    from lod.facts.load import FACTS_FILES
    from lod.facts.source import SourceProblem
    from lod.facts.yaml_source import read_yaml
    from lod.iri import iri_problem

    try:
        if item.line:
            data: Any = json.loads(item.data or b"null")
        else:
            file = next(f for name in FACTS_FILES if (f := Path(item.file) / name).is_file())
            text = file.read_bytes()
            data = json.loads(text) if file.suffix == ".json" else read_yaml(text, str(file)).root
        base = data["publication"]["base"]
    except (SourceProblem, OSError, ValueError, KeyError, TypeError, StopIteration, RecursionError):
        return ""
    return base if isinstance(base, str) and iri_problem(base) is None else ""


def _placed(finding: Finding, item: Item) -> dict[str, Any]:
    """A finding with its place in the corpus: the file, named from the corpus, and the line."""
    data = finding.as_dict()
    path = Path(item.file)
    folder = path.parent if item.line else path
    file = str(data.get("file", folder))
    name = Path(file).relative_to(folder).as_posix() if Path(file).is_relative_to(folder) else file
    if item.line and name == "publication.json":
        data |= {"file": item.key.rpartition(":")[0], "line": item.line}
    elif item.line:
        data["file"] = str(PurePosixPath(item.key).parent / name)
    else:
        data["file"] = str(PurePosixPath(item.key, name))
    data["message"] = finding.message.replace(f"{folder.as_posix()}/", "")
    return data


def _mentions(view: PublicationView, site: Site) -> dict[str, dict[str, Any]]:
    """QID of each linked item to what is said of it, for the page of the item."""
    guide = view.guide(site.language)
    found: dict[str, dict[str, Any]] = {}
    for slug, entity in view.facts.entities.items():
        if entity.link is None or entity.link.qid is None:
            continue
        about = view.mentions.get(slug, ())
        rows = guide.rows_of(about[:_MOST_CLAIMS])
        mention = found.setdefault(entity.link.qid, {"entities": [], "claims": [], "count": 0})
        name = guide.entity(slug)
        mention["entities"].append([short(name.label, 80), name.path, entity.link.close])
        mention["count"] += len(about)
        mention["claims"] += [
            [
                short(row.sentence, 400),
                row.language,
                row.path,
                row.modality,
                row.negative,
                [short(one.label, 80) for one in row.speakers],
            ]
            for row in rows
        ]
    return found


def _uses(view: PublicationView) -> dict[str, int]:
    """IRI of each term of ours to the number of claims or entities that use it."""
    from lod.site.guide import shipped_term_path
    from lod.site.terms import terms_of_statements

    found: dict[str, int] = {}
    for entity in view.facts.entities.values():
        found[entity.type] = found.get(entity.type, 0) + 1
    for id_, terms in terms_of_statements(view).items():
        number = len(view.claims_by_statement[id_])
        for iri in terms:
            found[iri] = found.get(iri, 0) + number
    return {iri: number for iri, number in found.items() if shipped_term_path(iri) is not None}


def _entries(view: PublicationView) -> bytes:
    """What the search finds, compressed."""
    from lod.site.search import search_entries

    data = json.dumps(list(search_entries(view, items=True)), separators=(",", ":"))
    return zlib.compress(data.encode("utf-8", "surrogatepass"), 1)
