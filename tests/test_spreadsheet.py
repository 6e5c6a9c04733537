"""Workbooks as files: every value and its place, and what is said of a file that cannot be used."""

import os
import subprocess
import sys
import tracemalloc
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from python_calamine import CalamineWorkbook

from cpreport.inputs.workbook.cells.spreadsheet import Cells, Spreadsheet, Trait, read_spreadsheet
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding
from cpreport.office.addresses import address_of

from . import marked
from .marked import write_rich
from .test_long_layout import in_long_layout

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts_of(
    rows: str,
    *,
    after: str = "",
    before: str = "",
    strings: str = "",
    styles: str = "",
    properties: str = "",
    prefix: str = "",
    main: str = MAIN,
    document: str = DOCUMENT,
) -> dict[str, str]:
    """The parts of a workbook with one sheet, Data, made of these rows' XML."""
    p = prefix
    xmlns = f'xmlns:{prefix.rstrip(":")}="{main}"' if prefix else f'xmlns="{main}"'
    sheets = f'<{p}sheets><{p}sheet name="Data" sheetId="1" r:id="s"/></{p}sheets>'
    kinds = {"s": ("worksheet", "sheet1.xml"), "t": ("sharedStrings", "strings.xml"), "f": ("styles", "/xl/styles.xml")}
    related = "".join(
        f'<Relationship Id="{key}" Type="{document}/{kind}" Target="{target}"/>'
        for key, (kind, target) in kinds.items()
    )
    office = f'<Relationship Id="w" Type="{document}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{office}</Relationships>',
        "xl/workbook.xml": f'<{p}workbook {xmlns} xmlns:r="{document}">{properties}{sheets}</{p}workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/sheet1.xml": (f"<{p}worksheet {xmlns}>{before}<{p}sheetData>{rows}</{p}sheetData>{after}</{p}worksheet>"),
        "xl/strings.xml": f"<{p}sst {xmlns}>{strings}</{p}sst>",
        "xl/styles.xml": f"<{p}styleSheet {xmlns}>{styles}</{p}styleSheet>",
    }


def zipped(folder: Path, parts: dict[str, str] | dict[str, bytes], name: str = "july.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def cells_of(folder: Path, rows: str, **more: str) -> Cells:
    return read_spreadsheet(zipped(folder, parts_of(rows, **more))).sheets[0].cells


def styled(*codes: str) -> str:
    """Style sheet with a cell style for each number format."""
    numbered = list(enumerate(codes, start=200))
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in numbered)
    styles = "".join(f'<xf numFmtId="{n}"/>' for n, _ in numbered)
    return f"<numFmts>{formats}</numFmts><cellXfs>{styles}</cellXfs>"


def read_all(path: Path) -> Spreadsheet:
    book = read_spreadsheet(path)
    for sheet in book.sheets:
        assert sheet.cells
    return book


def refusal(path: Path) -> Finding:
    with pytest.raises(InputError) as caught:
        read_all(path)
    (finding,) = caught.value.findings
    assert finding.place.file == path.name
    return finding


# Values and places


