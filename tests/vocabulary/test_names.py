"""Names of terms in code: a name that is not declared cannot pass."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from lod.namespaces import PREFIXES
from lod.vocabulary import names
from lod.vocabulary.names import LOD, SCHEMA, Names

ROOT = Path(__file__).parents[2]
NAMES = {name: one for name, one in vars(names).items() if isinstance(one, Names)}


def uses(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line, namespace and name of every term that a module names."""
    tree = ast.parse(path.read_text("utf-8"))
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "lod.vocabulary.names"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in imported
        ):
            yield node.lineno, imported[node.value.id], node.attr


def test_every_name_in_code_is_declared() -> None:
    wrong = []
    seen = 0
    for path in sorted(ROOT.glob("lod/**/*.py")):
        for line, namespace, name in uses(path):
            seen += 1
            if not hasattr(NAMES[namespace], name):
                wrong.append(f"{path.relative_to(ROOT)}:{line}: {namespace}.{name}")
    assert wrong == []
    assert seen, "the code names no term at all"


def test_the_search_finds_a_mistyped_name(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "from lod.vocabulary.names import LOD as L\nA = L.claim\nB = f'<{L.Claim}>'\n"
    )
    assert list(uses(module)) == [(2, "LOD", "claim"), (3, "LOD", "Claim")]
    assert not hasattr(LOD, "claim")
    assert hasattr(LOD, "Claim")


def test_a_name_gives_its_iri() -> None:
    assert LOD.moreThan == "https://w3id.org/lod-facts/ns#moreThan"
    assert SCHEMA.minValue == "https://schema.org/minValue"
    with pytest.raises(AttributeError, match="schema:minimumValue is not declared"):
        _ = SCHEMA.minimumValue


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_namespace_of_names_is_a_known_prefix(name: str) -> None:
    assert name.lower() in PREFIXES
