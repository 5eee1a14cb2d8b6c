"""How long and how much: the limits under which a server is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NetworkLimits:
    """Limits of one request, and of its repetition. Times are seconds.

    Attributes:
        connect: how long to wait for a connection.
        read: how long the server may be silent.
        deadline: how long one request may take in all, its redirects included.
        max_bytes: the largest answer, counted after decompression.
        attempts: how often one request is sent before its error is reported.
        backoff: the first wait where the server names none; doubled with each attempt.
        max_wait: the longest wait. A server that asks for more is not asked again.
        redirects: how many redirects are followed.
        parallel: how many requests are open at once.
    """

    connect: float = 10.0
    read: float = 30.0
    deadline: float = 60.0
    max_bytes: int = 64 * 1024 * 1024
    attempts: int = 5
    backoff: float = 1.0
    max_wait: float = 120.0
    redirects: int = 5
    parallel: int = 3
