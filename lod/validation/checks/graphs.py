"""Direct triples: each where a speaker reports it, and nowhere else."""

from __future__ import annotations

from lod.namespaces import REL_NS, shrink
from lod.rdf.terms import RDF_TYPE, Node, lines, text_of
from lod.validation.checks.data import Data, Triple, plain_iri, t
from lod.vocabulary.names import DCTERMS, LOD, OWL, PROV, RDFS, SCHEMA, SKOS

_WDT = "http://www.wikidata.org/prop/direct/"
#: What the publisher says of an entity himself.
_DESCRIBES = frozenset(
    t(iri)
    for iri in (
        RDFS.label,
        SKOS.altLabel,
        SKOS.closeMatch,
        SCHEMA.description,
        SCHEMA.member,
        SCHEMA.about,
        SCHEMA.author,
        SCHEMA.isPartOf,
        OWL.sameAs,
        DCTERMS.isPartOf,
        LOD.unlinkedReason,
    )
) | {RDF_TYPE}
#: The same for the document of a publication.
_DESCRIBES_DOCUMENT = _DESCRIBES | {
    t(iri)
    for iri in (
        SCHEMA.headline,
        SCHEMA.inLanguage,
        SCHEMA.datePublished,
        SCHEMA.url,
        SCHEMA.translationOfWork,
        SCHEMA.translator,
        SCHEMA.workTranslation,
        DCTERMS.hasVersion,
        DCTERMS.isVersionOf,
        PROV.wasDerivedFrom,
        LOD.dateSource,
        LOD.anonymous,
    )
}
_HOLDING = {t(LOD.stated), t(LOD.implied)}
_SUBJECT, _PROPERTY, _REPORTED_IN = t(LOD.subject), t(LOD.property), t(LOD.reportedIn)
_VALUE, _LITERAL, _SHARE, _CHANGE = t(LOD.value), t(LOD.literal), t(LOD.share), t(LOD.change)
_DURING, _MODALITY, _POLARITY = t(LOD.during), t(LOD.modality), t(LOD.polarity)
_POSITIVE = t(LOD.positive)


#: Each triple that a claim states, with the claim and its graphs.
_Stated = dict[Triple, list[tuple[str, list[str]]]]


def check_graphs(data: Data) -> None:
    """Every claim that holds has its triple in the graph of its speaker; nothing else is there."""
    expected: dict[str, set[Triple]] = {}
    stated: _Stated = {}
    for claim in data.each_claim():
        node = data.node(claim)
        triples = _triples(node)
        obstacle = _obstacle(data, node)
        graphs = node.get(_REPORTED_IN, [])
        for triple in triples:
            stated.setdefault(triple, []).append((claim, graphs))
        if obstacle is not None:
            if graphs:
                message = f"The claim has a direct triple, although {obstacle}."
                data.found("DirectTriple", claim, message, LOD.reportedIn, graphs[0])
        elif triples and not graphs:
            message = "The claim is said to hold as it stands, and no graph reports it."
            data.found("DirectTriple", claim, message, LOD.reportedIn)
        for graph in graphs:
            if obstacle is None:
                expected.setdefault(graph, set()).update(triples)
            _same_speech(data, claim, graph)
    _compare(data, expected, stated)
    _check_default(data, stated)


def _triples(node: Node) -> list[Triple]:
    """The direct triples of a claim, whether it holds or not."""
    subject, property_ = _one(node, _SUBJECT), _one(node, _PROPERTY)
    if subject is None or property_ is None:
        return []
    objects = [*node.get(_VALUE, ()), *node.get(_LITERAL, ())]
    return [(subject, property_, object_) for object_ in objects]


def _one(node: Node, predicate: str) -> str | None:
    """The only object of a predicate; None where there is none, or several."""
    found = node.get(predicate, ())
    return found[0] if len(found) == 1 else None


