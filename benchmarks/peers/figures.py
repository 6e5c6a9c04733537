"""What both peers compute: the tables' texts, in plain floats, from the rows of the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.layout import POPULATION

Numbers = Mapping[tuple[str, str], Sequence[float]]
"""Rows of the workbook by indicator and figure."""
Benchmarks = Mapping[tuple[str, str], tuple[float, str]]
"""Values and periods by indicator and comparator."""

COMPARATORS = ("SN", "England")
UNITS = {
    ("rate", "count"): "Per 10,000 (number)",
    ("percentage", "fraction"): "% (number/out of)",
    ("percentage", "count"): "% (number)",
    ("percentage", "value"): "%",
    ("number", "value"): "Number",
    ("average", "value"): "Average",
}
MERIT = {"high": "\nhigher is better", "low": "\nlower is better"}
PER = {"rate": 10_000, "percentage": 100, "average": 1}
DECIMALS = {"rate": 1, "percentage": 1, "number": 0, "average": 2}


@dataclass
class Table:
    """A section's title, its table's caption and all texts, the heading row first."""

    title: str
    caption: str
    rows: list[list[str]]


def tables(folder: Path, months: Sequence[str], numbers: Numbers, benchmarks: Benchmarks) -> list[Table]:
    report = tomllib.loads((folder / "report.toml").read_text(encoding="utf-8"))
    listed = tomllib.loads((folder / "indicators.toml").read_text(encoding="utf-8"))["indicators"]
    indicators = {entry["id"]: entry for entry in listed}
    offsets = report["periods"]["month"]
    shown = [months[offset - 1] for offset in offsets]
    headings = ["Key indicator", "Type of measure", f"{shown[0]}, year ago", *shown[1:], "SN", "Eng."]
    stated = report["benchmark_period"]
    caption = f"Month end, {shown[0]} to {shown[-1]}; benchmarks of {stated} unless another period is given"
    made = []
    for section in report["sections"]:
        chosen = [indicators[name] for name in section["indicators"]]
        rows = [row for indicator in chosen for row in _rows(indicator, offsets, numbers, benchmarks, stated)]
        made.append(Table(section["title"], caption, [headings, *rows]))
    return made


def _rows(indicator: Any, offsets: list[int], numbers: Numbers, benchmarks: Benchmarks, stated: str) -> list[list[str]]:
    """The figures, then the direction of travel."""
    name, measure = indicator["id"], indicator["measure"]
    tops, bottoms, values = _series(indicator, numbers)
    kind = UNITS[measure, indicator.get("shows", "value")] + MERIT.get(indicator.get("polarity", ""), "")
    figures = [f"{name} {indicator['title']}", kind]
    figures += [_text(indicator, tops[at - 1], bottoms[at - 1], values[at - 1]) for at in offsets]
    directions = [f"Direction of travel, {name}", "change on previous month"]
    directions += [_arrow(values, at) for at in offsets]
    for comparator in COMPARATORS:
        value, period = benchmarks.get((name, comparator), (None, ""))
        figures.append(_benchmark(measure, value, "" if period == stated else period))
        directions.append(_stance(measure, values[-1], value))
    return [figures, directions]


def _series(indicator: Any, numbers: Numbers) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    """Numerators, denominators and values, month by month."""
    name, measure = indicator["id"], indicator["measure"]
    if (name, "value") in numbers:
        values = numbers[name, "value"]
        return values, values, [value * 100 for value in values] if measure == "percentage" else values
    tops = numbers[name, "numerator"]
    bottoms = numbers[_denominator(indicator)]
    return tops, bottoms, [PER[measure] * top / bottom for top, bottom in zip(tops, bottoms, strict=True)]


def _denominator(indicator: Any) -> tuple[str, str]:
    of = indicator.get("denominator", f"{indicator['id']}/denominator")
    return (POPULATION, "value") if of == POPULATION else tuple(of.split("/"))


def _text(indicator: Any, top: float, bottom: float, value: float) -> str:
    measure = indicator["measure"]
    text = f"{value:,.{DECIMALS[measure]}f}" + ("%" if measure == "percentage" else "")
    shows = indicator.get("shows", "value")
    return text + {"value": "", "count": f" ({top:,.0f})", "fraction": f" ({top:,.0f}/{bottom:,.0f})"}[shows]


def _arrow(values: Sequence[float], offset: int) -> str:
    if offset - 2 < -len(values):
        return "not compared"
    earlier, later = values[offset - 2], values[offset - 1]
    return "↑ up" if later > earlier else "↓ down" if later < earlier else "↔ same"


def _benchmark(measure: str, value: float | None, period: str) -> str:
    if value is None:
        return "N/A"
    text = f"{value:,.0f}" if measure == "number" else f"{value:,.1f}"
    return text + ("%" if measure == "percentage" else "") + (f" ({period})" if period else "")


def _stance(measure: str, ours: float, theirs: float | None) -> str:
    if theirs is None:
        return "N/A"
    decimals = 0 if measure == "number" else 1
    difference = round(ours, decimals) - round(theirs, decimals)
    return "we are higher" if difference > 0 else "we are lower" if difference < 0 else "equal"
