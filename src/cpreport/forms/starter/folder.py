"""A starter folder: a copy of a report folder, a workbook of example figures and example narratives, ready to build."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from itertools import count, product
from math import ceil
from pathlib import Path
from typing import NamedTuple

from cpreport.forms.making import make_forms, write_forms
from cpreport.forms.starter.adding import Added, add_missing
from cpreport.forms.starter.figures import Example
from cpreport.forms.starter.settings import with_example_targets, with_settings
from cpreport.forms.starter.workbook import save_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.inputs.elsewhere import by_period, workbooks_in
from cpreport.inputs.month import is_report, report_beside
from cpreport.inputs.template_needs import TemplateNeeds, read_template_needs
from cpreport.inputs.texts import control_character, is_inside, read_bytes, read_text, visible
from cpreport.model.errors import UsageError
from cpreport.model.folder import ReportFolder
from cpreport.model.period import MONTHS, TERMS, Kind, Period
from cpreport.model.tags import in_tag

_PACKAGED_TOO = ("shell.docx", "glossary.csv", "indicators-library.toml")
_REPLACE = "Replace this text with your own."
_MOST_LINES = 20
"""How many lines of report.toml the authority's name may take up."""


class Starter(NamedTuple):
    """What a folder has to start from: the workbook to edit, and what was added to it or was there and is kept."""

    workbook: Path
    files: Added


def make_starter(folder: Path, report: Path | None, authority: str, period: Period) -> Starter:
    """Adds a report folder with a workbook and narratives for a reporting month, all made up, to a folder.

    `report` is the report folder to copy; None: the folder itself if it is one, else the packaged one. Raises
    UsageError if the authority cannot be printed or the folder has a report of its own beside `report`, InputError if
    the report folder has mistakes, EnvironmentFailure where the system fails; in all cases nothing is left behind.
    """
    name = starter_authority(authority, period)
    if report and is_report(folder):
        raise UsageError(f"{folder} has a report.toml of its own: leave out --report, or give a new folder")
    root = report or report_beside(folder)
    plan, _ = read_report_folder(root)
    own = find_month_workbook(folder)
    workbook = own or workbook_name(period)

    def write(staging: Path) -> None:
        _copy(root, plan, staging, name, folder)
        if not own:
            made, _ = read_report_folder(staging)
            needs = read_template_needs(made)
            save_workbook(staging / workbook, Example(made, period, needs), name)
            write_forms(make_forms(staging / workbook, period=period, texts=example_texts(made, needs)))

    files = add_missing(folder, write)
    return Starter(folder / workbook, files if not own else files._replace(kept=(*files.kept, own)))


def starter_authority(name: str, period: Period) -> str:
    """The authority's name as it prints; raises UsageError where it has none, or the period is not a month."""
    if period.kind is not Kind.MONTH:
        raise UsageError(f"a starter is made for a month such as 2023-07, not for {period}")
    if not name.strip() or control_character(name) or re.search(r"[\t\n\r]", name.strip()):
        raise UsageError(f"the authority's name {name!r} is empty, or has a character that cannot be printed")
    return name.strip()


def workbook_name(period: Period) -> str:
    return f"{MONTHS[period.start.month - 1]}-{period.start.year}.xlsx".lower()


def find_month_workbook(folder: Path) -> str | None:
    """The name of the newest workbook of a month that a folder has, which needs no example beside it; else None."""
    found = by_period(workbooks_in(folder), Kind.MONTH, TERMS) if folder.is_dir() else {}
    return found[max(found)][0].name if found else None


def _copy(report: Path, plan: ReportFolder, target: Path, authority: str, existing: Path) -> None:
    """Copies what report.toml names, further templates, and look, glossary and library, which may be the packaged ones.

    Texts become UTF-8. report.toml gets the authority and settings, indicators.toml example targets, but files that an
    existing folder has are taken from there as they are. Other files, such as workbooks, are not copied.
    """
    text = visible(read_text(report / "report.toml")[0])
    indicators = tomllib.loads(text).get("indicators", "indicators.toml")
    named = ["report.toml", indicators, *plan.templates]
    named += [path.relative_to(report).as_posix() for path in report.glob("sections/**/*.md")]
    for name in map(os.path.normpath, [*named, *_PACKAGED_TOO, "page.html"]):
        packaged = [packaged_reports() / PACKAGED] if name in _PACKAGED_TOO else []
        roots = (root for root in (existing, report, *packaged) if is_inside(root, name))
        if not name.startswith("..") and (root := next(roots, None)):
            words, findings = read_text(root / name) if not name.endswith(".docx") else ("", [])
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(words.encode() if findings else read_bytes(root / name))
    if not is_inside(existing, "report.toml"):
        (target / "report.toml").write_bytes(with_settings(with_authority(text, authority)).encode())
    if not is_inside(existing, indicators):
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


def example_texts(plan: ReportFolder, needs: TemplateNeeds) -> Mapping[tuple[str, str], str]:
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
