"""Rules of another package: the example of the documentation, installed, and what can go wrong."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import ROOT, code

[MODULE] = code("rules.md", "python")
[PROJECT] = code("rules.md", "toml")
TEXT = "The mill of Norby has four ships. It owns the harbour of Norby and all of its warehouses."
FACTS: dict[str, Any] = {
    "publication": {
        "base": "https://data.example.org/note/",
        "title": "Claims of a note",
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "publisher": "Example Desk",
    },
    "document": {"content": TEXT, "language": "en"},
    "entities": {
        "mill": {"type": "Company", "label": "mill of Norby"},
        "harbour": {"type": "Facility", "label": "harbour of Norby"},
    },
    "claims": [
        {
            "id": "owns",
            "quote": "It owns the harbour of Norby and all of its warehouses",
            "means": {"it": "mill"},
            "subject": "harbour",
            "property": "ownedBy",
            "value": "mill",
        }
    ],
    "no_fact": [{"quote": "The mill of Norby has four ships.", "reason": "rhetoric"}],
}


def wheel(folder: Path, module: str, project: str = PROJECT) -> Path:
    """A wheel of one module (Binary distribution format 1.0), as any build backend makes it."""
    said = tomllib.loads(project)["project"]
    name, version = said["name"].replace("-", "_"), said["version"]
    info = f"{name}-{version}.dist-info"
    points = "".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in named.items())
        for group, named in said["entry-points"].items()
    )
    files = {
        "lod_desk.py": module,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {said['name']}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": points,
    }
    files[f"{info}/RECORD"] = "".join(f"{one},,\n" for one in (*files, f"{info}/RECORD"))
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for one, text in files.items():
            archive.writestr(one, text)
    return path


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment of its own, in which lod can be imported."""
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    [site] = [path for path in folder.rglob("site-packages") if path.is_dir()]
    (site / "lod.pth").write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n")
    return python


def install(python: Path, module: str, folder: Path, project: str = PROJECT) -> None:
    """Install a package with rules; one that is there already is replaced."""
    command = ["pip", "install", "-q", "--no-index", "--no-deps", "--force-reinstall"]
    subprocess.run(
        [sys.executable, "-m", *command, "--target", _site(python), wheel(folder, module, project)],
        check=True,
        capture_output=True,
    )


def _site(python: Path) -> Path:
    [site] = [path for path in python.parents[1].rglob("site-packages") if path.is_dir()]
    for old in [*site.glob("lod_desk*"), *site.glob("__pycache__")]:
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    return site


def lod(python: Path, *arguments: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [python, "-m", "lod", *arguments],
        cwd="/",
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def found(python: Path, folder: Path, facts: object = FACTS) -> list[dict[str, object]]:
    (folder / "facts.yaml").write_text(yaml.safe_dump(facts, sort_keys=False), "utf-8")
    _, text = lod(python, "check", folder, "-f", "json")
    findings: list[dict[str, object]] = json.loads(text[: text.rindex("}") + 1])["findings"]
    return findings


@pytest.mark.slow
def test_the_example_of_the_documentation(environment: Path, tmp_path: Path) -> None:
    assert found(environment, tmp_path) == []
    install(environment, MODULE, tmp_path)
    [one] = found(environment, tmp_path)
    assert one["code"] == "desk-long-quote"
    assert one["severity"] == "warning"
    assert one["claim"] == "owns"
    line = (tmp_path / "facts.yaml").read_text("utf-8").splitlines()[int(str(one["line"])) - 1]
    assert "quote: It owns" in line
    _, text = lod(environment, "build", tmp_path)
    assert "desk-long-quote" in text
    assert (tmp_path / "dist" / "report.json").is_file()
    assert lod(environment, "codes", "desk-long-quote")[1].split()[:2] == [
        "desk-long-quote",
        "warning",
    ]
    assert '"desk-long-quote"' in lod(environment, "schema")[1]


@pytest.mark.slow
def test_it_can_be_overruled(environment: Path, tmp_path: Path) -> None:
    install(environment, MODULE, tmp_path)
    allow = {"allow": {"desk-long-quote": "the words belong together"}}
    on_claim = {**FACTS, "claims": [{**FACTS["claims"][0], **allow}]}
    assert found(environment, tmp_path, on_claim) == []
    on_document = {**FACTS, "document": {**FACTS["document"], **allow}}
    assert found(environment, tmp_path, on_document) == []
    _site(environment)  # the package is gone: its code is none
    codes = [one["code"] for one in found(environment, tmp_path, on_claim)]
    assert codes == ["unknown-option"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("import lod\n", "import lod, nowhere\n", "ModuleNotFoundError: No module named 'nowhere'"),
        ("    for claim in", "    raise KeyError(1)\n    for claim in", "KeyError: 1"),
        ('"desk-long-quote",\n', '"desk-quote",\n', "KeyError: 'desk-quote'"),
        (
            '[lod.Code("desk-long',
            '[lod.Code("long',
            'its code "long-quote" begins not with "desk-"',
        ),
        ("lod.Rules(CODES, check)", "check", "lod_desk:rules is no lod.Rules, but function"),
        ("lod.Finding(", "print(", "TypeError"),
        (
            "yield lod",
            "import sys\n            sys.exit(3)\n            yield lod",
            "SystemExit: 3",
        ),
    ],
    ids=["import", "raises", "unknown code", "code of others", "no rules", "no finding", "exit"],
)
def test_one_that_fails_is_a_finding(
    environment: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in MODULE
    install(environment, MODULE.replace(old, new), tmp_path)
    [one] = found(environment, tmp_path)
    assert one["code"] == "rule-failed"
    assert said in str(one["message"])
    assert lod(environment, "build", tmp_path)[0] == 1
    assert not (tmp_path / "dist").exists()


def test_without_rules_no_package_is_read() -> None:
    program = (
        "import sys; from lod.rules import rule_codes; print(rule_codes());"
        "print('importlib.metadata' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["{}", "False"]
