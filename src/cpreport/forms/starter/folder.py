"""A starter folder: a copy of a report folder, a workbook of example figures and example narratives, ready to build."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count, product
from math import ceil
from pathlib import Path

from cpreport.forms.making import make_forms, write_forms
from cpreport.forms.starter.figures import Example
from cpreport.forms.starter.settings import with_example_targets, with_settings
from cpreport.forms.starter.workbook import save_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.inputs.template_needs import TemplateNeeds, read_template_needs
from cpreport.inputs.texts import control_character, is_inside, read_bytes, read_text, visible
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.folder import ReportFolder
from cpreport.model.period import MONTHS, Kind, Period
from cpreport.model.tags import in_tag
from cpreport.office.files import half_written, is_half_written, remove_leftovers

_PACKAGED_TOO = ("shell.docx", "glossary.csv", "indicators-library.toml")
_REPLACE = "Replace this text with your own."
_MOST_LINES = 20
"""How many lines of report.toml the authority's name may take up."""


def make_starter(folder: Path, report: Path, authority: str, period: Period) -> Path:
    """Writes a starter folder for a reporting month and gives its workbook's path.

    `report` is the report folder to copy. Raises UsageError if `folder` is neither new nor empty or the authority
    cannot be printed, InputError if the report folder has mistakes, EnvironmentFailure where the system fails; in all
    cases nothing is left behind.
    """
    name = authority.strip()
    if period.kind is not Kind.MONTH:
        raise UsageError(f"a starter folder is made for a month such as 2023-07, not for {period}")
    if not name or control_character(name) or re.search(r"[\t\n\r]", name):
        raise UsageError(f"the authority's name {name!r} is empty, or has a character that cannot be printed")
    plan, _ = read_report_folder(report)
    needs = read_template_needs(plan)
    workbook = f"{MONTHS[period.start.month - 1]}-{period.start.year}.xlsx".lower()
    try:
        with _whole(folder) as staging:
            _copy(report, plan, staging, name)
            save_workbook(staging / workbook, Example(plan, period, needs), name)
            write_forms(make_forms(staging / workbook, period=period, texts=_texts(plan, needs)))
    except OSError as error:
        raise EnvironmentFailure(f"{folder} cannot be written: {error.strerror or error}") from error
    return folder / workbook


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """A folder to write in that becomes the wanted one at the end, or leaves nothing.

    A new one is written beside its place and renamed. An existing one, which may be the current folder, is kept: its
    contents are written inside it and moved up.
    """
    is_there = os.path.lexists(folder)
    if is_there and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: give the name of a new or empty one")
    if is_there and not all(map(is_half_written, folder.iterdir())):
        raise UsageError(f"{folder} is not empty: give the name of a new or empty folder")
    staging = half_written(folder / "starter" if is_there else folder)
    staging.mkdir()
    remove_leftovers(beside=staging)
    moved: list[Path] = []
    try:
        yield staging
        for path in sorted(staging.iterdir()) if is_there else [staging]:
            place = path.rename(folder / path.name if is_there else folder)
            moved.append(place)
    except BaseException:
        for path in moved:
            path.rename(staging / path.name)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _copy(report: Path, plan: ReportFolder, target: Path, authority: str) -> None:
    """Copies what report.toml names, further templates, and look, glossary and library, which may be the packaged ones.

    Texts become UTF-8. report.toml gets the authority and settings, indicators.toml example targets. Other files, such
    as workbooks, are not copied.
    """
    text = visible(read_text(report / "report.toml")[0])
    indicators = tomllib.loads(text).get("indicators", "indicators.toml")
    named = ["report.toml", indicators, *plan.templates]
    named += [path.relative_to(report).as_posix() for path in report.glob("sections/**/*.md")]
    for name in map(os.path.normpath, [*named, *_PACKAGED_TOO, "page.html"]):
        root = packaged_reports() / PACKAGED if name in _PACKAGED_TOO and not is_inside(report, name) else report
        if is_inside(root, name) and not name.startswith(".."):
            words, findings = read_text(root / name) if not name.endswith(".docx") else ("", [])
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(words.encode() if findings else read_bytes(root / name))
    (target / "report.toml").write_bytes(with_settings(with_authority(text, authority)).encode())
    defined = visible(read_text(report / indicators)[0])
    (target / indicators).write_bytes(with_example_targets(defined, plan).encode())


def with_authority(text: str, name: str) -> str:
    """report.toml's text with the authority's name, in place of the one it has, or at the top.

    Raises UsageError where the one it has cannot be found.

    >>> print(with_authority('title = "Report"\\n[periods]', 'Kirklees "K" Council'))
    authority = "Kirklees \\"K\\" Council"
    title = "Report"
    [periods]
    """
    wanted, lines = {**tomllib.loads(text), "authority": name}, text.split("\n")
    line = f"authority = {json.dumps(name, ensure_ascii=False)}"
    starts = [start for start, known in enumerate(lines) if "authority" in known]
    for rows, start in [(0, 0), *product(range(1, _MOST_LINES), starts)]:
        changed = "\n".join([*lines[:start], line, *lines[start + rows :]])
        with suppress(tomllib.TOMLDecodeError):
            if tomllib.loads(changed) == wanted:
                return changed
    raise UsageError("report.toml names an authority in a way that cannot be changed: write it on a line of its own")


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
