"""Comments of cells. Our text stands between two lines of its own, so that it can be told from what others wrote."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.annotate.marked.boxes import Boxes, column_widths
from cpreport.annotate.marked.sheets import MAIN, RELATION, child, children, ensured, fragment, printed, put, whole
from cpreport.office.addresses import Cell, address_of, cell_at
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
        for cell, words in sorted(texts.items()):
            if cell not in self._known:
                self._known[cell] = fragment(f'<comment ref="{address_of(cell)}" authorId="{author}"/>')
                comments.append(self._known[cell])
            _append(self._known[cell], words)
        drawing = self._drawing() or self._new_drawing()
        boxes = Boxes(self._parts.content(drawing))
        boxes.show({cell: _words(self._known[cell]) for cell in texts}, column_widths(self._parts.root(self._sheet)))
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


def _author_number(root: Element) -> int:
    authors = ensured(root, "authors")
    names = [author.text for author in children(authors, "author")]
    if AUTHOR not in names:
        authors.append(fragment(f"<author>{AUTHOR}</author>"))
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def _append(comment: Element, words: str) -> None:
    """Puts our text behind a comment's own, which stays in its own look."""
    text = ensured(comment, "text")
    for plain in children(text, "t"):
        run = fragment("<r/>")
        text.replace(plain, run)
        run.append(plain)
    text.append(fragment(_RUN.format(_GAP if _words(comment).strip() else "", printed(words))))


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
        typed = piece.text or ""
        piece.text = typed[: max(start - position, 0)] + typed[max(end - position, 0) :]
        position += len(typed)
        if typed and not piece.text:
            empty = piece.getparent() if piece.getparent().tag.endswith("}r") else piece
            empty.getparent().remove(empty)
    return True
