# A mapping to the page of a Wikidata property.
# expect: PropertyTerm own:digs path Violation

INSERT DATA { own:digs skos:closeMatch <https://www.wikidata.org/wiki/Property:P1056> }
