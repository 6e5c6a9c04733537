"""The example with everything on: targets and tolerances of all indicators, and every column of tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.everything import everything_on
from cpreport import Month, build_report, load_workbook
from cpreport.compose.listing import FigureRow
from cpreport.gate.document import check_document
from cpreport.model.document import RowKind, Table, TableKind, plain

EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
WORDS = {"on target", "close to target", "off target", "not due", "no data", "no judgement"}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    workbook = everything_on(tmp_path_factory.mktemp("everything"))
    return load_workbook(workbook, report=workbook.parent)


def tables(month: Month) -> list[Table]:
    blocks = (block for section in month.report.sections for block in section.blocks)
    return [block for block in blocks if isinstance(block, Table) and block.kind is TableKind.INDICATORS]


def without_words(row: FigureRow) -> FigureRow:
    return row._replace(target="", status="", judgement="")


def test_it_is_built_without_a_finding(month: Month) -> None:
    assert month.findings == ()
    assert check_document(build_report(month), "report.docx") == []


def test_no_figure_changes(month: Month) -> None:
    before = load_workbook(EXAMPLE).rows()
    known = set(map(without_words, before))

    assert [row for row in map(without_words, month.rows()) if row in known] == list(map(without_words, before))
    assert {row.target for row in before} == {""}


def test_every_figure_that_is_due_has_a_status(month: Month) -> None:
    newest = [row for row in month.rows() if row.judgement]

    assert {row.indicator for row in newest} == month.folder.indicators.keys()
    assert all(row.target for row in newest)
    assert {row.status for row in newest} <= WORDS


def test_every_table_has_every_column(month: Month) -> None:
    for table in tables(month):
        headings = [plain(cell.lines[0]) for cell in table.headings]
        assert {"Target", "Status", "Judgement"} <= {*headings}
        assert all(len(row.cells) == len(headings) for row in table.rows if row.kind is not RowKind.DIRECTION)
        assert all(any(map(plain, cell.lines)) for row in table.rows for cell in row.cells)
