"""Rules about earlier workbooks: those that About's History names, and the one that a month is compared with."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

HISTORY_UNREADABLE = error("""about.history
    A workbook that History names cannot be read
    History names {name!r}, which cannot be read: {reason}
    Write the names of earlier workbooks in this workbook's folder or below it, separated by semicolons.""")
HISTORY_DISAGREES = error("""data.history-disagrees
    A figure disagrees with an earlier workbook that History names
    {name} {period}: the {part} is {here} here, but {there} in {other}
    Correct the wrong one of the two; if the figure was revised, write [r] after it here.""")
HISTORY_INCOMPLETE = error("""about.history-incomplete
    History leaves out a workbook that has figures of the report
    History leaves out {missing}, {by}; its figures are in no other workbook
    Add it to History, or move it out of this folder if it is not to be used.""")
HISTORY_RENAMED = warning("""data.history-renamed
    An indicator may have been renamed: the old name is only in earlier workbooks, the new one only here
    {files} has figures for {old}, which is no longer an indicator; {new} has no figures before {since}
    If {heir} is its new name, write {example} for it in indicators.toml.""")
HISTORY_UNUSED = note("""data.history-unused
    Earlier workbooks have figures that no indicator uses
    {files} has figures for {old}, which is not an indicator of this report
    No action needed if it is no longer reported.""")
RESTATED = warning("""data.restated
    A reported figure has changed
    {name} {period}: {old} → {new}; {cells}
    If it was revised, write [r] after it (the report marks it as revised). If not, put the earlier figure back.""")
RESTATED_AS_MARKED = note("""data.restated-as-marked
    A figure that is marked as revised has changed
    {name} {period}: {old} → {new}; {cells}
    No action needed if that is right: the report marks it as revised.""")
NO_LONGER_CONFIDENTIAL = warning("""data.no-longer-confidential
    A figure that was confidential would be printed
    {name} {period} was confidential in the earlier report and is not marked now{more}
    Mark it [c] again in the sheet Marks, unless it may be published.""")
SETTLED = note("""data.provisional-changed
    A provisional figure has changed or become final
    {name} {period}: {old} → {new}; {cells}
    No action needed if that is right: a provisional figure is expected to change.""")
COLUMNS_GONE = note("""data.column-gone
    Periods of the earlier report are no longer in the workbook
    there are no figures for {periods}, which {earlier} has, so they are not compared
    No action needed if the report no longer needs these periods.""")
RESTATED_SERIES = warning("""data.restated-series
    A series has changed, and reported figures with it
    {name}: {cells}; this changes {moved}
    Leave it if it is a new estimate (the report marks the figures as revised); if not, put the earlier one back.""")
DEFINITION_CHANGED = warning("""definition.changed
    An indicator's definition has changed since the earlier report
    {name}: {changes}{moved}
    Check that this is intended, and tell the board if figures before and after cannot be compared.""")
TITLE_CHANGED = note("""definition.title-changed
    An indicator has another title than in the earlier report
    {name}: the title was {old!r} and is now {new!r}{more}
    No action needed if that is intended.""")
BENCHMARK_CHANGED = warning("""benchmark.changed
    A benchmark for the same period has changed
    {name} {comparator}: {old} → {new} for the same period; {cell} held the earlier one
    Check it against its source; leave it if the published figure was revised.""")
BENCHMARK_UPDATED = note("""benchmark.updated
    A benchmark has a new period or status
    {name} {comparator}: {old} → {new}
    No action needed if that is right.""")
COMPARATORS_CHANGED = warning("""benchmark.comparators-changed
    An indicator has benchmarks for other comparators than before
    {name}: benchmarks before: {old}; now: {new}{more}
    Check that no benchmark is missing, and that the new ones are for this indicator.""")
EARLIER_SKIPPED = warning("""file.earlier-skipped
    An earlier workbook is left out of the comparison
    figures are not compared with {files}, so some may not be marked as revised
    Correct its errors, name one file for each period, or move it to another folder.""")
EARLIER_UNUSABLE = error("""file.earlier-unusable
    The earlier workbook has errors
    {file} cannot be compared with this workbook, which has errors of its own
    Correct them (they are listed too), or compare with another workbook.""")
NOT_EARLIER = error("""file.not-earlier
    The workbook to compare with is later than this one
    its reporting period is {period}, which is after {now}: it is not an earlier workbook
    Name the workbook of an earlier report.""")
NO_EARLIER = note("""file.no-earlier
    There is no earlier workbook to compare with
    report.toml has compare_with_earlier, but no workbook in this folder is named for a period before {period}
    Put it in this folder, unless this is the first report.""")
TWO_EARLIER = error("""file.two-earlier
    Two workbooks may be the earlier one
    report.toml has compare_with_earlier, but {files} are all named for {period}
    Move all but one of them to another folder, or name one with --against.""")
