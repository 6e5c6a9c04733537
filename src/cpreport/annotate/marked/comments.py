"""Comments of cells. Our text stands between two lines of its own, so that it can be told from what others wrote.

The boxes in which they are shown are shapes of a VML drawing, changed as text, for Excel's is not always XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count
from math import ceil

from cpreport.annotate.marked.spreadsheetml import (
    MAIN,
    RELATION,
    child,
    children,
    ensured,
    fragment,
    printed,
    put,
    whole,
)
from cpreport.office.addresses import ROWS, Cell, address_of, cell_at
from cpreport.office.parts import Element, Parts

AUTHOR = "cpreport"
OPENING = "── cpreport ──"
CLOSING = "── end of cpreport ──"

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'.encode()
_THREAD = "tc="
_RUN = (
    '<r><rPr><sz val="9"/><color rgb="FF000000"/><rFont val="Tahoma"/><family val="2"/></rPr>'
    f'<t xml:space="preserve">{{}}{OPENING}\n{{}}\n{CLOSING}</t></r>'
)
_GAP = "\n\n"

_SHAPE = re.compile(r"(<(?:\w+:)?shape\s(?:[^<]|<(?!(?:\w+:)?shape\s))*?</(?:\w+:)?shape\s*>)")
"""A shape. They do not nest, so each begins at the last beginning before its end."""

_CELL = re.compile(r"<(?:\w+:)?(Row|Column)>\s*(\d{1,7})\s*<")
_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([-\d,\s]+)(</)")
_HEIGHT = re.compile(r"(\bheight:)(\d{1,5}(?:\.\d{1,5})?)(px|pt)")
_NUMBER = re.compile(r"_x0000_s(\d{1,9})(?!\d)")
_FIRST_NUMBER = 1025
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_SHAPE_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    f'<v:shape {_SPACES} id="_x0000_s{{number}}" type="#_x0000_t202" style="position:absolute;'
    'margin-left:{left}px;margin-top:{top}px;width:{width}px;height:{height}px;z-index:1;visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
"""A new box has no anchor, so that it is as large as its style says, whatever the columns' widths."""

_WIDTH, _UNSAID_WIDTH, _COLUMN, _ROW, _LINE, _MARGIN, _LETTER = 380, 144, 64, 20, 15, 12, 5.6
"""Pixels: a box's width, that of one that states none, an ordinary column's and row's size, a line's height, the
margins of lines, a letter's mean width."""


class Comments:
    """The comments of one worksheet."""

    def __init__(self, parts: Parts, sheet: str) -> None:
        self._parts = parts
        self._sheet = sheet
        self._part = parts.related(sheet, "comments")
        listed = children(parts.root(self._part), "commentList/comment") if self._part else []
        self._known = {cell: comment for comment in listed if (cell := cell_at(comment.get("ref", "")))}

    def threaded(self) -> set[Cell]:
        """The cells with a threaded comment: what they have here is only a stand-in for older versions of Excel."""
        authors = children(self._parts.root(self._part), "authors/author") if self._part else []
        threads = {number for number, author in enumerate(authors) if (author.text or "").startswith(_THREAD)}
        return {cell for cell, comment in self._known.items() if whole(comment.get("authorId")) in threads}

    def unmark(self) -> None:
        """Takes our texts out, and the comments in which nothing else stands, whoever their author is said to be."""
        emptied = {cell for cell, comment in self._known.items() if _cut(comment) and not _words(comment).strip()}
        for cell in emptied:
            comment = self._known.pop(cell)
            comment.getparent().remove(comment)
        if emptied and (drawing := self._drawing()):
            boxes = Boxes(self._parts.content(drawing))
            boxes.remove(emptied)
            self._parts.write(drawing, boxes.content())
            if boxes.is_empty:
                sheet = self._parts.root(self._sheet)
                sheet.remove(child(sheet, "legacyDrawing"))
                self._parts.remove(drawing, self._sheet)
        if emptied and not self._known:
            self._parts.remove(self._part, self._sheet)

    def mark(self, texts: Mapping[Cell, str]) -> None:
        """Puts a text into each cell's comment: a new one, or behind what its comment says."""
        if not texts:
            return
        name = self._parts.free_name("xl/cpreport-comments{}.xml")
        root = self._parts.root(self._parts.ensured(self._sheet, "comments", name, _EMPTY, _TYPE))
        author, comments = _author_number(root), ensured(root, "commentList")
        for cell, said in sorted(texts.items()):
            if cell not in self._known:
                self._known[cell] = fragment(f'<comment ref="{address_of(cell)}" authorId="{author}"/>')
                comments.append(self._known[cell])
            _append(self._known[cell], said)
        drawing = self._drawing() or self._new_drawing()
        boxes = Boxes(self._parts.content(drawing))
        boxes.show({cell: _words(self._known[cell]) for cell in texts})
        self._parts.write(drawing, boxes.content())

    def _drawing(self) -> str:
        """The part with the sheet's boxes, '' if there is none."""
        element = child(self._parts.root(self._sheet), "legacyDrawing")
        known = None if element is None else self._parts.relations(self._sheet).get(element.get(RELATION, ""))
        return known.part if known else ""

    def _new_drawing(self) -> str:
        name = self._parts.free_name("xl/drawings/cpreport-comments{}.vml")
        self._parts.set_extension("vml", _DRAWING_TYPE)
        id = self._parts.add(self._sheet, "vmlDrawing", name, b"")
        sheet = self._parts.root(self._sheet)
        for dangling in children(sheet, "legacyDrawing"):
            sheet.remove(dangling)
        put(sheet, fragment(f'<legacyDrawing r:id="{id}"/>'))
        return name


