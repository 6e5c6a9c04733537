"""A Word template with loops, filled by docxtpl from what openpyxl reads."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from openpyxl import load_workbook

from benchmarks.peers.figures import Benchmarks, Numbers, tables

TEMPLATE = Path("template.docx")
"""In the report folder; benchmarks.peers.template makes it."""


def main(folder: Path, workbook: Path, target: Path) -> None:
    book = load_workbook(workbook, read_only=True, data_only=True)
    (_, _, *months), *rows = _values(book["Data"])
    numbers: Numbers = {(name, figure): row for name, figure, *row in rows}
    _, *listed = _values(book["Benchmarks"])
    benchmarks: Benchmarks = {(name, comparator): (value, period or "") for name, comparator, value, period in listed}
    template = DocxTemplate(folder / TEMPLATE)
    template.render({"tables": tables(folder, months, numbers, benchmarks)}, autoescape=True)
    template.save(target)


def _values(sheet: Any) -> Iterator[Any]:
    return sheet.iter_rows(values_only=True)  # type: ignore[no-any-return]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
