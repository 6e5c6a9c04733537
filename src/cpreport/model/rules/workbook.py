"""Rules about the workbook's sheets other than the figures themselves."""

from __future__ import annotations

from datetime import date

from cpreport.model.finding import Rule, Severity
from cpreport.model.rules.example import HIDDEN_SHEET, NAME, PERIOD, Added, Shown
from cpreport.model.rules.following import OTHER_NAMES, WRONG_PERIOD, unread

_SHARED = {
    "scrutiny/report.toml": """
title = "Scrutiny"
[[sections]]
id = "scrutiny"
title = "Scrutiny"
template = "scrutiny.md"
slots = [{ id = "next", title = "What next" }]
""",
    "scrutiny/indicators.toml": "",
    "scrutiny/scrutiny.md": "# Scrutiny",
    "Narrative!C3": "More.",
}
_PRINTED = {"care.md": Added('{{ sheet_table("Costs") }}\n')}
_MONTHS = ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SHEET_MISSING = Rule(
    "sheet.missing",
    Severity.ERROR,
    "A sheet is missing",
    "there is no sheet {sheet}",
    "Add a sheet named {sheet}; `cpreport init` writes a workbook with all of them. This one has: {present}.",
    fires={"Data!": None, "Data – history!": None},
    silent={"Data!": None},
    brings=unread("Data"),
)
SHEET_TWICE = Rule(
    "sheet.twice",
    Severity.ERROR,
    "Two sheets have one name",
    "two sheets are named {sheet}, apart from spaces and capitals",
    "Rename or remove one of them.",
    fires={" data !A1": "Indicator", " data !B1": "Figure", " data !C1": "Jul 23"},
    where="' data '",
    silent={"data 2!A1": "Notes"},
)
NO_HEADERS = Rule(
    "sheet.no-headers",
    Severity.ERROR,
    "A sheet has no header row",
    "no row has the headers {headers}",
    "Write {headers} above the columns, each in a cell of its own.",
    fires={"Data!A1": "Name", "Data!B1": "Part"},
    where="Data",
    silent={"Data!A1": " INDICATOR "},
)
COLUMN_TWICE = Rule(
    "sheet.column-twice",
    Severity.ERROR,
    "A column stands twice",
    "{header} heads this column and column {first}",
    "Keep one column for {header}.",
    fires={"Data!H1": "2023-07"},
    where="Data!H1",
    silent={"Data!H1": "2023-08"},
)
SECOND_TABLE = Rule(
    "sheet.second-table",
    Severity.ERROR,
    "A sheet holds a second table",
    "a second header row stands here, but the rows below are read under row {first}",
    "Move it to a sheet of its own, named Data and more, or join them.",
    fires={"Data!A12": "Indicator", "Data!B12": "Figure", "Data!D12": "Apr 23", "Data!A13": "moves", "Data!D13": 5},
    where="Data!A12",
    silent={
        "Data!A12": "Indicator",
        "Data!B12": "Figure",
        "Data!C12": "Title",
        "Data!D12": "May 23",
        "Data!E12": "Jun 23",
        "Data!F12": "Jul 23",
        "Data!G12": "Q1 23/24",
    },
)
REPEATS = Rule(
    "sheet.repeats",
    Severity.ERROR,
    "A sheet repeats another",
    "the sheet {sheet!r} gives {count:,} figures that {other} gives too",
    "Delete the sheet if it is a copy, or rename it so that it does not begin with Data.",
    fires={
        "Data – more!A1": "Indicator",
        "Data – more!B1": "Figure",
        **{f"Data – more!{column}1": f"{month} 22" for column, month in zip("CDEFGH", _MONTHS, strict=True)},
        "Data – more!A2": "contacts",
        "Data – more!B2": "value",
        **{f"Data – more!{column}2": 600 for column in "CDEFGH"},
    },
    where="'Data – more'!C2",
    silent={
        "Data – more!A1": "Indicator",
        "Data – more!B1": "Figure",
        **{f"Data – more!{column}1": f"{month} 22" for column, month in zip("CDEFGH", _MONTHS, strict=True)},
        "Data – more!A2": "contacts",
        "Data – more!B2": "value",
        **{f"Data – more!{column}2": 600 for column in "CDEFG"},
    },
)
NEAR_SHEET = Rule(
    "sheet.near-name",
    Severity.WARNING,
    "A sheet's name is nearly that of a sheet that is read",
    "the sheet {sheet!r} is not read; did you mean {known!r}?",
    "Rename the sheet {known}, or give it a name that is less like it.",
    fires={"Marks!": None, "Mark!A1": "Indicator"},
    where="Mark",
    silent={"Marks!": None, "Remarks!A1": "Indicator"},
)
NUMBER_FORMAT = Rule(
    "sheet.number-format",
    Severity.ERROR,
    "A cell of a printed sheet has a number format that is not known",
    "the report cannot print this cell as Excel shows it, in the number format {code}",
    "Give the cell a usual number format, or type what it shows as text.",
    fires={"Costs!A1": "Cost", "Costs!A2": Shown(1234.5, "0.00E+00"), **_PRINTED},
    where="Costs!A2",
    silent={"Costs!A1": "Cost", "Costs!A2": Shown(1234.5, '"£"#,##0.00'), **_PRINTED},
)
HIDDEN = Rule(
    "sheet.hidden",
    Severity.WARNING,
    "Something hidden is read",
    "{what} hidden, and read all the same",
    "Unhide it to see what the report is computed from, or delete it if it should not count.",
    fires={"Marks!": HIDDEN_SHEET},
    where="Marks",
    silent={"Notes!A1": "Not read", "Notes!": HIDDEN_SHEET},
)
ABOUT_INVALID = Rule(
    "about.invalid",
    Severity.ERROR,
    "A value of About cannot be read",
    "{key}: {value!r} cannot be read as {wanted}",
    "Write {wanted}, e.g. {example}.",
    fires={"About!B3": "soon"},
    where="About!B3",
    silent={"About!B3": "14 September 2023"},
)
ABOUT_TWICE = Rule(
    "about.key-twice",
    Severity.ERROR,
    "A key stands twice in About",
    "{key} stands here and in {first}",
    "Keep one of the two rows.",
    fires={"About!A4": "board DATE"},
    where="About!A4",
    silent={"About!A4": "Board dates"},
)
NEAR_KEY = Rule(
    "about.near-key",
    Severity.WARNING,
    "A key of About is nearly a known one",
    "the key {key!r} is not used; did you mean {known!r}?",
    "Write {known}, or remove the row if it is meant for nothing.",
    fires={"About!A4": "Authorty", "About!B4": "Kirklees Council"},
    where="About!A4",
    silent={"About!A4": "Chair", "About!B4": "Councillor Kendrick"},
)
DATA_AS_AT = Rule(
    "about.data-as-at",
    Severity.WARNING,
    "Data as at does not fit the reporting period",
    "Data as at is {day}, {distance} the last day of the reporting period {period}",
    "Correct Data as at or the reporting period; the cover prints both.",
    fires={"About!A4": "Data as at", "About!B4": date(2023, 7, 30)},
    where="About!B4",
    silent={"About!A4": "Data as at", "About!B4": date(2023, 11, 8)},
)
BOARD_DATE = Rule(
    "about.board-date",
    Severity.WARNING,
    "The board meets before its data end",
    "the board date {day} is before the day that the data are as at, {as_at}",
    "Correct the board date, or Data as at.",
    fires={"About!B3": date(2023, 7, 30)},
    where="About!B3",
    silent={"About!B3": date(2023, 7, 31)},
)
OTHER_PERIOD = Rule(
    "about.other-period",
    Severity.NOTE,
    "The report is of another period than About",
    "About's dates and rows without a period are of {stated}, so this report of {period} leaves them out",
    "Data count as at {day}. For {stated}, leave out --period.",
    fires={PERIOD: "2023-06"},
    where="About!B2",
    silent={PERIOD: "2023-07"},
)
PERIOD_NOT_IN_DATA = Rule(
    "about.period-not-in-data",
    Severity.ERROR,
    "The reporting period is not in Data",
    "the reporting period is {period}, but Data has no column or row of it; its newest is {newest}",
    "Add {period} to Data, or correct the reporting period.",
    fires={"About!B2": "Jul 2024"},
    where="About!B2",
    silent={"About!B2": "Jun 2023"},
    brings=(WRONG_PERIOD,),
)
NO_PERIOD = Rule(
    "data.no-figures",
    Severity.ERROR,
    "There are no figures",
    "Data holds no figure of any period",
    "Enter the month's figures, or say a Reporting period in About.",
    fires={
        "About!B2": None,
        "Data – history!": None,
        "Data!D2": None,
        "Data!D3": None,
        "Data!D4": None,
        "Data!D5": None,
        "Data!D6": None,
        "Data!D7": None,
        "Data!D8": None,
        "Data!D9": None,
        "Data!D10": None,
        "Data!E2": None,
        "Data!E3": None,
        "Data!E4": None,
        "Data!E5": None,
        "Data!E6": None,
        "Data!E7": None,
        "Data!E8": None,
        "Data!E9": None,
        "Data!E10": None,
        "Data!F2": None,
        "Data!F3": None,
        "Data!F4": None,
        "Data!F5": None,
        "Data!F6": None,
        "Data!F7": None,
        "Data!F8": None,
        "Data!F9": None,
        "Data!F10": None,
        "Data!G2": None,
        "Data!G3": None,
        "Data!G4": None,
        "Data!G5": None,
        "Data!G6": None,
        "Data!G7": None,
        "Data!G8": None,
        "Data!G9": None,
        "Data!G10": None,
    },
    silent={"About!B2": None},
)
NAME_DISAGREES = Rule(
    "file.name-disagrees",
    Severity.WARNING,
    "The file's name says another period",
    "the file's name says {named}, the reporting period is {period}",
    "Rename the file, or correct the Reporting period in About.",
    fires={NAME: "june-2023.xlsx"},
    silent={NAME: "highlight report.xlsx"},
)
OPEN_IN_EXCEL = Rule(
    "file.open-in-excel",
    Severity.WARNING,
    "The workbook is open in Excel",
    "the workbook is open in Excel: unsaved changes are not included",
    "Save the workbook and run cpreport again.",
    fires={"~$july-2023.xlsx": ""},
    silent={"~$june-2023.xlsx": ""},
)
REPORT_NOT_USED = Rule(
    "file.report-not-used",
    Severity.NOTE,
    "The report.toml beside the workbook is not used",
    "the report.toml beside the workbook is not used, because About names the report {name!r}",
    "Nothing to do if that is right; else remove the row Report from About.",
    fires={"About!A4": "Report", "About!B4": "corporate-parenting"},
    where="About!B4",
    silent={"About!A4": "Report", "About!B4": "."},
)
OTHER_REPORT = Rule(
    "file.other-report",
    Severity.WARNING,
    "The workbook is made for another report",
    "{unknown} of {rows} rows name no indicator of {title!r}, and most of its indicators have no row",
    "Name the workbook's own report with --report, or as Report in About.",
    fires={f"Data!A{row}": f"other-{row}" for row in range(2, 11)} | {"Data – history!": None},
    silent={f"Data!A{row}": f"other-{row}" for row in range(2, 5)} | {"Data – history!": None},
    brings=(OTHER_NAMES, WRONG_PERIOD),
)
CONTROL_CHARACTER = Rule(
    "text.control-character",
    Severity.ERROR,
    "A text has a character that cannot be printed",
    "the text has the control character U+{codepoint:04X}",
    "Type the text again, or paste it as plain text.",
    fires={"Narrative!C2": "bell _x0007_"},
    where="Narrative!C2",
    silent={"Narrative!C2": "a\tb\nc"},
)
WINDOWS_1252 = Rule(
    "text.windows-1252",
    Severity.WARNING,
    "A text file is not UTF-8",
    "{file} is not UTF-8 and was read as {encoding}",
    "Save it as UTF-8 (in Notepad: Save as, Encoding).",
    fires={"narrative/2023-07/care.md": b"# next\n\x96"},
    where="care.md",
    silent={"narrative/2023-07/care.md": "# next\n–"},
)
OF_ANOTHER_REPORT = Rule(
    "file.shared-workbook",
    Severity.NOTE,
    "Rows or texts are of another report that shares the workbook",
    "{count} of another report that shares this workbook",
    "Nothing to do: they are left alone.",
    fires={**_SHARED, "Narrative!A3": "scrutiny", "Narrative!B3": "next"},
    where="Narrative!A3",
    silent={**_SHARED, "Narrative!A3": "scrutinies", "Narrative!B3": "next"},
)
BENCHMARK_UNWANTED = Rule(
    "benchmark.unwanted",
    Severity.WARNING,
    "A benchmark belongs to nothing",
    "a benchmark for {name}, which is no indicator of this report{nearest}",
    "Correct the name or remove the row.",
    fires={"Benchmarks!A2": "rates"},
    where="Benchmarks!A2",
    silent={"Benchmarks!A2": "RATE"},
)
BENCHMARK_UNKNOWN_COMPARATOR = Rule(
    "benchmark.unknown-comparator",
    Severity.ERROR,
    "A comparator is unknown",
    "{name} is no comparator of the report{nearest}",
    "report.toml declares the comparators: {known}.",
    fires={"Benchmarks!B2": "SM"},
    where="Benchmarks!B2",
    silent={"Benchmarks!B2": "sn"},
)
BENCHMARK_TWICE = Rule(
    "benchmark.twice",
    Severity.ERROR,
    "A benchmark stands twice",
    "{indicator} {comparator} stands here and in {first}",
    "Keep one of the two rows.",
    fires={"Benchmarks!A3": "rate", "Benchmarks!B3": "SN", "Benchmarks!C3": 93},
    where="Benchmarks!A3",
    silent={"Benchmarks!A3": "Source: LAIT, March 2022"},
)
BENCHMARK_STATUS = Rule(
    "benchmark.unknown-status",
    Severity.ERROR,
    "A benchmark's status is unknown",
    "{value!r} is no status",
    "Write provisional or final, or leave the cell blank.",
    fires={"Benchmarks!E2": "draft"},
    where="Benchmarks!E2",
    silent={"Benchmarks!E2": "Provisional"},
)
UNKNOWN_MARK = Rule(
    "marks.unknown-mark",
    Severity.ERROR,
    "A mark is unknown",
    "{value} is no mark",
    "Write one of {known}.",
    fires={"Marks!D2": "[q]"},
    where="Marks!D2",
    silent={"Marks!D2": "[B]"},
)
MARK_UNWANTED = Rule(
    "marks.for-nothing",
    Severity.ERROR,
    "A mark belongs to no figure",
    "{name} is no indicator or series of this report{nearest}",
    "Correct the name or remove the row.",
    fires={"Marks!A2": "check"},
    where="Marks!A2",
    silent={"Marks!A2": "population"},
)
MARK_WITHOUT_FIGURE = Rule(
    "marks.without-figure",
    Severity.ERROR,
    "A mark has no figure to mark",
    "{name} has no {part} for {period}, so the mark has no effect",
    "Correct the Period, or remove the row.",
    fires={"Marks!B2": "Q1 23/24"},
    where="Marks!D2",
    silent={"Marks!B2": "Jul 23"},
)
BREAKDOWN_UNKNOWN = Rule(
    "breakdown.unknown",
    Severity.ERROR,
    "A breakdown is unknown",
    "{name} is no breakdown of the report{nearest}",
    "indicators.toml declares the breakdowns: {known}.",
    fires={"Breakdowns!A3": "placement"},
    where="Breakdowns!A3",
    silent={"Breakdowns!A3": "PLACEMENTS"},
)
BREAKDOWN_COUNT = Rule(
    "breakdown.not-a-count",
    Severity.ERROR,
    "A breakdown's count is no count",
    "{value!r} is no count",
    "Type a whole number, or leave the cell blank; markers have no place in a breakdown.",
    fires={"Breakdowns!D3": 20.5},
    where="Breakdowns!D3",
    silent={"Breakdowns!D3": 21.0},
)
BREAKDOWN_TWICE = Rule(
    "breakdown.twice",
    Severity.ERROR,
    "A category stands twice in a breakdown",
    "{category} stands here and in {first}",
    "Keep one of the two rows.",
    fires={"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jul 23"},
    where="Breakdowns!B3",
    silent={"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jun 23"},
)
COLUMN_MISSING = Rule(
    "sheet.column-missing",
    Severity.ERROR,
    "A column is missing",
    "there is no column {header}{meant}",
    "Write {header} above its column, in the row of the other headers.",
    fires={"Data!B1": "Figures"},
    where="Data!A1",
    silent={"Data!B1": "figure "},
)