class Boxes:
    """A drawing in VML."""

    def __init__(self, content: bytes) -> None:
        self._pieces = _SHAPE.split(content.decode("utf-8", "surrogateescape"))
        self._places = {
            (int(at["Row"]) + 1, int(at["Column"]) + 1): index
            for index, piece in enumerate(self._pieces)
            if 'ObjectType="Note"' in piece and (at := dict(_CELL.findall(piece))).keys() == {"Row", "Column"}
        }

    @property
    def is_empty(self) -> bool:
        """Whether there is no shape in it."""
        return not any(self._pieces[1::2])

    def content(self) -> bytes:
        """The drawing as a part."""
        return "".join(self._pieces).encode("utf-8", "surrogateescape")

    def remove(self, cells: Iterable[Cell]) -> None:
        """Takes out the boxes of these cells."""
        for cell in self._places.keys() & set(cells):
            self._pieces[self._places.pop(cell)] = ""

    def show(self, texts: Mapping[Cell, str]) -> None:
        """Makes these cells' boxes high enough for their texts, never lower; one that is missing is added."""
        if "</xml>" not in self._pieces[-1]:
            self._pieces = [_DRAWING]
        text = "".join(self._pieces)
        numbers = count(max(map(int, _NUMBER.findall(text)), default=_FIRST_NUMBER - 1) + 1)
        added: list[str] = []
        for cell, said in sorted(texts.items()):
            if cell in self._places:
                box = self._places[cell]
                self._pieces[box] = _enlarged(self._pieces[box], said)
            else:
                added.append(_box(next(numbers), cell, said))
        if added and '"_x0000_t202"' not in text:
            added.insert(0, _SHAPE_TYPE)
        before, end, after = self._pieces[-1].rpartition("</xml>")
        self._pieces[-1] = "".join((before, *added, end, after))


def _box(number: int, cell: Cell, text: str) -> str:
    row, column = cell[0] - 1, cell[1] - 1
    place = {"left": (column + 1) * _COLUMN + 10, "top": max(row - 1, 0) * _ROW + 5}
    return _BOX.format(number=number, row=row, column=column, width=_WIDTH, height=_height(text, _WIDTH), **place)


def _enlarged(box: str, text: str) -> str:
    """A box high enough for a text: by its corners' cells or, where it has none, by its height."""

    def lower(anchor: re.Match[str]) -> str:
        corners = [int(part) for part in re.findall(r"-?\d{1,9}", anchor[2])]
        if len(corners) == 8:
            width = (corners[4] - corners[0]) * _COLUMN - corners[1] + corners[5]
            corners[6] = max(corners[6], min(corners[2] + ceil(_height(text, width) / _ROW), ROWS - 1))
            return f"{anchor[1]}{', '.join(map(str, corners))}{anchor[3]}"
        return anchor[0]

    def higher(height: re.Match[str]) -> str:
        pixels = _height(text, _UNSAID_WIDTH)
        return f"{height[1]}{max(float(height[2]), pixels if height[3] == 'px' else pixels * 0.75):g}{height[3]}"

    return _ANCHOR.sub(lower, box) if _ANCHOR.search(box) else _HEIGHT.sub(higher, box, count=1)


def _height(text: str, width: int) -> int:
    """How high a box of this width has to be for a text, in pixels."""
    letters = max(int((width - _MARGIN) / _LETTER), 1)
    return sum(max(ceil(len(line) / letters), 1) for line in text.split("\n")) * _LINE + _MARGIN


def _author_number(root: Element) -> int:
    authors = ensured(root, "authors")
    names = [author.text for author in children(authors, "author")]
    if AUTHOR not in names:
        authors.append(fragment(f"<author>{AUTHOR}</author>"))
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def _append(comment: Element, said: str) -> None:
    """Puts our text behind a comment's own, which stays in its own look."""
    text = ensured(comment, "text")
    for plain in children(text, "t"):
        run = fragment("<r/>")
        text.replace(plain, run)
        run.append(plain)
    text.append(fragment(_RUN.format(_GAP if _words(comment).strip() else "", printed(said))))


def _words(comment: Element) -> str:
    return "".join(each.text or "" for each in comment.iter("{*}t"))


def _cut(comment: Element) -> bool:
    """Cuts our text off a comment; whether there was any."""
    words = _words(comment)
    start = words.find(OPENING)
    if start < 0:
        return False
    end = words.find(CLOSING, start)
    end = len(words) if end < 0 else end + len(CLOSING)
    start = len(words[:start].removesuffix(_GAP))
    position = 0
    for piece in list(comment.iter("{*}t")):
        said = piece.text or ""
        piece.text = said[: max(start - position, 0)] + said[max(end - position, 0) :]
        position += len(said)
        if said and not piece.text:
            empty = piece.getparent() if piece.getparent().tag.endswith("}r") else piece
            empty.getparent().remove(empty)
    return True
