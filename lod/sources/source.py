"""Sources: the bytes of a facts file or text, and where each value of it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from lod.errors import InputError

if TYPE_CHECKING:
    from lod.diagnostics import Location, Path

#: A facts file as plain data: mappings, lists, text, and None for an empty value. Numbers and
#: dates are text, as they were written; booleans occur in JSON only.
Node = dict[str, "Node"] | list["Node"] | str | bool | None

#: The largest facts file or text that is read, in bytes.
MAX_BYTES = 8 * 1024 * 1024


class SourceProblem(Exception):  # noqa: N818 - internal signal, turned into a finding by the caller
    """A file cannot be read as data. It becomes a finding."""

    def __init__(self, code: str, message: str, location: Location, hint: str | None = None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.location = location
        self.hint = hint


class Source(Protocol):
    """A facts file that was read: its data, and where each value stands."""

    file: str
    root: Node
    problems: list[SourceProblem]

    def locate(self, path: Path) -> Location:
        """Where the value at `path` begins, or else the nearest thing around it."""

    def locate_key(self, path: Path) -> Location:
        """Where the last key of `path` begins."""

    def comment_after(self, path: Path) -> str | None:
        """The comment on the line on which the value at `path` ends, with its `#`, or None."""

    def in_flow(self, path: Path) -> bool:
        """Whether the mapping at `path` was written in flow style, `{…}`."""


class SourceFormat(NamedTuple):
    """A format that facts are written in.

    Attributes:
        name: how it is called ("yaml").
        label: how it is called in sentences ("YAML").
        media_type: its media type (IANA).
        extensions: its file name extensions without the dot; `facts.` and one of them is the facts
            file of a folder.
        read: makes the source from the bytes of a file and its name for the findings; raises
            SourceProblem where it cannot be read at all.
        order: low numbers are looked for first.
    """

    name: str
    label: str
    media_type: str
    extensions: tuple[str, ...]
    read: Callable[[bytes, str], Source]
    order: int = 2


def value_at(root: Node, path: Path) -> Any:
    """The value at a path, which is there.

    >>> value_at({"claims": [{"id": "trade"}]}, ("claims", 0, "id"))
    'trade'
    """
    node: Any = root
    for step in path:
        node = node[step]
    return node


def decode(data: bytes, file: str) -> tuple[str, list[SourceProblem]]:
    """Turn the bytes of a file into text.

    Args:
        data: the whole file.
        file: its name, for the findings.

    Returns:
        The text without a byte-order mark, and warnings.

    Raises:
        SourceProblem: the file is too large, empty, or not UTF-8.
    """
    from lod.diagnostics import Location

    if len(data) > MAX_BYTES:
        raise SourceProblem(
            "too-large",
            f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read",
            Location(file, 1, 1),
            "split it into several publications",
        )
    problems = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceProblem(
            "not-utf-8",
            "the file is UTF-16, expected UTF-8",
            Location(file, 1, 1),
            "save it as UTF-8",
        )
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        problems.append(
            SourceProblem(
                "byte-order-mark",
                "the file begins with a byte-order mark, which is not part of the text",
                Location(file, 1, 1),
                "save it as UTF-8 without BOM",
            )
        )
    text = utf8(data, file)
    if not text.strip():
        raise SourceProblem("empty-file", "the file is empty", Location(file, 1, 1))
    return text, problems


@contextmanager
def reading(file: object) -> Iterator[None]:
    """Say of what is read within `with` what is wrong and where, as an `InputError`.

    Args:
        file: its name, for what the system says.
    """
    try:
        yield
    except SourceProblem as problem:
        raise InputError(f"{problem.location}: {problem.message}", hint=problem.hint) from None
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None


def read_bytes(file: FilePath) -> bytes:
    """The bytes of a file, one more than `MAX_BYTES` at most.

    Raises:
        InputError: it cannot be read.
    """
    with reading(file), file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def utf8(data: bytes, file: str) -> str:
    """The text that UTF-8 bytes are.

    Args:
        data: the whole file, without a byte order mark.
        file: its name, for the message.

    Raises:
        SourceProblem: they are not UTF-8; its place is that of the first wrong byte.
    """
    from lod.diagnostics import Location

    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        raise SourceProblem(
            "not-utf-8",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            Location(file, line, column),
            "save the file as UTF-8",
        ) from None
