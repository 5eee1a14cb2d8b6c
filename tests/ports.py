"""Ports for servers that are told which one to take."""

from __future__ import annotations

import os
import re
import socket
from itertools import count

#: Below those that the system gives away by itself (Linux: from 32,768 on), which anybody may have
#: got by the time that a server starts; each process of a run has a thousand of its own.
_FIRST, _OWN = 20_000, 1_000
_NUMBER = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)
_NEXT = count(os.getpid())


def free_port() -> int:
    """A port of loopback at which nobody listens, and which no other test gets."""
    for number in _NEXT:
        port = _FIRST + _OWN * (_NUMBER % 10) + number % _OWN
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("the numbers end")
