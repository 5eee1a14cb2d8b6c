#!/usr/bin/env bash
# Version: @rdfjs/serializer-turtle 1.1.5, n3 2.13.12 (npm; Node.js 20), pyoxigraph 0.5.13 (Python 3.11).
# Behaviour: an IRI that begins with a known prefix is written as a prefixed name whatever follows, and
#   no character is escaped: Mercury_(planet), a/b, a dot at the end or a # make Turtle that N3.js and
#   Oxigraph refuse. Names without such characters, as tests have them, come out well, and so do all
#   without prefixes.
#   Specification: RDF 1.1 Turtle, 6.5 (grammar: PN_LOCAL, PLX; "(", "/" and the like are escaped or not
#   part of a prefixed name).
# Seen on 2026-11-30 (what follows the prefix | written | N3.js | Oxigraph):
#   Mercury | e:Mercury | read | read
#   Mercury_(planet) | e:Mercury_(planet) | error | error
#   a/b | e:a/b | error | error
#   Inc. | e:Inc. | error | error
#   page#part | e:page#part | error | error
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'pyoxigraph==0.5.13'
npm install --silent --no-audit --no-fund @rdfjs/serializer-turtle@1.1.5 n3@2.13.12 >/dev/null
cat >run.mjs <<'JS'
import { spawnSync } from "node:child_process";
import TurtleSerializer from "@rdfjs/serializer-turtle";
import { DataFactory, Parser } from "n3";

const { namedNode, quad } = DataFactory;
const by_n3 = (turtle) => {
  try {
    return new Parser().parse(turtle).length && "read";
  } catch {
    return "error";
  }
};
const by_oxigraph = (turtle) =>
  spawnSync("venv/bin/python", ["read.py"], { input: turtle, encoding: "utf8" }).stdout.trim();
const prefixes = new Map([["e", namedNode("http://e.org/")]]);
for (const name of ["Mercury", "Mercury_(planet)", "a/b", "Inc.", "page#part"]) {
  const [subject, predicate] = ["http://e.org/s", "http://e.org/p"].map(namedNode);
  const triple = quad(subject, predicate, namedNode(`http://e.org/${name}`));
  const turtle = new TurtleSerializer({ prefixes }).transform([triple]);
  const written = turtle.match(/e:p ([^;]+?)\.\s*$/)[1];
  console.log([name, written, by_n3(turtle), by_oxigraph(turtle)].join(" | "));
}
JS
cat >read.py <<'PY'
import sys

import pyoxigraph

try:
    list(pyoxigraph.parse(sys.stdin.read(), format=pyoxigraph.RdfFormat.TURTLE))
    print("read")
except SyntaxError:
    print("error")
PY
seen=$(node run.mjs)
expected='Mercury | e:Mercury | read | read
Mercury_(planet) | e:Mercury_(planet) | error | error
a/b | e:a/b | error | error
Inc. | e:Inc. | error | error
page#part | e:page#part | error | error'
echo "$seen"
[ "$seen" = "$expected" ]
