"""A document's body as lines and tables, read once from front to back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from xml.etree.ElementTree import Element

from cpreport.inputs.narratives.word import parts
from cpreport.inputs.narratives.word.drawings import Drawing, Refused
from cpreport.inputs.narratives.word.opened import Opened, read_fields
from cpreport.inputs.narratives.word.parts import DROPPED, WORDS, Kind, NotWordError, WordFile, number, value
from cpreport.inputs.narratives.word.styles import Line, Lists, Stated, Styles, stated
from cpreport.model.document import SUBSCRIPT, SUPERSCRIPT, Picture, Span, Text, merged, plain
from cpreport.office.pictures import NotAPicture
from cpreport.office.symbols import SYMBOL_FONTS, in_any_font
from cpreport.office.xml import legal

LONGEST = 200_000
"""How many characters a narrative has at most: as many as a text that is composed."""

MOST_COLUMNS = 63
MOST_CELLS = 50_000
"""How many cells the tables of a narrative have together."""

LEFT_OUT = "\x1f"
"""A sign that stands where something is left out that can be seen, so that two numbers beside it are not one."""

APART = "\x1e"
"""A sign that stands between parts of an equation, so that two words or numbers beside it are not one."""

_PRIVATE = 0xF000
_SYMBOL = re.compile("[\uf000-\uf0ff]")
_HEX = re.compile(r"[0-9A-F]{2,4}", re.IGNORECASE)
_NOT_PRINTED = {"vanish": Kind.HIDDEN, "strike": Kind.STRUCK, "dstrike": Kind.STRUCK}
_SEEN = (Kind.STRUCK, Kind.NOTE)
_SCRIPTS = {"m:sup": SUPERSCRIPT, "m:sub": SUBSCRIPT, "m:deg": SUPERSCRIPT}
_STRUCTURES = {
    "m:f": ("", "/", ""),
    "m:deg": ("", "", "√"),
    "m:nary": ("∫", "", ""),
    "m:d": ("(", "|", ")"),
    "m:m": ("", "; ", ""),
    "m:mr": ("", "\t", ""),
    "m:eqArr": ("", "; ", ""),
}
"""What parts of equations print before, between and after the parts in them."""

_OF_OPERANDS = ("m:f", "m:rad", "m:sSup", "m:sSub", "m:sSubSup")
_GAPS = f"[ {LEFT_OUT}{APART}]*"
_OPERATOR = re.compile(rf"(?<=\S){_GAPS}[=<>≤≥≈≠≡×·÷∗±∓+](?=\s*\S)|(?<=[\w)%]){_GAPS}[-−](?=\s*\S)")
_ONE = re.compile(r"[\w.,%£]*|\([^()]*\)")
_MARKS = {SUPERSCRIPT: "^", SUBSCRIPT: "_"}
"""What stands before that which is raised or lowered again, in brackets."""


class Body:
    """Walks a body once, from front to back, with all tracked changes accepted.

    `left_out` are the texts of what is not printed, by kind; `changes` as in Opened. `refused` are pictures that cannot
    be printed. Raises NotWordError for what no narrative can hold.
    """

    def __init__(self, file: WordFile) -> None:
        self.left_out: dict[Kind, list[str]] = {}
        self.refused: list[Refused] = []
        self._file = file
        self._pictures: list[Picture] = []
        self._last = ""
        self._opened = Opened(file.prompts())
        self.changes = self._opened.changes
        self._notes = file.notes()
        self._styles = Styles(file.tree_of("styles"))
        self._lists = Lists(file.tree_of("numbering"))
        read_fields(file.body, file.links)
        self._left = LONGEST
        self._cells_left = MOST_CELLS

    def lines(self, parent: Element) -> Iterator[Line]:
        """The paragraphs and tables in an element; a table of one cell is a frame around its paragraphs.

        A paragraph whose mark is deleted goes on in the next.
        """
        begun: list[Span] = []
        look: Stated = {}
        for child in self._opened.found(parent, "p", "tbl", *DROPPED):
            if child.tag in DROPPED:
                self._dropped(child)
            elif child.tag == "tbl":
                yield from self._line(begun, look)
                yield from self._table(child)
            else:
                properties = child.find("pPr")
                style = self._styles.say(value(properties, "pStyle") or self._styles.default)
                look = {**style, **stated(properties)}
                joins_next = self._opened.is_deleted(child)
                begun += self._inline(child, Span(""), style)
                if not joins_next:
                    yield from self._line(begun, look)
        yield from self._line(begun, look)

    def _line(self, begun: list[Span], look: Stated) -> Iterator[Line]:
        """The paragraph that has begun, unless it is empty, and the pictures in it."""
        typed = signs(begun)
        begun.clear()
        if plain(typed).strip():
            self._last = plain(typed)
            self._left -= len(typed) + 1
            if self._left < 0:
                raise NotWordError("it is too long for a narrative")
            yield self._lists.line(typed, look)
        yield from (Line((), picture=picture) for picture in self._pictures)
        self._pictures.clear()

    # Tables

    def _table(self, table: Element) -> Iterator[Line]:
        """A table whose rows are equally wide, without the empty ones, or the paragraphs of one that is a frame."""
        merged: set[int] = set()
        rows = [row for each in self._opened.found(table, "tr") if any(row := self._cells(each, merged))]
        width = max(map(len, rows), default=0)
        self._cells_left -= width * len(rows)
        if self._cells_left < 0:
            raise NotWordError(f"its tables have more than {MOST_CELLS:,} cells")
        if (width, len(rows)) == (1, 1):
            yield from rows[0][0]
        elif rows:
            words = ((*map(self._without_pictures, row), *[()] * (width - len(row))) for row in rows)
            yield Line((), rows=tuple(words))

    def _without_pictures(self, cell: tuple[Line, ...]) -> tuple[Line, ...]:
        """The lines of a cell of a table, which prints words only."""
        for picture in filter(None, (line.picture for line in cell)):
            self._drop(Kind.PICTURE, plain(picture.description))
        return tuple(line for line in cell if line.picture is None)

    def _cells(self, row: Element, merged: set[int]) -> list[tuple[Line, ...]]:
        """A row's cells, empty where another is merged with them; `merged` are the columns that go on below."""
        cells: list[tuple[Line, ...]] = [()] * min(number(value(row, "trPr/gridBefore")), MOST_COLUMNS)
        above = merged.copy()
        merged.clear()
        for cell in self._opened.found(row, "tc"):
            span, column = max(1, number(value(cell, "tcPr/gridSpan"), 1)), len(cells)
            if column + span > MOST_COLUMNS:
                raise NotWordError(f"it has a table of more than {MOST_COLUMNS} columns")
            inside = (chain(*chain(*line.rows)) if line.rows else [line] for line in self.lines(cell))
            lines = tuple(chain(*inside))
            if (merge := cell.find("tcPr/vMerge")) is not None:
                merged.add(column)
                if merge.get("val") != "restart" and column in above:
                    self.left_out.setdefault(Kind.HIDDEN, []).extend(plain(line.spans) for line in lines)
                    lines = ()
            cells += [lines, *[()] * (span - 1)]
        return cells

    # Words

    def _inline(self, parent: Element, look: Span, style: Stated) -> Iterator[Span]:
        """The text in an element, in whatever it is wrapped."""
        for child in self._opened.children(parent):
            match child.tag:
                case "r":
                    yield from self._run(child, style)
                case "m:oMath":
                    yield from self._equation(child, style)
                case "sym":
                    yield replace(look, text=self._symbol(child), link=child.get(parts.LINK, ""))
                case tag if tag in DROPPED:
                    yield from self._dropped(child)
                case tag if tag in WORDS:
                    yield replace(look, text=parts.words(child), link=child.get(parts.LINK, ""))
                case _:
                    yield from self._inline(child, look, style)

    def _run(self, run: Element, style: Stated) -> Iterator[Span]:
        """The text of a run, in the look that it says directly, else where one of the two styles says it."""
        properties = run.find("rPr")
        direct = stated(properties)
        named = self._styles.say(value(properties, "rStyle") or "")
        switches = ("b", "i", *_NOT_PRINTED)
        on = {name: direct.get(name, named.get(name, False) != style.get(name, False)) for name in switches}
        script = {**style, **named, **direct}.get("script", "")
        spans = list(self._inline(run, Span("", on["b"], on["i"], "", script), style))
        if (font := direct.get("font")) in SYMBOL_FONTS:
            spans = [replace(span, text=self._in_any_font(font, span.text)) for span in spans]
        kind = next((kind for name, kind in _NOT_PRINTED.items() if on[name]), None)
        if kind is None:
            yield from spans
        elif (text := plain(tuple(spans))).strip():
            yield from self._drop(kind, text)

    def _symbol(self, symbol: Element) -> str:
        font, code = symbol.get("font", ""), symbol.get("char", "")
        sign = int(code, 16) if _HEX.fullmatch(code) else 0
        return self._in_any_font(font, legal(chr(sign | _PRIVATE if font in SYMBOL_FONTS else sign)))

    def _in_any_font(self, font: str, text: str) -> str:
        """A text with the signs of a symbol font as others have them; one that no other has is left out."""

        def sign(found: re.Match[str]) -> str:
            known = in_any_font(font, ord(found[0]) - _PRIVATE)
            if not known:
                self._drop(Kind.SIGN, font)
            return known

        return _SYMBOL.sub(sign, text)

    # Equations

    def _equation(self, element: Element, style: Stated) -> Iterator[Span]:
        """An equation on one line, with spaces around its operators."""
        inside = signs(self._maths(element, style))
        operators = {found.end() - 1 for found in _OPERATOR.finditer(plain(inside))}
        yield Span(APART)
        for at, sign in enumerate(inside):
            yield from (Span(" "), sign, Span(" ")) if at in operators and not sign.script else (sign,)
        yield Span(LEFT_OUT)

    def _maths(self, element: Element, style: Stated, between: str = "") -> Iterator[Span]:
        """An equation's words from left to right; nothing is joined but runs beside each other."""
        before = ""
        for child in self._opened.children(element):
            if child.tag.endswith("Pr"):
                continue
            is_run, is_script = child.tag in ("m:r", "r"), child.tag in _SCRIPTS
            spans = merged(self._run(child, style) if is_run else self._structure(child, style))
            is_one = _ONE.fullmatch(plain(spans)) and (child.tag != "m:e" or not any(span.script for span in spans))
            if before and not is_script and not (is_run and child.tag == before):
                yield from (Span(between), Span("\t" if spans and spans[0].script else APART))
            is_whole = is_one or is_script or element.tag not in _OF_OPERANDS
            yield from spans if is_whole else (Span("("), *spans, Span(")"))
            before = child.tag

    def _structure(self, element: Element, style: Stated) -> Iterator[Span]:
        begin, between, end = _STRUCTURES.get(element.tag, ("", "", ""))
        own = {
            each.tag: each.get("m:val", "") for properties in element.findall(f"{element.tag}Pr") for each in properties
        }
        script = _SCRIPTS.get(element.tag)
        yield Span(own.get("m:begChr", own.get("m:chr", begin)) if begin else "")
        for span in merged(self._maths(element, style, own.get("m:sepChr", between))):
            text = f"{_MARKS[span.script]}({span.text})" if script and span.script else span.text
            yield replace(span, text=text, script=script or span.script)
        yield Span(own.get("m:endChr", end))

    # What is not printed

    def _dropped(self, element: Element) -> list[Span]:
        """Tells of an element that is not printed: of a drawing's text boxes, if it has any; not of a line."""
        kind = DROPPED[element.tag]
        if kind is not Kind.PICTURE:
            note = element.tag.removesuffix("Reference"), element.get("id", "")
            return self._drop(kind, self._notes.get(note, ""))
        if element.find(".//txbxContent") is not None:
            return self._drop(Kind.TEXT_BOX, parts.words(element))
        if any(each.get("o:hr") for each in element.iter()):
            return []
        drawing = Drawing(element)
        if not drawing.is_picture:
            return self._drop(kind, drawing.description)
        try:
            self._pictures.append(drawing.picture(self._file))
        except NotAPicture as reason:
            self.refused.append(Refused(drawing.name, self._last, str(reason)))
        return []

    def _drop(self, kind: Kind, text: str) -> list[Span]:
        self.left_out.setdefault(kind, []).append(text)
        return [Span(LEFT_OUT)] if kind in _SEEN else []


def signs(spans: Iterable[Span]) -> Text:
    """A span for each sign."""
    return tuple(replace(span, text=sign) for span in spans for sign in span.text)
