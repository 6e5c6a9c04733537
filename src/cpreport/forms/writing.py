"""A form as a Word file: what is to be read in a locked box, and a box to write in for each slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cpreport.editions.blocks import Blocks, list_style
from cpreport.editions.package import sealed
from cpreport.editions.pages import page_like, text_width
from cpreport.editions.shell import mark_sections, open_shell, sections_mark, values_of_shell
from cpreport.editions.word import inline_of, properties_at, set_up, styles_of
from cpreport.editions.wordml import attribute, paragraph, parsed, run
from cpreport.model.document import REFERENCE, Block, Form, FormSlot, Heading, List, ListEntry, Span

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from cpreport.editions.styles import Styles

_LONGEST_NAME = 64
"""How many characters Word takes as a content control's name."""


def render_form(form: Form, shell: bytes, defaults: bytes | None = None) -> bytes:
    """The form in the look of shell.docx, without its cover, headers and footers; the same inputs give the same bytes.

    `defaults` is the packaged shell, from which styles are taken that the shell lacks. Raises InputError if
    the shell cannot be used.
    """
    with values_of_shell():
        document = open_shell(shell)
        styles = styles_of(document, defaults)
        blocks = Blocks(styles, inline_of(document, styles))
        page = _emptied(document, form, blocks)
        written = _Writer(styles, blocks, text_width(page)).form(form)
        document.element.body[:] = [*parsed(written), page]
        set_up(document, styles, (form.title, form.period), form.authority, form.language)
        return sealed(document, whole=True)


def _emptied(document: Document, form: Form, blocks: Blocks) -> BaseOxmlElement:
    """Takes away all that the shell prints, and gives the properties of the page it prints sections on."""
    body = document.element.body
    mark_sections(body)
    base = properties_at(sections_mark(body))
    page = page_like(base, landscape=not blocks.fit(form.reference, text_width(base)))
    for reference in page.xpath("./w:headerReference | ./w:footerReference"):
        page.remove(reference)
    relations = document.part.rels
    comments = [number for number, relation in relations.items() if _is_of_comments(relation.reltype)]
    for number in {*body.xpath(".//@r:*"), *comments}:
        relations.pop(number, None)
    return page


def _is_of_comments(kind: str) -> bool:
    return kind.rsplit("/", 1)[-1].startswith("comments")


class _Writer:
    """Writes forms in a text `width` twips wide."""

    def __init__(self, styles: Styles, blocks: Blocks, width: int) -> None:
        self._styles = styles
        self._blocks = blocks
        self._width = width

    def form(self, form: Form) -> str:
        reference = "".join(map(self._block, form.reference))
        box = _control(1, "For reference", REFERENCE, "sdtContentLocked", reference)
        slots = (self._slot(number, slot) for number, slot in enumerate(form.slots, 2))
        return self._heading(1, form.title) + box + "".join(slots)

    def _slot(self, number: int, slot: FormSlot) -> str:
        content = self._bullet(slot.text) if slot.text else self._prompt(slot.prompt)
        box = _control(number, slot.title, slot.id, "sdtLocked", content, is_prompt=not slot.text)
        return self._heading(2, slot.heading) + box

    def _heading(self, level: int, text: str) -> str:
        return self._block(Heading(level, (Span(text),)))

    def _bullet(self, text: str) -> str:
        return self._block(List(False, (ListEntry((Span(text),)),)))

    def _prompt(self, prompt: str) -> str:
        bullet = self._styles.id(list_style(ordered=False, depth=1))
        return paragraph(bullet, run(prompt, self._styles.id("Placeholder Text")))

    def _block(self, block: Block) -> str:
        return self._blocks.block(block, self._width)


def _control(number: int, title: str, tag: str, lock: str, content: str, is_prompt: bool = False) -> str:
    """A content control around paragraphs and tables; the whole of a prompt gives way to what is typed."""
    prompt = "<w:showingPlcHdr/>" if is_prompt else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(_cut(title))}/><w:tag w:val={attribute(tag)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="{lock}"/>{prompt}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
