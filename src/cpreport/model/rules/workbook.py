"""Rules about the workbook's sheets other than the figures themselves."""

from __future__ import annotations

from cpreport.model.finding import Rule, Severity

SHEET_MISSING = Rule(
    "sheet.missing",
    Severity.ERROR,
    "A sheet is missing",
    "there is no sheet {sheet}",
    "Add a sheet named {sheet}; `cpreport init` writes a workbook with all of them. This one has: {present}.",
)
SHEET_TWICE = Rule(
    "sheet.twice",
    Severity.ERROR,
    "Two sheets have one name",
    "two sheets are named {sheet}, apart from spaces and capitals",
    "Rename or remove one of them.",
)
NO_HEADERS = Rule(
    "sheet.no-headers",
    Severity.ERROR,
    "A sheet has no header row",
    "no row has the headers {headers}",
    "Write {headers} above the columns, each in a cell of its own.",
)
COLUMN_TWICE = Rule(
    "sheet.column-twice",
    Severity.ERROR,
    "A column stands twice",
    "{header} heads this column and column {first}",
    "Keep one column for {header}.",
)
SECOND_TABLE = Rule(
    "sheet.second-table",
    Severity.ERROR,
    "A sheet holds a second table",
    "a second header row stands here, but the rows below it are read under the headers of row {first}",
    "Move the second table to a sheet of its own, named Data and anything more, or join the two.",
)
HIDDEN = Rule(
    "sheet.hidden",
    Severity.WARNING,
    "Something hidden is read",
    "{what} hidden, and read all the same",
    "Unhide it to see what the report is computed from, or delete it if it should not count.",
)
ABOUT_INVALID = Rule(
    "about.invalid",
    Severity.ERROR,
    "A value of About cannot be read",
    "{key}: {value!r} cannot be read as {wanted}",
    "Write {wanted}, e.g. {example}.",
)
ABOUT_TWICE = Rule(
    "about.key-twice",
    Severity.ERROR,
    "A key stands twice in About",
    "{key} stands here and in {first}",
    "Keep one of the two rows.",
)
PERIOD_NOT_IN_DATA = Rule(
    "about.period-not-in-data",
    Severity.ERROR,
    "The reporting period is not in Data",
    "the reporting period is {period}, but Data has no column or row of it; its newest is {newest}",
    "Add {period} to Data, or correct the reporting period.",
)
NO_PERIOD = Rule(
    "data.no-figures",
    Severity.ERROR,
    "There are no figures",
    "Data holds no figure of any period",
    "Enter the month's figures, or say a Reporting period in About.",
)
NAME_DISAGREES = Rule(
    "file.name-disagrees",
    Severity.WARNING,
    "The file's name says another period",
    "the file's name says {named}, the reporting period is {period}",
    "Rename the file, or correct the Reporting period in About.",
)
OPEN_IN_EXCEL = Rule(
    "file.open-in-excel",
    Severity.WARNING,
    "The workbook is open in Excel",
    "{file} is open in Excel: unsaved changes are not included",
    "Save the workbook and run cpreport again.",
)
CONTROL_CHARACTER = Rule(
    "text.control-character",
    Severity.ERROR,
    "A text has a character that cannot be printed",
    "the text has the control character U+{codepoint:04X}",
    "Type the text again, or paste it as plain text.",
)
WINDOWS_1252 = Rule(
    "text.windows-1252",
    Severity.WARNING,
    "A text file is not UTF-8",
    "{file} is not UTF-8 and was read as Windows-1252",
    "Save it as UTF-8 (in Notepad: Save as, Encoding).",
)
BENCHMARK_UNWANTED = Rule(
    "benchmark.unwanted",
    Severity.WARNING,
    "A benchmark belongs to nothing",
    "a benchmark for {name!r}, which is no indicator of this report{nearest}",
    "Correct the name or remove the row.",
)
BENCHMARK_UNKNOWN_COMPARATOR = Rule(
    "benchmark.unknown-comparator",
    Severity.ERROR,
    "A comparator is unknown",
    "{name!r} is no comparator of the report{nearest}",
    "The report has {known}; report.toml declares them.",
)
BENCHMARK_TWICE = Rule(
    "benchmark.twice",
    Severity.ERROR,
    "A benchmark stands twice",
    "{indicator} {comparator} stands here and in {first}",
    "Keep one of the two rows.",
)
BENCHMARK_STATUS = Rule(
    "benchmark.unknown-status",
    Severity.ERROR,
    "A benchmark's status is unknown",
    "{value!r} is no status",
    "Write provisional or final, or leave the cell blank.",
)
UNKNOWN_MARK = Rule(
    "marks.unknown-mark",
    Severity.ERROR,
    "A mark is unknown",
    "{value!r} is no mark",
    "Write one of {known}.",
)
MARK_UNWANTED = Rule(
    "marks.for-nothing",
    Severity.ERROR,
    "A mark belongs to no figure",
    "{name!r} is no indicator or series of this report{nearest}",
    "Correct the name or remove the row.",
)
MARK_WITHOUT_FIGURE = Rule(
    "marks.without-figure",
    Severity.ERROR,
    "A mark has no figure to mark",
    "{name} has no {part} for {period}, so the mark has no effect",
    "Correct the Period, or remove the row.",
)
BREAKDOWN_UNKNOWN = Rule(
    "breakdown.unknown",
    Severity.ERROR,
    "A breakdown is unknown",
    "{name!r} is no breakdown of the report{nearest}",
    "indicators.toml declares the breakdowns: {known}.",
)
BREAKDOWN_DIFFERS = Rule(
    "breakdown.total-differs",
    Severity.ERROR,
    "A breakdown does not add up",
    "{breakdown} {period}: the counts add up to {total}, but {of} is {whole}",
    "Correct the counts, or the figure in {cell}.",
)
BREAKDOWN_COUNT = Rule(
    "breakdown.not-a-count",
    Severity.ERROR,
    "A breakdown's count is no count",
    "{value!r} is no count",
    "Type a whole number, or leave the cell blank; markers have no place in a breakdown.",
)
BREAKDOWN_TWICE = Rule(
    "breakdown.twice",
    Severity.ERROR,
    "A category stands twice in a breakdown",
    "{category} stands here and in {first}",
    "Keep one of the two rows.",
)
COLUMN_MISSING = Rule(
    "sheet.column-missing",
    Severity.ERROR,
    "A column is missing",
    "there is no column {header}{nearest}",
    "Write {header} above its column, in the row of the other headers.",
)
