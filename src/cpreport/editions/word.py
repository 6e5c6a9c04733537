"""The report as a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import NamedTuple

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from cpreport.editions.blocks import Blocks, list_style
from cpreport.editions.filling import Fill, Tags
from cpreport.editions.package import open_shell, sealed
from cpreport.editions.pages import Pages, page_like, parts_of, properties_at, text_width
from cpreport.editions.shell import leftovers, mark_sections, paragraph_text, sections_mark, values_of_shell
from cpreport.editions.styles import Styles
from cpreport.editions.tables import Bookmark
from cpreport.editions.widths import columns_that_fit
from cpreport.editions.wordml import paragraph, parsed, run, serialised
from cpreport.model.document import Block, Report, Section, Table, TableKind, plain
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.definition import TABLE_TOO_WIDE
from cpreport.office.digests import origin_digest
from cpreport.office.xml import legal


@values_of_shell()
def render_word(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> bytes:
    """The report in the look of shell.docx; the same inputs give the same bytes.

    `defaults` is the packaged shell, from which styles are taken that the shell lacks. `fill` gives
    texts of the shell with their tags filled. Raises InputError with every mistake in the shell.
    """
    writer, cover = _writer(report, shell, defaults, fill), report.cover
    text = writer.write()
    set_up(writer.document, writer.styles, (cover.title, cover.period), cover.authority, report.language)
    return sealed(writer.document, origin=origin_digest(report.place, cover), text=text)


@values_of_shell()
def try_shell(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> list[Finding]:
    """The tables that are too wide for the shell's pages.

    Raises InputError for whatever `render_word` would, also where the report is a draft.
    """
    writer = _writer(replace(report, marks=("–",), problems=("–",)), shell, defaults, fill)
    found = list(writer.too_wide())
    writer.write()
    return found


def _writer(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> _Writer:
    """What writes the report into a shell whose tags are filled. Raises InputError with every mistake in the shell."""
    document, tags = open_shell(shell), Tags(fill)
    styles = styles_of(document, None if defaults == shell else defaults)
    findings = leftovers(parts_of(document), styles)
    try:
        mark_sections(document.element.body)
        pages = Pages(document, tags, styles, report.marks)
        tags.read(pages.unfilled())
    except InputError as error:
        raise InputError(*findings, *error.findings) from error
    if findings:
        raise InputError(*findings)
    pages.fill()
    return _Writer(report, document.part.document, styles, pages)


def styles_of(document: Document, defaults: bytes | None) -> Styles:
    """The document's styles, and for those it lacks the ones of the packaged shell."""
    return Styles(document, Styles(open_shell(defaults)) if defaults else None)


def set_up(document: Document, styles: Styles, title: Iterable[str], author: str, language: str) -> None:
    """Gives the document its properties and its language. `title` are the parts of its title; empty ones do not count.

    The shell's own dates and editors go. Word is not told to ask about fields.
    """
    styles.set_language(language)
    for prompt in document.settings.element.findall(qn("w:updateFields")):
        document.settings.element.remove(prompt)
    properties = document.core_properties
    document.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES).element[:] = []
    properties.title = legal(", ".join(part for part in title if part))[:255]
    properties.author, properties.language = legal(author)[:255], legal(language)[:255]


