"""Rules about the figures of the workbook."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

UNKNOWN_INDICATOR = warning("""data.unknown-indicator
    A row belongs to no indicator
    the row {name!r} is not used: it is not an indicator or series of this report{nearest}
    Correct the name, or leave the row if it is for something else.""")
UNWANTED_PART = warning("""data.unwanted-row
    A row is not used by its indicator
    {name} does not use a {part} row: {reason}
    Remove the row, or correct its Figure.""")
NEWER_FIGURES = warning("""data.newer-figures
    Data has figures that are newer than the reporting period
    Data has figures for {newer}, but the reporting period is {period}
    Correct the Reporting period in About; for a report of an earlier month use --period.""")
INDICATOR_BLANK = error("""data.indicator-blank
    Figures without an indicator
    there are figures in this row, but its Indicator cell is blank{merged}
    Write the indicator's name in every row; unmerge merged cells and fill them down.""")
INDICATOR_NOT_TEXT = error("""data.indicator-not-text
    Excel turned an indicator's name into a number or a date
    the Indicator cell holds the {kind} {value}, not text: Excel changes a typed 4.10 into 4.1
    Format the Indicator column as Text and type the name again.""")
UNKNOWN_FIGURE = error("""data.unknown-figure
    The Figure column does not say which figure
    {value} is not numerator, denominator or value{nearest}
    Write numerator, denominator or value (a series has value only).""")
UNKNOWN_PERIOD = error("""data.unknown-period
    A period cannot be read
    {value} is not a period{reason}
    Write a month as Jul 23, a quarter as Q2 22/23, a term as Summer Term 21/22, a year as 2022/23.""")
NOT_A_NUMBER = error("""data.not-a-number
    A cell does not hold a number
    {value!r} is not a number
    Type a number, leave the cell blank, or use a marker: N/A, [x], [z], [c], [u], [low]; [p], [r] and [e] may \
        follow a number.""")
NUMBER_AS_TEXT = warning("""data.number-as-text
    A number is stored as text
    {value!r} is text; it was read as {number}
    Convert the cell to a number (the green corner in Excel).""")
NOTE_BESIDE = error("""data.note-beside
    A part of a cell is raised, lowered or struck through
    the cell, or part of it, is raised, lowered or struck through: {plain} or {whole}?
    Type the number in plain characters; put notes in another cell.""")
DECIMAL_COMMA = error("""data.decimal-comma
    A comma may be a decimal point
    {value!r} may be {decimal} or {thousands}
    Type the number again with a point before its decimals, and without a comma.""")
NO_DATA_YET = warning("""data.no-data-yet
    A cell was taken to mean no data yet
    {value!r} was taken to mean no data yet
    Leave the cell blank until there is a figure; type 0 if it is 0.""")
FORMULA_WITHOUT_RESULT = error("""data.formula-without-result
    A formula has no saved result
    the formula in this cell has no saved result
    Open the workbook in Excel and save it.""")
EXCEL_ERROR = error("""data.excel-error
    A cell holds an Excel error
    the cell shows {value}
    Correct the formula, or replace it with a number or a marker.""")
NOT_SHOWN = error("""data.number-not-shown
    A cell's number format hides its number
    the number format does not show the number: is it confidential?
    If so, type [c] in the cell; if not, give it a number format that shows the number.""")
MIXED_PERCENT = error("""data.mixed-percent
    Some cells of a row have percent format and some do not
    {name}: this cell {has} percent format, most of its other cells {others}
    Give the row's cells one number format, and check that the number is right.""")
TWO_READINGS = error("""data.per-cent-or-fraction
    A percentage can be read in two ways
    {name} {of}: {value} may be {value}% or {fraction}%{more}
    Type it with a % sign, or write typed = "per cent" or "fraction" in its definition.""")
UNEXPECTED_PERCENT = error("""data.unexpected-percent
    A percentage where a number is expected
    {name}: {part} is shown as a percentage, but it is a number
    Change the cell's number format, and check that the number is right.""")
ABOVE_100 = error("""data.above-100-percent
    A percentage is above 100
    {name} {period}: {value}% is above 100%
    Correct the figure (0.897 in a cell with percent format is 89.7%), or write may exceed 100 in its \
        definition.""")
NEGATIVE = error("""data.negative-count
    A count is negative
    {name} {period}: the {part} is {value}
    Correct the figure.""")
FRACTIONAL = warning("""data.fractional-count
    A count is not a whole number
    {name} {period}: the {part} is {value}
    Correct the figure if it counts children.""")
