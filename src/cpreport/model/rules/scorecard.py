"""Rules about scorecards: sheets with a row for each indicator, as councils keep them."""

from __future__ import annotations

from cpreport.model.finding import error, note, warning

NO_DEFINITIONS = error("""scorecard.no-definitions
    A scorecard's indicators are not defined
    the sheet {sheet!r} is a scorecard, but nothing says what its indicators are
    Run `cpreport init FOLDER --from {file}`: it writes a workbook that defines them.""")
SEVERAL = error("""scorecard.several-sheets
    Several sheets look like a scorecard
    no sheet is named Data, and each of these looks like a scorecard: {sheets}
    Name the one to read, as in --sheet "{first}", or rename it to Data.""")
UNKNOWN_SHEET = error("""sheet.not-there
    The sheet that is asked for is not there
    there is no sheet {sheet!r}{nearest}
    Name one of these with --sheet: {present}.""")
NO_LINES = error("""scorecard.no-figures
    A scorecard has no figures
    the sheet has no row with a title, and figures below periods
    Write a period such as Jun 23 above each column of figures, and titles beside them.""")
TWO_INDICATORS = error("""scorecard.two-indicators
    A row of a scorecard fits two indicators
    {name!r} fits {fitting}
    Write the reference of the one that is meant in a column Ref, and its title beside it.""")
UNCLEAR = error("""scorecard.unclear-period
    A scorecard does not say which period is meant
    {text}: {question}
    Type each period once, with its year: Jun 23. Or name the newest: --period, About's Reporting period.""")
NOT_READ = warning("""scorecard.not-read
    Figures of a scorecard are not read
    the {axis} {text} is not read, though there are numbers in it: {reason}
    Correct its heading if it should be read; otherwise move it to another sheet.""")
TEXT_NOT_READ = note("""scorecard.text-not-read
    A part of a scorecard is not read
    the {axis} {text} is not read: {reason}
    No action needed if it is for people only.""")
MERGED = warning("""scorecard.merged
    A cell of a scorecard is merged over several figures or indicators
    {name}: {area} is one merged cell, but it counts for {cell} only
    Unmerge it, and type what belongs into each of its cells.""")
OTHER_FREQUENCY = note("""scorecard.other-frequency
    Figures of a scorecard are of another kind of period than their indicator
    {figures} not read (from {cell} on): the indicators are not reported by such periods
    No action needed for totals of a year; otherwise correct the frequency in the definitions.""")
TARGET_DIFFERS = warning("""scorecard.target-differs
    A scorecard has another target than the definition
    {name}: the target is {here} here, but {there} {source}, which is used
    Correct the wrong one of the two.""")
TARGET_EARLIER = warning("""scorecard.target-earlier
    A scorecard's target is for an earlier period
    {name}: the target for {period}, {target}, is used for {now}, for which the sheet has none
    Add that one; if this still holds, write Target above it, without a period.""")
TARGET_UNREADABLE = warning("""scorecard.target-not-read
    A scorecard's target cannot be read
    {name}: {value!r} is not used, because it is not a target that figures can be held against
    Type a number such as 426, for a percentage 95%.""")
BENCHMARK_DIFFERS = warning("""scorecard.benchmark-differs
    A scorecard has another benchmark than the sheet Benchmarks
    {name} {comparator} is {here} here, but {there} in {cell}; {used} is used
    Correct the wrong one of the two.""")
UNKNOWN_COMPARATOR = warning("""scorecard.unknown-comparator
    A column of benchmarks is of an unknown comparator
    {heading!r} is not a comparator of this report, so its column is not read{nearest}
    Add it to Comparators in About (SN: Statistical neighbours; England), or as [[comparators]] in report.toml.""")
POLARITY_DIFFERS = warning("""scorecard.good-is-differs
    A scorecard and a definition disagree on what is good
    {name}: {value!r} is typed here, but by its definition {good}
    Correct the wrong one of the two: the report follows the definition.""")
STATUS_DIFFERS = warning("""scorecard.status-differs
    A typed status is not the computed one
    {name} {period}: {value!r} is typed here, but {computed}
    Correct the cell, the target or its tolerance; an officer's status stands in the sheet Status.""")
DIRECTION_DIFFERS = warning("""scorecard.direction-differs
    A typed direction of travel is not the computed one
    {name} {period}: {value!r} is typed here, but the figure {went}
    Correct the cell or the figure; the report prints what is computed.""")
ARROWS = warning("""scorecard.arrows-unclear
    It is not known what a scorecard's arrows mean
    {name}: {value!r} is right only if arrows say {meaning}{more}
    Write Arrows in About: more if ↑ says that a figure is higher, better if it says that it is better.""")
NOT_COMPARED = note("""scorecard.not-compared
    Cells of a scorecard are not compared with what is computed
    {count} not compared: {reason}
    No action needed; the report prints what is computed.""")
