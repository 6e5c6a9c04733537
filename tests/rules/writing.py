"""Examples of the rules about how narratives are written."""

from __future__ import annotations

from ..example_month import Added
from .example import Example

EXAMPLES = {
    "narrative.bullet-twice": Example(
        {
            "Narrative!C2": "We visit each child.",
            "Narrative!A3": "care",
            "Narrative!B3": "next",
            "Narrative!C3": "We visit each child.",
        },
        "Narrative!C3",
        {"Narrative!A3": "care", "Narrative!B3": "next", "Narrative!C3": "All is well."},
    ),
    "narrative.no-end": Example(
        {"Narrative!C2": "All is well and"},
        "Narrative!C2",
        {"Narrative!C2": "(All is “well.”)"},
    ),
    "narrative.link-text": Example(
        {"Narrative!C2": "All is well, as [this page](https://example.org/a) says."},
        "Narrative!C2",
        {"Narrative!C2": "All is well, as [our sufficiency strategy](https://example.org/a) says."},
    ),
    "narrative.unknown-abbreviation": Example(
        {"Narrative!C2": "The VSH visits schools."},
        "Narrative!C2",
        {"Narrative!C2": "The Virtual School Headteacher (VSH) visits schools."},
    ),
    "narrative.two-meanings": Example(
        {"Narrative!C2": "The Parents' Evening Panel (PEP) met."},
        "Narrative!C2",
        {"Narrative!C2": "All have Personal Education Plans (PEPs)."},
    ),
    "glossary.unused": Example(
        {
            "care.md": Added("\n{{ glossary_table() }}\n"),
            "glossary.csv": "term,description\nPEP,Personal Education Plan\n",
        },
        "glossary.csv",
        {
            "care.md": Added("\n{{ glossary_table() }}\n"),
            "glossary.csv": "term,description\nPEP,Personal Education Plan\n",
            "Narrative!C2": "Each child has a PEP.",
        },
    ),
    "narrative.no-tag": Example(
        {"Narrative!C2": 'There were { indicator("moves").now } moves.'},
        "Narrative!C2",
        {"Narrative!C2": 'The indicator(s) say {{ indicator("moves").now }} moves.'},
    ),
    "narrative.placeholder": Example(
        {"Narrative!C2": "The date of the visit is TBC."},
        "Narrative!C2",
        {"Narrative!C2": "The date of the visit is TBC.", "About!A4": "Example", "About!B4": "yes"},
    ),
}
