"""Tries lod hard, for as long as one wants, and says what was tried.

`python -m tests.hardship --hours 1 --seed 7` before a release; the same seed tries the same files
and steps. It ends with 1 where something went wrong, and tells the seed and number of each.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

from tests.hardship.at_once import try_at_once
from tests.hardship.breaking import break_files
from tests.hardship.faults import SCENARIOS, try_faults
from tests.hardship.servers import try_servers
from tests.hardship.tally import Tally

#: What one round does: broken files of each kind, faults of each scenario, hostile servers.
_FILES, _FAULTS, _SERVERS = 100, 40, 60


def main() -> int:
    """Try in rounds until the time is over; at least one round is made whole."""
    parser = argparse.ArgumentParser(prog="python -m tests.hardship", description=__doc__)
    parser.add_argument("--hours", type=float, default=0.0, help="go on until then (one round)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is chosen (1)")
    parser.add_argument(
        "--files", type=int, default=_FILES, help="broken files of each kind a round"
    )
    parser.add_argument("--faults", type=int, default=_FAULTS, help="of each scenario a round")
    parser.add_argument("--servers", type=int, default=_SERVERS, help="hostile ones a round")
    parser.add_argument("--report", type=Path, help="write the counts to this file, as JSON")
    options = parser.parse_args()
    end = time.monotonic() + 3600 * options.hours
    tally, number = Tally(), 0
    while number == 0 or time.monotonic() < end:
        chance = random.Random(f"{options.seed} {number}")  # noqa: S311 - the same again
        # What forks comes first: nothing of the rest may have left a thread behind.
        for scenario in SCENARIOS:
            try_faults(scenario, tally, chance, options.faults)
        try_at_once(tally, chance)
        break_files(options.seed, options.files, tally, first=number * options.files)
        try_servers(tally, chance, options.servers)
        number += 1
        print(f"round {number}, seed {options.seed}\n{tally.as_text()}\n", flush=True)  # noqa: T201 - the report
        if options.report is not None:
            options.report.write_text(json.dumps(tally.as_dict(), indent=1) + "\n", "utf-8")
    return int(bool(tally.failures))


if __name__ == "__main__":
    sys.exit(main())
