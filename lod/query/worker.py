"""The child process that runs queries: under limits, one at a time.

It is started in the isolated mode of Python with the folder where pyoxigraph is installed, and
imports nothing of lod, so that it is there in some 15 ms. `lod.query.answers` makes of it a worker
that looks at queries and writes results, too. Both directions carry frames: four bytes of length,
then one marshalled value.

Requests: ("load", data, media type, base) · ("unite",) · ("open", folder) · ("query", text,
prefixes, base, limits) · ("probe", text, prefixes, base). Limits are seconds, rows, bytes and
memory. Answers: ("done",) · ("syntax", message, line, column) · ("failed", message) · ("limit",
name) · ("ask", boolean) · ("select", data, more) or ("graph", data, more), and while there is more
the same again · ("probed", message or None). The data of all frames together is the table as TSV,
the graph as N-Triples.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pyoxigraph import Store

#: Bytes of a result from which on a frame is sent.
_FRAME = 100_000
#: Bytes of a line of N-Triples that belong to none of its terms.
AROUND_TERMS = len("   .\n")
_UNITE = "INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"

#: Bytes of a frame that say how long it is.
HEAD = 4


def packed(message: tuple[Any, ...]) -> bytes:
    """A message as a frame."""
    data = marshal.dumps(message)
    return len(data).to_bytes(HEAD, "big") + data


def unpacked(data: bytes) -> tuple[Any, ...]:
    """The message in a frame, whose head was read."""
    # Both ends are this module, run by one interpreter.
    message: tuple[Any, ...] = marshal.loads(data)  # noqa: S302 - nobody else writes to the pipe
    return message


def read_frame(stream: BinaryIO) -> bytes | None:
    """Read one frame without its head; None at the end of the stream."""
    head = stream.read(HEAD)
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(head) == HEAD and len(data) == size else None


class Seal:
    """Takes from this process what a query must not have.

    Attributes:
        opens_files: whether the data itself is in files that are opened as they are needed.
    """

    def __init__(self) -> None:
        self.opens_files = False
        self._limits: dict[int, int | None] = {}
        self._last: tuple[bool, int | None, int | None] | None = None
        self._page = 0
        self._statistics: int | None
        try:
            # Opened now, read before every query, when no file can be opened any more.
            self._statistics = os.open("/proc/self/statm", os.O_RDONLY)
            self._page = os.sysconf("SC_PAGE_SIZE")
        except OSError:  # not Linux: the size of the process is not known, and not limited
            self._statistics = None

    def size(self) -> int | None:
        """Bytes of address space that the process has; None where the system does not tell."""
        if self._statistics is None:
            return None
        return int(os.pread(self._statistics, 64, 0).partition(b" ")[0]) * self._page

    def close(self, seconds: float | None, memory: int | None) -> None:
        """Set the limits of one query.

        Unless the data is on disk, no file can be opened any more, and so no socket: a query that
        asked for the network would not get it. The limit of processor time ends a worker whose
        parent is gone.

        Args:
            seconds: wall time that the query may take; the parent holds it.
            memory: bytes that the process may grow by.
        """
        processor = None if seconds is None else int(time.process_time() + seconds) + 5
        size = self.size()
        space = None if memory is None or size is None else size + memory
        if (limits := (self.opens_files, processor, space)) == self._last:
            return
        self._last = limits
        try:
            import resource
        except ImportError:
            return
        for limit, value in (
            (resource.RLIMIT_NOFILE, None if self.opens_files else 0),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_CPU, processor),
            (resource.RLIMIT_AS, space),
        ):
            if limit in self._limits and self._limits[limit] == value:
                continue
            hard = resource.getrlimit(limit)[1]
            soft = hard if value is None else value
            if hard != resource.RLIM_INFINITY:
                soft = min(soft, hard)
            resource.setrlimit(limit, (soft, hard))
            self._limits[limit] = value


class Worker:
    """Answers requests.

    Args:
        stream: where the answers go.

    Attributes:
        operations: what a request may ask, by its first word.
        is_united: whether the default graph holds all graphs, each triple once. The engine's own
            view of all graphs is no set: it finds a triple once in each graph.
    """

    def __init__(self, stream: BinaryIO) -> None:
        import pyoxigraph

        self.engine = pyoxigraph
        self.store: Store = pyoxigraph.Store()
        self.seal = Seal()
        self.is_united = False
        self.operations: dict[str, Callable[..., None]] = {
            "load": self._load,
            "unite": self._unite,
            "open": self._open,
            "query": self._query,
            "probe": self._probe,
        }
        self._stream = stream

    def serve(self, requests: BinaryIO) -> None:
        """Answer requests until the other end is closed."""
        while (request := read_frame(requests)) is not None:
            self.answer(*unpacked(request))

    def answer(self, operation: str, *arguments: Any) -> None:
        """Do what one request asks."""
        try:
            self.operations[operation](*arguments)
        except SyntaxError as error:
            self.send("syntax", error.msg, error.lineno, error.offset)
        except MemoryError:
            self.send("limit", "memory")
        except (ValueError, OSError, RuntimeError) as error:
            self.send("failed", str(error))
        # The other end waits for the last frame anyway: to wake it for each takes longer than
        # most queries do.
        self._stream.flush()

    def send(self, *message: Any) -> None:
        """Write one frame of an answer; it may stay in the buffer of the stream."""
        self._stream.write(packed(message))

    def problem(self, text: str, prefixes: dict[str, str], base: str | None) -> str | None:
        """What the engine says against a text; None where it is well-formed.

        There is no data where it is asked, so nothing is found.
        """
        try:
            self.engine.Store().query(text, prefixes=prefixes, base_iri=base)
        except SyntaxError as error:
            return error.msg
        return None

    def _load(self, data: bytes, media_type: str, base: str | None) -> None:
        self.store.load(data, self.engine.RdfFormat.from_media_type(media_type), base_iri=base)
        self.send("done")

    def _unite(self) -> None:
        """Copy what stands in named graphs into the default graph, when all data is there."""
        self.store.update(_UNITE)
        self.is_united = True
        self.send("done")

    def _open(self, folder: str) -> None:
        self.store = self.engine.Store.read_only(folder)
        self.seal.opens_files = True
        self.send("done")

    def _probe(self, text: str, prefixes: dict[str, str], base: str | None) -> None:
        self.send("probed", self.problem(text, prefixes, base))

    def _query(
        self,
        text: str,
        prefixes: dict[str, str],
        base: str | None,
        limits: tuple[float | None, int | None, int | None, int | None],
    ) -> None:
        seconds, rows, size, memory = limits
        self.seal.close(seconds, memory)
        result: Any = self.store.query(
            text,
            prefixes=prefixes,
            base_iri=base,
            use_default_graph_as_union=not self.is_united,
        )
        if isinstance(result, self.engine.QueryBoolean):
            self.send("ask", bool(result))
            return
        is_table = isinstance(result, self.engine.QuerySolutions)
        output = _Output(self, is_table=is_table, rows=rows, size=size)
        try:
            if is_table:
                result.serialize(output, self.engine.QueryResultsFormat.TSV)
            else:
                result.serialize(output, self.engine.RdfFormat.N_TRIPLES)
        except _FullError as full:
            self.send("limit", str(full))
        else:
            output.end()


class _FullError(Exception):
    """A result is larger than a limit, which is the argument."""


class _Output:
    """Sends a result in frames while the engine writes it, up to limits.

    Args:
        worker: sends it.
        is_table: whether it is a table and not a graph.
        rows: the most rows, or None.
        size: the most bytes of terms, or None. More may pass, as a row is not always whole and TSV
            has some terms in a short form: who reads it counts again.
    """

    def __init__(self, worker: Worker, *, is_table: bool, rows: int | None, size: int | None):
        self._worker = worker
        self._kind = "select" if is_table else "graph"
        self._most_rows = sys.maxsize if rows is None else rows
        self._most_bytes = sys.maxsize if size is None else size
        self._around = 0 if is_table else AROUND_TERMS
        self._rows = self._size = 0
        self._parts: list[bytes] = []
        self._gathered = 0

    def write(self, data: bytes) -> int:
        """Take some bytes; the engine gives some thousand at a time."""
        self._parts.append(data)
        self._gathered += len(data)
        self._count(data if self._around else self._after_head())
        if self._gathered >= _FRAME and self._around:
            self._send(more=True)
        return len(data)

    def flush(self) -> None:
        """Nothing: `end` sends what is left."""

    def end(self) -> None:
        """Send what is left."""
        self._send(more=False)

    def _after_head(self) -> bytes:
        """What there is after the names of the columns; they say how many cells a row has."""
        head, found, rest = b"".join(self._parts).partition(b"\n")
        self._around = head.count(b"\t") + 1 if found else 0
        return rest

    def _count(self, data: bytes) -> None:
        rows = data.count(b"\n")
        if self._rows + rows > self._most_rows:
            # What is larger than both reaches first what its first rows reach.
            data = data[: len(data) - len(data.split(b"\n", self._most_rows - self._rows)[-1])]
            rows = self._most_rows + 1 - self._rows
        self._rows += rows
        self._size += len(data)
        if self._size - (self._rows + 1) * self._around > self._most_bytes:
            raise _FullError("bytes")
        if self._rows > self._most_rows:
            raise _FullError("rows")

    def _send(self, *, more: bool) -> None:
        self._worker.send(self._kind, b"".join(self._parts), more)
        self._parts.clear()
        self._gathered = 0


def end_with_parent() -> None:
    """Have this process ended, in the middle of a query too, once its parent is gone.

    The parent holds the other end of the standard error; where that is closed, Linux sends SIGIO,
    which ends a process. Elsewhere the limit of processor time does.
    """
    if sys.platform == "linux":
        import fcntl

        fcntl.fcntl(2, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(2, fcntl.F_SETFL, fcntl.fcntl(2, fcntl.F_GETFL) | os.O_ASYNC)


if __name__ == "__main__":
    sys.path.append(sys.argv[1])
    end_with_parent()
    Worker(sys.stdout.buffer).serve(sys.stdin.buffer)
