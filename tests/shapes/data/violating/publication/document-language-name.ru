# A language by its name.
# expect: Document <document> schema:inLanguage Violation

DELETE { <document> schema:inLanguage ?old }
INSERT { <document> schema:inLanguage "English (US)" }
WHERE { <document> schema:inLanguage ?old }
