"""A report folder that an Indicators sheet can hold is the same report there: the same document, byte for byte."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from cpreport.commands.usage import period_of
from cpreport.forms.starter.indicators import names_in_sheet
from cpreport.forms.starter.writing import make_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.model.period import Period, month
from cpreport.pipeline import build_report, load_workbook

from .stress.folders import Folder, random_folder, write_folder
from .stress.twin import TERMS

STANDARD = packaged_reports() / PACKAGED
JULY = month(2023, 7)
OFFSETS = {"month": [-12, -2, -1, 0], "quarter": [-3, -2, -1, 0], "term": [-2, -1, 0], "year": [-2, -1, 0]}
ALWAYS = {"SN": True, "Eng": False, "YH": False}
"""Which comparators always have a column: in a sheet those of that id that the packaged report has."""

RECORDED = {"docProps/custom.xml"}
"""What may differ: there stands from which report folder a document was made, so that another one never replaces it."""

Book = Callable[[Workbook], None]


def parts(workbook: Path, report: Path | None = None, period: Period | None = None) -> Mapping[str, bytes]:
    """The parts of a workbook's report, those with the digests of where it is from left out."""
    content = build_report(load_workbook(workbook, report=report, period=period), draft=True)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name not in RECORDED}


def changed(path: Path, target: Path, change: Book) -> Path:
    """A workbook with a change, beside copies of the narratives of the first one."""
    book = openpyxl.load_workbook(path)
    change(book)
    target.mkdir()
    if (path.parent / "narrative").is_dir():
        shutil.copytree(path.parent / "narrative", target / "narrative")
    book.save(target / path.name)
    return target / path.name


def without_definitions(book: Workbook) -> None:
    del book["Indicators"]


# Random folders


def as_a_sheet_can_hold(folder: Folder) -> Folder:
    """A random folder with each indicator in one section, and with nothing that stands in no Indicators sheet."""
    case = folder.case
    left, sections = [*case.indicators], []
    for names in case.sections:
        sections.append([name for name in names if name in left])
        left = [name for name in left if name not in names]
    sections[-1] += left
    filled = [names for names in sections if names]
    number = {at: max(0, len([names for names in sections[: at + 1] if names]) - 1) for at in range(len(sections))}
    comparators = {name: ALWAYS[name] for name in case.comparators or ["SN"]}
    plain = replace(
        case, sections=filled, offsets=OFFSETS, comparators=comparators, totals=[], benchmark_period="", terms=TERMS
    )
    return replace(folder, case=plain, tags=tuple(replace(tag, section=number[tag.section]) for tag in folder.tags))


def written(folder: Folder, root: Path) -> Path:
    """Writes a folder whose sections, slots and indicators have the ids that an Indicators sheet gives them."""
    path = write_folder(folder, root)
    shutil.copy(STANDARD / "sections" / "standard.md", root / "sections")
    report = re.sub(r'id = "s(\d+)"', r'id = "section-\1"', (root / "report.toml").read_text("utf-8"))
    report = "standing_glossary = true\n" + report.replace('direction = "row"\n', "")
    (root / "report.toml").write_text(report, encoding="utf-8")
    head, *series = re.split(r"(?=\[\[series\]\])", (root / "indicators.toml").read_text("utf-8"))
    head = re.sub(r'^id = (".+")$', r"id = \1\nreference = \1", head, flags=re.MULTILINE)
    (root / "indicators.toml").write_text(head + "".join(series), encoding="utf-8")
    book = openpyxl.load_workbook(path)
    for row in book["Narrative"].iter_rows(min_row=2):
        row[0].value = re.sub(r"^s", "section-", str(row[0].value))
    book.save(path)
    return path


def with_definitions(of: Path) -> Book:
    """Adds what a starter's workbook says of the report: its Indicators sheet, and the rows of About."""

    def change(book: Workbook) -> None:
        starter, sheet = openpyxl.load_workbook(of), book.create_sheet("Indicators")
        for row in starter["Indicators"].iter_rows(values_only=True):
            sheet.append(row)
        for row in starter["About"].iter_rows(values_only=True):
            if row[0] in ("Title", "Comparators", "Slots"):
                book["About"].append(row)

    return change


@pytest.mark.parametrize("seed", [seed for seed in range(15) if random_folder(seed).case.terms == TERMS])
def test_a_random_folder_is_the_same_report_in_a_sheet(tmp_path: Path, seed: int) -> None:
    folder, root = as_a_sheet_can_hold(random_folder(seed)), tmp_path / "report"
    workbook = written(folder, root)
    period = period_of(folder.case.period.label) if folder.is_rebuilt else None
    made = make_workbook(tmp_path / "new", root, "Kirklees", JULY)

    assert made.left_out == ()
    own = changed(workbook, tmp_path / "own", with_definitions(made.workbook))
    assert parts(own, period=period) == parts(workbook, root, period)
    starter = changed(made.workbook, tmp_path / "starter", without_definitions)
    assert parts(made.workbook) == parts(starter, root)


# The packaged report


def packaged_without_the_rest(root: Path) -> Path:
    """The packaged report without what its Indicators sheet leaves out."""
    shutil.copytree(STANDARD, root)
    report = (root / "report.toml").read_text("utf-8")
    sections = [each for each in tomllib.loads(report)["sections"] if "indicators" in each]
    slots = sections[0]["slots"]
    tables = [report[: report.index("[[sections]]")]]
    for section in sections:
        keys = {"id": re.sub(r"\W+", "-", section["title"].lower())[:60].rstrip("-"), "title": section["title"]}
        values = {**keys, "indicators": section["indicators"]}
        tables += ["[[sections]]", *(f"{key} = {json.dumps(value)}" for key, value in values.items())]
        for slot in slots:
            tables += ["[[sections.slots]]", *(f"{key} = {json.dumps(slot[key])}" for key in ("id", "title"))]
    (root / "report.toml").write_text("\n".join(tables), encoding="utf-8")
    indicators = (root / "indicators.toml").read_text("utf-8")
    (root / "indicators.toml").write_text(indicators[: indicators.index("[[totals]]")], encoding="utf-8")
    return root


def test_the_packaged_report_is_the_same_in_a_sheet_but_for_what_is_listed(tmp_path: Path) -> None:
    root = packaged_without_the_rest(tmp_path / "report")
    made = make_workbook(tmp_path / "new", root, "Kirklees", JULY)
    folder, _ = read_report_folder(root)
    ids = {name: id for id, name in names_in_sheet(folder).items()}
    assert made.left_out == ()
    assert sum(name != id for name, id in ids.items()) > 5

    def with_ids(book: Workbook) -> None:
        without_definitions(book)
        for name in ("Data", "Benchmarks"):
            for row in book[name].iter_rows(min_row=2):
                row[0].value = ids[str(row[0].value)]

    shutil.rmtree(made.workbook.parent / "narrative")
    document = parts(made.workbook)
    assert document == parts(changed(made.workbook, tmp_path / "other", with_ids), root)
