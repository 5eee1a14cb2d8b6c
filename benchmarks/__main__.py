"""Runs benchmarks: `python -m benchmarks [NAME [OPTIONS]]`, by default all, then the tables.

NAME is one of pipeline, cold_start, queries, peers; `NAME --help` shows its options. memory,
server, site, pages, house, mutations, checks, growth, languages, tables and disagree are run by
their names only.
`report` writes the tables of docs/benchmarks.md from benchmarks/results/ and measures nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module

from benchmarks.processor import Load

NAMES = ("pipeline", "cold_start", "queries", "peers")
#: Those that are not in "all".
APART = (
    "memory",
    "server",
    "site",
    "pages",
    "house",
    "mutations",
    "checks",
    "growth",
    "languages",
    "tables",
    "disagree",
)


def main(arguments: list[str]) -> None:
    """Run what is asked for; say first where the machine is busy."""
    name, *options = arguments or ["all"]
    if name in ("-h", "--help") or name not in (*NAMES, *APART, "report", "all"):
        sys.exit(__doc__)
    if name != "report":
        Load().warn()
    for one in NAMES if name == "all" else [name]:
        import_module(f"benchmarks.{one}").main(options)
    if name == "all":
        import_module("benchmarks.report").main([])


if __name__ == "__main__":
    main(sys.argv[1:])
