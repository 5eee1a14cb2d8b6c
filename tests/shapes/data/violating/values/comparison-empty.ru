# A comparison with nothing.
# expect: Comparison <claim/unemployment/comparedWith> path Violation

DELETE WHERE { <claim/unemployment/comparedWith> lod:value ?old } ;
DELETE WHERE { <claim/unemployment/comparedWith> lod:during ?old } ;
DELETE WHERE { <claim/unemployment/comparedWith/value> lod:during ?old }
