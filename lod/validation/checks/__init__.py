"""What shapes cannot see: the graphs of a dataset, the words of its text, dates and units.

SHACL looks at one graph, and compares few things with each other. These checks look at the quads
themselves. What they find is reported like the results of shapes; its source says which of the
two found it: `shape:…` is a shape, `check:…` is one of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lod.validation.checks.data import BuiltData, Data
from lod.validation.checks.graphs import check_graphs
from lod.validation.report import ValidationResult

if TYPE_CHECKING:
    from lod.facts.text import SourceText
    from lod.rdf.dataset import Dataset
    from lod.vocabulary.vocabulary import Vocabulary


def check_built(dataset: Dataset, vocabulary: Vocabulary) -> list[ValidationResult]:
    """Look at the graphs alone, in a dataset that was just built from facts.

    Its words, values and sentences were made from facts that were checked against the text, by
    the code that the other checks would ask again.
    """
    data = BuiltData(dataset, vocabulary)
    check_graphs(data)
    return sorted(set(data.results), key=lambda result: result.sort_key)


def check_data(
    default: str,
    graphs: Mapping[str, str],
    vocabulary: Vocabulary,
    *,
    has_graphs: bool = True,
    texts: Sequence[SourceText] = (),
) -> list[ValidationResult]:
    """Look at what shapes cannot see.

    Args:
        default: the default graph as canonical N-Triples lines.
        graphs: IRI of each named graph to its lines.
        vocabulary: what is known of the terms; a term that it does not have narrows nothing.
        has_graphs: whether the data could say what stands in named graphs.
        texts: the texts that positions count in, as far as they are at hand.

    Returns:
        What was found, each once, in the order of reports.
    """
    # Of what was just built, as in most runs, none of these is asked.
    from lod.validation.checks.sentences import check_sentences
    from lod.validation.checks.speech import check_speech
    from lod.validation.checks.values import check_values
    from lod.validation.checks.words import check_words

    data = Data(default, graphs, vocabulary, has_graphs)
    check_speech(data)
    check_graphs(data)
    check_values(data)
    check_words(data, texts)
    check_sentences(data)
    return sorted(set(data.results), key=lambda result: result.sort_key)
