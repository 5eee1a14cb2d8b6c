"""How Sphinx makes a site of this folder: `sphinx-build -W docs OUT`."""

project = "lod"
html_title = "lod"
extensions = ["myst_parser"]
html_theme = "furo"
root_doc = "index"
exclude_patterns = ["format.toml", "limits.toml"]
# Headings are targets of links, as on the pages of a repository.
myst_heading_anchors = 4
# Sessions and Turtle have no highlighting in every version; queries.md goes from # to ###.
suppress_warnings = ["misc.highlighting_failure", "myst.header"]
highlight_language = "none"
