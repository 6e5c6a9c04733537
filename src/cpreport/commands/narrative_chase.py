"""`cpreport narrative chase`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.commands.each import Exit, each
from cpreport.commands.options import Inputs, Json, OneWorkbook, Quiet
from cpreport.commands.printing import Listing, print_json, print_text
from cpreport.commands.usage import only_one
from cpreport.model.finding import Finding

if TYPE_CHECKING:
    from cpreport.pipeline import Month


def chase(
    workbook: OneWorkbook,
    inputs: Inputs,
    quiet: Quiet = False,  # noqa: ARG001 - taken like everywhere; there is nothing to hush
    json: Json = False,
) -> None:
    """Say who owes which text, ready to paste into a mail: what is missing, too short, too long or copied."""
    from cpreport.compose.chase import OWING, owed_text

    def tell(month: Month, _: Path, _told: Sequence[Finding]) -> Exit:
        owed = month.owed()
        if json:
            print_json([text.record() for text in owed])
        else:
            print_text(owed_text(owed, month.workbook, month.folder))
        return Exit.DONE

    only_other_errors = Listing(True, False, sys.stderr, ignore=sorted(OWING), errors_only=True)
    each([only_one(workbook, "narrative chase")], inputs, only_other_errors, tell)
