# A unit that is named by its page.
# expect: Quantity <claim/oil-route/share> lod:unit Violation

DELETE { <claim/oil-route/share> lod:unit ?old }
INSERT { <claim/oil-route/share> lod:unit <https://www.wikidata.org/wiki/Q11229> }
WHERE { <claim/oil-route/share> lod:unit ?old }
