"""Rules about the workbook's sheets other than the figures themselves."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

SHEET_MISSING = error("""sheet.missing
    A sheet is missing
    the sheet "{sheet}" is missing
    Name the sheet with the figures {sheet}, or give its name with --sheet. This workbook has: {present}.""")
SHEET_TWICE = error("""sheet.twice
    Two sheets have the same name
    two sheets are named {sheet} (spaces and capitals do not count)
    Rename or remove one of them.""")
NO_HEADERS = error("""sheet.no-headers
    A sheet has no header row
    no row has the headers {headers}
    Write {headers} above the columns, each in a cell of its own.""")
COLUMN_TWICE = error("""sheet.column-twice
    A column is given twice
    {header} is the header of this column and of column {first}
    Keep one column for {header}.""")
SECOND_TABLE = error("""sheet.second-table
    A sheet has a second table
    this is a second header row, but rows below are read under row {first}
    Move it to a sheet whose name begins with Data, or join the tables.""")
REPEATS = error("""sheet.repeats
    A sheet repeats another
    the sheet {sheet!r} has {count:,} figures that {other} has too
    If it is a copy, delete it, or rename it so that its name does not begin with Data.""")
NEAR_SHEET = warning("""sheet.near-name
    A sheet's name is nearly one that cpreport reads
    the sheet {sheet!r} is not read; did you mean {known!r}?
    Rename the sheet to {known}, or give it a clearly different name.""")
NUMBER_FORMAT = error("""sheet.number-format
    A cell of a printed sheet has an unknown number format
    the report cannot print this cell as Excel shows it, in the number format {code}
    Give the cell a common number format, or type what it shows as text.""")
MERGED = warning("""sheet.merged
    A printed sheet has merged cells
    {what} is one merged cell: the table prints what it shows {count} times, once for each cell it covers
    Unmerge it if that is wrong.""")
HIDDEN = warning("""sheet.hidden
    Something hidden is used
    {what} hidden but still used
    Unhide it to see what the report uses, or delete it if it should not be used.""")
ABOUT_INVALID = error("""about.invalid
    A value of About cannot be read
    {key}: {value!r} cannot be read as {wanted}
    Write {wanted}, e.g. {example}.""")
ABOUT_TWICE = error("""about.key-twice
    A key is in About twice
    {key} is given here and in {first}
    Keep one of the two rows.""")
COVER_FIELD = warning("""about.cover-field
    About lacks a key that the cover shows
    About has no key {key!r}, which [cover] in report.toml names{nearest}
    Add it to About; leave its value blank where the cover should not show it.""")
NEAR_KEY = warning("""about.near-key
    A key of About is nearly a known one
    the key {key!r} is not used; did you mean {known!r}?
    Write {known}, or remove the row if it is not needed.""")
DATA_AS_AT = warning("""about.data-as-at
    Data as at does not match the reporting period
    Data as at is {day}, {distance} the last day of the reporting period {period}
    Correct Data as at or the reporting period; the cover prints both.""")
BOARD_DATE = warning("""about.board-date
    The board date is before the date of the data
    the board date {day} is before Data as at, {as_at}
    Correct the board date, or Data as at.""")
OTHER_PERIOD = note("""about.other-period
    The report is for another period than About says
    About's dates and rows without a period are for {stated}, so this report for {period} leaves them out
    Data are as at {day}. For {stated}, leave out --period.""")
PERIOD_NOT_IN_DATA = error("""about.period-not-in-data
    The reporting period is not in Data
    the reporting period is {period}, but Data has no column or row for it; its newest is {newest}
    Add {period} to Data, or correct the reporting period.""")
NO_PERIOD = error("""data.no-figures
    There are no figures
    Data has no figure for any period
    Enter the month's figures, or give a Reporting period in About.""")
NAME_DISAGREES = warning("""file.name-disagrees
    The file is named for another period
    the file is named for {named}, but the reporting period is {period}
    Rename the file, or correct the Reporting period in About.""")
OPEN_IN_EXCEL = warning("""file.open-in-excel
    The workbook is open in Excel
    the workbook is open in Excel: unsaved changes are not included
    Save the workbook and run cpreport again.""")
