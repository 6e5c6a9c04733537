"""What one cell says: notes beside numbers, commas, markers, signs that cannot be seen. Refused rather than guessed."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from cpreport.inputs.workbook.cells.spreadsheet import CellValue
from cpreport.inputs.workbook.meaning import read_amount
from cpreport.model.figure import State
from cpreport.model.indicator import Part
from cpreport.model.period_text import parse_period
from cpreport.pipeline import load_workbook

from .example_month import DATA, INDICATORS, PLACEMENTS, SHEETS, Shown
from .examples import examples
from .test_spreadsheet import cells_of
from .workbooks import changed, data_of, findings_of, month_of, texts, told, write_report, write_workbook

NOTE = "data.note-beside"
RAISED, LOWERED, STRUCK, BOLD = (
    InlineFont(vertAlign="superscript"),
    InlineFont(vertAlign="subscript"),
    InlineFont(strike=True),
    InlineFont(b=True, u="single"),
)
HEAD = ["Indicator", "Figure"]


def rich(*runs: str | tuple[InlineFont, str]) -> CellRichText:
    """A cell's text of plain runs, and of runs in a font of their own."""
    return CellRichText(*(run if isinstance(run, str) else TextBlock(*run) for run in runs))


def noted(tmp_path: Path, cells: dict[str, object], sheets: object = SHEETS) -> list[str]:
    """The cells that are told to have a note beside, after a change of the example month."""
    found = findings_of(tmp_path, changed(sheets, cells), INDICATORS + PLACEMENTS)  # type: ignore[arg-type]
    return [place for code, place in found if code == NOTE]


# Raised, lowered and struck runs

PLAIN_FORMATS = ["", "<rPr><b/></rPr>", '<rPr><i/><color rgb="FFFF0000"/><sz val="8"/></rPr>', "<rPr><u/></rPr>"]
PLAIN_FORMATS += ['<rPr><vertAlign val="baseline"/></rPr>', '<rPr><strike val="0"/></rPr>']
NOTE_FORMATS = [f'<rPr><vertAlign val="{place}"/></rPr>' for place in ("superscript", "subscript")]
NOTE_FORMATS += ["<rPr><strike/></rPr>", '<rPr><b/><strike val="true"/></rPr>']


def in_runs(runs: list[tuple[str, str]]) -> str:
    return "".join(f'<r>{format}<t xml:space="preserve">{text}</t></r>' for format, text in runs)


def read_runs(runs: list[tuple[str, str]], is_shared: bool) -> CellValue:
    with tempfile.TemporaryDirectory() as folder:
        if is_shared:
            strings = f"<si><t>before</t></si><si>{in_runs(runs)}</si>"
            return cells_of(Path(folder), '<row><c t="s"><v>1</v></c></row>', strings=strings).rows[0][0]
        row = f'<row><c t="inlineStr"><is>{in_runs(runs)}</is></c></row>'
        return cells_of(Path(folder), row).rows[0][0]


@examples(60)
@given(st.integers(0, 10**9), st.data(), st.booleans(), st.booleans())
def test_a_number_in_runs_is_that_number_unless_one_of_them_is_a_note(
    number: int, data: st.DataObject, has_note: bool, is_shared: bool
) -> None:
    text = str(number)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text)), max_size=3)) | {len(text)})
    pieces = [text[first:last] for first, last in zip([0, *cuts], cuts, strict=False)]
    runs = [(data.draw(st.sampled_from(PLAIN_FORMATS)), piece) for piece in pieces]
    if has_note:
        at = data.draw(st.integers(0, len(runs) - 1))
        runs[at] = data.draw(st.sampled_from(NOTE_FORMATS)), runs[at][1]
    amount, problem = read_amount(read_runs(runs, is_shared))

    if has_note:
        assert (amount.state, problem and problem.rule.code) == (State.ERROR, NOTE)
    else:
        assert (amount.number, problem and problem.rule.code) == (Decimal(text), "data.number-as-text")


