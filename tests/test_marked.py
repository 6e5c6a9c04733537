"""A marked copy has every finding in it, and everything else as it was."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from cpreport.annotate.marked.comments import CLOSING, OPENING
from cpreport.annotate.marked.looks import CONDITION
from cpreport.annotate.marked.workbook import mark_workbook
from cpreport.gate.contrast import contrast
from cpreport.model.errors import InputError, UsageError
from cpreport.model.finding import FINDINGS_PART, Finding, Place
from cpreport.model.rules.data import NOT_A_NUMBER
from cpreport.model.rules.workbook import HIDDEN
from cpreport.office.addresses import COLUMNS, ROWS, address_of, area_of, areas, cell_at
from cpreport.pipeline import load_workbook

from .examples import examples
from .marked import (
    FOUND,
    Parts,
    comments_of,
    parts_of,
    replaced,
    save_parts,
    sheet_part,
    with_parts,
    write_month,
    write_rich,
)
from .workbooks import told

pytestmark = pytest.mark.filterwarnings("ignore:Conditional Formatting extension")

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHILDREN = """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells phoneticPr
    conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks
    drawing legacyDrawing legacyDrawingHF oleObjects controls tableParts extLst
"""
CELLS = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60)
ROWS_OF = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
THREADED = (
    '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
    '<threadedComment ref="F6" dT="2023-08-01T09:00:00.00" personId="{1}" id="{2}"><text>Why?</text></threadedComment>'
    "</ThreadedComments>"
)


def marked(path: Path, findings: Sequence[Finding] | None = None) -> bytes:
    return mark_workbook(path, load_workbook(path).findings if findings is None else findings).content


def at(*places: str) -> list[Finding]:
    """A finding at each of these places, such as `Data!F6`."""
    split = [place.rpartition("!") for place in places]
    return [NOT_A_NUMBER.at(Place(sheet=sheet, cell=cell), value=cell) for sheet, _, cell in split]


def ours(part: bytes) -> dict[str, str]:
    """The areas that we fill in a sheet, by the number of their look."""
    root = etree.fromstring(part)
    return {
        held.get("sqref"): held[0].get("dxfId")
        for held in root.findall(f"{MAIN}conditionalFormatting")
        if held[0].findtext(f"{MAIN}formula") == CONDITION
    }


def table(content: bytes, sheet: str = "Findings") -> list[list[str]]:
    """The rows of the sheet of findings, from its header on."""
    rows = [[str(value or "") for value in row] for row in openpyxl.load_workbook(BytesIO(content))[sheet].values]
    return rows[next(n for n, row in enumerate(rows) if row[0] == "Severity") :]


# Everything else stays


def test_parts_without_findings_keep_their_bytes_and_sheets_their_rows(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    before, after = parts_of(path), parts_of(marked(path))

    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/workbook.xml",
        "xl/styles.xml",
        sheet_part(before, "Data"),
        sheet_part(before, "Marks"),
        "xl/comments/comment1.xml",
        _drawing(path),
    }
    assert set(after) - set(before) == {
        FINDINGS_PART,
        "xl/cpreport-comments1.xml",
        "xl/drawings/cpreport-comments1.vml",
        "xl/worksheets/_rels/{}.rels".format(sheet_part(before, "Marks").rpartition("/")[2]),
    }
    for name in before:
        assert ROWS_OF.findall(before[name]) == ROWS_OF.findall(after[name])
    assert list(after)[: len(before)] == list(before)


def test_the_original_is_not_touched_and_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    before = path.read_bytes()

    assert marked(path) == marked(path)
    assert path.read_bytes() == before


def test_openpyxl_and_calamine_read_the_same_cells_from_the_copy(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    copy = marked(path)

    for formulas in (True, False):
        old, new = (openpyxl.load_workbook(file, data_only=formulas) for file in (path, BytesIO(copy)))
        assert new.sheetnames == ["Findings", *old.sheetnames]
        for sheet in old:
            assert list(new[sheet.title].values) == list(sheet.values)
    assert openpyxl.load_workbook(BytesIO(copy), data_only=True)["Sums"]["A1"].value == 1814
    with path.open("rb") as file:
        decoded = CalamineWorkbook.from_filelike(file)
    again = CalamineWorkbook.from_filelike(BytesIO(copy))
    for name in decoded.sheet_names:
        assert again.get_sheet_by_name(name).to_python() == decoded.get_sheet_by_name(name).to_python()


def test_the_copy_has_the_same_findings(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    found = load_workbook(path).findings
    (tmp_path / "checked.xlsx").write_bytes(marked(path))

    assert len(found) > 4
    assert told(load_workbook(tmp_path / "checked.xlsx").findings) == told(found)


def test_a_sheets_children_stand_in_the_order_of_the_schema(tmp_path: Path) -> None:
    parts = parts_of(marked(write_rich(tmp_path), at("Data!F6", "Notes!A1", "Sums!B7", "About!A1")))

    for name in (name for name in parts if name.startswith("xl/worksheets/") and name.endswith(".xml")):
        names = [etree.QName(child).localname for child in etree.fromstring(parts[name])]
        assert names == sorted(names, key=CHILDREN.split().index), name


def test_elements_that_stand_for_others_keep_their_places(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})
    controls = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    )
    with_parts(
        path, lambda parts: replaced(parts, "xl/worksheets/sheet2.xml", "</worksheet>", f"{controls}</worksheet>")
    )

    names = [
        etree.QName(each).localname
        for each in etree.fromstring(parts_of(marked(path, at("Data!F6")))["xl/worksheets/sheet2.xml"])
    ]
    assert names[-2:] == ["legacyDrawing", "AlternateContent"]


# Marking again


def test_findings_of_other_files_are_listed_and_mark_nothing(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})
    elsewhere = NOT_A_NUMBER.at(Place("june-2023.xlsx", "Data", "F6"), value="many")
    content = marked(path, [elsewhere])

    assert comments_of(content, "Data") == {}
    assert "data.not-a-number" in str(table(content))


def test_marking_a_marked_copy_is_marking_once(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    found = load_workbook(path).findings
    copy = tmp_path / "again" / path.name
    copy.parent.mkdir()
    copy.write_bytes(marked(path, found))

    assert marked(copy, found) == copy.read_bytes()


def test_marks_of_what_was_fixed_go(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    before = parts_of(path)
    (tmp_path / "checked.xlsx").write_bytes(marked(path))
    after = parts_of(marked(tmp_path / "checked.xlsx", []))

    assert set(after) - set(before) == {FINDINGS_PART}
    assert b"cpreport" not in after["xl/worksheets/sheet2.xml"] + after[sheet_part(after, "Marks")]
    content = marked(tmp_path / "checked.xlsx", [])
    assert comments_of(content, "Data") == {"C2": "from the register", "F6": "Ask Jane\nabout it"}
    assert table(content) == [["Severity", "Code", "Place", "Message", "Fix", "Indicator", "Period", "Section"]]


def test_what_another_program_saved_is_marked_once(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    found = load_workbook(path).findings
    saved = tmp_path / "saved" / path.name
    saved.parent.mkdir()
    book = openpyxl.load_workbook(BytesIO(marked(path, found)))
    book.save(saved)
    content = marked(saved, found)

    again = openpyxl.load_workbook(BytesIO(content))
    assert again.sheetnames == ["Findings", *openpyxl.load_workbook(path).sheetnames]
    assert comments_of(content, "Data") == comments_of(marked(path, found), "Data")
    assert len(ours(parts_of(content)[sheet_part(parts_of(content), "Data")])) == 2
    assert [name for name in again.defined_names if name.startswith("cpreport")] == ["cpreport_findings"]


def test_a_sheet_of_findings_that_somebody_deleted_is_made_again(tmp_path: Path) -> None:
    path = write_month(tmp_path, FOUND)
    (tmp_path / "checked.xlsx").write_bytes(marked(path))

    def delete(parts: Parts) -> None:
        del parts[FINDINGS_PART]
        parts["[Content_Types].xml"] = re.sub(
            rb"<Override[^>]*cpreport-findings[^>]*>", b"", parts["[Content_Types].xml"]
        )
        book = re.sub(rb'<sheet [^>]*name="Findings"[^>]*>', b"", parts["xl/workbook.xml"])
        parts["xl/workbook.xml"] = book.replace(b"'Findings'!$A$1", b"#REF!$A$1")

    content = marked(with_parts(tmp_path / "checked.xlsx", delete))
    names = openpyxl.load_workbook(BytesIO(content)).defined_names
    assert names["cpreport_findings"].attr_text == "'Findings'!$A$1"
    assert openpyxl.load_workbook(BytesIO(content)).sheetnames.count("Findings") == 1


def test_formulas_in_our_sheet_leave_the_order_of_calculation_with_it(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})
    (tmp_path / "checked.xlsx").write_bytes(marked(path))

    def calculate(parts: Parts) -> None:
        replaced(parts, FINDINGS_PART, "</row>", '<c r="J1"><f>1+1</f><v>2</v></c></row>')
        parts["xl/calcChain.xml"] = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        related = (
            '<Relationship Id="c" Target="calcChain.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"/>'
        )
        replaced(parts, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{related}</Relationships>")

    parts = parts_of(marked(with_parts(tmp_path / "checked.xlsx", calculate)))
    assert "xl/calcChain.xml" not in parts
    assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"]


def test_what_somebody_added_to_our_comment_stays(tmp_path: Path) -> None:
    path = write_month(tmp_path, FOUND)
    copy = tmp_path / "checked.xlsx"
    copy.write_bytes(marked(path, at("Data!E5")))

    def answer(parts: Parts) -> None:
        replaced(parts, "xl/cpreport-comments1.xml", CLOSING, f"{CLOSING}\nDone, Ann")

    with_parts(copy, answer)

    assert comments_of(marked(copy, []), "Data") == {"E5": "\nDone, Ann"}
    assert comments_of(marked(copy, at("Data!E5")), "Data")["E5"].startswith(f"\nDone, Ann\n\n{OPENING}\n")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example month without any comment."""
    return write_month(tmp_path_factory.mktemp("plain"), {})


