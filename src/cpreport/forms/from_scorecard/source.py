"""The cells of a source workbook as its draft takes them over: the same number or text in the same number format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cpreport.forms.books import TEXT, BookCell
from cpreport.inputs.workbook.cells.as_shown import as_shown
from cpreport.inputs.workbook.cells.number_formats import sections
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Sheet, Spreadsheet, Trait
from cpreport.inputs.workbook.meaning import read_amount, text_of
from cpreport.inputs.workbook.tables import named_sheet
from cpreport.model.figure import Amount, CellRef, Form
from cpreport.model.finding import Place
from cpreport.model.rules.data import NUMBER_AS_TEXT

GENERAL = "General"
_DECIMALS = re.compile(r"\.([0-9]+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A workbook that a draft is made from."""

    book: Spreadsheet

    def value(self, cell: CellRef) -> CellValue:
        """What a cell holds; "" where it is blank or outside of what is used."""
        rows = self._sheet(cell).rows
        return rows[cell.row - 1][cell.column - 1] if cell.row <= len(rows) and cell.column <= len(rows[0]) else ""

    def is_blank(self, cell: CellRef) -> bool:
        value = self.value(cell)
        return self._trait(cell) is None and isinstance(value, str) and not value.strip()

    def is_number_as_text(self, cell: CellRef) -> bool:
        """Whether it holds a text that is a number."""
        _, problem = read_amount(self.value(cell), self._trait(cell))
        return problem is not None and problem.rule is NUMBER_AS_TEXT

    def is_number(self, cell: CellRef) -> bool:
        """Whether it holds a number of Excel's own, which no text column of the draft takes."""
        value = self.value(cell)
        return isinstance(value, int | float) and not isinstance(value, bool)

    def amount(self, cell: CellRef) -> Amount:
        """What a cell says of a figure."""
        return read_amount(self.value(cell), self._trait(cell))[0]

    def shown(self, cell: CellRef) -> str:
        """A cell's value as Excel shows it; as it is where the number format is not known."""
        value = self.value(cell)
        shown = as_shown(value, self._code(cell)) if isinstance(value, int | float) else None
        return text_of(value) if shown is None else shown

    def decimals(self, cell: CellRef) -> int:
        """How many decimals a cell's number is shown with."""
        found = _DECIMALS.search(self.shown(cell).replace(",", ""))
        return len(found[1]) if found else 0

    def copied(self, cell: CellRef) -> BookCell:
        """A cell that can be taken over, in the same number format; a text that is a number as that number."""
        value, amount = self.value(cell), self.amount(cell)
        if isinstance(value, int | float):
            return BookCell(float(value), self._code(cell) or GENERAL)
        if amount.number is None or not self.is_number_as_text(cell):
            return BookCell(text_of(value))
        places = f"{0:.{self.decimals(cell)}f}"
        if amount.form is Form.PERCENT_TEXT:
            return BookCell(float(amount.number / 100), f"{places}%")
        return BookCell(float(amount.number), f"#,##{places}")

    def why_not(self, cell: CellRef) -> str:
        """Why what a cell holds is no figure that can be taken over; empty where it can."""
        _, problem = read_amount(self.value(cell), self._trait(cell))
        finding = problem.at(Place()) if problem else None
        return finding.message if finding and finding.is_error else ""

    def is_hidden(self, cell: CellRef) -> bool:
        """Whether its row, its column or its sheet is hidden."""
        sheet = self._sheet(cell)
        in_hidden = cell.row - 1 in sheet.cells.hidden_rows or cell.column - 1 in sheet.cells.hidden_columns
        return sheet.hidden or in_hidden

    def place(self, cell: CellRef) -> str:
        """`[scorecard.xlsx]KPI!B7`."""
        return str(cell._replace(file=self.book.file))

    def _sheet(self, cell: CellRef) -> Sheet:
        sheet = named_sheet(self.book, cell.sheet)
        if sheet is None:
            raise LookupError(cell.sheet)
        return sheet

    def _trait(self, cell: CellRef) -> Trait | None:
        return self._sheet(cell).cells.traits.get((cell.row - 1, cell.column - 1))

    def _code(self, cell: CellRef) -> str:
        """Its number format; empty where Excel shows the number without one, or it is not known."""
        code = self._sheet(cell).cells.number_formats.get((cell.row - 1, cell.column - 1), "")
        is_known = all(kind != "unknown" for section in sections(code) for kind, _ in section)
        return code if is_known and code != TEXT else ""