def test_both_readings_of_a_number_with_a_note_are_reported(tmp_path: Path) -> None:
    rows = [[*HEAD, "Jul 23"], ["moves", "value", rich("604", (RAISED, "1"))]]
    (finding,) = data_of(tmp_path, rows).data_errors

    assert "'604' or '6041'" in finding.message
    assert "Convert" not in finding.hint


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Data!F6", rich((STRUCK, "61"), " 604")),
        ("Data!F6", rich((STRUCK, "61"), "604")),
        ("Data!F6", rich("604", (LOWERED, "2"))),
        ("Data!F6", rich((STRUCK, "604"))),
        ("Data!F1", rich("Jul 2", (RAISED, "3"))),
        ("Data!F1", rich("Jul 23", (RAISED, "1"))),
        ("Data!A6", rich("moves", (RAISED, "1"))),
        ("Data!A6", rich((STRUCK, "move"), "moves")),
        ("Benchmarks!C2", rich("92", (RAISED, "3"))),
        ("Benchmarks!A2", rich("rate", (RAISED, "3"))),
        ("Benchmarks!D1", rich("Period", (RAISED, "3"))),
        ("Breakdowns!D2", rich("6", (RAISED, "0"))),
        ("Marks!A2", rich("checks", (RAISED, "1"))),
        ("Marks!B2", rich("Jun 23", (RAISED, "1"))),
        ("About!B3", rich("14/09/202", (RAISED, "3"))),
        ("Narrative!C2", rich("There were 12", (RAISED, "1"))),
    ],
)
def test_a_note_is_an_error_wherever_something_is_read(tmp_path: Path, cell: str, value: object) -> None:
    assert noted(tmp_path, {cell: value}) == [cell]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Data!F6", rich((BOLD, "12"), "81")),
        ("Data!C1", rich("Title", (RAISED, "1"))),
        ("Data!C6", rich("Moves", (RAISED, "1"))),
        ("Data!A12", rich((RAISED, "1"), " Early figures.")),
        ("Benchmarks!A4", rich((RAISED, "1"), " Source: LAIT")),
        ("Narrative!C2", rich("On the 1", (RAISED, "st"), " of July")),
        ("Notes!A1", rich("604", (RAISED, "1"))),
    ],
)
def test_a_note_elsewhere_is_left_alone(tmp_path: Path, cell: str, value: object) -> None:
    assert noted(tmp_path, {cell: value}) == []


def test_a_note_in_the_long_layout_is_an_error(tmp_path: Path) -> None:
    rows = [["Indicator", "Period", "Value"], ["moves", "Jul 23", rich("604", (RAISED, "1"))]]

    assert told(data_of(tmp_path, rows).data_errors) == [(NOTE, "Data!C2")]


@pytest.mark.parametrize(
    ("cell", "font"),
    [
        ("Data!F6", Font(strike=True)),
        ("Data!F6", Font(vertAlign="superscript")),
        ("Data!A6", Font(strike=True)),
        ("Data!F1", Font(strike=True)),
        ("Benchmarks!C2", Font(strike=True)),
        ("Breakdowns!D2", Font(strike=True)),
        ("About!B2", Font(strike=True)),
    ],
)
def test_a_whole_cell_struck_through_or_raised_is_an_error(tmp_path: Path, cell: str, font: Font) -> None:
    write_report(tmp_path, INDICATORS + PLACEMENTS)
    path = write_workbook(tmp_path / "july-2023.xlsx", SHEETS)
    book = openpyxl.load_workbook(path)
    sheet, address = cell.split("!")
    book[sheet][address].font = font
    book.save(path)

    assert [(f.code, str(f.place)) for f in load_workbook(path).data_errors if f.code == NOTE] == [(NOTE, cell)]


@pytest.mark.parametrize(
    ("text", "readings"),
    [("604¹", "'604' or '6041'"), ("27³ [p]", "'27 [p]' or '273 [p]'"), ("12½", "'12' or '12.5'"), ("H₂", "")],
)
def test_raised_digits_and_fractions_as_letters_are_errors(tmp_path: Path, text: str, readings: str) -> None:
    (finding,) = data_of(tmp_path, [[*HEAD, "Jul 23"], ["moves", "value", text]]).data_errors

    assert finding.code == (NOTE if readings else "data.not-a-number")
    assert readings in finding.message


def test_a_raised_letter_does_not_make_a_name_or_period_unknown(tmp_path: Path) -> None:
    assert noted(tmp_path, {"Data!A6": "moves¹"}) == ["Data!A6"]
    assert noted(tmp_path, {"Data!D1": "May 23¹"}) == ["Data!D1"]
    assert noted(tmp_path, {"Benchmarks!A2": "rate²"}) == ["Benchmarks!A2"]
    assert noted(tmp_path, {"Benchmarks!E1": "Status²"}) == ["Benchmarks!E1"]
    assert noted(tmp_path, {"Data!C1": "Title²", "Data!A11": "CO₂", "Data!B11": "value"}) == []


# Commas

AVERAGE = '[[indicators]]\nid = "a"\ntitle = "A"\nmeasure = "average"\n'


