"""Join the tables in `examples/july-2023/` into the workbook `examples/july-2023.xlsx`.

Run `python examples/make_july_2023.py` from any folder. The same tables always give the same bytes.
"""

from datetime import datetime

from openpyxl import Workbook
from sheets import EXAMPLES, add_data_sheet, add_key_sheet, add_plain_sheet, save, sign

TABLES = EXAMPLES / "july-2023"
WORKBOOK = EXAMPLES / "july-2023.xlsx"


def july_2023() -> Workbook:
    """Give the whole example workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_plain_sheet(book, TABLES, "about", (24, 60), {"Key"})
    add_data_sheet(book, TABLES)
    add_plain_sheet(book, TABLES, "benchmarks", (26, 13, 10, 10, 12), {"Indicator", "Benchmark", "Period"})
    add_plain_sheet(book, TABLES, "breakdowns", (18, 60, 14, 10, 12), {"Breakdown", "Category", "Period"})
    add_plain_sheet(book, TABLES, "narrative", (20, 14, 120), {"Section", "Slot", "Text"})
    add_key_sheet(
        book,
        "printed in the board report of July 2023.",
        ("Sheets About and Narrative", "The board date and all narratives are illustrative."),
    )
    sign(book, "make_july_2023.py", "Corporate Parenting Board, July 2023 (example)", datetime(2023, 9, 1))
    return book


if __name__ == "__main__":
    save(july_2023(), WORKBOOK)
