"""Claims against what they share and touch: statements, items, labels; and what nothing holds."""

from __future__ import annotations

from lod.namespaces import REL_NS, WIKIDATA_NS
from lod.rdf.terms import RDF_TYPE
from lod.validation.checks.data import Data, plain_iri, t
from lod.vocabulary.names import (
    DCAT,
    DCTERMS,
    FOAF,
    LOD,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    VOID,
)

_TYPE = RDF_TYPE[1:-1]
#: What only a node of a class has.
_CLASS_OF = {
    LOD.subject: LOD.Claim,
    OA.hasSelector: OA.SpecificResource,
    OA.exact: OA.TextQuoteSelector,
    OA.start: OA.TextPositionSelector,
    SCHEMA.sha256: SCHEMA.MediaObject,
    LOD.comparator: LOD.Quantity,
    LOD.proportion: LOD.Quantity,
    LOD.direction: LOD.Change,
    LOD.edtf: LOD.Period,
    DCTERMS.license: DCAT.Dataset,
    PROV.used: PROV.Activity,
    RDF.first: RDF.List,
}
#: What belongs to something, and what leads to it.
_HELD = (LOD.Quantity, LOD.Period, LOD.Change, LOD.Comparison, RDF.List)
#: What leads out of a publication, to pages and files.
_OUTWARD = frozenset(
    t(iri)
    for iri in (SCHEMA.url, DCTERMS.license, FOAF.homepage, FOAF.page, OWL.sameAs, LOD.dateSource)
)


def check_speech(data: Data) -> None:
    """Claims of one statement say the same of it; claims name the items that they touch."""
    if not data.claims and not data.of_type(OWL.Ontology):
        data.found("Claims", t(LOD.Claim), "The data has no claim.")
    _check_classes(data)
    _check_held(data)
    siblings: dict[str, list[str]] = {}
    for claim in data.claims:
        statement = data.one(claim, LOD.statement)
        if statement is not None:
            siblings.setdefault(statement, []).append(claim)
        _check_about(data, claim)
        _check_source(data, claim)
        _check_speakers(data, claim)
        for literal in data.all(claim, LOD.literal):
            if literal.endswith(("#integer>", "#decimal>", "#boolean>")):
                message = "A number is a quantity, not words."
                data.found("Words", claim, message, LOD.literal, literal)
    for graph in data.of_type(LOD.ReportedGraph):
        _check_speakers(data, graph)
    for statement, claims in siblings.items():
        _check_statement(data, statement, claims)


def _check_classes(data: Data) -> None:
    for predicate, class_ in _CLASS_OF.items():
        token = t(predicate)
        for subject, node in data.nodes.items():
            if token in node and t(class_) not in node.get(RDF_TYPE, ()):
                message = "The node has a property of a class that it does not have."
                data.found("Class", subject, message, predicate, t(class_))


def _check_held(data: Data) -> None:
    """Nothing leads to nowhere, and no value is of nothing."""
    datasets = data.of_type(DCAT.Dataset)
    bases = tuple(
        f"<{plain_iri(one).removesuffix('dataset')}"
        for one in datasets
        if one.endswith(("/dataset>", "#dataset>"))
    )
    held: set[str] = set()
    for subject, predicate, value in data.triples:
        if predicate != t(LOD.amountOf):
            held.add(value)
        if (
            bases
            and value.startswith(bases)
            and value not in data.nodes
            and predicate not in _OUTWARD
            and predicate != RDF_TYPE
            and not _is_source(data, subject, predicate)
        ):
            message = "The node that is named is not described in the data."
            data.found("Described", subject, message, predicate[1:-1], value)
    for class_ in _HELD:
        for node in data.of_type(class_):
            if node not in held:
                data.found("Held", node, "Nothing in the data has the node.")
    if len(datasets) > 1 and len({plain_iri(one).rpartition("/")[0] for one in datasets}) == 1:
        data.found("Dataset", datasets[1], "One publication has two datasets.")


def _is_source(data: Data, subject: str, predicate: str) -> bool:
    return predicate == t(PROV.wasDerivedFrom) and t(SCHEMA.MediaObject) in data.all(subject, _TYPE)


def _check_about(data: Data, claim: str) -> None:
    """schema:about has the items of subject, value and qualifiers, and no others."""
    found: set[str] = set()
    for predicate, values in data.nodes[claim].items():
        qualifier = data.vocabulary.properties.get(predicate[1:-1])
        if predicate in (t(LOD.subject), t(LOD.value)) or (
            qualifier is not None and qualifier.is_qualifier
        ):
            for value in values:
                found |= _items(data, value, set())
    said = set(data.all(claim, SCHEMA.about))
    own = {t(iri) for iri in (LOD.property,)}
    unknown = [
        predicate
        for predicate in data.nodes[claim]
        if predicate not in own and not predicate.startswith(_KNOWN) and predicate != RDF_TYPE
    ]
    for item in sorted(found - said):
        data.found(
            "About", claim, "The claim touches an item and does not name it.", SCHEMA.about, item
        )
    if not unknown:  # a qualifier that is not declared here may touch more
        for item in sorted(said - found):
            message = "The claim names an item that nothing in it touches."
            data.found("About", claim, message, SCHEMA.about, item)


