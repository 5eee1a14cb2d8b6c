# Two classes that are above each other.
# expect: ClassTerm own:Mine path Violation
# expect: ClassTerm own:Pit path Violation

INSERT DATA {
  own:Mine rdfs:subClassOf own:Pit .
  own:Pit rdfs:subClassOf own:Mine }
