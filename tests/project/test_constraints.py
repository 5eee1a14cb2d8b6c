"""What the tests are installed with is pinned, to the last package, and names no host."""

from __future__ import annotations

import importlib.metadata
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from lod.site.pages.query import PACKAGES
from tests.project.constraints import (
    LOWEST,
    LOWEST_EXTRAS,
    LOWEST_TOOLS,
    NEWEST,
    NPM,
    READER,
    ROOT,
    STREAM,
    direct,
    pinned,
    pins,
    project,
)
from tests.system import PROGRAMS

AGAIN = "run: python -m tests.project.constraints, and install as the README says"


def needed() -> Iterator[str]:
    """Everything that the project or its tests need, directly or not, as it is installed."""
    groups = project()["dependency-groups"]
    extras = project()["project"]["optional-dependencies"]
    waiting = [*direct(*extras), *map(Requirement, groups["dev"])]
    seen = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        asked = frozenset(requirement.extras) | {""}
        applies = requirement.marker is None or any(
            requirement.marker.evaluate({"extra": extra}) for extra in asked
        )
        if not applies or (name, asked) in seen:
            continue
        seen.add((name, asked))
        if name != "lod-facts":
            yield name
        for text in importlib.metadata.requires(name) or []:
            further = Requirement(text)
            if further.marker is None or any(
                further.marker.evaluate({"extra": extra}) for extra in asked
            ):
                further.marker = None
                waiting.append(further)


def test_every_requirement_is_pinned_to_a_version_that_it_allows() -> None:
    known = pins(NEWEST)
    wrong = [
        str(requirement)
        for requirement in direct(*project()["project"]["optional-dependencies"], groups=True)
        if (name := canonicalize_name(requirement.name)) != "lod-facts"
        and not all(
            requirement.specifier.contains(str(pin.specifier).removeprefix("=="), prereleases=True)
            for pin in known.get(name, [Requirement(f"{name}==0")])
        )
    ]
    assert wrong == [], AGAIN


def test_everything_installed_has_its_pinned_version() -> None:
    known = pins(NEWEST)
    names = set(needed())
    assert len(names) > 50
    versions = {name: importlib.metadata.version(name) for name in names}
    wrong = {
        name: version
        for name, version in versions.items()
        # "2.012" in a package is the "2.12" of the registry.
        if Version(pinned(known.get(name, [])) or "0") != Version(version)
    }
    assert wrong == {}, AGAIN


def test_pip_and_what_builds_packages_are_pinned() -> None:
    known = pins(NEWEST)
    # Hatchling's own requirements too, and what it asks for to install a checkout in place.
    names = {
        "pip",
        "hatchling",
        "editables",
        "pathspec",
        "pluggy",
        "packaging",
        "trove-classifiers",
    }
    assert names | {"setuptools", "wheel", "hatch-fancy-pypi-readme"} <= known.keys()


@pytest.mark.parametrize("file", [NEWEST, LOWEST], ids=lambda file: file.name)
def test_every_line_is_one_version_and_nothing_else(file: Path) -> None:
    lines = [one for one in file.read_text("utf-8").splitlines() if not one.startswith("#")]
    assert [one for one in lines if not re.fullmatch(r"[\w.-]+==[\w.]+( ; [^@]+)?", one)] == []


def test_lowest_versions_are_those_that_the_project_allows() -> None:
    known = pins(LOWEST)
    for requirement in direct(*LOWEST_EXTRAS):
        (floor,) = [one.version for one in requirement.specifier if one.operator == ">="]
        (pin,) = known[canonicalize_name(requirement.name)]
        assert Version(str(pin.specifier).removeprefix("==")) == Version(floor), AGAIN


def test_tools_of_the_lowest_versions_are_those_of_the_others() -> None:
    newest, lowest = pins(NEWEST), pins(LOWEST)
    for name in LOWEST_TOOLS:
        assert pinned(lowest[name]) == pinned(newest[name]), AGAIN


@pytest.mark.parametrize(("folder", "packages"), [(NPM, PACKAGES), (STREAM, READER)])
def test_npm_takes_the_packages_of_the_lock_file_and_no_others(
    folder: Path, packages: dict[str, str]
) -> None:
    text = (folder / "package-lock.json").read_text("utf-8")
    lock = json.loads(text)["packages"]
    assert lock[""]["dependencies"] == packages, AGAIN
    assert json.loads((folder / "package.json").read_bytes())["dependencies"] == packages
    for place, package in lock.items():
        if place:
            assert package["integrity"].startswith("sha512-")
            assert re.fullmatch(r"[\w.-]+", package["version"])
    for name, version in packages.items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert "://" not in re.sub(r'"funding": (?:\{[^}]*\}|\[[^\]]*\])', "", text)
    assert "resolved" not in text


def test_the_commands_of_the_readme_and_of_ci_are_pinned() -> None:
    readme, ci = ((ROOT / name).read_text("utf-8") for name in ("README.md", ".ci/run"))
    (line,) = [line for line in readme.splitlines() if line.endswith("-m tests")]
    installs = [part for part in line.split("&&") if " install " in part]
    assert len(installs) == 2
    assert all(" -c constraints.txt " in part for part in installs)
    assert " -U " in installs[0]
    assert installs[0].rstrip().endswith(" pip")
    assert " --build-constraint constraints.txt " in installs[1]
    assert "PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt" in ci


def test_ci_installs_every_program_that_a_test_needs() -> None:
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    words = set(re.split(r"[\s;]+", ci))
    assert set(PROGRAMS.values()) <= words


def test_the_python_of_the_tests_has_a_classifier() -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert f"Programming Language :: Python :: {version}" in project()["project"]["classifiers"]
