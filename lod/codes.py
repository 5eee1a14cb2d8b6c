"""The register of finding codes: the stable names that scripts and `allow:` may rely on.

`lod codes` prints it and the documentation is generated from it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """A kind of finding.

    Attributes:
        name: the stable name.
        severity: "error" stops a build, "warning" and "info" do not.
        summary: what it means, one sentence.
        overrulable: whether `allow:` on the claim, entity or document can overrule it.
        has_value: whether it is about a value of the facts, to which `allow:` binds the reason:
            `allow: {name: {value: …, reason: …}}`.
    """

    name: str
    severity: Literal["error", "warning", "info"]
    summary: str
    overrulable: bool = False
    has_value: bool = False

    @property
    def is_of_links(self) -> bool:
        """Whether it is about the link of an entity, which the entity overrules, not a claim."""
        return self.name.startswith("link-")


_ALL = (
    # reading the file
    Code("not-utf-8", "error", "The file is not UTF-8 text."),
    Code("byte-order-mark", "warning", "The file begins with a byte-order mark."),
    Code("too-large", "error", "The file is larger than the limit."),
    Code("empty-file", "error", "The file has no content."),
    Code("yaml-syntax", "error", "The file is not well-formed YAML."),
    Code("yaml-limit", "error", "The YAML nests too deep or uses too many aliases."),
    Code("yaml-tag", "error", "A YAML tag was used; facts are plain data."),
    Code("json-syntax", "error", "The file is not well-formed JSON."),
    Code("duplicate-key", "error", "A key stands twice in one mapping."),
    Code("missing-file", "error", "A file that the facts name cannot be read."),
    Code("bad-vocabulary", "error", "The publication's own vocabulary cannot be used."),
    Code("bad-shapes", "error", "The publication's own shapes cannot be used."),
    Code("bad-term", "error", "A term under terms: cannot be used as it is."),
    Code("term-shadowed", "warning", "A term under terms: has the name of another one."),
    # structure
    Code("unknown-key", "error", "A key is not known here."),
    Code("missing-key", "error", "A required key is missing."),
    Code("wrong-type", "error", "A value has another shape than expected."),
    Code("empty-value", "error", "A value is empty."),
    Code("bad-id", "error", "An id or slug has characters that IRIs and files cannot carry."),
    Code("duplicate-id", "error", "Two claims have one id."),
    Code("bad-iri", "error", "An IRI is malformed or has a scheme that is not allowed."),
    Code("bad-date", "error", "A date is not a calendar date written YYYY-MM-DD."),
    Code("bad-language", "error", "A language tag is malformed (BCP 47)."),
    Code("bad-qid", "error", "A Wikidata item id is malformed."),
    Code("unknown-option", "error", "A word is not one of the known ones."),
    # references
    Code("unknown-entity", "error", "A name is no entity of this publication."),
    Code("unknown-type", "error", "A type is no class of the vocabulary."),
    Code("unknown-property", "error", "A property is not in the vocabulary."),
    Code("unknown-qualifier", "error", "A qualifier is not in the vocabulary."),
    Code("unknown-claim", "error", "A claim id is no claim of this publication."),
    Code("not-a-speaker", "error", "A speaker is no person, group, organisation or document."),
    Code("circular", "error", "Things refer to each other in a circle."),
    Code("duplicate-item", "error", "Two entities are linked to one Wikidata item as the same."),
    Code("unused-entity", "warning", "An entity is used by no claim."),
    Code(
        "title-missing",
        "warning",
        "The text has no title, which its pages and cards need; `lod site` says so.",
    ),
    Code("domain", "error", "The subject's type does not fit the property's domain."),
    Code("range", "error", "The value does not fit the property's range."),
    Code("missing-value", "error", "A claim has neither a value nor a change."),
    Code("allow-unbound", "warning", "An allow names no value, and would allow any."),
    # links to Wikidata, checked against wikidata.lock
    Code("bad-lock", "error", "The wikidata.lock cannot be read."),
    Code("not-locked", "warning", "An entity is linked to an item that is not in the lock."),
    Code("lock-unused", "warning", "The lock has an item to which no entity is linked."),
    Code(
        "link-type", "error", "The item is of a kind that the entity's type excludes.", True, True
    ),
    Code("link-label", "error", "The item's names are unlike those of the entity.", True, True),
    Code("link-unlabelled", "warning", "The item has no name that could be compared.", True, True),
    Code("link-merged", "error", "The item was merged into another."),
    Code("link-deleted", "error", "The item does not exist, or no longer does."),
    # what lod stale finds
    Code("stale-after", "warning", "The day is over after which a claim is to be looked at."),
    Code(
        "plan-passed",
        "warning",
        "The time is over for which something is planned, expected or offered.",
        True,
        True,
    ),
    Code("source-gone", "warning", "There is nothing any more at the address of a text."),
    Code("source-moved", "warning", "The address of a text leads to another one for good."),
    Code("source-unreachable", "warning", "What is at the address of a text could not be seen."),
    Code("link-changed", "warning", "The item is another one than the lock has it."),
    # quotes
    Code("quote-not-found", "error", "A quote is not in the text."),
    Code("quote-ambiguous", "error", "A quote stands in the text more than once."),
    Code("quote-cut", "error", "A quote was cut by YAML's own syntax."),
    Code("quote-across-paragraphs", "error", "A quote goes on over a paragraph break."),
    Code("elision-order", "error", "The parts of an elided quote are not in text order."),
    Code("elision-across-sentences", "error", "An elision leaves out the end of a sentence."),
    Code("elision-brackets", "error", "Only […] elides; other brackets do not."),
    # values
    Code("bad-quantity", "error", "A quantity cannot be read."),
    Code("bad-period", "error", "A period cannot be read."),
    Code("period-unresolved", "warning", "A period's words leave out the year or the date."),
    # consistency
    Code(
        "not-checked",
        "warning",
        "lod has no data for the language of the text: it says what was not compared.",
    ),
    Code("value-not-in-quote", "error", "A number of the claim is not in its quote.", True, True),
    Code("unit-not-in-quote", "error", "The quote has the number with another unit.", True, True),
    Code("hedge-not-in-quote", "error", "The quote hedges the number in another way.", True, True),
    Code("period-not-in-quote", "warning", "The quote does not name the period.", True, True),
    Code(
        "modality-mismatch",
        "warning",
        "The quote plans, doubts or judges and the claim does not, or the reverse.",
        True,
    ),
    Code(
        "polarity-mismatch",
        "warning",
        "The quote denies and the claim does not, or the reverse.",
        True,
    ),
    Code("subject-not-in-quote", "warning", "The quote does not name the subject.", True, True),
    Code("entity-not-in-quote", "warning", "The quote does not name the value.", True, True),
    Code("text-not-in-quote", "warning", "Words of a text are not in its quote.", True, True),
    Code("speaker-mismatch", "warning", "The text lets somebody else say it.", True, True),
    Code("alias-anaphor", "warning", "An alias is no name, but points back.", True, True),
    Code(
        "quote-cut-short", "warning", "A quote begins just after a word of doubt or denial.", True
    ),
    Code("quote-question", "warning", "A quote asks; the claim states.", True),
    Code(
        "quote-condition",
        "warning",
        "A quote holds on a condition; the claim does not say so.",
        True,
    ),
    Code(
        "quote-unnamed-source", "warning", "A quote gives the view of others as they hold it.", True
    ),
    Code("quote-crowded", "warning", "One short quote carries many claims.", True),
    Code("too-many-claims", "warning", "Lists make more claims than the quote says.", True),
    Code("contradiction", "warning", "Two claims cannot both be true.", True, True),
    Code("number-beyond-stores", "warning", "Stores of RDF do not keep the number.", True, True),
    Code(
        "versions-differ",
        "error",
        "A version of the text says another number, time, speaker or manner than the first.",
        True,
        True,
    ),
    Code(
        "version-not-compared",
        "info",
        "Words of the facts are in another language than a version, and were not compared.",
    ),
    # slips that the sentence of a claim shows
    Code("noun-as-description", "warning", "A description is a noun: it names something.", True),
    Code("place-in-label", "warning", "A label says already where the thing is.", True),
    Code("partner-as-member", "warning", "A partner or candidate is called a member.", True),
    # sentences
    Code(
        "phrase-missing",
        "info",
        "A term has no phrase in the language of the sentences, which say it in English.",
    ),
    # coverage
    Code("sentence-uncovered", "warning", "A sentence carries neither a claim nor a no_fact."),
    Code("sentence-doubly-decided", "warning", "A no_fact sentence also carries a claim."),
    # corpora
    Code("duplicate-base", "warning", "Two publications of a corpus have one base IRI."),
    # rules of other packages
    Code("rule-failed", "error", "Rules that another package adds could not be run."),
    Code("internal", "error", "lod itself failed on a publication of a corpus; this is a bug."),
    # validation
    Code("shape", "error", "The dataset does not conform to a SHACL shape."),
    Code("shape-warning", "warning", "The dataset does not conform to a SHACL shape (warning)."),
)

#: Every code by its name.
CODES: dict[str, Code] = {code.name: code for code in _ALL}
