"""What languages call the terms of the vocabulary: every relation and class has a name in each."""

from __future__ import annotations

import pytest

from lod.language.data import FOLDER, table, term_label
from lod.namespaces import REL_NS, shrink
from lod.vocabulary.vocabulary import load_vocabulary

LANGUAGES = sorted(path.parent.name for path in FOLDER.glob("*/terms.toml"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relation_and_class_has_a_name(language: str) -> None:
    terms = load_vocabulary().terms
    lacking = [
        shrink(iri) for iri in terms if iri.startswith(REL_NS) and not term_label(iri, language)
    ]
    assert lacking == []
    known = {shrink(iri) for iri in terms}
    names = table(language, "terms") or {}
    assert names.keys() - known == set()
    assert all(name == name.strip() and name for name in names.values())


def test_languages_of_the_site_have_names() -> None:
    with_site = {path.parent.name for path in FOLDER.glob("*/site")}
    assert with_site - {"en", "de"} <= set(LANGUAGES)
