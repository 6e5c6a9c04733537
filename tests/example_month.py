"""The example month that every rule's examples change: small enough to be seen whole, and without any finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

NAME = "july-2023.xlsx"
"""The workbook's name. As a key of a change: bytes are its whole content, a text is another name for it."""

Rows = Sequence[Sequence[object]]
Change = Mapping[str, object]
"""What stands where instead.

A cell (`Data!F6`) holds a plain value, Shown or Formula, None for nothing; a sheet (`Data!`) is left out (None) or
HIDDEN_SHEET, or MERGED in an area; a file of the report folder or a narrative (`indicators.toml`,
`narrative/2023-07/care.md`) holds a text, Added or Replaced, one in Word a Word, and None where it is not there;
another workbook's name holds the changes that make it of this one. EARLIER stands in a folder of its own, with the
files of its report folder, and the month is compared with it. A Document is what `cpreport check` checks.
"""

PERIOD = "--period"
"""The reporting period that is asked for, as a key of a change."""

SHEET = "--sheet"
"""The sheet that the figures are said to be on, as a key of a change."""

EARLIER = "june/june-2023.xlsx"
"""The workbook of an earlier report, as a key of a change."""

AUDIT = "june-2023.audit.json"
"""The audit file of the last report, as a key of a change."""

HIDDEN_SHEET = "hidden"
MERGED = "merged in "
"""What a sheet is made by a change; the second goes before an area such as `A2:A3`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in a cell with a number format."""

    value: object
    format: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula; `result` is the number it was saved with (None: none)."""

    text: str
    result: float | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A file's text with more at its end."""

    text: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A file's text with the first `old` in it replaced by `new`."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Word:
    """A Word file with a paragraph for each line of a text.

    `# ` begins a heading, `- ` a bullet; `[-deleted-]` and `[+inserted+]` are tracked changes, `[?asked?]` a comment.
    """

    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document: what it is in words, and its bytes. A change with one checks it, and nothing else."""

    words: str
    content: bytes


DATA: Rows = [
    ["Indicator", "Figure", "Title", "May 23", "Jun 23", "Jul 23", "Q1 23/24"],
    ["rate", "numerator", "In care", 600, 610, 604, None],
    ["population", "value", "Aged 0-17", 98050, 98050, 98050, None],
    ["far", "numerator", "Far away", 80, 83, 81, None],
    ["checks", "value", "Checks", 97.6, 98, 98.5, None],
    ["moves", "value", "Moves", 1279, 1280, 1281, None],
    ["mean", "numerator", "Moves", 377, 378, 379, None],
    ["mean", "denominator", "Children", 600, 602, 604, None],
    ["crimes", "numerator", "Convicted", None, None, None, 6],
    ["crimes", "denominator", "Aged 10-17", None, None, None, 343],
]

HISTORY: Rows = [
    [
        *("Indicator", "Figure", "Title", "Jul 22", "Aug 22", "Sep 22", "Oct 22", "Nov 22", "Dec 22", "Jan 23"),
        *("Feb 23", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"),
    ],
    ["contacts", "value", "Contacts", 617, 607, 618, 629, 618, 608, 607, 606, 609, 598, 600, 604, 610],
    ["placed", "numerator", "In time", 66, 71, 68, 73, 70, 69, 74, 72, 67, 70, 75, 71, 73],
    ["placed", "denominator", "Placed", 83, 86, 84, 88, 87, 85, 90, 89, 82, 86, 91, 88, 90],
    ["dental", "value", "Dental checks", 89.2, 88.4, 87.6, 89.3, 90.2, 88.7, 87.9, 89.1, 90.3, 88.1, 89.5, 88.9, 89.7],
    ["waits", "numerator", "Days", 2210, 2305, 2190, 2260, 2330, 2240, 2275, 2215, 2350, 2290, 2230, 2265, 2300],
    ["waits", "denominator", "Children", 41, 43, 40, 42, 44, 41, 43, 42, 45, 43, 41, 42, 44],
]
"""More months than Data has, for rules that compare a figure with those before it."""

SHEETS: Mapping[str, Rows] = {
    "About": [["Key", "Value"], ["Reporting period", "Jul 2023"], ["Board date", date(2023, 9, 14)]],
    "Data": DATA,
    "Data – history": HISTORY,
    "Benchmarks": [
        ["Indicator", "Benchmark", "Value", "Period", "Status"],
        ["rate", "SN", 92, "2020/21", "final"],
    ],
    "Marks": [["Indicator", "Period", "Figure", "Mark", "Note"], ["checks", "Jun 23", None, "[p]", "early figure"]],
    "Narrative": [["Section", "Slot", "Text"], ["care", "good", "All is well."]],
    "Breakdowns": [
        ["Breakdown", "Category", "Group", "Count", "Period"],
        ["placements", "Foster care", None, 60, None],
        ["placements", "Residential", None, 21, None],
    ],
}

INDICATORS = """
[[indicators]]
id = "rate"
title = "Children in care"
measure = "rate"
shows = "count"
denominator = "population"

