"""Rules about how narratives are written: their bullets, their abbreviations and the glossary."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Added

BULLET_TWICE = Rule(
    "narrative.bullet-twice",
    Severity.WARNING,
    "A bullet occurs twice",
    "the bullet '{text}' stands in {first} already",
    "Keep it where it belongs.",
    fires={
        "Narrative!C2": "We visit each child.",
        "Narrative!A3": "care",
        "Narrative!B3": "next",
        "Narrative!C3": "We visit each child.",
    },
    where="Narrative!C3",
    silent={"Narrative!A3": "care", "Narrative!B3": "next", "Narrative!C3": "All is well."},
)
NO_END = Rule(
    "narrative.no-end",
    Severity.NOTE,
    "A bullet has no end",
    "the bullet '{text}' ends without a full stop",
    "See whether something is missing, and end it with a full stop.",
    fires={"Narrative!C2": "All is well and"},
    where="Narrative!C2",
    silent={"Narrative!C2": "(All is “well.”)"},
)
UNKNOWN_ABBREVIATION = Rule(
    "narrative.unknown-abbreviation",
    Severity.NOTE,
    "An abbreviation is explained nowhere",
    "{name} is neither spelled out in the report nor in its glossary",
    "Spell it out once, with {name} in brackets after it, or add it to glossary.csv.",
    fires={"Narrative!C2": "The VSH visits schools."},
    where="Narrative!C2",
    silent={"Narrative!C2": "The Virtual School Headteacher (VSH) visits schools."},
)
TWO_MEANINGS = Rule(
    "narrative.two-meanings",
    Severity.NOTE,
    "An abbreviation stands for two things",
    "{name} is '{meaning}' here and '{other}' in {first}",
    "Spell one of the two out each time.",
    fires={"Narrative!C2": "The Parents' Evening Panel (PEP) met."},
    where="Narrative!C2",
    silent={"Narrative!C2": "All have Personal Education Plans (PEPs)."},
)
GLOSSARY_UNUSED = Rule(
    "glossary.unused",
    Severity.NOTE,
    "The glossary explains what the report does not say",
    "never used in this report: {terms}",
    "Remove them from glossary.csv, or say standing_glossary = true in report.toml.",
    fires={
        "care.md": Added("\n{{ glossary_table() }}\n"),
        "glossary.csv": "term,description\nPEP,Personal Education Plan\n",
    },
    where="glossary.csv",
    silent={
        "care.md": Added("\n{{ glossary_table() }}\n"),
        "glossary.csv": "term,description\nPEP,Personal Education Plan\n",
        "Narrative!C2": "Each child has a PEP.",
    },
)
NO_TAG = Rule(
    "narrative.no-tag",
    Severity.WARNING,
    "A tag without its braces",
    "'{text}' is printed as it stands: it is no tag",
    "Write {tag} instead, with two braces on each side.",
    fires={"Narrative!C2": 'There were { indicator("moves").now } moves.'},
    where="Narrative!C2",
    silent={"Narrative!C2": 'The indicator(s) say {{ indicator("moves").now }} moves.'},
)
PLACEHOLDER = Rule(
    "narrative.placeholder",
    Severity.WARNING,
    "A text was meant to be replaced",
    "'{slot}' still says '{text}'",
    "Write what is meant there.",
    fires={"Narrative!C2": "The date of the visit is TBC."},
    where="Narrative!C2",
    silent={"Narrative!C2": "The date of the visit is TBC.", "About!A4": "Example", "About!B4": "yes"},
)
