"""The versions that the tests run with: `python -m tests.project.constraints` writes them anew.

Two files for pip hold every version, those of what is needed indirectly too, for every platform
and Python: `constraints.txt` the newest that are allowed, with what builds packages and with pip
itself; `constraints-lowest.txt` the lowest of what `pyproject.toml` names, with what runs the tests
of them. Two more are npm's, for the packages of the query page and for a reader of event streams.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lod.site.pages.query import PACKAGES

ROOT = Path(__file__).parents[2]
NEWEST = ROOT / "constraints.txt"
LOWEST = ROOT / "constraints-lowest.txt"
NPM = ROOT / "tests" / "site" / "npm"
#: The reader of event streams that the tests of releases use, and its lock.
STREAM, READER = ROOT / "tests" / "history" / "npm", {"ldes-client": "0.3.0"}
#: Extras whose lowest versions are tried. Spark is not: 400 MB for a single test.
LOWEST_EXTRAS = ("corpus", "pandas", "parquet", "server", "xlsx")
#: What the tests of the lowest versions need beside them.
LOWEST_TOOLS = (
    "babel",
    "hypothesis",
    "jsonschema",
    "polars",
    "pyld",
    "pytest",
    "pytest-xdist",
)
#: Packages that come as source alone. What builds them is in the group `build`.
SOURCE_ONLY = ("pyspark",)
_HEADER = "# Made by `python -m tests.project.constraints`; do not edit.\n"


def project() -> dict[str, Any]:
    """What `pyproject.toml` says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def direct(*extras: str, groups: bool = False) -> Iterator[Requirement]:
    """What `pyproject.toml` requires.

    Args:
        extras: which of the optional dependencies are wanted too.
        groups: whether the dependency groups and what builds the package are wanted too.
    """
    data = project()
    names = list(data["project"]["dependencies"])
    for extra in extras:
        names += data["project"]["optional-dependencies"][extra]
    if groups:
        names += [one for group in data["dependency-groups"].values() for one in group]
        names += data["build-system"]["requires"]
    yield from map(Requirement, names)


def pins(path: Path) -> dict[str, list[Requirement]]:
    """The versions of a file of constraints.

    Args:
        path: the file.

    Returns:
        Normalized name to its lines: several where the version depends on the Python.
    """
    found: dict[str, list[Requirement]] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            pin = Requirement(line)
            found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


def pinned(pins_of_name: list[Requirement]) -> str | None:
    """The version that a package has on this Python and platform; None where it is not needed."""
    for pin in pins_of_name:
        if pin.marker is None or pin.marker.evaluate():
            return str(pin.specifier).removeprefix("==")
    return None


def resolve(target: Path, *options: str) -> None:
    """Resolve with uv, and write the versions that it takes."""
    floor = project()["project"]["requires-python"].removeprefix(">=")
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--quiet"]
    command += ["--python-version", floor, "--no-annotate", "--no-header", "--no-config"]
    command += ["--only-binary", ":all:"]
    command += [word for name in SOURCE_ONLY for word in ("--no-binary", name)]
    run = subprocess.run([*command, *options], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    target.write_text(_HEADER + run.stdout.decode(), "utf-8")


def write_newest() -> None:
    """Write the newest versions that are allowed, of everything."""
    groups = [word for name in project()["dependency-groups"] for word in ("--group", name)]
    resolve(NEWEST, "pyproject.toml", "--all-extras", *groups)


def write_lowest() -> None:
    """Write the lowest direct versions, with the tools in the versions that the others have."""
    known = pins(NEWEST)
    extras = [word for name in LOWEST_EXTRAS for word in ("--extra", name)]
    with tempfile.TemporaryDirectory() as scratch:
        tools = Path(scratch) / "tools.in"
        tools.write_text("".join(f"{pin}\n" for name in LOWEST_TOOLS for pin in known[name]))
        options = ("--resolution", "lowest-direct")
        resolve(LOWEST, "pyproject.toml", str(tools), *extras, *options)


def write_npm() -> None:
    """Write the lock files of npm, with hashes and without addresses."""
    options = ("--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
    command = ("npm", "install", *options, "--omit-lockfile-registry-resolved")
    for folder, name, packages in ((NPM, "query-page", PACKAGES), (STREAM, "event-stream", READER)):
        folder.mkdir(exist_ok=True)
        package = {"name": name, "private": True, "dependencies": packages}
        (folder / "package.json").write_text(json.dumps(package, indent=2) + "\n", "utf-8")
        (folder / "package-lock.json").unlink(missing_ok=True)
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Write all files."""
    write_newest()
    write_lowest()
    write_npm()


if __name__ == "__main__":
    main()
