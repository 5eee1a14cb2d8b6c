# A property of another vocabulary as a qualifier.
# expect: Qualifiers <claim/forum-address> - Violation

INSERT DATA { <claim/forum-address> schema:name "speech"@en }