def test_each_value_stands_at_its_place_from_a1_on(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["B2"], sheet["C3"] = "Children in care", 604
    book.save(tmp_path / "july.xlsx")

    assert read_spreadsheet(tmp_path / "july.xlsx").sheets[0].rows == [
        ["", "", ""],
        ["", "Children in care", ""],
        ["", "", 604],
    ]


def test_numbers_booleans_dates_and_times_keep_their_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([0.897, True, date(2023, 7, 1), datetime(2023, 7, 1, 12, 30), time(3, 4), timedelta(hours=30)])
    sheet["C1"].number_format = "dd/mm/yyyy"
    sheet["F1"].number_format = "[h]:mm:ss"
    book.save(tmp_path / "july.xlsx")

    assert read_spreadsheet(tmp_path / "july.xlsx").sheets[0].rows == [
        [0.897, True, date(2023, 7, 1), datetime(2023, 7, 1, 12, 30), time(3, 4), timedelta(hours=30)]
    ]


@pytest.mark.parametrize(
    ("flag", "day"), [("0", date(2023, 7, 1)), ("1", date(2027, 7, 2)), ("true", date(2027, 7, 2))]
)
def test_dates_count_from_the_workbooks_epoch(tmp_path: Path, flag: str, day: date) -> None:
    rows = '<row r="1"><c r="A1" s="0"><v>45108</v></c></row>'
    properties = f'<workbookPr date1904="{flag}"/>'
    assert cells_of(tmp_path, rows, styles=styled("d/m/yyyy"), properties=properties).rows == [[day]]


def test_shared_strings_keep_spaces_and_rich_text_and_drop_pronunciation(tmp_path: Path) -> None:
    strings = (
        '<si><t xml:space="preserve">  R&amp;D &lt;5 </t></si>'
        "<si><r><t xml:space='preserve'>rich </t></r>"
        "<r><rPr><b/></rPr><t>text</t></r><rPh sb='0' eb='1'><t>spoken</t></rPh></si><si/>"
    )
    rows = '<row r="1">' + "".join(f'<c t="s"><v>{n}</v></c>' for n in range(3)) + "</row>"
    assert cells_of(tmp_path, rows, strings=strings).rows == [["  R&D <5 ", "rich text", ""]]


def test_verbatim_sections_are_read(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v><![CDATA[604]]></v></c><c r="B1" t="s"><v>0</v></c></row>'
    assert cells_of(tmp_path, rows, strings="<si><t><![CDATA[R&D <5]]></t></si>").rows == [[604, "R&D <5"]]


def test_verbatim_sections_that_never_end_are_damage_at_once(tmp_path: Path) -> None:
    rows = f'<row r="1"><c r="A1"><v>{"<![CDATA[" * 200_000}5</v></c></row>'
    assert refusal(zipped(tmp_path, parts_of(rows))).code == "file.damaged"


@pytest.mark.parametrize("piece", ["<c ", '<c s="1" ', " s='1' t='e'", "<c s='1'>", "<c s='1'><v>", "<v>1e300"])
def test_tags_that_never_end_are_damage_at_once(tmp_path: Path, piece: str) -> None:
    rows = f'<c s="1" {piece * 100_000}<v>1e300</v> t="e"'
    assert refusal(zipped(tmp_path, parts_of(rows))).code == "file.damaged"


def test_verbatim_sections_may_quote_one(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v><![CDATA[a <![CDATA[ b]]>&amp;<![CDATA[c]]></v></c></row>'
    assert cells_of(tmp_path, rows).rows == [["a <![CDATA[ b&c"]]


@pytest.mark.parametrize("code", ["d/m/yyyy", "[h]:mm"])
@pytest.mark.parametrize("number", ["1e300", "-1E+18", "123456789e8", "100000000000", "inf"])
def test_a_number_beyond_all_dates_is_that_number(tmp_path: Path, number: str, code: str) -> None:
    rows = f'<row r="1"><c r="A1" s="0"><f>1</f><v>{number}</v></c><c r="B1" s="0"><v>4.5108E+04</v></c></row>'
    (far, day) = cells_of(tmp_path, rows, styles=styled(code)).rows[0]
    assert (far, type(day)) == (float(number), timedelta if code == "[h]:mm" else date)


def test_inline_strings_are_read(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>604</t></is></c>'
        '<c r="B1" t="inlineStr"><is><r><t xml:space="preserve">a </t></r><r><t>b</t></r></is></c></row>'
    )
    assert cells_of(tmp_path, rows).rows == [["604", "a b"]]


def test_cells_and_rows_without_an_address_follow_the_ones_before(tmp_path: Path) -> None:
    rows = (
        '<row><c t="e"><v>#N/A</v></c><c r="D1"><v>2</v></c><c s="0"/><c t="e"><v>#REF!</v></c></row>'
        "<row><c><f>1</f></c></row>"
    )
    cells = cells_of(tmp_path, rows)
    assert cells.rows == [["#N/A", "", "", 2, "", "#REF!"], ["", "", "", "", "", ""]]
    assert cells.traits == {(0, 0): Trait.EXCEL_ERROR, (0, 5): Trait.EXCEL_ERROR, (1, 0): Trait.NO_RESULT}


def test_elements_may_have_a_prefix(tmp_path: Path) -> None:
    rows = '<x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c><x:c r="B2"><x:f>A2</x:f></x:c></x:row>'
    cells = cells_of(tmp_path, rows, prefix="x:")
    assert cells.rows == [["", ""], [7, ""]]
    assert cells.traits == {(1, 1): Trait.NO_RESULT}


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>0.5</v></c></row>'
    strict = {"main": STRICT_MAIN, "document": STRICT_DOCUMENT}
    cells = cells_of(tmp_path, rows, strings="<si><t>Rate</t></si>", styles=styled("0%"), **strict)
    assert cells.rows == [["Rate", 0.5]]
    assert Trait.PERCENT in cells.traits[0, 1]


def test_empty_formatted_cells_do_not_count(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.active["F900"].fill = PatternFill("solid", fgColor="FF0000")
    book.save(tmp_path / "july.xlsx")
    assert read_spreadsheet(tmp_path / "july.xlsx").sheets[0].rows == [[1]]


def test_merged_areas_are_reported(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A2"] = "4.02.01"
    book.active.merge_cells("A2:A3")
    book.save(tmp_path / "july.xlsx")
    assert read_spreadsheet(tmp_path / "july.xlsx").sheets[0].cells.merged == ((1, 0, 2, 0),)


# Traits


@pytest.mark.parametrize("code", ["0%", "0.0%", "[Red]0.0%;-0.0%", "#,##0.00 %"])
def test_an_unquoted_percent_sign_makes_a_percentage(tmp_path: Path, code: str) -> None:
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>0.897</v></c></row>', styles=styled(code))
    assert cells.traits == {(0, 0): Trait.PERCENT}


@pytest.mark.parametrize("code", ["0.0&quot;%&quot;", r"0.0\%", "General", "[$%-809]0", "0.0_%"])
def test_a_quoted_or_escaped_percent_sign_does_not(tmp_path: Path, code: str) -> None:
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>89.7</v></c></row>', styles=styled(code))
    assert cells.traits == {}


@pytest.mark.parametrize("code", ["d-mmm", "dd/mm", "[$-809]d mmmm;@", "mmm", "ddd d mmm h:mm"])
def test_a_date_format_without_a_year_is_reported(tmp_path: Path, code: str) -> None:
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>45108</v></c></row>', styles=styled(code))
    assert cells.traits == {(0, 0): Trait.YEARLESS_DATE}


@pytest.mark.parametrize(
    "code", ["mmm-yy", "[$-F800]dddd, d mmmm yyyy", "[h]:mm", "mm:ss", "h:mm AM/PM", "0&quot;d&quot;"]
)
def test_other_formats_are_no_dates_without_a_year(tmp_path: Path, code: str) -> None:
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>45108</v></c></row>', styles=styled(code))
    assert cells.traits == {}


def test_built_in_formats_have_traits_too(tmp_path: Path) -> None:
    styles = "<cellXfs>" + "".join(f'<xf numFmtId="{n}"/>' for n in (9, 10, 16, 14, 17, 22)) + "</cellXfs>"
    rows = "".join(f'<c s="{n}"><v>1</v></c>' for n in range(6))
    cells = cells_of(tmp_path, f'<row r="1">{rows}</row>', styles=styles)
    assert cells.traits == {(0, 0): Trait.PERCENT, (0, 1): Trait.PERCENT, (0, 2): Trait.YEARLESS_DATE}


def test_an_excel_error_is_its_text(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="0" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'
    cells = cells_of(tmp_path, rows, styles=styled("0%"))
    assert cells.rows == [[1, "#DIV/0!"]]
    assert cells.traits[0, 1] == Trait.EXCEL_ERROR | Trait.PERCENT


@pytest.mark.parametrize("cell", ["<f>1+1</f>", "<f>1+1</f><v/>", "<f>1+1</f><v></v>\n", '<f t="shared" si="0"/>'])
def test_a_formula_without_a_saved_result_is_reported(tmp_path: Path, cell: str) -> None:
    cells = cells_of(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c><c r="B1">{cell}</c></row>')
    assert cells.rows == [[1, ""]]
    assert cells.traits == {(0, 1): Trait.NO_RESULT}


def test_a_formula_that_openpyxl_wrote_has_no_saved_result(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append([1, "=A1*2", 3])
    book.save(tmp_path / "july.xlsx")
    sheet = read_spreadsheet(tmp_path / "july.xlsx").sheets[0]
    assert sheet.cells.traits == {(0, 1): Trait.NO_RESULT}


def test_an_empty_text_is_a_result(tmp_path: Path) -> None:
    cell = '<c r="A1" t="str"><f>IF(TRUE,"","")</f><v></v></c><c r="B1"><f>1</f><v>0</v></c>'
    cells = cells_of(tmp_path, f'<row r="1">{cell}</row>')
    assert cells.rows == [["", 0]]
    assert cells.traits == {}


def test_formulas_of_extensions_are_no_cells(tmp_path: Path) -> None:
    after = '<extLst><ext xmlns:xm="m"><xm:f>Data!A1</xm:f></ext></extLst>'
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', after=after)
    assert cells.traits == {}


def test_what_stands_below_the_cells_is_no_result(tmp_path: Path) -> None:
    after = "<headerFooter><oddHeader>July</oddHeader></headerFooter>"
    cells = cells_of(tmp_path, '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>1</f><v/></c></row>', after=after)
    assert cells.traits == {(0, 1): Trait.NO_RESULT}


# Values that can be read in two ways


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "A1"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1" t="str"><v></v></c></row>', "A1"),
        ('<row r="1"><c r="A1"><v>0</v></c><c r="B1"><v>1</v><v>2</v></c></row>', "B1"),
        ('<row r="1"><c r="B1" t="inlineStr"><v>1</v><is><t>2</t></is></c></row>', "B1"),
        ('<row r="1"><c r="B1" t="inlineStr"><v>[c]</v></c></row>', "B1"),
        ('<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>', "A1"),
        ('</sheetData><sheetData><row r="2"><c r="C2"><v>2</v></c></row>', "C2"),
        ('<row r="1"><y:c xmlns:y="urn:y" r="D1"><y:v>1</y:v></y:c><c r="A1"><v>1</v></c></row>', "D1"),
    ],
)
def test_a_value_that_can_be_read_in_two_ways_is_refused_at_its_cell(tmp_path: Path, rows: str, cell: str) -> None:
    finding = refusal(zipped(tmp_path, parts_of(rows)))
    assert (finding.code, finding.place.sheet, finding.place.cell) == ("file.damaged", "Data", cell)
    assert f"the value of cell {cell} can be read in two ways" in finding.message


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1" t="str"><f>""</f><v></v></c>',
        '<c r="B1" t="s"><v>0</v></c>',
        '<c r="B1" t="s"><v>1</v></c>',
        '<c r="B1" t="inlineStr"><is><t/></is></c>',
        '<c r="B1"><v/></c>',
        '<c r="B1" t="n"><v></v></c><c r="B1" t="str"><v/></c>',
    ],
)
def test_an_empty_text_is_blank(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>'
    assert cells_of(tmp_path, rows, strings="<si><t></t></si><si/>").rows == [[1, ""]]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("1<!-- of 604 -->2", 12),
        ("1<?of 604?>2", 12),
        ("1&#49;", 11),
        ("&#x31;2", 12),
        ("<!-- <![CDATA[ -->5<!-- ]]> -->", 5),
    ],
)
def test_nothing_within_a_value_ends_it(tmp_path: Path, value: str, read: object) -> None:
    assert cells_of(tmp_path, f'<row r="1"><c r="A1"><v>{value}</v></c></row>').rows == [[read]]


def test_references_that_xml_needs_stay(tmp_path: Path) -> None:
    texts = ("a&#60;b &#38;lt; &#x26;amp; &#10;&#8364;", "<![CDATA[5<!-- -->]]>")
    rows = "".join(f'<c t="str"><v>{text}</v></c>' for text in texts)
    assert cells_of(tmp_path, f"<row>{rows}</row>").rows == [["a<b &lt; &amp; \n€", "5<!-- -->"]]


@pytest.mark.parametrize("opening", ["<!--", "<?", "<![CDATA["])
def test_what_never_ends_is_damage_at_once(tmp_path: Path, opening: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>{opening * 300_000}5</v></c></row>'
    assert refusal(zipped(tmp_path, parts_of(rows))).code == "file.damaged"


def cells_in(part: bytes) -> set[str]:
    """The cells with a text in a sheet's XML or a shared string, read by a third reader."""
    return {cell.get("r", "") for cell in ElementTree.fromstring(part).iter(f"{{{MAIN}}}c") if "".join(cell.itertext())}


@pytest.mark.parametrize("which", ["july", "tamarshire", "rich", "long"])
def test_the_cells_of_every_sheet_are_those_of_its_xml(tmp_path: Path, which: str) -> None:
    root = Path(__file__).parents[1]
    paths = {
        "july": lambda: root / "examples" / "july-2023.xlsx",
        "tamarshire": lambda: root / "tests" / "sentences" / "tamarshire" / "october-2024.xlsx",
        "rich": lambda: write_rich(tmp_path / "rich"),
        "long": lambda: in_long_layout(root / "examples" / "july-2023.xlsx", tmp_path / "long.xlsx"),
    }
    path = paths[which]()
    parts = marked.parts_of(path)
    for sheet in read_spreadsheet(path).sheets:
        blank = {
            address_of((at[0] + 1, at[1] + 1)) for at, trait in sheet.cells.traits.items() if trait & Trait.NO_RESULT
        }
        filled = {
            address_of((r, c)) for r, row in enumerate(sheet.rows, 1) for c, value in enumerate(row, 1) if value != ""
        }
        assert filled | blank == cells_in(parts[marked.sheet_part(parts, sheet.name)])


@pytest.mark.parametrize("path", ["examples/july-2023.xlsx", "tests/sentences/tamarshire/october-2024.xlsx"])
def test_the_values_are_those_that_calamine_reads(path: str) -> None:
    workbook = Path(__file__).parents[1] / path
    decoded = CalamineWorkbook.from_path(str(workbook))
    for sheet in read_spreadsheet(workbook).sheets:
        rows = decoded.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        assert sheet.rows == rows


# Values of types and formats


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c t="d"><v>2023-07-01T12:30:00</v></c>', datetime(2023, 7, 1, 12, 30)),
        ('<c t="d"><v>12:30:00</v></c>', time(12, 30)),
        ('<c t="d"><v>2023-07-01T12:30:00Z</v></c>', "2023-07-01T12:30:00Z"),
        ('<c t="b"><v>false</v></c>', False),
        ('<c t="str"><v> a_x000D_b </v></c>', " a\rb "),
        ("<c><v>1_000</v></c>", "1_000"),
        ('<c s="0"><v>60</v></c>', date(1900, 2, 28)),
        ('<c s="0"><v>59</v></c>', date(1900, 2, 28)),
        ('<c s="0"><v>61</v></c>', date(1900, 3, 1)),
        ('<c s="0"><v>0.5</v></c>', time(12, 0)),
        ('<c s="0"><v>45108.999999</v></c>', datetime(2023, 7, 1, 23, 59, 59, 914000)),
        ('<c s="0"><v>2958466</v></c>', 2958466),
        ('<c s="1"><v>-0.5</v></c>', timedelta(hours=-12)),
        ('<c s="2"><v>45108</v></c>', 45108),
    ],
)
def test_a_value_is_as_its_type_and_format_make_it(tmp_path: Path, cell: str, value: object) -> None:
    styles = styled("d/m/yyyy", "[mm]:ss", "0;[Red]0 d")
    assert cells_of(tmp_path, f'<row r="1">{cell}</row>', styles=styles).rows == [[value]]


# What is hidden


def test_hidden_sheets_rows_and_columns_are_reported(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(4):
        sheet.append([row, row, row])
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[60].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Old").sheet_state = "hidden"
    book.create_sheet("Older").sheet_state = "veryHidden"
    book.save(tmp_path / "july.xlsx")

    data, *others = read_spreadsheet(tmp_path / "july.xlsx").sheets
    assert (data.hidden, data.cells.hidden_rows, data.cells.hidden_columns) == (False, frozenset({1}), frozenset({1}))
    assert [(sheet.name, sheet.hidden) for sheet in others] == [("Old", True), ("Older", True)]


def test_columns_hidden_to_the_far_right_matter_only_as_far_as_cells_go(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row>'
    cells = cells_of(tmp_path, rows, before='<cols><col min="3" max="16384" hidden="1"/></cols>')
    assert cells.hidden_columns == {2, 3}


@pytest.mark.parametrize("first", ["0", "-5", "-99999999999"])
def test_hidden_columns_begin_at_the_first_one(tmp_path: Path, first: str) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="D1"><v>1</v></c></row>'
    columns = f'<cols><col min="{first}" max="2" hidden="1"/><col min="2" max="2" hidden="1"/></cols>'
    assert cells_of(tmp_path, rows, before=columns).hidden_columns == {0, 1}


# Sheets


def test_sheets_come_in_the_workbooks_order_without_chart_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.create_chartsheet("Chart")
    book.create_sheet("R&D “2023”").append([1])
    book.save(tmp_path / "july.xlsm")

    spreadsheet = read_spreadsheet(tmp_path / "july.xlsm")
    assert spreadsheet.file == "july.xlsm"
    assert [(sheet.name, sheet.rows) for sheet in spreadsheet.sheets] == [("About", []), ("R&D “2023”", [[1]])]


def test_a_sheet_that_nobody_asks_for_does_no_harm(tmp_path: Path) -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", '<sheet name="Raw" r:id="x"/></sheets>')
    more = f'<Relationship Id="x" Type="{DOCUMENT}/worksheet" Target="raw.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", more)
    parts["xl/raw.xml"] = "<worksheet><sheetData><row"
    data, raw = read_spreadsheet(zipped(tmp_path, parts)).sheets
    assert data.rows == [[1]]
    with pytest.raises(InputError) as caught:
        assert raw.rows
    assert (caught.value.findings[0].code, caught.value.findings[0].place.sheet) == ("file.damaged", "Raw")


@pytest.mark.parametrize("kind", ["", "theme"])
def test_a_listed_sheet_without_a_part_is_damage(tmp_path: Path, kind: str) -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", '<sheet name="Marks" r:id="x"/></sheets>')
    if kind:
        more = f'<Relationship Id="x" Type="{DOCUMENT}/{kind}" Target="theme.xml"/></Relationships>'
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", more)
    finding = refusal(zipped(tmp_path, parts))
    assert (finding.code, "'Marks'" in finding.message) == ("file.damaged", True)


def test_a_workbook_whose_extras_are_broken_is_read(tmp_path: Path) -> None:
    styles = '<fonts><font><color rgb="no colour"/></font></fonts>' + styled("0%")
    after = '<drawing r:id="nowhere" xmlns:r="r"/><legacyDrawing/>'
    properties = "<definedNames><definedName name='x'>#REF!!</definedName></definedNames>"
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>', styles=styles, after=after, properties=properties)
    parts["xl/theme/theme1.xml"] = "<broken"
    assert read_spreadsheet(zipped(tmp_path, parts)).sheets[0].rows == [[1]]


def test_styles_and_shared_strings_may_be_missing(tmp_path: Path) -> None:
    parts = parts_of('<row r="1"><c r="A1" s="3"><v>1</v></c></row>')
    del parts["xl/styles.xml"], parts["xl/strings.xml"]
    assert read_spreadsheet(zipped(tmp_path, parts)).sheets[0].rows == [[1]]


# Files that are no workbook


@pytest.mark.parametrize(
    ("content", "seems"),
    [
        (b"Indicator,Figure,Jul 23\n4.02.01,numerator,604\n", "a text or CSV file"),
        ("Indicator\tFigure".encode("utf-16"), "a text or CSV file"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html><table></table></html>", "a web page (HTML)"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML Spreadsheet 2003",
        ),
        (b"%PDF-1.7\n\x00", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\x01\x02\x03\x04", "an unknown kind"),
        (
            "WordDocument\0".encode("utf-16-le").join([b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b""]),
            "a Word 97-2003 document",
        ),
    ],
)
def test_another_kind_of_file_is_called_what_it_seems_to_be(tmp_path: Path, content: bytes, seems: str) -> None:
    path = tmp_path / "july.xlsx"
    path.write_bytes(content)
    finding = refusal(path)
    assert finding.code == "file.not-a-workbook"
    assert seems in finding.message
    assert "(.xlsx)" in finding.hint


@pytest.mark.parametrize(
    ("parts", "code", "seems"),
    [
        ({"word/document.xml": "<document/>"}, "file.not-a-workbook", "a Word document"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "file.not-a-workbook", "(.ods)"),
        ({"xl/workbook.bin": "\x01"}, "file.old-format", "(.xlsb)"),
        ({"july.csv": "4.02.01"}, "file.not-a-workbook", "a zip archive"),
        ({}, "file.not-a-workbook", "a zip archive"),
    ],
)
def test_another_kind_of_archive_too(tmp_path: Path, parts: dict[str, str], code: str, seems: str) -> None:
    office = f'<Relationship Id="w" Type="{DOCUMENT}/officeDocument" Target="{next(iter(parts), "")}"/>'
    relationships = {"_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{office}</Relationships>'}
    finding = refusal(zipped(tmp_path, parts | relationships if "/" in "".join(parts) else parts))
    assert finding.code == code
    assert seems in finding.message


def test_a_workbook_without_worksheets_is_refused(tmp_path: Path) -> None:
    parts = parts_of("")
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    finding = refusal(zipped(tmp_path, parts))
    assert (finding.code, "without any worksheet" in finding.message) == ("file.not-a-workbook", True)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "july.xlsx").touch()
    assert refusal(tmp_path / "july.xlsx").code == "file.empty"


@pytest.mark.parametrize(("stream", "code"), [("EncryptedPackage", "file.encrypted"), ("Workbook", "file.old-format")])
def test_a_password_and_an_old_workbook_are_told_apart(tmp_path: Path, stream: str, code: str) -> None:
    path = tmp_path / "july.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + f"{stream}\0".encode("utf-16-le"))
    assert refusal(path).code == code


# Damage


def test_a_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    path.write_bytes(path.read_bytes()[:-100])
    assert refusal(path).code == "file.damaged"


def test_a_workbook_of_zero_bytes_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "july.xlsx").write_bytes(bytes(9000))
    assert refusal(tmp_path / "july.xlsx").code == "file.damaged"


def test_any_flipped_byte_is_read_or_told_but_never_a_traceback(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    whole = path.read_bytes()
    for position in range(0, len(whole), 3):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 0x5A]) + whole[position + 1 :])
        try:
            read_all(path)
        except InputError as error:
            assert error.findings[0].place.file == "july.xlsx"


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="one"><c><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1" t="n"><v>abc</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="odd"><v>2</v></c></row>',
    ],
)
def test_a_broken_sheet_is_damaged_and_named(tmp_path: Path, rows: str) -> None:
    finding = refusal(zipped(tmp_path, parts_of(rows)))
    assert (finding.code, finding.place.sheet) == ("file.damaged", "Data")


def test_a_missing_sheet_part_is_damage(tmp_path: Path) -> None:
    parts = parts_of("")
    del parts["xl/sheet1.xml"]
    assert refusal(zipped(tmp_path, parts)).place.sheet == "Data"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sheet1.xml", "xl/styles.xml", "xl/strings.xml", "_rels/.rels"])
def test_a_document_type_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    parts = parts_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>x</t></si>")
    lol = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    parts[part] = lol + parts[part].replace("<t>x", "<t>&b;")
    assert refusal(zipped(tmp_path, parts)).code == "file.damaged"


def test_two_parts_of_one_name_are_damage(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of(""))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/sheet1.xml", "<worksheet/>")
    assert "two parts named" in refusal(path).message


def test_overlapping_parts_are_damage(tmp_path: Path) -> None:
    path = zipped(tmp_path, {**parts_of(""), "xl/sheet2.xml": "<worksheet/>"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo("xl/sheet2.xml").header_offset = archive.getinfo("xl/sheet1.xml").header_offset + 1
        archive.writestr("other", "")
    assert "overlaps" in refusal(path).message


# Size


@pytest.mark.parametrize("cell", ['t="s"/>', 't="str"/>', 't="inlineStr"/>', 't="b"/>', 't="e"/>', 's="1"/>'])
def test_cells_without_a_value_take_no_room(tmp_path: Path, cell: str) -> None:
    path = zipped(tmp_path, parts_of(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="D9" {cell}</row>'))
    assert read_spreadsheet(path).sheets[0].rows == [[1]]


def test_a_dimension_that_claims_the_whole_sheet_is_not_believed(tmp_path: Path) -> None:
    before = '<dimension ref="A1:XFD1048576"/>'
    assert cells_of(tmp_path, '<row r="1"><c r="A1"><v>1</v></c></row>', before=before).rows == [[1]]


@pytest.mark.parametrize("far", ["XFD1048576", "Z1048576", "XFD700"])
def test_a_cell_far_out_is_named(tmp_path: Path, far: str) -> None:
    row = far.lstrip("XFDZ")
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{far}"><v>1</v></c></row>'
    finding = refusal(zipped(tmp_path, parts_of(rows)))
    assert (finding.code, finding.place.sheet, finding.place.cell) == ("file.too-large", "Data", far)
    assert far in finding.message


def test_a_zip_bomb_is_refused_by_its_stated_size(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of(""))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        archive.getinfo("xl/sheet1.xml").file_size = 3 << 30
    assert refusal(path).code == "file.too-large"


def test_a_zip_bomb_that_states_a_small_size_is_damage(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of(" " * 10_000_000))
    with zipfile.ZipFile(path, "a") as archive:
        archive.getinfo("xl/sheet1.xml").file_size = 500
        archive.writestr("other", "")
    assert refusal(path).code == "file.damaged"


def test_pictures_of_any_size_do_not_count(tmp_path: Path) -> None:
    path = zipped(tmp_path, parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", "")
        archive.getinfo("xl/media/image1.png").file_size = 3 << 30
    assert read_spreadsheet(path).sheets[0].rows == [[1]]


# The system


def test_a_missing_file_is_the_systems_failure(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match=r"there is no file .*july\.xlsx"):
        read_spreadsheet(tmp_path / "july.xlsx")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure, match="is a folder"):
        read_spreadsheet(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are a matter of Unix")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "july.xlsx")
    with pytest.raises(EnvironmentFailure, match="device or pipe"):
        read_spreadsheet(tmp_path / "july.xlsx")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions are a matter of Unix")
def test_a_file_that_may_not_be_read_is_the_systems_failure(tmp_path: Path) -> None:
    (tmp_path / "july.xlsx").touch(mode=0o000)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)  # root may read everything
    try:
        with pytest.raises(EnvironmentFailure, match="permission denied"):
            read_spreadsheet(tmp_path / "july.xlsx")
    finally:
        os.seteuid(user)


def test_a_link_to_a_workbook_is_read(tmp_path: Path) -> None:
    zipped(tmp_path, parts_of('<row r="1"><c r="A1"><v>1</v></c></row>'))
    link = tmp_path / "link.xlsx"
    link.symlink_to(tmp_path / "july.xlsx")
    assert read_spreadsheet(link).file == "link.xlsx"


def test_reading_loads_no_heavy_library() -> None:
    heavy = "{'lxml', 'openpyxl', 'pydantic', 'pandas'}"
    code = f"import sys, cpreport.inputs.workbook.cells.spreadsheet; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_part_larger_than_the_archive_says_is_not_unpacked_whole(tmp_path: Path) -> None:
    path = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(100 * 2**20))
    said, true = (1000).to_bytes(4, "little"), (100 * 2**20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(true, said))
    tracemalloc.start()
    try:
        with pytest.raises(InputError):
            read_spreadsheet(path)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()
