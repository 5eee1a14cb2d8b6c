"""The RDF formats: what each is called, where it is found, what it can hold."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import PurePath
from typing import NamedTuple, Protocol, TypeVar

from lod.errors import FormatError
from lod.patterns import lazy


class Format(NamedTuple):
    """An RDF format.

    Attributes:
        name: how it is called on the command line ("turtle").
        label: how it is called in sentences ("Turtle").
        iri: its IRI in the W3C registry of formats.
        media_type: its media type (IANA).
        extensions: its file name extensions without the dot, the one to write first.
        holds_graphs: whether it holds named graphs. One that does not holds the default graph.
        aliases: other names, extensions aside.
        other_media_types: older media types that mean it.

    >>> TURTLE.media_type, TURTLE.extension, TURTLE.holds_graphs
    ('text/turtle', 'ttl', False)
    """

    name: str
    label: str
    iri: str
    media_type: str
    extensions: tuple[str, ...]
    holds_graphs: bool
    aliases: tuple[str, ...] = ()
    other_media_types: tuple[str, ...] = ()

    @property
    def extension(self) -> str:
        """The extension to write, without the dot."""
        return self.extensions[0]

    def __str__(self) -> str:
        return self.name


_W3C = "http://www.w3.org/ns/formats/"

TURTLE = Format(
    "turtle",
    "Turtle",
    f"{_W3C}Turtle",
    "text/turtle",
    ("ttl", "turtle"),
    holds_graphs=False,
    other_media_types=("application/x-turtle", "application/turtle"),
)
JSON_LD = Format(
    "json-ld", "JSON-LD", f"{_W3C}JSON-LD", "application/ld+json", ("jsonld",), holds_graphs=True
)
TRIG = Format(
    "trig",
    "TriG",
    f"{_W3C}TriG",
    "application/trig",
    ("trig",),
    holds_graphs=True,
    other_media_types=("application/x-trig",),
)
N_QUADS = Format(
    "n-quads",
    "N-Quads",
    f"{_W3C}N-Quads",
    "application/n-quads",
    ("nq",),
    holds_graphs=True,
    other_media_types=("text/x-nquads",),
)
N_TRIPLES = Format(
    "n-triples",
    "N-Triples",
    f"{_W3C}N-Triples",
    "application/n-triples",
    ("nt",),
    holds_graphs=False,
)
RDF_XML = Format(
    "rdf-xml",
    "RDF/XML",
    f"{_W3C}RDF_XML",
    "application/rdf+xml",
    ("rdf", "owl"),
    holds_graphs=False,
    aliases=("xml",),
)

#: Every format, the most readable first.
FORMATS: tuple[Format, ...] = (TURTLE, JSON_LD, TRIG, N_QUADS, N_TRIPLES, RDF_XML)

_NOT_ALPHANUMERIC = lazy(r"[^a-z0-9]+")


def _plain(name: str) -> str:
    """A name without what people write differently: case, hyphens, slashes, a leading dot."""
    return _NOT_ALPHANUMERIC.sub("", name.lower())


_BY_EXTENSION = {extension: format_ for format_ in FORMATS for extension in format_.extensions}


@lru_cache(maxsize=64)
def find_format(name: str) -> Format:
    """The format of that name.

    Args:
        name: a name or an extension; case, hyphens and slashes do not matter.

    Raises:
        FormatError: no format has that name; the hint names the nearest, or all.

    >>> find_format("JSON-LD") is find_format("jsonld") is JSON_LD
    True
    >>> find_format("rdf/xml").name
    'rdf-xml'
    """
    every = [(other, one) for one in FORMATS for other in (one.name, *one.aliases, *one.extensions)]
    return pick(name, every)


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_T = TypeVar("_T", bound=_Named)


def pick(name: str, every: Iterable[tuple[str, _T]], others: Iterable[str] = ()) -> _T:
    """The one of that name.

    Args:
        name: a name; case, hyphens and slashes do not matter.
        every: all names, each with what it names; of two the first counts.
        others: names that the hint may give too.

    Raises:
        FormatError: nothing has that name; the hint names the nearest, or all.
    """
    by_name: dict[str, _T] = {}
    for other, one in every:
        by_name.setdefault(_plain(other), one)
    if (found := by_name.get(_plain(name))) is not None:
        return found
    from difflib import get_close_matches  # only an error needs it

    names = {other: one.name for other, one in by_name.items()} | {one: one for one in others}
    near = get_close_matches(_plain(name), names, n=1)
    raise FormatError(
        f'There is no format "{name}".',
        hint=f"Did you mean {names[near[0]]}?"
        if near
        else f"The formats are {', '.join(dict.fromkeys(names.values()))}.",
    )


def format_of_file(path: str | PurePath) -> Format:
    """The format that a file name promises.

    Args:
        path: a path or a file name; only its extension counts.

    Raises:
        FormatError: the name has no extension, or that of no format.

    >>> format_of_file("dist/dataset.NQ").name
    'n-quads'
    """
    extension = PurePath(path).suffix.removeprefix(".").lower()
    format_ = _BY_EXTENSION.get(extension)
    if format_ is not None:
        return format_
    extensions = ", ".join(f".{extension}" for extension in _BY_EXTENSION)
    raise FormatError(
        f'The extension ".{extension}" of {path} is that of no format.'
        if extension
        else f"{path} has no extension that tells its format.",
        hint=f"RDF files are known by {extensions}.",
    )