class _Part(NamedTuple):
    """Blocks on pages of one orientation, with the name and number of the bookmark at them, if they have one."""

    blocks: tuple[Block, ...]
    anchor: str
    bookmark: int
    properties: BaseOxmlElement


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
        self._blocks = Blocks(document, styles, self._bookmarks())

    def write(self) -> list[bytes]:
        """The XML of contents and of each section, whose mark stays in the document; nothing where there are none.

        Puts before the shell's text what every page of it says, and how many problems a draft has.
        """
        mark = sections_mark(self._body)
        text = self._chapters(mark) if self._report.sections else []
        if not text:
            for element in parsed(self._problems()):
                mark.addprevious(element)
            self._body.remove(mark)
        counts = self._report.counts
        said = paragraph(self.styles.id("Problems Heading"), run(f"Problems found: {counts}")) if counts else ""
        self._body[:0] = parsed(self._pages.mark("Cover Mark") + said)
        return text

    def _bookmarks(self) -> dict[str, Bookmark]:
        """Those of the tables that are linked to, numbered after those of the sections."""
        sections = self._report.sections
        tables = (block for section in sections for block in section.blocks if isinstance(block, Table))
        anchors = (table.anchor for table in tables if table.anchor)
        first = self._first_bookmark + len(sections)
        return {anchor: Bookmark(f"{self._anchors}{anchor}", number) for number, anchor in enumerate(anchors, first)}

    def too_wide(self) -> Iterator[Finding]:
        """The tables that do not fit on the shell's pages even if these are turned."""
        width = text_width(page_like(properties_at(sections_mark(self._body)), landscape=True))
        for section in self._report.sections:
            for table in (block for block in section.blocks if isinstance(block, Table)):
                needed = self._blocks.tables.needed(table, tight=True)
                if sum(needed) > width:
                    titles = 0 if table.kind is TableKind.PLAIN else 2
                    name = table.caption or plain(table.headings[0].lines[0])
                    what = f"{len(needed) - titles} columns{' of periods and comparators' if titles else ''}"
                    newest_first = [*needed[:titles], *reversed(needed[titles:])]
                    fitting = max(0, columns_that_fit(newest_first, width) - titles)
                    yield TABLE_TOO_WIDE.at(Place(section=section.id), name=name, what=what, fitting=fitting)

    def _chapters(self, mark: BaseOxmlElement) -> list[bytes]:
        base, after = properties_at(mark), mark.getnext()
        parts = [part for number, section in enumerate(self._report.sections) for part in self._parts(number, section)]
        text = [self._closed(self._contents() + self._problems(), deepcopy(base))]
        if after is base:
            self._body.replace(base, parts[-1].properties)
        elif after.tag == qn("w:p") and after.xpath("./w:pPr/w:sectPr") and not paragraph_text(after):
            self._body.remove(after)
        for blocks, anchor, bookmark, end in parts:
            xml = self._blocks.section(blocks, anchor, bookmark, text_width(end))
            text.append(self._closed(xml, None if end.getparent() is self._body else end))
        return text

    def _parts(self, number: int, section: Section) -> Iterator[_Part]:
        """A section in parts, each on pages of its own; the first has the bookmark."""
        base = properties_at(sections_mark(self._body))
        width, across = (text_width(page_like(base, landscape)) for landscape in (False, True))
        upright = [(section.blocks, False)]
        parts = self._blocks.turned(section.blocks, width) if across > width else upright
        own, anchor = self._pages.section(base, section.running), f"{self._anchors}{number + 1}"
        for blocks, is_turned in parts or upright:
            yield _Part(blocks, anchor, self._first_bookmark + number, page_like(own, is_turned))
            anchor = ""

    def _contents(self) -> str:
        entries = (
            paragraph(self.styles.id("TOC 1"), self._blocks.to_bookmark(f"{self._anchors}{number}", section.title))
            for number, section in enumerate(self._report.sections, 1)
        )
        return paragraph(self.styles.id("TOC Heading"), run("Contents")) + "".join(entries)

    def _problems(self) -> str:
        if not self._report.problems:
            return ""
        entry = self.styles.id(list_style(ordered=False, depth=1))
        listed = "".join(paragraph(entry, run(problem)) for problem in self._report.problems)
        return paragraph(self.styles.id("Problems Heading"), run("Problems found")) + listed

    def _closed(self, xml: str, properties: BaseOxmlElement | None) -> bytes:
        # Word ends a section, and a document, in a paragraph: after a table it needs one without words.
        elements = parsed(xml)
        if not elements or elements[-1].tag != qn("w:p"):
            elements += parsed(paragraph(self.styles.id("Section End"), ""))
        if properties is not None:
            elements[-1].get_or_add_pPr().append(properties)
        return serialised(elements, self._body.nsmap)
