"""Rules about templates and narratives: Jinja, and the Markdown around it."""

from __future__ import annotations

from cpreport.model.finding import error, warning

SYNTAX = error(
    "template.syntax",
    "A template cannot be read",
    "{problem}",
    "Mend the tag. To print braces as typed, put them between {{% raw %}} and {{% endraw %}}.",
)
UNDEFINED_NAME = error(
    "template.undefined-name",
    "A template uses a name that does not exist",
    "there is no {kind} '{name}' in templates",
    "{suggestion}",
)
NOT_ALLOWED = error(
    "template.not-allowed",
    "A template uses something that templates may not use",
    "{what} is not allowed in a template or narrative",
    "Allowed are names, attributes and calls of the report, constants, comparisons, + - /, if, for, set; "
    "and Markdown without pictures.",
)
NOT_PRINTABLE = error(
    "template.not-printable",
    "A template prints something that has no text",
    "{what} cannot be printed",
    "Print one of its attributes, or ask with an `if` whether there is one.",
)
NOT_ALONE = error(
    "template.not-alone",
    "A table or narrative stands in the middle of other text",
    "a table or narrative stands inside a line of text, a list, a heading or a table",
    "Give it a paragraph of its own, with blank lines around it.",
)
LOST_VALUE = error(
    "template.lost-value",
    "A value is printed where nobody can read it",
    "'{text}' is printed where Markdown shows nothing, such as in a link's address",
    "Print it in the text.",
)
TABLE_ROW = error(
    "template.table-row",
    "A row of a Markdown table has too many cells",
    "a row has {cells} cells, but its table has {columns} columns",
    "Remove a cell or add a heading; write a bar that is part of the text as \\|.",
)
FAILED = error(
    "template.failed",
    "A template asks for something that cannot be given",
    "{problem}",
    "Enter the figure if one is missing, mend the expression, or ask with an `if` whether the figure is there.",
)
NO_FIGURE = warning(
    "template.no-figure",
    "A text prints words where a figure is meant",
    "{missing}, so the text says '{text}' in its place",
    "Enter the figure if it is missing, word the sentence without it, or ask with an `if` whether it is there.",
)
