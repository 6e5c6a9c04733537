"""Makes a report folder and its workbook of any size, always the same for the same numbers.

python -m benchmarks.generate FOLDER 63 37
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from benchmarks.layout import LAST_MONTH, MONTH_NAMES, POPULATION, WORKBOOK

Row = tuple[str, str, list[float]]

PRIMES = (557, 563, 569, 571, 577, 587, 593, 599, 601, 607, 613, 617, 619, 631)
"""Denominators. No count over a prime lies half-way between two printed figures, so that every way to round agrees."""

_PEOPLE = 98_047
_SECTION = """
[[sections]]
id = "section-{number}"
title = "Section {number}"
template = "sections/table.md"
indicators = {indicators}
"""
_INDICATOR = """
[[indicators]]
id = "{name}"
reference = "{name}"
title = "Children counted under {name}"
{measure}
"""
_REPORT = """\
title = "Benchmark"
direction = "row"
benchmark_period = "March 2022"

[[comparators]]
id = "SN"
heading = "SN"
name = "Statistical Neighbours average"
always = true

[[comparators]]
id = "England"
heading = "Eng."
name = "England average"
always = true

[periods]
month = {shown}
"""
_TEMPLATE = "# {{ section.title }}\n\n{{ indicator_table(section.indicators) }}\n"
_MEASURES = (
    'measure = "rate"\nshows = "count"\ndenominator = "population"',
    'measure = "percentage"\nshows = "fraction"\npolarity = "low"\ndenominator = "{whole}/numerator"',
    'measure = "percentage"\nshows = "count"\npolarity = "high"',
    'measure = "percentage"\npolarity = "high"',
    'measure = "number"\npolarity = "low"',
    'measure = "average"\ndenominator = "{whole}/numerator"',
    'measure = "percentage"\nshows = "fraction"\npolarity = "low"\ndenominator = "{whole}/numerator"',
)
"""The measures, in turn: a rate of a population, whose count is the whole of others; percentages; and so on."""


def generate(folder: Path, indicators: int, months: int, shown: int = 4, a_section: int = 9) -> Path:
    """Writes a report folder with its workbook, and gives the workbook's path.

    Tables show the newest `shown` months, or, with 4, three and the one a year ago; `a_section` indicators share one.
    """
    (folder / "sections").mkdir(parents=True, exist_ok=True)
    ids = [f"{number // 10 + 1}.{number % 10:02d}" for number in range(indicators)]
    report = _REPORT.format(shown=list(range(1 - shown, 1)) if shown != 4 else [-12, -2, -1, 0])
    (folder / "sections" / "table.md").write_text(_TEMPLATE, encoding="utf-8")
    (folder / "report.toml").write_text(report + "".join(_sections(ids, a_section)), encoding="utf-8")
    (folder / "indicators.toml").write_text("".join(_definitions(ids)), encoding="utf-8")
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    _fill_data(sheet, ids, months)
    _fill_benchmarks(book.create_sheet("Benchmarks"), ids)
    book.save(folder / WORKBOOK)
    return folder / WORKBOOK


def _sections(ids: list[str], size: int) -> Iterator[str]:
    for number, start in enumerate(range(0, len(ids), size), start=1):
        listed = ", ".join(f'"{name}"' for name in ids[start : start + size])
        yield _SECTION.format(number=number, indicators=f"[{listed}]")


def _definitions(ids: list[str]) -> Iterator[str]:
    yield f'[[series]]\nid = "{POPULATION}"\ntitle = "Children aged 0-17"\ncarry = true\n'
    for name, turn, whole in _in_turn(ids):
        measure = _MEASURES[turn].format(whole=whole)
        yield _INDICATOR.format(name=name, measure=measure)


def _in_turn(ids: list[str]) -> Iterator[tuple[str, int, str]]:
    """Each indicator with its place in _MEASURES and the rate whose count may be its whole."""
    for number, name in enumerate(ids):
        turn = number % len(_MEASURES)
        yield name, turn, ids[number - turn]


def _fill_data(sheet: Worksheet, ids: list[str], months: int) -> None:
    sheet.title = "Data"
    sheet.append(["Indicator", "Figure", *reversed(list(islice(_months_back(), months)))])
    for name, figure, numbers in _rows(ids, months, Random(months)):
        sheet.append([name, figure, *numbers])
        if isinstance(numbers[-1], float):
            for cell in sheet[sheet.max_row][2:]:
                cell.number_format = "0.0%"


def _months_back() -> Iterator[str]:
    year, month = LAST_MONTH
    while True:
        yield f"{MONTH_NAMES[month - 1]} {year % 100:02d}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)


def _rows(ids: list[str], months: int, random: Random) -> Iterator[Row]:
    """The rows of each indicator: a numerator, with a denominator of its own or not; a value."""
    yield POPULATION, "value", [_PEOPLE] * months
    for name, turn, _ in _in_turn(ids):
        wholes = [random.choice(PRIMES) for _ in range(months)]
        counts = [random.randint(10, 500) for _ in range(months)]
        match turn:
            case 0:
                yield name, "numerator", list(wholes)
            case 2:
                yield name, "numerator", list(counts)
                yield name, "denominator", list(wholes)
            case 3:
                yield name, "value", [count / 1000 for count in counts]
            case 4:
                yield name, "value", list(counts)
            case _:
                yield name, "numerator", list(counts)


def _fill_benchmarks(sheet: Worksheet, ids: list[str]) -> None:
    """Two for each indicator, none published for every fifth; those of averages about 1, never half-way."""
    sheet.append(["Indicator", "Benchmark", "Value", "Period"])
    for number, (name, turn, _) in enumerate(_in_turn(ids)):
        unit = 50 if _MEASURES[turn].startswith('measure = "average"') else 1
        if number % 5 < 4:
            sheet.append([name, "SN", (20 + number % 40) / unit, None])
            sheet.append([name, "England", (25 + number % 40) / unit, "2020/21" if number % 3 == 0 else None])


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *map(int, sys.argv[4:]))
