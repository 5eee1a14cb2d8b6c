"""A publication of 600 claims: the inhabitants of ten towns in sixty years."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TOWNS, YEARS = 10, range(1960, 2020)


def write_statistics(folder: Path) -> Path:
    """Write it into a folder, which is made."""
    folder.mkdir(parents=True)
    sentences, claims = [], []
    for town in range(1, TOWNS + 1):
        for year in YEARS:
            number = 100_000 + 10_000 * town + (year - 1960) * (town - 4) * 90
            quote = f"In {year} Town{town} had {number:,} inhabitants"
            sentences.append(f"{quote}.")
            claims.append(
                {
                    "id": f"t{town}-{year}",
                    "quote": quote,
                    "subject": f"town{town}",
                    "property": "population",
                    "value": f"{number:,} inhabitants",
                    "during": {"words": f"In {year}", "edtf": str(year)},
                }
            )
    entities: dict[str, Any] = {
        f"town{town}": {"type": "City", "label": f"Town{town}", "wikidata": {"none": "made up"}}
        for town in range(1, TOWNS + 1)
    }
    entities["office"] = {
        "type": "Organization",
        "label": "Office of Statistics",
        "wikidata": {"none": "made up"},
    }
    data = {
        "publication": {
            "base": "https://data.example.org/towns/",
            "title": "Claims of a table of inhabitants",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Data Desk"},
        },
        "document": {
            "text": "article.txt",
            "language": "en",
            "title": "Inhabitants of ten towns",
            "author": "office",
            "published": "2020-06-01",
        },
        "entities": entities,
        "claims": claims,
    }
    lines = [" ".join(sentences[i : i + 60]) for i in range(0, len(sentences), 60)]
    (folder / "article.txt").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "facts.json").write_text(json.dumps(data), "utf-8")
    return folder