@pytest.mark.parametrize(
    ("measure", "text", "outcome"),
    [
        ("number", "0,633", "data.decimal-comma"),
        ("number", "-0,633", "data.decimal-comma"),
        ("number", "01,234", "data.decimal-comma"),
        ("number", "1,234", "1234"),
        ("number", "1,234,567.5", "1234567.5"),
        ("number", "0,633,000", "data.not-a-number"),
        ("number", "0,633.5", "data.not-a-number"),
        ("number", "12,34,567", "data.not-a-number"),
        ("number", "1,5", "data.not-a-number"),
        ("average", "0,633", "data.decimal-comma"),
        ("average", "1,234", "data.decimal-comma"),
        ("average", "1,234 [p]", "data.decimal-comma"),
        ("average", "1,234.5", "1234.5"),
        ("average", "1,234,567", "1234567"),
        ("percentage", "62,945", "data.decimal-comma"),
        ("percentage", "62,945%", "data.decimal-comma"),
        ("rate", "62,945", "data.decimal-comma"),
    ],
)
def test_a_comma_stands_for_thousands_or_is_an_error(tmp_path: Path, measure: str, text: str, outcome: str) -> None:
    toml = AVERAGE.replace("average", measure)
    month = data_of(tmp_path, [[*HEAD, "Jul 23"], ["a", "value", text]], toml)
    (entry,) = month.workbook.entries

    assert outcome in [str(entry.amount.number), *(finding.code for finding in month.data_errors)]
    assert (entry.amount.number is None) == outcome.startswith("data.")


def test_counts_of_an_average_may_be_thousands(tmp_path: Path) -> None:
    rows = [[*HEAD, "Jul 23"], ["a", "numerator", "2,300"], ["a", "denominator", 44]]

    assert [str(entry.amount.number) for entry in data_of(tmp_path, rows, AVERAGE).workbook.entries] == ["2300", "44"]


def test_both_readings_of_a_comma_are_reported(tmp_path: Path) -> None:
    (finding,) = data_of(tmp_path, [[*HEAD, "Jul 23"], ["a", "value", "0,633"]], AVERAGE).data_errors

    assert "0.633 or 633" in finding.message


def test_a_comma_in_a_benchmark_is_no_thousand_either(tmp_path: Path) -> None:
    assert ("data.decimal-comma", "Benchmarks!C2") in findings_of(
        tmp_path, changed(SHEETS, {"Benchmarks!C2": "61,234"})
    )


# Markers


@pytest.mark.parametrize(
    ("text", "state"),
    [
        *(("x", State.NOT_AVAILABLE), ("z", State.NOT_APPLICABLE), ("C", State.CONFIDENTIAL), ("u", State.UNRELIABLE)),
        *(("low", State.LOW), ("NA", State.NO_FIGURE), ("n/a", State.NO_FIGURE)),
        *(("..", State.NOT_AVAILABLE), (":", State.NOT_AVAILABLE)),
        *((text, State.CONFIDENTIAL) for text in ("*", "<5", "< 5", " <10 ", "≤5", "<=5")),
    ],
)
def test_a_marker_needs_no_brackets(text: str, state: State) -> None:
    assert (read_amount(text)[0].state, read_amount(text)[1]) == (state, None)


@pytest.mark.parametrize("text", ["tbc", "TBC", " - "])
def test_a_sign_of_no_data_yet_is_blank_with_a_warning(tmp_path: Path, text: str) -> None:
    month = data_of(tmp_path, [[*HEAD, "Jun 23", "Jul 23"], ["moves", "value", 5, text]])

    assert ("data.no-data-yet", "Data!D2") in told(month.findings)
    assert not month.data_errors
    assert month.workbook.entries[1].amount.state is State.BLANK


@pytest.mark.parametrize("text", ["82p", "82 p", "p", "b", "<1", "<0.5", "<5%", "--", "n.a.", "tba", "cc", "[]"])
def test_what_is_no_marker_is_an_error(text: str) -> None:
    amount, problem = read_amount(text)

    assert (amount.state, problem and problem.rule.code) == (State.ERROR, "data.not-a-number")


@pytest.mark.parametrize("mark", ["c", "*", "<5", "[c]"])
def test_a_mark_needs_no_brackets_either(tmp_path: Path, mark: str) -> None:
    month = month_of(tmp_path, {"Data": DATA, "Marks": changed(SHEETS, {"Marks!D2": mark})["Marks"]})

    assert month.workbook.marks["checks", parse_period("Jun 23"), None].state is State.CONFIDENTIAL


def test_a_mark_that_says_nothing_yet_is_none(tmp_path: Path) -> None:
    assert ("marks.unknown-mark", "Marks!D2") in findings_of(tmp_path, changed(SHEETS, {"Marks!D2": "tbc"}))


def test_a_breakdowns_count_as_text_counts(tmp_path: Path) -> None:
    month = month_of(tmp_path, changed(SHEETS, {"Breakdowns!D2": "60"}), INDICATORS + PLACEMENTS)

    assert [count.count for count in month.workbook.breakdowns] == [60, 21]


# Signs that cannot be seen

UNSEEN = ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff", "\u00ad", "\u202a", "\u202c", "\u2066"]
unseen = st.text(st.sampled_from(UNSEEN), max_size=3)


