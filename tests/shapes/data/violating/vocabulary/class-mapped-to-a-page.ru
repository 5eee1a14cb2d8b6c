# A mapping to the page of an item.
# expect: ClassTerm own:Mine path Violation

INSERT DATA { own:Mine skos:closeMatch <https://www.wikidata.org/wiki/Q820477> }
