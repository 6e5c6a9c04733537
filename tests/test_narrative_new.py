"""`cpreport narrative new`: the Word files to be filled, and that what somebody typed into one stays."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree  # type: ignore[import-untyped]

from cpreport.forms.making import Forms, find_workbook, make_forms, write_forms
from cpreport.model.document import REFERENCE
from cpreport.model.errors import EnvironmentFailure, InputError, UsageError
from cpreport.model.period import Period, Term, month, quarter
from cpreport.model.period_text import parse_period
from cpreport.office.digests import recorded_digest, text_digest
from cpreport.pipeline import load_workbook

from .example_month import NAME, SHEETS, Added, Change, Replaced
from .test_render_word import ORDER, SHELL, disorder, edited, paragraphs, part
from .workbooks import changed, write_example, write_workbook

Run = Callable[..., tuple[int, str, str]]

JULY = Path("narrative/2023-07/care.docx")
AUGUST = Path("narrative/2023-08/care.docx")
PROMPT = "Click here and write. One bullet for each point."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example month; the current folder."""
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path, {})
    return tmp_path


@pytest.fixture
def run(call: Run) -> Run:
    return partial(call, "narrative", "new")


def change(folder: Path, changes: Change) -> None:
    write_example(folder, changes)


def opened(path: Path) -> Document:
    return docx.Document(str(path))


def controls(path: Path) -> list[tuple[str, str]]:
    """Name and tag of each content control."""
    body = opened(path).element.body
    return list(zip(*(body.xpath(f"./w:sdt/w:sdtPr/w:{what}/@w:val") for what in ("alias", "tag")), strict=True))


def box(path: Path, tag: str) -> Any:
    """A content control."""
    (found,) = opened(path).element.body.xpath(f"./w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
    return found


def within(path: Path, tag: str, what: str) -> list[Any]:
    """What an XPath finds in a content control."""
    return list(opened(path).element.body.xpath(f"./w:sdt[w:sdtPr/w:tag/@w:val='{tag}']{what}"))


def words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def table(path: Path) -> list[list[str]]:
    """The cells of the first table in the box for reference, each with its lines side by side."""
    first = next(box(path, REFERENCE).iter(qn("w:tbl")))
    cells = ([cell.iter(qn("w:p")) for cell in row.iter(qn("w:tc"))] for row in first.iter(qn("w:tr")))
    return [[" ".join(map(words, lines)).replace("\u00a0", " ") for lines in row] for row in cells]


def type_into(path: Path, tag: str, text: str) -> None:
    """What Word makes of a text that somebody types into a control."""

    def typed(document: Document) -> None:
        (found,) = document.element.body.xpath(f"./w:sdt[w:sdtPr/w:tag/@w:val='{tag}']")
        for prompt in list(found.iter(qn("w:showingPlcHdr"))):
            prompt.getparent().remove(prompt)
        next(found.iter(qn("w:t"))).text = text

    path.write_bytes(edited(typed, path.read_bytes()))


def forms(path: Path | None = None, **more: Any) -> Forms:
    return make_forms(path, **more)


def form(forms: Forms, name: str = "care.docx") -> bytes:
    return next(each.content for each in forms.files if each.path.name == name)


# What is in a file


def test_there_is_a_file_for_each_section_with_slots(folder: Path, run: Run) -> None:
    status, out, err = run(NAME)

    assert (status, out) == (0, "")
    assert err == f"{JULY} written\nthe figures are from {NAME}\n"
    assert [path.name for path in (folder / "narrative").rglob("*.*")] == ["care.docx"]


def test_it_has_the_title_a_box_for_reference_and_a_box_below_the_heading_of_each_slot(run: Run) -> None:
    run(NAME)

    headings = [each for each in paragraphs(opened(JULY)) if each[0].startswith("Heading")]
    assert headings == [("Heading 1", "Care"), ("Heading 2", "What went well"), ("Heading 2", "What is next?")]
    assert controls(JULY) == [("For reference", REFERENCE), ("What went well", "good"), ("What is next?", "next")]
    body = [etree.QName(each).localname for each in opened(JULY).element.body]
    assert body == ["p", "sdt", "p", "sdt", "p", "sdt", "sectPr"]


def test_the_box_for_reference_is_locked_and_says_what_to_do(run: Run) -> None:
    run(NAME)

    assert within(JULY, REFERENCE, "/w:sdtPr/w:lock/@w:val") == ["sdtContentLocked"]
    said = words(box(JULY, REFERENCE))
    assert said.startswith("To be written for the board on 14 September 2023. ")
    assert '{{ indicator("rate").now }}' in said
    assert said.endswith("is for reference and is not printed.")


def test_it_shows_the_table_that_the_report_prints(run: Run) -> None:
    run(NAME)

    heading, rate, *_ = table(JULY)
    assert heading == ["Key indicator", "Type of measure", "Jul 22, year ago", "May 23", "Jun 23", "Jul 23", "SN"]
    assert rate[0] == "Children in care"
    assert rate[-2:] == ["61.6 (604) ↓ down", "92.0 (2020/21) we are lower"]


def test_a_prompt_is_a_bullet_that_gives_way_to_what_is_typed(run: Run) -> None:
    run(NAME)

    assert within(JULY, "good", "/w:sdtPr/w:showingPlcHdr")
    assert within(JULY, "good", "//w:pStyle/@w:val") == ["ListBullet"]
    assert within(JULY, "good", "//w:rStyle/@w:val") == ["PlaceholderText"]
    assert words(box(JULY, "good")) == PROMPT


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("required = true", "This text is required."),
        ("min_words = 20, max_words = 150", "Words: 20 to 150."),
        ("min_words = 20", "Words: at least 20."),
        ("max_words = 150", "Words: at most 150."),
        ('owner = "Ann O\u2019Neill"', "To be written by Ann O\u2019Neill."),
        (
            'required_when = ["worse"]',
            "This text is required if an indicator of the section is worse than usual or than a year ago.",
        ),
        (
            'required = true, required_when = ["worse", "special-cause", "missed-target"], max_words = 9',
            "This text is required if an indicator of the section is worse than usual or than a year ago, shows a "
            "special cause or missed its target. Words: at most 9.",
        ),
    ],
)
def test_a_prompt_says_what_is_wanted(folder: Path, run: Run, keys: str, said: str) -> None:
    change(folder, {"report.toml": Replaced('title = "What went well"', f'title = "What went well", {keys}')})
    run(NAME)
    assert words(box(JULY, "good")) == f"{PROMPT} {said}"


