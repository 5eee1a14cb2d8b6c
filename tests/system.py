"""The programs that tests need beside Python: where they are, and how Debian brings them."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

#: Names of a program on the path, the first that is there counts, to its package in Debian.
PROGRAMS = {
    ("apache2",): "apache2",
    ("bwrap",): "bubblewrap",
    ("chromium", "chromium-browser"): "chromium",
    ("curl",): "curl",
    ("isql-vt",): "virtuoso-opensource-7",
    ("java",): "openjdk-17-jre-headless",
    ("jq",): "jq",
    ("node", "nodejs"): "nodejs",
    ("npm",): "npm",
    ("openssl",): "openssl",
    ("ps",): "procps",
    ("rapper",): "raptor2-utils",
    ("virtuoso-t",): "virtuoso-opensource-7",
}
#: Where Debian keeps servers, which is not on the path of everybody.
_SERVERS = "/usr/sbin"


def program(name: str) -> str:
    """The path of a program; the test is skipped where it is missing.

    Args:
        name: the first of its names in `PROGRAMS`.
    """
    names = next(names for names in PROGRAMS if names[0] == name)
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), _SERVERS])
    found = next((found for one in names if (found := shutil.which(one, path=path))), None)
    return found if found is not None else missing(name)


def missing(name: str) -> NoReturn:
    """Skip the test because a program, or a file that comes with it, is not there.

    Args:
        name: the first of its names in `PROGRAMS`.
    """
    package = next(package for names, package in PROGRAMS.items() if names[0] == name)
    pytest.skip(f"needs {name} (Debian: {package})")
