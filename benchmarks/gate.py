"""Prints how long the gate and the audit of a month take, with the imports that only they need, in seconds.

python -m benchmarks.gate WORKBOOK
"""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from time import perf_counter

from cpreport import load_workbook
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.word import render_word


def seconds(workbook: Path) -> float:
    """What they add to the build of a Word document."""
    month = load_workbook(workbook)
    report, folder = month.report, month.folder
    fill = partial(fill_tags, report=report)
    document = render_word(report, folder.shell.content, folder.default_shell, fill)
    _ = month.findings
    start = perf_counter()

    from cpreport.editions.audit import audit_file
    from cpreport.gate.word import check_word

    check_word(document.parts, "report.docx")
    audit_file(month.audit(workbook.parent))
    return perf_counter() - start


if __name__ == "__main__":
    gc.set_threshold(500_000)  # as the command does
    print(seconds(Path(sys.argv[1])))
