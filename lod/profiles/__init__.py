"""Output profiles: the same facts for others, a file each.

A module of this folder has a `PROFILE`. Nothing else has to be told: `lod build --write`, `lod
export`, the downloads of a site, what describes these, and the documentation find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, Protocol

from lod.errors import FormatError
from lod.rdf.formats import FORMATS, Format, pick
from lod.registry import members

if TYPE_CHECKING:
    from lod.model.facts import Facts
    from lod.rdf.dataset import Dataset
    from lod.vocabulary.vocabulary import Vocabulary


class Published(Protocol):
    """What a profile is written from: a publication without errors."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms that it may use."""

    def require_facts(self) -> Facts:
        """The model."""

    def dataset(self) -> Dataset:
        """Every quad."""


class Profile(NamedTuple):
    """A form in which a publication is given away.

    Attributes:
        name: how it is called on the command line ("turtle"); its module's, with hyphens.
        label: how it is called in sentences ("Turtle").
        media_type: its media type (IANA), without parameters.
        extensions: its file name extensions without the dot, the one to write first.
        write: makes its bytes; a FormatError says that the facts do not fit into it.
        file: the name of its file; `dataset.` and the extension where None. No two profiles have
            the same.
        iri: what stands for its format in descriptions of data; "" for none.
        file_type: its code in the EU's table of file types, which DCAT-AP wants; "" for none.
        aliases: other names, extensions aside.
        by_default: whether a build writes it unasked.
        by_site: whether a site has it unasked; one with full data has all.
        order: low numbers are listed first.
        holds_all: whether every publication fits into it.
        stream: makes the same bytes piece by piece, where that takes less memory.
    """

    name: str
    label: str
    media_type: str
    extensions: tuple[str, ...]
    write: Callable[[Published], bytes]
    file: str = ""
    iri: str = ""
    file_type: str = ""
    aliases: tuple[str, ...] = ()
    by_default: bool = False
    by_site: bool = False
    order: int = len(FORMATS)
    holds_all: bool = True
    stream: Callable[[Published], Iterable[bytes]] | None = None

    @property
    def file_name(self) -> str:
        """The name of its file in `dist/` and beside the pages of a site."""
        return self.file or f"dataset.{self.extensions[0]}"

    def pieces(self, published: Published) -> Iterable[bytes]:
        """What `write` makes, one piece after another."""
        return [self.write(published)] if self.stream is None else self.stream(published)


def rdf(
    format_: Format,
    file_type: str,
    *,
    by_default: bool = False,
    by_site: bool = False,
    holds_all: bool = True,
) -> Profile:
    """The profile that is the whole dataset in an RDF format.

    Args:
        format_: the format; one that holds no named graphs holds the default graph.
        file_type: as in `Profile`.
        by_default: as in `Profile`.
        by_site: as in `Profile`.
        holds_all: as in `Profile`.
    """

    def stream(published: Published) -> Iterable[bytes]:
        from lod.rdf.serialize import encode

        return encode(published.dataset(), format_)

    return Profile(
        format_.name,
        format_.label,
        format_.media_type,
        format_.extensions,
        lambda published: b"".join(stream(published)),
        iri=format_.iri,
        file_type=file_type,
        aliases=format_.aliases,
        by_default=by_default,
        by_site=by_site,
        order=FORMATS.index(format_),
        holds_all=holds_all,
        stream=stream,
    )


@cache
def profiles() -> Mapping[str, Profile]:
    """Every profile by its name, the most readable first.

    >>> list(profiles())[:2]
    ['turtle', 'json-ld']
    """
    return members(__name__, "PROFILE")


@lru_cache(maxsize=64)
def find_profile(name: str, others: tuple[str, ...] = ()) -> Profile:
    """The profile of that name.

    Args:
        name: a name or an extension; case, hyphens and slashes do not matter. An extension is that
            of the first profile that has it.
        others: names that the hint of an error may give too.

    Raises:
        FormatError: no profile has that name; the hint names the nearest, or all.

    >>> find_profile("JSON-LD").file_name, find_profile("nt").name
    ('dataset.jsonld', 'n-triples')
    """
    every = profiles().values()
    by_name = [(one.name, one) for one in every]
    by_alias = [(name, one) for one in every for name in (*one.aliases, *one.extensions)]
    return pick(name, [*by_name, *by_alias], others)


def profile_of_file(path: str | PurePath) -> Profile:
    """The profile that a file name promises.

    Args:
        path: a path or a file name: that of a profile, or one with its extension.

    Raises:
        FormatError: the name has no extension, or that of no profile.

    >>> profile_of_file("out/facts.NQ").name
    'n-quads'
    """
    name = PurePath(path).name.lower()
    every = profiles().values()
    extension = PurePath(name).suffix.removeprefix(".")
    for one in every:
        if name == one.file_name:
            return one
    for one in every:
        if extension in one.extensions:
            return one
    known = ", ".join(f".{extension}" for one in every for extension in one.extensions)
    raise FormatError(
        f'The extension ".{extension}" of {path} is that of no format.'
        if extension
        else f"{path} has no extension that tells its format.",
        hint=f"Name the format, or use one of {known}.",
    )
