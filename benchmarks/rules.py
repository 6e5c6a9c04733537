"""Reads a workbook and runs all rules on it once, everything imported beforehand; prints the seconds of both.

python -m benchmarks.rules WORKBOOK
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import cpreport.inputs.definitions.report_file  # noqa: F401
from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data, check_texts
from cpreport.compose.report import compose_report
from cpreport.inputs.month import read_workbook, with_narratives

if __name__ == "__main__":
    start = perf_counter()
    read = read_workbook(Path(sys.argv[1]))
    (workbook, _), folder = with_narratives(read), read.folder
    reading = perf_counter() - start
    figures = compute_figures(workbook, folder)
    published = publish(workbook, folder, figures)
    texts = compose_report(published.workbook, folder, published.figures).texts
    start = perf_counter()
    check_data(workbook, folder, figures)
    check_texts(published, folder, texts)
    print(perf_counter() - start, reading)
