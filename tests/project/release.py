"""Builds what is released: `python -m tests.project.release OUT`.

Into the folder OUT go the sdist, the wheel that is made from it, and the bill of materials of the
wheel as it installs under `constraints.txt` (CycloneDX 1.6, JSON). The wheel is tried before: it
builds the example that it ships, to the bytes of the committed one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.project.constraints import NEWEST, ROOT

#: The moment that is noted in the archives, so that the same commit gives the same bytes.
_EPOCH = "1767225600"


def release(out: Path, source: Path = ROOT) -> tuple[Path, Path, Path]:
    """Build the distributions and the bill of materials.

    Args:
        out: folder for them, made where it is missing.
        source: the checkout.

    Returns:
        The sdist, the wheel and the bill of materials.

    Raises:
        subprocess.CalledProcessError: a step failed; it said why.
    """
    constrained = {"PIP_CONSTRAINT": str(NEWEST), "PIP_BUILD_CONSTRAINT": str(NEWEST)}
    environment = os.environ | constrained | {"SOURCE_DATE_EPOCH": _EPOCH}
    out.mkdir(parents=True, exist_ok=True)

    def run(*command: str | Path, cwd: Path = source) -> None:
        subprocess.run([*map(str, command)], cwd=cwd, env=environment, check=True)

    with tempfile.TemporaryDirectory() as scratch:
        built = Path(scratch) / "built"
        run(sys.executable, "-m", "build", "--outdir", built, source)
        (sdist,), (wheel,) = built.glob("*.tar.gz"), built.glob("*.whl")
        home = Path(scratch) / "venv"
        run(sys.executable, "-m", "venv", "--without-pip", home)
        scripts = home / ("Scripts" if os.name == "nt" else "bin")
        python = scripts / "python"
        run(sys.executable, "-m", "pip", "--python", python, "install", "-q", wheel)
        example = Path(scratch) / "example"
        run(scripts / "lod", "init", "--example", example, cwd=Path(scratch))
        run(scripts / "lod", "build", example, cwd=Path(scratch))
        name, version = wheel.name.split("-")[:2]
        bill = built / f"{name}-{version}.cdx.json"
        options = ("--output-reproducible", "--pyproject", source / "pyproject.toml")
        run(
            *(sys.executable, "-m", "cyclonedx_py", "environment", *options),
            *("--mc-type", "library", "-o", bill, python),
        )
        # pyproject.toml does not say the version, which the build reads from lod/version.py.
        said = json.loads(bill.read_bytes())
        said["metadata"]["component"]["version"] = version
        bill.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", "utf-8")
        for path in (sdist, wheel, bill):
            shutil.move(path, out / path.name)
    return out / sdist.name, out / wheel.name, out / bill.name


def main() -> int:
    """Build into the folder that the command names."""
    parser = argparse.ArgumentParser(prog="python -m tests.project.release", description=__doc__)
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for what is built")
    for path in release(parser.parse_args().out):
        print(path)  # noqa: T201 - the result of a script
    return 0


if __name__ == "__main__":
    sys.exit(main())
