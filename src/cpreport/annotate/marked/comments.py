"""Comments of cells. Our text stands between two lines of its own, so that it can be told from what others wrote."""

from __future__ import annotations

from collections.abc import Mapping

from cpreport.annotate.marked.boxes import CONTENT_TYPE as DRAWING_TYPE
from cpreport.annotate.marked.boxes import Boxes, free_block
from cpreport.annotate.marked.elements import (
    DOCUMENT,
    MAIN,
    Element,
    child,
    children,
    etree,
    fragment,
    named,
    printed,
    put,
    remove,
    whole,
)
from cpreport.annotate.marked.grid import Grid
from cpreport.office.addresses import Cell, address_of, cell_at
from cpreport.office.parts import Parts

AUTHOR = "cpreport"
OPENING = "── cpreport ──"
CLOSING = "── end of cpreport ──"

_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_EMPTY = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
_THREAD = "tc="
_LOOK = '<sz val="9"/><color rgb="FF000000"/><rFont val="Tahoma"/><family val="2"/>'
_GAP = "\n\n"


class Comments:
    """The comments of one worksheet."""

    def __init__(self, parts: Parts, sheet: str) -> None:
        self._parts = parts
        self._sheet = sheet
        relation = parts.related(sheet, "comments")
        self._part = relation.part if relation else ""

    def threaded(self) -> set[Cell]:
        """The cells with a threaded comment: what they have here is only a stand-in for older versions of Excel."""
        authors: dict[int | None, str]
        authors = dict(enumerate(author.text or "" for author in self._elements("authors/author")))
        return {
            cell
            for cell, comment in self._by_cell().items()
            if authors.get(whole(comment.get("authorId")), "").startswith(_THREAD)
        }

    def unmark(self) -> None:
        """Takes our texts out, and the comments in which nothing else stands, whoever their author is said to be."""
        emptied = set()
        for cell, comment in self._by_cell().items():
            text = child(comment, "text")
            if text is not None and _cut(text) and not _words(text).strip():
                remove(comment)
                emptied.add(cell)
        if emptied and (drawing := self._drawing()):
            boxes = Boxes(self._parts.content(drawing))
            boxes.remove(emptied)
            self._parts.write(drawing, boxes.content())
            if boxes.is_empty:
                remove(child(self._parts.root(self._sheet), "legacyDrawing"))
                self._parts.remove(drawing, self._sheet)
        if emptied and not self._by_cell():
            self._parts.remove(self._part, self._sheet)
            self._part = ""

    def mark(self, texts: Mapping[Cell, str]) -> None:
        """Puts a text into each cell's comment: a new one, or behind what its comment says."""
        if not texts:
            return
        root, known = self._root(), self._by_cell()
        author = _author_number(root)
        for cell, said in sorted(texts.items()):
            if cell in known:
                _append(known[cell], said)
            else:
                xml = f'<comment ref="{address_of(cell)}" authorId="{author}"><text>{_run(said)}</text></comment>'
                child(root, "commentList").append(fragment(xml))
        drawing = self._drawing() or self._new_drawing()
        block = free_block(self._parts.content(name) for name in self._parts.names(".vml"))
        boxes, grid = Boxes(self._parts.content(drawing)), Grid(self._parts.root(self._sheet))
        boxes.enlarge({cell: _words(child(known[cell], "text")) for cell in texts if cell in known}, grid)
        boxes.add({cell: _framed(said) for cell, said in sorted(texts.items()) if cell not in known}, grid, block)
        self._parts.write(drawing, boxes.content())

    def _root(self) -> Element:
        if not self._part:
            self._part = self._parts.free_name("xl/cpreport-comments{}.xml")
            self._parts.add(self._sheet, "comments", self._part, _EMPTY.encode(), _CONTENT_TYPE)
        root = self._parts.root(self._part)
        for place, name in enumerate(("authors", "commentList")):
            if child(root, name) is None:
                root.insert(place, etree.Element(named(name)))
        return root

    def _elements(self, path: str) -> list[Element]:
        return children(self._parts.root(self._part), path) if self._part else []

    def _by_cell(self) -> dict[Cell, Element]:
        listed = self._elements("commentList/comment")
        return {cell: comment for comment in listed if (cell := cell_at(comment.get("ref", "")))}

    def _drawing(self) -> str:
        """The part with the sheet's boxes, '' if there is none."""
        element = child(self._parts.root(self._sheet), "legacyDrawing")
        id = "" if element is None else element.get(f"{{{DOCUMENT}}}id")
        found = (each.part for each in self._parts.relations(self._sheet) if each.id == id and each.part in self._parts)
        return next(found, "")

    def _new_drawing(self) -> str:
        name = self._parts.free_name("xl/drawings/cpreport-comments{}.vml")
        self._parts.set_extension("vml", DRAWING_TYPE)
        sheet = self._parts.root(self._sheet)
        for dangling in children(sheet, "legacyDrawing"):
            remove(dangling)
        id = self._parts.add(self._sheet, "vmlDrawing", name, b"")
        put(sheet, fragment(f'<legacyDrawing r:id="{id}"/>'))
        return name


def _author_number(root: Element) -> int:
    names = [author.text for author in children(root, "authors/author")]
    if AUTHOR not in names:
        child(root, "authors").append(fragment(f"<author>{AUTHOR}</author>"))
    return names.index(AUTHOR) if AUTHOR in names else len(names)


def _framed(said: str) -> str:
    return f"{OPENING}\n{said}\n{CLOSING}"


def _run(said: str, before: str = "") -> str:
    return f'<r><rPr>{_LOOK}</rPr><t xml:space="preserve">{before}{printed(_framed(said))}</t></r>'


def _append(comment: Element, said: str) -> None:
    """Puts our text behind a comment's own, which stays in its own look."""
    text = child(comment, "text")
    if text is None:
        text = etree.SubElement(comment, named("text"))
    for plain in children(text, "t"):
        run = fragment("<r/>")
        text.replace(plain, run)
        run.append(plain)
    last = max((index for index, each in enumerate(text) if each.tag == named("r")), default=-1)
    text.insert(last + 1, fragment(_run(said, _GAP if _words(text).strip() else "")))


def _pieces(text: Element) -> list[Element]:
    """The elements that hold a comment's words, without those on their pronunciation."""
    return [each for each in text.iter(named("t")) if each.getparent().tag != named("rPh")]


def _words(text: Element) -> str:
    return "".join(each.text or "" for each in _pieces(text))


def _cut(text: Element) -> bool:
    """Cuts our text off a comment; whether there was any."""
    words = _words(text)
    start = words.find(OPENING)
    if start < 0:
        return False
    end = words.find(CLOSING, start)
    end = len(words) if end < 0 else end + len(CLOSING)
    start = len(words[:start].removesuffix(_GAP))
    position = 0
    for piece in _pieces(text):
        said = piece.text or ""
        piece.text = said[: max(start - position, 0)] + said[max(end - position, 0) :]
        position += len(said)
        if said and not piece.text:
            remove(piece if piece.getparent() is text else piece.getparent())
    return True
