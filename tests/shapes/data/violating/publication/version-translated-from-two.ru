# Translated from what does not know of it.
# expect: Document <document> schema:translationOfWork Violation

INSERT DATA { <document> schema:translationOfWork <elsewhere> }
