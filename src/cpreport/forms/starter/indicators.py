"""The Indicators sheet of a starter workbook and the rows of About that go with it, from a report folder's files."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from cpreport.forms.books import DATE, TEXT, BookCell, BookSheet, Columns, save_book
from cpreport.forms.starter.held import hidden_indicators
from cpreport.inputs.definitions.indicators_sheet import COLUMNS, NOTE, SECTION, SERIES, Column, cell_of
from cpreport.inputs.definitions.library import LIBRARY
from cpreport.inputs.texts import read_text, visible
from cpreport.model.folder import ReportFolder

_OTHERS_BEGIN = next(number for number, column in enumerate(COLUMNS) if column.key == NOTE) + 1
"""The place of the first column that a sheet has only where a row fills it."""

INDICATORS = "Indicators"

_Entry = Mapping[str, Any]


def names_in_sheet(plan: ReportFolder) -> dict[str, str]:
    """What an Indicators sheet calls each indicator and series, by its id: the reference, or else the title."""
    names = {each.id: " ".join((each.reference or each.title).split()) for each in plan.indicators.values()}
    return names | {name: name for name in plan.series}


def indicators_sheet(root: Path, plan: ReportFolder, original: ReportFolder, looks: Columns) -> BookSheet:
    """The sheet with a row for each indicator, by sections, and for each series of the report folder at `root`.

    `plan` is what that is, a copy of `original`: an indicator that no section of that shows stays out, and targets that
    it does not have are made up. `looks` are those of columns, by their headers.
    """
    rows = list(_rows(root, plan, hidden_indicators(original)))
    used = {key for row in rows for key, value in row.items() if value is not None}
    columns = [each for number, each in enumerate(COLUMNS) if number < _OTHERS_BEGIN or each.key in used]
    examples = set() if any(each.targets for each in original.indicators.values()) else {"target"}
    of_columns: Columns = {each.header: {**_offer(each), **looks.get(each.header, {})} for each in columns}
    cells = [[_cell(row.get(each.key), each.key in examples) for each in columns] for row in rows]
    return BookSheet(of_columns, cells, "D2")


def about_rows(plan: ReportFolder) -> dict[str, str]:
    """What About says of a report without a report folder: its title, comparators, and the slots of its sections."""
    comparators = (each.id if each.name == each.id else f"{each.id}: {each.name}" for each in plan.comparators)
    slots = Counter(
        tuple(slot.title for slot in each.slots) for each in plan.sections if each.indicators and each.slots
    )
    usual = slots.most_common(1)[0][0] if slots else ()
    return {"Title": plan.title, "Comparators": "; ".join(comparators), "Slots": "; ".join(usual)}


def save_definition(path: Path, plan: ReportFolder, indicators: BookSheet, when: date) -> None:
    """Writes a workbook that says what its report is, and nothing else."""
    about = BookSheet({"Key": {}, "Value": {}}, about_rows(plan).items())
    plain: Columns = {header: {} for header in indicators.columns}
    save_book(path, {"About": about, INDICATORS: indicators._replace(columns=plain)}, {}, plan.title, when)


def _offer(column: Column) -> dict[str, str]:
    """The drop-down of a column of words."""
    words = column.content.words
    return {"offer": f'"{",".join(words)}"'} if words else {}


def _cell(value: Any, is_example: bool) -> BookCell | None:
    if value is None:
        return None
    form = TEXT if isinstance(value, str) else DATE if isinstance(value, date) else "General"
    return BookCell(value, form, is_example)


def _rows(root: Path, plan: ReportFolder, hidden: Collection[str]) -> Iterator[dict[str, Any]]:
    """The cells of each row by the keys of their columns."""
    names = names_in_sheet(plan)
    typed = _typed(root, names)
    for name, section in _sections(plan, hidden).items():
        indicator = plan.indicators[name]
        sources = {"numerator": indicator.numerator, "denominator": indicator.denominator}
        held = {key: of for key, of in sources.items() if of and of.name not in hidden}
        referring = {key: str(of._replace(name=names[of.name])) for key, of in held.items()}
        entry = {key: value for key, value in typed[name].items() if key not in sources}
        yield {SECTION: section, **_of({**entry, "from": indicator.begins, **referring})}
    for name in plan.series:
        yield _of({**typed[name], "reference": name, "measure": SERIES})


def _sections(plan: ReportFolder, hidden: Collection[str]) -> dict[str, str]:
    """The section of each indicator, the first that shows it; one that none shows goes with what refers to it."""
    found, unseen = dict[str, str](), hidden_indicators(plan)
    for section in plan.sections:
        waiting = [*section.indicators]
        while waiting:
            name = waiting.pop(0)
            if name in plan.indicators and name not in hidden and name not in found:
                found[name] = section.title
                sources = (plan.indicators[name].numerator, plan.indicators[name].denominator)
                waiting[:0] = [of.name for of in sources if of and of.name in unseen]
    return found


def _of(entry: _Entry) -> dict[str, Any]:
    return {key: cell_of(key, value) for key, value in entry.items() if key != "id"}


def _typed(root: Path, names: Collection[str]) -> dict[str, _Entry]:
    """The tables of these indicators and series by id, as their files have them, the report's own first."""

    def tables(name: str) -> dict[str, Any]:
        return tomllib.loads(visible(read_text(root / name)[0]))

    own = tables(tables("report.toml").get("indicators", "indicators.toml"))
    found = {entry["id"]: entry for key in ("series", "indicators") for entry in own.get(key, [])}
    library = {} if found.keys() >= {*names} else tables(LIBRARY)
    return {entry["id"]: entry for key in ("series", "indicators") for entry in library.get(key, [])} | found
