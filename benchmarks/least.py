"""The least that any such program does: the same imports, the workbook's values, an empty document.

python -m benchmarks.least WORKBOOK DOCUMENT
"""

from __future__ import annotations

import sys

import jinja2  # noqa: F401
import pydantic  # noqa: F401
import typer  # noqa: F401
from docx import Document
from python_calamine import CalamineWorkbook

if __name__ == "__main__":
    book = CalamineWorkbook.from_path(sys.argv[1])
    values = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    Document().save(sys.argv[2])
