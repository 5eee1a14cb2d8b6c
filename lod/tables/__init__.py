"""The facts as tables: rows of plain cells, and the files that hold them."""
