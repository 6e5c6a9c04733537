"""Examples of the rules about narratives."""

from __future__ import annotations

from ..example_month import Added, Replaced
from .example import Example

EXAMPLES = {
    "narrative.unknown-section": Example(
        {"Narrative!A2": "cares"},
        "Narrative!A2",
        {"Narrative!A2": "CARE"},
    ),
    "narrative.unknown-slot": Example(
        {"Narrative!B2": "bad"},
        "Narrative!B2",
        {"Narrative!B2": "what went well:"},
    ),
    "narrative.several-named": Example(
        {
            "report.toml": Replaced('"What is next?"', '"Comment", each = "indicator"'),
            "indicators.toml": Replaced('title = "Placed far away"', 'title = "Health checks"\nreference = "6.1"'),
            "care.md": Added("\n{{ comments(section.indicators) }}\n"),
            "narrative/2023-07/care.md": "# Health checks\nWell.",
        },
        "care.md line 1",
        {
            "report.toml": Replaced('"What is next?"', '"Comment", each = "indicator"'),
            "indicators.toml": Replaced('title = "Placed far away"', 'title = "Health checks"\nreference = "6.1"'),
            "care.md": Added("\n{{ comments(section.indicators) }}\n"),
            "narrative/2023-07/care.md": "# 6.1 Health checks\nWell.",
        },
    ),
    "narrative.text-before-slot": Example(
        {"narrative/2023-07/care.md": "# Care\nWell, "},
        "care.md line 2",
        {"narrative/2023-07/care.md": "# Care\n\n"},
    ),
    "narrative.title-dropped": Example(
        {"narrative/2023-07/care.md": "# July 2023\n# next\nWell."},
        "care.md line 1",
        {"narrative/2023-07/care.md": "# Care\n# next\nWell."},
    ),
    "narrative.remark": Example(
        {"Narrative!C2": "All is well. {# Ask Ann. #}"},
        "Narrative!C2",
        {"Narrative!C2": "All is well (ask Ann)."},
    ),
    "narrative.slot-twice": Example(
        {"narrative/2023-07/care.md": "# good\nWell."},
        "care.md line 2",
        {"narrative/2023-07/care.md": "# next\nWell."},
    ),
    "narrative.slot-empty": Example(
        {"report.toml": Replaced('next?"', 'next?", required = true')},
        "care/next",
        {
            "report.toml": Replaced('next?"', 'next?", required = true'),
            "Narrative!A3": "care",
            "Narrative!B3": "next",
            "Narrative!C3": "More.",
        },
    ),
    "narrative.too-short": Example(
        {"report.toml": Replaced('went well"', 'went well", min_words = 4')},
        "Narrative!C2",
        {"report.toml": Replaced('went well"', 'went well", min_words = 3')},
    ),
    "narrative.too-long": Example(
        {"report.toml": Replaced('went well"', 'went well", max_words = 2')},
        "Narrative!C2",
        {"report.toml": Replaced('went well"', 'went well", max_words = 3')},
    ),
    "narrative.copied": Example(
        {
            "Narrative!C2": "Each child was visited at home in the month.",
            "Narrative!D1": "Period",
            "Narrative!A3": "care",
            "Narrative!B3": "good",
            "Narrative!C3": "Each child was visited at home in this month.",
            "Narrative!D3": "Jun 23",
        },
        "Narrative!C2",
        {
            "Narrative!C2": "Each child was visited at home in the month.",
            "Narrative!D1": "Period",
            "Narrative!A3": "care",
            "Narrative!B3": "good",
            "Narrative!C3": "Two children moved, both of them to live with their aunts.",
            "Narrative!D3": "Jun 23",
        },
    ),
    "narrative.not-printed": Example(
        {"care.md": "# Care"},
        "Narrative!C2",
        {"Narrative!C2": None},
    ),
}
