#!/usr/bin/env bash
# Version: surt 0.3.1 (Python 3.11), warcio 2.4.11 (npm; Node.js 20).
# Behaviour: web archives look pages up by a key, and two pages can have one: it is in small letters, so
#   that the articles US and us, or two videos, are one page to the index, and the nearest memento of
#   one may be the other. That is meant to find more; but the two libraries that make the keys of WARC
#   files do not make the same, so that a page with a slash at its end, or an escaped one within, that
#   the one has put into an index is not found by the key of the other. Plain addresses agree.
#   Specification: RFC 3986, 6.2.2.1 (but for scheme and host, letters are told apart), 2.2 and 6.2.2.2 (an
#   escaped "/" is not "/"); RFC 7089, 2.1 (a memento is one of the original resource).
# Seen on 2026-11-30 (address | key by surt | by warcio.js):
#   https://e.org/wiki/us | org,e)/wiki/us | org,e)/wiki/us
#   https://e.org/wiki/US | org,e)/wiki/us | org,e)/wiki/us
#   https://e.org/watch?v=aB3 | org,e)/watch?v=ab3 | org,e)/watch?v=ab3
#   https://e.org/watch?v=Ab3 | org,e)/watch?v=ab3 | org,e)/watch?v=ab3
#   https://e.org/a | org,e)/a | org,e)/a
#   https://e.org/a/ | org,e)/a | org,e)/a/
#   https://e.org/AC%2FDC | org,e)/ac/dc | org,e)/ac%2fdc
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund warcio@2.4.11 >/dev/null &
python3 -m venv venv
venv/bin/pip install -q 'surt==0.3.1'
wait "$!"
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { getSurt } from "warcio";

console.log(JSON.stringify(JSON.parse(readFileSync(0)).map((address) => getSurt(address))));
JS
cat >run.py <<'PY'
import json
import subprocess

from surt import surt

PAGES = ["wiki/us", "wiki/US", "watch?v=aB3", "watch?v=Ab3", "a", "a/", "AC%2FDC"]
addresses = ["https://e.org/" + page for page in PAGES]
theirs = subprocess.run(["node", "run.mjs"], input=json.dumps(addresses), stdout=-1, text=True).stdout
for address, key in zip(addresses, json.loads(theirs), strict=True):
    print(address, surt(address), key, sep=" | ")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='https://e.org/wiki/us | org,e)/wiki/us | org,e)/wiki/us
https://e.org/wiki/US | org,e)/wiki/us | org,e)/wiki/us
https://e.org/watch?v=aB3 | org,e)/watch?v=ab3 | org,e)/watch?v=ab3
https://e.org/watch?v=Ab3 | org,e)/watch?v=ab3 | org,e)/watch?v=ab3
https://e.org/a | org,e)/a | org,e)/a
https://e.org/a/ | org,e)/a | org,e)/a/
https://e.org/AC%2FDC | org,e)/ac/dc | org,e)/ac%2fdc'
echo "$seen"
[ "$seen" = "$expected" ]