@examples(30)
@given(st.lists(st.tuples(st.sampled_from(["Data", "Sums", "Marks"]), CELLS), max_size=3))
def test_taking_all_marks_out_leaves_the_sheets_as_they_were(
    plain: Path, cells: list[tuple[str, set[tuple[int, int]]]]
) -> None:
    places = [f"{sheet}!{address_of(cell)}" for sheet, found in cells for cell in sorted(found)]
    copy = plain.with_name("checked.xlsx")
    copy.write_bytes(marked(plain, at(*places)))
    before, after = parts_of(plain), parts_of(marked(copy, []))

    assert set(after) == {*before, FINDINGS_PART}
    for name in before:
        if name.startswith("xl/worksheets/"):
            assert etree.tostring(etree.fromstring(after[name]), method="c14n") == etree.tostring(
                etree.fromstring(before[name]), method="c14n"
            )


# Comments


def test_a_comment_says_everything_that_was_found_in_its_cell(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    one, other = at("Data!F6")[0], HIDDEN.at(Place("july-2023.xlsx", "Data", "F6"), what="row 6 is")
    said = comments_of(marked(path, [one, other]), "Data")

    assert said["C2"] == "from the register"
    assert said["F6"] == (
        f"Ask Jane\nabout it\n\n{OPENING}\nError: {one.code}\n{one.message}\nFix: {one.hint}\n\n"
        f"Warning: {other.code}\n{other.message}\nFix: {other.hint}\n{CLOSING}"
    )


def test_a_cell_with_very_many_findings_says_the_first_ones_and_how_many_more(tmp_path: Path) -> None:
    said = comments_of(marked(write_month(tmp_path, {}), at(*["Data!F6"] * 100)), "Data")["F6"]

    assert len(said) < 2000
    assert re.search(r"… and \d\d more: see the sheet of findings", said)


def test_every_comment_has_one_box_with_a_number_of_its_own(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    places = [f"Data!{address_of((row, column))}" for row in range(2, 42) for column in range(1, 31)]
    drawing = parts_of(marked(path, at(*places)))[_drawing(path)]

    shapes = re.findall(rb"<(?:\w+:)?shape .*?</(?:\w+:)?shape>", drawing, re.DOTALL)
    cells = {tuple(re.findall(rb"<(?:\w+:)?(?:Row|Column)>(\d+)", shape)) for shape in shapes}
    assert len(shapes) == len(cells) == 1200
    assert len({re.search(rb'id="(_x0000_s\d+)"', shape)[1] for shape in shapes}) == 1200  # type: ignore[index]
    etree.fromstring(drawing)


def _drawing(path: Path) -> str:
    return next(name for name in parts_of(path) if name.endswith(".vml"))


def test_a_drawing_that_is_no_xml_keeps_what_is_in_it(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    button = '<v:shape id="_x0000_s1900"><v:textbox>one<br>two</v:textbox></v:shape>'
    name = _drawing(path)
    with_parts(path, lambda parts: replaced(parts, name, "</xml>", f"{button}</xml>"))
    copy = tmp_path / "checked.xlsx"
    copy.write_bytes(marked(path, at("Data!E6")))

    assert button.encode() in parts_of(copy)[name]
    assert parts_of(copy)[name].count(b'ObjectType="Note"') == parts_of(path)[name].count(b'ObjectType="Note"') + 1
    assert parts_of(marked(copy, []))[name] == parts_of(path)[name]


@pytest.mark.parametrize(
    ("anchor", "lowest_row"),
    [("7, 0, 1, 0, 9, 0, 5, 0", range(9, 20)), ("7, 0, 1, 0, 9, 0, 40, 0", [40]), ("7, 0, 1", [1])],
)
def test_a_box_grows_with_what_is_added_to_its_comment(tmp_path: Path, anchor: str, lowest_row: Sequence[int]) -> None:
    path = write_rich(tmp_path)
    name = _drawing(path)

    def size(parts: Parts) -> None:
        parts[name] = re.sub(rb"(<(?:\w+:)?Row)", rf"<Anchor>{anchor}</Anchor>\1".encode(), parts[name])

    with_parts(path, size)
    anchors = re.findall(r"<Anchor>([^<]*)<", parts_of(marked(path, at("Data!F6")))[name].decode())
    assert anchors[0] == anchor
    assert int(anchors[1].split(", ")[-2 if anchor.count(",") > 2 else -1]) in lowest_row


def test_a_box_without_an_anchor_grows_by_its_height(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    drawing = parts_of(marked(path, at("Data!F6")))[_drawing(path)]

    heights = [int(height) for height in re.findall(rb"height:(\d+)px", drawing)]
    assert heights[0] == 79 < heights[1]


def test_a_threaded_comment_stays_as_it_is_and_the_sheet_of_findings_says_so(tmp_path: Path) -> None:
    path = write_rich(tmp_path)

    def converse(parts: Parts) -> None:
        comments = next(name for name in parts if name.startswith("xl/comments"))
        replaced(parts, comments, "<author>Ann</author>", "<author>tc={2}</author>")
        parts["xl/threadedComments/threadedComment1.xml"] = THREADED.encode()

    with_parts(path, converse)
    content = marked(path, at("Data!F6", "Data!E6"))

    assert comments_of(content, "Data")["F6"] == "Ask Jane\nabout it"
    assert OPENING in comments_of(content, "Data")["E6"]
    assert parts_of(content)["xl/threadedComments/threadedComment1.xml"] == THREADED.encode()
    remarks = [row[0] for row in openpyxl.load_workbook(BytesIO(content))["Findings"].values if row[0]]
    assert "Cells with a threaded comment keep it, and their findings are only on this sheet: Data!F6." in remarks
    assert "E6:F6" in ours(parts_of(content)["xl/worksheets/sheet2.xml"])


def test_covered_cells_are_marked_at_their_merged_cell_and_sheets_at_their_first(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    content = marked(path, at("Notes!E3", "Sums!", "Nowhere!B2"))
    parts = parts_of(content)

    assert list(comments_of(content, "Notes")) == ["D1"]
    assert list(comments_of(content, "Sums")) == ["A1"]
    assert list(ours(parts[sheet_part(parts, "Notes")])) == ["D1"]
    assert [row[2] for row in table(content)[1:]] == ["Notes!E3", "Sums", "Nowhere!B2"]
    links = [
        cell.hyperlink and cell.hyperlink.location for cell in openpyxl.load_workbook(BytesIO(content))["Findings"]["C"]
    ]
    assert links[-3:] == ["'Notes'!E3", "'Sums'!A1", None]


# Fills


def test_the_worst_finding_of_a_cell_fills_it_and_own_formats_come_after(tmp_path: Path) -> None:
    path = write_rich(tmp_path)
    warned = [HIDDEN.at(Place("july-2023.xlsx", "Data", cell), what="row 6 is") for cell in ("F6", "D4", "D5")]
    before, after = parts_of(path), parts_of(marked(path, [*warned, *at("Data!F6", "Data!F7")]))
    data = etree.fromstring(after["xl/worksheets/sheet2.xml"])

    assert list(ours(after["xl/worksheets/sheet2.xml"])) == ["F6:F7", "D4:D5"]
    rules = {
        rule.get("priority"): rule.findtext("{*}formula") or rule.findtext("{*}f") for rule in data.iter("{*}cfRule")
    }
    assert rules == {"1": CONDITION, "2": CONDITION, "3": "600", "4": "D5>0", "5": "TRUE"}
    looks = etree.fromstring(after["xl/styles.xml"]).find(f"{MAIN}dxfs")
    old = etree.fromstring(before["xl/styles.xml"]).find(f"{MAIN}dxfs")
    assert (len(looks), int(looks.get("count"))) == (len(old) + 3, len(old) + 3)
    assert [etree.tostring(each) for each in looks[: len(old)]] == [etree.tostring(each) for each in old]


def test_severities_differ_in_more_than_colour_and_stay_readable(tmp_path: Path) -> None:
    styles = etree.fromstring(parts_of(marked(write_month(tmp_path, {}), []))["xl/styles.xml"])
    looks = styles.findall(f"{MAIN}dxfs/{MAIN}dxf")[-3:]

    lines = [look.find(f"{MAIN}border/{MAIN}left").get("style") for look in looks]
    faces = [[etree.QName(each).localname for each in look.find(f"{MAIN}font")][:-1] for look in looks]
    patterns = [look.find(f"{MAIN}fill/{MAIN}patternFill").get("patternType") for look in looks]
    assert (lines, faces) == (["thin", "dashed", "dotted"], [["b"], ["i"], []])
    assert len(set(patterns)) == 3
    for look in looks:
        assert look.find(f"{MAIN}font/{MAIN}color").get("rgb") == "FF000000"
        for colour in look.iterfind(f"{MAIN}fill/{MAIN}patternFill/*"):
            assert contrast(colour.get("rgb")[2:], "000000") >= 4.5


@given(CELLS)
def test_areas_cover_each_cell_once_and_no_other(cells: set[tuple[int, int]]) -> None:
    corners = [area for area in map(area_of, areas(cells)) if area]
    covered = [
        (row, column)
        for (top, left), (bottom, right) in corners
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert sorted(covered) == sorted(cells)


@given(st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)))
def test_a_cell_has_one_address(cell: tuple[int, int]) -> None:
    assert cell_at(address_of(cell)) == cell


# The sheet of findings


def test_the_sheet_lists_every_finding_with_a_link_to_its_cell(tmp_path: Path) -> None:
    path = write_month(tmp_path, FOUND)
    (tmp_path / "narrative" / "2023-07").mkdir(parents=True)
    (tmp_path / "narrative" / "2023-07" / "care.md").write_text("# next\n\n{{ nothing }}\n", encoding="utf-8")
    found = load_workbook(path).findings
    content = marked(path, found)
    sheet = openpyxl.load_workbook(BytesIO(content))["Findings"]

    assert [(row[1], row[3], row[4]) for row in table(content)[1:]] == [(f.code, f.message, f.hint) for f in found]
    assert "care.md line 3" in [row[2] for row in table(content)]
    assert str(sheet["A1"].value).startswith("Findings of cpreport in july-2023.xlsx: ")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", f"A3:H{3 + len(found)}")
    links = {row[2].value: row[2].hyperlink.location for row in sheet.iter_rows(min_row=4) if row[2].hyperlink}
    assert links["Data!F6"] == "'Data'!F6"
    assert set(links) == {str(finding.place) for finding in found if finding.place.sheet}


def test_the_sheet_prints_on_a_pages_width_at_nine_points_or_more(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(BytesIO(marked(write_rich(tmp_path))))["Findings"]
    pixels = sum(int(sheet.column_dimensions[letter].width * 7) for letter in "ABCDEFGH")
    page = 297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right
    assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert {cell.font.sz for row in sheet.iter_rows(min_row=2) for cell in row if cell.value} == {11}
    broad = 636 / 507
    assert 11 * page / (pixels * broad / 96) >= 9


def test_the_sheet_names_sections_by_their_titles(tmp_path: Path) -> None:
    found = [replace(each, place=replace(each.place, section=name)) for name in ("care", "x") for each in at("Data!F6")]
    content = mark_workbook(write_rich(tmp_path), found, titles={"care": "Children in Care"}).content
    assert [row[-1] for row in table(content)[1:]] == ["Children in Care", "x"]


def test_the_copy_opens_with_the_findings_and_names_still_count_their_sheets(tmp_path: Path) -> None:
    path = write_rich(tmp_path)

    def select(parts: Parts) -> None:
        for name in ("Data", "Marks"):
            view = re.compile(rb"<sheetView (?:tabSelected=\"1\" )?")
            parts[sheet_part(parts, name)] = view.sub(b'<sheetView tabSelected="1" ', parts[sheet_part(parts, name)], 1)

    content = marked(with_parts(path, select))
    book = openpyxl.load_workbook(BytesIO(content))

    assert book.active is book["Findings"]
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Findings"]
    assert "Local" in book["Data"].defined_names
    assert book["Data"].print_title_rows == "$1:$1"
    assert "Global" in book.defined_names
    assert book["Notes"].sheet_state == "hidden"


def test_a_sheet_of_the_workbook_that_is_named_findings_stays(tmp_path: Path) -> None:
    path = write_month(tmp_path, {"findings!A1": "ours", "Findings (cpreport)!A1": "too"})
    content = marked(path)
    book = openpyxl.load_workbook(BytesIO(content))

    assert book.sheetnames[0] == "Findings (cpreport 2)"
    assert (book["findings"]["A1"].value, book["Findings (cpreport)"]["A1"].value) == ("ours", "too")
    assert "so this one is called Findings (cpreport 2)" in str(book.worksheets[0]["A3"].value)


def test_hidden_sheets_are_said(tmp_path: Path) -> None:
    content = marked(write_rich(tmp_path), at("Notes!A2", "Data!F6"))

    remark = openpyxl.load_workbook(BytesIO(content))["Findings"]["A3"].value
    assert remark == "Links into hidden sheets lead nowhere until the sheets are shown: Notes."


def test_texts_are_shown_as_they_are(tmp_path: Path) -> None:
    finding = HIDDEN.at(Place("july-2023.xlsx", "Data", "F6"), what="=1+1 <&> _x000D_ \x07")
    content = marked(write_month(tmp_path, {}), [finding])

    assert table(content)[1][3].replace("_x005F_", "_") == finding.message.replace("\x07", "")
    assert finding.message.replace("\x07", "") in comments_of(content, "Data")["F6"].replace("_x005F_", "_")


# Other kinds of workbooks


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_workbook_without_styles_is_marked(tmp_path: Path) -> None:
    path = write_month(tmp_path, {"Data!F6": "many"})

    def without_styles(parts: Parts) -> None:
        del parts["xl/styles.xml"]
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            parts[name] = re.sub(rb"<[^<>]*styles[^<>]*>", b"", parts[name])
        for name in parts:
            parts[name] = re.sub(rb' s="\d+"', b"", parts[name])

    with_parts(path, without_styles)
    found = at("Data!F6")
    copy = tmp_path / "copy" / path.name
    copy.parent.mkdir()
    copy.write_bytes(marked(path, found))

    assert openpyxl.load_workbook(copy)["Findings"]["A3"].font.b
    assert marked(copy, found) == copy.read_bytes()


def test_parts_in_another_encoding_keep_their_rows(tmp_path: Path) -> None:
    path = write_month(tmp_path, {"Data!C2": "Café"})
    for encoding in ("iso-8859-1", "utf-16"):

        def encoded(parts: Parts, encoding: str = encoding) -> None:
            text = re.sub(r"<\?xml[^>]*\?>", "", parts["xl/worksheets/sheet1.xml"].decode())
            parts["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

        other = with_parts(Path(shutil.copy(path, tmp_path / f"{encoding}.xlsx")), encoded)
        content = marked(other, at("About!B2"))
        assert list(openpyxl.load_workbook(BytesIO(content))["About"].values) == list(
            openpyxl.load_workbook(path)["About"].values
        )


def test_a_signature_is_kept_and_said_to_be_void(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})
    with_parts(
        path, lambda parts: parts.update({"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<a/>"})
    )
    copy = mark_workbook(path, [])

    assert "signature" in "".join(copy.losses)
    assert parts_of(copy.content)["_xmlsignatures/sig1.xml"] == b"<a/>"
    assert mark_workbook(write_month(tmp_path, {}), []).losses == ()


def test_strict_open_xml_is_refused(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})
    usual, strict = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )

    def be_strict(parts: Parts) -> None:
        for name in parts:
            parts[name] = parts[name].replace(usual.encode(), strict.encode())

    with_parts(path, be_strict)
    with pytest.raises(UsageError, match="Strict Open XML"):
        mark_workbook(path, [])


@pytest.mark.parametrize("content", [b"", b"<comments", b'<!DOCTYPE a [<!ENTITY b "c">]><comments>&b;</comments>'])
def test_a_damaged_part_that_would_have_to_change_is_said(tmp_path: Path, content: bytes) -> None:
    path = write_rich(tmp_path)
    name = next(name for name in parts_of(path) if name.startswith("xl/comments"))
    with_parts(path, lambda parts: parts.update({name: content}))

    with pytest.raises(InputError, match="comment"):
        mark_workbook(path, at("Data!F6"))


def test_a_sheet_that_is_none_is_said(tmp_path: Path) -> None:
    path = write_month(tmp_path, {})

    def be_another(parts: Parts) -> None:
        parts["xl/worksheets/sheet2.xml"] = parts["xl/worksheets/sheet2.xml"].replace(b"worksheet", b"workshop")

    with_parts(path, be_another)
    with pytest.raises(InputError, match="workshop"):
        mark_workbook(path, at("Data!F6"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<cols>", '<cols><col min="x" max="99999999999" width="inf"/><col width="-3"/>'),
        ("<sheetFormatPr", '<sheetFormatPr defaultColWidth="wide" defaultRowHeight="nan" x=""'),
        ('priority="1"', 'priority="many"'),
    ],
)
def test_nonsense_in_a_sheet_stops_nothing(tmp_path: Path, old: str, new: str) -> None:
    path = write_rich(tmp_path)
    parts = parts_of(path)
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    sheet = re.sub(r"<sheetFormatPr[^>]*>", "<sheetFormatPr/>", sheet)
    assert old in sheet
    save_parts(path, {**parts, "xl/worksheets/sheet2.xml": sheet.replace(old, new, 1).encode()})

    assert OPENING.encode() in b"".join(parts_of(marked(path, at("Data!E6"))).values())
