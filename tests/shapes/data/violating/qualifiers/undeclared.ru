# A qualifier that no vocabulary declares.
# expect: Qualifiers <claim/forum-address> - Violation

INSERT DATA { <claim/forum-address> rel:colour "blue"@en }
