# A further version of the document: a translation with a text of its own.

INSERT DATA {
  <document> dcterms:hasVersion <document/de> ; schema:workTranslation <document/de> .
  <document/de> rdf:type rel:Document, rel:Thing ; rdfs:label "Nachricht"@de ; schema:inLanguage "de" ;
    lod:anonymous true ; dcterms:isVersionOf <document> ; schema:translationOfWork <document> ;
    prov:wasDerivedFrom <document> .
  <text/0123456789ab> rdf:type schema:MediaObject, prov:Entity ; schema:encodesCreativeWork <document/de> ;
    schema:encodingFormat "text/plain" ; schema:inLanguage "de" ;
    schema:sha256 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
