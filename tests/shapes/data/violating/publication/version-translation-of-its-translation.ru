# A translation that is also what the text was translated from.
# expect: Document <document> schema:workTranslation Violation

INSERT DATA { <document> schema:workTranslation <document> ; schema:translationOfWork <document> }
