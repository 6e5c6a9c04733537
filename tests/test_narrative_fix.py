"""`cpreport narrative fix`: numbers typed in narratives give way to tags, and nothing else in any file changes."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from cpreport.annotate.corrected import cells_in, rich_strings
from cpreport.annotate.fixes import Fixes, fix_narratives, write_fixes
from cpreport.model.correction import (
    AS_TYPED,
    BY_FORMULA,
    IN_WORD,
    NO_ONE_PLACE,
    NOT_IN_ENCODING,
    TOO_LONG,
)
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.model.finding import Finding
from cpreport.office.parts import etree, parsed_root
from cpreport.office.xml import in_utf8
from cpreport.pipeline import load_workbook
from cpreport.publishing import build_report

from .example_month import NAME, Added, Change, Formula, Replaced, Word
from .marked import parts_of, replaced, save_parts, sheet_part, with_parts, write_rich
from .test_dialects import DIALECTS, with_texts_in_cells
from .workbooks import write_example

Run = Callable[..., tuple[int, str, str]]

TAG = '{{ indicator("rate").now.count }}'
CELL = {"Narrative!C2": "604 children were in care."}
FIXED = f"{TAG} children were in care."
CARE = "narrative/2023-07/care.md"
NEXT = "## What is next?\n\n"
MARKDOWN = {CARE: f"{NEXT}- 604 children were in care.\n"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run) -> Run:
    """Calls the command in the folder of the test."""
    monkeypatch.chdir(tmp_path)

    def run(*options: str, workbook: str = NAME) -> tuple[int, str, str]:
        return call("narrative", "fix", workbook, *options)

    return run


def write(folder: Path, change: Change) -> Path:
    """The example month after a change."""
    write_example(folder, change)
    return folder / NAME


def fixes_of(path: Path, narrative: Path | None = None) -> Fixes:
    return fix_narratives(load_workbook(path, narrative=narrative), path, narrative)


def fix(path: Path) -> Fixes:
    fixes = fixes_of(path)
    write_fixes(fixes, path)
    return fixes


def left(fixes: Fixes) -> list[tuple[str, str]]:
    """The numbers that are left to be replaced by hand, and why."""
    return [(each.number, each.by_hand) for each in fixes.replacements if each.by_hand]


def others(path: Path) -> list[tuple[str, str]]:
    """The findings but for the numbers that could be computed."""
    kept = (finding for finding in load_workbook(path).findings if finding.code != "narrative.could-be-computed")
    return [(finding.code, f"{finding.place.file} {finding.place}") for finding in kept]


def computable(path: Path) -> list[Finding]:
    return [each for each in load_workbook(path).findings if each.code == "narrative.could-be-computed"]


def cells_of(content: bytes | Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(BytesIO(content) if isinstance(content, bytes) else content)
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def told_sheet(path: Path, text: str = FIXED) -> None:
    """Asserts that the text of the Narrative sheet is this one, and all else as before."""
    assert cells_of(path)["Narrative"][1][2] == text


# The command


def test_without_write_it_shows_the_changes_and_writes_nothing(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}

    assert run() == (
        0,
        f"""july-2023.xlsx  Narrative!C2
  604 children were in care.
    '604' -> {TAG}
care.md  line 3
  604 children were in care.
    '604' -> {TAG}
