"""Forms: what a section's author reads and fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cpreport.compose.edition import edition_of
from cpreport.compose.report import cover_of
from cpreport.compose.tables import indicator_tables, measures_table
from cpreport.model.document import PROMPT, REFERENCE_END, Block, Form, FormSlot, Note, Paragraph, Span, Text
from cpreport.model.folder import Condition, ReportFolder, SectionPlan, Slot
from cpreport.model.tags import in_tag
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Workbook

_CONDITIONS = {
    Condition.WORSE: "got worse",
    Condition.MISSED_TARGET: "missed its target",
    Condition.SPECIAL_CAUSE: "shows a special cause",
}


def compose_form(
    section: SectionPlan,
    workbook: Workbook,
    folder: ReportFolder,
    figures: Figures,
    headings: Mapping[str, str],
    texts: Mapping[str, str],
) -> Form:
    """A section's form. `headings` are those by which its slots are found again, `texts` first texts, by slot id.

    A workbook without any entry stands for none: then there are indicators without figures.
    """
    cover = cover_of(workbook, folder)
    reference = (
        Paragraph(_text(" ".join((*_who(section, cover.board_date), *_how(section))))),
        *_figures(section, workbook, folder, figures),
        Note(_text(REFERENCE_END)),
    )
    slots = (
        FormSlot(slot.id, slot.title, headings[slot.id], _prompt(slot, section), texts.get(slot.id, ""))
        for slot in section.slots
    )
    return Form(section.title, cover.period, cover.authority, folder.language, reference, tuple(slots))


def _figures(section: SectionPlan, workbook: Workbook, folder: ReportFolder, figures: Figures) -> Iterator[Block]:
    plans, period = figures.tables[section.id], workbook.period
    if plans and workbook.entries:
        yield from indicator_tables(plans, edition_of(workbook, folder))
        if period not in workbook.filled_periods:
            yield Note(_text(f"{workbook.file} has no figures of {period} yet."))
    elif plans:
        yield measures_table(plans)
        yield Note(_text(f"There are no figures of {period} yet."))


def _who(section: SectionPlan, board_date: str) -> Iterator[str]:
    owner, board = (
        (f" by {section.owner}" if section.owner else ""),
        (f" for the board on {board_date}" if board_date else ""),
    )
    if owner or board:
        yield f"To be written{owner}{board}."


def _how(section: SectionPlan) -> Iterator[str]:
    yield "Write below, under the headings."
    if section.indicators:
        tag = f"{{{{ indicator({in_tag(section.indicators[0])}).now }}}}"
        yield f"Write figures as tags such as {tag}, which print what the table has; typed figures are checked."


def _prompt(slot: Slot, section: SectionPlan) -> str:
    owner = f"To be written by {slot.owner}." if slot.owner not in ("", section.owner) else ""
    return " ".join(sentence for sentence in (PROMPT, _required(slot), _length(slot), owner) if sentence)


def _required(slot: Slot) -> str:
    if not slot.required:
        return ""
    *others, last = [_CONDITIONS[condition] for condition in slot.required_when] or [""]
    when = f"{', '.join(others)} or {last}" if others else last
    return f"This text is required if an indicator of the section {when}." if when else "This text is required."


def _length(slot: Slot) -> str:
    match slot.min_words, slot.max_words:
        case 0, None:
            return ""
        case fewest, None:
            return f"Words: at least {fewest}."
        case 0, most:
            return f"Words: at most {most}."
        case fewest, most:
            return f"Words: {fewest} to {most}."


def _text(text: str) -> Text:
    return (Span(text),)
