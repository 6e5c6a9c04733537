"""Rules about figures that are possible but not likely. Their thresholds stand in report.toml, [plausibility]."""

from __future__ import annotations

from cpreport.model.finding import Brings, Rule, Severity
from cpreport.model.rules.example import Replaced
from cpreport.model.rules.following import QUOTED

_COPIED = {
    "Data!F2": 610,
    "Data!F4": 83,
    "Data!F5": 98,
    "Data!F6": 1280,
    "Data!F7": 378,
    "Data!F8": 602,
    "Data – history!P2": 604,
    "Data – history!P3": 71,
    "Data – history!P4": 88,
    "Data – history!P5": 88.9,
    "Data – history!P6": 2265,
    "Data – history!P7": 42,
}
"""July as June was."""
_OF_PERIOD = (
    "breakdown.total-differs",
    "data.total-differs",
    "data.subset-exceeds",
    "data.stock-differs",
    "data.denominators-differ",
    "plausibility.unchanged",
)
"""What may be wrong with a period whose figures are another's."""
_DAYS = {"Data – history!B6": "value", **{f"Data – history!{column}7": None for column in "ABCDEFGHIJKLMNOP"}}
"""The days waited as averages typed in."""

_TYPED = Replaced('title = "Dental checks"', 'title = "Dental checks"\ntyped = "per cent"')

JUMP = Rule(
    "plausibility.jump",
    Severity.WARNING,
    "A figure jumps against its own history",
    "{name} {period}: {value} is further than ever from its usual (median {median} of {number} figures before)",
    "Check it; explain it in the narrative, or mark a break: [b] in Marks.",
    fires={"Data – history!P5": 80.2},
    where="'Data – history'!P5",
    silent={"Data – history!P5": 87.3},
)
SIGN = Rule(
    "plausibility.sign",
    Severity.WARNING,
    "A number is negative, alone in its row",
    "{name} {period}: the {part} is {value}, and no other number of its row is negative",
    "Check the sign.",
    fires={**_DAYS, "Data – history!P6": -2300},
    where="'Data – history'!P6",
    silent={**_DAYS, "Data – history!O6": -2265, "Data – history!P6": -2300},
)
SLIPPED = Rule(
    "plausibility.slipped-digit",
    Severity.WARNING,
    "A number is ten times or a tenth of its usual",
    "{name} {period}: {part} {value} is {times} what it usually is (median {median})",
    "Check whether a digit is missing or one too many was typed.",
    fires={"Data – history!K2": 6060},
    where="'Data – history'!K2",
    silent={"Data – history!K2": 706},
)
CELLS_SWAPPED = Rule(
    "plausibility.swapped-cells",
    Severity.WARNING,
    "Two neighbouring rows hold each other's number",
    "{name} {period}: {part} {value} is usually about {usual}; {other} {other_part} has {other_value}, "
    "usually about {other_usual}",
    "Check whether the two cells were swapped.",
    fires={"Data – history!P2": 73, "Data – history!P3": 610},
    where="'Data – history'!P2; 'Data – history'!P3",
    silent={"Data – history!P3": 90, "Data – history!P4": 73},
)
PARTS_SWAPPED = Rule(
    "plausibility.swapped-parts",
    Severity.WARNING,
    "Numerator and denominator hold each other's number",
    "{name} {period}: {part} {value} is usually about {usual}; its {other_part} has {other_value}, "
    "usually about {other_usual}",
    "Check whether the two cells were swapped.",
    fires={"Data – history!P6": 44, "Data – history!P7": 2300},
    where="'Data – history'!P6",
    silent={"Data – history!P6": 2230, "Data – history!P7": 41},
)
FRACTION = Rule(
    "plausibility.fraction",
    Severity.WARNING,
    "A percentage looks like a fraction, or the reverse",
    "{name} {period}: {part} {value} is {times} what it usually is (median {median})",
    "Without percent format type 89.7 for 89.7%; with it Excel shows what the cell holds.",
    fires={"Data – history!P5": 0.897, "indicators.toml": _TYPED},
    where="'Data – history'!P5",
    silent={"Data – history!P5": 0.2, "indicators.toml": _TYPED},
)
COLUMN_COPIED = Rule(
    "plausibility.column-copied",
    Severity.WARNING,
    "All figures equal last period's",
    "{period}: all {number} figures that move at other times equal those of {earlier}",
    "Check whether the column was copied and not yet updated.",
    fires=_COPIED,
    where="Data!F2",
    silent={**_COPIED, "Data – history!P7": 44},
    brings=(Brings(QUOTED), Brings(_OF_PERIOD, ("period",))),
)
UNCHANGED = Rule(
    "plausibility.unchanged",
    Severity.WARNING,
    "A figure has stood still",
    "{name} {period}: {value} is the same for {number} periods, though it moved nearly every time before",
    "Check whether somebody still updates it.",
    fires={f"Data – history!{column}5": 88.1 for column in "MNOP"},
    where="'Data – history'!P5",
    silent={f"Data – history!{column}5": 88.1 for column in "MNO"},
)
BENCHMARK_OLD = Rule(
    "plausibility.benchmark-old",
    Severity.WARNING,
    "A benchmark is out of date",
    "{what} of {period}, {age} months before the data (limit {limit})",
    "Look for newer ones and say their period (in Benchmarks or About), or raise benchmark_age in report.toml, "
    "[plausibility].",
    fires={"Benchmarks!D2": "2018/19"},
    where="Benchmarks!C2",
    silent={"Benchmarks!D2": "17-20"},
)
BENCHMARK_OTHER_UNIT = Rule(
    "plausibility.benchmark-unit",
    Severity.WARNING,
    "A benchmark is in another unit than the figures",
    "{name}: the benchmark {comparator} is {value}, the median figure {median}",
    "Check the unit of the benchmark and of the indicator's figures (per 1,000 or per 10,000, days or weeks).",
    fires={"Benchmarks!C2": 9200},
    where="Benchmarks!C2",
    silent={"Benchmarks!C2": 550},
)
