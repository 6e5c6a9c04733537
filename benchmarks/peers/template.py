"""Makes the template that template_loops fills, as somebody would type it in Word.

python -m benchmarks.peers.template FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document

ROWS = (
    ("{%tr for row in table.rows %}", "", ""),
    ("{%tc for text in row %}", "{{ text }}", "{%tc endfor %}"),
    ("{%tr endfor %}", "", ""),
)


def main(folder: Path) -> None:
    document = Document()
    document.add_paragraph("{%p for table in tables %}")
    document.add_heading("{{ table.title }}", 1)
    document.add_paragraph("{{ table.caption }}", style="Caption")
    table = document.add_table(rows=0, cols=3, style="Table Grid")
    for texts in ROWS:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("{%p endfor %}")
    document.save(str(folder / "template.docx"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
