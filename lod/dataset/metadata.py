"""The dataset, its build, the document and its hashed text as quads."""

from __future__ import annotations

from lod.facts.schema import DOCUMENT
from lod.model.facts import Document, Facts
from lod.rdf.iri import iri_problem
from lod.rdf.terms import TRUE, date, literal
from lod.version import __version__
from lod.vocabulary.names import DCAT, DCTERMS, FOAF, LOD, PROV, RDF, RDFS, REL, SCHEMA

#: IRI of this program as the software agent of a build.
SOFTWARE = "https://w3id.org/lod-facts/software"

#: How many hex digits of the text's SHA-256 its IRI has.
HASH_DIGITS = 12


def text_iri(facts: Facts, version: str = "") -> str:
    """The IRI of the exact text that positions count in; another text has another IRI.

    Args:
        facts: the publication.
        version: name of the version of the document; "" for its own text.
    """
    return f"{facts.publication.base}text/{facts.document.version(version).sha256[:HASH_DIGITS]}"


def document_lines(facts: Facts) -> str:
    """The document, then its text; then each further version of it, with its text."""
    return "".join(_document_lines(facts, document) for document in facts.document.all_versions)


def _document_lines(facts: Facts, document: Document) -> str:
    base = facts.publication.base
    node = f"<{base}{document.local}>"
    types = dict.fromkeys(
        (document.type, REL.Document, REL.Thing, SCHEMA.CreativeWork, PROV.Entity)
    )
    out = [f"{node} <{RDF.type}> <{type_}> .\n" for type_ in types]
    for tag, title in document.titles.items():
        out.append(f"{node} <{SCHEMA.headline}> {literal(title, tag)} .\n")
    out.append(f"{node} <{SCHEMA.inLanguage}> {literal(document.language)} .\n")
    if not document.titles:
        out.append(f'{node} <{RDFS.label}> "text without a title"@en .\n')
    authors = dict.fromkeys(document.author)
    if not authors:
        out.append(f"{node} <{LOD.anonymous}> {TRUE} .\n")
    out += [f"{node} <{SCHEMA.author}> <{base}entity/{slug}> .\n" for slug in authors]
    if document.published_in is not None:
        out.append(f"{node} <{SCHEMA.isPartOf}> <{base}entity/{document.published_in}> .\n")
    if document.published is not None:
        out.append(f"{node} <{SCHEMA.datePublished}> {date(document.published)} .\n")
    if document.date_source is not None:
        source = document.date_source
        term = literal(source, document.language) if iri_problem(source) else f"<{source}>"
        out.append(f"{node} <{LOD.dateSource}> {term} .\n")
    if document.iri is not None:
        out.append(f"{node} <{SCHEMA.url}> <{document.iri}> .\n")
    out += _version_lines(facts, document)
    text = f"<{text_iri(facts, document.name)}>"
    out.append(f"{text} <{RDF.type}> <{SCHEMA.MediaObject}> .\n")
    out.append(f"{text} <{RDF.type}> <{PROV.Entity}> .\n")
    out.append(f"{text} <{SCHEMA.encodesCreativeWork}> {node} .\n")
    out.append(f'{text} <{SCHEMA.encodingFormat}> "text/plain" .\n')
    out.append(f"{text} <{SCHEMA.inLanguage}> {literal(document.language)} .\n")
    out.append(f"{text} <{SCHEMA.sha256}> {literal(document.sha256)} .\n")
    if document.source is not None:
        out.append(f"{text} <{PROV.wasDerivedFrom}> <{document.source}> .\n")
    return "".join(out)


