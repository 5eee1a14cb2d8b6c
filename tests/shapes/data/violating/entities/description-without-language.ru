# A description in no language.
# expect: Entity <entity/kazakhstan> schema:description Violation

DELETE { <entity/kazakhstan> schema:description ?old }
INSERT { <entity/kazakhstan> schema:description "A country." }
WHERE { <entity/kazakhstan> schema:description ?old }
