"""The columns Target and Status of tables of indicators, their look in Word, and what is said beneath them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from cpreport.editions.statuses import STATUS_LOOKS
from cpreport.gate.contrast import contrast
from cpreport.model.document import Note, Table, plain
from cpreport.model.status import StatusWord
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .test_figures import toml
from .test_target_tags import HEAD, IDS, INDICATORS, ROWS
from .workbooks import REPORT, WORDML, write_report, write_workbook

TEXT = "{{ indicator_table(section.indicators) }}"
STATUS = [["Indicator", "Status", "Reason"], ["days", "on target", "It fell by 30 days in the year."]]
W = f"{{{WORDML}}}"


def month_of(
    folder: Path, indicators: str = INDICATORS, more: str = "", rows: object = ROWS, **sheets: object
) -> Month:
    listed = [row.split('"')[0] for row in indicators.split('id = "')[1:]]
    report = write_report(folder, indicators, report=more + REPORT.format(listed=listed), care=TEXT)
    data = {"Data": [HEAD, *rows], **sheets}  # type: ignore[misc]
    return load_workbook(write_workbook(report / "july-2023.xlsx", data))  # type: ignore[arg-type]


def table_of(month: Month) -> Table:
    return next(block for block in month.report.sections[0].blocks if isinstance(block, Table))


def last_cells(month: Month) -> dict[str, tuple[str, str]]:
    """The target and the status of each indicator, by its title."""
    rows = [row.cells for row in table_of(month).rows]
    texts = [[" / ".join(map(plain, cell.lines)) for cell in cells] for cells in rows]
    return {row[0].lower(): (row[-2], row[-1]) for row in texts}


def notes_of(month: Month) -> list[str]:
    """What is said beneath the table, but for its comparators."""
    notes = [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]
    return [note for note in notes if not note.startswith("No benchmarks")]


def test_a_table_prints_targets_with_symbols_and_words(tmp_path: Path) -> None:
    month = month_of(tmp_path, more='direction = "cell"\n')
    found = last_cells(month)

    assert [plain(cell.lines[0]) for cell in table_of(month).headings[-2:]] == ["Target", "Status"]
    assert found["offers"] == ("90%", "✗ off target")
    assert found["far"] == ("12.5%", "~ close to target")
    assert found["typed"] == ("85.250%", "~ close to target")
    assert found["later"] == ("25% by Apr 24", "not due")
    assert found["agreed"] == ("to be agreed", "– no target")
    assert found["plain"] == ("–", "– no target")
    assert found["hidden"] == ("5", "no data")
    assert {len(row.cells) for row in table_of(month).rows} == {len(table_of(month).headings)}
    assert len(table_of(month).widths) == len(table_of(month).headings)


def test_a_year_that_has_not_ended_says_how_far_it_is(tmp_path: Path) -> None:
    tables = [block for block in month_of(tmp_path).report.sections[0].blocks if isinstance(block, Table)]
    cells = [row.cells for table in tables for row in table.rows if plain(row.cells[0].lines[0]) == "Sum"]

    assert [plain(line) for line in cells[0][-1].lines] == ["not due", "7 of 20 so far; year ends Mar 24"]
    assert plain(cells[0][-2].lines[0]) == "20 by Mar 24"


def test_rows_of_directions_have_a_dash_there(tmp_path: Path) -> None:
    month = month_of(tmp_path, more='direction = "row"\n')
    directions = [row for row in table_of(month).rows if row.kind.value == "direction"]

    assert directions
    assert {plain(cell.lines[0]) for row in directions for cell in row.cells[-2:]} == {"–"}
    assert all(row.cells[-1].status is None for row in directions)


@pytest.mark.parametrize("keys", ["", 'target = "to be agreed",polarity = "low"'])
def test_a_table_without_targets_has_no_such_columns(tmp_path: Path, keys: str) -> None:
    month = month_of(tmp_path, toml(f"plain number {keys}".strip(), "held number"), rows=ROWS[4:5] + ROWS[10:11])

    assert "Status" not in [plain(cell.lines[0]) for cell in table_of(month).headings]
    assert notes_of(month) == []


def test_a_figure_of_an_earlier_period_says_so(tmp_path: Path) -> None:
    late = toml('late number target = 3,polarity = "high",lag = 1', "plain number")
    rows = [["late", "value", 3, None], ["plain", "value", 3, 4]]

    assert last_cells(month_of(tmp_path, late, rows=rows))["late"] == ("3", "✓ on target / (Jun 23)")


def test_an_officers_word_is_printed_with_the_reason_and_the_computed_one(tmp_path: Path) -> None:
    words = '[words]\non-target = "Green"\noff-target = "Red"\n'
    report = write_report(tmp_path, INDICATORS, report=REPORT.format(listed=IDS) + words, care=TEXT)
    sheets = {"Data": [HEAD, *ROWS], "Status": STATUS}
    month = load_workbook(write_workbook(report / "july-2023.xlsx", sheets))

    assert last_cells(month)["days"] == ("426", "✓ Green")
    assert notes_of(month)[0] == ("Days: Green, as set by an officer. It fell by 30 days in the year. Computed: Red.")


def key_of(month: Month) -> list[tuple[str, str]]:
    """The rows of the key of statuses."""
    tables = [block for block in month.report.key if isinstance(block, Table)]
    return [tuple(plain(cell.lines[0]) for cell in row.cells) for table in tables for row in table.rows]  # type: ignore[misc]


def test_the_key_says_what_each_status_means_and_the_tolerance(tmp_path: Path) -> None:
    usual = "at most 5 points (percentages with a target of 50 or more), 2 points (below 50) or 10% of the target"
    key = dict(key_of(month_of(tmp_path / "a")))
    assert list(key)[:4] == ["✓ on target", "~ close to target", "✗ off target", "– no target"]
    close = f"It misses the target by {usual} (all others), unless a note under the table says otherwise."
    assert key["~ close to target"] == close

    own = INDICATORS.replace("target = 12.5\n", 'target = 12.5\ntolerance = "10%"\n')
    report = write_report(tmp_path / "b", own, report=REPORT.format(listed=IDS), care=TEXT)
    (report / "report.toml").write_text(
        (report / "report.toml").read_text(encoding="utf-8")
        + '\n[status]\ntolerance = "1 point"\n[words]\nclose-to-target = "Amber"\n',
        encoding="utf-8",
    )
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": [HEAD, *ROWS]}))
    assert dict(key_of(month))["~ Amber"].startswith("It misses the target by at most 1 point, unless")
    assert "Far: ~ Amber if the target is missed by at most 10% of the target." in notes_of(month)


@pytest.mark.parametrize(("tolerance", "is_told"), [("2 points", False), ("3 points", True), ("10%", True)])
def test_a_tolerance_of_an_indicator_is_told_where_it_is_not_the_reports_own(
    tmp_path: Path, tolerance: str, is_told: bool
) -> None:
    own = INDICATORS.replace("target = 12.5\n", f'target = 12.5\ntolerance = "{tolerance}"\n')
    assert own != INDICATORS

    told = [note for note in notes_of(month_of(tmp_path, own)) if note.startswith("Far: ")]
    assert [note for note in told if "if the target is missed by at most" in note] == told
    assert bool(told) is is_told


def test_a_report_without_statuses_has_no_key_of_them(tmp_path: Path) -> None:
    assert month_of(tmp_path, toml("plain number", "held number"), rows=ROWS[4:5] + ROWS[10:11]).report.key == ()


def test_the_key_prints_a_tolerance_for_each_measure(tmp_path: Path) -> None:
    each = '\n[status.tolerance]\npercentages = "3 points"\nothers = "1%"\n'
    report = write_report(tmp_path, INDICATORS, report=REPORT.format(listed=IDS) + each, care=TEXT)
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": [HEAD, *ROWS]}))

    said = "3 points (percentages with a target of 50 or more), 2 points (below 50) or 1% of the target (all others)"
    assert f"misses the target by at most {said}," in dict(key_of(month))["~ close to target"]


def status_cells(month: Month) -> dict[str, etree._Element]:
    """The cells of statuses in the Word document, by their first line."""
    with zipfile.ZipFile(BytesIO(build_report(month, draft=True))) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    cells = {"".join(cell.itertext(f"{W}t")).replace("\u00a0", " "): cell for cell in root.iter(f"{W}tc")}
    return {text: cell for text, cell in cells.items() if text[:1] in "✓~✗" and text}


def test_word_shows_a_status_by_fill_and_border(tmp_path: Path) -> None:
    cells = status_cells(month_of(tmp_path, Status=STATUS))

    assert set(cells) == {"✓ on target", "~ close to target", "✗ off target"}
    for word, look in STATUS_LOOKS.items():
        (cell,) = [cell for text, cell in cells.items() if text.endswith(word.value)]
        properties = [child.tag.removeprefix(W) for child in cell.find(f"{W}tcPr")]
        sizes = {side.get(f"{W}sz") for side in cell.find(f"{W}tcPr/{W}tcBorders")}
        assert properties == ["tcW", "tcBorders", "shd"], "in the schema's order"
        assert cell.find(f"{W}tcPr/{W}shd").get(f"{W}fill") == look.fill
        assert sizes == {str(look.thickness)}
    assert cells["✗ off target"].find(f".//{W}rStyle") is not None, "it is bold"


def test_statuses_are_told_apart_and_read_in_grey() -> None:
    for look in STATUS_LOOKS.values():
        assert contrast("000000", look.fill) >= 4.5
        assert contrast(look.border, "FFFFFF") >= 3
        assert contrast(look.border, look.fill) >= 3
    for one, other in combinations(STATUS_LOOKS.values(), 2):
        assert contrast(one.fill, other.fill) >= 1.25
    off = STATUS_LOOKS[StatusWord.OFF_TARGET]
    assert off.thickness >= 4 * max(look.thickness for word, look in STATUS_LOOKS.items() if look is not off and word)
