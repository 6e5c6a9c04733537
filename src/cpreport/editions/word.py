"""The report as a Word document."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise, zip_longest
from typing import NamedTuple

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.blocks import Blocks, list_style
from cpreport.editions.filled import filled_shell
from cpreport.editions.filling import Fill
from cpreport.editions.outline import Outline, without_numbers
from cpreport.editions.package import Rendered, rendered
from cpreport.editions.pages import Pages, page_like, page_size, properties_at, room_on
from cpreport.editions.shell import paragraph_text, place_mark, sections_mark, values_of_shell
from cpreport.editions.styles import Styles
from cpreport.editions.tables import Bookmark
from cpreport.editions.texts import BACK, CONTENTS, COUNTS, PROBLEMS, anchors_in, document_title, title_numbers
from cpreport.editions.turning import turned
from cpreport.editions.wordml import bookmark, field, paragraph, parsed, run, serialised
from cpreport.model.document import Block, Report, Section, Table
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.definition import TABLE_TOO_WIDE
from cpreport.office.digests import origin_digest
from cpreport.office.xml import legal

_OF_DRAFTS = ("Cover Mark", "Page Mark", "Cover Problems", "Problems Heading", list_style(ordered=False, depth=1))
"""The styles that only a draft may need."""


@values_of_shell()
def render_word(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> Rendered:
    """The report in the look of shell.docx, to be sealed; the same inputs give the same bytes.

    `defaults` is the packaged shell, from which styles are taken that the shell lacks. `fill` gives
    texts of the shell with their tags filled. Raises InputError with every mistake in the shell.
    """
    return _Writer(report, *filled_shell(report, shell, defaults, fill)).rendered()


@values_of_shell()
def try_word(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> tuple[Rendered, list[Finding]]:
    """What `render_word` gives, and the tables that are too wide for the shell's pages.

    Raises InputError for whatever `render_word` would, also where the report is a draft.
    """
    writer = _Writer(report, *filled_shell(report, shell, defaults, fill))
    found = list(writer.too_wide())
    document = writer.rendered()
    for style in _OF_DRAFTS:
        writer.styles.id(style)
    return document, found


def set_up(document: Document, styles: Styles, title: str, author: str, language: str) -> None:
    """Gives the document its properties and its language.

    The shell's own dates and editors go. Word is not told to ask about fields.
    """
    styles.set_language(language)
    for prompt in document.settings.element.findall(qn("w:updateFields")):
        document.settings.element.remove(prompt)
    properties = document.core_properties
    document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element[:] = []
    properties.title = legal(title)[:255]
    properties.author, properties.language = legal(author)[:255], legal(language)[:255]


_HANGING = '<w:ind w:left="567" w:hanging="567"/>'
"""The indentation of an entry of the contents that has a number."""


class _Part(NamedTuple):
    """Blocks on pages of one orientation, with the name and number of the bookmark at them, if they have one.

    `is_end`: they are the last of their section.
    """

    blocks: tuple[Block, ...]
    anchor: str
    bookmark: int
    properties: BaseOxmlElement
    is_end: bool
    section: Section


class _Writer:
    """Puts a report into a shell whose tags are filled."""

    def __init__(self, report: Report, document: Document, styles: Styles, pages: Pages) -> None:
        self.document, self.styles = document, styles
        self._report = report
        self._body = document.element.body
        self._pages = pages
        self._anchors = "section_"
        while self._body.xpath(f"//w:bookmarkStart[starts-with(@w:name, '{self._anchors}')]"):
            self._anchors = f"report_{self._anchors}"
        self._first_bookmark = 1 + max(map(int, self._body.xpath("//w:bookmarkStart/@w:id")), default=0)
        self._outline = Outline(styles, report.sections)
        if self._outline.is_in_use:
            without_numbers(document.element.xpath("//w:p[w:pPr]"), styles)
        self._blocks = Blocks(document, styles, self._bookmarks(), self._outline)

    def rendered(self) -> Rendered:
        """The whole document."""
        text, cover = self._text(), self._report.cover
        title = document_title(cover.title, cover.period)
        set_up(self.document, self.styles, title, cover.authority, self._report.language)
        return rendered(self.document, origin_digest(self._report.place, cover), text)

    def _text(self) -> list[bytes]:
        """The XML of each section, whose mark stays in the document; nothing where there are none.

        Puts before the shell's text what every page of it says, and how many problems a draft has, and in their places
        the contents, and the key with a draft's problems: these come before the sections where the shell has no place.
        """
        counts = self._report.counts
        said = paragraph(self.styles.id("Cover Problems"), run(COUNTS.format(counts))) if counts else ""
        self._body[:0] = parsed(self._pages.mark("Cover Mark") + said)
        mark = sections_mark(self._body)
        for place, written in (("contents", self._contents()), ("key", self._key() + self._problems())):
            found = place_mark(self._body, place)
            for element in parsed(written):
                (mark if found is None else found).addprevious(element)
            if found is not None:
                self._body.remove(found)
        if not self._report.sections:
            self._body.remove(mark)
            return []
        return self._chapters(mark)

    def _bookmarks(self) -> dict[str, Bookmark]:
        """Those of what is linked to, numbered after those of the contents and the sections."""
        sections = self._report.sections
        numbered = enumerate(anchors_in(sections), self._first_bookmark + len(sections) + 1)
        return {anchor: Bookmark(f"{self._anchors}{anchor}", number) for number, anchor in numbered}

    def too_wide(self) -> Iterator[Finding]:
        """The tables that do not fit on the shell's pages even if these are turned."""
        width = room_on(page_like(properties_at(sections_mark(self._body)), landscape=True)).widest
        for section in self._report.sections:
            for table in (block for block in section.blocks if isinstance(block, Table)):
                if found := self._blocks.tables.columns.too_wide(table, width):
                    yield TABLE_TOO_WIDE.at(Place(section=section.id), **found)

    def _chapters(self, mark: BaseOxmlElement) -> list[bytes]:
        base, before, after = properties_at(mark), mark.getprevious(), mark.getnext()
        parts = [part for number, own in enumerate(self._own_pages()) for part in self._parts(number, own)]
        ends = (base, *(part.properties for part in parts))
        goes_on = [
            bool(part.anchor) and not part.section.new_page and page_size(above) == page_size(below)
            for (above, below), part in zip(pairwise(ends), parts, strict=True)
        ]
        # One Word section for all that share pages: LibreOffice loses paragraphs at continuous ones.
        for (above, below), joined in zip(pairwise(ends), goes_on, strict=True):
            if joined:
                below.start_type = WD_SECTION.CONTINUOUS if above is base else above.start_type
        text = []
        if before is not None and before.tag != qn("w:p"):
            text.append(self._closed("", deepcopy(base)))
        elif before is not None and not before.xpath("./w:pPr/w:sectPr"):
            before.get_or_add_pPr().append(deepcopy(base))
        if after is base:
            self._body.replace(base, parts[-1].properties)
        elif after.tag == qn("w:p") and after.xpath("./w:pPr/w:sectPr") and not paragraph_text(after):
            self._body.remove(after)
        for (blocks, anchor, number, end, is_end, section), is_shared in zip(parts, (*goes_on[1:], False), strict=True):
            if anchor:
                self._outline.begin(section)
            xml = self._blocks.section(blocks, anchor, number, room_on(end))
            text.append(self._closed(xml, None if is_shared or end.getparent() is self._body else end, is_end))
        return text

    def _own_pages(self) -> Iterator[BaseOxmlElement]:
        """The properties of each section's pages; the header of pages that show several sections names none of them."""
        base = properties_at(sections_mark(self._body))
        own, sections = base, self._report.sections
        for section, below in zip_longest(sections, sections[1:]):
            if section.new_page or own is base:
                own = self._pages.section(base, section.running if below is None or below.new_page else "")
            yield own

    def _parts(self, number: int, own: BaseOxmlElement) -> Iterator[_Part]:
        """A section in parts, each on pages of its own; the first has the bookmark."""
        section = self._report.sections[number]
        room, across = (room_on(page_like(own, landscape)) for landscape in (False, True))
        upright = [(section.blocks, False)]
        parts = (
            turned(section.blocks, room, self._blocks.tables.columns) if across.width > room.width else []
        ) or upright
        anchor = f"{self._anchors}{number + 1}"
        for last, (blocks, is_turned) in enumerate(parts, 1 - len(parts)):
            end = page_like(own, is_turned)
            yield _Part(blocks, anchor, self._first_bookmark + number + 1, end, last == 0, section)
            anchor = ""

    def _contents(self) -> str:
        """The contents stay on the cover if they fit there, or else begin on the next page."""
        if not (sections := self._report.sections):
            return ""
        title = bookmark(f"{self._anchors}contents", self._first_bookmark, run(CONTENTS))
        entries = (
            paragraph(
                self.styles.id("TOC 1"),
                self._numbered(shown, f"{self._anchors}{number}")
                + self._blocks.to_bookmark(f"{self._anchors}{number}", section.title),
                number < len(sections),
                _HANGING if shown else "",
            )
            for number, (section, shown) in enumerate(zip(sections, title_numbers(sections), strict=True), 1)
        )
        return paragraph(self.styles.id("TOC Heading"), title, keep_next=True) + "".join(entries)

    def _numbered(self, number: str, anchor: str) -> str:
        """The number of a section's title, as a field that Word computes anew, and a tab; empty where it has none."""
        return field(f" REF {anchor} \\r \\h ", number) + "<w:r><w:tab/></w:r>" if number else ""

    def _key(self) -> str:
        if not (blocks := self._report.key):
            return ""
        mark = place_mark(self._body, "key")
        room = room_on(properties_at(sections_mark(self._body) if mark is None else mark))
        return "".join(self._blocks.block(block, room) for block in blocks)

    def _problems(self) -> str:
        if not self._report.problems:
            return ""
        entry = self.styles.id(list_style(ordered=False, depth=1))
        listed = "".join(paragraph(entry, run(problem)) for problem in self._report.problems)
        return paragraph(self.styles.id("Problems Heading"), run(PROBLEMS)) + listed

    def _closed(self, xml: str, properties: BaseOxmlElement | None, is_end: bool = False) -> bytes:
        """Elements that end pages; `is_end`: those of a section, which leads back to the contents."""
        elements = parsed(xml)
        if is_end:
            last = elements[-1]
            for words in [last] if last.tag == qn("w:p") else last.findall("w:tr[last()]//w:p", nsmap):
                words.get_or_add_pPr().get_or_add_keepNext()
            link = self._blocks.to_bookmark(f"{self._anchors}contents", BACK)
            elements += parsed(paragraph(self.styles.id("Back to Contents"), link))
        # Word ends a section, and a document, in a paragraph: after a table it needs one without words.
        if not elements or elements[-1].tag != qn("w:p"):
            elements += parsed(paragraph(self.styles.id("Section End"), ""))
        if properties is not None:
            elements[-1].get_or_add_pPr().append(properties)
        return serialised(elements, self._body.nsmap)