def test_it_says_who_writes_it(folder: Path, run: Run) -> None:
    change(folder, {"report.toml": Replaced('title = "Care"', 'title = "Care"\nowner = "Head of Care"')})
    run(NAME)
    assert words(box(JULY, REFERENCE)).startswith("To be written by Head of Care for the board on 14 September 2023. ")


def test_a_slot_whose_title_does_not_lead_back_to_it_is_headed_by_its_id(folder: Path, run: Run) -> None:
    change(folder, {"report.toml": Replaced("What is next?", "Next #")})
    run(NAME)

    assert [text for style, text in paragraphs(opened(JULY)) if style == "Heading 2"] == ["What went well", "next"]
    assert controls(JULY)[2] == ("Next #", "next")


def test_a_name_is_not_longer_than_word_takes(folder: Path, run: Run) -> None:
    change(folder, {"report.toml": Replaced("What is next?", "What & " * 20 + "?")})
    run(NAME)
    assert len(controls(JULY)[2][0]) == 64
    assert paragraphs(opened(JULY))[-2] == ("Heading 2", "What & " * 20 + "?")


def test_a_section_without_indicators_has_no_table(folder: Path, run: Run) -> None:
    change(
        folder,
        {
            "report.toml": Added(
                '[[sections]]\nid = "plans"\ntitle = "Plans"\ntemplate = "care.md"\nslots = [{ id = "a", title = "A" }]'
            )
        },
    )
    run(NAME)

    reference = box(Path("narrative/2023-07/plans.docx"), REFERENCE)
    assert not list(reference.iter(qn("w:tbl")))
    assert "{{" not in words(reference)


def test_a_report_without_slots_needs_no_files(folder: Path, run: Run) -> None:
    slots = 'slots = [{ id = "good", title = "What went well" }, { id = "next", title = "What is next?" }]'
    change(folder, {"report.toml": Replaced(slots, ""), "Narrative!": None})

    status, _, err = run(NAME)
    assert (status, err) == (0, "no section of the report has slots: there is nothing to write\n")
    assert not Path("narrative").exists()


# What somebody typed


