"""What became of a publication: versions, corrections, and what is gone; for pages, and as data.

Source: DCAT 3, PROV-O, DCMI Terms, for versions of one dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from lod.history.changelog import corrected, correction_text
from lod.history.claims import named
from lod.history.releases import Release, all_releases
from lod.history.snapshot import of_dataset
from lod.rdf.dataset import Dataset
from lod.rdf.terms import TRUE, XSD, about, literal
from lod.vocabulary.names import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, SCHEMA


class Step(Struct, frozen=True):
    """A version in which a claim became what it is.

    Attributes:
        release: the release.
        change: what its account says of the claim; None where the claim came with the first one.
    """

    release: Release
    change: Mapping[str, Any] | None = None


class Correction(Struct, frozen=True):
    """Something that was wrong and was corrected.

    Attributes:
        release: in which it was.
        id: of the claim.
        change: what the release notes of it.
        gone: whether the claim is withdrawn.
    """

    release: Release
    id: str
    change: Mapping[str, Any]
    gone: bool

    @property
    def iri(self) -> str:
        """Its IRI."""
        return f"{self.release.iri}correction/{self.id}"

    def said(self, words: Callable[[str], str]) -> str:
        """What readers are told, with the words of their language around it."""
        return correction_text(self.change, words)


class Story(Struct):
    """The releases of a publication, and what they tell of its things.

    Attributes:
        releases: the oldest first.
        gone: IRI of what a release named and the data names no more, to what is said of it.
        corrections: the newest first.
    """

    releases: list[Release] = field(default_factory=list)
    gone: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    corrections: list[Correction] = field(default_factory=list)

    def steps(self, id_: str) -> Iterator[Step]:
        """The versions in which a claim became what it is, the newest first."""
        for release in reversed(self.releases):
            if release.version not in release.data["claims"].get(id_, ()):
                continue
            change = (
                one
                for one in release.data["changes"]
                if one["what"] == "claim" and one["id"] == id_
            )
            yield Step(release, next(change, None))


def read_story(folder: Path, dataset: Dataset) -> Story:
    """What became of a publication so far.

    Args:
        folder: of the publication.
        dataset: what it says now.

    Raises:
        InputError: a release cannot be read.
    """
    # Publications of one JSON Lines file share a folder, and releases are of one of them at most.
    releases = [one for one in all_releases(folder) if one.data["base"] == dataset.base]
    story = Story(releases)
    if not releases:
        return story
    there = named(of_dataset(dataset, ""))
    newest = releases[-1]
    story.gone = {one["iri"]: one for one in newest.withdrawn if one["iri"] not in there}
    # What the facts name no more, though no release without it is there yet, answers all the same.
    for iri, (what, id_, label) in named(newest.snapshot()).items():
        if iri not in there:
            story.gone[iri] = {
                "iri": iri,
                "what": what,
                "id": id_,
                "label": label,
                "last": newest.version,
                "by": newest.data["by"],
            }
    story.corrections = [
        Correction(release, one["id"], one, not one["after"])
        for release in reversed(releases)
        for one in corrected(release)
    ]
    return story


def version_lines(story: Story, base: str) -> str:
    """What is said of each release, and which is the newest, as N-Triples lines.

    Args:
        story: of the publication, with a release.
        base: of the publication.
    """
    whole = f"<{base}dataset>"
    newest = f"<{story.releases[-1].data['dataset']}>"
    lines = [f"{whole} <{DCAT.hasCurrentVersion}> {newest} .\n"]
    for release in story.releases:
        node = f"<{release.data['dataset']}>"
        date = literal(release.date, datatype=f"{XSD}date")
        lines += [
            f"{whole} <{DCAT.hasVersion}> {node} .\n",
            f"{node} <{RDF.type}> <{DCAT.Dataset}> .\n",
            f"{node} <{RDF.type}> <{PROV.Entity}> .\n",
            f"{node} <{DCTERMS.isVersionOf}> {whole} .\n",
            f"{node} <{DCAT.version}> {literal(release.version)} .\n",
            f"{node} <{DCTERMS.issued}> {date} .\n",
        ]
        if (before := release.data["replaces"]) is not None:
            lines += [
                f"{node} <{predicate}> <{before['dataset']}> .\n"
                for predicate in (DCTERMS.replaces, DCAT.previousVersion, PROV.wasRevisionOf)
            ]
    return "".join(lines)


def tombstone_lines(gone: Mapping[str, Any], release_iri: str, language: str) -> str:
    """What the data says of a thing that is gone, as N-Triples lines.

    Args:
        gone: as `withdrawn` of a release has it.
        release_iri: of the last release that had it.
        language: of its label.
    """
    base_length = len(release_iri) - len(f"release/{gone['last']}/")
    version = release_iri + gone["iri"][base_length:]
    date, other, label = (gone.get(key) for key in ("date", "replacedBy", "label"))
    lines = about(
        f"<{gone['iri']}>",
        {
            RDF.type: f"<{PROV.Entity}>",
            OWL.deprecated: TRUE,
            DCTERMS.hasVersion: f"<{version}>",
            SCHEMA.expires: literal(date, datatype=f"{XSD}date") if date else None,
            DCTERMS.isReplacedBy: f"<{other}>" if other else None,
        },
    )
    lines += about(f"<{version}>", {RDFS.label: literal(label, language) if label else None})
    return "".join(lines)
