"""Rules of benchmarks.csv beside a workbook."""

from __future__ import annotations

from cpreport.model.finding import error, note

NOT_A_TABLE = error("""benchmark.not-a-table
    benchmarks.csv is not a table
    from here on the file cannot be read as a table: {reason}
    Make it again with cpreport benchmarks, or save it in Excel as CSV UTF-8 (Comma delimited).""")
DIFFERS = note("""benchmark.file-differs
    A benchmark differs between the workbook and benchmarks.csv
    {indicator} {comparator} {period} is {here} here, but {there} in {cell}: the workbook's is used
    If benchmarks.csv is right, correct or remove the workbook's row.""")
LATER = note("""benchmark.file-later
    benchmarks.csv has benchmarks for periods after the reporting period
    {count} for periods that end after {now}, and not used
    No action needed if the report is of an earlier month.""")