REPORT_NOT_USED = note("""file.report-not-used
    The report.toml beside the workbook is not used
    the report.toml beside the workbook is not used, because About names the report {name!r}
    If that is wrong, remove the row Report from About.""")
OTHER_REPORT = warning("""file.other-report
    The workbook is for another report
    {unknown} of {rows} rows are not of an indicator of {title!r}, and most of its indicators have no row
    Name the right report with --report, or as Report in About.""")
CONTROL_CHARACTER = error("""text.control-character
    A text has a character that cannot be printed
    the text has the control character U+{codepoint:04X}
    Type the text again, or paste it as plain text.""")
WINDOWS_1252 = warning("""text.windows-1252
    A text file is not UTF-8
    {file} is not UTF-8 and was read as {encoding}
    Save it as UTF-8 (in Notepad: Save as, Encoding).""")
OF_ANOTHER_REPORT = note("""file.shared-workbook
    Rows or texts belong to another report that shares the workbook
    {count} of another report that shares this workbook
    No action needed: they are ignored.""")
BENCHMARK_UNWANTED = warning("""benchmark.unwanted
    A benchmark is for an unknown indicator
    this benchmark is for {name}, which is not an indicator of this report{nearest}
    Correct the name or remove the row.""")
BENCHMARK_UNKNOWN_COMPARATOR = error("""benchmark.unknown-comparator
    A comparator is unknown
    {name} is not a comparator of this report{nearest}
    Use a comparator of the report ({known}), or add this one to report.toml or to Comparators in About.""")
BENCHMARK_TWICE = error("""benchmark.twice
    A benchmark is given twice
    {indicator} {comparator} is given here and in {first}
    Keep one of the two rows.""")
BENCHMARK_NO_ORDER = error("""benchmark.no-order
    Two benchmarks cannot be put in order
    {indicator} {comparator}: of {here} and {there} (in {first}) neither is known to be later
    Write periods such as Mar 22 or 2021/22, or keep one of the two rows.""")
BENCHMARK_LATER = warning("""benchmark.later
    A benchmark is for a period after the reporting period
    the benchmark {what} for {period}, which ends after {now}: it is not used
    Correct its Period; a year that ended in March is written as 2021/22 or Mar 22.""")
BENCHMARK_STATUS = error("""benchmark.unknown-status
    A benchmark's status is unknown
    {value!r} is not a status
    Write provisional or final, or leave the cell blank.""")
UNKNOWN_MARK = error("""marks.unknown-mark
    A mark is unknown
    {value} is not a mark
    Write one of {known}.""")
MARK_UNWANTED = error("""marks.for-nothing
    A mark is for an unknown indicator or series
    {name} is not an indicator or series of this report{nearest}
    Correct the name or remove the row.""")
MARK_WITHOUT_FIGURE = error("""marks.without-figure
    A mark is for a figure that is not there
    {name} has no {part} for {period}, so the mark has no effect
    Correct the Period, or remove the row.""")
STATUS_UNWANTED = error("""status.unknown-indicator
    A status is for an unknown indicator
    {name} is not an indicator of this report{nearest}
    Correct the name or remove the row.""")
STATUS_UNKNOWN = error("""status.unknown-status
    A status is unknown
    {value} is not a status
    Use one of these: {known}.""")
STATUS_REASON = error("""status.no-reason
    A status has no reason
    this status replaces the computed one, but no reason is given
    Give the reason, which the report prints, or remove the row.""")
STATUS_TWICE = error("""status.twice
    A status is given twice
    {name} has a status for {period} here and in {first}
    Keep one of the two rows.""")
STATUS_WITHOUT_FIGURE = warning("""status.without-figure
    A status is for a figure that is not there
    {name} has no figure for {period} that is due, so the status has no effect
    Correct the Period, or remove the row.""")
STATUS_HIDDEN = warning("""status.confidential
    A status is for a confidential figure
    the figure of {name} for {period} is confidential, so its status is not printed
    Remove the row, or the mark that makes the figure confidential.""")
