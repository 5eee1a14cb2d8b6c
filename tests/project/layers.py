"""Which part of lod may import which, as the design has it, and what the code imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lod"

#: The parts from top to bottom. A part imports from lines below its own, and from itself.
LAYERS = (
    {"__main__"},
    {"cli"},
    {"site", "server"},
    {"pages"},
    {"review"},
    {"history"},
    {"dist"},
    {"corpus"},
    {"tables"},
    {"publication"},
    {"wikidata", "push"},
    {"query", "validation", "profiles"},
    {"dataset"},
    {"facts"},
    {"links", "language"},
    {"sources"},
    {"model"},
    {"rdf"},
    {"vocabulary"},
    {"http", "store"},
    {
        "errors",
        "bounds",
        "counts",
        "diagnostics",
        "notebook",
        "rules",
        "codes",
        "resources",
        "namespaces",
        "version",
        "patterns",
        "registry",
    },
)
#: The parts of the lowest line are single modules, which may import one another.
FOUNDATION = LAYERS[-1]
LEVELS = {part: level for level, parts in enumerate(LAYERS) for part in parts}


def modules() -> list[Path]:
    """Every Python file of the package."""
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """The part that a file belongs to; "" for the package's own `__init__`."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def imports(path: Path, *, top_only: bool = False) -> Iterator[tuple[str, int]]:
    """The modules that a file imports, with the line of each.

    Args:
        path: the file.
        top_only: leave out what is imported inside functions, and for type checkers alone.
    """
    tree = ast.parse(path.read_text("utf-8"))
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is a relative import"
            module = node.module or ""
            # `from lod import publication` names the part in its last word.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "lod" else []
            yield from ((name, node.lineno) for name in names or [module])
        if top_only and (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        ):
            continue
        waiting.extend(ast.iter_child_nodes(node))


def own_parts(path: Path) -> Iterator[tuple[str, int]]:
    """The parts of lod that a file imports, with the line of each."""
    for name, line in imports(path):
        if name.startswith("lod."):
            yield name.split(".")[1], line
