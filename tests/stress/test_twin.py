"""Random months: what cpreport prints is what a second implementation says, written from the contract alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cpreport.commands.usage import period_of
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.word import render_word
from cpreport.pipeline import Month, load_workbook

from .folders import Folder, Tag, random_folder, write_folder
from .twin import CONFIDENTIAL, Refused, Twin

BATCHES, BATCH, VALUES = 12, 25, 80
"""How many values are compared in a folder, at the least, on average."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Values = dict[tuple[object, ...], object]
Table = list[list[str]]


@pytest.mark.parametrize("batch", range(BATCHES))
def test_prints_what_its_twin_says(batch: int, tmp_path: Path) -> None:
    unlike, compared = {}, 0
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        folder = random_folder(seed)
        twin, month = Twin(folder.case), read(folder, tmp_path / str(seed))
        wanted, found = wanted_values(folder, twin), found_values(folder, month)
        pairs = {key: (wanted.get(key), found.get(key)) for key in wanted.keys() | found.keys()}
        unlike |= {(seed, *key): pair for key, pair in pairs.items() if pair[0] != pair[1]}
        compared += len(wanted)

    assert not unlike, "the twin's and cpreport's, by seed"
    assert compared > VALUES * BATCH


def read(folder: Folder, root: Path) -> Month:
    period = period_of(folder.case.period.label) if folder.is_rebuilt else None
    return load_workbook(write_folder(folder, root), report=root, period=period)


def wanted_values(folder: Folder, twin: Twin) -> Values:
    values: Values = {("given away", name): True for name in twin.given_away(tag.indicator for tag in folder.tags)}
    return values | wanted_figures(twin) | cells_of(wanted_tables(twin)) | wanted_tags(folder, twin)


def found_values(folder: Folder, month: Month) -> Values:
    told = (re.match(r"(\S+ .+?) is confidential, but", finding.message) for finding in month.findings)
    values: Values = {("given away", found[1]): True for found in told if found}
    tables, texts = read_word(document_of(month))
    tags = {("tag", n, str(folder.tags[n])): text for n, text in texts.items()}
    return values | found_figures(month) | cells_of(tables) | tags


def cells_of(tables: Iterable[Table]) -> Values:
    """The cells of tables, which may stand in any order."""
    rows = ((n, r, row) for n, table in enumerate(sorted(tables)) for r, row in enumerate(table))
    return {("table", n, r, c): text for n, r, row in rows for c, text in enumerate(row)}


def wanted_figures(twin: Twin) -> Values:
    case = twin.case
    wanted: Values = {}
    for section, names in ((n, names) for n, listed in enumerate(case.sections) for names in twin.tables(listed)):
        for name in names:
            for period in twin.columns(names):
                figure, arrow = twin.figure(name, period), twin.direction(name, period)
                travel = arrow if case.indicators[name].direction and arrow in ARROWS else ""
                wanted[f"s{section}", name, period.label] = (twin.text(name, figure), travel, digits(figure.value))
            for comparator in twin.comparators(names):
                known = twin.printed_benchmarks.get((name, comparator))
                value = digits(Fraction(known.value) if known else None)
                wanted[f"s{section}", name, comparator] = (twin.benchmark(name, comparator), "", value)
    return wanted


ARROWS = {"up": "↑ up", "down": "↓ down", "same": "↔ same"}


def digits(value: Fraction | float | None) -> float | None:
    """To twelve digits, as floats are not exact."""
    return None if value is None else float(f"{float(value):.12g}")


def found_figures(month: Month) -> Values:
    found: Values = {}
    for row in month.rows():
        record = row.record()
        assert row.text != CONFIDENTIAL or record["numerator"] is record["denominator"] is None
        value = digits(record["value"])  # type: ignore[arg-type]
        found[row.section, row.indicator, row.comparator or row.period] = (row.text, row.direction, value)
    return found


def wanted_tables(twin: Twin) -> Iterator[Table]:
    for names in (names for section in twin.case.sections for names in twin.tables(section)):
        columns, comparators, newest = twin.columns(names), twin.comparators(names), twin.newest(names)
        year = ["Cumulative"] if twin.case.indicators[names[0]].cumulative else []
        rows = [[*(period.label for period in columns), *year, *comparators]]
        for name in names:
            texts = [twin.text(name, twin.figure(name, period)) for period in columns]
            texts += [twin.year_to_date(name, newest) for _ in year]
            rows.append([name.upper(), *texts, *(twin.benchmark(name, comparator) for comparator in comparators)])
            if twin.case.indicators[name].direction:
                travel = [ARROWS.get(word, word) for word in (twin.direction(name, period) for period in columns)]
                stances = [twin.stance(name, comparator, newest) for comparator in comparators]
                rows.append(["", *travel, *("not compared" for _ in year), *stances])
        yield rows


def wanted_tags(folder: Folder, twin: Twin) -> Values:
    return {("tag", n, str(tag)): tag_text(tag, twin) for n, tag in enumerate(folder.tags)}


def tag_text(tag: Tag, twin: Twin) -> str:
    """What a tag prints; one that is refused prints `[data error]` in a draft."""
    try:
        return twin.tag(tag.indicator, tag.section, tag.call, tag.argument, tag.attribute)
    except Refused:
        return "[data error]"


def document_of(month: Month) -> bytes:
    """The report in Word; unlike a draft it prints the figures of cells that have errors."""
    folder = month.folder
    fill = partial(fill_tags, report=month.report)
    return render_word(month.report, folder.shell.content, folder.default_shell, fill).sealed()


def read_word(document: bytes) -> tuple[list[Table], dict[int, str]]:
    """The indicator tables of a Word document, and what is behind `Tag 3:` in its texts."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))[0]
    tables = [
        [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in each.iter(f"{W}tr")] for each in body.iter(f"{W}tbl")
    ]
    texts = [re.match(r"Tag (\d+): (.*)\.$", text_of(paragraph)) for paragraph in body.iter(f"{W}p")]
    return [indicator_table(rows) for rows in tables if rows[0][0] == "Key indicator"], {
        int(t[1]): t[2] for t in texts if t
    }


def text_of(element: ElementTree.Element) -> str:
    """The words, whatever keeps them on one line."""
    signs = {f"{W}br": " ", f"{W}noBreakHyphen": "-"}
    texts = (signs.get(each.tag) or each.text or "" for each in element.iter() if each.tag in (f"{W}t", *signs))
    return "".join(texts).replace("\u00a0", " ").replace("\u2011", "-")


def indicator_table(rows: Table) -> Table:
    """Its headings, figures and directions, without the types of measure."""
    table = [[heading.split(", ")[0] for heading in rows[0][2:]]]
    for name, _, *cells in rows[1:]:
        is_travel = name.startswith("Direction of travel")
        table.append(["" if is_travel else name, *(cell.removeprefix("we are ") for cell in cells)])
    return table
