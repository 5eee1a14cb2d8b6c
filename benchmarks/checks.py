"""How many mistakes `lod check` catches, and how often it is wrong: `python -m benchmarks.checks`.

Mistakes are seeded into publications that are right (`benchmarks/mistakes.toml`), one at a time. A
mistake is caught where a new error or warning stands at its claim. What is found in the files as
they are is a false alarm, a claim counted once. Exits 1 where a goal is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import median_ratio, write_results
from benchmarks.mistakes import TABLE, Mistake, Sample, make_mistakes
from benchmarks.outcome import Outcome
from benchmarks.processor import Load
from benchmarks.report import checks as report
from benchmarks.side import other_side, this_side
from lod.language.data import languages

ROOT = Path(__file__).parents[1]
_TESTS = ROOT / "tests" / "publications"
PUBLICATIONS = (
    ROOT / "examples" / "russia-kazakhstan",
    _TESTS / "ten-facts",
    *(_TESTS / "conforming" / f"{name}.yaml" for name in ("biography", "statistics", "bericht")),
    *sorted((Path(__file__).parent / "publications").glob("*/")),
)
LANGUAGES = tuple(sorted(languages()))
_GOALS = TABLE["goals"]
#: Checks what it is given so often, and prints the processor seconds of all but the first time.
_CHECK = """
import sys, time, lod
times = []
for _ in range(6):
    start = time.process_time()
    for path in sys.argv[1:]:
        lod.load(path).check()
    times.append(time.process_time() - start)
print(sum(times[1:]))
"""
#: Prints those of what it is given in which it finds no error.
_READ = """
import sys, lod
for path in sys.argv[1:]:
    if not any(found.severity == "error" for found in lod.load(path).check()):
        print(path)
"""


@dataclass(frozen=True)
class Missed:
    """A mistake that nothing was found at."""

    publication: str
    mistake: Mistake


@dataclass
class Result:
    """What was measured in one language.

    Attributes:
        outcome: of the operators that count for the goal.
        beyond: of the others.
        codes: by which findings the mistakes were caught.
        claims: how many claims are right, as they all are.
        alarms: publication, claim, code and message of what was found in them.
        alarmed: how many claims have such a finding.
        overruled: how many claims overrule one with `allow`.
    """

    outcome: Outcome[Missed] = field(default_factory=Outcome)
    beyond: Outcome[Missed] = field(default_factory=Outcome)
    codes: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    alarms: list[tuple[str, str, str, str]] = field(default_factory=list)
    alarmed: int = 0
    overruled: int = 0

    @property
    def in_fifty(self) -> float:
        """Claims with a false alarm in 50."""
        return 50 * self.alarmed / self.claims

    def add(self, sample: Sample, seed: int) -> None:
        """Seed mistakes into a publication, and check each."""
        self.claims += len(sample.claims)
        self.alarmed += len(sample.clean)
        self.overruled += sum("allow" in claim for claim in sample.claims)
        for at, found in sample.clean.items():
            id_ = sample.claims[at]["id"]
            self.alarms += [(sample.name, id_, *one) for one in sorted(found)]
        for mistake in make_mistakes(sample, seed):
            found = sample.catches(mistake)
            outcome = self.outcome if mistake.operator in TABLE["operators"] else self.beyond
            outcome.add(mistake.operator, Missed(sample.name, mistake), found=bool(found))
            self.codes.update({code for code, _ in found})

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain data."""
        return {
            "claims": self.claims,
            "made": self.outcome.made.total(),
            "caught": self.outcome.found.total(),
            "share": self.outcome.share,
            "false_alarms": len(self.alarms),
            "false_alarms_in_50_claims": self.in_fifty,
            "overruled_claims": self.overruled,
            "operators": _by_operator(self.outcome, TABLE["operators"]),
            "beyond": _by_operator(self.beyond, TABLE["beyond"]),
            "codes": dict(sorted(self.codes.items())),
        }


def _by_operator(outcome: Outcome[Missed], names: Iterable[str]) -> dict[str, list[int]]:
    return {name: [outcome.found[name], outcome.made[name]] for name in names if outcome.made[name]}


def measure(seed: int, languages: Sequence[str], paths: Sequence[Path]) -> dict[str, Result]:
    """Seed mistakes into the publications of some languages.

    Args:
        seed: of the draw.
        languages: primary subtags.
        paths: folders or facts files.
    """
    results = {language: Result() for language in languages}
    for path in paths:
        sample = Sample.of(path)
        if sample.language in results:
            results[sample.language].add(sample, seed)
    return results


