"""Rules of `cpreport benchmarks`: DfE's files, and what is wanted of them."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

FILE = error("""dfe.file
    A file is not the one that is needed
    this is not {wanted}: {reason}
    Download it again as CSV, and do not change it in Excel.""")
NOT_A_NUMBER = error("""dfe.not-a-number
    A value of DfE's is neither a number nor a symbol
    {value!r} in {column} is neither a number nor one of the symbols {symbols}
    Download the file again as CSV, and do not change it in Excel.""")
PERIOD = error("""dfe.unknown-period
    A period of DfE's cannot be read
    time_period {period} with time_identifier {identifier} is not a period that cpreport reads
    Take this indicator from another file.""")
ROW_TWICE = error("""dfe.row-twice
    A row of DfE's is given twice
    {area} {period} has the same row here and in line {first}
    Download the file again as CSV, and do not change it in Excel.""")
SEVERAL_ROWS = error("""dfe.several-rows
    Several rows of DfE's are wanted where there can be only one
    {indicator}: {file} has several rows for one place and period, which differ in {filters}
    Say which in Where: {example}.""")
ROW_MISSING = error("""dfe.row-missing
    A row of DfE's is missing
    {indicator}: {file} has no row for {area} {period}
    Correct Where, or take this indicator out of the sources.""")
UNKNOWN_NAME = error("""dfe.unknown-name
    A name is not in DfE's file
    {indicator}: {key} names {name!r}, but {file} has no such {wanted}{nearest}
    Correct the name; cpreport benchmarks --list prints those that there are.""")
UNKNOWN_AUTHORITY = error("""dfe.unknown-authority
    An authority is not in DfE's file
    {name!r} is not an authority of this file{nearest}
    Give --authority its name or its three-digit code as DfE writes it.""")
NO_SOURCES = error("""dfe.no-sources
    Nothing says which figures are wanted of DfE's files
    there is neither a file benchmarks.toml in the report folder nor a sheet Benchmark sources
    Add one of them; cpreport benchmarks --list prints rows to paste.""")
INVALID_SOURCE = error("""dfe.invalid-source
    A source cannot be read
    the {header} of this source is {value}, but it must be {wanted}
    Correct the cell.""")
SOURCE_TWICE = error("""dfe.source-twice
    A benchmark has two sources
    {indicator} {comparator} {period} is given by {first} and by {second}
    Keep one of the two sources.""")
FILE_UNUSED = warning("""dfe.file-unused
    A file is not used
    no benchmark is taken from this file
    Add a source for it (cpreport benchmarks --list prints rows to paste), or do not give it.""")
FILE_NOT_GIVEN = note("""dfe.file-not-given
    A source's file was not given
    benchmarks of {indicators} are from {file}, which was not given: they stay as they are
    Give that file too to renew them.""")
TOO_FEW = warning("""dfe.too-few-neighbours
    Too few statistical neighbours have a figure for an average
    {indicator} {period}: {known} of {members} neighbours are known ({missing}), so there is no average
    Suppression hides small figures, so an average of the others would be wrong: no action needed.""")
NOT_PUBLISHED = warning("""dfe.not-published
    DfE publishes a symbol instead of a figure
    {indicator} {period}: {area} has {symbol} and no number, so there is no benchmark
    No action needed: the report prints N/A.""")
NO_ROWS = warning("""dfe.authority-without-rows
    DfE's file has no rows for an authority
    {period}: there are no rows for {names}
    Was it reorganised? Use the neighbours' file of the same year as the data.""")
NO_COMPARATOR = note("""dfe.no-comparator
    The report has no comparator for figures of DfE's
    {levels} not written: no comparator of the report stands for that
    If it should, add geography = "national", "regional" or "neighbours" to one in report.toml.""")
OWN_DIFFERS = warning("""dfe.own-figure-differs
    Our figure differs from what DfE publishes for us
    {indicator} {period}: the workbook has {ours}, but DfE publishes {theirs}
    Check the figure, and whether Where selects what the indicator measures.""")
