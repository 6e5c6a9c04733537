"""Rules about templates and narratives: Jinja, and the Markdown around it."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity

SYNTAX = Rule(
    "template.syntax",
    Severity.ERROR,
    "A template cannot be read",
    "{problem}",
    "Mend the tag. To print braces as typed, put them between {{% raw %}} and {{% endraw %}}.",
    fires={"Narrative!C2": "{% if %}"},
    where="Narrative!C2",
    silent={"Narrative!C2": "{% if period %}Well.{% endif %}"},
)

UNDEFINED_NAME = Rule(
    "template.undefined-name",
    Severity.ERROR,
    "A template uses a name that does not exist",
    "there is no {kind} '{name}' in templates",
    "{suggestion}",
    fires={"Narrative!C2": '{{ indicatr("rate") }}'},
    where="Narrative!C2",
    silent={"Narrative!C2": '{{ indicator("rate") }}'},
)

NOT_ALLOWED = Rule(
    "template.not-allowed",
    Severity.ERROR,
    "A template uses something that templates may not use",
    "{what} is not allowed in a template or narrative",
    "Allowed are names, attributes and calls of the report, constants, comparisons, + - /, if, for, set; "
    "and Markdown without pictures.",
    fires={"Narrative!C2": "{{ 2 * 3 }}"},
    where="Narrative!C2",
    silent={"Narrative!C2": "{{ 2 + 3 }}"},
)

NOT_PRINTABLE = Rule(
    "template.not-printable",
    Severity.ERROR,
    "A template prints something that has no text",
    "{what} cannot be printed",
    "Print one of its attributes, or ask with an `if` whether there is one.",
    fires={"Narrative!C2": "{{ section.slots }}"},
    where="Narrative!C2",
    silent={"Narrative!C2": "{{ section.title }}"},
)

NOT_ALONE = Rule(
    "template.not-alone",
    Severity.ERROR,
    "A table or narrative stands in the middle of other text",
    "a table or narrative stands inside a line of text, a list, a heading or a table",
    "Give it a paragraph of its own, with blank lines around it.",
    fires={"Narrative!C2": "See {{ indicator_table(section.indicators) }}"},
    where="Narrative!C2",
    silent={"Narrative!C2": "{{ indicator_table(section.indicators) }}"},
)

LOST_VALUE = Rule(
    "template.lost-value",
    Severity.ERROR,
    "A value is printed where nobody can read it",
    "'{text}' is printed where Markdown shows nothing, such as in a link's address",
    "Print it in the text.",
    fires={"Narrative!C2": '[now](https://x.uk "{{ period }}")'},
    where="Narrative!C2",
    silent={"Narrative!C2": "[{{ period }}](https://x.uk/)"},
)

TABLE_ROW = Rule(
    "template.table-row",
    Severity.ERROR,
    "A row of a Markdown table has too many cells",
    "a row has {cells} cells, but its table has {columns} columns",
    "Remove a cell or add a heading; write a bar that is part of the text as \\|.",
    fires={"narrative/2023-07/care.md": "# next\n\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n"},
    where="care.md line 5",
    silent={"narrative/2023-07/care.md": "# next\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"},
)

FAILED = Rule(
    "template.failed",
    Severity.ERROR,
    "A template asks for something that cannot be given",
    "{problem}",
    "Enter the figure if one is missing, mend the expression, or ask with an `if` whether the figure is there.",
    fires={"Narrative!C2": '{{ indicator("moves").target }}'},
    where="Narrative!C2",
    silent={"Narrative!C2": '{{ indicator("moves").now }}'},
)

NO_FIGURE = Rule(
    "template.no-figure",
    Severity.WARNING,
    "A text prints words where a figure is meant",
    "{missing}, so the text says '{text}' in its place",
    "Enter the figure if it is missing, word the sentence without it, or ask with an `if` whether it is there.",
    fires={"Data!F6": "[x]", "Narrative!C2": 'There were {{ indicator("moves").now }} moves.'},
    where="Narrative!C2",
    silent={
        "Data!F6": "[x]",
        "Narrative!C2": '{% if indicator("moves").now.value %}{{ indicator("moves").now }}{% else %}Well.{% endif %}',
    },
)
