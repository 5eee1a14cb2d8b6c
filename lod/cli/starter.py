"""The facts file to start from: what is known of a text filled in, the rest as comments."""

from __future__ import annotations

import re

from lod.facts.schema import NO_FACT_REASONS
from lod.facts.text import SourceText

# The commonest little words of some languages, those that others share left out where possible.
_WORDS = {
    "en": "the of and to in is that was for on with as by it at from are were has have",
    "de": "der die das und ist nicht ein eine mit von den dem zu auf sich im für wurde auch",
    "fr": "le la les des et est une dans pour que qui sur par au du pas avec sont",
    "es": "el la los las y de que en un una por con para del se es como más fue",
    "it": "il la di che e è un una per con del della sono nel gli alla non dei",
    "pt": "o a os as e de que em um uma para com não do da no na por foi",
    "nl": "de het een en van is dat niet op te met voor zijn aan werd ook bij",
    "pl": "i w na z do nie się jest to że o przez dla od po został oraz",
    "ru": "и в на не что с по это из для как от к был его также года",
    "uk": "і в на не що з до та це для як від був його також року й",
    "kk": "және мен бұл үшін бойынша туралы деп болып бар екі жылы қазақстан",
    "tr": "ve bir bu için ile de da olarak çok daha olan gibi kadar sonra",
    "sv": "och att det som en på är av för med den till inte har om ett",
}
_LANGUAGES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SCRIPTS = {
    "ja": re.compile("[\u3041-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7a3]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0620-\u064a]"),
    "el": re.compile("[\u03b1-\u03c9]"),
    "he": re.compile("[\u05d0-\u05ea]"),
}
_WORD = re.compile(r"[^\W\d_]+")
# What YAML cannot carry (YAML 1.2, section 5.1), and what would end a line or turn its direction.
_UNPRINTABLE = re.compile(
    "[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+"
)
_PLAIN_NAME = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
_SAMPLE = 20_000
_LONGEST_TITLE = 120


def guess_language(text: str) -> str:
    """The language that a text is probably in, as a language tag; "en" where nothing tells.

    >>> guess_language("Der Handel wuchs, und die Ausfuhren sind gestiegen.")
    'de'
    >>> guess_language("Торговля выросла в прошлом году, и это не предел.")
    'ru'
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    counts = {
        language: sum(word in known for word in words) for language, known in _LANGUAGES.items()
    }
    best = max(counts, key=counts.__getitem__)
    letters = sum(map(len, words))
    for language, script in _SCRIPTS.items():
        if len(script.findall(sample)) * 4 > letters > 0:
            return language
    return best if counts[best] else "en"


def starter(text: str, file: str) -> str:
    """A facts file for a text: commented, valid YAML, its open places left empty.

    Args:
        text: the text.
        file: name of the file that holds it, relative to the facts file.

    Returns:
        YAML. `lod check` reports what must be filled in, and every sentence as not yet covered.
    """
    language = guess_language(text)
    source = SourceText(text, language)
    first = _line(next((line for line in text.splitlines() if line.strip()), ""))
    shown = first
    if len(first) > _LONGEST_TITLE:
        shown = first[:_LONGEST_TITLE].rpartition(" ")[0] + "…"
    inner = shown.replace('"', "'")
    is_heading = len(first) <= _LONGEST_TITLE and not first.endswith((".", "!", "?", ";", ","))
    heading = f"  title: {_quoted(first)}" if is_heading else "  # title: headline of the text"
    name = file if _PLAIN_NAME.fullmatch(file) else _quoted(file)
    slug = re.sub(r"[^a-z0-9]+", "-", file.rpartition(".")[0].lower()).strip("-") or "my-text"
    sentences = "\n".join(
        f"  # {sentence.number}. {_line(text[sentence.start : sentence.end])}"
        for sentence in source.sentences
    )
    reasons = "\n".join(f"#   {reason}: {why}" for reason, why in NO_FACT_REASONS.items())
    return _STARTER.format(
        slug=slug,
        title=_quoted(f'Facts stated in "{inner}"'),
        file=name,
        language=language,
        heading=heading,
        sentences=sentences,
        reasons=reasons,
    )


def _line(text: str) -> str:
    """The text on one line, without what YAML cannot carry."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def _quoted(text: str) -> str:
    """The text as a YAML scalar in single quotation marks."""
    return "'" + _line(text).replace("'", "''") + "'"


_STARTER = """\
# The facts of a text. Fill in what is empty, name the entities, write the claims.
#   lod check     says what is missing or wrong, and where
#   lod coverage  shows which sentences and words carry no fact yet
#   lod vocab     lists the types and properties that may be used
# Editors complete and check this file once `lod schema -o facts.schema.json` was run here:
# yaml-language-server: $schema=facts.schema.json

publication:
  base: # web address under which everything is named, such as https://data.example.org/{slug}/
  title: {title}
  license: # of the data, not of the text, such as https://creativecommons.org/publicdomain/zero/1.0/
  publisher:
    name: # who publishes the data
    # url: home page

document:
  text: {file}
  language: {language} # a guess: correct it if it is wrong
{heading}
  # author: slug of an entity, who says what no other claim says with `by:`
  # publishedIn: slug of an entity
  # published: YYYY-MM-DD, against which "last year" and the like are resolved
  # means: {{we: slug of an entity}}

entities:
  # The things that claims are about, each under a slug of its own:
  # kazakhstan: {{type: Country, label: Kazakhstan, also: [Republic of Kazakhstan], wikidata: Q232}}
  # trade: {{type: Flow, label: trade between the two, wikidata: {{none: described only here}}}}

claims:
  # One entry a statement. The quote is the exact words of the text; […] leaves words out.
  # - id: trade-2023
  #   quote: >-
  #     Last year, it set a new record, exceeding the threshold of $28 billion
  #   subject: trade
  #   property: tradeVolume
  #   value: more than 28 billion USD
  #   during: last year
  #
  # The sentences of the text. Delete each once its claims are written.
{sentences}

# Sentences that deliberately carry no fact, with the reason:
{reasons}
# no_fact:
#   - {{quote: Good morning!, reason: greeting}}
"""
