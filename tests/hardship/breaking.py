"""Breaks files and has them read, in a process of its own that may end at any of them.

`python -m tests.hardship.breaking SEED FIRST COUNT NAME FOLDER` writes a line of JSON for each
broken file to the standard output, and the number of the one that is read next before it.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.hardship.mutations import mutate
from tests.hardship.publications import write_samples
from tests.hardship.subjects import RECORDED, ROOT, SUBJECTS, Subject, WrongError
from tests.hardship.tally import Tally

#: Seconds after which a file that is still read counts as one that hangs: hundreds of times as long
#: as any takes, for a machine that does much else.
_PATIENCE = 120


def _one(subject: Subject, samples: Path, whole: bytes, number: int, seed: int) -> str:
    """Break a file for the so many-th time and have it read."""
    file = samples / subject.file
    broken = mutate(whole, random.Random(f"{seed} {subject.name} {number}"))  # noqa: S311 - again the same
    file.write_bytes(broken)
    try:
        outcome = subject.read(samples, file)
        if file.read_bytes() != broken:
            raise WrongError("what was read was changed")
    finally:
        file.write_bytes(whole)
    return outcome


def _work(seed: int, first: int, count: int, name: str, samples: Path) -> None:
    (subject,) = (one for one in SUBJECTS if one.name == name)
    whole = (samples / subject.file).read_bytes()
    out = sys.stdout
    for number in range(first, first + count):
        print(json.dumps({"next": number}), file=out, flush=True)
        faulthandler.dump_traceback_later(_PATIENCE, exit=True)
        said: dict[str, object] = {"number": number}
        try:
            said["outcome"] = _one(subject, samples, whole, number, seed)
        except Exception as error:  # whatever it is, it is a failure
            said["failure"] = f"{type(error).__name__}: {error}"[:500]
        faulthandler.cancel_dump_traceback_later()
        print(json.dumps(said), file=out, flush=True)


def break_files(seed: int, count: int, tally: Tally, first: int = 0) -> None:
    """Break every kind of file so many times.

    Args:
        seed: the same breaks the same files.
        count: how often each kind is broken.
        tally: is told what came about.
        first: the number of the first one.
    """
    with tempfile.TemporaryDirectory(prefix="lod-hardship-") as made:
        samples = write_samples(Path(made) / "samples")
        shutil.copy(RECORDED, samples / "items.json")
        for subject in SUBJECTS:
            _break_one(subject, seed, first, count, samples, tally)


def _break_one(
    subject: Subject, seed: int, first: int, count: int, samples: Path, tally: Tally
) -> None:
    kind = f"mutation: {subject.name}"
    end, whole = first + count, (samples / subject.file).read_bytes()
    while first < end:
        arguments = [str(seed), str(first), str(end - first), subject.name, str(samples)]
        process = subprocess.run(
            [sys.executable, "-m", "tests.hardship.breaking", *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        at = first
        for line in process.stdout.splitlines():
            with contextlib.suppress(ValueError):  # the last one may be cut off
                said = json.loads(line)
                at = said.get("next", at)
                if "failure" in said:
                    tally.fail(kind, f"seed {seed}, number {said['number']}: {said['failure']}")
                elif "outcome" in said:
                    tally.note(kind, said["outcome"])
        if process.returncode == 0:
            return
        # What a process did not survive is never kept, only named: seed and number bring it back.
        ending = process.stderr.strip().splitlines()[-12:]
        tally.fail(
            kind,
            f"seed {seed}, number {at}: the process ended with {process.returncode}: "
            f"{' | '.join(ending)[-600:]}",
        )
        (samples / subject.file).write_bytes(whole)
        first = at + 1


if __name__ == "__main__":
    _work(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
