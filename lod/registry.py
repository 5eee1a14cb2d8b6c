"""What is added by adding a file: modules of a folder that each offer one thing by its name."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any


def members(package: str, attribute: str) -> dict[str, Any]:
    """What the modules of a package offer.

    Args:
        package: its name; its folder is looked at, so that nothing lists the modules.
        attribute: what a module that offers something calls it. That has a `name`, and an `order`:
            low numbers come first, equal ones by name.

    Returns:
        Name to what is offered.

    >>> list(members("lod.sources", "SOURCE"))
    ['yaml', 'json']
    """
    folder = Path(str(import_module(package).__file__)).parent
    names = sorted(file.stem for file in folder.glob("*.py") if file.stem != "__init__")
    modules = (import_module(f"{package}.{name}") for name in names)
    found = [getattr(module, attribute) for module in modules if hasattr(module, attribute)]
    return {one.name: one for one in sorted(found, key=lambda one: (one.order, one.name))}
