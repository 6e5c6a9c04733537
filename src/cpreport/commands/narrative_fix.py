"""`cpreport narrative fix`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit, each
from cpreport.commands.options import Inputs, Json, OneWorkbook, Quiet
from cpreport.commands.printing import Listing, complain, print_json, print_text, say
from cpreport.commands.usage import only_one
from cpreport.model.finding import Finding

if TYPE_CHECKING:
    from cpreport.pipeline import Month


def fix(
    workbook: OneWorkbook,
    inputs: Inputs,
    write: Annotated[bool, typer.Option("--write", help="Write the changes instead of only showing them.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Show which numbers typed in narratives tags can print just so; with --write, put the tags in their places."""

    def mend(month: Month, path: Path, _told: Sequence[Finding]) -> Exit:
        from cpreport.annotate.fixes import fix_narratives, write_fixes
        from cpreport.compose.replacements import replacement_record, replacements_text, said_of_replacements

        fixes = fix_narratives(month, path, inputs.narrative)
        if json:
            print_json([replacement_record(found) for found in fixes.replacements])
        else:
            print_text(replacements_text(fixes.replacements))
        for loss in fixes.losses:
            complain(loss)
        if write:
            write_fixes(fixes, path)
        say(said_of_replacements(fixes.replacements, write), quiet)
        return Exit.DONE

    only_wrong_data = Listing(True, False, sys.stderr, ignore=("narrative", "template"), errors_only=True)
    each([only_one(workbook, "narrative fix")], inputs, only_wrong_data, mend)
