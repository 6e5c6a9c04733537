"""Rules about the workbook's sheets other than the figures themselves."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning
from cpreport.model.rules.following import OTHER_NAMES, UNREAD_CELL, WRONG_PERIOD, unread

SHEET_MISSING = error(
    "sheet.missing",
    "A sheet is missing",
    "there is no sheet {sheet}",
    "Add a sheet named {sheet}; `cpreport init` writes a workbook with all of them. This one has: {present}.",
    brings=unread("Data"),
)
SHEET_TWICE = error(
    "sheet.twice",
    "Two sheets have one name",
    "two sheets are named {sheet}, apart from spaces and capitals",
    "Rename or remove one of them.",
)
NO_HEADERS = error(
    "sheet.no-headers",
    "A sheet has no header row",
    "no row has the headers {headers}",
    "Write {headers} above the columns, each in a cell of its own.",
)
COLUMN_TWICE = error(
    "sheet.column-twice",
    "A column stands twice",
    "{header} heads this column and column {first}",
    "Keep one column for {header}.",
)
SECOND_TABLE = error(
    "sheet.second-table",
    "A sheet holds a second table",
    "a second header row stands here, but the rows below are read under row {first}",
    "Move it to a sheet of its own, named Data and more, or join them.",
)
REPEATS = error(
    "sheet.repeats",
    "A sheet repeats another",
    "the sheet {sheet!r} gives {count:,} figures that {other} gives too",
    "Delete the sheet if it is a copy, or rename it so that it does not begin with Data.",
)
NEAR_SHEET = warning(
    "sheet.near-name",
    "A sheet's name is nearly that of a sheet that is read",
    "the sheet {sheet!r} is not read; did you mean {known!r}?",
    "Rename the sheet {known}, or give it a name that is less like it.",
)
NUMBER_FORMAT = error(
    "sheet.number-format",
    "A cell of a printed sheet has a number format that is not known",
    "the report cannot print this cell as Excel shows it, in the number format {code}",
    "Give the cell a usual number format, or type what it shows as text.",
)
HIDDEN = warning(
    "sheet.hidden",
    "Something hidden is read",
    "{what} hidden, and read all the same",
    "Unhide it to see what the report is computed from, or delete it if it should not count.",
)
ABOUT_INVALID = error(
    "about.invalid",
    "A value of About cannot be read",
    "{key}: {value!r} cannot be read as {wanted}",
    "Write {wanted}, e.g. {example}.",
)
ABOUT_TWICE = error(
    "about.key-twice",
    "A key stands twice in About",
    "{key} stands here and in {first}",
    "Keep one of the two rows.",
)
NEAR_KEY = warning(
    "about.near-key",
    "A key of About is nearly a known one",
    "the key {key!r} is not used; did you mean {known!r}?",
    "Write {known}, or remove the row if it is meant for nothing.",
)
DATA_AS_AT = warning(
    "about.data-as-at",
    "Data as at does not fit the reporting period",
    "Data as at is {day}, {distance} the last day of the reporting period {period}",
    "Correct Data as at or the reporting period; the cover prints both.",
)
BOARD_DATE = warning(
    "about.board-date",
    "The board meets before its data end",
    "the board date {day} is before the day that the data are as at, {as_at}",
    "Correct the board date, or Data as at.",
)
OTHER_PERIOD = note(
    "about.other-period",
    "The report is of another period than About",
    "About's dates and rows without a period are of {stated}, so this report of {period} leaves them out",
    "Data count as at {day}. For {stated}, leave out --period.",
)
PERIOD_NOT_IN_DATA = error(
    "about.period-not-in-data",
    "The reporting period is not in Data",
    "the reporting period is {period}, but Data has no column or row of it; its newest is {newest}",
    "Add {period} to Data, or correct the reporting period.",
    brings=(WRONG_PERIOD,),
)
NO_PERIOD = error(
    "data.no-figures",
    "There are no figures",
    "Data holds no figure of any period",
    "Enter the month's figures, or say a Reporting period in About.",
)
NAME_DISAGREES = warning(
    "file.name-disagrees",
    "The file's name says another period",
    "the file's name says {named}, the reporting period is {period}",
    "Rename the file, or correct the Reporting period in About.",
)
OPEN_IN_EXCEL = warning(
    "file.open-in-excel",
    "The workbook is open in Excel",
    "the workbook is open in Excel: unsaved changes are not included",
    "Save the workbook and run cpreport again.",
)
REPORT_NOT_USED = note(
    "file.report-not-used",
    "The report.toml beside the workbook is not used",
    "the report.toml beside the workbook is not used, because About names the report {name!r}",
    "Nothing to do if that is right; else remove the row Report from About.",
)
OTHER_REPORT = warning(
    "file.other-report",
    "The workbook is made for another report",
    "{unknown} of {rows} rows name no indicator of {title!r}, and most of its indicators have no row",
    "Name the workbook's own report with --report, or as Report in About.",
    brings=(OTHER_NAMES, WRONG_PERIOD),
)
CONTROL_CHARACTER = error(
    "text.control-character",
    "A text has a character that cannot be printed",
    "the text has the control character U+{codepoint:04X}",
    "Type the text again, or paste it as plain text.",
)
WINDOWS_1252 = warning(
    "text.windows-1252",
    "A text file is not UTF-8",
    "{file} is not UTF-8 and was read as {encoding}",
    "Save it as UTF-8 (in Notepad: Save as, Encoding).",
)
OF_ANOTHER_REPORT = note(
    "file.shared-workbook",
    "Rows or texts are of another report that shares the workbook",
    "{count} of another report that shares this workbook",
    "Nothing to do: they are left alone.",
)
BENCHMARK_UNWANTED = warning(
    "benchmark.unwanted",
    "A benchmark belongs to nothing",
    "a benchmark for {name}, which is no indicator of this report{nearest}",
    "Correct the name or remove the row.",
)
BENCHMARK_UNKNOWN_COMPARATOR = error(
    "benchmark.unknown-comparator",
    "A comparator is unknown",
    "{name} is no comparator of the report{nearest}",
    "report.toml declares the comparators: {known}.",
)
BENCHMARK_TWICE = error(
    "benchmark.twice",
    "A benchmark stands twice",
    "{indicator} {comparator} stands here and in {first}",
    "Keep one of the two rows.",
)
BENCHMARK_STATUS = error(
    "benchmark.unknown-status",
    "A benchmark's status is unknown",
    "{value!r} is no status",
    "Write provisional or final, or leave the cell blank.",
)
UNKNOWN_MARK = error(
    "marks.unknown-mark",
    "A mark is unknown",
    "{value} is no mark",
    "Write one of {known}.",
)
MARK_UNWANTED = error(
    "marks.for-nothing",
    "A mark belongs to no figure",
    "{name} is no indicator or series of this report{nearest}",
    "Correct the name or remove the row.",
)
MARK_WITHOUT_FIGURE = error(
    "marks.without-figure",
    "A mark has no figure to mark",
    "{name} has no {part} for {period}, so the mark has no effect",
    "Correct the Period, or remove the row.",
)
BREAKDOWN_UNKNOWN = error(
    "breakdown.unknown",
    "A breakdown is unknown",
    "{name} is no breakdown of the report{nearest}",
    "indicators.toml declares the breakdowns: {known}.",
)
BREAKDOWN_COUNT = error(
    "breakdown.not-a-count",
    "A breakdown's count is no count",
    "{value!r} is no count",
    "Type a whole number, or leave the cell blank; markers have no place in a breakdown.",
    brings=UNREAD_CELL,
)
BREAKDOWN_TWICE = error(
    "breakdown.twice",
    "A category stands twice in a breakdown",
    "{category} stands here and in {first}",
    "Keep one of the two rows.",
)
COLUMN_MISSING = error(
    "sheet.column-missing",
    "A column is missing",
    "there is no column {header}{meant}",
    "Write {header} above its column, in the row of the other headers.",
)
