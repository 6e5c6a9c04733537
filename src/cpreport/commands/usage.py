"""What the words of a command line mean: workbooks, outputs, report folders, periods, codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.model.errors import EnvironmentFailure, InputError, UsageError
from cpreport.office.files import is_same

if TYPE_CHECKING:
    from cpreport.model.period import Period
    from cpreport.pipeline import Month


def expanded(names: Sequence[str]) -> list[Path]:
    """The workbooks that names and wildcards mean, each once; lock files and cloud conflict copies are none.

    A wildcard does not mean marked copies.
    """
    from cpreport.inputs.texts import NEVER_AN_INPUT

    found = [match for name in names for match in ([name] if _is_plain(name) else _matches(name))]
    paths = [path for path in dict.fromkeys(map(Path, found)) if not NEVER_AN_INPUT.search(path.name)]
    if not paths:
        raise EnvironmentFailure(f"there is no workbook {', '.join(names)} (lock files and conflict copies are none)")
    return paths


def only_one(name: str, command: str) -> Path:
    """The one workbook that a command looks at; raises UsageError for a wildcard that means several."""
    paths = expanded([name])
    if len(paths) > 1:
        raise UsageError(f"{command} looks at one workbook at a time: {name} means {len(paths)}")
    return paths[0]


def at_hand(period: Period | None, command: str) -> Path | None:
    """The current folder's workbook of a period, or the newest earlier one, or None; UsageError without a period."""
    from cpreport.forms.making import find_workbook

    if period is None:
        raise UsageError(f"{command} needs a workbook, or the period that texts are wanted for, as in --period 2023-08")
    return find_workbook(Path(), period)


def _matches(wildcard: str) -> list[str]:
    from glob import glob

    from cpreport.office.package import is_marked_copy

    return [name for name in sorted(glob(wildcard)) if not is_marked_copy(Path(name))] or [wildcard]  # noqa: PTH207


def _is_plain(name: str) -> bool:
    """Whether a name is one file's rather than a wildcard."""
    return not any(sign in name for sign in "*?[") or Path(name).exists()


def check_output(output: Path | None, workbooks: int) -> None:
    """An output is a folder that is there or, for one workbook, the name of a Word document."""
    if output is None or output.is_dir():
        return
    if workbooks > 1:
        raise EnvironmentFailure(f"there is no folder {output}: several workbooks need one to be written to")
    if output.suffix.lower() == ".docx":
        return
    if output.exists():
        raise UsageError(f"{output} is no Word document: name a file that ends in .docx, or a folder")
    raise EnvironmentFailure(f"there is no folder {output}; a file's name ends in .docx")


def check_copy(copy: Path, workbooks: Sequence[Path]) -> None:
    """A marked copy is of one workbook, is not that workbook, and is as much a workbook with macros as that one."""
    if len(workbooks) > 1:
        raise UsageError("--annotate marks a copy of one workbook: give one")
    (workbook,) = workbooks
    if workbook.exists() and is_same(workbook, copy):
        raise UsageError(f"--annotate: {copy} is the workbook itself: give the copy another name")
    if copy.suffix.lower() != workbook.suffix.lower():
        raise UsageError(f"--annotate: the copy of {workbook.name} needs a name that ends in {workbook.suffix}")


def report_path(workbook: Path, month: Month, output: Path | None) -> Path:
    """Where a workbook's report goes: beside it, or into the given folder, or as given.

    Its name says the period, and the report if that is another than the workbook's own.
    """
    from cpreport.model.period_text import period_in_name

    period = month.workbook.period
    says_it = period_in_name(workbook.stem, month.folder.terms) == period
    parts = (workbook.stem, "" if says_it else period.slug, month.folder.other_name)
    name = f"{'-'.join(filter(None, parts))}.docx"
    if output is None:
        return workbook.parent / name
    return output / name if output.is_dir() else output


def report_folder(name: str | None) -> Path | None:
    if name is None:
        return None
    from cpreport.inputs.definitions.folder import find_report
    from cpreport.model.finding import Place

    try:
        return find_report(name, Path(), Place())
    except InputError as failure:
        raise UsageError(f"{failure} ({failure.findings[0].hint})") from failure


def period_of(text: str | None) -> Period | None:
    if not text:
        return None
    from cpreport.model.period_text import NotAPeriod, parse_period

    try:
        return parse_period(text)
    except NotAPeriod as reason:
        raise UsageError(f"--period: {reason}") from reason


def codes(given: Sequence[str] | None) -> list[str]:
    """Codes and areas that there are; raises UsageError for another name."""
    if not given:
        return []
    from cpreport.checks.selection import names
    from cpreport.model.finding import nearest
    from cpreport.model.rules import all_rules

    codes = [rule.code for rule in all_rules()]
    for name in given:
        if not any(names(name, code) for code in codes):
            areas = {code.partition(".")[0] for code in codes}
            raise UsageError(f"there is no code or area {name!r}{nearest(name, [*codes, *areas])}")
    return list(given)
