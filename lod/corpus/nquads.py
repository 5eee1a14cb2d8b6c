"""N-Quads that lod wrote: their files, and the publications that they are made of.

The lines of a publication stand together, its document first, as `lod.dataset.build` writes them.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from lod.corpus.compression import unpacked
from lod.corpus.output import MANIFEST
from lod.errors import FormatError, InputError
from lod.rdf.files import engine_format, parse_quads, read_rdf_file
from lod.rdf.formats import N_QUADS
from lod.store.locks import is_inside
from lod.vocabulary.names import RDF, REL

_ENDINGS = (".nq", ".nq.gz", ".nq.zst", ".trig")
_TRIG = ".trig"
_READ = 8 << 20
#: The largest publication, in bytes.
MAX_SIZE = 1 << 30

_TYPE = f" <{RDF.type}> <".encode()
_IS_DOCUMENT = f" <{RDF.type}> <{REL.Document}> .\n".encode()
_BLANK = re.compile(rb"^_:|^[^ \n]+ [^ \n]+ _:", re.MULTILINE)
_QUAD = re.compile(
    rb"<[^> \n]*> <[^> \n]*> "
    rb'(?:<[^> \n]*>|"(?:[^"\\\n]|\\.)*+"(?:@[A-Za-z0-9-]+|\^\^<[^> \n]*>)?)'
    rb" <([^> \n]*)> \.\n"
)


class Source(Struct, frozen=True):
    """One file of N-Quads, or of TriG, which is read as the N-Quads that it says.

    Attributes:
        path: the file.
        sha256: hex digest of its bytes where a manifest says it, else None.
        publications: how many it has where a manifest says it, else None.
    """

    path: Path
    sha256: str | None = None
    publications: int | None = None


def find_sources(paths: Iterable[Path]) -> list[Source]:
    """The files that are meant.

    Args:
        paths: outputs of a corpus build, folders of publications that were built, or files.

    Raises:
        InputError: one of them is none of this.
    """
    return [source for path in paths for source in _find(path)]


def _find(path: Path) -> list[Source]:
    if path.is_file():
        if path.name.endswith(_ENDINGS):
            return [Source(path)]
        raise InputError(
            f"{path}: not N-Quads or TriG", hint=f"their files end in {', '.join(_ENDINGS)}"
        )
    if not path.is_dir():
        raise InputError(f"{path}: no such file or folder")
    if (path / MANIFEST).is_file():
        return _shards(path)
    for folder in (path / "dist", path):
        for name in ("dataset.nq", "dataset.trig"):  # a site has TriG alone
            if (folder / name).is_file():
                return [Source(folder / name)]
    raise InputError(
        f"{path}: neither the output of a corpus build nor a publication that was built",
        hint=f"lod build {path} makes what can be loaded",
    )


def _shards(folder: Path) -> list[Source]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        return [
            Source(_inside(folder, shard["file"]), str(shard["sha256"]), int(shard["publications"]))
            for shard in manifest["shards"]
        ]
    except OSError as error:
        raise InputError(f"{folder / MANIFEST}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{folder / MANIFEST}: no manifest of a corpus build ({error!r})",
            hint="build the corpus again",
        ) from None


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not is_inside(path, folder):
        raise ValueError(f"{name} lies outside")
    return path


class StoredPublication(Struct, frozen=True):
    """A publication as N-Quads.

    Attributes:
        base: its base IRI.
        digest: of its lines as they were found, 16 bytes.
        data: its lines, every one with a graph.
        graphs: IRIs of its graphs without the base: `dataset`, then those of what is reported.
        quads: how many lines there are.
    """

    base: str
    digest: bytes
    data: bytes
    graphs: tuple[str, ...]
    quads: int


def _open(source: Source) -> io.BufferedIOBase:
    """Open a file; one that a manifest describes must be as it says."""
    if source.path.name.endswith(_TRIG):
        return io.BytesIO(_quads_of(source.path))
    if source.sha256 is None:
        return source.path.open("rb")
    data = source.path.read_bytes()  # a shard has some hundred publications
    if hashlib.sha256(data).hexdigest() != source.sha256:
        raise InputError(
            f"{source.path}: not the file that the manifest describes",
            hint="build the corpus again",
        )
    return io.BytesIO(data)


def _quads_of(path: Path) -> bytes:
    """The N-Quads of a TriG file, in its order, which is theirs where lod wrote both."""
    from pyoxigraph import serialize

    return serialize(parse_quads(read_rdf_file(path)), format=engine_format(N_QUADS)) or b""


def read_publications(source: Source) -> Iterator[tuple[str, bytes]]:
    """The base IRI and the lines of every publication of a file, in order.

    Raises:
        InputError: the file cannot be read, is damaged, or is another one than its manifest says.
        FormatError: it is not N-Quads or TriG that lod wrote.
        MissingExtraError: it is zstd and the package for it is not installed.
    """
    try:
        with _open(source) as stream:
            if source.publications != 0:  # else all that belong there are broken
                yield from split_publications(unpacked(stream, source.path.name), str(source.path))
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{source.path}: cannot be read: {error}") from None


def split_publications(stream: io.BufferedIOBase, name: str) -> Iterator[tuple[str, bytes]]:
    """The base IRI and the lines of every publication, in order.

    Args:
        stream: N-Quads that lod wrote, decompressed.
        name: of the file, for messages.

    Raises:
        FormatError: there are lines before the first publication, or none is there.
    """
    pending = b""
    current: bytes | None = None
    ended = False
    while not ended:
        chunk = stream.read(_READ)
        ended = not chunk
        pending += chunk
        if ended and pending and not pending.endswith(b"\n"):
            pending += b"\n"
        done = 0
        for start, base in _beginnings(pending):
            if current is not None and start > done:
                yield _text(current, name), pending[done:start]
            elif start > done and pending[done:start].strip():
                raise _foreign(name)
            done, current = start, base
        pending = pending[done:]
        if len(pending) > MAX_SIZE:
            raise FormatError(f"{name}: a publication is larger than {MAX_SIZE:,} bytes.")
    if current is not None:
        yield _text(current, name), pending
    elif pending.strip():
        raise _foreign(name)
    else:
        # To load nothing, by a file that was cut to nothing, would remove all that is there.
        raise FormatError(
            f"{name}: there is nothing in it.", hint="Build it again; a dataset is never empty."
        )


def _foreign(name: str) -> FormatError:
    return FormatError(
        f"{name}: its first line begins no publication.",
        hint="Only data that lod built can be loaded, in the order in which it wrote them.",
    )


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise FormatError(f"{name}: {data[:200]!r} is not UTF-8.") from None


def _beginnings(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Where publications begin, and their bases: at the first type of `{base}document`."""
    at = data.find(_IS_DOCUMENT)
    while at >= 0:
        line = data.rfind(b"\n", 0, at) + 1
        subject = data[line:at]
        if subject.endswith(b"document>") and b" " not in subject:
            # The class that the facts give stands before, where it is another one.
            before = data.rfind(b"\n", 0, max(line - 1, 0)) + 1
            is_before = data.startswith(subject + _TYPE, before)
            yield (before if is_before else line), subject[1 : -len("document>")]
        at = data.find(_IS_DOCUMENT, at + 1)


