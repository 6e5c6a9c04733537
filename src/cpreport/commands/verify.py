"""`cpreport verify`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Quiet
from cpreport.commands.printing import Listing, print_json, print_text
from cpreport.model.errors import InputError

if TYPE_CHECKING:
    from cpreport.verification import Difference, Verification

_MOST_LINES = 20
"""How many differing paragraphs are listed without --json."""


def verify(
    document: Annotated[Path, typer.Argument(metavar="DOCUMENT", help="A report that cpreport wrote.")],
    workbook: Annotated[
        Path | None, typer.Option("--workbook", metavar="PATH", help="The workbook, if it is not where it was.")
    ] = None,
    quiet: Quiet = False,
    json: Annotated[bool, typer.Option("--json", help="Print the differences as JSON.")] = False,
) -> None:
    """Say whether a report is what its inputs give, and if not, where it differs and why. Nothing is written."""
    from cpreport.verification import Verification  # loads whatever may be compared

    try:
        found = Verification(document, workbook)
        differences = list(found.differences())
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(document, failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    if json:
        records = [each.record() for each in differences]
        stated = {"document": str(document), "audit": str(found.path), "same": not records}
        words = {"same_words": found.has_same_words, "saved_again": found.is_saved_again}
        print_json({**stated, **words, "differences": records})
    else:
        print_text(_told(found, differences))
    if differences:
        raise typer.Exit(Exit.INPUTS)


def _told(found: Verification, differences: Sequence[Difference]) -> str:
    if not differences:
        again = ": the same words, saved again by another program" if found.is_saved_again else ""
        return f"{found.document} is what {os.path.normpath(found.workbook)} gives{again}\n"
    texts = [each for each in differences if each.is_of_texts]
    left_out = texts[_MOST_LINES:]
    lines = [f"- {each.message}\n" for each in differences if each not in left_out]
    more = f"- and {len(left_out)} more paragraphs; --json lists them all\n" if left_out else ""
    if found.is_computed:
        first = f"{found.document} is not what {os.path.normpath(found.workbook)} gives:\n"
        last = "- all the same, it has the words that are computed now\n" if found.has_same_words else ""
    else:
        first = f"{found.document} cannot be compared with what {os.path.normpath(found.workbook)} gives:\n"
        last = "" if texts else "- all the same, it has the words that cpreport wrote\n"
    return f"{first}{''.join(lines)}{more}{last}"
