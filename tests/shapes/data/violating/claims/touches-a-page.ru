# An item that is named by its page.
# expect: Claim <claim/forum-address> schema:about Violation

INSERT DATA { <claim/forum-address> schema:about <https://www.wikidata.org/wiki/Q159> }
