"""A section's form as a Word file: a locked box to read, and a box to write in for each slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from cpreport.compose.report import cover_of
from cpreport.compose.tables import indicator_tables, measures_table
from cpreport.compose.wording import in_series
from cpreport.editions.blocks import Blocks, list_style
from cpreport.editions.filled import styles_of
from cpreport.editions.package import open_shell, rendered
from cpreport.editions.pages import page_like, properties_at, room_on
from cpreport.editions.shell import mark_places, sections_mark, values_of_shell
from cpreport.editions.texts import document_title
from cpreport.editions.word import set_up
from cpreport.editions.wordml import attribute, paragraph, parsed, run
from cpreport.inputs.narratives.slots import own_name
from cpreport.model.document import (
    LENGTH,
    PROMPT,
    QUESTIONS,
    REFERENCE,
    REFERENCE_END,
    REQUIRED,
    REQUIRED_IF,
    WRITER,
    Block,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Span,
)
from cpreport.model.folder import Condition, ReportFolder, SectionPlan, Slot
from cpreport.model.published import Published
from cpreport.model.tags import in_tag
from cpreport.model.workbook import with_stated_period

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

_LONGEST_NAME = 64
"""How many characters Word allows in a content control's name."""

_COMMENTS_LATER = "Which comments are needed is not known until there are figures."
_NO_COMMENTS = "No indicator needs a comment."

_CONDITIONS = {
    Condition.WORSE: "is worse than usual or than a year ago",
    Condition.MISSED_TARGET: "missed its target",
    Condition.OFF_TARGET: "is off target",
    Condition.CLOSE_TO_TARGET: "is close to target",
    Condition.SPECIAL_CAUSE: "shows a special cause",
}


def render_form(
    section: SectionPlan, month: Published, folder: ReportFolder, texts: Mapping[tuple[str, str], str]
) -> bytes:
    """A section's form in the look of shell.docx, without its cover, headers and footers.

    `texts` are first texts by section and slot. A workbook without entries means that there is none: then the
    indicators have no figures. The same inputs give the same bytes. Raises InputError if the shell cannot be used.
    """
    cover = cover_of(month.workbook, folder)
    instructions = Span(" ".join(_instructions(section, cover.board_date)))
    has_figures = _has_figures(section, month)
    comments = [slot for slot in section.comments if has_figures and month.figures.is_owed(slot)]
    none = _NO_COMMENTS if has_figures else _COMMENTS_LATER
    notes = (Note((Span(text),)) for text in (*([none] if section.comments and not comments else ()), REFERENCE_END))
    reference = [Paragraph((instructions,)), *_figures(section, month, folder), *notes]
    with values_of_shell():
        document = open_shell(folder.shell.content)
        styles = styles_of(document, folder.default_shell)
        blocks = Blocks(document, styles)
        page = _empty_shell(document, reference, blocks)
        room = room_on(page)
        body = blocks.block(Heading(1, (Span(section.title),)), room)
        body += _control(1, "For reference", REFERENCE, "".join(blocks.block(block, room) for block in reference))
        bullet, prompt_style = styles.id(list_style(ordered=False, depth=1)), styles.id("Placeholder Text")
        for number, slot in enumerate((*section.slots, *comments), 2):
            body += blocks.block(Heading(2, (Span(_heading_of(slot, section)),)), room)
            if text := texts.get((section.id, slot.id)):
                inner = blocks.block(List(False, (ListEntry((Span(text),)),)), room)
            else:
                inner = paragraph(bullet, run(_prompt_of(slot, section), prompt_style))
            body += _control(number, slot.title, slot.id, inner, is_prompt=not text)
        document.element.body[:] = [*parsed(body), page]
        set_up(document, styles, document_title(section.title, cover.period), cover.authority, folder.language)
        return rendered(document).sealed(whole=True)


def _has_figures(section: SectionPlan, month: Published) -> bool:
    """Whether what a section has comments on has figures: those of the reporting period's kind, if there are any."""
    newest = [month.figures.timelines[slot.indicator].newest for slot in section.comments]
    of_period = [figure for figure in newest if figure.period.kind is month.workbook.period.kind]
    return any(figure.value is not None for figure in of_period or newest)


def _instructions(section: SectionPlan, board_date: str) -> Iterator[str]:
    owner = f" by {section.owner}" if section.owner else ""
    board = f" for the board on {board_date}" if board_date else ""
    if owner or board:
        yield f"To be written{owner}{board}."
    yield "Write below, under the headings."
    if section.indicators:
        tag = f"{{{{ indicator({in_tag(section.indicators[0])}).now }}}}"
        yield f"Write figures as tags such as {tag}, which print what the table has; typed figures are checked."


def _figures(section: SectionPlan, month: Published, folder: ReportFolder) -> Iterator[Block]:
    workbook, plans = month.workbook, month.figures.tables[section.id]
    if plans and workbook.entries:
        yield from indicator_tables(plans, with_stated_period(workbook, folder), section.title)
        if workbook.period not in workbook.filled_periods:
            yield Note((Span(f"{workbook.file} has no figures for {workbook.period} yet."),))
    elif plans:
        yield measures_table(plans)
        yield Note((Span(f"There are no figures for {workbook.period} yet."),))


def _heading_of(slot: Slot, section: SectionPlan) -> str:
    """The heading by which a slot's text is found again: its title, or another name where the title is not its own."""
    names = (slot.title, *slot.names)
    return own_name(slot, section, *(name for name in names if not name.endswith("#")))


def _prompt_of(slot: Slot, section: SectionPlan) -> str:
    """The prompt in a slot until somebody writes there. `WRITTEN_PROMPT` recognises it."""
    sentences = [PROMPT]
    if slot.indicator:
        sentences += [QUESTIONS, REQUIRED]
    elif slot.required:
        when = in_series([_CONDITIONS[condition] for condition in slot.required_when], "or")
        of = "section" if section.indicators else "report"
        sentences.append(REQUIRED_IF.format(f"{of} {when}") if when else REQUIRED)
    fewest, most = slot.min_words, slot.max_words
    if fewest or most:
        limits = f"at least {fewest}" if most is None else f"{fewest} to {most}" if fewest else f"at most {most}"
        sentences.append(LENGTH.format(limits))
    if slot.owner not in ("", section.owner):
        sentences.append(WRITER.format(slot.owner))
    return " ".join(sentences)


def _empty_shell(document: Document, reference: Sequence[Block], blocks: Blocks) -> BaseOxmlElement:
    """Removes everything the shell prints, and gives the properties of the page for sections."""
    body = document.element.body
    mark_places(body)
    base = properties_at(sections_mark(body))
    page = page_like(base, landscape=not blocks.fit(reference, room_on(base)))
    for edge in page.xpath("./w:headerReference | ./w:footerReference"):
        page.remove(edge)
    relations = document.part.rels
    comment_ids = {id for id, each in relations.items() if each.reltype.rpartition("/")[2].startswith("comments")}
    for id in {*body.xpath(".//@r:*"), *comment_ids}:
        relations.pop(id, None)
    return page


def _control(number: int, title: str, tag: str, content: str, is_prompt: bool = False) -> str:
    """A content control around paragraphs and tables; a prompt is replaced as a whole by what is typed."""
    name = title if len(title) <= _LONGEST_NAME else title[: _LONGEST_NAME - 1] + "…"
    lock = "sdtContentLocked" if tag == REFERENCE else "sdtLocked"
    prompt = "<w:showingPlcHdr/>" if is_prompt else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={attribute(name)}/><w:tag w:val={attribute(tag)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="{lock}"/>{prompt}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )
