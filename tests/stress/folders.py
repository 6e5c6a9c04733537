"""Random months: report folders with their workbooks, each the same for its seed, and nearly all without an error."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..example_month import Shown
from ..workbooks import write_workbook
from .twin import MARKERS, STATUSES, TERMS, Benchmark, Case, Indicator, Percent, Period, Twin, newest_ended, rounded

OWN_TERMS = (("T1", 8, 10), ("T2", 11, 12), ("T3", 1, 2), ("T4", 3, 4), ("T5", 5, 7))
FREQUENCIES = ["month", "month", "month", "quarter", "quarter", "term", "term", "year", "calendar"]
COLUMNS = {"month": 15, "quarter": 7, "term": 7, "year": 4, "calendar": 4}
OFFSETS = {
    "month": [[-12, -2, -1, 0], [-2, -1, 0], [0], [-3, -1, 0], [-2, -1]],
    "quarter": [[-3, -2, -1, 0], [-1, 0], [-4, 0]],
    "term": [[-2, -1, 0], [-3, 0]],
    "year": [[-2, -1, 0], [-1, 0], [0]],
}
TEMPLATE = """# {{ section.title }}

{{ indicator_table(section.indicators) }}

{% for slot in section.slots %}
### {{ slot.title }}

{{ narrative(slot) }}

{% endfor %}
"""


@dataclass(frozen=True)
class Tag:
    section: int
    indicator: str
    call: str
    argument: object
    attribute: str

    def __str__(self) -> str:
        """As a narrative writes it."""
        given = f'"{self.argument.label}"' if isinstance(self.argument, Period) else json.dumps(self.argument)
        call = self.call if self.argument is None else f"{self.call}({given})"
        return f'indicator("{self.indicator}").{call}' + (f".{self.attribute}" if self.attribute else "")


@dataclass(frozen=True)
class Folder:
    """A case with what only its files say: About's dates, where they differ, and how Data is laid out."""

    case: Case
    tags: tuple[Tag, ...]
    about: Mapping[str, object]
    layout: str
    is_rebuilt: bool


def random_folder(seed: int) -> Folder:
    """The folder of a seed; one whose figures would divide by nothing is made anew."""
    dice = random.Random(seed)
    while True:
        maker = _Maker(dice)
        if not maker.divides_by_zero((folder := maker.folder()).case):
            return folder


