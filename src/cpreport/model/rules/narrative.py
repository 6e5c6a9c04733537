"""Rules about narratives."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity

UNKNOWN_SECTION = Rule(
    "narrative.unknown-section",
    Severity.ERROR,
    "A narrative is for no section",
    "{name!r} is no section of the report{nearest}",
    "The sections are {known}.",
)
UNKNOWN_SLOT = Rule(
    "narrative.unknown-slot",
    Severity.ERROR,
    "A narrative is for no slot",
    "{name!r} is no slot of {section}{nearest}",
    "The slots of {section} are {known}.",
)
NO_SLOT = Rule(
    "narrative.text-before-slot",
    Severity.ERROR,
    "A narrative has text before its first slot",
    "the text {text!r} stands before the first heading that names a slot",
    "Put it under a heading with a slot's title: {known}.",
)
TWICE = Rule(
    "narrative.slot-twice",
    Severity.ERROR,
    "A narrative comes from two places",
    "{section}/{slot} has a text here and in {first}",
    "Keep one of the two.",
)
EMPTY = Rule(
    "narrative.slot-empty",
    Severity.ERROR,
    "A required narrative is missing",
    "{section}: the narrative for '{slot}' is missing",
    "Write it in the workbook's Narrative sheet or in {file}.",
)
NOT_PRINTED = Rule(
    "narrative.not-printed",
    Severity.ERROR,
    "A narrative is not printed",
    "{section}: no template prints the narrative of {slot}",
    "Place it in {template} with narrative(slot), or remove the text.",
)
