"""Rules of a desk's own: checks that another package adds, with codes of their own.

A package offers them by an entry point of the group `lod.rules`, whose name its codes begin with.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lod.codes import Code

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from lod.diagnostics import Finding

# A `lod.Publication`: what stands so low cannot name what is built on it.
Publication = Any
#: The group of entry points.
GROUP = "lod.rules"


class Rules(NamedTuple):
    """Checks of a desk's own, which `lod check`, `lod build` and `Publication.check` run last.

    An entry point of the group `lod.rules` names such an object. It stops nothing but itself: what
    it raises is a finding, `rule-failed`.

    Attributes:
        codes: the codes of its findings. Each begins with the name of the entry point and a
            hyphen. The severity of a finding is that of its code, and `allow:` on a claim, an
            entity or the document overrules it where the code is overrulable.
        check: takes a publication without errors and gives what is wrong with it. A finding is
            placed by its `path`, such as `(*claim.path, "quote")`, and belongs to its `claim`.
    """

    codes: Sequence[Code]
    check: Callable[[Publication], Iterable[Finding]]


def rule_codes() -> Mapping[str, Code]:
    """The codes of all rules that are installed, by name; those that cannot be used are not there.

    >>> sorted(rule_codes())
    []
    """
    return {code.name: code for _, rules, _ in _installed() if rules for code in rules.codes}


def found_by_rules(publication: Publication) -> list[Finding]:
    """What the installed rules find.

    Args:
        publication: without errors.

    Returns:
        Their findings without those that the facts overrule, and one for each that failed.
    """
    from msgspec.structs import replace

    from lod.diagnostics import Severity

    found: list[Finding] = []
    for name, rules, problem in _installed():
        if rules is None:
            found.append(_failed(name, problem))
            continue
        try:
            codes = {code.name: code for code in rules.codes}
            for finding in rules.check(publication):
                code = codes[finding.code]
                if not (code.overrulable and _is_allowed(finding, publication)):
                    found.append(replace(finding, severity=Severity(code.severity)))
        except (Exception, SystemExit) as error:  # it is not ours, and must not hide our findings
            found.append(_failed(name, f"{type(error).__name__}: {error}"))
    return found


def _failed(name: str, problem: str) -> Finding:
    from lod.diagnostics import Finding, Severity

    return Finding(
        "rule-failed",
        Severity.ERROR,
        f'the rules "{name}" stopped: {problem}',
        "mend or remove the package that brings them; what they check was not checked",
    )


def _is_allowed(finding: Finding, publication: Publication) -> bool:
    """Whether the claim or the entity that a finding is about overrules it, or the document."""
    facts = publication.require_facts()
    if finding.path[:1] == ("entities",):
        entity = facts.entities.get(str(finding.path[1:2] and finding.path[1]))
        return entity is not None and finding.code in entity.allow
    return any(one.id == finding.claim and finding.code in one.allow for one in facts.statements)


@cache
def _installed() -> tuple[tuple[str, Rules | None, str], ...]:
    """Name, rules and, where these cannot be used, why, of each entry point."""
    return tuple(_load(point) for point in _entry_points())


def _load(point: EntryPoint) -> tuple[str, Rules | None, str]:
    try:
        rules = point.load()
        if not isinstance(rules, Rules):
            return point.name, None, f"{point.value} is no lod.Rules, but {type(rules).__name__}"
        for code in rules.codes:
            if not code.name.startswith(f"{point.name}-"):
                return point.name, None, f'its code "{code.name}" begins not with "{point.name}-"'
    except (Exception, SystemExit) as error:
        return point.name, None, f"{type(error).__name__}: {error}"
    return point.name, rules, ""


def _entry_points() -> Iterator[EntryPoint]:
    # Reading what every installed package says takes a tenth of a check, so that it is done only
    # where one of them names the group.
    if not any(_names_group(folder) for folder in dict.fromkeys(sys.path)):
        return
    from importlib.metadata import entry_points

    yield from sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))


def _names_group(folder: str) -> bool:
    """Whether a package in a folder of `sys.path` has entry points of the group."""
    header = f"[{GROUP}]".encode()
    try:
        # Names alone: path objects would take longer than all the rest.
        names = os.listdir(folder or ".")  # noqa: PTH208 - see above
    except OSError:  # no folder: a zip file, or nothing at all
        return False
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            try:
                path = f"{folder or '.'}/{name}/entry_points.txt"
                with open(path, "rb") as file:  # noqa: PTH123 - see above
                    if header in file.read():
                        return True
            except OSError:
                continue
    return False
