"""A side road: from numbers typed in narratives to the tags that print them, in the files themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.quoted import computable
from cpreport.checks.selection import permitted
from cpreport.inputs.narratives.sources import is_word, narrative_folder, read_cells
from cpreport.inputs.texts import encoding_of, read_bytes, refuse_open
from cpreport.model.correction import IN_WORD, Correction, Replacement
from cpreport.model.errors import InputError
from cpreport.office.package import LARGEST_UNPACKED, Package
from cpreport.pipeline import Month

if TYPE_CHECKING:
    from cpreport.editions.writing import Rewrite


@dataclass(frozen=True, slots=True)
class Fixes:
    """The numbers typed in narratives for which there are tags, and the files as they would be with them.

    `losses` are sentences on what of a file would go.
    """

    replacements: tuple[Replacement, ...]
    files: tuple[Rewrite, ...] = ()
    losses: tuple[str, ...] = ()


def fix_narratives(month: Month, path: Path, narrative: Path | None = None) -> Fixes:
    """The tags that can take the place of numbers in the narratives of a workbook. Nothing is written.

    `month` was read from `path` with the narrative folder `narrative`. Raises InputError if the workbook's data are
    wrong, UsageError if it is of a kind that cannot be changed, EnvironmentFailure where the system fails or files have
    changed since they were read.
    """
    if month.data_errors:
        raise InputError(*month.data_errors)
    corrections: dict[tuple[str, str], list[Correction]] = {}
    for each in computable(CheckContext(month.workbook, month.folder, month.figures, texts=month.texts)):
        place = each.passage.place
        kept = permitted(each, month.folder, month.workbook.data_as_at, month.workbook.accepted)
        corrections.setdefault((place.file, place.sheet), []).append(kept)
    folder = narrative_folder(path, month.workbook.period, narrative)
    fixes = [_fixes_in(path if sheet else folder / file, several) for (file, sheet), several in corrections.items()]
    return Fixes(
        tuple(replacement for each in fixes for replacement in each.replacements),
        tuple(file for each in fixes for file in each.files),
        tuple(loss for each in fixes for loss in each.losses),
    )


def _fixes_in(path: Path, corrections: Sequence[Correction]) -> Fixes:
    """Those in one file."""
    from cpreport.annotate.corrected import Corrected, correct_sheet, correct_text
    from cpreport.editions.writing import Rewrite

    sheet, before = corrections[0].passage.place.sheet, b""
    if is_word(path.name):
        corrected: Corrected = b"", [each.left(IN_WORD) for each in corrections], []
    elif not any(each.done for each in corrections):
        corrected = b"", corrections, []
    elif sheet:
        before = read_bytes(path, LARGEST_UNPACKED)
        held = read_cells(path, sheet, [each.passage for each in corrections])
        corrected = correct_sheet(Package(before).parts(), path.name, held, corrections)
    else:
        before = read_bytes(path)
        corrected = correct_text(before, path.name, encoding_of(before), corrections)
    content, judged, losses = corrected
    files = (Rewrite(path, before, content),) if any(each.done for each in judged) else ()
    return Fixes(tuple(found for each in judged for found in each.replacements), files, tuple(losses))


def write_fixes(fixes: Fixes, workbook: Path) -> None:
    """Writes the files of a workbook's fixes.

    Raises EnvironmentFailure if one cannot be written, has changed since it was read, or is the workbook and open in
    another program; the message says whether anything was written.
    """
    from cpreport.editions.writing import rewrite_all

    if any(file.path == workbook for file in fixes.files):
        refuse_open(workbook)
    rewrite_all(fixes.files)
