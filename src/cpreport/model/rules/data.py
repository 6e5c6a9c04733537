"""Rules about the figures of the workbook."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import Formula, Replaced, Shown
from cpreport.model.rules.following import OF_FIGURE, OF_INDICATOR, UNREAD_CELL

_RENAMED = {
    "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nformerly = ["house moves"]'),
    "Data!A11": "house moves",
    "Data!B11": "value",
}

UNKNOWN_INDICATOR = Rule(
    "data.unknown-indicator",
    Severity.WARNING,
    "A row that no indicator wants",
    "the row of {name!r} is not used: that is no indicator or series of this report{nearest}",
    "Correct the name, or leave the row if it is meant for something else.",
    fires={"Data!A11": "move", "Data!F11": 4},
    where="Data!A11",
    silent={"Data!A11": "Source: team"},
)
UNWANTED_PART = Rule(
    "data.unwanted-row",
    Severity.WARNING,
    "A row that its indicator does not use",
    "{name} has no use for a {part} row: {reason}",
    "Remove the row, or correct its Figure.",
    fires={"Data!A11": "moves", "Data!B11": "denominator", "Data!D11": 4},
    where="Data!D11",
    silent={"Data!A11": "moves", "Data!B11": "numerator", "Data!D11": 1279},
)
NEWER_FIGURES = Rule(
    "data.newer-figures",
    Severity.WARNING,
    "Data has figures that are newer than the reporting period",
    "Data has figures of {newer}, but the reporting period is {period}",
    "Correct the Reporting period in About; for the report of an earlier month give it as --period.",
    fires={"Data!H1": "Aug 23", "Data!H6": 1282},
    where="Data!H6",
    silent={"Data!H1": "Aug 23", "Data!H3": 98050},
)
INDICATOR_BLANK = Rule(
    "data.indicator-blank",
    Severity.ERROR,
    "Figures without an indicator",
    "there are figures in this row, but its Indicator cell is blank{merged}",
    "Write the indicator's name in every row; unmerge merged cells and fill them down.",
    fires={"Data!F11": 604},
    where="Data!A11",
    silent={"Data!C11": "in June: 604"},
)
INDICATOR_NOT_TEXT = Rule(
    "data.indicator-not-text",
    Severity.ERROR,
    "Excel turned an indicator's name into a number or a date",
    "the Indicator cell holds the {kind} {value}, not text: Excel changes a typed 4.10 into 4.1",
    "Format the Indicator column as Text and type the name again.",
    fires={"Data!A11": 4.1, "Data!B11": "value", "Data!F11": 3},
    where="Data!A11",
    silent={"Data!A12": 2023},
)
UNKNOWN_FIGURE = Rule(
    "data.unknown-figure",
    Severity.ERROR,
    "The Figure column does not say which figure",
    "{value} is not numerator, denominator or value{nearest}",
    "Write numerator, denominator or value (a series has value only).",
    fires={"Data!B6": "count"},
    where="Data!B6",
    silent={"Data!B6": " Value"},
)
UNKNOWN_PERIOD = Rule(
    "data.unknown-period",
    Severity.ERROR,
    "A period cannot be read",
    "{value} is no period{reason}",
    "Write a month as Jul 23, a quarter as Q2 22/23, a term as Summer Term 21/22, a year as 2022/23.",
    fires={"Marks!B2": "Juli 23"},
    where="Marks!B2",
    silent={"Marks!B2": "2023-07"},
)
NOT_A_NUMBER = Rule(
    "data.not-a-number",
    Severity.ERROR,
    "A cell holds no number",
    "{value!r} is no number",
    "Type a number, leave the cell blank, or use a marker: N/A, [x], [z], [c], [u], [low]; "
    "[p], [r] and [e] may follow a number.",
    fires={"Data!F6": "12 moves"},
    where="Data!F6",
    silent={"Data!F6": "[x]"},
    brings=UNREAD_CELL,
)
NUMBER_AS_TEXT = Rule(
    "data.number-as-text",
    Severity.WARNING,
    "A number is stored as text",
    "{value!r} is text; it was read as {number}",
    "Convert the cell to a number (the green corner in Excel).",
    fires={"Data!F6": "1,281"},
    where="Data!F6",
    silent={"Data!F6": "1,281 [r]"},
)
NOTE_BESIDE = Rule(
    "data.note-beside",
    Severity.ERROR,
    "A part of a cell is raised, lowered or struck through",
    "the cell, or part of it, is raised, lowered or struck through: {plain} or {whole}?",
    "Type what is meant in plain letters; put notes in a cell of their own.",
    fires={"Data!F6": "1281¹"},
    where="Data!F6",
    silent={"Data!C6": "Moves¹"},
    brings=UNREAD_CELL,
)
DECIMAL_COMMA = Rule(
    "data.decimal-comma",
    Severity.ERROR,
    "A comma may stand for a decimal point",
    "{value!r} may be {decimal} or {thousands}",
    "Type the number again with a point before its decimals, and without a comma.",
    fires={"Data!F6": "0,633"},
    where="Data!F6",
    silent={"Data!F6": "1,281"},
    brings=UNREAD_CELL,
)
NO_DATA_YET = Rule(
    "data.no-data-yet",
    Severity.WARNING,
    "A sign was taken for no data yet",
    "{value!r} was taken for no data yet",
    "Leave the cell blank until there is a figure; type 0 if it is 0.",
    fires={"Data!F6": "tbc"},
    where="Data!F6",
    silent={"Data!F6": ".."},
)
FORMULA_WITHOUT_RESULT = Rule(
    "data.formula-without-result",
    Severity.ERROR,
    "A formula has no saved result",
    "the formula in this cell has no saved result",
    "Open the workbook in Excel and save it.",
    fires={"Data!F6": Formula("1+1")},
    where="Data!F6",
    silent={"Data!F6": Formula("1+1", 2.0)},
    brings=UNREAD_CELL,
)
EXCEL_ERROR = Rule(
    "data.excel-error",
    Severity.ERROR,
    "A cell holds an Excel error",
    "the cell shows {value}",
    "Mend the formula, or replace it by a number or a marker.",
    fires={"Data!F6": "#REF!"},
    where="Data!F6",
    silent={"Data!F6": "[u]"},
    brings=UNREAD_CELL,
)
NOT_SHOWN = Rule(
    "data.number-not-shown",
    Severity.ERROR,
    "A cell's number format hides its number",
    "the number format does not show the number: is it confidential?",
    "If so, type [c] in the cell; else give it a number format that shows the number.",
    fires={"Data!F6": Shown(3, '[<5]"<5";0')},
    where="Data!F6",
    silent={"Data!F6": Shown(1281, '[<5]"<5";0')},
    brings=(OF_FIGURE,),
)
MIXED_PERCENT = Rule(
    "data.mixed-percent",
    Severity.ERROR,
    "A row mixes per cent and fractions",
    "{name}: this cell {has} percent format, most of its other cells {others}",
    "Give the row's cells one number format, and check that the number is right.",
    fires={"Data!F5": Shown(0.985, "0.0%")},
    where="Data!F5",
    silent={"Data!F5": Shown(98.5, '0.0"%"')},
)
TWO_READINGS = Rule(
    "data.per-cent-or-fraction",
    Severity.ERROR,
    "A percentage can be read in two ways",
    "{name} {of}: {value} may be {value}% or {fraction}%{more}",
    'Type it with a % sign, or write typed = "per cent" or "fraction" in indicators.toml.',
    fires={"Data!D5": 0.976, "Data!E5": 0.98, "Data!F5": 0.985},
    where="Data!D5",
    silent={"Data!D5": 0.4, "Data!E5": 0.48, "Data!F5": 1.2},
)
UNEXPECTED_PERCENT = Rule(
    "data.unexpected-percent",
    Severity.ERROR,
    "A per cent where a number is meant",
    "{name}: {part} is shown as a per cent, but it is a number",
    "Change the cell's number format, and check that the number is what it should be.",
    fires={"Data!F6": Shown(12.81, "0%")},
    where="Data!F6",
    silent={"Data!F6": Shown(12, "0.0")},
)
ABOVE_100 = Rule(
    "data.above-100-percent",
    Severity.ERROR,
    "A percentage is above 100",
    "{name} {period}: {value}% is above 100%",
    "Correct the figure: in a cell with percent format 0.897 means 89.7%. If it may be above 100, say "
    "may_exceed_100 = true in indicators.toml.",
    fires={"Data!F5": 100.1},
    where="Data!F5",
    silent={"Data!F5": 100},
)
NEGATIVE = Rule(
    "data.negative-count",
    Severity.ERROR,
    "A count is negative",
    "{name} {period}: the {part} is {value}",
    "Correct the figure.",
    fires={"Data!F6": -1},
    where="Data!F6",
    silent={"Data!F6": 0},
)
FRACTIONAL = Rule(
    "data.fractional-count",
    Severity.WARNING,
    "A count is not a whole number",
    "{name} {period}: the {part} is {value}",
    "Correct the figure if it counts children.",
    fires={"Data!F6": 12.5},
    where="Data!F6",
    silent={"Data!F8": 379.5},
)
ZERO_DENOMINATOR = Rule(
    "data.zero-denominator",
    Severity.ERROR,
    "A denominator is zero",
    "{name} {period}: the numerator is {numerator} but the denominator is 0",
    "Correct the denominator or the numerator.",
    fires={"Data!F8": 0},
    where="Data!F8",
    silent={"Data!F7": 0, "Data!F8": 0},
)
NOTHING_TO_DIVIDE = Rule(
    "data.nothing-to-divide",
    Severity.NOTE,
    "There was nobody to count",
    "{name} {period}: numerator and denominator are 0, so the report prints N/A",
    "Nothing to do if that is right.",
    fires={"Data!F7": 0, "Data!F8": 0},
    where="Data!F8",
    silent={"Data!F7": 0},
)
NUMERATOR_EXCEEDS = Rule(
    "data.numerator-exceeds-denominator",
    Severity.ERROR,
    "A numerator is above its denominator",
    "{name} {period}: numerator {numerator} is more than its denominator {denominator}",
    "Correct one of the two, or swap them; if it may be above 100%, say may_exceed_100 = true in indicators.toml.",
    fires={"Data!G9": 344},
    where="Data!G9",
    silent={"Data!G9": 343, "Data!F7": 605},
)
ROW_TWICE = Rule(
    "data.row-twice",
    Severity.ERROR,
    "A row stands twice",
    "{name} {part} stands here and in row {first}",
    "Keep one of the two rows.",
    fires={"Data!A11": "moves", "Data!B11": "value"},
    where="Data!A11",
    silent={"Data!A11": "moves", "Data!B11": "numerator"},
)
FORMER_DISAGREES = Rule(
    "data.former-disagrees",
    Severity.ERROR,
    "A figure under a former name is not that under the present one",
    "{name} {period}: the {part} is {here} here, under the former name {former}, but {there} in {first}",
    "Correct the wrong one of the two, or leave one of them blank.",
    fires={**_RENAMED, "Data!F11": 1282},
    where="Data!F11",
    silent={**_RENAMED, "Data!F11": 1281},
)
FIGURE_TWICE = Rule(
    "data.figure-twice",
    Severity.ERROR,
    "A figure is given twice",
    "{name} {period} {part} stands here and in {first}",
    "Keep one of the two.",
    fires={
        "Data – more!A1": "Indicator",
        "Data – more!B1": "Figure",
        "Data – more!C1": "Jul 23",
        "Data – more!A2": "moves",
        "Data – more!B2": "value",
        "Data – more!C2": 1281,
    },
    where="'Data – more'!C2",
    silent={
        "Data – more!A1": "Indicator",
        "Data – more!B1": "Figure",
        "Data – more!C1": "Jul 23",
        "Data – more!A2": "moves",
        "Data – more!B2": "value",
    },
)
VALUE_DISAGREES = Rule(
    "data.value-disagrees",
    Severity.ERROR,
    "A value disagrees with its numerator and denominator",
    "{name} {period}: the value is {value}, but {sum} gives {computed}",
    "Correct the value, or leave it out: it is computed.",
    fires={"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.8},
    where="Data!G11",
    silent={"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.75},
)
ROW_MISSING = Rule(
    "data.row-missing",
    Severity.ERROR,
    "A row is missing",
    "{name} has a {part}, but there is no row for its {other}{source}",
    "Add the row, or correct the names in the row that should be it.",
    fires={"Data!A8": None, "Data!B8": None, "Data!C8": None, "Data!D8": None, "Data!E8": None, "Data!F8": None},
    where="Data!D7",
    silent={"Data!C8": None},
    brings=(OF_INDICATOR,),
)
MISSING_FIGURE = Rule(
    "data.missing-figure",
    Severity.WARNING,
    "A figure is missing",
    "{name} {period}: the {part} is missing",
    "Enter it, or a marker that says why it is missing.",
    fires={"Data!F6": None},
    where="Data!F6",
    silent={"Data!F6": "[z]"},
    brings=(OF_FIGURE,),
)
INDICATOR_WITHOUT_DATA = Rule(
    "data.indicator-without-data",
    Severity.WARNING,
    "An indicator has no data",
    "{name} has no figure in the workbook",
    "Add its rows to Data, or take it out of the report's section.",
    fires={"Data!A6": None, "Data!B6": None, "Data!D6": None, "Data!E6": None, "Data!F6": None},
    silent={"Data!D6": None, "Data!E6": None},
    brings=(OF_INDICATOR,),
)
OTHER_FREQUENCY = Rule(
    "data.other-frequency",
    Severity.ERROR,
    "A figure stands under a period of another kind",
    "{name} has a figure for each {wanted}, but this one is for {period}",
    "Move the figure to a column of its {wanted}, or change the indicator's frequency.",
    fires={"Data!G6": 3},
    where="Data!G6",
    silent={"Data!G3": 98050},
)
TWO_KINDS_OF_YEAR = Rule(
    "data.two-kinds-of-year",
    Severity.ERROR,
    "Financial and calendar years are mixed",
    "{name} has figures for years such as {financial} and {calendar}",
    "Use one kind of year for an indicator.",
    fires={
        "Data!H1": "2021/22",
        "Data!I1": "2022",
        "Data!H9": 3,
        "Data!I9": 4,
        "Data!G9": None,
        "Data!G10": None,
        "indicators.toml": Replaced('frequency = "quarter"', 'frequency = "year"'),
    },
    where="Data!I9",
    silent={
        "Data!H1": "2021/22",
        "Data!I1": "2022/23",
        "Data!H9": 3,
        "Data!I9": 4,
        "indicators.toml": Replaced('frequency = "quarter"', 'frequency = "year"'),
    },
)
NOTHING_TO_ADD_UP = Rule(
    "data.nothing-to-add-up",
    Severity.ERROR,
    "A cumulative figure has no numerators and denominators",
    "{name} {period}: there is a value, but its year to date needs numerator and denominator",
    "Give numerator and denominator rows instead, or take cumulative out of indicators.toml.",
    fires={
        "indicators.toml": Replaced('title = "Health checks"', 'title = "Health checks"\ncumulative = "academic-year"')
    },
    where="Data!D5",
    silent={"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\ncumulative = "academic-year"')},
)
OUTSIDE_LIFE = Rule(
    "data.outside-life",
    Severity.NOTE,
    "Figures stand outside their indicator's life",
    "{name} {period}: the figures of the {part} are not used, because {name} is reported {life} only",
    "Nothing to do if that is right; else correct from and until in indicators.toml.",
    fires={"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nfrom = 2023-06-01')},
    where="Data!D6",
    silent={"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nfrom = 2023-05-31')},
)
ROW_AND_REFERENCE = Rule(
    "data.row-and-reference",
    Severity.ERROR,
    "A part of a figure is given and referred to",
    "{name}: the {part} stands here, but indicators.toml takes it from {source}",
    "Remove the row, or the reference in indicators.toml.",
    fires={"Data!A11": "far", "Data!B11": "denominator", "Data!F11": 604},
    where="Data!F11",
    silent={"Data!A11": "far", "Data!B11": "denominator"},
)
