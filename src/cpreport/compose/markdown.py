"""Markdown to blocks; printed values are put in as data, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cpreport.compose.printed import MAX_LEVEL, Filling, Rendered, source_lines
from cpreport.model.document import (
    SUBSCRIPT,
    SUPERSCRIPT,
    Align,
    Block,
    Heading,
    List,
    ListEntry,
    Note,
    Paragraph,
    Picture,
    Pictures,
    RowKind,
    Span,
    Table,
    TableCell,
    TableKind,
    TableRow,
    Text,
    merged,
    plain,
)
from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.rules.template import NO_ALTERNATIVE, NOT_ALLOWED, PICTURE, TABLE_ROW

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

MAX_NESTING = 20

_BAR = re.compile(r"(?<!\\)\|")
_LAST_BAR = re.compile(r"(?<!\\)\|$")
_SCRIPT = re.compile(r"<(sup|sub)>((?:[^<\\]|\\.)+)</\1>", re.DOTALL)
_TIMES = re.compile(r"(?<=[0-9])\*+(?=[0-9])")
_MORE_THAN = re.compile(r"[ \t]*>[ \t]*[£€$]?[0-9]")
_LIKE_A_PICTURE = re.compile(r"!\[[^\]\n]*\]\(([^)\n]*)\)")
_NOT_THERE = "is not a PNG, JPEG or SVG file of the report folder"
_NO_FILE_NAME = "is not a file's name; one with spaces needs < and > around it"
_LINKED = ("http://", "https://", "mailto:")


def blocks_of(rendered: Rendered, pictures: Pictures = MappingProxyType({})) -> tuple[tuple[Block, ...], list[Finding]]:
    """The text's blocks, complete and in order, and findings at the source's lines."""
    from markdown_it.tree import SyntaxTreeNode

    tokens = _parser().parse(rendered.text)
    reader, filling = _Reader(rendered, pictures), Filling(rendered.printed)
    try:
        blocks = tuple(filling.blocks(reader.blocks(SyntaxTreeNode(tokens).children)))
    except RecursionError:
        return (), [NOT_ALLOWED.at(Place(line=1), what="text in so many looks")]
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return (), [NOT_ALLOWED.at(Place(line=1), what="a list or quotation nested this deeply")]
    return blocks, [*reader.findings, *filling.findings, *filling.not_printed()]


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables; nothing typed may disappear (HTML, link definitions) or change by indentation (code)."""
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import blockquote

    def quotation(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        is_amount = _MORE_THAN.match(state.src, state.bMarks[first] + state.tShift[first])
        return not is_amount and blockquote(state, first, last, silent)

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_NESTING})
    parser.block.ruler.at("blockquote", quotation, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.before("emphasis", "script", _script)
    parser.inline.ruler.before("emphasis", "times", _times)
    return parser.enable("table").disable(["code", "reference", "html_block", "html_inline"])


def _script(state: StateInline, silent: bool) -> bool:
    """Superscript and subscript, `<sup>1</sup>` and `<sub>2</sub>`, the only HTML that is read."""
    found = _SCRIPT.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        end = state.posMax
        state.push("script_open", found[1], 1)
        state.pos, state.posMax = found.span(2)
        state.md.inline.tokenize(state)
        state.push("script_close", found[1], -1)
        state.posMax = end
    state.pos = found.end()
    return True


def _times(state: StateInline, silent: bool) -> bool:
    """Asterisks between digits stay as typed, not emphasis."""
    found = _TIMES.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


class _Reader:
    """Makes blocks of a parsed text; values stay marks."""

    def __init__(self, rendered: Rendered, pictures: Pictures) -> None:
        self.findings: list[Finding] = []
        self._pictures = pictures
        self._rows = rendered.text.split("\n")
        self._lines = source_lines(rendered)

    def blocks(self, nodes: Iterable[SyntaxTreeNode], in_list: bool = False) -> Iterator[Block]:
        """The blocks of some nodes, in order."""
        for node in nodes:
            match node.type:
                case "paragraph" if shown := [] if in_list else _only_pictures(node):
                    yield from (picture for each in shown for picture in self._picture(each))
                case "paragraph":
                    yield Paragraph(self._text(node), self._line(node))
                case "heading":
                    yield Heading(min(MAX_LEVEL, int(node.tag[1:])), self._text(node), self._line(node))
                case "bullet_list" | "ordered_list":
                    yield from self._list(node)
                case "table":
                    yield self._table(node, in_list)
                case "blockquote":
                    yield from self.blocks(node.children, in_list)
                case "fence":
                    yield Paragraph((Span(f"{node.info.strip()}\n{node.content}".strip("\n")),))

    def _list(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A list; one that is not numbered from 1 gives paragraphs that keep the numbers as typed."""
        is_ordered = node.type == "ordered_list"
        numbers = [f"{item.info}{item.markup} " for item in node.children]
        items = [tuple(self._entries(item)) for item in node.children]
        is_whole = all(len(of_item) == 1 and plain(of_item[0].text).strip() for of_item in items)
        if not is_ordered or (is_whole and _counts(numbers)):
            yield List(is_ordered, tuple(entry for of_item in items for entry in of_item), self._line(node))
            return
        for number, of_item in zip(numbers, items, strict=True):
            first, *others = of_item or [ListEntry((), line=self._line(node))]
            for entry in (replace(first, text=merged((Span(number), *first.text))), *others):
                yield Paragraph(entry.text, entry.line)
                yield from entry.below

    def _entries(self, item: SyntaxTreeNode) -> Iterator[ListEntry]:
        """A list item as an entry; text that follows a list inside it is an entry of its own."""
        lines: list[Text] = []
        below: list[List] = []
        line = self._line(item)
        for block in self.blocks(item.children, in_list=True):
            match block:
                case List():
                    below.append(block)
                case Heading(text=text) | Paragraph(text=text):
                    if below:
                        yield _entry(lines, below, line)
                        lines, below, line = [], [], block.line
                    lines.append(text)
        if lines or below:
            yield _entry(lines, below, line)

    def _table(self, node: SyntaxTreeNode, in_list: bool) -> Table:
        if in_list:
            self._find(NOT_ALLOWED, node, what="a table inside a list")
        rows = [row for row in node.walk() if row.type == "tr"]
        columns = len(rows[0].children)
        for row in rows:
            typed = self._rows[_row_of(row)].strip(" \t>").removeprefix("|")
            cells = len(_BAR.split(typed)) - bool(_LAST_BAR.search(typed))
            if cells > columns:  # Markdown drops the cells for which there is no heading
                self._find(TABLE_ROW, row, cells=cells, columns=columns)
        head, *body = (TableRow(RowKind.PLAIN, tuple(map(self._cell, row.children)), self._line(row)) for row in rows)
        return Table(TableKind.PLAIN, "", head.cells, tuple(body), (), line=head.line)

    def _picture(self, node: SyntaxTreeNode) -> Iterator[Picture | Note]:
        """A picture, or its alternative text where it cannot be printed; without such a text nothing."""
        name, description = unquote(str(node.attrs.get("src", ""))), merged(self._spans(node, Span("")))
        image = self._pictures.get(name, _NOT_THERE)
        if isinstance(image, str):
            self._find(PICTURE, node, name=name, reason=image)
            yield Note(description, self._line(node))
        elif not plain(description).strip():
            self._find(NO_ALTERNATIVE, node, name=name)
        else:
            yield Picture(description, image, self._line(node))

    def _cell(self, node: SyntaxTreeNode) -> TableCell:
        style = str(node.attrs.get("style", ""))
        align = next((align for align in Align if style == _STYLES[align]), Align.LEFT)
        return TableCell((self._text(node),), align)

    def _text(self, node: SyntaxTreeNode) -> Text:
        return merged(span for inline in node.children for span in self._spans(inline, Span("")))

    def _spans(self, parent: SyntaxTreeNode, look: Span) -> Iterator[Span]:
        for node in parent.children:
            match node.type:
                case "text" | "code_inline":
                    if node.type == "text" and (lost := _LIKE_A_PICTURE.search(node.content)):
                        self._find(PICTURE, node, name=lost[1], reason=_NO_FILE_NAME)
                    yield replace(look, text=node.content)
                case "softbreak":
                    yield replace(look, text=" ")
                case "hardbreak":
                    yield Span("\n")
                case "strong":
                    yield from self._spans(node, replace(look, bold=True))
                case "em":
                    yield from self._spans(node, replace(look, italic=True))
                case "script":
                    script = SUPERSCRIPT if node.tag == "sup" else SUBSCRIPT
                    yield from self._spans(node, replace(look, script=script))
                case "link":
                    yield from self._link(node, look)
                case "image":
                    self._find(NOT_ALLOWED, node, what="a picture in the middle of other text")

    def _link(self, node: SyntaxTreeNode, look: Span) -> Iterator[Span]:
        """A link; one that is not to another site stays as typed."""
        href = str(node.attrs.get("href", ""))
        if "title" in node.attrs:
            self._find(NOT_ALLOWED, node, what="a link with a title")
        if href.lower().startswith(_LINKED):
            yield from self._spans(node, replace(look, link=href))
        elif node.info == "auto":
            yield from self._spans(node, look)
        else:
            yield replace(look, text="[")
            yield from self._spans(node, look)
            yield replace(look, text=f"]({href})")

    def _find(self, rule: Rule, node: SyntaxTreeNode, **values: object) -> None:
        self.findings.append(rule.at(Place(line=self._line(node)), **values))

    def _line(self, node: SyntaxTreeNode) -> int:
        return self._lines[_row_of(node)]


_STYLES = {align: f"text-align:{'center' if align is Align.CENTRE else align.value}" for align in Align}


def _only_pictures(node: SyntaxTreeNode) -> list[SyntaxTreeNode]:
    """The pictures of a paragraph that has nothing else."""
    parts = [part for inline in node.children for part in inline.children if part.type != "softbreak"]
    is_other = any(part.type != "image" and (part.type != "text" or part.content.strip()) for part in parts)
    return [] if is_other else [part for part in parts if part.type == "image"]


def _row_of(node: SyntaxTreeNode) -> int:
    while not node.map and node.parent:
        node = node.parent
    return node.map[0] if node.map else 0


def _entry(lines: list[Text], below: list[List], line: int) -> ListEntry:
    """A list entry whose paragraphs are lines of one text."""
    joined = tuple(span for line in lines for span in (Span("\n"), *line))[1:]
    return ListEntry(merged(joined), tuple(below), line)


def _counts(numbers: list[str]) -> bool:
    """Whether a list's numbers, as typed, count from 1; many people type 1 before every entry."""
    typed = [int(number.rstrip(".) ")) for number in numbers]
    return typed in (list(range(1, len(typed) + 1)), [1] * len(typed))
