"""How long `lod disagree` takes, and whether its memory grows: `python -m benchmarks disagree [N]`.

Publications of `benchmarks/generate.py`, each with one claim more: how many people lived in a
country in a year, which one in ten says otherwise than the others. Two corpora, of a tenth of N and
of N publications (10,000), are compared as they are written, as they were built, and in a store. It
ends with 1 where the larger one takes 30 MB more.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.generate import make_publication

COUNT = 10_000
#: MB that the larger corpus may take more.
MORE = 30

_DISAGREE = """
import resource, sys, time
from pathlib import Path
from benchmarks.measure import peak_memory
from lod.review.disagreements import Tally, find_disagreements
from lod.review.sources import find_claims
if __name__ == "__main__":
    tally = Tally()
    claims = (one for one in find_claims(Path(sys.argv[1])) if not isinstance(one, tuple))
    found = sum(1 for _ in find_disagreements(claims, tally))
    print(found, tally.claims, time.process_time(), peak_memory())
"""


def make_counted(number: int) -> dict[str, Any]:
    """A publication that says how many people lived in one of its countries in one year."""
    data = make_publication(number, broken=False)
    chance = random.Random(f"people {number}")  # noqa: S311 - not for secrets
    countries = [slug for slug, one in data["entities"].items() if one["type"] == "Country"]
    slug, year = chance.choice(countries), chance.randrange(2014, 2024)
    label = data["entities"][slug]["label"]
    people = random.Random(f"{slug} {year}").randrange(10, 90)  # noqa: S311 - not for secrets
    people += chance.randrange(1, 5) if chance.random() < 0.1 else 0
    text = f"In {year} {label} had {people} million inhabitants."
    data["document"]["content"] += f"\n\n{text}"
    data["claims"].append(
        {
            "id": "people",
            "quote": text,
            "subject": slug,
            "property": "population",
            "value": f"{people} million inhabitants",
            "during": f"in {year}",
        }
    )
    return data


def main(options: list[str]) -> None:
    """Make both corpora, print seconds of processor time and peaks, exit with 1 where they grow."""
    if options and not options[0].isdecimal():
        sys.exit(__doc__)
    count = int(options[0]) if options else COUNT
    grown = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peaks: dict[str, float] = {}
        for size in (count // 10, count):
            corpus = folder / f"{size}.jsonl"
            with corpus.open("w", encoding="utf-8") as lines:
                lines.writelines(json.dumps(make_counted(n)) + "\n" for n in range(size))
            out, store = folder / f"{size}-out", folder / f"{size}-store"
            for command in (["build", corpus, "-o", out], ["load", out, "--store", store]):
                run = [sys.executable, "-m", "lod", *map(str, command)]
                subprocess.run(run, check=True, capture_output=True)
            for form, path in (("written", corpus), ("built", out), ("store", store)):
                found, claims, seconds, peak = _measured(path)
                print(
                    f"{size:,} publications, {form}: {found:,} disagreements in {claims:,} claims, "
                    f"{seconds:.1f} s of processor time, {peak:.0f} MB"
                )
                grown |= peak > peaks.setdefault(form, peak) + MORE
    sys.exit(grown)


def _measured(path: Path) -> tuple[int, int, float, float]:
    command = [sys.executable, "-c", _DISAGREE, str(path)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    found, claims, seconds, peak = run.stdout.split()
    return int(found), int(claims), float(seconds), float(peak)
