"""Counts of a source tree: statements, modules, docstrings, circles of imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CAN_HAVE_DOCSTRING = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Counts:
    """What a package comes to.

    Attributes:
        statements: nodes of its syntax trees that are statements, docstrings left out.
        modules: its files.
        documented: share of its modules, classes and functions, private ones included, that have a
            docstring.
        public: the same of those whose name does not begin with an underscore.
        circles: groups of modules that import each other round, see `circles`.
    """

    statements: int
    modules: int
    documented: float
    public: float
    circles: list[list[str]]


def read_modules(package: Path) -> dict[str, ast.Module]:
    """The modules of a package by their dotted name, a package by that of its folder."""
    modules = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = ast.parse(file.read_bytes(), str(file))
    return modules


def count(package: Path) -> Counts:
    """Count a package.

    Args:
        package: its folder.
    """
    modules = read_modules(package)
    nodes = [node for tree in modules.values() for node in ast.walk(tree)]
    statements = sum(isinstance(node, ast.stmt) for node in nodes)
    has = {
        node: ast.get_docstring(node) is not None
        for node in nodes
        if isinstance(node, _CAN_HAVE_DOCSTRING)
    }
    public = [said for node, said in has.items() if not getattr(node, "name", "").startswith("_")]
    return Counts(
        statements - sum(has.values()),
        len(modules),
        sum(has.values()) / len(has),
        sum(public) / len(public),
        circles(imports(modules)),
    )


def imports(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """Which modules each imports of the others: at the top, inside functions, for typing."""
    return {
        name: {one for node in ast.walk(tree) for one in _imported(node, modules)} - {name}
        for name, tree in modules.items()
    }


def _imported(node: ast.AST, modules: Mapping[str, ast.Module]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        within = [f"{node.module}.{alias.name}" for alias in node.names]
        names = [name if name in modules else str(node.module) for name in within]
    else:
        return
    yield from (name for name in names if name in modules)


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one node, by Tarjan's algorithm.

    >>> circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": {"a"}})
    [['b', 'c']]
    """
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    found = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        open_.append(node)
        for other in sorted(graph[node]):
            if other not in number:
                visit(other)
            if other in open_:
                lowest[node] = min(lowest[node], lowest[other])
        if lowest[node] == number[node]:
            at = open_.index(node)
            if len(open_) - at > 1:
                found.append(sorted(open_[at:]))
            del open_[at:]

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return sorted(found)
