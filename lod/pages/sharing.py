"""What a page hands on: a description, a card, a reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.pages.citing import Item, make_item
from lod.pages.pictures import Card
from lod.pages.texts import preferred, short, tab

if TYPE_CHECKING:
    from lod.pages.interface import Words
    from lod.pages.view import ClaimView, PublicationView

#: Longest description, in code points: what search engines and networks show.
LONGEST = 300
#: Quotes of this length, in code points, are read at a glance.
_GLANCE = range(40, 181)


def described(view: PublicationView, words: Words) -> str:
    """A publication in one or two sentences: its own words, or who says something, and where."""
    own = preferred(view.facts.publication.descriptions, words.language)
    return short(own or f"{_where(view)}. {words('common.not_asserted')}", LONGEST)


def claim_described(view: PublicationView, claim: ClaimView, words: Words) -> str:
    """A claim by the words that carry it, who says them and where."""
    return short(
        f"“{claim.quote}” – {_source(view, claim)}. {words('common.not_asserted')}", LONGEST
    )


def publication_card(view: PublicationView, words: Words) -> Card:
    """The card of a publication: whose it is, the title of the text, and a quote of its author."""
    document = view.facts.document
    titles = document.titles or view.facts.publication.titles
    title = preferred(titles, words.language)
    tag = next((tag for tag, text in titles.items() if text == title), None)
    claim = _telling(view)
    return Card(
        kicker=_kicker(view, words),
        heading=(title, tag),
        quote=(claim.quote, document.version(claim.version).language),
        source=_source(view, claim),
        foot=words("common.not_asserted"),
    )


def claim_card(view: PublicationView, claim: ClaimView, words: Words) -> Card:
    """The card of a claim: its sentence, how it is meant, and the words that carry it."""
    meant = words("pages.negative" if claim.negative else f"pages.modality_{claim.modality}")
    return Card(
        kicker=_kicker(view, words),
        heading=(claim.sentence, claim.language),
        quote=(claim.quote, view.facts.document.version(claim.version).language),
        source=_source(view, claim),
        note=meant,
        warned=claim.negative or claim.modality == "retracted",
        foot=words("common.not_asserted"),
    )


def _telling(view: PublicationView) -> ClaimView:
    """The first claim of the author with a quote that is read at a glance, else the first."""
    authors = set(view.facts.document.author)
    told = (one for one in view.claims if not authors or authors & set(one.statement.speakers))
    for claim in told:
        if len(claim.statement.anchors[0].exact) in _GLANCE and claim.holds:
            return claim
    return view.claims[0]


def _kicker(view: PublicationView, words: Words) -> str:
    return words("article.annotated_by", desk=short(view.facts.publication.publisher.name, 80))


def _source(view: PublicationView, claim: ClaimView) -> str:
    """Who says it, where and when."""
    speakers = short(": ".join(_apart(speaker.label) for speaker in claim.speakers), 80)
    where = _where(view)
    return speakers if where.startswith(speakers) else f"{speakers}, {where}"


def _where(view: PublicationView) -> str:
    document = view.facts.document
    newspaper = document.published_in
    name = view.names.entity(newspaper).label if newspaper else view.names.document.label
    return ", ".join(_apart(short(one, 100)) for one in (name, document.published) if one)


def _apart(text: str) -> str:
    """A text in a direction of its own (UAX #9, isolates): a date beside Arabic would turn."""
    return f"\u2068{text}\u2069"


def claim_item(view: PublicationView, claim: ClaimView) -> Item:
    """The reference to a claim: who annotated it; and, as a note, whose words it rests on."""
    publication = view.facts.publication
    said = claim.statement.anchors[0].exact
    return make_item(
        claim.iri,
        "entry",
        claim.sentence,
        [(one.name, one.iri) for one in publication.creators or (publication.publisher,)],
        container=preferred(publication.titles, claim.language),
        publisher=publication.publisher.name,
        day=publication.modified,
        version=publication.version,
        note=tab(f"“{short(said, 300)}” – {_source(view, claim)}", 600),
        language=claim.language,
    )
