"""Rules about the Indicators sheet."""

from __future__ import annotations

from cpreport.model.finding import error, warning

INVALID = error("""indicators.invalid
    A cell of the Indicators sheet is not valid
    {entry}: {reason}
    Correct the cell, or clear it if it is not needed.""")
MISSING = error("""indicators.missing
    An indicator lacks what it must have
    {name}: {column} is missing
    Fill in the cell.""")
NOT_TEXT = error("""indicators.not-text
    Excel turned an indicator's name into a number or a date
    the {column} cell holds the {kind} {value}, not text: Excel changes a typed 4.10 into 4.1
    Format the column {column} as Text and type the name again.""")
NAME_TWICE = error("""indicators.name-twice
    Two rows define one indicator
    {name} is the name of this row and of {first}
    Give each row a Reference of its own, or remove one of them.""")
DEFINED_TWICE = error("""indicators.defined-twice
    An indicator is defined in the sheet and in the report folder
    {name} is defined here and in {file}
    Remove this row, or remove the indicator from the report folder.""")
NO_SECTION = error("""indicators.no-section
    An indicator has no section
    {name} has no Section, and no row above it has one
    Write the title of the section that it stands in.""")
SECTION_UNUSED = warning("""indicators.section-unused
    A section has no indicators
    no indicator is in the section {title!r}, so it is not printed
    Put an indicator into the section, or clear the cell.""")
MERGED = error("""indicators.merged
    A cell of the Indicators sheet is merged
    this cell is merged with {first}, so this row has no {column} of its own
    Unmerge it, and fill in each row.""")
NEAR_COLUMN = error("""indicators.near-column
    A column of the Indicators sheet is nearly a known one
    the column {header!r} is not read; did you mean {known!r}?
    Write {known}, or give the column a clearly different header.""")
COLUMN_UNREAD = warning("""indicators.column-unread
    A column of the Indicators sheet is not read
    {column} is not read
    Put remarks into the column Note; `cpreport schema` lists all columns.""")
