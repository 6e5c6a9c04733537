"""The usual way: pandas reads the workbook, python-docx writes the tables cell by cell."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
from docx import Document

from benchmarks.peers.figures import Benchmarks, Numbers, tables


def main(folder: Path, workbook: Path, target: Path) -> None:
    sheets = pd.read_excel(workbook, sheet_name=None, engine="openpyxl", dtype={"Indicator": str})
    data, listed = sheets["Data"], sheets["Benchmarks"].fillna("")
    months = [str(heading) for heading in data.columns[2:]]
    numbers: Numbers = {(row.iloc[0], row.iloc[1]): list(row.iloc[2:]) for _, row in data.iterrows()}
    benchmarks: Benchmarks = {(row.iloc[0], row.iloc[1]): (row.iloc[2], row.iloc[3]) for _, row in listed.iterrows()}
    document = Document()
    for made in tables(folder, months, numbers, benchmarks):
        document.add_heading(made.title, 1)
        document.add_paragraph(made.caption, style="Caption")
        table = document.add_table(rows=len(made.rows), cols=len(made.rows[0]), style="Table Grid")
        for r, row in enumerate(made.rows):
            for c, text in enumerate(row):
                table.cell(r, c).text = text
    document.save(str(target))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
