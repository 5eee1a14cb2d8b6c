#!/usr/bin/env bash
# Version: ultimate-sitemap-parser 1.8.1, feedparser 6.0.14, time-machine 3.6.0 (Python 3.11), sitemap 9.0.1
#   (npm; Node.js 20).
# Behaviour: where a sitemap says that a page was changed in a month, or in a year, the parser in Python
#   fills in the day, and the month, of today. So a page has another date at each reading, and who
#   harvests what is newer than last time takes it anew each day of that month. Nothing tells it from a
#   date that stands there; whole dates, as most sitemaps have, are well read. The package in JavaScript
#   leaves such dates out, and a time without seconds too. feedparser, which reads the same format in
#   feeds, takes the first day.
#   Specification: sitemaps.org, Sitemap protocol, lastmod (W3C Datetime format); W3C, Date and Time Formats
#   (YYYY, YYYY-MM, and YYYY-MM-DDThh:mmTZD).
# Seen on 2026-11-30 (lastmod | ultimate-sitemap-parser on 2024-02-10 | on 2024-02-20 | sitemap | feedparser,
#   as dc:date):
#   2023 | 2023-02-10T00:00:00 | 2023-02-20T00:00:00 | none | 2023-01-01T00:00:00
#   2024-05 | 2024-05-10T00:00:00 | 2024-05-20T00:00:00 | none | 2024-05-01T00:00:00
#   2024-05-01 | 2024-05-01T00:00:00 | 2024-05-01T00:00:00 | 2024-05-01 | 2024-05-01T00:00:00
#   2024-05-01T12:30Z | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00+00:00 | none | 2024-05-01T12:30:00
#   2024-05-01T12:30:00Z | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00Z |
#     2024-05-01T12:30:00
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q 'ultimate-sitemap-parser==1.8.1' 'feedparser==6.0.14' 'time-machine==3.6.0'
npm install --silent --no-audit --no-fund sitemap@9.0.1 >/dev/null
cat >run.mjs <<'JS'
import { Readable } from "node:stream";
import { parseSitemap } from "sitemap";

const [page] = await parseSitemap(Readable.from([process.argv[2]]));
console.log(page.lastmod ?? "none");
JS
cat >run.py <<'PY'
import subprocess
from datetime import datetime

import feedparser
import time_machine
from usp.tree import sitemap_from_str

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>http://e.org/a</loc><lastmod>{}</lastmod></url></urlset>"""
FEED = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="http://e.org/a"><title>Rain</title>
<dc:date>{}</dc:date></item></rdf:RDF>"""


def parsed(sitemap: str, today: str) -> str:
    with time_machine.travel(f"{today}T12:00:00+00:00", tick=False):
        (page,) = sitemap_from_str(sitemap).all_pages()
    return page.last_modified.isoformat()


for changed in ("2023", "2024-05", "2024-05-01", "2024-05-01T12:30Z", "2024-05-01T12:30:00Z"):
    sitemap = SITEMAP.format(changed)
    days = [parsed(sitemap, today) for today in ("2024-02-10", "2024-02-20")]
    js = subprocess.check_output(["node", "run.mjs", sitemap], text=True).strip()
    (entry,) = feedparser.parse(FEED.format(changed)).entries
    print(changed, *days, js, datetime(*entry.updated_parsed[:6]).isoformat(), sep=" | ")
PY
seen=$(TZ=UTC venv/bin/python -W ignore run.py 2>/dev/null)
expected='2023 | 2023-02-10T00:00:00 | 2023-02-20T00:00:00 | none | 2023-01-01T00:00:00
2024-05 | 2024-05-10T00:00:00 | 2024-05-20T00:00:00 | none | 2024-05-01T00:00:00
2024-05-01 | 2024-05-01T00:00:00 | 2024-05-01T00:00:00 | 2024-05-01 | 2024-05-01T00:00:00
2024-05-01T12:30Z | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00+00:00 | none | 2024-05-01T12:30:00
2024-05-01T12:30:00Z | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00+00:00 | 2024-05-01T12:30:00Z | 2024-05-01T12:30:00'
echo "$seen"
[ "$seen" = "$expected" ]
