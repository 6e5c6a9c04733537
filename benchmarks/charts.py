"""Builds a report as it is with so many charts of 25 months more, each with three lines.

python -m benchmarks.charts WORKBOOK DOCUMENT CHARTS
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from pathlib import Path

from cpreport import load_workbook
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.word import render_word
from cpreport.model.chart import Chart, ChartKind, ChartSeries, Point, SeriesRole

_MONTHS = tuple(date(2021 + month // 12, month % 12 + 1, 28) for month in range(25))


def a_chart(number: int) -> Chart:
    """A chart unlike those of other numbers."""
    figures = tuple(Point(Fraction(600 + number + month % 7), f"{600 + number + month % 7}") for month in range(25))
    target, limit = ((Point(Fraction(high), f"{high}"),) * 25 for high in (610, 640))
    return Chart(
        kind=ChartKind.LINES,
        categories=tuple(f"{day:%b %y}" for day in _MONTHS),
        series=(
            ChartSeries("Children in care", figures),
            ChartSeries("Target", target, SeriesRole.TARGET),
            ChartSeries("Upper limit", limit, SeriesRole.LIMIT),
        ),
        unit="Number of children",
        decimals=0,
        suffix="",
        caption=f"Children in care, {number}",
        description="Made for measuring.",
        dates=_MONTHS,
    )


if __name__ == "__main__":
    month = load_workbook(sys.argv[1])
    report, folder = month.report, month.folder
    first, *others = report.sections
    more = tuple(map(a_chart, range(int(sys.argv[3]))))
    report = replace(report, sections=(replace(first, blocks=(*first.blocks, *more)), *others))
    fill = partial(fill_tags, report=report)
    Path(sys.argv[2]).write_bytes(render_word(report, folder.shell.content, folder.default_shell, fill).sealed())
