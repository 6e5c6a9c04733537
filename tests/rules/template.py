"""Examples of the rules about templates and narratives."""

from __future__ import annotations

from ..example_month import HISTORY_SECTION, Replaced
from ..pictures import png
from .example import Example

EXAMPLES = {
    "template.syntax": Example(
        {"Narrative!C2": "{% if %}"},
        "Narrative!C2",
        {"Narrative!C2": "{% if period %}Well.{% endif %}"},
    ),
    "template.undefined-name": Example(
        {"Narrative!C2": '{{ indicatr("rate") }}'},
        "Narrative!C2",
        {"Narrative!C2": '{{ indicator("rate") }}'},
    ),
    "template.not-allowed": Example(
        {"Narrative!C2": "{{ 2 * 3 }}"},
        "Narrative!C2",
        {"Narrative!C2": "{{ 2 + 3 }}"},
    ),
    "template.not-printable": Example(
        {"Narrative!C2": "{{ section.slots }}"},
        "Narrative!C2",
        {"Narrative!C2": "{{ section.title }}"},
    ),
    "template.not-alone": Example(
        {"Narrative!C2": "See {{ indicator_table(section.indicators) }}"},
        "Narrative!C2",
        {"Narrative!C2": "{{ indicator_table(section.indicators) }}"},
    ),
    "template.picture": Example(
        {"narrative/2023-07/care.md": "# next\n\n![A map](map.png)\n"},
        "care.md line 3",
        {"narrative/2023-07/care.md": "# next\n\n[A map](https://x.uk/map.png)\n"},
    ),
    "template.no-alternative-text": Example(
        {"narrative/2023-07/care.md": "# next\n\n![](map.png)\n", "map.png": png()},
        "care.md line 3",
        {"narrative/2023-07/care.md": "# next\n\n![A map](map.png)\n", "map.png": png()},
    ),
    "template.name-twice": Example(
        {
            "care.md": '# Care\n\n{{ indicator_table(["rate"], name="in") }}\n\n'
            '{{ indicator_table(["far"], name="in") }}\n\n{{ narrative("good") }}\n\n{{ narrative("next") }}\n',
            "report.toml": Replaced(HISTORY_SECTION, ""),
        },
        "care.md",
        {
            "care.md": '# Care\n\n{{ indicator_table(["rate"], name="in") }}\n\n'
            '{{ indicator_table(["far"], name="out") }}\n\n{{ narrative("good") }}\n\n{{ narrative("next") }}\n',
            "report.toml": Replaced(HISTORY_SECTION, ""),
        },
    ),
    "template.lost-value": Example(
        {"Narrative!C2": '[now](https://x.uk "{{ period }}")'},
        "Narrative!C2",
        {"Narrative!C2": "[{{ period }}](https://x.uk/)"},
    ),
    "template.table-row": Example(
        {"narrative/2023-07/care.md": "# next\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"},
        "care.md line 5",
        {"narrative/2023-07/care.md": "# next\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"},
    ),
    "template.failed": Example(
        {"Narrative!C2": '{{ indicator("moves").year_to_date }}'},
        "Narrative!C2",
        {"Narrative!C2": '{{ indicator("moves").now }}'},
    ),
    "template.no-figure": Example(
        {"Data!F6": "[x]", "Narrative!C2": 'There were {{ indicator("moves").now }} moves.'},
        "Narrative!C2",
        {
            "Data!F6": "[x]",
            "Narrative!C2": '{% if indicator("moves").now.value %}{{ indicator("moves").now }}{% else %}-{% endif %}',
        },
    ),
}