def _version_lines(facts: Facts, document: Document) -> list[str]:
    """How a version stands to the others."""
    base = facts.publication.base
    node = f"<{base}{document.local}>"
    all_ = facts.document.all_versions
    out = []
    if document.name:
        out.append(f"{node} <{DCTERMS.isVersionOf}> <{base}{DOCUMENT}> .\n")
    out += [f"{node} <{DCTERMS.hasVersion}> <{base}{one.local}> .\n" for one in document.versions]
    out += [f"{node} <{SCHEMA.translator}> <{base}entity/{s}> .\n" for s in document.translators]
    if document.translation_of is not None:
        source = next(one for one in all_ if one.key == document.translation_of)
        out.append(f"{node} <{SCHEMA.translationOfWork}> <{base}{source.local}> .\n")
        out.append(f"{node} <{PROV.wasDerivedFrom}> <{base}{source.local}> .\n")
    out += [
        f"{node} <{SCHEMA.workTranslation}> <{base}{one.local}> .\n"
        for one in all_
        if one.translation_of == document.key
    ]
    return out


def publication_lines(facts: Facts) -> str:
    """The dataset, who publishes it, and the build that made it."""
    base = facts.publication.base
    publication = facts.publication
    node = f"<{base}dataset>"
    out = [
        f"{node} <{RDF.type}> <{type_}> .\n"
        for type_ in (SCHEMA.Dataset, DCAT.Dataset, PROV.Entity)
    ]
    for tag, title in publication.titles.items():
        out.append(f"{node} <{DCTERMS.title}> {literal(title, tag)} .\n")
    for tag, description in publication.descriptions.items():
        out.append(f"{node} <{DCTERMS.description}> {literal(description, tag)} .\n")
    out.append(f"{node} <{DCTERMS.license}> <{publication.license}> .\n")
    agents = {f"{base}publisher": publication.publisher}
    out.append(f"{node} <{DCTERMS.publisher}> <{base}publisher> .\n")
    for number, creator in enumerate(publication.creators, 1):
        same = creator == publication.publisher
        iri = f"{base}publisher" if same else f"{base}creator/{number}"
        agents[iri] = creator
        out.append(f"{node} <{DCTERMS.creator}> <{iri}> .\n")
    if publication.modified is not None:
        out.append(f"{node} <{DCTERMS.modified}> {date(publication.modified)} .\n")
    if publication.version is not None:
        out.append(f"{node} <{SCHEMA.version}> {literal(publication.version)} .\n")
    for keyword in dict.fromkeys(publication.keywords):
        keyword_term = literal(keyword, facts.document.language)
        out.append(f"{node} <{DCAT.keyword}> {keyword_term} .\n")
    out.append(f"{node} <{PROV.wasDerivedFrom}> <{base}{DOCUMENT}> .\n")
    out.append(f"{node} <{PROV.wasGeneratedBy}> <{base}build> .\n")
    for iri, agent in agents.items():
        out.append(f"<{iri}> <{RDF.type}> <{PROV.Agent}> .\n")
        out.append(f"<{iri}> <{RDFS.label}> {literal(agent.name)} .\n")
        if agent.iri is not None:
            # A homepage is of one agent alone (it is inverse functional), and who extracts the
            # facts often names the page of the desk: a reasoner would take the two for one.
            page = FOAF.homepage if iri == f"{base}publisher" else FOAF.page
            out.append(f"<{iri}> <{page}> <{agent.iri}> .\n")
    build = f"<{base}build>"
    out.append(f"{build} <{RDF.type}> <{PROV.Activity}> .\n")
    texts = (text_iri(facts, one.name) for one in facts.document.all_versions)
    out += [f"{build} <{PROV.used}> <{text}> .\n" for text in texts]
    out.append(f"{build} <{PROV.wasAssociatedWith}> <{SOFTWARE}> .\n")
    out.append(f"<{SOFTWARE}> <{RDF.type}> <{PROV.SoftwareAgent}> .\n")
    out.append(f'<{SOFTWARE}> <{RDFS.label}> "lod" .\n')
    out.append(f"<{SOFTWARE}> <{SCHEMA.softwareVersion}> {literal(__version__)} .\n")
    return "".join(out)
