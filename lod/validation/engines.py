"""The engines that validate, and the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol

from lod.errors import MissingExtraError, VocabularyError
from lod.validation.messages import default_message, is_core
from lod.validation.paths import ShapePath
from lod.validation.result import ValidationResult, same_way

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lod.validation.shapes import Shapes

#: Names of engines; "auto" is the fastest that is installed.
ENGINES = ("auto", "shacl", "pyshacl")


class Engine(Protocol):
    """Something that validates.

    Attributes:
        name: "shacl" or "pyshacl".
    """

    name: str

    def validate(self, shapes: Shapes, data: str) -> list[ValidationResult]:
        """Validate data.

        Args:
            shapes: the shapes.
            data: the data graph as canonical N-Triples lines.

        Returns:
            The results in the order of reports, each once; none if the data conforms.

        Raises:
            VocabularyError: the engine cannot use the shapes.
        """


@dataclass(frozen=True, slots=True)
class RawResult:
    """What an engine says, its terms in N-Triples syntax.

    Attributes:
        focus_node: the node.
        path: the path where it is one predicate; else None.
        value: the value, or None.
        severity: IRI of the severity, without brackets.
        source_shape: the shape, named as in `Shapes.text`.
        component: IRI of the constraint component, without brackets.
        messages: the messages; those of SPARQL constraints are filled in.
    """

    focus_node: str
    path: str | None
    value: str | None
    severity: str
    source_shape: str | None
    component: str
    messages: tuple[str, ...]


def normalised(shapes: Shapes, found: Iterable[RawResult]) -> list[ValidationResult]:
    """Turn what an engine says into results that every engine would give."""
    results = set()
    for raw in found:
        shape = shapes.shape(raw.source_shape)
        path = shape.path
        if path is None and raw.path is not None and raw.path.startswith("<"):
            path = ShapePath(predicate=raw.path[1:-1])
        # The messages of core constraints are those of the shape; those of queries are made by
        # the engine, which fills in what the query found.
        said = shape.messages if is_core(raw.component) else sorted(raw.messages) or shape.messages
        results.add(
            ValidationResult(
                same_way(raw.focus_node),
                path,
                None if raw.value is None else same_way(raw.value),
                said[0] if said else default_message(raw.component, shape),
                raw.severity,
                shape.root,
                raw.component,
            )
        )
    return sorted(results, key=lambda result: result.sort_key)


@cache
def find_engine(name: str = "auto") -> Engine:
    """The engine of a name.

    Args:
        name: "auto", "shacl" or "pyshacl".

    Raises:
        MissingExtraError: it is not installed.
        VocabularyError: there is no such engine.

    >>> find_engine("pyshacl").name
    'pyshacl'
    """
    if name not in ENGINES:
        raise VocabularyError(
            f'There is no SHACL engine "{name}".', hint=f"The engines are {', '.join(ENGINES)}."
        )
    if name == "auto":
        name = "shacl" if _works("shacl") else "pyshacl"
    if not _works(name):
        raise MissingExtraError(
            f"The SHACL engine {name} is not installed.", hint=f"Install it: pip install {name}"
        )
    if name == "shacl":
        from lod.validation.shacl_engine import ShaclEngine

        return ShaclEngine()
    from lod.validation.pyshacl_engine import PyShaclEngine

    return PyShaclEngine()


def _works(name: str) -> bool:
    """Whether an engine can be imported; a wheel for another machine can be there and not work."""
    if find_spec(name) is None:
        return False
    if name == "pyshacl":
        return True
    try:
        import shacl  # noqa: F401 - only tried
    except ImportError:
        return False
    return True
