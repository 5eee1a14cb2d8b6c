"""The Turtle of a few things of a publication, as their pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lod.dataset.turtle import Terms, document, subject_blocks

if TYPE_CHECKING:
    from lod.site.view import PublicationView


def turtle_text(view: PublicationView, things: Iterable[str]) -> str:
    """What the default graph says of some things, as Turtle.

    Args:
        view: the publication.
        things: their IRIs, in order; one of which nothing is said is passed over.
    """
    nodes = view.nodes
    lines = [
        f"{token} {predicate} {object_} .\n"
        for token in (f"<{iri}>" for iri in things)
        for predicate, objects in nodes.get(token, {}).items()
        for object_ in objects
    ]
    terms = Terms(view.base, view.dataset.prefixes)
    return document(terms, subject_blocks("".join(lines), terms, ""))