class _Maker:
    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.terms = OWN_TERMS if dice.random() < 0.15 else TERMS
        kind = dice.choices(["month", "quarter", "term", "year"], [80, 8, 7, 5])[0]
        day = date(dice.randint(2021, 2025), dice.randint(1, 12), 1)
        self.period = newest_ended(self.like(kind), day)
        self.indicators: dict[str, Indicator] = {}
        self.kinds: dict[str, str] = {}
        self.series: dict[str, bool] = {}
        self.cells: dict[tuple[str, str, Period], object] = {}
        self.totals: list[tuple[str, list[str]]] = []

    def like(self, kind: str) -> Period:
        return Period(kind, 0, self.terms if kind == "term" else TERMS)

    def one_in(self, count: float) -> bool:
        return self.dice.random() * count < 1

    def columns(self, kind: str) -> list[Period]:
        """The periods of a kind that Data has: to two beyond the newest."""
        newest = newest_ended(self.like(kind), self.period.end).back(-self.beyond)
        return [newest.back(k) for k in range(COLUMNS[kind] + self.beyond, -1, -1)]

    def folder(self) -> Folder:
        dice = self.dice
        self.is_rebuilt = self.one_in(4) and self.terms == TERMS
        self.beyond = dice.choice([1, 2]) if self.is_rebuilt else dice.choice([0, 0, 1])
        kinds = [self.period.kind, *dice.sample(FREQUENCIES, 2)]
        for n in range(dice.randint(2, 6)):
            self.add_indicator(f"i{n}", kinds[0] if n == 0 else dice.choice(kinds))
        if self.one_in(4):
            self.add_total(kinds[0])
        late = timedelta(0 if self.is_rebuilt or self.one_in(2) else dice.randint(1, 75))
        about: dict[str, object] = {"Reporting period": self.period.label}
        if late:
            about["Data as at"] = self.period.end + late
        if self.is_rebuilt:
            about = {"Reporting period": self.period.back(-self.beyond).label, "Data as at": date(2027, 1, 5)}
        comparators = {name: self.one_in(2) for name in ("SN", "Eng", "YH")[: dice.randint(0, 3)]}
        case = Case(
            period=self.period,
            data_as_at=self.period.end + late,
            indicators=self.indicators,
            series=self.series,
            cells=self.cells,
            marks=self.marks(),
            sections=self.sections(),
            offsets={kind: dice.choice(lists) if self.one_in(2) else lists[0] for kind, lists in OFFSETS.items()},
            comparators=comparators,
            benchmark_period=dice.choice(["", "March 2022"]),
            totals=self.totals,
            terms=self.terms,
        )
        twin = Twin(case)
        case = replace(
            case, benchmarks=tuple(b for n in self.indicators for b in self.benchmarks(n, comparators, twin))
        )
        tags = tuple(tag for n in range(len(case.sections)) for tag in self.tags(n, Twin(case)))
        layout = dice.choice(["wide", "wide", "two sheets", "long"])
        return Folder(case, tags, about, layout, self.is_rebuilt)

    # Indicators

    def add_indicator(self, name: str, kind: str) -> None:
        dice = self.dice
        measure = dice.choice(["rate", "percentage", "percentage", "number", "number", "average"])
        lag = dice.choice([0, 0, 0, 1, 1, 2, 3])
        indicator = Indicator(name, measure, "year" if kind == "calendar" else kind, lag=lag)
        if measure != "number":
            indicator = replace(indicator, shows=dice.choice(["value", "count", "fraction"]))
        if measure == "rate":
            indicator = replace(indicator, per=dice.choice([100, 1000, 10_000]))
        if self.one_in(4):
            indicator = replace(indicator, decimals=dice.randint(0, 3), benchmark_decimals=dice.randint(0, 3))
        indicator = replace(indicator, direction=not self.one_in(10), **self.life(kind), **self.years(kind))
        self.indicators[name], self.kinds[name] = indicator, kind
        if measure == "number":
            if self.one_in(3):
                self.indicators[name] = replace(indicator, numerator=self.reference(name, kind))
            else:
                self.fill(name, "value", self.numbers())
        else:
            self.fill_ratio(indicator, kind)

    def life(self, kind: str) -> dict[str, Any]:
        period = self.dice.choice(self.columns(kind)[-6:])
        day = self.dice.choice([period.start, period.end, period.start + timedelta(9)])
        return {"since": day} if self.one_in(12) else {"until": day} if self.one_in(6) else {}

    def years(self, kind: str) -> dict[str, Any]:
        """Whether it is added up over the year, or rolling, or neither."""
        possible = {"month": ["academic-year", "financial-year"], "quarter": ["financial-year"]}.get(kind, [])
        if kind == "term":
            possible = ["academic-year", *(["financial-year"] if self.terms == TERMS else [])]
        if possible and self.one_in(4):
            return {"cumulative": self.dice.choice(possible)}
        return {"rolling": 12} if self.one_in(12) else {}

    def reference(self, name: str, kind: str) -> str:
        """A series, or another indicator's figure or part of it."""
        others = [other for other in self.indicators if other != name and self.kinds[other] == kind]
        if others and not self.one_in(3):
            other = self.dice.choice(others)
            if self.indicators[other].measure == "number":
                return self.dice.choice([other, f"{other}/value"])
            return other + self.dice.choice(["", "/numerator", "/denominator", "/denominator"])
        known = [series for series in self.series if self.kinds[series] == kind]
        if known and self.one_in(2):
            return self.dice.choice(known)
        series = f"s{len(self.series)}"
        self.series[series], self.kinds[series] = not self.one_in(3), kind
        self.fill(series, "value", self.numbers(least=1), gaps=2 if self.series[series] else 12)
        return series

    def fill_ratio(self, indicator: Indicator, kind: str) -> None:
        dice, name = self.dice, indicator.id
        above = below = ""
        how = dice.choice(
            ["counts"] * 4 + ["value", "value and numerator", "all", "referring", "referring", "denominator"]
        )
        if indicator.cumulative and ("value" in how or how == "all"):
            how = "counts"
        if how in ("referring", "denominator"):
            below = self.reference(name, kind)
        if how == "referring" and self.one_in(2):
            above = self.reference(name, kind)
        self.indicators[name] = replace(indicator, numerator=above, denominator=below)
        if how.startswith("value"):
            self.fill(name, "value", self.values(indicator.measure))
        if not above and how != "value":
            self.fill(name, "numerator", self.numbers())
        if not below and not how.startswith("value"):
            self.fill(name, "denominator", self.numbers(least=1), gaps=25)
            self.keep_below_whole(indicator)
        if how == "all":
            self.type_values(indicator)

    def keep_below_whole(self, indicator: Indicator) -> None:
        """Denominators at least as large as numerators; now and then both are 0."""
        for (name, part, period), typed in list(self.cells.items()):
            above = self.cells.get((name, "numerator", period))
            if name == indicator.id and part == "denominator" and isinstance(typed, int) and isinstance(above, int):
                both = (0, 0) if self.one_in(30) else (min(above, typed), max(above, typed))
                self.cells[name, "numerator", period], self.cells[name, part, period] = both

    def type_values(self, indicator: Indicator) -> None:
        """Values beside the counts, typed as rounded."""
        for (name, part, period), typed in list(self.cells.items()):
            above = self.cells.get((name, "numerator", period))
            if name == indicator.id and part == "denominator" and isinstance(typed, int) and isinstance(above, int):
                value = Fraction(above, typed or 1) * indicator.factor
                if typed and (value == 0 or value > 1) and not self.one_in(8):
                    self.cells[name, "value", period] = float(rounded(value, 3).replace(",", ""))

    def numbers(self, least: int = 0) -> Iterator[object]:
        most = self.dice.choice([3, 8, 40, 400, 4000, 120_000])
        while True:
            even = self.dice.choice([8, 16, 40, 200, 400, 2000])
            yield even if least and self.one_in(3) else self.dice.randint(least, most)

    def values(self, measure: str) -> Iterator[object]:
        has_format = self.one_in(2)
        while True:
            tenths = self.dice.randint(1001, 99_999)
            if measure == "percentage" and has_format:
                yield Percent(str(tenths / 100_000))
            else:
                yield tenths / 1000 if self.one_in(2) else self.dice.choice([2.675, 12.25, 33.35, 1.005, 70, 89.7])

    def fill(self, name: str, part: str, amounts: Iterator[object], gaps: float = 14) -> None:
        kind = self.kinds[name]
        indicator = self.indicators.get(name)
        columns = self.columns(kind)
        until = len(columns) - (self.dice.choice([0, 1, 1, 2, 3]) if indicator and indicator.lag else 0)
        for n, period in enumerate(columns):
            amount = next(amounts)
            if self.one_in(16):
                amount = self.dice.choice([*MARKERS, f"{self.dice.randint(2, 40)} {self.dice.choice([*STATUSES])}"])
            is_there = n == 0 or (n < until and not self.one_in(gaps))
            self.cells[name, part, period] = amount if is_there and self.lives_in(name, period) else None

    def lives_in(self, name: str, period: Period) -> bool:
        """Whether an indicator is counted in a period; a series always is."""
        if (indicator := self.indicators.get(name)) is None:
            return True
        since, until = indicator.since or period.end, indicator.until or period.start
        return since <= period.end and until >= period.start

    def add_total(self, kind: str) -> None:
        parts = ["t0", "t1", "t2"][: self.dice.randint(2, 3)]
        for name in ("t", *parts):
            frequency = "year" if kind == "calendar" else kind
            self.indicators[name], self.kinds[name] = Indicator(name, "number", frequency), kind
        for period in self.columns(kind):
            amounts = [self.dice.randint(0, 30) for _ in parts]
            for name, amount in (*zip(parts, amounts, strict=True), ("t", sum(amounts))):
                self.cells[name, "value", period] = "[c]" if self.one_in(9) else amount
        self.totals.append(("t", parts))

    # What stands around them

    def marks(self) -> list[tuple[str, str, Period, str]]:
        """None of them calls a figure something else that is called confidential."""
        found: list[tuple[str, str, Period, str]] = []
        for name, part, period, mark in (self.mark() for _ in range(self.dice.choice([0, 1, 2, 4, 8]))):
            said = {other for n, _, p, other in found if (n, p) == (name, period)}
            said |= {str(typed) for (n, _, p), typed in self.cells.items() if (n, p) == (name, period)}
            markers = {mark, *said} & {*MARKERS}
            if mark not in MARKERS or "[c]" not in markers or markers == {"[c]"}:
                found.append((name, part, period, mark))
        return found

    def mark(self) -> tuple[str, str, Period, str]:
        name = self.dice.choice([*self.indicators, *self.series, *self.series])
        parts = ["value"] if name in self.series else ["numerator", "denominator", "value"]
        if name in self.indicators and self.indicators[name].measure == "number":
            parts = ["numerator"] if self.indicators[name].numerator else ["value"]
        part = self.dice.choice(["", "", *parts])
        mark = self.dice.choice([*MARKERS, *STATUSES, "[c]", "[b]", "[b]", "[p]"])
        lived = [p for p in self.columns(self.kinds[name]) if self.lives_in(name, p)]
        return name, part, self.dice.choice(lived[-6:]), mark

    def sections(self) -> list[list[str]]:
        names = list(self.indicators)
        count = self.dice.randint(1, 3)
        return [self.dice.sample(names, self.dice.randint(1, len(names))) for _ in range(count)]

    def benchmarks(self, name: str, comparators: Mapping[str, bool], twin: Twin) -> Iterator[Benchmark]:
        """Some of them what the newest figure is, or nearly so."""
        newest = twin.figure(name, twin.newest([name])).value
        near = [] if newest is None else [rounded(newest, n).replace(",", "") for n in (0, 1, 2, 3)]
        for comparator in comparators:
            if not self.one_in(3):
                value = self.dice.choice(["N/A", "1.05", "2.5", "22.45", "61.449", "8", "100", "1234.5", *near])
                period = self.dice.choice(["", "March 2022", "2020/21", "17-20"])
                yield Benchmark(name, comparator, value, period, self.dice.choice(["", "provisional", "final"]))

    def tags(self, section: int, twin: Twin) -> Iterator[Tag]:
        dice = self.dice
        shown = {name for each in twin.case.sections for table in twin.tables(each) for name in table}
        names = [name for name in self.indicators if name in shown or not self.indicators[name].until]
        for _ in range(dice.randint(4, 10) if names else 0):
            name = dice.choice(names)
            call = dice.choice(["now", "previous", "year_ago", "at", "mean", "peak", "low", "change", "benchmark"])
            attribute = dice.choice(["", "", "value", "count", "denominator", "direction", "period"])
            newest = twin.newest(twin.table_of(name, section))
            argument: object = None
            if call in ("at", "change"):
                argument = newest.back(dice.randint(0, COLUMNS[self.kinds[name]] - 3))
                if not self.lives_in(name, argument):
                    continue
            elif call in ("mean", "peak", "low"):
                argument = dice.choice([1, 2, 3, 3, 4, 6])
            elif call == "benchmark":
                if not twin.case.comparators:
                    continue
                argument = dice.choice([*twin.case.comparators])
            if call in ("change", "benchmark") or (call == "mean" and attribute == "denominator"):
                attribute = ""
            yield Tag(section, name, call, argument, attribute)

    def divides_by_zero(self, case: Case) -> bool:
        """Whether a figure has a numerator over a denominator of 0, which is an error."""
        twin = Twin(case)
        for name, indicator in case.indicators.items():
            for period in self.columns(self.kinds[name]) if indicator.measure != "number" else []:
                if twin.part(name, "denominator", period).number == 0 and twin.part(name, "numerator", period).number:
                    return True
        return False


