"""The wheel and the sdist hold what they must and nothing else, and the installed wheel works."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tarfile
import venv
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from lod.version import __version__
from tests.project.constraints import NEWEST, direct, pinned, pins
from tests.project.release import release

# One worker builds them once for all.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("package")]

ROOT = Path(__file__).parents[2]
EXAMPLE = "examples/russia-kazakhstan"
TREES = ("lod", "shapes", "vocab", "licenses", "docs", "tests", "examples", "benchmarks")
FILES = (
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE"),
    *("constraints.txt", "constraints-lowest.txt", "pyproject.toml", ".gitignore"),
)
#: What is never part of the source, though it may lie around in a checkout.
IGNORED = shutil.ignore_patterns(
    *("__pycache__", "*.pyc", ".*_cache", ".hypothesis", ".venv"),
    # a built example has more than what .gitignore keeps
    *("dataset.trig", "dataset.nq", "report.json"),
)
MAX_INSTALLED = 100_000_000

#: What each file of the package may look like.
PACKAGE = re.compile(r"lod/(?!_data/)[\w/-]+\.(py|toml|json|rq)|lod/py\.typed")
SHAPES = re.compile(r"lod/_data/shapes/[\w-]+\.ttl")
#: What the pages of a site are made of.
SITE = re.compile(
    r"lod/pages/(templates/[\w/-]+\.(html|css|js|svg|txt|xml)|assets/[\w/-]+\.(css|js|svg))"
)
VOCABULARY = re.compile(r"lod/_data/vocab/[\w-]+\.(ttl|jsonld)")
EXAMPLES = re.compile(r"lod/_data/examples/[\w-]+/([\w.-]+|queries/[\w-]+\.rq)")
#: What `lod build` and `lod release` wrote into an example.
MADE = re.compile(r"/dist/|/releases/|/CHANGELOG\.md$|/corrections\.jsonld$")
LICENSES = re.compile(r"lod/_data/licenses/[\w-]+\.txt")
DIST_INFO = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def sources(root: Path, trees: Iterable[str]) -> set[str]:
    """The files below some folders, relative to the root."""
    return {
        path.relative_to(root).as_posix()
        for tree in trees
        for path in (root / tree).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the source alone."""
    copy = tmp_path_factory.mktemp("checkout")
    for tree in TREES:
        shutil.copytree(ROOT / tree, copy / tree, ignore=IGNORED)
    for file in FILES:
        shutil.copy(ROOT / file, copy / file)
    return copy