""",
        "2 numbers would be replaced (run again with --write)\n",
    )
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before
    assert len(computable(path)) == 2


def test_with_write_it_shows_them_first_and_a_second_run_finds_nothing(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    shown = run()[1]

    assert run("--write") == (0, shown, "2 numbers replaced\n")
    told_sheet(path)
    assert (tmp_path / CARE).read_text(encoding="utf-8") == f"{NEXT}- {FIXED}\n"
    nothing = "nothing to replace: tags would print none of the numbers typed in narratives\n"
    content = path.read_bytes()
    assert run("--write") == (0, "", nothing)
    assert run("--quiet") == (0, "", "")
    assert path.read_bytes() == content
    assert not list(tmp_path.rglob("*.part"))


def test_it_is_records_too(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {**CELL, "narrative/2023-07/care.docx": Word("# What is next?\n604 children were in care.")})
    records = json.loads(run("--json")[1])

    assert records[0] == {
        "file": NAME,
        "sheet": "Narrative",
        "cell": "C2",
        "line": None,
        "indicator": "rate",
        "section": "care",
        "slot": "good",
        "sentence": "604 children were in care.",
        "number": "604",
        "tag": TAG,
        "by_hand": None,
    }
    assert [(each["file"], each["line"], each["by_hand"]) for each in records[1:]] == [("care.docx", None, IN_WORD)]
    write(tmp_path, {})
    (tmp_path / "narrative/2023-07/care.docx").unlink()
    assert run("--json")[1] == "[]\n"


def test_wrong_data_refuse_and_wrong_narratives_do_not(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, {**CELL, "Data!F6": "many"})
    status, out, err = run("--write")

    assert (status, out) == (1, "")
    assert re.fullmatch(r"error +data\.not-a-number  july-2023\.xlsx  Data!F6 .*\n", err)
    told_sheet(path, CELL["Narrative!C2"])

    write(tmp_path, {**CELL, "Narrative!A3": "none", "Narrative!B3": "none", "Narrative!C3": "A text.", **MARKDOWN})
    (tmp_path / CARE).write_text(f"{NEXT}604 children were in care. {{{{ nothing }}}}\n", encoding="utf-8")
    assert run("--write")[0] == 0
    told_sheet(path)


def test_a_wildcard_of_several_workbooks_is_refused(tmp_path: Path, run: Run) -> None:
    shutil.copy(write(tmp_path, CELL), tmp_path / "july-2023b.xlsx")

    assert run(workbook="july-2023*.xlsx")[0] == 2
    assert run("--loud")[0] == 2


@pytest.mark.parametrize("lines", ["{}", "Well.\n- 12 homes.\n- So.\n{}\nMore."])
def test_word_files_are_told_and_stay(tmp_path: Path, run: Run, lines: str) -> None:
    text = lines.format("604 children were in care.")
    write(tmp_path, {"narrative/2023-07/care.docx": Word(f"# What is next?\n{text}")})
    before = (tmp_path / "narrative/2023-07/care.docx").read_bytes()

    status, out, err = run("--write")
    assert out.splitlines() == [
        "care.docx  care/next",
        "  604 children were in care.",
        f"    '604' -> {TAG}  (replace it in Word yourself)",
    ]
    assert (status, err) == (0, "nothing that cpreport could replace; 1 to be replaced by hand\n")
    assert (tmp_path / "narrative/2023-07/care.docx").read_bytes() == before


def test_a_folder_of_narratives_may_be_given(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {"texts/2023-07/care.md": MARKDOWN[CARE], "plain/care.md": MARKDOWN[CARE]})

    for folder, file in (("texts", "texts/2023-07/care.md"), ("plain", "plain/care.md")):
        assert run("--write", "--narrative", folder)[2] == "1 number replaced\n"
        assert TAG in (tmp_path / file).read_text(encoding="utf-8")


# Markdown


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("cp1252", b""),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_marks_and_encodings_stay(tmp_path: Path, encoding: str, mark: bytes, line_end: str) -> None:
    text = f"{NEXT}- In £ – we\u00a0had “604 children in care”.\n\n  604 children in care\n"

    def encoded(text: str) -> bytes:
        return mark + text.replace("\n", line_end).encode(encoding)

    path = write(tmp_path, {CARE: encoded(text)})
    before = others(path)
    assert len(fix(path).replacements) == 2
    assert (tmp_path / CARE).read_bytes() == encoded(text.replace("604", TAG))
    assert (computable(path), others(path)) == ([], before)


def test_bytes_that_no_encoding_has_stay(tmp_path: Path) -> None:
    content = NEXT.encode() + b"\x81\x8d caf\xe9: 604 children were in care. \x81\n"
    path = write(tmp_path, {CARE: content})

    fix(path)
    assert (tmp_path / CARE).read_bytes() == content.replace(b"604", TAG.encode())


def test_a_file_of_which_some_bytes_cannot_be_read_stays(tmp_path: Path) -> None:
    content = b"\xff\xfe" + f"{NEXT}604 children were in care.\n".encode("utf-16-le") + b"\x00\xd8\n\x00"
    path = write(tmp_path, {CARE: content})

    assert left(fix(path)) == [("604", NOT_IN_ENCODING)]
    assert (tmp_path / CARE).read_bytes() == content


def test_mixed_line_ends_stay(tmp_path: Path) -> None:
    content = NEXT.encode() + b"One.\r\n604 children were in care.\rThree.\r\n\r\n- 604 children in care\n"
    path = write(tmp_path, {CARE: content})

    fix(path)
    assert (tmp_path / CARE).read_bytes() == content.replace(b"604", TAG.encode())


def test_a_tag_that_the_encoding_cannot_write_is_left(tmp_path: Path) -> None:
    named = {"indicators.toml": Replaced('"rate"', '"łódź"'), "report.toml": Replaced('"rate"', '"łódź"')}
    path = write(tmp_path, {**{f"Data!A{row}": "łódź" for row in (2,)}, "Benchmarks!A2": "łódź", **named})
    (tmp_path / "narrative/2023-07").mkdir(parents=True)
    toml = tmp_path / "indicators.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace('"rate/', '"łódź/'), encoding="utf-8")
    text = f"{NEXT}604 children were in care – so.\n"
    (tmp_path / CARE).write_bytes(text.encode("cp1252"))

    assert left(fix(path)) == [("604", NOT_IN_ENCODING)]
    assert (tmp_path / CARE).read_bytes() == text.encode("cp1252")
    (tmp_path / CARE).write_bytes(text.encode())
    assert left(fix(path)) == []
    assert (tmp_path / CARE).read_text(encoding="utf-8") == text.replace("604", TAG.replace("rate", "łódź"))


def test_several_slots_of_a_file_and_several_files_of_a_section(tmp_path: Path) -> None:
    text = f"## What went well\n\n- 604 children were in care. 81 were far away.\n- No.\n\n{NEXT}We had 604 in care.\n"
    path = write(
        tmp_path, {CARE: text, "narrative/2023-07/care--ann.md": f"{NEXT}604 children in care\n", "Narrative!C2": None}
    )

    fixes = fix(path)
    assert [str(each.place) for each in fixes.replacements] == ["line 3", "line 3", "line 8", "line 3"]
    far = '{{ indicator("far").now.count }}'
    assert (tmp_path / CARE).read_text(encoding="utf-8") == text.replace("604", TAG).replace("81", far)
    assert (tmp_path / "narrative/2023-07/care--ann.md").read_text(
        encoding="utf-8"
    ) == f"{NEXT}{TAG} children in care\n"


@pytest.mark.parametrize(
    ("text", "by_hand"),
    [
        ("604 children were in care, see [there](https://example.org/604 ).", NO_ONE_PLACE),
        ("604 children were in care. {% raw %}{{{% endraw %}", AS_TYPED),
    ],
)
def test_what_has_no_one_place_is_told_and_stays(tmp_path: Path, run: Run, text: str, by_hand: str) -> None:
    write(tmp_path, {CARE: f"{NEXT}{text}\n"})

    assert f"'604' -> {TAG}  ({by_hand})\n" in run("--write")[1]
    assert (tmp_path / CARE).read_text(encoding="utf-8") == f"{NEXT}{text}\n"


def test_a_number_in_two_looks_stays(tmp_path: Path) -> None:
    path = write(tmp_path, {CARE: f"{NEXT}**60**4 children were in care.\n"})

    assert not fix(path).files
    assert (tmp_path / CARE).read_text(encoding="utf-8") == f"{NEXT}**60**4 children were in care.\n"


def test_a_sentence_that_somebody_accepts_stays(tmp_path: Path) -> None:
    sentence = "604 children were in care; in June 614 children were in care."
    path = write(tmp_path, {CARE: f"{NEXT}- {sentence}\n- 604 children were in care.\n"})
    (doubted,) = (each.quote for each in load_workbook(path).findings if each.quote)
    rows = f'sentence,figure,name,reason\n"{doubted.sentence}","{doubted.held}",Ann,Counted\n'
    (tmp_path / "narrative/2023-07/accepted.csv").write_text(rows, encoding="utf-8")
    before = others(path)

    assert left(fix(path)) == []
    assert (tmp_path / CARE).read_text(encoding="utf-8") == f"{NEXT}- {sentence}\n- {FIXED}\n"
    assert others(path) == before


def test_what_report_toml_ignores_stays(tmp_path: Path) -> None:
    entry = '[[ignore]]\ncode = "narrative.could-be-computed"\nindicator = "rate"\nreason = "x"\nuntil = 2023-09-30\n'
    path = write(tmp_path, {CARE: f"{NEXT}604 children were in care.\n", "report.toml": Added(f"\n{entry}")})

    assert (fix(path).replacements, computable(path)) == ((), [])


# The Narrative sheet


WITH_TEXTS = sorted(set(DIALECTS) - {"formulas with saved results"})


@pytest.mark.parametrize("dialect", WITH_TEXTS[::4])
def test_a_workbook_in_any_dialect(tmp_path: Path, dialect: str) -> None:
    path = in_dialect(tmp_path, dialect)
    before, found = parts_of(path), others(path)
    report = build_report(load_workbook(path))

    assert len(fix(path).replacements) == 1
    after = parts_of(path)
    changed = [name for name in before if after[name] != before[name]]
    assert list(after) == list(before)
    assert [name.lower() for name in changed] == ["xl/worksheets/sheet6.xml"]
    assert build_report(load_workbook(path)) == report
    assert (computable(path), others(path)) == ([], found)
    assert around(after[changed[0]]) == around(before[changed[0]])


def around(sheet: bytes) -> tuple[bytes, dict[str, str]]:
    """A sheet with nothing in the cell C2, and how that cell looks."""
    root = parsed_root(sheet)
    cell = dict(cells_in(root))[2, 3]
    look = {name: value for name, value in cell.attrib.items() if name != "t"}
    cell.clear(keep_tail=True)
    return etree.tostring(root, method="c14n"), look


def in_dialect(folder: Path, dialect: str) -> Path:
    """The example month with a number typed, as another program writes it."""
    path = write(folder, CELL)
    texts = with_texts_in_cells({name: content.decode() for name, content in parts_of(path).items()})
    parts = {name: text.encode() for name, text in DIALECTS[dialect](texts).items()}
    return save_parts(path, parts)


def test_formulas_are_told_and_stay(tmp_path: Path) -> None:
    path = in_dialect(tmp_path, "formulas with saved results")
    before = path.read_bytes()

    fixes = fix(path)
    assert left(fixes) == [("604", BY_FORMULA)]
    assert (fixes.files, path.read_bytes()) == ((), before)


def test_cells_within_an_array_formula_are_told_and_stay(tmp_path: Path) -> None:
    path = write(tmp_path, {**CELL, "Narrative!D2": Formula("1", 1)})
    array = '<f t="array" ref="C2:D2">1</f>'
    with_parts(path, lambda parts: replaced(parts, sheet_part(parts, "Narrative"), "<f>1</f>", array))

    assert left(fix(path)) == [("604", BY_FORMULA)]


def test_everything_else_in_a_rich_workbook_keeps_its_bytes(tmp_path: Path) -> None:
    path = write_rich(tmp_path, CELL)
    with_parts(path, lambda parts: parts.update({"xl/vbaProject.bin": b"\xd0\xcf macros"}))
    path = path.rename(path.with_suffix(".xlsm"))
    before, cells = parts_of(path), cells_of(path)

    fix(path)
    after = parts_of(path)
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == [sheet_part(before, "Narrative")]
    cells["Narrative"][1] = ("care", "good", FIXED)
    assert cells_of(path) == cells


def test_a_cells_format_stays_and_other_cells_in_tables_and_merged_ones(tmp_path: Path) -> None:
    path = write(tmp_path, {**CELL, "Narrative!A3": "care", "Narrative!B3": "good", "Narrative!C3": "More."})
    book = openpyxl.load_workbook(path)
    sheet = book["Narrative"]
    sheet["C2"].number_format = "@"
    sheet["C2"].alignment = openpyxl.styles.Alignment(wrap_text=True)
    sheet.merge_cells("C2:E2")
    sheet.add_table(openpyxl.worksheet.table.Table(displayName="Texts", ref="A1:C3"))
    book.save(path)

    fix(path)
    sheet = openpyxl.load_workbook(path)["Narrative"]
    assert (sheet["C2"].value, sheet["C2"].number_format, sheet["C2"].alignment.wrap_text) == (FIXED, "@", True)
    assert sheet["C3"].value == "More."
    assert [str(area) for area in sheet.merged_cells.ranges] == ["C2:E2"]


def test_only_the_numbers_of_a_cell_change(tmp_path: Path) -> None:
    text = "\u00a0 In\u00a0care: 604 children were in care & <so> – 604 children in care,\n  _x000D_ é 🎈 "
    path = write(tmp_path, {"Narrative!C2": text.replace("_x", "_x005F_x")})
    book = build_report(load_workbook(path))

    fix(path)
    assert cells_of(path)["Narrative"][1][2] == text.replace("604", TAG).replace("_x", "_x005F_x")
    assert build_report(load_workbook(path)) == book


def test_formats_within_a_cell_are_lost_and_that_is_said_once(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, CELL)
    book = openpyxl.load_workbook(path)
    for row, slot in ((2, "good"), (3, "next")):
        rich = CellRichText(TextBlock(InlineFont(b=True), "604"), " children were in care.")
        for column, value in enumerate(("care", slot, rich), 1):
            book["Narrative"].cell(row, column).value = value
    book.save(path)

    said = "formats of single words are lost in Narrative!C2, Narrative!C3\n"
    assert run()[2].count(said) == 1
    assert run("--write")[2].count(said) == 1
    assert [row[2] for row in cells_of(path)["Narrative"][1:]] == [FIXED, FIXED]
    assert "lost" not in run("--write")[2]


def test_shared_strings_with_formats_are_known() -> None:
    strings = b"<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si><si><t>d</t><rPh/></si></sst>"
    assert rich_strings(strings) == {1}
    assert rich_strings(b"") == set()


def test_cells_without_an_address_follow_the_ones_before_them() -> None:
    text = '<?xml version="1.0" encoding="utf-16"?><w><row><c/><c s="1"><is><t>é</t></is></c ></row><row r="7"/><row>'
    part = in_utf8(f'{text}<c r="D8"/><c/></row></w>'.encode("utf-16"))

    found = dict(cells_in(parsed_root(part)))
    assert list(found) == [(1, 1), (1, 2), (8, 4), (8, 5)]
    assert "".join(found[1, 2].itertext()) == "é"


def test_a_number_without_words_has_no_tag(tmp_path: Path) -> None:
    named = {"indicators.toml": Replaced('title = "Children in care"', 'reference = "4.1"\ntitle = "Children in care"')}
    row = {"Narrative!A3": "care", "Narrative!B3": "good", "Narrative!C3": 604}
    path = write(tmp_path, {**named, "Narrative!C2": "### 4.1", **row})
    report = build_report(load_workbook(path))

    assert left(fix(path)) == []
    assert build_report(load_workbook(path)) == report


def test_a_text_that_would_be_too_long_for_excel_stays(tmp_path: Path) -> None:
    text = "604 children were in care. " + "x" * 32_720
    path = write(tmp_path, {"Narrative!C2": text})

    assert left(fix(path)) == [("604", TOO_LONG)]
    told_sheet(path, text)


def test_a_workbook_that_cannot_be_changed_is_refused(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    with_parts(path, lambda parts: parts.update({"_xmlsignatures/origin.sigs": b""}))
    before = path.read_bytes()

    status, out, err = run("--write")
    assert (status, out) == (2, "")
    assert "july-2023.xlsx cannot be changed: it is digitally signed" in err
    assert (path.read_bytes(), (tmp_path / CARE).read_text(encoding="utf-8")) == (before, MARKDOWN[CARE])


def test_strict_open_xml_is_refused_as_a_marked_copy_of_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, CELL)
    usual, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/x/main"
    with_parts(path, lambda parts: parts.update({name: parts[name].replace(usual, strict) for name in parts}))
    with pytest.raises(UsageError, match="Strict Open XML"):
        fixes_of(path)


# Writing


@pytest.mark.parametrize("lock", [f"~${NAME}", f".~lock.{NAME}#"])
def test_a_workbook_that_is_open_is_refused_and_nothing_is_written(tmp_path: Path, run: Run, lock: str) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    before = path.read_bytes()
    (tmp_path / lock).write_bytes(b"")

    status, _, err = run("--write")
    assert status == 3
    assert f"is open in another program (there is its lock file {lock})" in err
    assert (path.read_bytes(), (tmp_path / CARE).read_text(encoding="utf-8")) == (before, MARKDOWN[CARE])
    assert run()[0] == 0


def test_a_workbook_that_is_open_stops_no_change_of_other_files(tmp_path: Path, run: Run) -> None:
    write(tmp_path, MARKDOWN)
    (tmp_path / f"~${NAME}").write_bytes(b"")

    assert run("--write")[0] == 0
    assert TAG in (tmp_path / CARE).read_text(encoding="utf-8")


def test_a_read_only_file_is_refused_and_nothing_is_written(tmp_path: Path, run: Run) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    (tmp_path / CARE).chmod(0o444)

    status, _, err = run("--write")
    assert status == 3
    assert "care.md is read-only: nothing was written" in err
    told_sheet(path, CELL["Narrative!C2"])


def test_a_file_that_changed_meanwhile_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    month, fixes = load_workbook(path), fixes_of(path)
    other = f"# Care\n{MARKDOWN[CARE]}"
    (tmp_path / CARE).write_text(other, encoding="utf-8")

    with pytest.raises(EnvironmentFailure, match=r"changed meanwhile: nothing was written"):
        write_fixes(fixes, path)
    with pytest.raises(EnvironmentFailure, match=r"care\.md was changed while it was read"):
        fix_narratives(month, path)
    told_sheet(path, CELL["Narrative!C2"])
    write(tmp_path, {"Narrative!C2": "604 children are in care."})
    with pytest.raises(EnvironmentFailure, match=r"july-2023\.xlsx was changed while it was read"):
        fix_narratives(month, path)


def test_what_is_written_before_a_failure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, {**CELL, **MARKDOWN})
    fixes = fixes_of(path)
    moved = Path.replace

    def full(source: Path, target: Path) -> Path:
        if target.name == "care.md":
            raise OSError(28, "No space left on device")
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(EnvironmentFailure, match=rf"care\.md cannot be written.*; written before that: .*{NAME}"):
        write_fixes(fixes, path)
    monkeypatch.undo()
    told_sheet(path)
    assert (tmp_path / CARE).read_text(encoding="utf-8") == MARKDOWN[CARE]
    assert not list(tmp_path.rglob("*.part"))


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path = write(tmp_path, MARKDOWN)
    (tmp_path / CARE).chmod(0o640)
    (tmp_path / CARE).rename(tmp_path / "real.md")
    (tmp_path / CARE).symlink_to(tmp_path / "real.md")

    fix(path)
    assert (tmp_path / CARE).is_symlink()
    assert TAG in (tmp_path / "real.md").read_text(encoding="utf-8")
    assert (tmp_path / "real.md").stat().st_mode & 0o777 == 0o640


# The report


def test_the_report_says_the_same_before_and_after(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "examples", tmp_path / "july")
    path = tmp_path / "july" / NAME
    typed_by_hand(path)
    texts = tmp_path / "july" / "narrative" / "2023-07"
    dental = "64.3% of children saw a dentist within the last twelve months."
    (texts / "health.md").write_text(f"## What difference did we make\n\n- **Dental checks**: {dental}\n")
    before = load_workbook(path)
    fixes = fix(path)
    after = load_workbook(path)

    assert len([each for each in fixes.replacements if not each.by_hand]) > 2
    assert build_report(after) == build_report(before)
    assert not [each for each in fixes_of(path).replacements if not each.by_hand]


def typed_by_hand(path: Path) -> None:
    """Types numbers into the example's Narrative sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book["Narrative"]
    for row in sheet.iter_rows(min_row=2):
        if "{% set care" in str(row[2].value):
            row[2].value = "At the end of July we had 604 children in care, 61.6 for every 10,000 children."
        elif "{% set far" in str(row[2].value):
            row[2].value = "83 of our 617 children were placed more than 20 miles away in Jul 22."
    book.save(path)


# What validate says of them


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("604 children were in care.", ", and 1 number that a tag could print: cpreport narrative fix lists them"),
        ("604 children (61.6 per 10,000) were in care.", ", and 2 numbers that a tag could print: cpreport narrative"),
        (f"{TAG} children were in care.", ""),
    ],
    ids=["one", "two", "none"],
)
def test_validate_counts_the_numbers_that_tags_could_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run, text: str, ending: str
) -> None:
    write(tmp_path, {"Narrative!C2": text})
    monkeypatch.chdir(tmp_path)
    status, out, err = call("validate", NAME)

    assert (status, out) == (0, "")
    assert err.startswith(f"no findings{ending}") and (ending or err == "no findings\n")


def test_validate_lists_them_if_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run) -> None:
    write(tmp_path, CELL)
    monkeypatch.chdir(tmp_path)
    _, out, err = call("validate", NAME, "--verbose")

    assert "narrative.could-be-computed" in out and "tag could print" not in err
