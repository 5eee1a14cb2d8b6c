# The wording of a comparison in no language.
# expect: Comparison <claim/unemployment/comparedWith> lod:wording Violation

INSERT DATA { <claim/unemployment/comparedWith> lod:wording "from 4.1 percent" }