def test_what_somebody_typed_stays(run: Run) -> None:
    run(NAME)
    type_into(JULY, "good", "All is well.")
    typed = JULY.read_bytes()

    status, _, err = run(NAME)
    assert (status, err) == (0, f"{JULY} is there and is kept as it is\nnothing to write\n")
    assert JULY.read_bytes() == typed


@pytest.mark.parametrize("name", ["care.md", "Care.DOCX", "care--ann.docx"])
def test_any_file_of_the_section_stays_alone(run: Run, name: str) -> None:
    JULY.parent.mkdir(parents=True)
    JULY.with_name(name).write_bytes(b"# good\nMine.")

    status, _, err = run(NAME)
    assert (status, err.startswith(f"{JULY.with_name(name)} is there and is kept as it is\n")) == (0, True)
    assert [path.name for path in JULY.parent.iterdir()] == [name]
    assert JULY.with_name(name).read_bytes() == b"# good\nMine."


@pytest.mark.parametrize("name", ["cares.md", "~$care.docx", "care.txt"])
def test_other_files_are_in_nobodys_way(run: Run, name: str) -> None:
    JULY.parent.mkdir(parents=True)
    JULY.with_name(name).write_text("x")
    assert run(NAME)[2].startswith(f"{JULY} written\n")


def test_a_file_that_nobody_edited_is_written_anew_with_new_figures(folder: Path, run: Run) -> None:
    run(NAME)
    JULY.write_bytes(edited(lambda document: document, JULY.read_bytes()))
    JULY.with_name("care--ann.md").write_text("")
    write_workbook(folder / NAME, changed(SHEETS, {"Data!F2": 700, "Data!F4": 81}))

    status, _, err = run(NAME)
    assert status == 0
    assert err.split("\n")[:2] == [f"{JULY.with_name('care--ann.md')} is there and is kept as it is", f"{JULY} written"]
    assert table(JULY)[1][-2] == "71.4 (700) ↑ up"


def add_picture(document: Document) -> None:
    size, kind, pixels = b"\0\0\0\1\0\0\0\1\1\0\0\0\0", b"IHDR", zlib.compress(b"\0\0")
    chunks = ((kind, size), (b"IDAT", pixels), (b"IEND", b""))
    png = b"".join(len(c).to_bytes(4, "big") + k + c + zlib.crc32(k + c).to_bytes(4, "big") for k, c in chunks)
    document.add_picture(BytesIO(b"\x89PNG\r\n\x1a\n" + png))


def add_comment(document: Document) -> None:
    document.add_comment(document.paragraphs[0].runs[0], "")


