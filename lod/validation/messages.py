"""What to say of a result whose shape has no message."""

from __future__ import annotations

from collections.abc import Mapping

from lod.dataset.ntriples import iri_of, split_literal, unescape
from lod.namespaces import shrink
from lod.validation.result import SH, local_name
from lod.validation.shapes import Shape

_SUFFIX = "ConstraintComponent"
#: Component, without its ending, to a sentence; `{}` is what its parameter says.
_SENTENCES: Mapping[str, str] = {
    "Class": "The value is no {class}.",
    "Datatype": "The value is no {datatype}, or is written in another way than its type allows.",
    "NodeKind": "The value is not of the kind {nodeKind}.",
    "MinCount": "There are fewer values than {minCount}.",
    "MaxCount": "There are more values than {maxCount}.",
    "MinExclusive": "The value is not greater than {minExclusive}.",
    "MinInclusive": "The value is less than {minInclusive}.",
    "MaxExclusive": "The value is not less than {maxExclusive}.",
    "MaxInclusive": "The value is greater than {maxInclusive}.",
    "MinLength": "The value is shorter than {minLength} characters.",
    "MaxLength": "The value is longer than {maxLength} characters.",
    "Pattern": "The value does not match the pattern {pattern}.",
    "LanguageIn": "The value is in none of the languages {languageIn}.",
    "UniqueLang": "Two values are in the same language.",
    "Equals": "The values are not the same as those of {equals}.",
    "Disjoint": "The value is also a value of {disjoint}.",
    "LessThan": "The value is not less than that of {lessThan}.",
    "LessThanOrEquals": "The value is greater than that of {lessThanOrEquals}.",
    "Not": "The value conforms to a shape that it must not conform to.",
    "And": "The value does not conform to all of several shapes.",
    "Or": "The value conforms to none of several shapes.",
    "Xone": "The value does not conform to exactly one of several shapes.",
    "Node": "The value does not conform to the shape {node}.",
    "Property": "The value does not conform to a property shape.",
    "QualifiedMinCount": (
        "Fewer than {qualifiedMinCount} values conform to the shape that some must conform to."
    ),
    "QualifiedMaxCount": (
        "More than {qualifiedMaxCount} values conform to the shape that few may conform to."
    ),
    "Closed": "The node may not have this property.",
    "HasValue": "The value {hasValue} is missing.",
    "In": "The value is none of {in}.",
}
_MOST_MEMBERS = 8


def is_core(component: str) -> bool:
    """Whether a constraint component is one of SHACL Core."""
    return component.startswith(SH) and (
        component[len(SH) :].removesuffix(_SUFFIX) in _SENTENCES and component.endswith(_SUFFIX)
    )


def default_message(component: str, shape: Shape) -> str:
    """The sentence for a broken constraint.

    Args:
        component: IRI of the constraint component.
        shape: the shape that has the constraint.
    """
    name = local_name(component).removesuffix(_SUFFIX)
    sentence = _SENTENCES.get(name)
    if sentence is None:
        return f"The constraint {shrink(component)} is not met."
    words = {key: _words(values) for key, values in shape.parameters.items()}
    return sentence.format_map(_Words(words))


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return f"sh:{key}"


def _words(tokens: tuple[str, ...]) -> str:
    shown = [_word(token) for token in tokens[:_MOST_MEMBERS]]
    if len(tokens) > _MOST_MEMBERS:
        shown.append("…")
    return ", ".join(shown)


def _word(token: str) -> str:
    if token.startswith("<"):
        return shrink(iri_of(token))
    if token.startswith("_:"):
        return "a shape without a name"
    lexical, _, datatype = split_literal(token)
    text = unescape(lexical)
    return text if datatype else f'"{text}"'