def cost(against: str, rounds: int) -> dict[str, Any]:
    """What checking takes beside an earlier commit, in processor time.

    Args:
        against: the commit; both are given the example as it was there, and those of the small
            publications that it finds no error in: where it finds one, it stops half-way.
        rounds: in turn.
    """
    then, now = other_side(against), this_side()
    every = (then.root / "examples" / "russia-kazakhstan", *PUBLICATIONS[1:])
    paths = tuple(map(Path, then.run("-c", _READ, *every).splitlines()))
    took: dict[str, list[float]] = {"then": [], "now": []}
    for _ in range(rounds):
        for name, side in (("then", then), ("now", now)):
            took[name].append(float(side.run("-c", _CHECK, *paths)))
    ratio = median_ratio(took, "now", "then")
    return {
        "against": against,
        "publications": len(paths),
        "rounds": rounds,
        "ratio": ratio,
        "seconds": took,
    }


def goals(data: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Each goal with what was reached, what was to be, and whether it is."""
    rows = []
    for language, result in data["languages"].items():
        share, alarms = result["share"], result["false_alarms_in_50_claims"]
        rows += [
            (
                f"{language}: mistakes caught",
                f"{share:.1%} of {result['made']}",
                f"at least {_GOALS['caught']:.0%}",
                share >= _GOALS["caught"],
            ),
            (
                f"{language}: claims with a false alarm, in 50",
                f"{alarms:.2f} ({result['claims']} claims)",
                f"at most {_GOALS['false_alarms']:g}",
                alarms <= _GOALS["false_alarms"],
            ),
        ]
    if "cost" in data:
        ratio = data["cost"]["ratio"]
        what = f"checking, times commit {data['cost']['against'][:7]}"
        most = _GOALS["cost"]
        rows.append((what, f"{ratio:.2f}", f"at most {most:g}", ratio <= most))
    return rows


def misses(results: dict[str, Result]) -> str:
    """Every mistake that was not caught and every false alarm, grouped by kind."""
    lines = []
    for language, result in results.items():
        for outcome in (result.outcome, result.beyond):
            for operator in sorted(outcome.made):
                missed = [one for one in outcome.missed if one.mistake.operator == operator]
                for one in missed:
                    mistake = one.mistake
                    lines += [
                        f"{language} missed {operator}: {one.publication} {mistake.id}",
                        f"    {mistake.before} -> {mistake.after}",
                        f"    quote: {mistake.data['quote']}",
                    ]
        for name, id_, code, message in result.alarms:
            lines.append(f"{language} false alarm: {name} {id_}: {code}: {message}")
    return "\n".join(lines)


def main(options: Sequence[str] | None = None) -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checks", description=__doc__)
    parser.add_argument("--language", action="append", help="only this one; may be repeated")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--misses", action="store_true", help="list what was not caught")
    parser.add_argument("--against", metavar="COMMIT", help="compare what checking takes")
    parser.add_argument("--rounds", type=int, default=5, help="of that")
    parser.add_argument("--peers", action="store_true", help="ask other tools too: installs them")
    parser.add_argument(
        "--record", action="store_true", help="write benchmarks/results/checks.json"
    )
    parser.add_argument("paths", nargs="*", type=Path, help="publications; by default ours")
    given = parser.parse_args(options)
    load = Load()
    languages, paths = given.language or LANGUAGES, given.paths or PUBLICATIONS
    results = measure(given.seed, languages, paths)
    for language, result in results.items():
        if not result.claims:
            parser.error(f"there is no publication in the language {language}")
    data: dict[str, Any] = {
        "seed": given.seed,
        "languages": {language: result.as_dict() for language, result in results.items()},
    }
    if given.peers:
        from benchmarks.quote_peers import ask

        data["peers"] = ask(given.seed, languages, paths)
    if given.against:
        data["cost"] = cost(given.against, given.rounds)
    rows = goals(data)
    data["goals"] = [
        dict(zip(("what", "reached", "goal", "met"), row, strict=True)) for row in rows
    ]
    if given.record:
        write_results("checks", data, load=load)
    elif given.format == "json":
        if given.misses:
            data["misses"] = misses(results).splitlines()
        print(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        print(report(data))
        if given.misses:
            print(f"\n{misses(results)}")
    sys.exit(any(not met for *_, met in rows))


if __name__ == "__main__":
    main()
