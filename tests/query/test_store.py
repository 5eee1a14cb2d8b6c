"""The life of a store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import BinaryIO

import pytest

from lod.errors import QueryError
from lod.query import worker
from lod.query.limits import Limits
from lod.query.store import QueryStore, open_store, run_query
from tests.query.data import DATASET
from tests.system import program


def _children() -> set[int]:
    """The processes that this one started and that run."""
    listing = subprocess.run(
        [program("ps"), "-o", "pid=,stat=,comm=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = (line.split(None, 2) for line in listing.stdout.splitlines())
    return {int(pid) for pid, state, name in rows if state[0] != "Z" and name != "ps"}


@pytest.fixture
def own() -> QueryStore:
    return open_store(DATASET)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_one_process_answers_all_queries_and_ends_with_the_store(own: QueryStore) -> None:
    before = _children()
    assert run_query(own, "ASK { ?s ?p ?o }")
    first = _children() - before
    assert run_query(own, "ASK { ?s ?p ?o }")
    assert len(first & _children()) == 1
    own.close()
    assert not first & _children()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
@pytest.mark.parametrize(
    ("query", "limits"),
    [("SELECT * { ?s ?p }", Limits()), ("SELECT * { ?s ?p ?o }", Limits(rows=2))],
    ids=["malformed", "rows"],
)
def test_the_process_outlives_what_went_wrong(own: QueryStore, query: str, limits: Limits) -> None:
    with own:
        assert run_query(own, "ASK { ?s ?p ?o }")
        running = _children()
        with pytest.raises(QueryError):
            run_query(own, query, limits=limits)
        assert len(run_query(own, "SELECT * { ?s ?p ?o }")) == 11
        assert _children() == running


def test_a_lookup_is_one_question_and_one_answer(
    own: QueryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[bytes | None] = []
    read = worker.read_frame

    def counted(stream: BinaryIO) -> bytes | None:
        frames.append(read(stream))
        return frames[-1]

    monkeypatch.setattr(worker, "read_frame", counted)
    with own:
        run_query(own, "ASK {}")
        for query, rows in (("SELECT * { ?s ?p ?o }", 11), ("DESCRIBE <a>", 9)):
            frames.clear()
            assert len(run_query(own, query)) == rows
            assert len(frames) == 1


def test_a_closed_store_starts_again(own: QueryStore) -> None:
    assert run_query(own, "ASK { ?s ?p ?o }")
    own.close()
    with own:
        assert run_query(own, "ASK { ?s ?p ?o }")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_store_whose_process_was_killed_starts_again(own: QueryStore) -> None:
    before = _children()
    with own:
        run_query(own, "ASK {}")
        for process in _children() - before:
            os.kill(process, signal.SIGKILL)
        with pytest.raises(QueryError, match=r"stopped from outside|sudden end"):
            run_query(own, "ASK {}")
        assert run_query(own, "ASK { ?s ?p ?o }")


def test_many_short_limits_leave_the_store_well(own: QueryStore) -> None:
    """The limit may go off at any moment, also just after the last row."""
    answers = []
    with own:
        for number in range(40):
            try:
                seconds = 0.0002 * (number + 1)
                answers.append(bool(run_query(own, "ASK {}", limits=Limits(seconds=seconds))))
            except QueryError as error:
                answers.append("ran for more than" in error.message)
        assert all(answers)
        assert run_query(own, "ASK {}")


def test_no_thread_is_left_over(own: QueryStore) -> None:
    before = set(threading.enumerate())
    with own:
        run_query(own, "ASK {}")
    assert set(threading.enumerate()) <= before


def test_a_store_that_nobody_closes_ends_with_its_program() -> None:
    program = (
        "from lod.rdf.dataset import Dataset\n"
        "from lod.query.store import run_query\n"
        "from lod.query.store import open_store\n"
        "store = open_store(Dataset('https://e.org/', ''))\n"
        "print(run_query(store, 'ASK {}').boolean)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("True\n", "")
