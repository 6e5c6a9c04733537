"""Builds a report as it is with so many charts of 25 months more, each with three lines.

python -m benchmarks.charts WORKBOOK DOCUMENT CHARTS [html] [pdf]
"""

from __future__ import annotations

import gc
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


def build(workbook: Path, document: Path, charts: int, kinds: list[str]) -> None:
    """Writes the report with so many charts more as `document`, and in further kinds of files beside it."""
    month = load_workbook(workbook)
    report, folder = month.report, month.folder
    _ = month.findings  # as every build looks at them first
    first, *others = report.sections
    more = tuple(map(a_chart, range(charts)))
    report = replace(report, sections=(replace(first, blocks=(*first.blocks, *more)), *others))
    fill, shell = partial(fill_tags, report=report), (folder.shell.content, folder.default_shell)
    document.write_bytes(render_word(report, *shell, fill).sealed())
    if not kinds:
        return
    from cpreport.editions.front import published

    publication = published(report, *shell, fill, month.audit(workbook.parent).figures)
    if "html" in kinds:
        from cpreport.compose.page import fill_page
        from cpreport.editions.html.document import render_html

        text = render_html(publication, folder.page_html, folder.page_css, partial(fill_page, report=report))
        document.with_suffix(".html").write_text(text, encoding="utf-8")
    if "pdf" in kinds:
        from cpreport.editions.pdf.rendering import render_pdf

        document.with_suffix(".pdf").write_bytes(render_pdf(publication, folder.page_typ))


if __name__ == "__main__":
    gc.set_threshold(500_000)  # as the command does
    build(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