@pytest.fixture(scope="session")
def artifacts(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The sdist, the wheel made from it and the bill of materials, built where junk lies around."""
    littered = tmp_path_factory.mktemp("littered") / "lod-facts"
    shutil.copytree(checkout, littered)
    for junk in ("lod/__pycache__/x.pyc", "shapes/__pycache__/x.pyc", ".venv/x.py", "notes.txt"):
        file = littered / junk
        file.parent.mkdir(exist_ok=True)
        file.write_text("junk")
    out = tmp_path_factory.mktemp("artifacts")
    return release(out, littered)


def test_wheel_holds_the_package_its_shapes_and_vocabulary(
    checkout: Path, artifacts: tuple[Path, Path]
) -> None:
    info = f"lod_facts-{__version__}.dist-info"
    with zipfile.ZipFile(artifacts[1]) as wheel:
        names = set(wheel.namelist())
    expected = sources(checkout, ["lod"])
    shipped = sources(checkout, ["shapes", "vocab", "licenses", "examples"])
    expected |= {f"lod/_data/{name}" for name in shipped if not MADE.search(name)}
    expected |= {f"{info}/{name}" for name in DIST_INFO}
    expected |= {f"{info}/licenses/{name}" for name in sources(checkout, ["licenses"])}
    assert names == expected
    ours = {name for name in names if not name.startswith(info)}
    patterns = (PACKAGE, SITE, SHAPES, VOCABULARY, EXAMPLES, LICENSES)
    assert {name for name in ours if not any(p.fullmatch(name) for p in patterns)} == set()
    assert all(any(p.fullmatch(name) for name in ours) for p in patterns)


def test_sdist_holds_the_source(checkout: Path, artifacts: tuple[Path, Path, Path]) -> None:
    with tarfile.open(artifacts[0]) as sdist:
        names = {member.name.partition("/")[2] for member in sdist if member.isfile()}
    assert names == sources(checkout, TREES) | {*FILES, "PKG-INFO"}


def test_metadata(artifacts: tuple[Path, Path, Path]) -> None:
    with zipfile.ZipFile(artifacts[1]) as wheel:
        info = f"lod_facts-{__version__}.dist-info"
        metadata = wheel.read(f"{info}/METADATA").decode()
        scripts = wheel.read(f"{info}/entry_points.txt").decode()
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "lod = lod.cli.main:main" in scripts
    assert "\nProvides-Extra: all\n" in metadata
    assert "\nProject-URL: Homepage, https://w3id.org/lod-facts\n" in metadata
    for name in sources(ROOT, ["licenses"]):
        assert f"\nLicense-File: {name}\n" in metadata


def test_readme_of_the_index_has_absolute_links(artifacts: tuple[Path, Path, Path]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    with zipfile.ZipFile(artifacts[1]) as wheel:
        metadata = wheel.read(f"lod_facts-{__version__}.dist-info/METADATA").decode()
    assert "\nDescription-Content-Type: text/markdown\n" in metadata
    shown = metadata.partition("\n\n")[2]
    link = re.compile(r"\]\(([^)]+)\)")
    targets = link.findall(shown)
    assert len(targets) == len(link.findall(readme))
    assert [one for one in targets if not one.startswith(("https://", "#"))] == []
    assert "](https://w3id.org/lod-facts/docs/site.png)" in shown
    # Nothing else is changed.
    assert link.sub("", shown).strip() == link.sub("", readme).strip()


def test_bill_of_materials_names_what_the_wheel_installs(
    artifacts: tuple[Path, Path, Path],
) -> None:
    bill = json.loads(artifacts[2].read_bytes())
    assert bill["bomFormat"] == "CycloneDX"
    assert "serialNumber" not in bill
    component = bill["metadata"]["component"]
    assert (component["name"], component["version"]) == ("lod-facts", __version__)
    parts = {canonicalize_name(part["name"]): part["version"] for part in bill["components"]}
    known = pins(NEWEST)
    ours = {canonicalize_name(one.name) for one in direct() if pinned(known[one.name])}
    assert ours <= parts.keys()
    versions = {name: pinned(known[name]) for name in parts if name != "lod-facts"}
    assert versions == {name: parts[name] for name in versions}
    assert all(part["licenses"] for part in bill["components"] if part["name"] == "rdflib")
    assert str(Path.home()) not in artifacts[2].read_text("utf-8")


def test_installed_wheel_does_the_main_job(
    artifacts: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    install = [scripts / "python", "-m", "pip", "install", "-q", "-c", NEWEST, artifacts[1]]
    subprocess.run([*map(str, install)], check=True, capture_output=True)
    folder = tmp_path / "elsewhere" / "publication"
    shutil.copytree(ROOT / EXAMPLE, folder)
    shutil.rmtree(folder / "dist", ignore_errors=True)
    # Nothing of the checkout may help: not its folder, not its path.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    run = subprocess.run(
        [str(scripts / "lod"), "build", "publication"],
        cwd=folder.parent,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for name in ("dataset.ttl", "dataset.jsonld"):
        built = (folder / "dist" / name).read_bytes()
        assert built == (ROOT / EXAMPLE / "dist" / name).read_bytes()
    assert installed_size(home) < MAX_INSTALLED


def installed_size(home: Path) -> int:
    """Bytes of the packages of a virtual environment, but for those that every one has."""
    (packages,) = (*home.glob("lib/python*/site-packages"), *home.glob("Lib/site-packages"))
    every = {"pip", "setuptools", "_distutils_hack", "pkg_resources"}
    return sum(
        path.stat().st_size
        for path in packages.rglob("*")
        if path.is_file() and path.relative_to(packages).parts[0].partition("-")[0] not in every
    )
