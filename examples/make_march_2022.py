"""Join the tables in `examples/march-2022/` into the workbook `examples/march-2022/february-2022.xlsx`.

Published figures are those of a corporate parenting board's overview of March 2022; `peers.csv` has children in care of
the authority's statistical neighbours as the DfE (31 March 2021) and ADCS Yorkshire and the Humber (later quarters)
published them. Run `python examples/make_march_2022.py` from any folder. The same tables always give the same bytes.
"""

from datetime import datetime

from openpyxl import Workbook
from sheets import EXAMPLES, add_data_sheet, add_key_sheet, add_plain_sheet, save, sign

TABLES = EXAMPLES / "march-2022"
WORKBOOK = TABLES / "february-2022.xlsx"


def march_2022() -> Workbook:
    """Give the whole example workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    add_plain_sheet(book, TABLES, "about", (24, 60), {"Key"})
    add_data_sheet(book, TABLES)
    add_plain_sheet(book, TABLES, "benchmarks", (26, 13, 10, 14, 12, 14), {"Indicator", "Benchmark", "Period"})
    breakdown_texts = {"Breakdown", "Category", "Group", "Period"}
    add_plain_sheet(book, TABLES, "breakdowns", (20, 36, 26, 10, 12, 36), breakdown_texts)
    add_plain_sheet(book, TABLES, "peers", (24, 26, 12, 12, 14, 26), {"Authority", "Indicator", "Period"})
    add_key_sheet(
        book,
        "printed in a corporate parenting board's overview of March 2022. "
        "The paper prints 85.6% and then 88.2% of pathway plans; which months these are is illustrative. "
        "Of orders it prints 51 and 11 since January 2021; how they fell in the months is illustrative.",
        (
            "Sheets About, Benchmarks, Breakdowns and Peers",
            "The column Source says what is published. Dates and names in About and all narratives are illustrative.",
        ),
    )
    sign(book, "make_march_2022.py", "Children in care overview, March 2022 (example)", datetime(2022, 3, 10))
    return book


if __name__ == "__main__":
    save(march_2022(), WORKBOOK)