_KNOWN = (
    f"<{LOD.Claim[:-5]}",
    f"<{REL_NS}",
    f"<{SCHEMA.about[:-5]}",
    f"<{PROV.used[:-4]}",
    f"<{RDFS.label[:-5]}",
    f"<{VOID.inDataset[:-9]}",
)


def _items(data: Data, value: str, seen: set[str]) -> set[str]:
    """The Wikidata items of a value, through members, what it is about, and what it is part of."""
    if value in seen or value not in data.nodes:
        return set()
    seen.add(value)
    if t(LOD.Claim) in data.all(value, _TYPE):
        inner = [*data.all(value, LOD.subject), *data.all(value, LOD.value)]
        return set().union(*(_items(data, one, seen) for one in inner)) if inner else set()
    if data.all(value, SCHEMA.sha256) or data.all(value, LOD.comparator):
        return set()
    found = {one for one in data.all(value, OWL.sameAs) if one.startswith(f"<{WIKIDATA_NS}")}
    for predicate in (SCHEMA.member, SCHEMA.about, DCTERMS.isPartOf):
        for one in data.all(value, predicate):
            found |= _items(data, one, seen)
    return found


def _check_source(data: Data, claim: str) -> None:
    """A claim stands in the document that its anchors quote."""
    documents = set(data.all(claim, PROV.wasDerivedFrom))
    for anchor in data.all(claim, LOD.anchor):
        texts = data.all(anchor, OA.hasSource)
        copied = {one for text in texts for one in data.all(text, SCHEMA.encodesCreativeWork)}
        quoted = set(data.all(anchor, PROV.wasQuotedFrom))
        # A version of a document is quoted for the document.
        whole = {one for copy in copied for one in data.all(copy, DCTERMS.isVersionOf)} or copied
        if copied and (documents != whole or (quoted and quoted != copied)):
            message = "The claim stands in another document than its anchor quotes."
            data.found("Source", claim, message, PROV.wasDerivedFrom, anchor)


def _check_speakers(data: Data, node: str) -> None:
    """The chain of speakers ends with the speaker, and the others are those through whom."""
    chain = data.one(node, LOD.speakers)
    if chain is None:
        return
    members: list[str] = []
    seen: set[str] = set()
    while chain is not None and chain != t(RDF.nil) and chain not in seen:
        seen.add(chain)
        members += data.all(chain, RDF.first)
        chain = data.one(chain, RDF.rest)
    outer = set(data.all(node, LOD.through))
    inner = data.all(node, PROV.wasAttributedTo)
    if chain != t(RDF.nil) or members[-1:] != inner or set(members[:-1]) != outer:
        message = (
            "The chain of speakers is not that of the claim: outer ones first, the speaker last."
        )
        data.found("Speakers", node, message, LOD.speakers)


_SHARED = (
    LOD.property,
    LOD.modality,
    LOD.polarity,
    LOD.during,
    LOD.share,
    LOD.change,
    LOD.comparedWith,
    LOD.saidOn,
    LOD.through,
    LOD.speakers,
    LOD.quote,
    LOD.anchor,
    LOD.reportedIn,
    PROV.wasAttributedTo,
    PROV.wasDerivedFrom,
)


def _check_statement(data: Data, statement: str, claims: list[str]) -> None:
    """Claims of a statement share its words, its speaker and its time."""
    if statement in claims:
        if len(claims) > 1:
            message = "The claim belongs to a statement that is another claim."
            for claim in claims:
                if claim != statement:
                    data.found("Statement", claim, message, LOD.statement, statement)
        return
    if t(LOD.Statement) not in data.all(statement, _TYPE):
        message = "The statement of the claim is no statement."
        for claim in claims:
            data.found("Statement", claim, message, LOD.statement, statement)
        return
    for predicate in _SHARED:
        sets: dict[frozenset[str], list[str]] = {}
        for claim in claims:
            sets.setdefault(frozenset(data.all(claim, predicate)), []).append(claim)
        if len(sets) > 1 and predicate != LOD.reportedIn:
            odd = min(sets.values(), key=len)[0]
            message = "The claim differs from the others of its statement in what they share."
            data.found("Statement", odd, message, predicate)
