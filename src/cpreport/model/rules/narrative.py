"""Rules about narratives."""

from __future__ import annotations

from cpreport.model.finding import Brings, Rule, Severity
from cpreport.model.rules.example import Replaced
from cpreport.model.rules.following import QUOTED

UNKNOWN_SECTION = Rule(
    "narrative.unknown-section",
    Severity.ERROR,
    "A narrative is for no section",
    "{name!r} is no section of the report{nearest}",
    "The sections are {known}.",
    fires={"Narrative!A2": "cares"},
    where="Narrative!A2",
    silent={"Narrative!A2": "CARE"},
)
UNKNOWN_SLOT = Rule(
    "narrative.unknown-slot",
    Severity.ERROR,
    "A narrative is for no slot",
    "{name!r} is no slot of {section}{nearest}",
    "The slots of {section} are {known}.",
    fires={"Narrative!B2": "bad"},
    where="Narrative!B2",
    silent={"Narrative!B2": "what went well:"},
)
NO_SLOT = Rule(
    "narrative.text-before-slot",
    Severity.ERROR,
    "A narrative has text before its first slot",
    "the text {text!r} stands before the first heading that names a slot",
    "Put it under a heading with a slot's title: {known}.",
    fires={"narrative/2023-07/care.md": "# Care\nWell, "},
    where="care.md line 2",
    silent={"narrative/2023-07/care.md": "# Care\n\n"},
)
TITLE_LEFT_OUT = Rule(
    "narrative.title-dropped",
    Severity.NOTE,
    "A heading of a narrative is not printed",
    "the heading {name!r} stands before the first slot and is not printed",
    "If it belongs to a slot, put it below that slot's heading; otherwise leave it.",
    fires={"narrative/2023-07/care.md": "# July 2023\n# next\nWell."},
    where="care.md line 1",
    silent={"narrative/2023-07/care.md": "# Care\n# next\nWell."},
)
REMARK = Rule(
    "narrative.remark",
    Severity.NOTE,
    "A remark in a narrative is not printed",
    "the remark '{text}' is not printed",
    "If it belongs to the text, write it without {{# and #}}; otherwise leave it.",
    fires={"Narrative!C2": "All is well. {# Ask Ann. #}"},
    where="Narrative!C2",
    silent={"Narrative!C2": "All is well (ask Ann)."},
)
TWICE = Rule(
    "narrative.slot-twice",
    Severity.ERROR,
    "A narrative comes from two places",
    "{section}/{slot} has a text here and in {first}",
    "Keep one of the two.",
    fires={"narrative/2023-07/care.md": "# good\nWell."},
    where="care.md line 2",
    silent={"narrative/2023-07/care.md": "# next\nWell."},
)
EMPTY = Rule(
    "narrative.slot-empty",
    Severity.ERROR,
    "A required narrative is missing",
    "the narrative '{slot}' is missing{why}",
    "Write it in the workbook's Narrative sheet or in {file}.",
    fires={"report.toml": Replaced('next?"', 'next?", required = true')},
    where="care/next",
    silent={
        "report.toml": Replaced('next?"', 'next?", required = true'),
        "Narrative!A3": "care",
        "Narrative!B3": "next",
        "Narrative!C3": "More.",
    },
)
TOO_SHORT = Rule(
    "narrative.too-short",
    Severity.WARNING,
    "A narrative is too short",
    "the narrative '{slot}' has {words}, fewer than the {fewest} it should have",
    "Say more, or change min_words in report.toml.",
    fires={"report.toml": Replaced('went well"', 'went well", min_words = 4')},
    where="Narrative!C2",
    silent={"report.toml": Replaced('went well"', 'went well", min_words = 3')},
)
TOO_LONG = Rule(
    "narrative.too-long",
    Severity.WARNING,
    "A narrative is too long",
    "the narrative '{slot}' has {words}, more than the {most} it may have",
    "Say it in fewer words, or change max_words in report.toml.",
    fires={"report.toml": Replaced('went well"', 'went well", max_words = 2')},
    where="Narrative!C2",
    silent={"report.toml": Replaced('went well"', 'went well", max_words = 3')},
)
COPIED = Rule(
    "narrative.copied",
    Severity.WARNING,
    "A narrative is copied from an earlier period",
    "the narrative '{slot}' is {similarity}% the same as the text of {earlier} in {first}",
    "Write what happened in {period}; similarity in report.toml says how alike counts as copied.",
    fires={
        "Narrative!C2": "Each child was visited at home in the month.",
        "Narrative!D1": "Period",
        "Narrative!A3": "care",
        "Narrative!B3": "good",
        "Narrative!C3": "Each child was visited at home in this month.",
        "Narrative!D3": "Jun 23",
    },
    where="Narrative!C2",
    silent={
        "Narrative!C2": "Each child was visited at home in the month.",
        "Narrative!D1": "Period",
        "Narrative!A3": "care",
        "Narrative!B3": "good",
        "Narrative!C3": "Two children moved, both of them to live with their aunts.",
        "Narrative!D3": "Jun 23",
    },
    brings=(Brings(QUOTED, ("section", "slot")),),
)
NOT_PRINTED = Rule(
    "narrative.not-printed",
    Severity.ERROR,
    "A narrative is not printed",
    "{section}: no template prints the narrative of {slot}",
    "Place it in {template} with narrative(slot), or remove the text.",
    fires={"care.md": "# Care"},
    where="Narrative!C2",
    silent={"Narrative!C2": None},
)
