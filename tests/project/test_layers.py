"""The code is layered: imports point downwards, and heavy packages stay where they belong."""

from __future__ import annotations

from pathlib import Path

from tests.project.layers import (
    FOUNDATION,
    LAYERS,
    LEVELS,
    PACKAGE,
    ROOT,
    imports,
    modules,
    own_parts,
    part_of,
)

#: Packages that are slow to import: nothing may load them before they are needed.
HEAVY = {"rdflib", "pyshacl", "pyoxigraph", "shacl", "babel", "sentencex", "requests"}
HEAVY |= {"pandas", "yaml"}
#: Packages that only some parts may use at all.
CONFINED = {
    "click": {"cli"},
    "pyshacl": {"validation"},
    "shacl": {"validation"},
    "requests": {"http", "wikidata", "push"},
    "pandas": {"query"},
    "yaml": {"sources", "links"},
    "sentencex": {"language"},
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_part_has_a_place() -> None:
    parts = {part_of(path) for path in modules()} - {""}
    assert parts <= LEVELS.keys()
    assert len(LEVELS) == sum(map(len, LAYERS))


def test_imports_point_downwards() -> None:
    # The package itself names its API lazily, which the next test holds.
    wrong = [
        f"{name_of(path)}:{line}: {own} imports {part}"
        for path in modules()
        if (own := part_of(path))
        for part, line in own_parts(path)
        if part != own
        and not (own in FOUNDATION and part in FOUNDATION)
        and LEVELS[part] <= LEVELS[own]
    ]
    assert wrong == []


def test_package_itself_imports_only_its_version() -> None:
    assert {name for name, _ in imports(PACKAGE / "__init__.py", top_only=True)} == {
        "__future__",
        "typing",
        "lod.version",
    }


def test_heavy_packages_are_imported_where_they_are_needed() -> None:
    wrong = [
        f"{name_of(path)}:{line}: imports {name} at module level"
        for path in modules()
        for name, line in imports(path, top_only=True)
        if name.split(".")[0] in HEAVY
    ]
    assert wrong == []


def test_confined_packages_stay_in_their_parts() -> None:
    wrong = [
        f"{name_of(path)}:{line}: {name} belongs to {' and '.join(sorted(parts))}"
        for path in modules()
        for name, line in imports(path)
        if (parts := CONFINED.get(name.split(".")[0])) and part_of(path) not in parts
    ]
    assert wrong == []


def test_every_module_says_what_it_is_and_leaves_nothing_to_do() -> None:
    texts = {name_of(path): path.read_text("utf-8") for path in modules()}
    assert [name for name, text in texts.items() if not text.startswith(('"""', 'r"""'))] == []
    assert [name for name, text in texts.items() if "TODO" in text or "FIXME" in text] == []


def test_no_module_is_called_utils() -> None:
    names = {path.stem for path in modules()}
    assert names.isdisjoint({"util", "utils", "helpers", "misc", "common"})
