"""Rules about how narratives are written: their bullets, their abbreviations and the glossary."""

from __future__ import annotations

from cpreport.model.finding import note, warning

BULLET_TWICE = warning(
    "narrative.bullet-twice",
    "A bullet is used twice",
    "the bullet '{text}' is in {first} already",
    "Keep it in one place.",
)
NO_END = note(
    "narrative.no-end",
    "A bullet ends without a full stop",
    "the bullet '{text}' ends without a full stop",
    "Check that nothing is missing, and end it with a full stop.",
)
UNKNOWN_ABBREVIATION = note(
    "narrative.unknown-abbreviation",
    "An abbreviation is not explained",
    "{name} is not spelled out in the report or in its glossary",
    "Spell it out once, with {name} in brackets after it, or add it to glossary.csv.",
)
TWO_MEANINGS = note(
    "narrative.two-meanings",
    "An abbreviation has two meanings",
    "{name} is '{meaning}' here and '{other}' in {first}",
    "Spell one of them out every time.",
)
GLOSSARY_UNUSED = note(
    "glossary.unused",
    "The glossary explains terms that the report does not use",
    "the report does not use: {terms}",
    "Remove them from glossary.csv, or write standing_glossary = true in report.toml.",
)
NO_TAG = warning(
    "narrative.no-tag",
    "A tag is not in double braces",
    "'{text}' is not a tag and would be printed as it is",
    "Write {tag} instead, with two braces on each side.",
)
PLACEHOLDER = warning(
    "narrative.placeholder",
    "A placeholder was not replaced",
    "'{slot}' still says '{text}'",
    "Replace it with the text that is needed.",
)
