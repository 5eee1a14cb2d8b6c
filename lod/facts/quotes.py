"""Finds the words of a quote in the text, to the exact code point, or says why it cannot.

Words are compared in the normal form of `lod.facts.normalization`. A quote stands where its normal
form does, in one paragraph, and from word border to word border: "rade" is not in "trade", nor "$28"
in "$28.5 billion".

``[…]`` (or ``[...]``) leaves words out. The parts around it are found in text order, and what is left
out lies inside one sentence; of several placements in a sentence, the first one counts. At the
beginning or end of a quote it has no effect. Where the text itself has ``[…]``, the quote may, too.
Nothing else leaves words out: other brackets and dots are searched as they stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lod.facts.explain import (
    QuoteProblem,
    ambiguous,
    elision_brackets,
    ...
)
