"""What axe finds on a page."""

from __future__ import annotations

from typing import Any

import pytest

#: Of a list or a table the rows from here on are of the kinds that stand before them.
_ROWS = 40
_SELDOM_NEW = [
    [f"main li:nth-child(n+{_ROWS})"],
    [f"main tr:nth-child(n+{_ROWS})"],
    [f"main dl > :nth-child(n+{2 * _ROWS})"],
]
#: Between the schemes only the colours differ.
_COLOURS = ["color-contrast", "link-in-text-block"]


def serious(page: Any, scheme: str = "light") -> list[str]:
    """What axe finds serious or critical.

    Args:
        page: a page of Playwright.
        scheme: "light" for all rules, "dark" for those that ask for colours.

    Returns:
        The rule and the element, a line each.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = _COLOURS
    found = axe.run(page, context={"exclude": _SELDOM_NEW}, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
