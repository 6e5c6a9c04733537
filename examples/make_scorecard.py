"""Write `examples/scorecard.xlsx`: a made-up council's scorecard, as councils keep them, for `cpreport init --from`.

Run `python examples/make_scorecard.py` from any folder. The same rows always give the same bytes.
"""

from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from sheets import EXAMPLES, HEADER_FILL, HEADER_FONT, fill, fill_text, save, sign

WORKBOOK = EXAMPLES / "scorecard.xlsx"

TABLE = """\
Ref | Indicator | Good is | Target | Apr 23 | May 23 | Jun 23 | Jul 23 | England 2021/22 | RAG | Lead
| Children in care
1.1 | Children in care per 10,000 | Low | 60.0 | 62.1 | 62.4 | 62.4 | 61.6 | 70.0 | A | A. Price
1.2 | Number of children in care | Low | | 609 | 612 | 612 | 604 | | | A. Price
1.3 | Children who started to be looked after | | | 14 | 9 | 17 | 11 | | | A. Price
| Health and education
2.1 | Health assessments in time | High | 95.0% | 88.2% | 87.9% | 89.0% | 89.7% | 89.0% | A | J. Shah
2.2 | Dental checks in the last 12 months | High | 85.0% | 61.0% | 63.2% | n/a | 64.3% | 70.0% | R | J. Shah
2.3 | Personal education plans in time | High | 97.0% | see note | 96.1% | 97.4% | 98.2% | | G | M. Bell
"""
WIDTHS = (8, 44, 10, 10, 10, 10, 10, 10, 16, 8, 14)


def scorecard() -> Workbook:
    """Give the whole workbook: a title, headings, sections and indicators."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Scorecard"
    fill_text(sheet["A1"], "Millbrook Council: Children in care scorecard")
    sheet["A1"].font = Font(name="Calibri", size=14, bold=True)
    for column, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for line, row in enumerate(TABLE.splitlines(), start=3):
        for column, text in enumerate(map(str.strip, row.split("|")), start=1):
            cell = sheet.cell(line, column)
            if line == 3 or (column == 1 and text):
                fill_text(cell, text)
            elif isinstance(cell, Cell):
                fill(cell, text)
            if line == 3:
                cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    sign(book, "make_scorecard.py", "Scorecard (example)", datetime(2023, 8, 1))
    return book


if __name__ == "__main__":
    save(scorecard(), WORKBOOK)
