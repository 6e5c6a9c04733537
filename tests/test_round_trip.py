"""A report folder that an Indicators sheet can hold is the same report there: the same document, byte for byte."""

from __future__ import annotations

import json
import random
import re
import shutil
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from cpreport.commands.usage import period_of
from cpreport.forms.starter.indicators import names_in_sheet
from cpreport.forms.starter.writing import make_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.model.period import Period, month
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .stress.folders import Folder, random_folder, write_folder
from .stress.twin import TERMS, Case

STANDARD = packaged_reports() / PACKAGED
JULY = month(2023, 7)
OFFSETS = {"month": [-12, -2, -1, 0], "quarter": [-3, -2, -1, 0], "term": [-2, -1, 0], "year": [-2, -1, 0]}
IN_YEAR = {"month": 12, "quarter": 4, "term": 3}
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


def more_keys(of: Mapping[str, Any], dice: random.Random) -> Iterator[str]:
    """Targets, profiles, changes and whatever else of an indicator random folders do not have, as lines of TOML."""
    frequency = of.get("frequency", "month")
    is_percentage, months = of["measure"] == "percentage", [date(2022 + n // 12, n % 12 + 1, 1) for n in range(36)]
    days = [day for day in months if of.get("from", day) <= day <= of.get("until", day)]

    def amount() -> str:
        number = dice.choice([2, 60, 87.5, 0, 1250.25])
        return json.dumps(f"{number}%" if is_percentage and dice.random() < 0.5 else number)

    def listed(of_a_day: Callable[[date], str], known: list[date]) -> str:
        return f"[{', '.join(of_a_day(day) for day in dice.sample(known, dice.randint(1, min(3, len(known)))))}]"

    def change(day: date) -> str:
        note = dice.choice(["Now: by date of birth; before by age", "A new form", "Since 2022-01-01: both; see 4.1"])
        return f"{{date = {day}, note = {json.dumps(note)}, comparable = {json.dumps(dice.random() < 0.5)}}}"

    when = dice.choice(["from", "by"])
    keys = {
        "tolerance": dice.choice(['"5 points"', '"10%"', "0", '"2.5 points"']),
        "baseline": f"{{period = {json.dumps(dice.choice(['Nov 17', '2016/17', 'Q1 2018/19']))}, value = {amount()}}}",
        "polarity": dice.choice(['"high"', '"low"']),
        "kind": '"flow"',
        "owner": '"Head of care; and O\u2019Neill"',
        "counts": '["child", "children"]',
        "formerly": json.dumps([f"4.10 {of['id']}", f"old {of['id']}"]),
        "benchmark_basis": '"different"',
        **({"unit": '"Share"', "typed": '"per cent"'} if is_percentage else {}),
        **({"cumulative_in": '"table"'} if "cumulative" in of else {}),
        **({"changes": listed(change, days)} if days else {}),
    }
    goals = {
        "target": amount(),
        "targets": listed(lambda day: f"{{{when} = {day}, value = {amount()}}}", months),
        **({"profile": f"[{', '.join(amount() for _ in range(IN_YEAR[frequency]))}]"} if "cumulative" in of else {}),
    }
    goal = dice.choice([*goals, *(["profile"] if "profile" in goals else [])])
    kept = [key for key in keys if dice.random() < 0.4]
    yield from (f"{key} = {value}" for key, value in ({goal: goals[goal]} | {key: keys[key] for key in kept}).items())


def with_more_keys(text: str, seed: int) -> str:
    """The text of indicators.toml with more keys for most of the indicators."""
    dice, tables = random.Random(seed), re.split(r"(?=^\[\[)", text, flags=re.MULTILINE)
    for number, table in enumerate(tables):
        if table.startswith("[[indicators]]") and dice.random() < 0.8:
            [of] = tomllib.loads(table)["indicators"]
            tables[number] = "\n".join([table.rstrip("\n"), *more_keys(of, dice), ""])
    return "".join(tables)


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


def assert_same_report(seed: int, folder: Path) -> None:
    """Asserts that a random folder's report is the same from an Indicators sheet, nothing being left out of it."""
    case, root = as_a_sheet_can_hold(random_folder(seed)), folder / "report"
    workbook = written(case, root)
    indicators = (root / "indicators.toml").read_text("utf-8")
    (root / "indicators.toml").write_text(with_more_keys(indicators, seed), encoding="utf-8")
    period = period_of(case.case.period.label) if case.is_rebuilt else None
    made = make_workbook(folder / "new", root, "Kirklees", JULY)

    assert made.left_out == ()
    own = changed(workbook, folder / "own", with_definitions(made.workbook))
    assert parts(own, period=period) == parts(workbook, root, period)
    assert load_workbook(own, period=period).folder.indicators == read_report_folder(root)[0].indicators
    starter = changed(made.workbook, folder / "starter", without_definitions)
    assert parts(made.workbook) == parts(starter, root)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_random_folder_is_the_same_report_in_a_sheet(tmp_path: Path, seed: int) -> None:
    assert_same_report(seed, tmp_path)


def lost(case: Case) -> set[str]:
    """What an Indicators sheet does not hold of a random folder."""
    shown = [name for names in case.sections for name in names]
    earlier = [{name for names in case.sections[:at] for name in names} for at in range(len(case.sections))]
    is_other = not case.comparators or any(case.comparators[name] != ALWAYS[name] for name in case.comparators)
    settings = {
        "benchmark_period": bool(case.benchmark_period),
        "[periods]": case.offsets != OFFSETS,
        "[[comparators]]": is_other,
        "[terms]": case.terms != TERMS,
        "[[totals]]": bool(case.totals),
    }
    return {
        *(name for name, is_lost in settings.items() if is_lost),
        *(f"the section 'Section {at}'" for at, names in enumerate(case.sections) if earlier[at].issuperset(names)),
        *(f"{name}, which no section shows" for name in case.indicators if name not in shown),
        *(f"{name} in a second section" for name in shown if shown.count(name) > 1),
    }


def assert_rest_listed(seed: int, folder: Path) -> None:
    """Asserts that all an Indicators sheet does not hold of a random folder is listed, and nothing else."""
    case, root = random_folder(seed), folder / "report"
    written(case, root)
    made = make_workbook(folder / "new", root, "Kirklees", JULY)

    assert {*made.left_out} == lost(case.case)
    assert len({*made.left_out}) == len(made.left_out)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_a_sheet_does_not_hold_of_a_random_folder_is_listed(tmp_path: Path, seed: int) -> None:
    assert_rest_listed(seed, tmp_path)


# The packaged report


def packaged_without_the_rest(root: Path) -> Path:
    """The packaged report without what its Indicators sheet leaves out."""
    shutil.copytree(STANDARD, root)
    report = (root / "report.toml").read_text("utf-8")
    sections = [each for each in tomllib.loads(report)["sections"] if "indicators" in each]
    slots = sections[0]["slots"]
    settings = re.sub("^benchmark_period.*\n", "", report[: report.index("[[sections]]")], flags=re.MULTILINE)
    tables = [settings]
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
