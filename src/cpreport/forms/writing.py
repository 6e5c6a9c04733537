"""A form as a Word file: what is to be read in a locked box, and a box to write in for each slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cpreport.compose.report import cover_of
from cpreport.editions.blocks import Blocks, list_style
from cpreport.editions.package import open_shell, sealed
from cpreport.editions.pages import page_like, properties_at, text_width
from cpreport.editions.shell import mark_sections, sections_mark, values_of_shell
from cpreport.editions.word import set_up, styles_of
from cpreport.editions.wordml import attribute, paragraph, parsed, run
from cpreport.forms.composing import heading_of, prompt_of, reference_of
from cpreport.model.document import REFERENCE, Block, Heading, List, ListEntry, Span
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.published import Published

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from cpreport.editions.styles import Styles

_LONGEST_NAME = 64
"""How many characters Word takes as a content control's name."""


def render_form(section: SectionPlan, month: Published, folder: ReportFolder, texts: Mapping[str, str]) -> bytes:
    """A section's form in the look of shell.docx, without its cover, headers and footers.

    `texts` are first texts by slot id. The same inputs give the same bytes. Raises InputError if the shell cannot be
    used.
    """
    cover, reference = cover_of(month.workbook, folder), reference_of(section, month, folder)
    with values_of_shell():
        document = open_shell(folder.shell.content)
        styles = styles_of(document, folder.default_shell)
        blocks = Blocks(document, styles)
        page = _emptied(document, reference, blocks)
        width = text_width(page)
        body = blocks.block(_heading(1, section.title), width)
        body += _control(1, "For reference", REFERENCE, "".join(blocks.block(block, width) for block in reference))
        for number, slot in enumerate(section.slots, 2):
            text = texts.get(slot.id, "")
            inner = blocks.block(_bullet(text), width) if text else _prompt(prompt_of(slot, section), styles)
            body += blocks.block(_heading(2, heading_of(slot, section)), width)
            body += _control(number, slot.title, slot.id, inner, is_prompt=not text)
        document.element.body[:] = [*parsed(body), page]
        set_up(document, styles, (section.title, cover.period), cover.authority, folder.language)
        return sealed(document, whole=True)


def _emptied(document: Document, reference: Sequence[Block], blocks: Blocks) -> BaseOxmlElement:
    """Takes away all that the shell prints, and gives the properties of the page it prints sections on."""
    body = document.element.body
    mark_sections(body)
    base = properties_at(sections_mark(body))
    page = page_like(base, landscape=not blocks.fit(reference, text_width(base)))
    for edge in page.xpath("./w:headerReference | ./w:footerReference"):
        page.remove(edge)
    relations = document.part.rels
    comments = [number for number, relation in relations.items() if _is_of_comments(relation.reltype)]
    for number in {*body.xpath(".//@r:*"), *comments}:
        relations.pop(number, None)
    return page


def _is_of_comments(kind: str) -> bool:
    return kind.rsplit("/", 1)[-1].startswith("comments")


def _heading(level: int, text: str) -> Heading:
    return Heading(level, (Span(text),))


def _bullet(text: str) -> List:
    return List(False, (ListEntry((Span(text),)),))


def _prompt(text: str, styles: Styles) -> str:
    return paragraph(styles.id(list_style(ordered=False, depth=1)), run(text, styles.id("Placeholder Text")))


def _control(number: int, title: str, tag: str, content: str, is_prompt: bool = False) -> str:
    """A content control around paragraphs and tables; the whole of a prompt gives way to what is typed."""
    lock = "sdtContentLocked" if tag == REFERENCE else "sdtLocked"
    prompt = "<w:showingPlcHdr/>" if is_prompt else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(_cut(title))}/><w:tag w:val={attribute(tag)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="{lock}"/>{prompt}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
