"""shell.docx as people and others leave it: every mistake is a finding, and none of its tags runs unchecked."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from cpreport import build_report, load_workbook
from cpreport.forms.making import make_forms
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.model.errors import InputError
from cpreport.pipeline import Month

from .example_month import NAME, Added, Replaced
from .workbooks import WORDML, example_month, write_example

EXAMPLES = Path(__file__).parents[1] / "examples"


def month_with(folder: Path, old: str = "", new: str = "", part: str = "word/document.xml", more: bytes = b"") -> Month:
    """The example with a report folder beside it whose shell has a part with one text replaced by another."""
    shutil.copytree(packaged_reports() / PACKAGED, folder / "report")
    shell = folder / "report" / "shell.docx"
    with zipfile.ZipFile(shell) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode()) if old else parts[part]
    with zipfile.ZipFile(shell, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, **({"word/media/big.png": more} if more else {})}.items():
            archive.writestr(name, content)
    return load_workbook(EXAMPLES / "july-2023.xlsx", report=folder / "report")


def codes(month: Month) -> list[str]:
    """Those of all findings but what readers of the finished document would miss."""
    return [finding.code for finding in month.findings if not finding.code.startswith("document.")]


def test_the_packaged_shell_has_no_mistake(tmp_path: Path) -> None:
    assert codes(month_with(tmp_path)) == []


def test_a_shell_without_a_place_for_the_sections_is_a_finding(tmp_path: Path) -> None:
    assert codes(month_with(tmp_path, "sections", "sectoins")) == ["definition.shell"]


def test_sections_among_other_words_are_a_finding(tmp_path: Path) -> None:
    (finding,) = month_with(tmp_path, "{{ sections }}", "Here: {{ sections }}").findings
    assert finding.code == "definition.shell"
    assert "Here: {{ sections }}" in finding.message


def test_an_unknown_attribute_is_a_finding_with_its_paragraph(tmp_path: Path) -> None:
    finding = month_with(tmp_path, "report.contact", "report.kontact").findings[0]
    assert (finding.code, finding.place.file) == ("template.undefined-name", "shell.docx")
    assert "{{ report.kontact }}" in finding.message or "{%p if report.kontact %}" in finding.message


@pytest.mark.parametrize("attack", ["{{ 7 * 7 }}", "{{ report.__class__ }}", "{% for a in range(9) %}{% endfor %}"])
def test_a_tag_where_words_do_not_stand_is_refused_before_it_runs(tmp_path: Path, attack: str) -> None:
    month = month_with(tmp_path, '<w:pgSz w:w="', f'<w:pgSz w:code="{attack}" w:w="')
    assert {finding.place.file for finding in month.findings} == {"shell.docx"}
    with pytest.raises(InputError, match="template"):
        build_report(month)
    with pytest.raises(InputError, match="template"):
        build_report(month, draft=True)


def test_a_value_that_word_would_not_write_is_a_finding(tmp_path: Path) -> None:
    month = month_with(tmp_path, '<w:pgSz w:w="', '<w:pgSz w:w="x')
    assert codes(month) == ["definition.shell"]
    with pytest.raises(InputError, match=r"shell\.docx"):
        build_report(month)


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def shell_of(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The packaged shell after a change of its parts."""
    with zipfile.ZipFile(packaged_reports() / PACKAGED / "shell.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replaced(old: str, new: str, *names: str) -> bytes:
    """The packaged shell with one text replaced by another, in some or all of its parts."""
    return shell_of(
        lambda parts: parts.update(
            {name: part.replace(old.encode(), new.encode()) for name, part in parts.items() if name in (names or parts)}
        )
    )


def with_part(name: str, kind: str, xml: str, reference: str = "") -> bytes:
    """The packaged shell with one part more, to which a run of the first paragraph may refer."""

    def add(parts: dict[str, bytes]) -> None:
        parts[f"word/{name}.xml"] = xml.encode()
        override = (
            f'<Override PartName="/word/{name}.xml" ContentType="{MAIN.replace("document.main", kind)}"/></Types>'
        )
        relation = f'<Relationship Id="rId99" Type="{RELATIONSHIPS}/{kind}" Target="{name}.xml"/></Relationships>'
        for part, end, new in (
            ("[Content_Types].xml", b"</Types>", override),
            ("word/_rels/document.xml.rels", b"</Relationships>", relation),
        ):
            parts[part] = parts[part].replace(end, new.encode())
        body = parts["word/document.xml"]
        parts["word/document.xml"] = body.replace(b"</w:p>", f"{reference}</w:p>".encode(), 1)

    return shell_of(add)


def example_with(folder: Path, shell: bytes) -> Month:
    """The small example month with this shell."""
    write_example(folder, {"shell.docx": shell})
    return load_workbook(folder / NAME)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def in_body(xml: str) -> bytes:
    """The packaged shell with something before its first paragraph."""
    return replaced("<w:body>", f"<w:body>{xml}", "word/document.xml")


def parts_of(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KINDS = {
    "a Word template (.dotx)": replaced(MAIN, MAIN.replace("document.main", "template.main")),
    "a Word document with macros (.docm)": replaced(MAIN, "application/vnd.ms-word.document.macroEnabled.main+xml"),
    "a Word template with macros (.dotm)": replaced(
        MAIN, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"
    ),
    "a Strict Open XML document": replaced(RELATIONSHIPS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    "protected with a password": OLE2 + "EncryptedPackage\0".encode("utf-16-le"),
    "a Word 97-2003 document (.doc)": OLE2 + "WordDocument\0".encode("utf-16-le"),
    "an OpenDocument text (.odt)": shell_of(
        lambda parts: parts.update({"mimetype": b"application/vnd.oasis.opendocument.text"})
    ),
    "a rich-text document": b"{\\rtf1 Report}",
    "empty": b"",
    "damaged": replaced("", "")[:4000],
    "is not a Word document": b"Report",
    "word/header1.xml is missing": shell_of(lambda parts: parts.pop("word/header1.xml")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_another_kind_is_named_by_validate_build_and_forms(tmp_path: Path, kind: str) -> None:
    write_example(tmp_path, {"shell.docx": KINDS[kind]})
    refusals: list[InputError] = []
    for read in (lambda: build_report(load_workbook(tmp_path / NAME)), lambda: make_forms(tmp_path / NAME)):
        with pytest.raises(InputError) as refused:
            read()
        refusals.append(refused.value)
    for refusal in refusals:
        (finding,) = refusal.findings
        assert (finding.code, finding.place.file) == ("definition.shell-not-word", "shell.docx")
        assert kind in finding.message and "save it as Word Document (.docx)" in finding.hint


@pytest.mark.parametrize("target", ["NULL", "media/image9.png", "#bookmark", "../media/none.emf"])
def test_a_relationship_that_leads_nowhere_is_no_trouble(tmp_path: Path, target: str) -> None:
    relation = f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/image" Target="{target}"/></Relationships>'
    shell = replaced("</Relationships>", relation, "word/_rels/document.xml.rels")
    month = example_with(tmp_path, shell)
    assert codes(month) == []
    assert target not in parts_of(build_report(month))["word/_rels/document.xml.rels"]


NOTES = f'<w:{{0}}s xmlns:w="{WORDML}"><w:{{0}} w:id="1">{{1}}</w:{{0}}></w:{{0}}s>'


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_tags_in_notes_are_filled_and_their_mistakes_found(tmp_path: Path, kind: str) -> None:
    def shell(text: str) -> bytes:
        reference = f'<w:r><w:{kind}Reference w:id="1"/></w:r>'
        return with_part(f"{kind}s", f"{kind}s", NOTES.format(kind, paragraph(text)), reference)

    month = example_with(tmp_path, shell("Prepared: {{ report.title }}."))
    assert codes(month) == []
    assert ">Prepared: Report.<" in parts_of(build_report(month))[f"word/{kind}s.xml"]
    (finding,) = example_with(tmp_path, shell("Prepared: {{ report.titel }}.")).findings
    assert finding.code == "template.undefined-name"
    assert f"(in the {kind} “Prepared: {{{{ report.titel }}}}.”)" in finding.message


VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
SHAPE = f"<w:p><w:r><w:pict><v:shape {VML}{{}}</v:shape></w:pict></w:r></w:p>"
TEXT_BOX = SHAPE.format("><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox>")
TABLE = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>'


@pytest.mark.parametrize(
    "shell",
    [
        in_body(TEXT_BOX.format(paragraph("In {{ report.title }}"))),
        in_body(TABLE.format(paragraph("In {{ report.title }}"))),
        in_body(f"<w:sdt><w:sdtContent>{paragraph('In {{ report.title }}')}</w:sdtContent></w:sdt>"),
        replaced("</w:hdr>", f"{paragraph('In {{ report.title }}')}</w:hdr>"),
        replaced("</w:ftr>", f"{paragraph('In {{ report.title }}')}</w:ftr>"),
    ],
    ids=["text box", "table", "control", "header", "footer"],
)
def test_tags_are_filled_wherever_words_stand(tmp_path: Path, shell: bytes) -> None:
    month = example_with(tmp_path, shell)
    assert codes(month) == []
    assert ">In Report<" in "".join(parts_of(build_report(month)).values())


def test_a_description_of_a_picture_prints_quotes_and_brackets_as_data(tmp_path: Path) -> None:
    shape = SHAPE.format(' alt="Logo of {{ report.title }}">')
    title = Replaced('title = "Report"', "title = 'A \"b\" <c> & d'")
    write_example(tmp_path, {"shell.docx": in_body(shape), "report.toml": title})
    month = load_workbook(tmp_path / NAME)
    assert codes(month) == []
    body = etree.fromstring(parts_of(build_report(month))["word/document.xml"].encode())
    assert body.xpath("//@alt") == ['Logo of A "b" <c> & d']


def test_a_tag_for_a_whole_paragraph_takes_nothing_else_with_it(tmp_path: Path) -> None:
    findings = example_with(tmp_path, in_body(paragraph("{%p if report.title %} Not lost {%p endif %}"))).findings
    assert {finding.code for finding in findings} == {"definition.shell"}
    assert "needs a paragraph with nothing else in it" in findings[0].message


def test_a_cell_and_a_table_that_a_condition_empties_stay_valid(tmp_path: Path) -> None:
    none = "".join(map(paragraph, ("{%p if report.contact %}", "{{ report.contact }}", "{%p endif %}")))
    month = example_with(tmp_path, in_body(TABLE.format(none)))
    body = etree.fromstring(parts_of(build_report(month))["word/document.xml"].encode())
    assert all(cell[-1].tag.endswith("}p") for cell in body.iter(f"{{{WORDML}}}tc"))


CHANGED = '<w:{0} w:id="7" w:author="A">{1}</w:{0}>'
RUN = "<w:r><w:{0}>Draft</w:{0}></w:r>"
STYLED = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
COMMENTED = '<w:r><w:commentReference w:id="1"/></w:r>'


def hide_by_style(parts: dict[str, bytes]) -> None:
    run = paragraph("Draft", '<w:rPr><w:rStyle w:val="Gone"/></w:rPr>').encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + run)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", f"{STYLED}</w:styles>".encode())


LEFTOVERS = {
    "insertion": ("tracked changes", in_body(f"<w:p>{CHANGED.format('ins', RUN.format('t'))}</w:p>")),
    "deletion": ("tracked changes", in_body(f"<w:p>{CHANGED.format('del', RUN.format('delText'))}</w:p>")),
    "deletion in a footer": (
        "tracked changes",
        replaced("</w:ftr>", f"<w:p>{CHANGED.format('del', RUN.format('delText'))}</w:p></w:ftr>"),
    ),
    "format": (
        "tracked changes",
        in_body(f"<w:p><w:pPr>{CHANGED.format('pPrChange', '<w:pPr/>')}</w:pPr>{RUN.format('t')}</w:p>"),
    ),
    "comment": (
        "comments",
        with_part(
            "comments",
            "comments",
            NOTES.format("comment", paragraph("Why?")),
            '<w:r><w:commentReference w:id="1"/></w:r>',
        ),
    ),
    "hidden run": ("hidden text", in_body(paragraph("Draft", "<w:rPr><w:vanish/></w:rPr>"))),
    "hidden style": ("hidden text", shell_of(hide_by_style)),
}


@pytest.mark.parametrize("kind", LEFTOVERS)
def test_what_an_editor_left_is_an_error_and_in_no_report(tmp_path: Path, kind: str) -> None:
    what, shell = LEFTOVERS[kind]
    month = example_with(tmp_path, shell)
    assert codes(month) == ["definition.shell-leftover"]
    assert what in month.findings[0].message and "In Word" in month.findings[0].hint
    assert re.search(r"\(in the \w+ “.+”\)", month.findings[0].message)
    for draft in (False, True):
        with pytest.raises(InputError, match=what):
            build_report(month, draft=draft)


@pytest.mark.parametrize(
    "body",
    [
        paragraph("Seen", '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Seen</w:t></w:r></w:p>",
        '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:instrText>XE "care"</w:instrText></w:r></w:p>',
    ],
)
def test_text_that_shows_and_marks_that_never_do_are_no_hidden_text(tmp_path: Path, body: str) -> None:
    assert codes(example_with(tmp_path, in_body(body))) == []


def test_every_mistake_in_a_shell_is_told_at_once(tmp_path: Path) -> None:
    wrong = (
        f"{paragraph('Draft', '<w:rPr><w:vanish/></w:rPr>')}{paragraph('{{ report.a }}')}{paragraph('{{ report.b }}')}"
    )
    found = example_with(tmp_path, in_body(wrong)).findings
    assert sorted(finding.code for finding in found) == ["definition.shell-leftover", *["template.undefined-name"] * 2]


def test_a_shell_that_was_tried_with_a_report_is_not_filled_again(tmp_path: Path) -> None:
    month = example_with(tmp_path, in_body(paragraph("Ours")))
    assert codes(month) == []
    again = example_with(tmp_path, in_body(paragraph("Ours")))
    assert month.trial.document and again.trial.document
    assert build_report(month) == month.trial.document.sealed() == again.trial.document.sealed()
    plain, draft = (parts_of(build_report(month, draft=is_draft))["word/document.xml"] for is_draft in (False, True))
    assert "DRAFT" not in plain and "DRAFT" in draft


def test_columns_that_do_not_fit_are_told_by_validate_with_how_many_do(tmp_path: Path) -> None:
    def warnings(months: int) -> list[str]:
        offsets = Added(f"[periods]\nmonth = {[*range(-months + 1, 1)]}\n")
        found = example_month(tmp_path, {"report.toml": offsets})
        return [finding.message for finding in found if finding.place.section == "care" and "fit" in finding.message]

    (message,) = warnings(24)
    assert "25 columns of periods and comparators do not fit" in message
    fitting = int(message.split(";")[-1].split()[0])
    assert 10 < fitting < 25
    assert not warnings(fitting - 1)


def test_columns_of_targets_are_not_counted_as_periods(tmp_path: Path) -> None:
    offsets = Added(f"[periods]\nmonth = {[*range(-23, 1)]}\n")
    target = Replaced('measure = "percentage"\n', 'measure = "percentage"\ntarget = 90\npolarity = "high"\n')
    found = example_month(tmp_path, {"report.toml": offsets, "indicators.toml": target})
    (message,) = [each.message for each in found if each.place.section == "care" and "fit" in each.message]
    assert "25 columns of periods and comparators beside Target and Status do not fit" in message


def test_a_shell_with_a_document_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a Word document"):
        month_with(tmp_path, "<w:styles ", "<!DOCTYPE a><w:styles ", part="word/styles.xml")
