"""What `cpreport init` makes: a report folder, or a workbook with an Indicators sheet, with figures and narratives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import count
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cpreport.forms.books import BookSheet
from cpreport.forms.making import make_forms, write_forms
from cpreport.forms.starter.adding import Added, add_missing
from cpreport.forms.starter.figures import Example
from cpreport.forms.starter.folder import copy_report
from cpreport.forms.starter.held import has_standard_template, left_out
from cpreport.forms.starter.indicators import INDICATORS, indicators_sheet, save_definition
from cpreport.forms.starter.workbook import looks_of_indicators, save_workbook
from cpreport.inputs.definitions.folder import read_report_folder
from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.month import is_report, read_figures, report_beside
from cpreport.inputs.template_needs import TemplateNeeds, read_template_needs
from cpreport.inputs.texts import control_character
from cpreport.inputs.workbook.cells.spreadsheet import read_spreadsheet
from cpreport.model.errors import InputError, UsageError
from cpreport.model.folder import ReportFolder
from cpreport.model.period import MONTHS, TERMS, Kind, Period
from cpreport.model.tags import in_tag
from cpreport.model.workbook import sheet_key

_REPLACE = "Replace this text with your own."


class Starter(NamedTuple):
    """What a folder has to start from: the workbook to edit, and which files were added to it or were there.

    `left_out` names what the report has and an Indicators sheet cannot hold.
    """

    workbook: Path
    files: Added
    left_out: tuple[str, ...] = ()


def make_folder(
    folder: Path, report: Path | None, authority: str, period: Period, wanted: Sequence[str] = ()
) -> Starter:
    """Adds a report folder with a workbook and narratives for a reporting month, all made up, to a folder.

    `report` is the report folder to copy; None: the folder itself if it is one, else the packaged one. `wanted` are
    indicators to take from its library, too. A folder that has a workbook of a month gets no example figures.

    Raises UsageError if the authority cannot be printed, the library lacks an indicator or the folder has a report of
    its own beside `report`, InputError if the report folder has mistakes, EnvironmentFailure where the system fails; in
    all cases nothing is left behind.
    """
    name = _printable(authority, period)
    if report and is_report(folder):
        raise UsageError(f"{folder} has a report.toml of its own: leave out --report, or give a new folder")
    root = report or report_beside(folder)
    own = _workbook_in(folder)
    if own and not is_report(folder) and _has_indicators(folder / own):
        raise UsageError(f"{folder / own} has a sheet {INDICATORS}, which says what its report is: give a new folder")
    workbook = own or _file_name(period)

    def write(staging: Path) -> None:
        copy_report(root, staging, name, wanted, folder)
        made, _ = read_report_folder(staging)
        if not own:
            _write_examples(staging / workbook, made, name, period)

    files = add_missing(folder, write, replaced=("report.toml",) if wanted else ())
    return Starter(folder / workbook, files._replace(kept=(*files.kept, own)) if own else files)


def make_workbook(
    folder: Path, report: Path | None, authority: str, period: Period, wanted: Sequence[str] = ()
) -> Starter:
    """Adds a workbook with an Indicators sheet, and its narratives, to a folder, as `make_folder` adds a report folder.

    A folder that has a workbook of a month gets nothing. Only the packaged report gets targets that are made up: with
    `report` the document is what that folder makes of the workbook, but for what is left out. Raises UsageError also
    where the folder has a report.toml, or an Indicators sheet cannot hold the report's indicators.
    """
    name = _printable(authority, period)
    if is_report(folder):
        raise UsageError(f"{folder} has a report.toml, which says what its report is: add --folder")
    if own := _workbook_in(folder):
        if wanted:
            raise UsageError(
                f"--with: {folder / own} is there and is kept:"
                f" give a new folder, and copy the rows from its sheets {INDICATORS} and Data, or add --folder"
            )
        return Starter(folder / own, Added((), (own,)))
    root = report or report_beside(folder)
    plan, _ = read_report_folder(root)
    if not has_standard_template(plan):
        raise UsageError(
            f"the report {root.name} is made by its own templates, which no workbook can hold: add --folder"
        )
    left: list[str] = []

    def write(staging: Path) -> None:
        indicators, made = _in_sheet(root, plan, name, period, wanted, report is None)
        _write_examples(staging / _file_name(period), made, name, period, indicators)
        left.extend(left_out(plan, made))

    files = add_missing(folder, write)
    return Starter(folder / _file_name(period), files, tuple(left))


def _in_sheet(
    root: Path, plan: ReportFolder, authority: str, period: Period, wanted: Sequence[str], example_targets: bool
) -> tuple[BookSheet, ReportFolder]:
    """A report's Indicators sheet, and what the report is once it is read back from that."""
    with TemporaryDirectory() as temporary:
        copied, draft = Path(temporary) / "report", Path(temporary) / "draft.xlsx"
        copy_report(root, copied, authority, wanted, example_targets=example_targets)
        indicators = indicators_sheet(copied, read_report_folder(copied)[0], plan, looks_of_indicators())
        save_definition(draft, plan, indicators, period.end)
        try:
            _, made, _ = read_figures(read_spreadsheet(draft), draft, None, period)
        except InputError as failure:
            reason = failure.findings[0].message
            raise UsageError(f"an Indicators sheet cannot hold this report ({reason}): add --folder") from failure
    return indicators, made


