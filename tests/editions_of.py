"""Reports of several kinds, built in the editions that a test asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.everything import everything_on

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = {
    "example": EXAMPLES / "july-2023.xlsx",
    "overview with charts": EXAMPLES / "march-2022" / "february-2022.xlsx",
    "scorecard": EXAMPLES / "q4-2016-17" / "q4-2016-17.xlsx",
}
NAMES = (*REPORTS, "everything on", "draft with problems")


def editions_of(name: str, folder: Path, *formats: str) -> dict[str, Path]:
    """The files of a report in these formats, by their extensions without the dot; the audit file is `json`."""
    more: list[str] = []
    if name in REPORTS:
        workbook = REPORTS[name]
    else:
        workbook = everything_on(folder / "report")
        more = ["--report", str(workbook.parent)]
    if name == "draft with problems":
        import openpyxl

        book = openpyxl.load_workbook(workbook)
        book["Data"]["Q5"] = 62000
        book.save(workbook)
        more += ["--draft"]
    out = folder / "out"
    out.mkdir()
    asked = [word for each in formats for word in ("--format", each)]
    command = [sys.executable, "-m", "cpreport", "build", str(workbook), "--quiet", "--output", str(out), *asked, *more]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {path.suffix[1:]: path for path in out.iterdir()}


def page_of(name: str, folder: Path) -> Path:
    """The HTML edition of a report."""
    return editions_of(name, folder, "html")["html"]
