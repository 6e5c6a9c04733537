"""Whatever a service manager types is printed, or a finding says that it is not: in Word, Markdown and the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.inputs.narratives.sources import read_narratives
from cpreport.pipeline import load_workbook

from .example_month import NAME, Change
from .examples import examples
from .lost import example_folder, lost, lost_in_markdown, lost_in_word
from .test_word_narratives import NUMBERING, field, item, m, of, p, r, raised, sdt, style, table, td, tracked
from .workbooks import example_month, write_docx

CONTENT = "narrative/2023-07/care"
DRAWING = '<w:r><w:drawing><docPr descr="qx7"/>%s</w:drawing></w:r>'
FLAGGED = "<w:showingPlcHdr/>"
ALTERNATIVES = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
    "<w:pict><w:txbxContent>%s</w:txbxContent></w:pict></mc:Choice><mc:Fallback/></mc:AlternateContent>"
)
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
IN_WORD = {
    "heading": p("qx7", style="Heading1") + p("qz9", style="Heading1"),
    "deeper heading": p("qx7", style="Heading3"),
    "heading that is a sentence": p("qx7 moved.", style="Heading1"),
    "title style": p("qx7", style="Title") + p("What went well", style="Title") + p("qy8 is so.", style="Title"),
    "bold line": p(r("qx7", "b")),
    "slot twice, the second empty": p("qx7") + p("What is next?", style="Heading1"),
    "list": item("qx7") + item("qy8", 2) + item("qz9", number=2),
    "table": table(td("qx7") + td("qy8"), td("qz9", more=DOWN) + td("qa1"), td("qb2", more=ON) + td("qc3")),
    "table in a table": table(td(table(td("qx7") + td("qy8"))) + td("qz9")),
    "caption": p("Table ", field("SEQ Table", "1"), ": qx7", style="Caption"),
    "control": sdt(p("qx7")) + p(sdt(r("qy8"), FLAGGED)) + sdt(p("qz9"), FLAGGED),
    "hidden and struck": p(r("qx7", "vanish"), r("qy8", "strike"), r("qz9", "dstrike")),
    "raised and lowered": p("qx7", raised("8"), raised("9", "subscript")),
    "equation": p(m("4", of("f", num="6", den="7"), of("sSup", e="8", sup="9"))),
    "text box": p(ALTERNATIVES % p("qx7")),
    "picture": p(DRAWING % ""),
    "link": p('<w:hyperlink w:anchor="a">' + r("qx7") + "</w:hyperlink>"),
    "inserted and deleted": p(tracked("ins", "qx7"), tracked("del", "qy8")),
    "remark": p("Well {# qx7 #} so"),
    "signs of markup": p("5*6*7 > 8_9_ <b>qx7</b> `qy8` [qz9](qa1) # 604"),
}


@pytest.mark.parametrize("kind", IN_WORD)
def test_nothing_in_word_is_lost(tmp_path: Path, kind: str) -> None:
    styles = style("Title", "Title") + style("Heading1", "heading 1") + style("Heading3", "heading 3")
    assert lost_in_word(tmp_path, IN_WORD[kind], styles=styles, numbering=NUMBERING) == ""


@pytest.mark.parametrize(("kind", "reference"), [("comments", "comment"), ("footnotes", "footnote")])
def test_comments_and_notes_are_reported(tmp_path: Path, kind: str, reference: str) -> None:
    body = p("Well", f'<w:r><w:{reference}Reference w:id="1"/></w:r>')
    path = write_docx(tmp_path / "care.docx", body, **{kind: f'<w:{reference} w:id="1">{p("qx7")}</w:{reference}>'})
    assert lost("qx7", *read_narratives(path.parent, example_folder())) == ""


def test_headers_and_footers_are_reported_and_the_words_about_a_picture(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    section = f'<w:sectPr><w:headerReference xmlns:r="{office}" r:id="header"/></w:sectPr>'
    body = p("What is next?", style="Heading1") + p("Well", DRAWING % "") + section
    write_docx(tmp_path / "care.docx", body, header=p("qy8"))
    _, findings = read_narratives(tmp_path, example_folder())
    assert {finding.message for finding in findings} == {
        "1 header or footer is not printed: 'qy8'",
        "1 picture, chart or drawing is not printed: 'qx7'",
    }


IN_MARKDOWN = {
    "before the first heading": "qx7\n\n# What is next?\n\nqy8\n",
    "title": "# qx7\n\n# What is next?\n\nqy8\n",
    "unknown heading": "# What is next?\n\nqx7\n\n# qy8\n\n# qz9\n",
    "heading without text": "## What went well\n\nqx7\n\n## 12 children were adopted\n\n## What is next?\n\nqy8\n",
    "slot twice": "# What is next?\n\nqx7\n\n# What is next?\n\n# What is next?\n\nqy8\n",
    "fence": "# What is next?\n\n```qx7 qy8\nqz9\n# qa1\n```\n",
    "picture": "# What is next?\n\n![qx7](qy8)\n",
    "link": "# What is next?\n\n[qx7](qy8.docx) and <ftp://qz9> and [qa1]\n\n[qa1]: qb2\n",
    "title of a link": '# What is next?\n\n[qx7](https://a.uk "qy8")\n',
    "table": "# What is next?\n\n| qx7 | qy8 |\n|---|---|\n| qz9 |\n| 1 | 2 | 3 |\n",
    "HTML": "# What is next?\n\n<!-- qx7 --> <b>qy8</b>\n\n<div>\nqz9\n</div>\n",
    "numbers": "# What is next?\n\n1. qx7\n3. qy8\n\n7) qz9\n",
    "remark": "# What is next?\n\n{# qx7 #}\n",
}


@pytest.mark.parametrize("kind", IN_MARKDOWN)
def test_nothing_in_markdown_is_lost(tmp_path: Path, kind: str) -> None:
    assert lost_in_markdown(tmp_path, IN_MARKDOWN[kind]) == ""


PIECES = st.sampled_from(
    [
        *(
            "# What went well\n",
            "## What is next?\n",
            "# ",
            "## ",
            "### ",
            "\n",
            "\n\n",
            "- ",
            "  - ",
            "1. ",
            "3. ",
            "> ",
        ),
        *(
            "| ",
            " | ",
            "|---|---|\n",
            "```",
            "~~~",
            "*",
            "**",
            "_",
            "`",
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "<sup>",
            "</sup>",
        ),
        *("\\", "&", "{#", "#}", "    ", "---\n", "===\n", "<!--", "-->", " ", " "),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.integers(2, 9999).map(str), st.sampled_from(["qx", "Vy", "wz"])), max_size=25)


@examples(200)
@given(pieces=TEXTS)
def test_no_word_of_any_markdown_is_lost(pieces: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "# What is next?\n\n" + "".join(pieces)
    assert lost_in_markdown(tmp_path_factory.getbasetemp() / "any", text) == ""


def test_an_error_at_a_heading_tells_what_is_below_it(tmp_path: Path) -> None:
    (tmp_path / "care.md").write_text("# What is next?\n\nWell.\n\n# qy8\n\nqz9\n", encoding="utf-8")
    _, (finding,) = read_narratives(tmp_path, example_folder())
    assert finding.is_error and finding.place.line == 5 and "'qy8'" in finding.message


CELLS = ["qx7", "- qx7\n- qy8", "# qx7", "1. qx7\n1. qy8", "> 7 miles", "{# qx7 #}", "5*6*7", "[qx7](qy8)", "```qx7"]


@pytest.mark.parametrize("text", CELLS)
def test_nothing_in_the_sheet_is_lost(tmp_path: Path, text: str) -> None:
    change: Change = {
        "Narrative!C2": text,
        "Narrative!C3": "12¹ and 2½",
        "Narrative!A3": "care",
        "Narrative!B3": "next",
    }
    findings = example_month(tmp_path, change)
    narratives = load_workbook(tmp_path / NAME).workbook.narratives
    assert lost(f"{text}12¹ and 2½", narratives, findings) == ""


@pytest.mark.parametrize("file", ["care.txt", "care--ann.docm", "care.pdf", "care.markdown"])
def test_a_file_of_a_kind_that_is_not_read_is_reported(tmp_path: Path, file: str) -> None:
    findings = example_month(tmp_path, {f"narrative/2023-07/{file}": "qx7"})
    assert [(f.code, f.place.file) for f in findings if f.is_error] == [("narrative.not-word", file)]


def test_a_copy_of_a_text_that_is_read_is_nothing(tmp_path: Path) -> None:
    change: Change = {f"{CONTENT}.md": "# What is next?\n\nWell.\n", f"{CONTENT}.pdf": "a copy"}
    assert example_month(tmp_path, change) == []
