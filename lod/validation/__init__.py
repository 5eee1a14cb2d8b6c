"""SHACL validation: two engines, one report, each result led back to the facts."""
