"""Blocks as HTML: headings in step, tables with headings of rows and columns, pictures and charts inside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import count, groupby
from typing import assert_never

from cpreport.editions.html.markup import element, start, words
from cpreport.editions.links import seen_address
from cpreport.editions.texts import Numbered
from cpreport.editions.widths import Look, needed_widths, set_for_breaks
from cpreport.model.chart import Chart
from cpreport.model.document import (
    EMPTY,
    SUBSCRIPT,
    SUPERSCRIPT,
    Align,
    Heading,
    List,
    Note,
    Paragraph,
    Picture,
    RowKind,
    Span,
    Table,
    TableCell,
    TableRow,
    Text,
    merged,
    plain,
)
from cpreport.model.status import StatusWord

DEEPEST = 6
"""The level of the deepest heading that HTML has."""

_EMU_PER_PIXEL = 9525
_TWIPS_PER_PIXEL = 15
_CHART, _NARROW_CHART = 9600, 4320
"""How wide a chart is drawn for wide and for narrow screens, in twips; a browser makes it as wide as the text."""

_ROOM, _PADDING = 280, 18
"""How much room a table has on the narrowest screens, and what a cell has beside its words, in pixels of CSS."""

_CELLS = Look(220)
"""The look of words in a table, as large as page.css has them on narrow screens, with something to spare."""

_WORDS, _NARROW_WORDS = Look(220), Look(190)
"""The looks of words in the two drawings of a chart."""

_ROWS = {RowKind.DIRECTION: "direction", RowKind.TOTAL: "total"}
_SCRIPTS = {SUPERSCRIPT: "sup", SUBSCRIPT: "sub"}
_Aligned = Mapping[Align, str]
_ALIGNED: _Aligned = {Align.LEFT: "", Align.CENTRE: "centre", Align.RIGHT: "right"}
_IN_NUMBERS: _Aligned = {**_ALIGNED, Align.RIGHT: ""}
"""The classes of cells in any table, and in one that has only numbers beside its first column."""

_STATUSES: Mapping[StatusWord | None, str] = {
    StatusWord.ON_TARGET: "on-target",
    StatusWord.CLOSE: "close",
    StatusWord.OFF_TARGET: "off-target",
}
"""The classes of the cells whose look says what their words say."""


class Blocks:
    """Writes the blocks of one document after another.

    `targets` are the ids of what is linked to, by its anchor. With a title elsewhere no heading is the document's.
    """

    def __init__(self, targets: Mapping[str, str], has_title: bool = False) -> None:
        self._targets, self._has_title = targets, has_title
        self._ids = count(1)
        self._open = [0]
        self._title, self._has_facts = "", False
        self.heading = ""
        """The id of the first heading of this part; empty before it."""

    def begin(self, title: str, has_facts: bool = False) -> None:
        """Begins a part below the document's title; without a heading in it, its title names its tables.

        With facts, lines that say something of the report after bold words are marked.
        """
        self._open, self._title, self.heading, self._has_facts = [0], title, "", has_facts

    def block(self, numbered: Numbered) -> str:
        """A block with its number, or the label before its caption."""
        block, number, label = numbered
        match block:
            case Heading(level, text):
                return self._heading(level, text, number)
            case Paragraph(text, keeps_next=keeps_next):
                look = "keep" if keeps_next else "fact" if self._has_facts and _is_fact(text) else ""
                return element("p", _numbered(number, self.text(text)), class_=look)
            case Note(text):
                return element("p", self.text(text), class_="note")
            case List():
                return self._list(block)
            case Table():
                return self.table(block, label)
            case Chart():
                return self._chart(block, label)
            case Picture():
                return element("p", _picture(block), class_="picture")
            case _:
                assert_never(block)

    def text(self, text: Text, placed: Callable[[str], str] = str) -> str:
        """The words and links of a line; `placed` gives words as they stand there."""
        if len(text) == 1:
            return self._linked(text[0].link, text, placed)
        looks = merged(replace(span, source=None) if span.source else span for span in text)
        return "".join(self._linked(link, spans, placed) for link, spans in groupby(looks, key=lambda span: span.link))

    def table(self, table: Table, label: str = "") -> str:
        """A table with its caption, in a region that scrolls where it may be wider than the screen.

        One without a caption is named by the heading above it.
        """
        caption = ": ".join(part for part in (label, table.caption) if part)
        may_overflow = _may_overflow(table)
        name = id_of(label) or (self._id("caption") if may_overflow else "")
        rows = (table.headings, *(row.cells for row in table.rows))
        is_numbers = {cell.align for cells in rows for cell in cells[1:]} == {Align.RIGHT}
        aligned = _IN_NUMBERS if is_numbers else _ALIGNED
        head = "".join(self._cell(cell, "th", "col", aligned) for cell in table.headings)
        body = "".join(self._row(row, aligned) for row in table.rows)
        named = element("span", words(caption), id=name) if name else words(caption)
        content = element("caption", named) if caption else ""
        content += f"\n<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n"
        title = "" if caption else self._title
        look = f"{table.kind.value} numbers" if is_numbers else table.kind.value
        whole = element("table", content, class_=look, aria_label=title)
        return _scrolling(whole, "" if title else name, title) if may_overflow else whole

    def _heading(self, level: int, text: Text, number: str) -> str:
        """One level below the heading that it is under, whatever levels are skipped; only one is the document's."""
        level = max(level, self._has_title)
        self._has_title |= level == 0
        self._open = [*(above for above in self._open if above < level), level]
        self._title, id = plain(text), self._id("heading")
        self.heading = self.heading or id
        return element(f"h{min(len(self._open), DEEPEST)}", _numbered(number, self.text(text)), id=id)

    def _list(self, block: List) -> str:
        entries = (
            element("li", self.text(entry.text) + "".join(f"\n{self._list(below)}" for below in entry.below))
            for entry in block.entries
        )
        return element("ol" if block.ordered else "ul", "\n{}\n".format("\n".join(entries)))

    def _row(self, row: TableRow, aligned: _Aligned) -> str:
        first, *others = row.cells
        cells = (self._cell(first, "th", "row", aligned), *(self._cell(cell, "td", "", aligned) for cell in others))
        return element("tr", "".join(cells), class_=_ROWS.get(row.kind, "")) + "\n"

    def _cell(self, cell: TableCell, name: str, scope: str, aligned: _Aligned) -> str:
        look = " ".join(part for part in (aligned[cell.align], _STATUSES.get(cell.status, "")) if part)
        content = "<br>".join(self.text(line, _unbroken) for line in cell.lines)
        return element(name, content if content.strip() else EMPTY, scope=scope, class_=look)

    def _chart(self, chart: Chart, label: str) -> str:
        """The caption, the chart below it, remarks on it and its numbers on request.

        It is drawn for wide and for narrow screens; of the two page.css shows one.
        """
        from cpreport.editions.charts.data import data_of
        from cpreport.editions.charts.palette import CSS_PALETTE  # only a report with a chart pays for it
        from cpreport.editions.charts.svg import svg_chart

        name = id_of(label)
        caption = ": ".join(part for part in (label, chart.caption) if part)
        narrow = svg_chart(chart, _NARROW_CHART, _NARROW_WORDS, CSS_PALETTE, f"{name}-narrow", name)
        unit = f" ({chart.unit})" if chart.unit else ""
        parts = (
            element("figcaption", words(caption), id=name),
            svg_chart(chart, _CHART, _WORDS, CSS_PALETTE, name),
            f'<div class="narrow" hidden="">{narrow}</div>',
            element("p", words(chart.remarks), class_="note") if chart.remarks else "",
            self.details(f"Data of {label}", replace(data_of(chart), caption=f"Numbers in {label}{unit}")),
        )
        return element("figure", "\n{}\n".format("\n".join(filter(None, parts))))

    def details(self, summary: str, table: Table) -> str:
        """A table that is shown on request."""
        return element("details", f"\n{element('summary', words(summary))}\n{self.table(table)}\n")

    def _linked(self, link: str, linked: Iterable[Span], placed: Callable[[str], str]) -> str:
        spans = tuple(linked)
        content = "".join(_look(span, placed) for span in spans)
        if not link:
            return content
        if target := self._targets.get(link.removeprefix("#")) if link.startswith("#") else "":
            return element("a", content, href=f"#{target}")
        target = seen_address(link, plain(spans))
        return element("a", content, href=target) if target else content

    def _id(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"


def id_of(label: str) -> str:
    """The id of what has a label before its caption.

    >>> id_of("Table 3")
    'table-3'
    """
    return label.lower().replace(" ", "-")


def _scrolling(content: str, caption: str, title: str = "") -> str:
    """What may be wider than the screen, so that it alone scrolls: it has a caption of that id, or else the title."""
    named = {"role": "region", "aria_labelledby": caption} if caption else {"role": "group", "aria_label": title}
    return element("div", f"\n{content}\n", class_="scroll", tabindex="0", **named)


def _numbered(number: str, content: str) -> str:
    return f"{element('span', words(number), class_='number')} {content}" if number else content


def _unbroken(text: str) -> str:
    """The text with spaces that do not break where Word's tables have them; hyphens stay, as people look for them."""
    return set_for_breaks(text).replace("\u2011", "-")


def _look(span: Span, placed: Callable[[str], str]) -> str:
    if span.text == "\n":
        return "<br>"
    content = words(placed(span.text))
    for name in (_SCRIPTS.get(span.script, ""), "em" * span.italic, "strong" * span.bold):
        content = element(name, content) if name else content
    return content


def _is_fact(text: Text) -> bool:
    """Whether bold words begin a line of others, such as *Date of board* 12 September 2023."""
    return len(text) > 1 and text[0].bold and not all(span.bold for span in text)


def _picture(picture: Picture) -> str:
    """The picture in the file itself: an SVG as a picture too, so that nothing in it runs."""
    image = picture.image
    kind, content = ("svg+xml", image.vector) if image.vector else (image.extension, image.content)
    return start(
        "img",
        {
            "src": f"data:image/{kind};base64,{b64encode(content).decode()}",
            "alt": plain(picture.description),
            "width": str(round(image.width / _EMU_PER_PIXEL)),
            "height": str(round(image.height / _EMU_PER_PIXEL)),
        },
    )


def _may_overflow(table: Table) -> bool:
    """Whether a table may be wider than the narrowest screens."""
    room = (_ROOM - len(table.headings) * _PADDING) * _TWIPS_PER_PIXEL
    return any(sum(needed_widths(part, lambda _: _CELLS)) > room for part in (replace(table, rows=()), table))
