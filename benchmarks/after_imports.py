"""Loads and builds once, everything imported beforehand; prints the seconds and the most memory in KiB.

python -m benchmarks.after_imports WORKBOOK
"""

from __future__ import annotations

import resource
import sys
from time import perf_counter

import markdown_it  # noqa: F401

from cpreport import build_report, load_workbook

if __name__ == "__main__":
    start = perf_counter()
    build_report(load_workbook(sys.argv[1]))
    seconds = perf_counter() - start
    unit = 1024 if sys.platform == "darwin" else 1
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)