@examples(60)
@given(st.integers(0, 999), unseen, unseen, unseen)
def test_signs_that_cannot_be_seen_are_no_part_of_a_number(number: int, before: str, within: str, after: str) -> None:
    digits = str(number)
    text = f"{before}{digits[0]}{within}{digits[1:]}{after}"

    assert read_amount(read_runs([("", text)], is_shared=True))[0].number == number


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000"])
def test_any_space_is_a_space(space: str) -> None:
    amount, _ = read_amount(read_runs([("", f"{space}82{space}[p]{space}")], is_shared=False))

    assert amount.number == 82


@pytest.mark.parametrize("sign", UNSEEN)
def test_names_headers_and_keys_are_found_in_spite_of_them(tmp_path: Path, sign: str) -> None:
    cells: dict[str, object] = {
        "Data!A6": f"{sign}mov{sign}es{sign}",
        "Data!B6": f"value{sign}",
        "Data!F1": f"Jul{sign} 23",
        "Data!B1": f"Figure{sign}",
        "Benchmarks!A2": f"rate{sign}",
        "About!A2": f"Reporting{sign} period",
        "Marks!D2": f"[p]{sign}",
    }
    month = month_of(tmp_path, changed(SHEETS, cells), INDICATORS + PLACEMENTS)

    assert month.data_errors == ()
    assert [e.amount.number for e in month.workbook.entries if (e.name, e.part) == ("moves", Part.VALUE)][2] == 1281
    assert [place for _, place in told(month.findings) if place.startswith("Data!")] == []


def test_a_sheet_is_found_in_spite_of_them(tmp_path: Path) -> None:
    sheets = {"Data\u200b" if name == "Data" else name: rows for name, rows in SHEETS.items()}

    assert month_of(tmp_path, sheets, INDICATORS + PLACEMENTS).data_errors == ()


def test_a_sheet_of_figures_is_no_table_to_print_in_spite_of_them(tmp_path: Path) -> None:
    tag = [["Section", "Slot", "Text"], ["care", "good", '{{ sheet_table("Data") }}']]
    month = month_of(tmp_path, {"Data\u200b": DATA, "Narrative": tag})

    assert "template.failed" in dict(told(month.findings))


@pytest.mark.parametrize(
    ("text", "printed"), [("-", None), ("*", "confidential"), ("<5", "confidential"), ("..", "not available")]
)
def test_a_benchmark_may_be_a_sign_too(tmp_path: Path, text: str, printed: str) -> None:
    month = month_of(tmp_path, changed(SHEETS, {"Benchmarks!C2": text}), INDICATORS + PLACEMENTS)

    assert texts(month, "rate").get("SN") == printed


def test_an_id_of_the_report_folder_is_cleaned_likewise(tmp_path: Path) -> None:
    (write_report(tmp_path, AVERAGE) / "indicators.toml").write_text(AVERAGE.replace('"a"', '"a\u200b"'), "utf-8")
    month = load_workbook(write_workbook(tmp_path / "a.xlsx", {"Data": [[*HEAD, "Jul 23"], ["a", "value", 5]]}))

    assert [entry.name for entry in month.workbook.entries] == ["a"]


@pytest.mark.parametrize(
    ("number", "code", "is_hidden"),
    [
        *(
            (3, '[<5]"<5";0', True),
            (5, '[<5]"<5";0', False),
            (0, '[<5]"*";0', True),
            (3, '[Red][<=5]"*";[Blue]0', True),
        ),
        *((8, '[>=10]0;[<5]"<5";0', False), (3, '[>=10]0;[<5]"<5";0', True), (12, '[>=10]0;[<5]"<5";0', False)),
        *((3, ";;;", True), (3, '"*"', True), (3, "\\*", True), (-3, "0;", True), (0, '0;-0;"-"', False)),
        *((0, '[=0]"-";#,##0', False), (3, '[=0]"-";#,##0', False), (3, "General;-General", False), (3, "@", False)),
        *(
            (3, '0" children"', False),
            (3, "0_);(0)", False),
            (1.5, "[h]", False),
            (3, "_-£* #,##0_-;-£* #,##0_-", False),
        ),
    ],
)
def test_a_number_that_its_format_hides_is_an_error_and_in_no_draft(
    tmp_path: Path, number: float, code: str, is_hidden: bool
) -> None:
    month = data_of(tmp_path, [[*HEAD, "Jun 23", "Jul 23"], ["moves", "value", 5, Shown(number, code)]])
    state = month.workbook.entries[1].amount.state

    found = [finding for finding in month.findings if finding.code == "data.number-not-shown"]
    assert [str(finding.place) for finding in found] == ["Data!D2"] * is_hidden
    assert (state is State.CONFIDENTIAL) == is_hidden