STATUS_AS_COMPUTED = note("""status.as-computed
    A status is the computed one
    {name} is {word} by its figures too, so the row changes nothing
    Remove the row if it is no longer needed.""")
NEAR_COLUMN = warning("""sheet.near-column
    A column's header is nearly one that cpreport reads
    the column {header!r} is not read; did you mean {known!r}?
    Write {known}, or give the column a clearly different header.""")
PEER_UNWANTED = warning("""peers.unwanted
    A peer's figure is for an unknown indicator
    this figure is for {name}, which is not an indicator of this report{nearest}
    Correct the name or remove the row.""")
PEER_UNNAMED = error("""peers.no-authority
    A peer's figure has no authority
    the authority is missing
    Write the authority's name in every row.""")
PEER_TWICE = error("""peers.twice
    A peer's figure is given twice
    {authority}, {indicator} {period} is given here and in {first}
    Keep one of the two rows.""")
PEER_DISAGREES = error("""peers.value-disagrees
    A peer's value disagrees with its numerator and denominator
    {authority}, {name} {period}: the value is {value}, but {sum} in {cells} gives {computed}
    Correct the wrong one of them, or leave the value out: it is computed.""")
PEER_OURS_DIFFERS = warning("""peers.ours-differs
    Our own figure in Peers differs from ours
    {authority}, {name} {period}: the {part} is {here} here, but {ours} in {cells}
    Correct the wrong one; the report prints our own.""")
PEER_NOT_USED = warning("""peers.not-used
    Authorities' figures are not used
    {authorities} in no group of peers in report.toml, so these rows are not used
    Correct the name, add it to the members of [[peers]], or remove the rows.""")
PEER_LATER = note("""peers.later
    Peers' figures are of a later period than the report
    {rows} for {later}, after the reporting period {period}, and not used
    If that is wrong, correct the Period here, or the Reporting period in About.""")
PEER_TOO_FEW = warning("""peers.too-few
    Too few peers are known for an average
    {name} has no average of {group}: {known} of {members} are known for {period}, and at least {fewest} are needed
    Add the missing figures, or give the benchmark in Benchmarks.""")
BREAKDOWN_UNKNOWN = error("""breakdown.unknown
    A breakdown is unknown
    {name} is not a breakdown of this report{nearest}
    Use a breakdown of indicators.toml ({known}), or add this one there.""")
BREAKDOWN_COUNT = error("""breakdown.not-a-count
    A breakdown's count is not a whole number
    {value!r} is not a count
    Type a whole number, for a share a percentage up to 100%, or leave the cell blank; markers are not allowed.""")
BREAKDOWN_TWICE = error("""breakdown.twice
    A category is in a breakdown twice
    {category} is given here and in {first}
    Keep one of the two rows.""")
BREAKDOWN_MIXED = error("""breakdown.mixed
    A group of a breakdown has counts and shares
    this cell and {first} are of one group, but only one of them is a percentage
    Type whole numbers in both, or give the percentages a group of their own.""")
BREAKDOWN_NO_GROUP = error("""breakdown.no-group
    A count of a breakdown has no group
    this count of {breakdown} has no group, but others of its period have one
    Type its group, or remove the row if it is a total: groups are added up.""")
BREAKDOWN_DATE = error("""breakdown.date
    Excel made a category a date
    this is the date {day}, not a category or group
    Format the cell as Text, then type the name again{meant}.""")
BREAKDOWN_ORDER = error("""breakdown.order-unknown
    The order of a breakdown has an unknown category
    {name!r} in the order of {breakdown} is not a category of this sheet{nearest}
    Correct the order in indicators.toml, or add a row for the category, with 0 if none.""")
BREAKDOWN_NOT_IN_ORDER = note("""breakdown.not-in-order
    A category is not in the order of its breakdown
    {category} is not in the order of {breakdown}, so it stands behind the others
    Add it to the order in indicators.toml, if it should stand elsewhere.""")
COLUMN_MISSING = error("""sheet.column-missing
    A column is missing
    the column "{header}" is missing{meant}
    Write {header} above its column, in the row of the other headers.""")