def _obstacle(data: Data, node: Node) -> str | None:
    """Why a claim does not hold as it stands, in words; None where it does."""
    modality, property_ = _one(node, _MODALITY), _one(node, _PROPERTY)
    if modality not in _HOLDING:
        return f"it is {plain_iri(modality or '').rpartition('#')[2] or 'of no modality'}"
    if _one(node, _POLARITY) != _POSITIVE:
        return "it is denied"
    if _SHARE in node:
        return "it is said of a share of its subject"
    if _CHANGE in node:
        return "it says a change"
    if _DURING in node:
        value = _one(node, _VALUE)
        has_time = value is not None and t(LOD.Quantity) in data.all(value, _TYPE)
        if not has_time and not data.vocabulary.is_timeless(plain_iri(property_ or "")):
            return "it has a time, and the bare triple would not say it"
    for predicate in node:
        if data.vocabulary.narrows(predicate[1:-1]):
            return f"it is narrowed by {shrink(predicate[1:-1])}"
    return None


_TYPE = RDF_TYPE[1:-1]


def _same_speech(data: Data, claim: str, graph: str) -> None:
    """The graph of a claim has the speakers and the date of the claim."""
    for predicate in (PROV.wasAttributedTo, LOD.through, LOD.speakers):
        if set(data.all(claim, predicate)) != set(data.all(graph, predicate)):
            message = "The graph that reports the claim has other speakers than the claim."
            data.found("ReportedGraph", claim, message, predicate, graph)
    document = data.one(claim, PROV.wasDerivedFrom)
    said_on = data.one(claim, LOD.saidOn) or data.published(document)
    reported_on = data.one(graph, DCTERMS.date)
    if said_on != reported_on and t(LOD.ReportedGraph) in data.all(graph, _TYPE):
        message = "The graph that reports the claim has another date than its utterance."
        data.found("ReportedGraph", claim, message, LOD.reportedIn, graph)


def _compare(data: Data, expected: dict[str, set[Triple]], stated: _Stated) -> None:
    graphs = {t(iri): text for iri, text in data.graphs.items()}
    for graph, text in graphs.items():
        if t(LOD.ReportedGraph) not in data.all(graph, _TYPE):
            data.found("ReportedGraph", graph, "Nothing says who reports the graph.")
        allowed = expected.get(graph, set())
        for triple in dict.fromkeys(lines(text)):
            if triple in allowed:
                continue
            message = f"The graph has a triple that no claim of its speaker states: {_say(triple)}."
            data.found("DirectTriple", triple[0], message, triple[1][1:-1], graph)
    if not data.has_graphs:
        return
    for graph, triples in expected.items():
        found = set(lines(graphs.get(graph, "")))
        for triple in sorted(triples - found):
            message = f"The direct triple is missing from the graph: {_say(triple)}."
            for claim, graphs_of_it in stated[triple]:
                if graph in graphs_of_it:
                    data.found("DirectTriple", claim, message, LOD.reportedIn, graph)
    for graph in data.of_type(LOD.ReportedGraph):
        if graph not in expected:
            data.found("ReportedGraph", graph, "No claim is reported in the graph.")


def _check_default(data: Data, stated: _Stated) -> None:
    """Nothing that a claim could state stands in the default graph."""
    subjects = {triple[0] for triple in stated}
    properties = {triple[1] for triple in stated}
    things = subjects.union(data.of_type(f"{REL_NS}Thing"))
    copies = data.of_type(SCHEMA.MediaObject)
    documents = {one for text in copies for one in data.all(text, SCHEMA.encodesCreativeWork)}
    for subject, node in data.some(things):
        is_claim = t(LOD.Claim) in node.get(RDF_TYPE, ())
        describes = _DESCRIBES_DOCUMENT if subject in documents else _DESCRIBES
        for predicate, objects in node.items():
            if predicate in describes or (is_claim and predicate not in properties):
                continue
            iri = predicate[1:-1]
            if is_claim:
                qualifier = data.vocabulary.properties.get(iri)
                asserts = any((subject, predicate, one) in stated for one in objects)
                asserts = asserts and (qualifier is None or not qualifier.is_qualifier)
            else:
                asserts = (
                    iri.startswith((REL_NS, _WDT))
                    or predicate in properties
                    or any(one in things for one in objects)
                )
            if asserts:
                message = "The default graph asserts what only a speaker may report."
                data.found("DirectTriple", subject, message, iri, objects[0])


def _say(triple: Triple) -> str:
    words = [
        shrink(plain_iri(one)) if one.startswith("<") else f'"{text_of(one)[:80]}"'
        for one in triple
    ]
    return " ".join(words)
