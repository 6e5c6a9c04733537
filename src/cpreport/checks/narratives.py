"""Rules about narratives."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.examined import Examined
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import narrative as rules


def required_slot_empty(month: Examined) -> Iterator[Finding]:
    for section in month.folder.sections:
        for slot in section.slots:
            if slot.required and (section.id, slot.id) not in month.workbook.narratives:
                place = Place(file=month.workbook.file, section=section.id, slot=slot.id)
                file = f"narrative/{month.workbook.period.slug}/{section.id}.md"
                yield rules.EMPTY.at(place, section=section.id, slot=slot.title, file=file)


RULES = (required_slot_empty,)
