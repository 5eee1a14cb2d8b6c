"""Rows to triples with morph-kgc: RML over CSV. `with_morph_kgc.py FOLDER`."""

import json
import logging
import sys
from pathlib import Path

import morph_kgc
from serve import serve

logging.disable(logging.ERROR)
_HEAD = """@prefix rr: <http://www.w3.org/ns/r2rml#> .
@prefix rml: <http://semweb.mmlab.be/ns/rml#> .
@prefix ql: <http://semweb.mmlab.be/ns/ql#> .
"""
_SUBJECT = 'rml:reference "id" ; rr:termType rr:IRI'


def _source(folder: Path, name: str) -> str:
    file = folder / f"{name}.csv"
    return f'rml:logicalSource [ rml:source "{file}" ; rml:referenceFormulation ql:CSV ]'


def _object(column: str, kind: str) -> str:
    said = {"iri": "rr:termType rr:IRI", "string": "rr:termType rr:Literal"}
    said["en"] = 'rr:language "en"'
    return f'[ rml:reference "{column}" ; {said.get(kind, f"rr:datatype <{kind}>")} ]'


def mapping(folder: Path) -> str:
    """The RML of all tables."""
    parts = [_HEAD]
    for number, table in enumerate(json.loads((folder / "tables.json").read_text("utf-8"))):
        classes = "".join(f" ; rr:class <{one}>" for one in table["types"])
        parts.append(
            f"<#T{number}> {_source(folder, table['name'])} ;\n"
            f" rr:subjectMap [ {_SUBJECT}{classes} ]"
        )
        parts += [
            f" ;\n rr:predicateObjectMap [ rr:predicate <{predicate}> ; "
            f"rr:objectMap {_object(column, kind)} ]"
            for column, (predicate, kind) in table["columns"].items()
        ]
        parts.append(" .\n")
        parts += [
            f"<#T{number}-{name}> {_source(folder, table['name'] + '-' + name)} ;\n"
            f" rr:subjectMap [ {_SUBJECT} ] ;\n rr:predicateObjectMap [ "
            f"rr:predicate <{predicate}> ; rr:objectMap {_object('target', 'iri')} ] .\n"
            for name, predicate in table["links"].items()
        ]
    return "".join(parts)


def main() -> None:
    """Write the mapping and wait for jobs."""
    folder = Path(sys.argv[1]).resolve()
    rml = folder / "mapping.rml.ttl"
    rml.write_text(mapping(folder), "utf-8")
    configuration = (
        "[CONFIGURATION]\noutput_format=N-TRIPLES\nlogging_level=ERROR\nnumber_of_processes=1\n"
        f"[rows]\nmappings={rml}\n"
    )

    def build() -> int:
        triples = morph_kgc.materialize_set(configuration)
        text = "".join([f"{triple} .\n" for triple in triples])
        return (folder / "morph-kgc.nt").write_text(text, "utf-8")

    serve({"build": build})


if __name__ == "__main__":
    main()
