"""`cpreport check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cpreport.commands.each import Exit, each_by_itself
from cpreport.commands.options import Ignore, Json, Only, Quiet
from cpreport.commands.printing import Listing
from cpreport.commands.usage import expanded


def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Word documents, web pages, PDFs; wildcards are expanded.")
    ],
    only: Only = [],  # noqa: B006 - nobody changes it
    ignore: Ignore = [],  # noqa: B006
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """List what readers of finished documents would miss, with how to fix it. Any document will do."""
    from cpreport.gate.document import check_document
    from cpreport.inputs.texts import read_bytes
    from cpreport.office.package import LARGEST_UNPACKED

    listing = Listing(quiet, json, sys.stdout, what="documents", only=only, ignore=ignore)

    def findings_of(path: Path) -> Exit:
        found = listing.add(path, check_document(read_bytes(path, LARGEST_UNPACKED), path.name))
        return Exit.INPUTS if any(finding.is_error for finding in found) else Exit.DONE

    each_by_itself(expanded(files, "document"), listing, findings_of)
