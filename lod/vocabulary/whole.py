"""The vocabularies, and the shapes with all that they need, each as one file for other tools."""

from __future__ import annotations

import re

from lod.resources import files, read
from lod.vocabulary.source import HISTORY_FILE, OWN_FILES

_PREFIX = re.compile(r"^@prefix \S+ <[^>]*> \.\n", re.MULTILINE)


def ontology() -> str:
    """Both vocabularies and their history as one Turtle text: what the namespace answers with.

    >>> ontology().count("a owl:Ontology")
    2
    """
    return _together([read("vocab", name).decode() for name in (*OWN_FILES, HISTORY_FILE)])


def shapes_with_vocabulary() -> str:
    """The shapes, the vocabularies and what follows from these, as one Turtle text.

    Other engines need no more than this file: as shapes graph, and as data beside the data. What
    follows are all superclasses of each class, since shapes look one step up.
    """
    from lod.vocabulary.vocabulary import load_vocabulary

    texts = [path.read_text("utf-8") for path in files("shapes", ".ttl")]
    return f"{_together(texts)}\n{ontology()}\n{load_vocabulary().all_context_triples()}"


def _together(texts: list[str]) -> str:
    prefixes = sorted({line for text in texts for line in _PREFIX.findall(text)})
    bodies = [_PREFIX.sub("", text).strip() for text in texts]
    return "".join(prefixes) + "\n" + "\n\n".join(bodies) + "\n"
