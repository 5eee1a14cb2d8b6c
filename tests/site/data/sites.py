"""Sites for the tests of the data: only the files of the data, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import yaml

from lod.pages.interface import Words
from lod.pages.render import Templates
from lod.pages.view import PublicationView
from lod.publication import load
from lod.site.data.publication import data_files
from lod.site.data.whole import whole_data_files
from lod.site.files import Download, PublicationSummary, SiteFile, StreamedFile, Writer
from lod.site.site import Site, SiteOptions
from lod.site.summaries import Summaries
from lod.site.summary import summarize

EXAMPLE = Path(__file__).parents[3] / "examples" / "russia-kazakhstan"


#: Version and date of the example, as its facts have them.
VERSION, MODIFIED = (
    yaml.load((EXAMPLE / "facts.yaml").read_bytes(), yaml.BaseLoader)["publication"][key]  # noqa: S506 - safe: text only
    for key in ("version", "modified")
)


@cache
def example_view() -> PublicationView:
    """The example."""
    return PublicationView(load(EXAMPLE))


def make_site(
    base: str,
    *,
    several: bool = False,
    language: str = "en",
    title: str = "A site",
    full_data: bool = True,
) -> Site:
    """A site without other options."""
    options = SiteOptions(full_data=full_data)
    return Site(base, title, language, several, Templates(Words(language)), options)


def collected(files: Iterable[SiteFile | StreamedFile]) -> dict[str, bytes]:
    """Files by path; each path once."""
    found: dict[str, bytes] = {}
    for file in files:
        assert file.path not in found, file.path
        found[file.path] = file.content if isinstance(file, SiteFile) else b"".join(file.parts)
    return found


def built(views: Sequence[PublicationView], site: Site) -> dict[str, bytes]:
    """All files of the data of a site."""
    files: list[SiteFile | StreamedFile] = []
    summaries = []
    for view in views:
        made = list(data_files(view, site.at(view)))
        files += made
        summaries.append(summarize(view, downloads(made)))
    files += whole_data_files(Summaries(summaries), site)
    return collected(files)


def downloads(files: Iterable[SiteFile]) -> list[Download]:
    """The downloads among some files, counted as the writer of a site does."""

    with TemporaryDirectory() as folder:
        writer = Writer(Path(folder))
        for file in files:
            writer.write(file)
        return writer.written.downloads


@cache
def example_files() -> MappingProxyType[str, bytes]:
    """The files of the example's site."""
    view = example_view()
    return MappingProxyType(built([view], make_site(view.base)))


@cache
def usual_files() -> MappingProxyType[str, bytes]:
    """The same without full data."""
    view = example_view()
    return MappingProxyType(built([view], make_site(view.base, full_data=False)))


FACTS = """\
publication:
  base: {base}
  title: {title}
  license: {license}
  publisher: {{name: {publisher}}}
  {more}
document:
  text: article.txt
  language: en
  author: ann
  published: 2024-05-01
entities:
  ann: {{type: Person, label: {label}, wikidata: {{none: not public}}}}
  acme: {{type: Organization, label: Acme, wikidata: {{none: not public}}}}
claims:
  - id: member
    quote: Ann is a member of Acme.
    subject: ann
    property: memberOf
    value: acme
"""


def quoted(text: str) -> str:
    """A text as a YAML string on one line."""
    return yaml.safe_dump(text, default_style='"', width=10**9).strip()


def small_view(
    folder: Path,
    site_folder: str = "",
    *,
    base: str = "https://data.example.org/small/",
    title: str = "Small",
    license_: str = "https://creativecommons.org/publicdomain/zero/1.0/",
    publisher: str = "Desk",
    label: str = "Ann",
    more: str = "",
) -> PublicationView:
    """A publication of one claim."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.txt").write_text("Ann is a member of Acme.\n", "utf-8")
    facts = FACTS.format(
        base=base,
        title=quoted(title),
        license=license_,
        publisher=quoted(publisher),
        label=quoted(label),
        more=more,
    )
    (folder / "facts.yaml").write_text(facts, "utf-8")
    return PublicationView(load(folder), site_folder)


def many_summaries(number: int) -> Summaries:
    """Summaries that are made when they are read, and can be read again."""
    return Summaries(_Many(number))


_OTHER = {"linked": 1, "sentences": 5}


class _Many:
    def __init__(self, number: int) -> None:
        self._number = number

    def __iter__(self) -> Iterator[PublicationSummary]:
        for number in range(self._number):
            folder = f"p{number:06}/"
            yield PublicationSummary(
                base=f"https://data.example.org/{folder}",
                folder=folder,
                titles={"en": f"Publication {number}"},
                descriptions={},
                document_title=None,
                language="en",
                authors=(),
                published_in=None,
                published=f"20{number % 20:02}-01-01",
                modified=None,
                version=None,
                license="https://creativecommons.org/publicdomain/zero/1.0/",
                publisher=("Desk", None),
                creators=(),
                keywords=(),
                counts={"claims": 2, "entities": 3, "quads": 40, "pages": 9, **_OTHER},
                classes={"https://schema.org/Claim": 2},
                properties={"https://schema.org/about": 2},
                downloads=(
                    Download(f"{folder}dataset.ttl", "turtle", "text/turtle", 1234, "ab" * 32),
                ),
            )
