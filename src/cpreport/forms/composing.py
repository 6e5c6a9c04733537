"""What a section's author reads in a form."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.compose.report import cover_of
from cpreport.compose.tables import indicator_tables, measures_table
from cpreport.inputs.narratives.slots import find_slot
from cpreport.model.document import (
    LENGTH,
    PROMPT,
    REFERENCE_END,
    REQUIRED,
    REQUIRED_IF,
    WRITER,
    Block,
    Note,
    Paragraph,
    Span,
)
from cpreport.model.folder import Condition, ReportFolder, SectionPlan, Slot
from cpreport.model.published import Published
from cpreport.model.tags import in_tag
from cpreport.model.workbook import with_stated_period

_CONDITIONS = {
    Condition.WORSE: "got worse",
    Condition.MISSED_TARGET: "missed its target",
    Condition.SPECIAL_CAUSE: "shows a special cause",
}


def reference_of(section: SectionPlan, month: Published, folder: ReportFolder) -> tuple[Block, ...]:
    """What is there to be read while writing, and is no part of what is written.

    A workbook without any entry stands for none: then there are indicators without figures.
    """
    board_date = cover_of(month.workbook, folder).board_date
    instructions = " ".join((*_who(section, board_date), *_how(section)))
    return (
        Paragraph((Span(instructions),)),
        *_figures(section, month, folder),
        Note((Span(REFERENCE_END),)),
    )


def heading_of(slot: Slot, section: SectionPlan) -> str:
    """The heading below which a slot's text is found again: its title, or its id where the title is another's."""
    leads_back = find_slot(slot.title, section) == slot.id and not slot.title.endswith("#")
    return slot.title if leads_back else slot.id


def prompt_of(slot: Slot, section: SectionPlan) -> str:
    """What is to be written in a slot; it stands there until somebody does. `WRITTEN_PROMPT` knows it again."""
    owner = WRITER.format(slot.owner) if slot.owner not in ("", section.owner) else ""
    return " ".join(sentence for sentence in (PROMPT, _required(slot), _length(slot), owner) if sentence)


def _figures(section: SectionPlan, month: Published, folder: ReportFolder) -> Iterator[Block]:
    workbook, plans = month.workbook, month.figures.tables[section.id]
    if plans and workbook.entries:
        yield from indicator_tables(plans, with_stated_period(workbook, folder))
        if workbook.period not in workbook.filled_periods:
            yield Note((Span(f"{workbook.file} has no figures of {workbook.period} yet."),))
    elif plans:
        yield measures_table(plans)
        yield Note((Span(f"There are no figures of {workbook.period} yet."),))


def _who(section: SectionPlan, board_date: str) -> Iterator[str]:
    owner = f" by {section.owner}" if section.owner else ""
    board = f" for the board on {board_date}" if board_date else ""
    if owner or board:
        yield f"To be written{owner}{board}."


def _how(section: SectionPlan) -> Iterator[str]:
    yield "Write below, under the headings."
    if section.indicators:
        tag = f"{{{{ indicator({in_tag(section.indicators[0])}).now }}}}"
        yield f"Write figures as tags such as {tag}, which print what the table has; typed figures are checked."


def _required(slot: Slot) -> str:
    if not slot.required:
        return ""
    *others, last = [_CONDITIONS[condition] for condition in slot.required_when] or [""]
    when = f"{', '.join(others)} or {last}" if others else last
    return REQUIRED_IF.format(when) if when else REQUIRED


def _length(slot: Slot) -> str:
    match slot.min_words, slot.max_words:
        case 0, None:
            return ""
        case fewest, None:
            return LENGTH.format(f"at least {fewest}")
        case 0, most:
            return LENGTH.format(f"at most {most}")
        case fewest, most:
            return LENGTH.format(f"{fewest} to {most}")