def added(xml: str) -> Callable[[Document], None]:
    """What adds an element to the document's last paragraph."""
    return lambda document: document.paragraphs[-1]._p.append(parse_xml(xml))


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
ADDED = {
    "a picture": add_picture,
    "a comment": add_comment,
    "an empty table": lambda document: document.add_table(2, 2),
    "a symbol": added(f'<w:r {nsdecls("w")}><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'),
    "an equation": added(f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x</m:t></m:r></m:oMath>'),
    "a text box": added(f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r>"),
    "a box that is struck through": added(f"<w:r {nsdecls('w')}><w:rPr><w:strike/></w:rPr></w:r>"),
}


@pytest.mark.parametrize("what", ADDED)
def test_a_form_to_which_anything_was_added_stays(run: Run, what: str) -> None:
    run(NAME)
    JULY.write_bytes(edited(ADDED[what], JULY.read_bytes()))
    typed = JULY.read_bytes()

    assert run(NAME)[2] == f"{JULY} is there and is kept as it is\nnothing to write\n"
    assert JULY.read_bytes() == typed


@pytest.mark.parametrize(
    ("section", "lock"),
    [
        ("care", "~$care.docx"),
        ("care", ".~lock.care.docx#"),
        ("children-in-care", "~$ildren-in-care.docx"),
        ("children-in-care", "~$children-in-care.docx"),
    ],
)
def test_a_form_that_is_open_in_another_program_stays(folder: Path, run: Run, section: str, lock: str) -> None:
    change(folder, {"report.toml": Replaced('id = "care"', f'id = "{section}"'), "Narrative!": None})
    place = JULY.with_name(f"{section}.docx")
    assert run(NAME)[2].startswith(f"{place} written\n")
    place.with_name(lock).write_bytes(b"")
    before = place.read_bytes()

    status, _, err = run(NAME)
    assert (status, err) == (0, f"{place} is open in another program and is kept as it is\nnothing to write\n")
    assert place.read_bytes() == before


def test_what_somebody_does_meanwhile_stays(folder: Path, run: Run) -> None:
    first = forms(folder / NAME)
    run(NAME)
    made = JULY.read_bytes()
    with pytest.raises(EnvironmentFailure, match="was made meanwhile: nothing was written"):
        write_forms(first)

    second = forms(folder / NAME)
    type_into(JULY, "good", "All is well.")
    typed = JULY.read_bytes()
    with pytest.raises(EnvironmentFailure, match="was changed meanwhile: nothing was written"):
        write_forms(second)
    assert JULY.read_bytes() == typed

    JULY.write_bytes(made)
    JULY.with_name("~$care.docx").write_bytes(b"")
    with pytest.raises(EnvironmentFailure, match="open in another program"):
        write_forms(second)


def test_each_form_is_looked_at_again_right_before_it_is_written(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = '[[sections]]\nid = "plans"\ntitle = "Plans"\ntemplate = "care.md"\nslots = [{ id = "a", title = "A" }]'
    change(folder, {"report.toml": Added(section)})
    plans, moved = JULY.with_name("plans.docx"), Path.replace

    def move_while_somebody_writes(source: Path, target: Path) -> Path:
        plans.write_bytes(b"Mine.")
        return moved(source, target)

    monkeypatch.setattr(Path, "replace", move_while_somebody_writes)
    status, _, err = run(NAME)
    assert (status, err) == (3, f"cpreport: {plans} was made meanwhile; written before that: {JULY}\n")
    assert plans.read_bytes() == b"Mine."


def test_nothing_is_said_if_asked_for(run: Run) -> None:
    assert run(NAME, "--quiet") == (0, "", "")
    assert run(NAME, "--quiet") == (0, "", "")


def test_what_is_typed_is_the_narrative_and_nothing_else_is(folder: Path, run: Run) -> None:
    write_workbook(folder / NAME, {name: rows for name, rows in SHEETS.items() if name != "Narrative"})
    run(NAME)
    assert load_workbook(folder / NAME).workbook.narratives == {}

    type_into(JULY, "next", 'We aim at fewer than {{ indicator("moves").now }} moves.')
    month = load_workbook(folder / NAME)
    assert not month.errors
    (narrative,) = month.workbook.narratives.values()
    assert narrative.slot == "next"
    assert [passage.text.strip() for passage in narrative.passages] == [
        'We aim at fewer than {{ indicator("moves").now }} moves.'
    ]


@pytest.mark.parametrize("slot", ['owner = "Dr. Lee"', "required = true, min_words = 2, max_words = 150"])
def test_a_prompt_that_another_program_made_text_of_is_no_text(folder: Path, run: Run, slot: str) -> None:
    change(folder, {"report.toml": Replaced('title = "What is next?"', f'title = "What is next?", {slot}')})
    write_workbook(folder / NAME, {name: rows for name, rows in SHEETS.items() if name != "Narrative"})
    run(NAME)
    type_into(JULY, "next", words(box(JULY, "next")))
    assert load_workbook(folder / NAME).workbook.narratives == {}


# Which workbook


def test_without_a_workbook_the_folders_one_of_the_period_is_taken(run: Run) -> None:
    status, _, err = run("--period", "2023-07")
    assert (status, err) == (0, f"{JULY} written\nthe figures are from {NAME}\n")


def test_without_one_of_the_period_the_newest_earlier_one_is_taken(folder: Path, run: Run) -> None:
    for other in ("may-2023.xlsx", "2023-24-Q1.xlsx", "september-2023.xlsx", "~$august-2023.xlsx"):
        (folder / other).write_bytes((folder / NAME).read_bytes())

    status, _, err = run("--period", "2023-08")
    assert (status, err) == (0, f"{AUGUST} written\nthe figures are from {NAME}\n")
    assert table(AUGUST)[0] == [
        "Key indicator",
        "Type of measure",
        "Aug 22, year ago",
        "Jun 23",
        "Jul 23",
        "Aug 23",
        "SN",
    ]
    assert table(AUGUST)[1][-3:-1] == ["61.6 (604) ↓ down", "no data"]
    said = words(box(AUGUST, REFERENCE))
    assert f"{NAME} has no figures for Aug 23 yet." in said
    assert "September 2023" not in said


def test_dates_of_an_earlier_board_do_not_hold_for_the_other_tables(folder: Path) -> None:
    made = forms(folder / NAME, period=month(2023, 9))
    assert (made.workbook.data_as_at, made.workbook.about.board_date) == (month(2023, 9).end, None)


def test_without_any_workbook_there_are_no_figures(folder: Path, run: Run) -> None:
    (folder / NAME).unlink()

    status, _, err = run("--period", "2023-08")
    assert status == 0
    assert err == f"{AUGUST} written\nthere are no figures yet: this folder has no workbook for Aug 23 or earlier\n"
    assert table(AUGUST)[:2] == [["Key indicator", "Type of measure"], ["Children in care", "Per 10,000 (number)"]]
    assert [row[0] for row in table(AUGUST)][-1] == "Convictions"
    assert "There are no figures for Aug 23 yet." in words(box(AUGUST, REFERENCE))


def test_without_a_workbook_a_period_is_needed(run: Run) -> None:
    status, out, err = run()
    assert (status, out, "--period 2023-08" in err) == (2, "", True)
    with pytest.raises(UsageError, match="period"):
        forms()


def test_two_workbooks_of_a_period_are_one_too_many(folder: Path, run: Run) -> None:
    (folder / "july 2023 final.xlsx").write_bytes(b"")

    status, _, err = run("--period", "2023-07")
    assert (status, "july 2023 final.xlsx and july-2023.xlsx" in err) == (2, True)
    assert run("*.xlsx")[0] == 2


def test_terms_are_known_by_their_own_names(tmp_path: Path) -> None:
    terms = (Term("Michaelmas", 9, 12), Term("Lent", 1, 3), Term("Trinity", 4, 7))
    (tmp_path / "2022-23-Lent.xlsx").write_bytes(b"")
    wanted = parse_period("2022-23-Trinity", terms)
    assert isinstance(wanted, Period)
    assert find_workbook(tmp_path, wanted) == tmp_path / "2022-23-Lent.xlsx"


def test_a_quarter_has_a_folder_of_its_own(folder: Path, run: Run) -> None:
    status, _, err = run(NAME, "--period", "Q1 2023/24")
    assert (status, err.split("\n")[0]) == (0, "narrative/2023-24-Q1/care.docx written")
    (made,) = forms(folder / NAME, period=quarter(2023, 2)).files
    assert made.path == folder / "narrative/2023-24-Q2/care.docx"


def test_it_is_written_beside_the_workbook(folder: Path, run: Run) -> None:
    (folder / "board").mkdir()
    for name in (NAME, "report.toml", "indicators.toml", "care.md"):
        (folder / name).rename(folder / "board" / name)

    assert run(f"board/{NAME}")[2].startswith(f"board/{JULY} written\n")


def test_a_narrative_folder_has_a_folder_for_each_period(run: Run) -> None:
    july, august = Path("texts/2023-07/care.docx"), Path("texts/2023-08/care.docx")
    assert run(NAME, "--narrative", "texts")[2].startswith(f"{july} written\n")
    before = july.read_bytes()

    for given in ("texts", "texts/2023-08"):
        assert run(NAME, "--narrative", given, "--period", "2023-08")[2].startswith(f"{august} written\n")
    assert july.read_bytes() == before
    assert load_workbook(Path(NAME), narrative=Path("texts")).workbook.narrative_folder == "texts/2023-07"


def test_forms_go_where_narratives_are_read_from(folder: Path, run: Run) -> None:
    (folder / "texts").mkdir()
    (folder / "texts/care.md").write_text("# Overview\n\nText.\n", encoding="utf-8")

    assert run(NAME, "--narrative", "texts")[2].startswith("texts/care.md is there and is kept as it is\n")
    assert not (folder / "texts/2023-07").exists()


# What goes wrong


def test_wrong_figures_refuse_it(folder: Path, run: Run) -> None:
    change(folder, {"Data!F2": "many"})

    status, out, err = run(NAME)
    assert (status, out) == (1, "")
    assert err.startswith("error    data.not-a-number  july-2023.xlsx  Data!F2  ")
    assert err.endswith("\n1 error\n")
    assert not Path("narrative").exists()


def test_narratives_and_templates_do_not_matter(folder: Path, run: Run) -> None:
    required = Replaced('title = "What went well"', 'title = "What went well", required = true')
    change(folder, {"report.toml": required, "Narrative!C2": "{{ nothing }}", "care.md": "{{ nothing }}"})
    (folder / JULY.parent).mkdir(parents=True)
    (folder / JULY.parent / "cares.md").write_bytes(b"# Nowhere\n")
    assert run(NAME)[2].startswith(f"{JULY} written\n")


def test_a_workbook_that_is_not_there_or_none_is_one_message(folder: Path, run: Run) -> None:
    assert run("gone.xlsx")[0] == 3
    (folder / NAME).write_bytes(b"none")
    status, _, err = run(NAME)
    assert (status, err.count("\n")) == (1, 2)


def test_a_folder_that_cannot_be_made_is_the_systems_failure(folder: Path, run: Run) -> None:
    (folder / "narrative").write_text("mine")

    status, _, err = run(NAME)
    assert (status, err.count("\n"), err.startswith("cpreport: the folder narrative/2023-07 cannot be made")) == (
        3,
        1,
        True,
    )
    assert run(NAME, "--narrative", NAME)[0] == 3


def test_a_folder_in_the_place_of_a_file_is_one_message(run: Run) -> None:
    JULY.mkdir(parents=True)
    status, _, err = run(NAME)
    assert (status, "is not a file" in err, "Traceback" in err) == (3, True, False)


def test_a_shell_that_cannot_be_used_is_an_input_with_errors(folder: Path) -> None:
    (folder / "shell.docx").write_bytes(edited(lambda shell: shell.add_paragraph("{{ sections }}"), SHELL))
    with pytest.raises(InputError, match="2 paragraphs"):
        forms(folder / NAME)


# The file


def test_the_look_is_the_shells_without_its_words(folder: Path) -> None:
    def restyle(shell: Document) -> None:
        shell.styles["Heading 2"].font.name = "Georgia"
        shell.styles["Placeholder Text"].delete()
        shell.add_comment(shell.paragraphs[0].runs[0], "Ours?")

    (folder / "shell.docx").write_bytes(edited(restyle, SHELL))
    content = form(forms(folder / NAME))
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert not [name for name in names if re.search("header|footer|comments|media", name)]
    document = docx.Document(BytesIO(content))
    assert document.styles["Heading 2"].font.name == "Georgia"
    assert document.styles["Placeholder Text"] is not None
    assert not document.element.body.xpath(".//w:headerReference")
    assert "Reporting period" not in words(document.element)


def test_it_says_its_title_author_and_language(folder: Path) -> None:
    change(folder, {"report.toml": Replaced('title = "Report"', 'title = "R"\nauthority = "Ours"\nlanguage = "cy-GB"')})
    document = docx.Document(BytesIO(form(forms(folder / NAME))))

    properties = document.core_properties
    assert (properties.title, properties.author, properties.language) == ("Care, July 2023", "Ours", "cy-GB")
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == ["cy-GB"]


@pytest.mark.parametrize(
    ("columns", "is_wide"), [("[-2, -1, 0]", False), ("[-10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0]", True)]
)
def test_a_wide_table_turns_the_page(folder: Path, columns: str, is_wide: bool) -> None:
    change(
        folder, {"report.toml": Replaced('title = "Report"', f'title = "Report"\nperiods = {{ month = {columns} }}')}
    )
    (page,) = docx.Document(BytesIO(form(forms(folder / NAME)))).sections
    assert (page.page_width > page.page_height, page.header.is_linked_to_previous) == (is_wide, True)


def test_nothing_is_empty_and_everything_is_in_the_order_of_the_schema(folder: Path) -> None:
    content = form(forms(folder / NAME))
    order = {"sdt": "sdtPr sdtContent", "sdtPr": "alias tag id lock showingPlcHdr", **ORDER}
    assert all(text for _, text in paragraphs(docx.Document(BytesIO(content))))
    for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
        assert not list(disorder(etree.fromstring(part(content, name).encode()), order))
    numbers = re.findall(r'<w:id w:val="(\d+)"/>', part(content, "word/document.xml"))
    assert numbers == ["1", "2", "3"]


def test_the_same_figures_give_the_same_bytes(folder: Path) -> None:
    content = form(forms(folder / NAME))
    assert content == form(forms(folder / NAME))
    assert recorded_digest(content) == text_digest(content)
