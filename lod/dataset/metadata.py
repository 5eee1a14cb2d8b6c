"""The dataset, its build, the document and its hashed text as quads."""

from __future__ import annotations

from lod.dataset.terms import date, literal
from lod.facts.schema import DOCUMENT
from lod.iri import iri_problem
from lod.model.facts import Facts, Publisher
from lod.version import __version__
from lod.vocabulary.names import DCAT, DCTERMS, LOD, PROV, RDF, RDFS, REL, SCHEMA

#: IRI of this program as the software agent of a build.
SOFTWARE = "https://w3id.org/lod-facts/software"

#: How many hex digits of the text's SHA-256 its IRI has.
HASH_DIGITS = 12


def text_iri(facts: Facts) -> str:
    """The IRI of the exact text that positions count in; another text has another IRI."""
    return f"{facts.publication.base}text/{facts.document.sha256[:HASH_DIGITS]}"


def document_lines(facts: Facts) -> str:
    """The document, then its text."""
    base = facts.publication.base
    document = facts.document
    node = f"<{base}{DOCUMENT}>"
    types = dict.fromkeys((document.type, REL.Document, SCHEMA.CreativeWork, PROV.Entity))
    out = [f"{node} <{RDF.type}> <{type_}> .\n" for type_ in types]
    for tag, title in document.titles.items():
        out.append(f"{node} <{SCHEMA.headline}> {literal(title, tag)} .\n")
    out.append(f"{node} <{SCHEMA.inLanguage}> {literal(document.language)} .\n")
    authors = dict.fromkeys(document.author)
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
    text = f"<{text_iri(facts)}>"
    out.append(f"{text} <{RDF.type}> <{SCHEMA.MediaObject}> .\n")
    out.append(f"{text} <{RDF.type}> <{PROV.Entity}> .\n")
    out.append(f"{text} <{SCHEMA.encodesCreativeWork}> {node} .\n")
    out.append(f'{text} <{SCHEMA.encodingFormat}> "text/plain" .\n')
    out.append(f"{text} <{SCHEMA.inLanguage}> {literal(document.language)} .\n")
    out.append(f"{text} <{SCHEMA.sha256}> {literal(document.sha256)} .\n")
    if document.source is not None:
        out.append(f"{text} <{PROV.wasDerivedFrom}> <{document.source}> .\n")
    return "".join(out)


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
    agents: dict[str, Publisher] = {}
    publisher = _agent(agents, publication.publisher, f"{base}publisher")
    out.append(f"{node} <{DCTERMS.publisher}> <{publisher}> .\n")
    for number, creator in enumerate(publication.creators, 1):
        iri = _agent(agents, creator, f"{base}creator/{number}")
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
    build = f"<{base}build>"
    out.append(f"{build} <{RDF.type}> <{PROV.Activity}> .\n")
    out.append(f"{build} <{PROV.used}> <{text_iri(facts)}> .\n")
    out.append(f"{build} <{PROV.wasAssociatedWith}> <{SOFTWARE}> .\n")
    out.append(f"<{SOFTWARE}> <{RDF.type}> <{PROV.SoftwareAgent}> .\n")
    out.append(f'<{SOFTWARE}> <{RDFS.label}> "lod" .\n')
    out.append(f"<{SOFTWARE}> <{SCHEMA.softwareVersion}> {literal(__version__)} .\n")
    return "".join(out)


def _agent(agents: dict[str, Publisher], agent: Publisher, otherwise: str) -> str:
    """The IRI of an agent, noted so that it is described once."""
    iri = agent.iri or otherwise
    agents.setdefault(iri, agent)
    return iri