def _write_examples(
    workbook: Path, made: ReportFolder, authority: str, period: Period, indicators: BookSheet | None = None
) -> None:
    """Writes a workbook of example figures and its narratives."""
    needs = read_template_needs(made)
    save_workbook(workbook, Example(made, period, needs), authority, indicators)
    write_forms(make_forms(workbook, period=period, texts=_texts(made, needs)))


def _printable(name: str, period: Period) -> str:
    """The authority's name as it prints; raises UsageError where it has none, or the period is not a month."""
    if period.kind is not Kind.MONTH:
        raise UsageError(f"a starter is made for a month such as 2023-07, not for {period}")
    if not name.strip() or control_character(name) or re.search(r"[\t\n\r]", name.strip()):
        raise UsageError(f"the authority's name {name!r} is empty, or has a character that cannot be printed")
    return name.strip()


def _file_name(period: Period) -> str:
    return f"{MONTHS[period.start.month - 1]}-{period.start.year}.xlsx".lower()


def _workbook_in(folder: Path) -> str | None:
    """The name of the newest workbook of a month that a folder has, which needs no example beside it; else None."""
    found = by_period(workbooks_in(folder), Kind.MONTH, TERMS) if folder.is_dir() else {}
    return found[max(found)][0].name if found else None


def _has_indicators(workbook: Path) -> bool:
    """Whether a workbook says what its report is; one that cannot be read does not."""
    with suppress(InputError):
        return any(sheet_key(sheet.name) == sheet_key(INDICATORS) for sheet in read_spreadsheet(workbook).sheets)
    return False


def _texts(plan: ReportFolder, needs: TemplateNeeds) -> Mapping[tuple[str, str], str]:
    """Example texts by section and slot, for the slots that are printed.

    Each shows how a figure is printed, of another indicator in each slot, in as many words as the slot needs.
    """
    numbers, texts = count(1), {}
    for section in plan.to_write:
        for at, slot in enumerate(section.every_slot):
            if slot.required or (not slot.indicator and needs.prints(slot, section)):
                text = " ".join([_REPLACE] * max(1, ceil(slot.min_words / len(_REPLACE.split()))))
                if section.indicators:
                    name = slot.indicator or section.indicators[at % len(section.indicators)]
                    call = f"indicator({in_tag(name)})"
                    text = f"{{{{ {call} }}}}: {{{{ {call}.now }}}} in {{{{ {call}.now.period }}}}. {text}"
                texts[section.id, slot.id] = f"EXAMPLE {next(numbers)}: {text}"
    return texts
