# Two sources of the date.
# expect: Document <document> lod:dateSource Violation

INSERT DATA { <document> lod:dateSource <https://news.example.org/other> }
