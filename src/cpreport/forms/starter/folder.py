"""A starter folder: a copy of a report folder, a workbook of example figures and example narratives, ready to build."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count, product
from math import ceil
from pathlib import Path, PurePath

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.forms.reading import read_for_forms
from cpreport.forms.starter.columns import columns_of
from cpreport.forms.starter.example import Example
from cpreport.forms.starter.workbook import save_workbook
from cpreport.forms.writing import render_form
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.inputs.narratives.sources import narrative_folder
from cpreport.inputs.template_needs import read_wishes
from cpreport.inputs.texts import control_character, is_inside, read_bytes, read_text
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.folder import ReportFolder, SectionPlan, Slot
from cpreport.model.period import MONTHS, Kind, Period
from cpreport.model.tags import in_tag
from cpreport.office.files import half_written, is_half_written, remove_leftovers

_PACKAGED_TOO = ("shell.docx", "glossary.csv")
_REPLACE = "Replace this text by your own."
_AUTHORITY = re.compile(r"\s*([\"']?)authority\1\s*=")
_MOST_LINES = 20
"""How many lines of report.toml the authority's name may take up."""


def make_starter(folder: Path, report: Path, authority: str, period: Period) -> Path:
    """Writes a starter folder for a reporting month and gives its workbook's path.

    `report` is the report folder to copy. Raises UsageError if `folder` is neither new nor empty or the authority
    cannot be printed, InputError if the report folder has mistakes, EnvironmentFailure where the system fails; in all
    cases nothing is left behind.
    """
    if period.kind is not Kind.MONTH:
        raise UsageError(f"a starter folder is made for a month such as 2023-07, not for {period}")
    name = _printable(authority)
    plan, _ = read_report_folder(report)
    copied = _files_of(report, plan)
    try:
        with _whole(folder) as staging:
            for place, path in copied.items():
                (staging / place).parent.mkdir(parents=True, exist_ok=True)
                (staging / place).write_bytes(_content(place, path, name))
            workbook = _write_month(staging, plan, name, period)
    except OSError as error:
        raise EnvironmentFailure(f"{folder} cannot be written: {error.strerror or error}") from error
    return folder / workbook.name


def _printable(authority: str) -> str:
    name = authority.strip()
    if not name:
        raise UsageError("the authority's name is empty")
    if control_character(name) or re.search(r"[\t\n\r]", name):
        raise UsageError(f"the authority's name {name!r} has a character that cannot be printed")
    return name


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder to write in that becomes the wanted one at the end, or leaves nothing.

    One that is to be made is written beside its place and renamed. One that is there, and may be where the user
    stands, stays itself: its contents are written inside it and moved up.
    """
    is_there = os.path.lexists(folder)
    if is_there and not folder.is_dir():
        raise UsageError(f"{folder} is no folder: give the name of a new or empty one")
    if is_there and not all(map(is_half_written, folder.iterdir())):
        raise UsageError(f"{folder} is not empty: give the name of a new or empty folder")
    staging = half_written(folder / "starter" if is_there else folder)
    staging.mkdir()
    remove_leftovers(beside=staging)
    moved: list[Path] = []
    try:
        yield staging
        for path in sorted(staging.iterdir()) if is_there else [staging]:
            moved.append(path)
            path.rename(folder / path.name if is_there else folder)
    except BaseException:
        for path in moved:
            with suppress(OSError):
                (folder / path.name).rename(path)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _files_of(report: Path, plan: ReportFolder) -> dict[str, Path]:
    """What is copied, by its place in the copy: what report.toml names, further templates, the look and the glossary.

    Whatever else lies in the folder, such as somebody's workbooks, is not.
    """
    table = tomllib.loads(read_text(report / "report.toml")[0])
    named = ["report.toml", table.get("indicators", "indicators.toml"), *plan.templates]
    if outside := next((name for name in named if ".." in PurePath(os.path.normpath(name)).parts), ""):
        toml = report / "report.toml"
        raise UsageError(f"{toml} names {outside!r}, which a copy of the report folder would not hold")
    others = [path.relative_to(report).as_posix() for path in sorted(report.glob("sections/**/*.md"))]
    optional = [name for name in (*_PACKAGED_TOO, "page.html", *others) if is_inside(report, name)]
    files = {PurePath(name).as_posix(): report / name for name in [*named, *optional]}
    return {name: packaged_reports() / PACKAGED / name for name in _PACKAGED_TOO} | files


def _content(place: str, path: Path, authority: str) -> bytes:
    """A file as it stands in the copy: texts in UTF-8, report.toml with the authority."""
    text, findings = read_text(path) if path.suffix != ".docx" else ("", [])
    if place == "report.toml":
        return with_authority(text, authority).encode()
    return text.encode() if findings else read_bytes(path)


def with_authority(text: str, name: str) -> str:
    """report.toml's text with the authority's name, in place of the one it has or else at the top.

    Raises UsageError where the one it has cannot be found.

    >>> print(with_authority('title = "Report"\\n[periods]', 'Kirklees "K" Council'))
    authority = "Kirklees \\"K\\" Council"
    title = "Report"
    [periods]
    """
    table, lines = tomllib.loads(text), text.split("\n")
    wanted = {**table, "authority": name}
    line = f"authority = {json.dumps(name, ensure_ascii=False)}"
    if "authority" not in table:
        return f"{line}\n{text}"
    starts = [start for start, known in enumerate(lines) if _AUTHORITY.match(known)]
    for start, rows in product(starts, range(1, _MOST_LINES)):
        changed = "\n".join([*lines[:start], line, *lines[start + rows :]])
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed) == wanted:
                return changed
    raise UsageError("report.toml names an authority in a way that cannot be changed: write it on a line of its own")


def _write_month(target: Path, plan: ReportFolder, authority: str, period: Period) -> Path:
    """Writes a month's workbook and its narrative files with example texts; the workbook's path."""
    wishes = read_wishes(plan)
    example = Example(plan, columns_of(plan, period, wishes.longest_run), wishes.needs_counts)
    workbook = target / f"{MONTHS[period.start.month - 1]}-{period.start.year}.xlsx".lower()
    save_workbook(workbook, plan, example, wishes, authority, period)
    read, plan, _ = read_for_forms(workbook, None, period)
    month = publish(read, plan, compute_figures(read, plan))
    narratives = narrative_folder(workbook, period, None)
    narratives.mkdir(parents=True)
    numbers = count(1)
    for section in plan.to_write:
        printed = [slot for slot in section.slots if slot.required or wishes.prints(slot, section)]
        texts = {slot.id: f"EXAMPLE {next(numbers)}: {_sentences(slot, section)}" for slot in printed}
        (narratives / f"{section.id}.docx").write_bytes(render_form(section, month, plan, texts))
    return workbook


def _sentences(slot: Slot, section: SectionPlan) -> str:
    """What shows how a figure is printed, of another indicator in each slot, in as many words as the slot wants."""
    names, number = section.indicators, section.slots.index(slot)
    replace = " ".join([_REPLACE] * max(1, ceil(slot.min_words / len(_REPLACE.split()))))
    if not names:
        return replace
    call = f"indicator({in_tag(names[number % len(names)])})"
    return f"{{{{ {call} }}}}: {{{{ {call}.now }}}} in {{{{ {call}.now.period }}}}. {replace}"
