"""Starts the local Wikibase of the tests for a tour by hand: `python -m tests.wikidata.serve`.

It prints what to set in the terminal in which the tour is followed, and runs until Ctrl-C.
"""

from __future__ import annotations

import contextlib
import time

from tests.wikidata.example import serve_example
from tests.wikidata.wikibase import LocalWikibase


def main() -> None:
    """Serve what is known of the example's items until somebody stops it."""
    with LocalWikibase() as local:
        serve_example(local)
        print(f"export LOD_WIKIBASE={local.api} NO_PROXY=127.0.0.1", flush=True)  # noqa: T201 - a line for a shell
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)


if __name__ == "__main__":
    main()
