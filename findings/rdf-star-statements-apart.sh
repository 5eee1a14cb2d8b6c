#!/usr/bin/env bash
# Version: pyoxigraph 0.4.11 and 0.5.13 (Python 3.11), n3 1.26.0 and 2.13.12 (npm; Node.js 20).
# Behaviour: << s p o >> of RDF-star and of RDF 1.2 are written the same way, and are not the same: in
#   RDF-star it is the triple, one term wherever it stands; in RDF 1.2 each is a blank node of its own that
#   reifies the triple. A file that says the source and the year of a triple in two statements is valid
#   in both; with the newer version of the same package they are about two things, and the query that
#   has both finds nothing, without an error. Written with ";", in one statement, it is found by both.
#   Specification: RDF-star and SPARQL-star, community group report of 17 December 2021, "Concepts" (a quoted
#   triple is a term); RDF 1.2 Turtle, "Reifying Triples" (without "~" and a name, a fresh blank node).
# Seen on 2026-11-30 (package, version | triples, rows of a query for both, written apart | with ";"):
#   pyoxigraph 0.4.11 | 2, 1 | 2, 1
#   pyoxigraph 0.5.13 | 4, 0 | 3, 1
#   n3 1.26.0 | 2, one subject | 2, one subject
#   n3 2.13.12 | 4, two subjects | 3, one subject
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund n3-old@npm:n3@1.26.0 n3@2.13.12 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'pyoxigraph==0.5.13'
venv/bin/pip install -q --target old 'pyoxigraph==0.4.11'
wait "$!"
prefix='@prefix e: <http://e.org/> .'
echo "$prefix << e:a e:b e:c >> e:source e:s . << e:a e:b e:c >> e:year 2024 ." >apart.ttl
echo "$prefix << e:a e:b e:c >> e:source e:s ; e:year 2024 ." >together.ttl
cat >run.py <<'PY'
import pyoxigraph

QUERY = "PREFIX e: <http://e.org/> SELECT * { << e:a e:b e:c >> e:source ?s ; e:year ?y }"
seen = []
for path in ("apart.ttl", "together.ttl"):
    store = pyoxigraph.Store()
    store.load(path=path)
    seen.append(f"{len(store)}, {len(list(store.query(QUERY)))}")
print("pyoxigraph " + pyoxigraph.__version__, *seen, sep=" | ")
PY
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import * as star from "n3-old";
import * as rdf12 from "n3";

for (const [name, { Parser }] of [["n3 1.26.0", star], ["n3 2.13.12", rdf12]]) {
  const seen = ["apart.ttl", "together.ttl"].map((path) => {
    const quads = new Parser().parse(readFileSync(path, "utf8"));
    const [source, year] = ["source", "year"].map(
      (name) => quads.find(({ predicate }) => predicate.value === `http://e.org/${name}`).subject,
    );
    return `${quads.length}, ${source.equals(year) ? "one subject" : "two subjects"}`;
  });
  console.log([name, ...seen].join(" | "));
}
JS
seen=$(PYTHONPATH=old venv/bin/python run.py && venv/bin/python run.py && node run.mjs)
expected='pyoxigraph 0.4.11 | 2, 1 | 2, 1
pyoxigraph 0.5.13 | 4, 0 | 3, 1
n3 1.26.0 | 2, one subject | 2, one subject
n3 2.13.12 | 4, two subjects | 3, one subject'
echo "$seen"
[ "$seen" = "$expected" ]
