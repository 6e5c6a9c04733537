"""Rules about templates and narratives: Jinja, and the Markdown around it."""

from __future__ import annotations

from cpreport.model.finding import error, warning

SYNTAX = error("""template.syntax
    A template cannot be read
    {problem}
    Correct the tag. To print braces as typed, put them between {{% raw %}} and {{% endraw %}}.""")
UNDEFINED_NAME = error("""template.undefined-name
    A template uses a name that does not exist
    there is no {kind} '{name}' in templates
    {suggestion}""")
NOT_ALLOWED = error("""template.not-allowed
    A template uses something that is not allowed
    {what} is not allowed in a template or narrative
    Use only names, attributes and calls of the report, constants, comparisons, + - /, if, for, set, and Markdown.""")
NOT_PRINTABLE = error("""template.not-printable
    A template prints something that is not text
    {what} cannot be printed
    Print one of its attributes, or print it only if it has a value.""")
NOT_ALONE = error("""template.not-alone
    A table or narrative is in the middle of other text
    a table or narrative is inside a line of text, a list, a heading or a table
    Put it in its own paragraph, with blank lines around it.""")
PICTURE = error("""template.picture
    A picture cannot be printed
    the picture {name} {reason}
    Use a PNG or JPEG file, or SVG with a PNG file beside it.""")
NO_ALTERNATIVE = error("""template.no-alternative-text
    A picture has no alternative text
    the picture {name} has no alternative text
    Say what it shows: ![what it shows](map.png); in Word right-click it and choose View Alt Text.""")
NAME_TWICE = error("""template.name-twice
    Two tables or charts have the same name
    {name!r} is the name of {first} and of {second}
    Give each its own name=…, without one where nothing refers to it.""")
LOST_VALUE = error("""template.lost-value
    A value is printed where it cannot be read
    '{text}' is in a place that Markdown does not show, such as a link's address
    Print it in the text.""")
TABLE_ROW = error("""template.table-row
    A row of a Markdown table has too many cells
    a row has {cells} cells, but its table has {columns} columns
    Remove a cell or add a heading; write a bar inside the text as \\|.""")
FAILED = error("""template.failed
    A template asks for something that does not exist
    {problem}
    Enter the missing figure, correct the expression, or test with an `if` whether the figure is there.""")
NO_FIGURE = warning("""template.no-figure
    A text prints words in place of a figure
    {missing}, so the text says '{text}' instead
    Enter the figure if it is missing, write the sentence without it, or test with an `if` whether it is there.""")