[[indicators]]
id = "far"
title = "Placed far away"
measure = "percentage"
shows = "fraction"
denominator = "rate/numerator"

[[indicators]]
id = "checks"
title = "Health checks"
measure = "percentage"

[[indicators]]
id = "moves"
title = "Moves"
measure = "number"

[[indicators]]
id = "mean"
title = "Moves for each child"
measure = "average"

[[indicators]]
id = "crimes"
title = "Convictions"
measure = "percentage"
frequency = "quarter"

[[series]]
id = "population"
title = "Children aged 0-17"
"""

HISTORY_INDICATORS = """
[[indicators]]
id = "contacts"
title = "Contacts"
measure = "number"

[[indicators]]
id = "placed"
title = "Placed in time"
measure = "percentage"
shows = "count"

[[indicators]]
id = "dental"
title = "Dental checks"
measure = "percentage"

[[indicators]]
id = "waits"
title = "Days waited"
measure = "average"
decimals = 1
"""

PLACEMENTS = """
[[breakdowns]]
id = "placements"
title = "Placements"
of = "far/numerator"
"""

REPORT = """
title = "Report"

[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical Neighbours"

[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {listed}
slots = [{{ id = "good", title = "What went well" }}, {{ id = "next", title = "What is next?" }}]
"""

HISTORY_SECTION = """
[[sections]]
id = "history"
title = "History"
template = "care.md"
indicators = ["contacts", "placed", "dental", "waits"]
"""

TEMPLATE = """# {{ section.title }}

{{ indicator_table(section.indicators) }}

{% for slot in section.slots %}
## {{ slot.title }}

{{ narrative(slot) }}

{% endfor %}
"""

_PLACES = (
    ("National", "England", "", "", 70),
    ("Regional", "Yorkshire and The Humber", "", "", 78),
    ("Local authority", "Yorkshire and The Humber", "382", "Kirklees", 62),
    ("Local authority", "North West", "350", "Bolton", 90),
    ("Local authority", "North West", "351", "Bury", 80),
)
DFE = "cla.csv"
DFE_FILES: Mapping[str, str] = {
    DFE: "time_period,time_identifier,geographic_level,region_name,old_la_code,la_name,group,rate\n"
    + "".join(f"2023,July,{level},{region},{code},{name},All,{rate}\n" for level, region, code, name, rate in _PLACES),
    "neighbours.csv": "old_la_code,la_name,region_name,SN_1,SN_2\n382,Kirklees,Yorkshire and The Humber,350,351\n",
    "benchmarks.toml": f'[["rate"]]\nfile = "{DFE}"\nvalue = "rate"\n',
}
"""DfE's files, and what is wanted of them: a change of one of these runs `cpreport benchmarks` with them."""

FILES: Mapping[str, str] = {
    "indicators.toml": INDICATORS + HISTORY_INDICATORS + PLACEMENTS,
    "report.toml": REPORT.format(listed='["rate", "far", "checks", "moves", "mean", "crimes"]') + HISTORY_SECTION,
    "care.md": TEMPLATE,
}
