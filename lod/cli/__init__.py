"""The command `lod`: the only place for options, exit codes and words for the terminal.

Exit codes: 0 fine, 1 findings, 2 could not run, 130 interrupted.
"""
