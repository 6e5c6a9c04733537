"""`cpreport figures`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.commands.each import each
from cpreport.commands.options import Inputs, Json, OneWorkbook, Quiet
from cpreport.commands.printing import Listing, print_csv, print_json
from cpreport.commands.usage import expanded
from cpreport.model.errors import InputError

if TYPE_CHECKING:
    from cpreport.pipeline import Month


def figures(workbook: OneWorkbook, inputs: Inputs, quiet: Quiet = False, json: Json = False) -> None:
    """Print every computed figure as CSV (or JSON), with the cells it came from, unless the data have errors."""

    def list_rows(month: Month, _: Path) -> None:
        from cpreport.checks.order import data_errors

        if wrong := data_errors(month.of_figures[0]):
            raise InputError(*wrong)
        records = [row.record() for row in month.rows()]
        print_json(records) if json else print_csv(records)

    listing = Listing(quiet, False, sys.stderr)
    each(expanded([workbook]), inputs, listing, list_rows, found=lambda month: month.of_figures)
