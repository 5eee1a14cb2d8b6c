"""Whether statements have the shape that the Wikibase JSON format promises.

Reading on where they have not would call a statement absent that is there. So they are looked at
once, where they come in, and everything behind relies on it.

https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from __future__ import annotations

from collections.abc import Iterator

_RANKS = ("preferred", "normal", "deprecated")
_KINDS = ("value", "somevalue", "novalue")


def shape_problem(claims: object) -> str | None:
    """What is wrong with the statements of an item, as a phrase; None where nothing is.

    Args:
        claims: the `claims` of entity JSON. An empty object may be `[]`, as PHP writes it.

    >>> shape_problem({"P31": [{"mainsnak": {"snaktype": "novalue", "property": "P31"}}]})
    >>> shape_problem({"P31": [{"mainsnak": 5}]})
    'the statement 1 of P31: mainsnak is no snak'
    """
    return next(_claims(claims), None)


def _claims(claims: object) -> Iterator[str]:
    if claims == []:
        return
    if not isinstance(claims, dict):
        yield "claims is no object"
        return
    for pid, statements in claims.items():
        if not isinstance(statements, list):
            yield f"{_short(pid)} has no list of statements"
            return
        for number, statement in enumerate(statements, 1):
            for problem in _statement(statement):
                yield f"the statement {number} of {_short(pid)}: {problem}"


def _statement(statement: object) -> Iterator[str]:
    if not isinstance(statement, dict):
        yield "is no object"
        return
    if not isinstance(statement.get("id", ""), str):
        yield "id is no text"
    if statement.get("rank", "normal") not in _RANKS:
        yield "rank is none of preferred, normal, deprecated"
    if not _is_snak(statement.get("mainsnak")):
        yield "mainsnak is no snak"
    if not _are_snaks(statement.get("qualifiers", {})):
        yield "qualifiers are no snaks"
    references = statement.get("references", [])
    if not isinstance(references, list) or not all(
        isinstance(one, dict) and _are_snaks(one.get("snaks", {})) for one in references
    ):
        yield "references are none"


def _are_snaks(by_property: object) -> bool:
    if by_property == []:
        return True
    return isinstance(by_property, dict) and all(
        isinstance(snaks, list) and all(map(_is_snak, snaks)) for snaks in by_property.values()
    )


def _is_snak(snak: object) -> bool:
    if not isinstance(snak, dict) or snak.get("snaktype") not in _KINDS:
        return False
    if snak["snaktype"] != "value":
        return True
    data = snak.get("datavalue")
    return (
        isinstance(data, dict)
        and isinstance(data.get("type"), str)
        and isinstance(data.get("value"), str | dict)
    )


def _short(text: object) -> str:
    return str(text)[:40]