ZERO_DENOMINATOR = error("""data.zero-denominator
    A denominator is zero
    {name} {period}: the numerator is {numerator} but the denominator is 0
    Correct the denominator or the numerator.""")
NOTHING_TO_DIVIDE = note("""data.nothing-to-divide
    Numerator and denominator are both 0
    {name} {period}: numerator and denominator are 0, so the report prints N/A
    No action needed if that is right.""")
NUMERATOR_EXCEEDS = error("""data.numerator-exceeds-denominator
    A numerator is above its denominator
    {name} {period}: numerator {numerator} is more than its denominator {denominator}
    Correct or swap them; if it may be above 100%, set `may exceed 100` in its definition.""")
ROW_TWICE = error("""data.row-twice
    A row is given twice
    {name} {part} is given here and in row {first}
    Keep one of the two rows.""")
FORMER_DISAGREES = error("""data.former-disagrees
    A figure differs between an indicator's former and present name
    {name} {period}: the {part} is {here} here, under the former name {former}, but {there} in {first}
    Correct the wrong one of the two, or leave one of them blank.""")
FIGURE_TWICE = error("""data.figure-twice
    A figure is given twice
    {name} {period} {part} is given here and in {first}
    Keep one of the two.""")
VALUE_DISAGREES = error("""data.value-disagrees
    A value disagrees with its numerator and denominator
    {name} {period}: the value is {value}, but {sum} gives {computed}
    Correct the value, or leave it out: it is computed.""")
ROW_MISSING = error("""data.row-missing
    A row is missing
    {name} has a {part}, but there is no row for its {other}{source}
    Add the row, or correct the Indicator and Figure of the intended row.""")
MISSING_FIGURE = warning("""data.missing-figure
    A figure is missing
    {name} {period}: the {part} is missing
    Enter it, or a marker that says why it is missing.""")
INDICATOR_WITHOUT_DATA = warning("""data.indicator-without-data
    An indicator has no data
    {name} has no figure in the workbook
    Add its rows to Data, or take it out of the report's section.""")
OTHER_FREQUENCY = error("""data.other-frequency
    A figure is in the column of another kind of period
    {name} is reported by {wanted}, but this figure is for {period}
    Move the figure to a column of its {wanted}, or change the indicator's frequency.""")
TWO_KINDS_OF_YEAR = error("""data.two-kinds-of-year
    Financial and calendar years are mixed
    {name} has figures for years such as {financial} and {calendar}
    Use one kind of year for an indicator.""")
NOTHING_TO_ADD_UP = error("""data.nothing-to-add-up
    A cumulative figure has no numerators and denominators
    {name} {period}: there is a value, but its year to date needs numerator and denominator
    Give numerator and denominator rows instead, or take cumulative out of the definition.""")
OUTSIDE_LIFE = note("""data.outside-life
    Figures are outside the dates between which their indicator is reported
    {name} {period}: the figures of the {part} are not used, because {name} is reported {life} only
    If that is wrong, correct from and until in the definition.""")
ROW_AND_REFERENCE = error("""data.row-and-reference
    A row is given for what the definition takes from elsewhere
    {name}: the {part} is given here, but the definition takes it from {source}
    Remove the row, or the reference in the definition.""")
HEADER_NOT_A_PERIOD = error("""data.header-not-a-period
    A column's header is not a period
    {header} is not a period{reason}
    Write a month as Jul 23, a quarter as Q2 22/23, a term as Summer Term 21/22, a year as 2022/23; put labels left.""")
HEADER_DAY = error("""data.header-day
    A period is a day, not a month
    this is the date {day:%d/%m/%Y}{shown}, not a month: {readings}
    Type the month as text ('Jul 2023 with the apostrophe) or as the first day of the month.""")
TIME_OF_DAY = error("""data.time-of-day
    A date has a time of day
    {moment:%d/%m/%Y %H:%M} has a time of day: {readings}
    Type the date without a time, or the month as text ('Jul 2023 with the apostrophe).""")
OUT_OF_ORDER = warning("""data.column-out-of-order
    A column is out of order
    {period} is out of order {beside}
    Check the header; if it is right, move the column. Figures are read by their header, wherever it is.""")
COLUMN_GAP = warning("""data.column-missing
    A period's column is missing between two others
    {missing} missing between {earlier} and {later}
    Check the headers, or insert what is missing; leave it blank if there are no figures.""")
