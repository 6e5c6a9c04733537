"""A made council's 25 months, seen whole: what the page says of each indicator, beside the bare arrow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from cpreport.model.document import Table, plain
from cpreport.model.period import month
from cpreport.model.timeline import SpecialCause
from cpreport.pipeline import Month, load_workbook

from .workbooks import write_report, write_workbook

NOW = month(2023, 7)
MONTHS = [NOW.shift(at - 24).label for at in range(25)]
STEADY = [38, 42] * 9


@dataclass(frozen=True)
class Made:
    """An indicator: what its 25 months are made to show, and what the page is to say of the last one."""

    numbers: Sequence[int]
    arrow: str
    words: str
    cause: SpecialCause | None = None
    why: str = ""
    keys: str = 'polarity = "low"\nkind = "flow"'


COUNCIL = {
    "calm": Made([*STEADY, 38, 42, 38, 42, 38, 40, 42], "↑ up", "as usual"),
    "shifts": Made(  # seven above the mean of 42.2, each within the limits of 33.3 to 51.2
        [*STEADY, 47, 49, 47, 49, 48, 47, 49],
        "↑ up",
        "worse than usual",
        SpecialCause.SHIFT,
        "it shows a special cause: 49 is one of seven or more in a row on the same side of the mean of 42",
    ),
    "drifts": Made(  # seven that rise, across the mean
        [*[60, 40] * 9, 41, 44, 47, 50, 53, 56, 59],
        "↑ up",
        "better than usual",
        SpecialCause.TREND,
        "it shows a special cause: 59 is the last of seven or more in a row that all rise or all fall",
        'polarity = "high"\nkind = "flow"',
    ),
    "jumps": Made(
        [*[30, 32] * 12, 60],
        "↑ up",
        "worse than usual",
        SpecialCause.ABOVE,
        "it shows a special cause: 60 is above the upper limit of 37",
    ),
    "small": Made([*[2, 3] * 12, 9], "↑ up", "too few to say"),  # 2.8 a month, although 9 is above the limits
    "rolling": Made(  # the same children again and again: only what has nothing in common is compared, a year apart
        [*range(220, 245)], "↑ up", "no clear change since Jul 22", keys='polarity = "low"\nkind = "flow"\nrolling = 12'
    ),
    "broken": Made([*[80, 84] * 9, 30, 32, 30, 32, 30, 32, 30], "↓ down", "cannot tell"),  # counted anew from Jan 23
}
MARKS = [["Indicator", "Period", "Mark", "Note"], ["broken", "Jan 23", "[b]", "Counted anew"]]
REPORT = f"""
title = "A made council"

[tables]
judgement = true

[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {[*COUNCIL]}

[[sections.slots]]
id = "comment"
each = "indicator"
required_when = ["special-cause"]
"""
TEMPLATE = "# {{ section.title }}\n\n{{ indicator_table(section.indicators) }}\n\n{{ comments(section.indicators) }}\n"


def toml() -> str:
    rows = (f'[[indicators]]\nid = "{name}"\ntitle = "{name}"\nmeasure = "number"\n' for name in COUNCIL)
    return "\n".join(row + made.keys + "\n" for row, made in zip(rows, COUNCIL.values(), strict=True))


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Month:
    root = write_report(tmp_path_factory.mktemp("council"), toml(), report=REPORT, care=TEMPLATE)
    data = [["Indicator", "Figure", *MONTHS], *([name, "value", *made.numbers] for name, made in COUNCIL.items())]
    return load_workbook(write_workbook(root / "july-2023.xlsx", {"Data": data, "Marks": MARKS}))


def page(month: Month) -> dict[str, dict[str, list[str]]]:
    """The lines of each cell of the table, by the indicator and the heading of its column."""
    table = next(block for block in month.report.sections[0].blocks if isinstance(block, Table))
    headings = [plain(cell.lines[0]) for cell in table.headings]
    rows = [[[plain(line) for line in cell.lines] for cell in row.cells] for row in table.rows]
    return {row[0][0]: dict(zip(headings, row, strict=True)) for row in rows}


def test_each_indicator_has_25_months() -> None:
    assert {len(made.numbers) for made in COUNCIL.values()} == {25}


@pytest.mark.parametrize("name", COUNCIL)
def test_the_page_says_what_the_months_show(council: Month, name: str) -> None:
    made, cells = COUNCIL[name], page(council)[name]

    assert cells["Jul 23"] == [f"{made.numbers[-1]}", made.arrow]
    assert cells["Judgement"] == [made.words]
    assert council.figures.timelines[name].judgement.cause is made.cause


def test_a_comment_is_owed_on_what_is_more_than_chance_and_says_why(council: Month) -> None:
    owed = {finding.place.indicator: finding.message for finding in council.errors}
    why = {name: match[1] for name, told in owed.items() if (match := re.search(r", because (.*?)\.?$", told))}

    assert why == {name: made.why for name, made in COUNCIL.items() if made.why}


def test_the_arrow_alone_would_cry_worse_of_all_but_one(council: Month) -> None:
    """Six of seven numbers rose, three indicators changed, and of these one for the better."""
    arrows = [cells["Jul 23"][1] for cells in page(council).values()]
    words = [cells["Judgement"][0] for cells in page(council).values()]

    assert (arrows.count("↑ up"), words.count("worse than usual"), words.count("better than usual")) == (6, 2, 1)


def test_the_key_explains_each_judgement_that_the_page_prints(council: Month) -> None:
    tables = [block for block in council.report.key if isinstance(block, Table)]
    labels = [plain(row.cells[0].lines[0]) for table in tables for row in table.rows]
    printed = {cells["Judgement"][0].partition(" since ")[0] for cells in page(council).values()}

    assert labels == [
        "no clear change",
        "better than usual, worse than usual",
        "as usual",
        "too few to say",
        "cannot tell",
    ]
    assert {word for label in labels for word in label.split(", ")} == printed