def store_publication(base: str, lines: bytes, name: str) -> StoredPublication:
    """Give every line of a publication a graph: those without one that of its dataset.

    Args:
        base: its base IRI.
        lines: its N-Quads, those without a graph first, then graph after graph.
        name: of the file, for messages.

    Raises:
        FormatError: there are blank nodes, or graphs that are not the publication's own.
    """
    if b"_:" in lines and _BLANK.search(lines):
        raise FormatError(
            f"{name}: {base} has blank nodes.",
            hint="Only N-Quads that lod built can be loaded; they have none.",
        )
    reported = f"{base}reported/".encode()
    at = border = _first_quad(lines, reported)
    dataset = f"{base}dataset"
    parts = [lines[:border].replace(b" .\n", f" <{dataset}> .\n".encode()), lines[border:]]
    graphs = ["dataset"]
    while at < len(lines):
        graph = lines[lines.rfind(b" <", at, lines.find(b"\n", at)) + 2 : lines.find(b"\n", at) - 3]
        ending = b" <" + graph + b"> .\n"
        end = lines.rfind(ending, at) + len(ending)
        together = lines.count(ending, at, end) == lines.count(b"\n", at, end)
        if not graph.startswith(reported) or end <= at or not together:
            raise FormatError(
                f"{name}: the graphs of {base} are not its own, or their lines stand mixed.",
                hint="Only N-Quads that lod built can be loaded, as it wrote them.",
            )
        graphs.append(_text(graph, name)[len(base) :])
        at = end
    return StoredPublication(
        base,
        digest_of(lines),
        b"".join(parts),
        tuple(graphs),
        lines.count(b"\n"),
    )


def default_graph(base: str, lines: bytes) -> str:
    """The lines of a publication that are in no named graph.

    Args:
        base: its base IRI.
        lines: its N-Quads, those without a graph first.

    Raises:
        FormatError: they are not UTF-8.
    """
    return _text(lines[: _first_quad(lines, f"{base}reported/".encode())], base)


def digest_of(lines: bytes) -> bytes:
    """The digest by which a publication is known to be unchanged."""
    return hashlib.blake2b(lines, digest_size=16).digest()


def _first_quad(lines: bytes, reported: bytes) -> int:
    """Where the lines begin that have a graph; the end where none has."""
    at = lines.find(b" <" + reported)
    while at >= 0:
        line = lines.rfind(b"\n", 0, at) + 1
        if _QUAD.match(lines, line):
            return line
        at = lines.find(b" <" + reported, lines.find(b"\n", at))
    return len(lines)
