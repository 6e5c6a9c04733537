"""Rules about how narratives are written: their bullets, their abbreviations and the glossary."""

from __future__ import annotations

from cpreport.model.finding import note, warning

BULLET_TWICE = warning(
    "narrative.bullet-twice",
    "A bullet occurs twice",
    "the bullet '{text}' stands in {first} already",
    "Keep it where it belongs.",
)
NO_END = note(
    "narrative.no-end",
    "A bullet has no end",
    "the bullet '{text}' ends without a full stop",
    "See whether something is missing, and end it with a full stop.",
)
UNKNOWN_ABBREVIATION = note(
    "narrative.unknown-abbreviation",
    "An abbreviation is explained nowhere",
    "{name} is neither spelled out in the report nor in its glossary",
    "Spell it out once, with {name} in brackets after it, or add it to glossary.csv.",
)
TWO_MEANINGS = note(
    "narrative.two-meanings",
    "An abbreviation stands for two things",
    "{name} is '{meaning}' here and '{other}' in {first}",
    "Spell one of the two out each time.",
)
GLOSSARY_UNUSED = note(
    "glossary.unused",
    "The glossary explains what the report does not say",
    "never used in this report: {terms}",
    "Remove them from glossary.csv, or say standing_glossary = true in report.toml.",
)
NO_TAG = warning(
    "narrative.no-tag",
    "A tag without its braces",
    "'{text}' is printed as it stands: it is no tag",
    "Write {tag} instead, with two braces on each side.",
)
PLACEHOLDER = warning(
    "narrative.placeholder",
    "A text was meant to be replaced",
    "'{slot}' still says '{text}'",
    "Write what is meant there.",
)
