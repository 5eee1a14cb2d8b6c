# A text without a language.
# expect: Text <text/8c2f5e1d9a40> schema:inLanguage Violation

DELETE WHERE { <text/8c2f5e1d9a40> schema:inLanguage ?old }
