"""The dataset, its build, the document and its hashed text as quads."""

from __future__ import annotations

from lod.facts.schema import DOCUMENT
from lod.model.facts import Document, Facts
from lod.rdf.iri import iri_problem
from lod.rdf.terms import TRUE, about, date, literal
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
    versions = facts.document.all_versions
    return "".join(line for one in versions for line in _document_lines(facts, one))


def _document_lines(facts: Facts, document: Document) -> list[str]:
    base = facts.publication.base
    node = f"<{base}{document.local}>"
    source = document.date_source
    types = (document.type, REL.Document, REL.Thing, SCHEMA.CreativeWork, PROV.Entity)
    authors = dict.fromkeys(document.author)
    said = about(
        node,
        {
            RDF.type: [f"<{type_}>" for type_ in dict.fromkeys(types)],
            SCHEMA.headline: [literal(title, tag) for tag, title in document.titles.items()],
            SCHEMA.inLanguage: literal(document.language),
            RDFS.label: None if document.titles else '"text without a title"@en',
            LOD.anonymous: None if authors else TRUE,
            SCHEMA.author: [f"<{base}entity/{slug}>" for slug in authors],
            SCHEMA.isPartOf: document.published_in and f"<{base}entity/{document.published_in}>",
            SCHEMA.datePublished: document.published and date(document.published),
            LOD.dateSource: source
            and (literal(source, document.language) if iri_problem(source) else f"<{source}>"),
            SCHEMA.url: document.iri and f"<{document.iri}>",
            **_version(facts, document),
        },
    )
    return said + about(
        f"<{text_iri(facts, document.name)}>",
        {
            RDF.type: [f"<{SCHEMA.MediaObject}>", f"<{PROV.Entity}>"],
            SCHEMA.encodesCreativeWork: node,
            SCHEMA.encodingFormat: '"text/plain"',
            SCHEMA.inLanguage: literal(document.language),
            SCHEMA.sha256: literal(document.sha256),
            PROV.wasDerivedFrom: document.source and f"<{document.source}>",
        },
    )


def _version(facts: Facts, document: Document) -> dict[str, str | list[str] | None]:
    """How a version stands to the others."""
    base = facts.publication.base
    all_ = facts.document.all_versions
    original = next((f"<{base}{o.local}>" for o in all_ if o.key == document.translation_of), None)
    return {
        DCTERMS.isVersionOf: f"<{base}{DOCUMENT}>" if document.name else None,
        DCTERMS.hasVersion: [f"<{base}{one.local}>" for one in document.versions],
        SCHEMA.translator: [f"<{base}entity/{slug}>" for slug in document.translators],
        SCHEMA.translationOfWork: original,
        PROV.wasDerivedFrom: original,
        SCHEMA.workTranslation: [
            f"<{base}{one.local}>" for one in all_ if one.translation_of == document.key
        ],
    }


def publication_lines(facts: Facts) -> str:
    """The dataset, who publishes it, and the build that made it."""
    publication, language = facts.publication, facts.document.language
    base = publication.base
    agents = {f"{base}publisher": publication.publisher}
    creators = []
    for number, creator in enumerate(publication.creators, 1):
        same = creator == publication.publisher
        creators.append(f"{base}publisher" if same else f"{base}creator/{number}")
        agents[creators[-1]] = creator
    keywords = dict.fromkeys(publication.keywords)
    out = about(
        f"<{base}dataset>",
        {
            RDF.type: [f"<{SCHEMA.Dataset}>", f"<{DCAT.Dataset}>", f"<{PROV.Entity}>"],
            DCTERMS.title: [literal(text, tag) for tag, text in publication.titles.items()],
            DCTERMS.description: [
                literal(text, tag) for tag, text in publication.descriptions.items()
            ],
            DCTERMS.license: f"<{publication.license}>",
            DCTERMS.publisher: f"<{base}publisher>",
            DCTERMS.creator: [f"<{iri}>" for iri in creators],
            DCTERMS.modified: publication.modified and date(publication.modified),
            SCHEMA.version: publication.version and literal(publication.version),
            DCAT.keyword: [literal(keyword, language) for keyword in keywords],
            PROV.wasDerivedFrom: f"<{base}{DOCUMENT}>",
            PROV.wasGeneratedBy: f"<{base}build>",
        },
    )
    for iri, agent in agents.items():
        # A homepage is of one agent alone (it is inverse functional), and who extracts the
        # facts often names the page of the desk: a reasoner would take the two for one.
        page = FOAF.homepage if iri == f"{base}publisher" else FOAF.page
        out += about(
            f"<{iri}>",
            {
                RDF.type: f"<{PROV.Agent}>",
                RDFS.label: literal(agent.name),
                page: agent.iri and f"<{agent.iri}>",
            },
        )
    texts = (text_iri(facts, one.name) for one in facts.document.all_versions)
    build = {
        RDF.type: f"<{PROV.Activity}>",
        PROV.used: [f"<{text}>" for text in texts],
        PROV.wasAssociatedWith: f"<{SOFTWARE}>",
    }
    software = {
        RDF.type: f"<{PROV.SoftwareAgent}>",
        RDFS.label: '"lod"',
        SCHEMA.softwareVersion: literal(__version__),
    }
    out += about(f"<{base}build>", build)
    return "".join([*out, *about(f"<{SOFTWARE}>", software)])