# Files


def write_folder(folder: Folder, root: Path) -> Path:
    """Writes the report folder and its workbook, and gives the workbook."""
    case = folder.case
    (root / "sections").mkdir(parents=True)
    (root / "sections" / "standard.md").write_text(TEMPLATE, encoding="utf-8")
    (root / "report.toml").write_text("\n".join(_report(case)), encoding="utf-8")
    (root / "indicators.toml").write_text("\n".join(_indicators(case)), encoding="utf-8")
    sheets = {
        "About": [["Key", "Value"], *([key, value] for key, value in folder.about.items())],
        **_data(folder),
        "Marks": [["Indicator", "Period", "Figure", "Mark"], *_marks(case)],
        "Narrative": [["Section", "Slot", "Text", "Period"], *_narrative(folder)],
    }
    if case.benchmarks:
        heads = ["Indicator", "Benchmark", "Value", "Period", "Status"]
        sheets["Benchmarks"] = [heads, *([n, c, _number(v), p, s] for n, c, v, p, s in case.benchmarks)]
    return write_workbook(root / "book.xlsx", sheets)


def _number(text: str) -> object:
    return text if text == "N/A" else float(text)


def _report(case: Case) -> Iterator[str]:
    yield 'title = "Report"\ndirection = "row"'
    if case.benchmark_period:
        yield f'benchmark_period = "{case.benchmark_period}"'
    yield from ("[periods]", *(f"{kind} = {list(offsets)}" for kind, offsets in case.offsets.items()))
    if case.terms != TERMS:
        names = [date(2023, month, 1).strftime("%b") for month in range(1, 13)]
        yield from ("[terms]", *(f'{name} = "{names[a - 1]}-{names[b - 1]}"' for name, a, b in case.terms))
    for name, always in case.comparators.items():
        yield f'[[comparators]]\nid = "{name}"\nheading = "{name}"\nname = "{name}"\nalways = {json.dumps(always)}'
    for n, names in enumerate(case.sections):
        yield f'[[sections]]\nid = "s{n}"\ntitle = "Section {n}"\nindicators = {json.dumps(list(names))}'
        yield '[[sections.slots]]\nid = "tags"\ntitle = "Tags"'


