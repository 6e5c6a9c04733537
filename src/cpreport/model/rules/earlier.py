"""Rules about earlier workbooks: those that About's History names, and the one that a month is compared with."""

from __future__ import annotations

from cpreport.model.finding import Brings, Rule, Severity
from cpreport.model.rules.example import EARLIER, Change, Replaced
from cpreport.model.rules.following import unread

_HISTORY = {"About!A4": "History", "About!B4": "may-2023.xlsx"}
_JUNE = {"About!B2": "Jun 2023"}
_GONE = {f"Data!D{row}": None for row in range(1, 11)}
_RENAMED: Change = {
    **_HISTORY,
    "report.toml": Replaced('"moves"', '"moves-2"'),
    "Data!A6": "moves-2",
    "Data!D6": None,
    "Data!E6": None,
    "may-2023.xlsx": {},
}
_CARRIED = Replaced('title = "Children aged 0-17"', 'title = "Children aged 0-17"\ncarry = true')
_COMPARED = Replaced('title = "Report"', 'title = "Report"\ncompare_with_earlier = true')

HISTORY_UNREADABLE = Rule(
    "about.history",
    Severity.ERROR,
    "A workbook that History names cannot be read",
    "History names {name!r}, which cannot be read: {reason}",
    "Write the names of earlier workbooks in this workbook's folder or below it, separated by semicolons.",
    fires=_HISTORY,
    where="About!B4",
    silent={**_HISTORY, "may-2023.xlsx": {}},
    brings=unread("Data"),
)
HISTORY_DISAGREES = Rule(
    "data.history-disagrees",
    Severity.ERROR,
    "A figure disagrees with an earlier workbook that History names",
    "{name} {period}: the {part} is {here} here, but {there} in {other}",
    "Correct the wrong one of the two; if the figure was revised, write [r] after it here.",
    fires={**_HISTORY, "may-2023.xlsx": {"Data!D6": 1278}},
    where="Data!D6",
    silent={**_HISTORY, "Data!D6": "1279 [r]", "may-2023.xlsx": {"Data!D6": 1278, "Data!E6": None}},
)
HISTORY_INCOMPLETE = Rule(
    "about.history-incomplete",
    Severity.ERROR,
    "History leaves out a workbook that has figures of the report",
    "History leaves out {missing}, {by}; its figures are given nowhere else",
    "Add it to History, or move it out of this folder if it is not to be used.",
    fires={**_GONE, **_HISTORY, "About!B4": "april-2023.xlsx", "april-2023.xlsx": _GONE, "may-2023.xlsx": {}},
    where="About!B4",
    silent={**_GONE, **_HISTORY, "april-2023.xlsx": _GONE, "may-2023.xlsx": {}},
)
HISTORY_RENAMED = Rule(
    "data.history-renamed",
    Severity.WARNING,
    "Earlier workbooks have figures of a name that is no longer an indicator, and a new one has no past",
    "{files} has figures of {old}, which is no longer an indicator; {new} has none before {since}",
    "If {heir} is its new name, write {example} for it in indicators.toml.",
    fires={**_RENAMED, "indicators.toml": Replaced('id = "moves"', 'id = "moves-2"')},
    where="About!B4",
    silent={**_RENAMED, "indicators.toml": Replaced('id = "moves"', 'id = "moves-2"\nformerly = ["moves"]')},
)
HISTORY_UNUSED = Rule(
    "data.history-unused",
    Severity.NOTE,
    "Earlier workbooks have figures that no indicator uses",
    "{files} has figures of {old}, which is not an indicator of this report",
    "Nothing to do if it is not reported any more.",
    fires={**_HISTORY, "may-2023.xlsx": {"Data!A11": "visits", "Data!B11": "value", "Data!D11": 5}},
    where="About!B4",
    silent={**_HISTORY, "may-2023.xlsx": {"Data!A11": "visits"}},
)
RESTATED = Rule(
    "data.restated",
    Severity.WARNING,
    "A reported figure has changed",
    "{name} {period}: {old} → {new}; {cells}",
    "A revision stands, and the report marks it; write [r] after it to say so. Otherwise put the earlier figure back.",
    fires={EARLIER: {**_JUNE, "Data!E6": 1279}},
    where="Data!E6",
    silent={EARLIER: {**_JUNE, "Data!E6": None, "Data!F6": 1282}},
    brings=(Brings(("data.restated",), ("file", "sheet", "cell")),),
    more="moves {count} more figure{s}",
)
RESTATED_TOLD = Rule(
    "data.restated-as-marked",
    Severity.NOTE,
    "A figure that is marked as revised has changed",
    "{name} {period}: {old} → {new}; {cells}",
    "Nothing to do if that is right: the report marks it as revised.",
    fires={"Data!E6": "1280 [r]", EARLIER: {**_JUNE, "Data!E6": 1279}},
    where="Data!E6",
    silent={"Data!E6": "1280 [r]", EARLIER: _JUNE},
)
NO_LONGER_HIDDEN = Rule(
    "data.no-longer-confidential",
    Severity.WARNING,
    "A figure that was confidential would be printed",
    "{name} {period} was confidential in the earlier report, and is not marked now{more}",
    "Mark it [c] in the sheet Marks again, unless it may be published.",
    fires={EARLIER: {**_JUNE, "Data!E6": "[c]"}},
    where="Data!E6",
    silent={"Data!E6": "[c]", EARLIER: {**_JUNE, "Data!E6": "[c]"}},
)
SETTLED = Rule(
    "data.provisional-changed",
    Severity.NOTE,
    "A figure that was provisional is final now, or another",
    "{name} {period}: {old} → {new}; {cells}",
    "Nothing to do if that is right: a provisional figure is expected to change.",
    fires={EARLIER: {**_JUNE, "Data!E6": "1270 [p]"}},
    where="Data!E6",
    silent={"Data!E6": "1280 [p]", EARLIER: {**_JUNE, "Data!E6": "1280 [p]"}},
)
COLUMNS_GONE = Rule(
    "data.column-gone",
    Severity.NOTE,
    "Periods of the earlier report are no longer in the workbook",
    "there are no figures of {periods}, which {earlier} has, so they are not compared",
    "Nothing to do if the workbook keeps no more periods than the report needs.",
    fires={EARLIER: {**_JUNE, "Data!H1": "Apr 22", "Data!H6": 1278}},
    silent={EARLIER: {**_JUNE, "Data!H1": "Apr 22"}},
)
RESTATED_SERIES = Rule(
    "data.restated-series",
    Severity.WARNING,
    "A series that moves reported figures has changed",
    "{name}: {cells}; this moves {moved}",
    "If that is a new estimate, it stands: the report marks the figures as revised. Otherwise put the earlier back.",
    fires={"indicators.toml": _CARRIED, EARLIER: {**_JUNE, "indicators.toml": _CARRIED, "Data!D3": 98000}},
    where="Data!D3",
    silent={"indicators.toml": _CARRIED, EARLIER: {**_JUNE, "indicators.toml": _CARRIED, "Data!F3": 98000}},
)
DEFINITION_CHANGED = Rule(
    "definition.changed",
    Severity.WARNING,
    "What an indicator is has changed since the earlier report",
    "{name}: {changes}{moved}",
    "Check that the change is meant, and tell the board if figures cannot be compared across it.",
    fires={EARLIER: {**_JUNE, "indicators.toml": Replaced('measure = "rate"', 'measure = "rate"\nper = 1000')}},
    where="indicators.toml",
    silent={EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "School moves"')}},
)
TITLE_CHANGED = Rule(
    "definition.title-changed",
    Severity.NOTE,
    "An indicator has another title than in the earlier report",
    "{name}: the title was {old!r}, it is {new!r} now{more}",
    "Nothing to do if that is meant.",
    fires={EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "School moves"')}},
    where="indicators.toml",
    silent={EARLIER: {**_JUNE, "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nowner = "Ann Lee"')}},
)
BENCHMARK_CHANGED = Rule(
    "benchmark.changed",
    Severity.WARNING,
    "A benchmark of the same period has changed",
    "{name} {comparator}: {old} → {new} for the same period; {cell} held the earlier one",
    "Check it against its source; if the published figure was revised, it stands.",
    fires={EARLIER: {**_JUNE, "Benchmarks!C2": 91}},
    where="Benchmarks!C2",
    silent={EARLIER: {**_JUNE, "Benchmarks!C2": 91, "Benchmarks!D2": "2019/20"}},
)
BENCHMARK_UPDATED = Rule(
    "benchmark.updated",
    Severity.NOTE,
    "A benchmark has a new period or status",
    "{name} {comparator}: {old} → {new}",
    "Nothing to do if that is right.",
    fires={EARLIER: {**_JUNE, "Benchmarks!D2": "2019/20"}},
    where="Benchmarks!C2",
    silent={EARLIER: {**_JUNE, "Benchmarks!E2": None}},
)
COMPARATORS_CHANGED = Rule(
    "benchmark.comparators-changed",
    Severity.WARNING,
    "An indicator has benchmarks of other comparators than before",
    "{name}: benchmarks before: {old}; now: {new}{more}",
    "Check that no benchmark is missing, and that the new ones are of this indicator.",
    fires={EARLIER: {**_JUNE, "Benchmarks!C2": "N/A"}},
    where="Benchmarks!C2",
    silent={EARLIER: {**_JUNE, "Benchmarks!A3": "moves", "Benchmarks!B3": "SN", "Benchmarks!C3": "N/A"}},
)
EARLIER_SKIPPED = Rule(
    "file.earlier-skipped",
    Severity.WARNING,
    "An earlier workbook is left out of the comparison",
    "figures are not compared with {files}, so that some may not be marked as revised",
    "Correct its errors, name one file for each period, or move it to another folder.",
    fires={"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "may-2023.xlsx": b"%PDF-1.7"},
    silent={"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "may-2023.xlsx": {"About!B2": "May 2023"}},
)
EARLIER_UNUSABLE = Rule(
    "file.earlier-unusable",
    Severity.ERROR,
    "The earlier workbook has errors",
    "{file} cannot be compared with this workbook, which has errors of its own",
    "Mend them (they are listed too), or compare with another workbook.",
    fires={EARLIER: {**_JUNE, "Data!E6": "many"}},
    silent={EARLIER: {**_JUNE, "Data!E6": "1,280"}},
)
NOT_EARLIER = Rule(
    "file.not-earlier",
    Severity.ERROR,
    "The workbook to compare with is a later one",
    "its reporting period is {period}, which is after {now}: it is no earlier workbook",
    "Name the workbook of an earlier report.",
    fires={EARLIER: {"About!B2": "Aug 2023", "Data!H1": "Aug 23", "Data!H6": 1}},
    silent={EARLIER: {}},
)
NO_EARLIER = Rule(
    "file.no-earlier",
    Severity.NOTE,
    "There is no earlier workbook to compare with",
    "report.toml says compare_with_earlier, but no workbook in this folder is named for a period before {period}",
    "Nothing to do for a first report; otherwise put the earlier workbook here.",
    fires={"report.toml": _COMPARED},
    silent={"report.toml": _COMPARED, "june-2023.xlsm": _JUNE},
)
TWO_EARLIER = Rule(
    "file.two-earlier",
    Severity.ERROR,
    "Two workbooks may be the earlier one",
    "report.toml says compare_with_earlier, but {files} all say {period}",
    "Move all but one of them to another folder, or name one with --against.",
    fires={"report.toml": _COMPARED, "june-2023.xlsx": _JUNE, "june-2023 final.xlsx": _JUNE},
    silent={"report.toml": _COMPARED, "june-2023.xlsm": _JUNE, "may-2023.xlsx": {}, "may-2023 final.xlsx": {}},
)
