# A document with two texts.
# expect: OneText <document> path Violation

INSERT DATA { <text/000000000000> a schema:MediaObject , prov:Entity ; schema:encodesCreativeWork <document> ; schema:encodingFormat "text/plain" ; schema:inLanguage "en" ; schema:sha256 "0000000000000000000000000000000000000000000000000000000000000000" }
