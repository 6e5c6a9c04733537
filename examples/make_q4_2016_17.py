"""Join the tables in `examples/q4-2016-17/` into the workbook `examples/q4-2016-17/q4-2016-17.xlsx`.

Run `python examples/make_q4_2016_17.py` from any folder. The same tables always give the same bytes.
"""

from datetime import datetime

from openpyxl import Workbook
from sheets import EXAMPLES, add_data_sheet, add_key_sheet, add_plain_sheet, save, sign

TABLES = EXAMPLES / "q4-2016-17"
WORKBOOK = TABLES / "q4-2016-17.xlsx"


def q4_2016_17() -> Workbook:
    """Give the whole example workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_plain_sheet(book, TABLES, "about", (24, 60), {"Key"})
    add_data_sheet(book, TABLES)
    add_plain_sheet(book, TABLES, "status", (14, 20, 100), {"Indicator"})
    add_key_sheet(
        book,
        "printed in a council's scrutiny paper on the fourth quarter of 2016/17. "
        "Of KI 220 the paper prints 12 for the year, of which 1 in the quarter; how the other 11 fell is illustrative.",
        (
            "Sheets About and Status",
            "The dates and the reason for a status are illustrative.",
        ),
    )
    sign(book, "make_q4_2016_17.py", "Performance Scorecard, Quarter 4, 2016/17 (example)", datetime(2017, 6, 1))
    return book


if __name__ == "__main__":
    save(q4_2016_17(), WORKBOOK)
