"""What makes every publication be built again: the code and data of lod, not where they lie."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import lod
from lod.corpus.build import build_corpus
from lod.corpus.environment import code_digest, environment_digest
from tests.corpus.conftest import publication, tree, write_lines

PACKAGE = Path(lod.__file__).parent


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of lod's own files."""
    ignored = shutil.ignore_patterns("__pycache__")
    return Path(shutil.copytree(PACKAGE, tmp_path / "lod", ignore=ignored))


def digest(package: Path) -> bytes:
    code_digest.cache_clear()
    return code_digest(package)


def append(file: Path, text: str = "\n# more\n") -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize(
    "file",
    [
        "language/units.toml",
        "language/de/cldr.json",
        "links/kinds.toml",
        "language/en/descriptions.toml",
        "dataset/claims.py",
        "validation/validate.py",
        "corpus/shards.py",
        "rdf/iri.py",
    ],
)
def test_a_change_is_noticed(file: str, package: Path) -> None:
    before = digest(package)
    append(package / file)
    assert digest(package) != before


def test_a_change_that_keeps_size_and_time_is_noticed(package: Path) -> None:
    before = digest(package)
    file = package / "language" / "units.toml"
    stat = file.stat()
    text = file.read_bytes()
    file.write_bytes(text.replace(b"a", b"b", 1))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    assert digest(package) != before


def test_a_file_that_is_new_moved_or_gone_is_noticed(package: Path) -> None:
    found = {digest(package)}
    (package / "language" / "fr.toml").write_text("", "utf-8")
    found.add(digest(package))
    (package / "language" / "fr.toml").rename(package / "facts" / "fr.toml")
    found.add(digest(package))
    (package / "language" / "de" / "periods.toml").unlink()
    found.add(digest(package))
    assert len(found) == 4


def _touch(package: Path) -> None:
    for file in package.rglob("*.py"):
        os.utime(file, (1, 1))


def _compile(package: Path) -> None:
    folder = package / "facts" / "__pycache__"
    folder.mkdir()
    (folder / "load.cpython-311.pyc").write_bytes(b"compiled")


def _leave(package: Path) -> None:
    (package / "facts" / ".load.py.swp").write_bytes(b"an editor's")
    (package / "facts" / "load.py~").write_bytes(b"an editor's")


@pytest.mark.parametrize(
    "do",
    [
        _touch,
        _compile,
        _leave,
        lambda package: append(package / "cli" / "app.py"),
        lambda package: package.rename(package.with_name("elsewhere")),
    ],
)
def test_what_changes_no_output_changes_nothing(do: Callable[[Path], None], package: Path) -> None:
    before = digest(package)
    do(package)
    moved = package.with_name("elsewhere")
    assert digest(moved if moved.exists() else package) == before


def test_is_the_same_in_an_installed_copy(package: Path) -> None:
    assert digest(package) == digest(PACKAGE)


def test_everything_is_built_again_after_a_change(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = write_lines(tmp_path / "corpus.jsonl", map(publication, range(5)))
    out = tmp_path / "out"
    monkeypatch.setattr("lod.corpus.environment._LOD", package)
    code_digest.cache_clear()
    assert build_corpus(corpus, out).built == 5
    assert build_corpus(corpus, out).built == 0
    append(package / "language" / "units.toml")
    code_digest.cache_clear()
    assert build_corpus(corpus, out).built == 5
    fresh = tmp_path / "fresh"
    build_corpus(corpus, fresh)
    assert tree(out) == tree(fresh)


def test_files_are_read_once_in_a_process(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lod.corpus.environment._LOD", package)
    code_digest.cache_clear()
    before = environment_digest(None, "auto")
    shutil.rmtree(package)
    assert environment_digest(None, "auto") == before
    code_digest.cache_clear()
