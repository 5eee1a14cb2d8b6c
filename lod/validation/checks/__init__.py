"""What shapes cannot see: the graphs of a dataset, the words of its text, dates and units.

SHACL looks at one graph, and compares few things with each other. These checks look at the quads
themselves. What they find is reported like the results of shapes; its source says which of the
two found it: `shape:…` is a shape, `check:…` is one of these.
"""