def _indicators(case: Case) -> Iterator[str]:
    for name, each in case.indicators.items():
        yield f'[[indicators]]\nid = "{name}"\ntitle = "{name.upper()}"\nmeasure = "{each.measure}"'
        keys = ("frequency", "shows", "decimals", "benchmark_decimals", "numerator", "denominator", "lag", "rolling")
        for key in (*keys, "cumulative", "direction"):
            if (value := getattr(each, key)) not in ("", None):
                yield f"{key} = {json.dumps(value)}"
        yield from (f"{key} = {day}" for key, day in (("from", each.since), ("until", each.until)) if day)
        if each.measure == "rate":
            yield f"per = {each.per}"
        if each.measure == "percentage":
            yield "may_exceed_100 = true"
    for name, carries in case.series.items():
        yield f'[[series]]\nid = "{name}"\ntitle = "{name.upper()}"\ncarry = {json.dumps(carries)}'
    for whole, parts in case.totals:
        yield f'[[totals]]\nwhole = "{whole}"\nparts = {json.dumps(list(parts))}'


def _shown(typed: object) -> object:
    return Shown(float(typed.fraction), "0.000%") if isinstance(typed, Percent) else typed


def _data(folder: Folder) -> dict[str, list[list[object]]]:
    cells = folder.case.cells
    if folder.layout == "long":
        keys = dict.fromkeys((name, period) for name, _, period in cells)
        parts = ("numerator", "denominator", "value")
        rows = [[n, p.label, *(_shown(cells.get((n, part, p))) for part in parts)] for n, p in keys]
        return {"Data": [["Indicator", "Period", "Numerator", "Denominator", "Value"], *rows]}
    columns = sorted({period for *_, period in cells}, key=lambda period: (period.kind, period.n))
    rows = list(dict.fromkeys((name, part) for name, part, _ in cells))
    heads: list[object] = ["Indicator", "Figure", *(period.label for period in columns)]
    table = [[name, part, *(_shown(cells.get((name, part, p))) for p in columns)] for name, part in rows]
    half = len(table) // 2 if folder.layout == "two sheets" else len(table)
    sheets = {"Data": [heads, *table[:half]], "Data - more": [heads, *table[half:]]}
    return {name: rows for name, rows in sheets.items() if len(rows) > 1}


def _marks(case: Case) -> Iterator[list[object]]:
    for name, part, period, mark in case.marks:
        yield [name, period.label, part or None, mark]


def _narrative(folder: Folder) -> Iterator[list[object]]:
    for n, tag in enumerate(folder.tags):
        yield [f"s{tag.section}", "tags", f"Tag {n}: {{{{ {tag} }}}}.", folder.case.period.label]
