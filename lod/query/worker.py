"""The child process in which queries run: it can be killed, and has neither network nor files.

Where the data is a store on disk, its files are opened for reading only, and as they are needed;
that SERVICE and the like never get here is then what keeps the network away.

It is started as `python -I -S worker.py FOLDER`, FOLDER being where pyoxigraph is installed, and
imports nothing of lod, so that it is there in some 15 ms. Both directions carry frames: four bytes
of length, then one marshalled value.

Requests: ("load", data, media type, base) · ("open", folder) · ("query", text, prefixes, base,
rows, bytes, seconds, memory) · ("probe", text, prefixes, base). Answers: ("done",) · ("syntax",
message, line, column) · ("failed", message) · ("limit", name) · ("ask", boolean) · ("select",
variables) or ("graph",), then any number of ("rows", rows), then ("done",). A row is a list of
terms in N-Triples syntax, None for unbound.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pyoxigraph import Store

_BATCH_ROWS = 500
_BATCH_CHARACTERS = 100_000


def put(stream: BinaryIO, message: tuple[Any, ...]) -> None:
    """Write one frame; it may stay in the buffer of the stream."""
    data = marshal.dumps(message)
    stream.write(len(data).to_bytes(4, "big") + data)


def send(stream: BinaryIO, message: tuple[Any, ...]) -> None:
    """Write one frame and let it go."""
    put(stream, message)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Any, ...] | None:
    """Read one frame; None at the end of the stream."""
    head = stream.read(4)
    if len(head) < 4:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    if len(data) < size:
        return None
    # Both ends are this module, run by one interpreter: nobody else writes to the pipe.
    message: tuple[Any, ...] = marshal.loads(data)  # noqa: S302
    return message


class Seal:
    """Takes from this process what a query must not have.

    Attributes:
        opens_files: whether the data itself is in files that are opened as they are needed.
    """

    def __init__(self) -> None:
        self.opens_files = False
        self._limits: dict[int, int | None] = {}
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
        try:
            import resource
        except ImportError:
            return
        usage = resource.getrusage(resource.RUSAGE_SELF)
        processor = None if seconds is None else int(usage.ru_utime + usage.ru_stime + seconds) + 5
        size = self.size()
        space = None if memory is None or size is None else size + memory
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
    """

    def __init__(self, stream: BinaryIO) -> None:
        import pyoxigraph

        self._engine = pyoxigraph
        self._triple = pyoxigraph.Triple
        self._store: Store = pyoxigraph.Store()
        self._stream = stream
        self._seal = Seal()

    def answer(self, request: tuple[Any, ...]) -> None:
        """Do what one request asks."""
        operation, *arguments = request
        try:
            if operation == "load":
                self._load(*arguments)
            elif operation == "open":
                self._open(*arguments)
            elif operation == "query":
                self._query(*arguments)
            else:
                self._probe(*arguments)
        except SyntaxError as error:
            self._send("syntax", error.msg, error.lineno, error.offset)
        except MemoryError:
            self._send("limit", "memory")
        except (ValueError, OSError, RuntimeError) as error:
            self._send("failed", str(error))
        # The other end waits for the last frame anyway: to wake it for each takes longer than
        # most queries do.
        self._stream.flush()

    def _send(self, *message: Any) -> None:
        put(self._stream, message)

    def _load(self, data: bytes, media_type: str, base: str | None) -> None:
        self._store.load(data, self._engine.RdfFormat.from_media_type(media_type), base_iri=base)
        self._send("done")

    def _open(self, folder: str) -> None:
        self._store = self._engine.Store.read_only(folder)
        self._seal.opens_files = True
        self._send("done")

    def _probe(self, text: str, prefixes: dict[str, str], base: str | None) -> None:
        """Parse a text; as there is no data, nothing is found."""
        self._engine.Store().query(text, prefixes=prefixes, base_iri=base)
        self._send("done")

    def _query(
        self,
        text: str,
        prefixes: dict[str, str],
        base: str | None,
        rows: int | None,
        size: int | None,
        seconds: float | None,
        memory: int | None,
    ) -> None:
        self._seal.close(seconds, memory)
        engine = self._engine
        result: Any = self._store.query(
            text, prefixes=prefixes, base_iri=base, use_default_graph_as_union=True
        )
        if isinstance(result, engine.QueryBoolean):
            self._send("ask", bool(result))
            return
        if isinstance(result, engine.QuerySolutions):
            self._send("select", [variable.value for variable in result.variables])
        else:
            self._send("graph")
        self._send_rows(result, rows, size)

    def _send_rows(
        self, found: Iterable[Iterable[Any]], rows: int | None, size: int | None
    ) -> None:
        batch: list[list[str | None]] = []
        characters = total = 0
        triple = self._triple
        for number, terms in enumerate(found, 1):
            # A triple as a term (RDF 1.2) would look like three terms.
            row = [
                None if term is None else f"<<( {term} )>>" if type(term) is triple else str(term)
                for term in terms
            ]
            for text in row:
                if text is not None:
                    characters += len(text)
                    total += len(text) if text.isascii() else len(text.encode())
            if rows is not None and number > rows:
                self._send("limit", "rows")
                return
            if size is not None and total > size:
                self._send("limit", "bytes")
                return
            batch.append(row)
            if len(batch) >= _BATCH_ROWS or characters > _BATCH_CHARACTERS:
                self._send("rows", batch)
                batch, characters = [], 0
        if batch:
            self._send("rows", batch)
        self._send("done")


def main() -> None:
    """Answer requests until the other end is closed."""
    sys.path.append(sys.argv[1])
    worker = Worker(sys.stdout.buffer)
    while (request := receive(sys.stdin.buffer)) is not None:
        worker.answer(request)


if __name__ == "__main__":
    main()
