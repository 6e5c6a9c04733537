"""The report as values that report.typ prints: what every block is, and how wide and on which pages."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, assert_never

from cpreport.editions.columns import APART, TIGHT_MARGIN, Columns, apart
from cpreport.editions.links import seen_address
from cpreport.editions.pdf.characters import missing, printable
from cpreport.editions.statuses import STATUS_LOOKS
from cpreport.editions.texts import BACK, CONTENTS, COUNTS, MARKS_APART, Numbered, anchors_in, numbered, title_number
from cpreport.editions.turning import height, turned
from cpreport.editions.widths import Look, Room, set_for_breaks, shown_size
from cpreport.model.chart import Chart
from cpreport.model.document import (
    Align,
    Block,
    ContentsPlace,
    Heading,
    List,
    Note,
    Paragraph,
    Picture,
    Publication,
    Section,
    Span,
    Table,
    TableCell,
    Text,
    merged,
    plain,
)
from cpreport.model.finding import Finding, Place
from cpreport.model.rules.definition import TABLE_TOO_WIDE
from cpreport.model.rules.page import CHARACTER
from cpreport.office.xml import legal

MARGIN = 85
"""What a cell has left and right of its text, in twips."""

_ALIGNED = {Align.LEFT: "left", Align.CENTRE: "center", Align.RIGHT: "right"}
_AROUND = 20
"""How many characters around one that cannot be printed are quoted, on each side."""

Printed = dict[str, Any]
"""A block as report.typ takes it."""


class Content:
    """The values of a report: `files` are the pictures that they name, `findings` say what cannot be printed.

    `room` is that on a page, `across` that on one that is turned; `look` is that of words in charts.
    """

    def __init__(self, publication: Publication, columns: Columns, room: Room, across: Room, look: Look) -> None:
        self.files: dict[str, str] = {}
        self.findings: list[Finding] = []
        self._report = publication.report
        self.mark = MARKS_APART.join(self._report.marks)
        self._columns, self._room, self._across, self._look = columns, room, across, look
        self._sections = [*numbered(publication.report.sections)]
        self._anchors = {*anchors_in(publication.report.sections)}
        self._place = Place()
        self._said = (self.mark, COUNTS.format(self._report.counts))
        self.parts = [*self._around(publication.front), *self._of_sections(), *self._around(publication.back)]

    def words(self, text: str) -> str:
        """A text as it is printed; characters that cannot be are findings."""
        shown = printable(legal(text).replace("\t", " "))
        for character in missing(shown):
            at = shown.index(character)
            around = " ".join(shown[max(0, at - _AROUND) : at + _AROUND].split())
            named = f"{character} (U+{ord(character):04X})"
            self.findings.append(CHARACTER.at(self._place, character=named, text=around))
        return shown

    # Pages

    def _around(self, blocks: Sequence[Block | ContentsPlace]) -> Iterator[Printed]:
        """What is before or after the sections; from each heading of the first level on a new page."""
        starts = [number for number, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
        for start, end in zip([0, *starts], [*starts, len(blocks)], strict=True):
            part: list[Printed] = []
            for block in blocks[start:end]:
                if isinstance(block, ContentsPlace):
                    part += self._contents()
                else:
                    part += self._block(Numbered(block), self._room)
            if part:
                yield {"running": "", "flipped": False, "blocks": part}

    def _of_sections(self) -> Iterator[Printed]:
        """The pages of the sections; the header of pages that show several of them names none."""
        pages: list[Printed] = []
        running = ""
        for number, (section, blocks) in enumerate(self._sections, 1):
            below = self._sections[number][0] if number < len(self._sections) else None
            if section.new_page or not pages:
                running = section.running if below is None or below.new_page else ""
            self._place = Place(section=section.id)
            goes_on = not section.new_page
            for part, is_turned in self._turned(section, blocks):
                if goes_on and pages and pages[-1]["flipped"] == is_turned:
                    pages[-1]["blocks"] += part
                else:
                    pages.append({"running": self.words(running), "flipped": is_turned, "blocks": part})
                goes_on = False
            pages[-1]["blocks"].append({"kind": "back", "text": BACK})
        self._place = Place()
        yield from pages

    def _turned(self, section: Section, blocks: Sequence[Numbered]) -> Iterator[tuple[list[Printed], bool]]:
        """The blocks of a section in parts, and whether each is on pages that are turned."""
        label, each = f"section-{section.id}", iter(blocks)
        is_titled = any(_is_title(block) for block in section.blocks)
        parts = turned(section.blocks, self._room, self._columns) or [((), False)]
        for number, (part, is_turned) in enumerate(parts):
            room, above = (self._across if is_turned else self._room), 0.0
            written: list[Printed] = [{"kind": "place", "label": label}] if not (is_titled or number) else []
            for block, of_part in zip(part, each, strict=False):
                here = label if _is_title(block) else ""
                written += self._block(of_part, room, above, here)
                label = "" if here else label
                above += height([block], room, self._columns) if above < room.third else 0
            yield written, is_turned

    def _contents(self) -> Iterator[Printed]:
        entries = [
            {
                "label": f"section-{section.id}",
                "text": self._text((Span(section.title),)),
                "number": title_number(blocks),
            }
            for section, blocks in self._sections
        ]
        if entries:
            yield {"kind": "contents", "title": CONTENTS, "entries": entries}

    # Blocks

    def _block(self, numbered: Numbered, room: Room, above: float = 0, label: str = "") -> Iterator[Printed]:
        """What prints a block; `above` is how high what stands above it on its page is, about."""
        block, number = numbered.block, numbered.number
        match block:
            case Heading(level, text):
                yield {"kind": "heading", "level": level, "text": self._text(text), "number": number, "label": label}
            case Paragraph(text, keeps_next=sticky):
                shown = {
                    "text": self._text(text),
                    "number": number,
                    "sticky": sticky,
                    "mark": plain(text) in self._said,
                }
                yield {"kind": "paragraph", **shown}
            case Note(text):
                yield {"kind": "note", "text": self._text(text)}
            case List():
                yield self._list(block)
            case Table():
                yield self._table(block, room, above, numbered.label)
            case Chart():
                yield from self._chart(block, room, numbered.label)
            case Picture():
                yield self._picture(block, room)
            case _:
                assert_never(block)

    def _list(self, block: List) -> Printed:
        entries = [{"text": self._text(each.text), "below": [*map(self._list, each.below)]} for each in block.entries]
        return {"kind": "list", "ordered": block.ordered, "entries": entries}

    def _table(self, table: Table, room: Room, above: float, label: str) -> Printed:
        if found := self._columns.too_wide(table, self._across.widest):
            self.findings.append(TABLE_TOO_WIDE.at(self._place, **found))
        is_tight, widths = self._columns.widths(table, room)
        whole = all(self._columns.kept(table, room, above)[:-1])
        return {
            "kind": "table",
            **self._captioned(table.caption, label, table.anchor),
            "widths": [width / 20 for width in widths],
            "beyond": max(0, sum(widths) - room.width) / 40,
            "whole": whole,
            "headings": self._cells(table.headings, is_tight),
            "rows": [{"kind": row.kind.value, "cells": self._cells(row.cells, is_tight)} for row in table.rows],
        }

    def _cells(self, cells: Sequence[TableCell], is_tight: bool) -> list[Printed]:
        margin = TIGHT_MARGIN if is_tight else MARGIN
        return [
            {
                "lines": [self._text(line, lambda text: set_for_breaks(text, is_tight)) for line in cell.lines],
                "align": _ALIGNED[cell.align],
                "left": (margin + APART * (is_tight and is_apart)) / 20,
                "right": margin / 20,
                "status": STATUS_LOOKS[cell.status]._asdict() if cell.status in STATUS_LOOKS else None,
            }
            for cell, is_apart in zip(cells, apart(cells), strict=True)
        ]

    def _chart(self, chart: Chart, room: Room, label: str) -> Iterator[Printed]:
        from cpreport.editions.charts.palette import PLAIN_PALETTE  # only a report with a chart pays for it
        from cpreport.editions.charts.svg import svg_chart

        for text in (chart.unit, *chart.categories, *(series.name for series in chart.series)):
            self.words(text)
        name = self._file(svg_chart(chart, room.width, self._look, PLAIN_PALETTE))
        yield {
            "kind": "chart",
            **self._captioned(chart.caption, label, chart.anchor),
            "file": name,
            "alt": legal(chart.description),
            "width": room.width / 20,
            "sticky": bool(chart.remarks),
        }
        if chart.remarks:
            yield {"kind": "note", "text": self._text((Span(chart.remarks),))}

    def _picture(self, picture: Picture, room: Room) -> Printed:
        width, high = (side / 20 for side in shown_size(picture.image, room))
        content = b64encode(picture.image.content).decode()
        name = self._file(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high}"><image width="{width}" '
            f'height="{high}" href="data:image/{picture.image.extension};base64,{content}"/></svg>'
        )
        return {"kind": "picture", "file": name, "alt": legal(plain(picture.description)), "width": width}

    def _captioned(self, caption: str, label: str, anchor: str) -> Printed:
        whole = ": ".join(part for part in (label, self.words(caption)) if part)
        return {"caption": whole, "anchor": anchor and f"to-{anchor}"}

    def _file(self, svg: str) -> str:
        name = f"picture-{len(self.files) + 1}.svg"
        self.files[name] = svg
        return name

    # Words

    def _text(self, text: Text, placed: Callable[[str], str] = str) -> list[Printed]:
        """A line's spans, without what is as usual."""
        return [self._span(span, placed) for span in merged(replace(span, source=None) for span in text)]

    def _span(self, span: Span, placed: Callable[[str], str]) -> Printed:
        anchor = span.link.removeprefix("#")
        target = (
            {"anchor": f"to-{anchor}"} if anchor in self._anchors else {"address": seen_address(span.link, span.text)}
        )
        looks = {"bold": span.bold, "italic": span.italic, "script": span.script, **target}
        return {"text": placed(self.words(span.text)), **{name: look for name, look in looks.items() if look}}


def _is_title(block: Block) -> bool:
    return isinstance(block, Heading) and block.level == 1
