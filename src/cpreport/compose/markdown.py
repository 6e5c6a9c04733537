"""Markdown to blocks, with printed values put in as the data they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from cpreport.compose.printed import MAX_LEVEL, Filling, Rendered, source_lines
from cpreport.model.document import (
    SUBSCRIPT,
    SUPERSCRIPT,
    Align,
    Block,
    Heading,
    List,
    ListEntry,
    Paragraph,
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
from cpreport.model.rules.template import NOT_ALLOWED, TABLE_ROW

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MAX_NESTING = 20
MAX_FINDINGS = 100

_BAR = re.compile(r"(?<!\\)\|")
_LAST_BAR = re.compile(r"(?<!\\)\|$")
_SCRIPT = re.compile(r"<(sup|sub)>((?:[^<\\]|\\.)+)</\1>", re.DOTALL)
_TIMES = re.compile(r"(?<=[0-9])\*+(?=[0-9])")
_MORE_THAN = re.compile(r"[ \t]*>[ \t]*[£€$]?[0-9]")
_LINKED = ("http://", "https://", "mailto:")


def blocks_of(rendered: Rendered) -> tuple[tuple[Block, ...], list[Finding]]:
    """The text's blocks, complete and in order, and what stands in the way, at the source's lines."""
    tokens = _parser().parse(rendered.text)
    if any(token.level >= MAX_NESTING - 1 for token in tokens):
        return (), [NOT_ALLOWED.at(Place(line=1), what="a list or quotation nested this deeply")]
    reader, filling = _Reader(rendered, tokens), Filling(rendered.printed)
    blocks = tuple(filling.blocks(reader.blocks()))
    return blocks, [*reader.findings, *filling.findings, *filling.lost()]


@cache
def _parser() -> MarkdownIt:
    """CommonMark with tables; nothing typed may vanish (HTML, link definitions) or change by indentation (code)."""
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
    """Raised and lowered signs, `<sup>1</sup>` and `<sub>2</sub>`, which are the only HTML."""
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
    """Stars between digits stay: no emphasis joins two numbers."""
    found = _TIMES.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


class _Reader:
    """Walks a parsed text once, from front to back; values stay marks."""

    def __init__(self, rendered: Rendered, tokens: Iterable[Token]) -> None:
        self.findings: list[Finding] = []
        self._rendered = rendered
        self._rows = rendered.text.split("\n")
        self._tokens = iter(tokens)
        self._lists = 0

    def blocks(self, closing: str = "") -> Iterator[Block]:
        """The blocks up to a closing token."""
        for token in self._tokens_until(closing):
            yield from self._block(token)

    def _block(self, token: Token) -> Iterable[Block]:
        match token.type:
            case "paragraph_open":
                return [Paragraph(self._text(self._inline()), self._line(token))]
            case "heading_open":
                level = min(MAX_LEVEL, int(token.tag[1:]))
                return [Heading(level, self._text(self._inline()), self._line(token))]
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token)
            case "table_open":
                return self._table(token)
            case "blockquote_open":
                return self.blocks("blockquote_close")
            case "fence":
                typed = f"{token.info.strip()}\n{token.content}".strip("\n")
                return [Paragraph((Span(typed),))]
            case _:
                return ()

    def _inline(self) -> Token:
        inline = next(self._tokens)
        next(self._tokens)
        return inline

    def _list(self, token: Token) -> Iterable[Block]:
        """A list; one that does not count from 1 gives paragraphs that keep the numbers as typed."""
        is_ordered = token.type == "ordered_list_open"
        self._lists += 1
        items = [
            (f"{item.info}{item.markup} ", tuple(self._entries(item)))
            for item in self._tokens_until(token.type.replace("open", "close"))
        ]
        self._lists -= 1
        is_whole = all(len(of_item) == 1 and plain(of_item[0].text).strip() for _, of_item in items)
        if not is_ordered or (is_whole and _counts([number for number, _ in items])):
            entries = tuple(entry for _, of_item in items for entry in of_item)
            return [List(is_ordered, entries, self._line(token))] if entries else []
        blocks: list[Block] = []
        for number, of_item in items:
            first, *others = of_item or [ListEntry((), line=self._line(token))]
            for entry in (replace(first, text=merged((Span(number), *first.text))), *others):
                blocks += [Paragraph(entry.text, entry.line), *entry.below]
        return blocks

    def _tokens_until(self, closing: str) -> Iterator[Token]:
        for token in self._tokens:
            if token.type == closing:
                return
            yield token

    def _entries(self, item: Token) -> Iterator[ListEntry]:
        """A list item as an entry; text that follows a list inside it is an entry of its own."""
        lines: list[Text] = []
        below: list[List] = []
        line = self._line(item)
        for block in self.blocks("list_item_close"):
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

    def _table(self, token: Token) -> Iterable[Block]:
        heads, *body = self._table_rows()
        if self._lists:
            self._find(NOT_ALLOWED, token, what="a table inside a list")
        return [Table(TableKind.PLAIN, "", heads.cells, tuple(body), (), heads.line)]

    def _table_rows(self) -> Iterator[TableRow]:
        """The cells of each row, the header's first."""
        columns = 0
        for token in self._tokens_until("table_close"):
            if token.type == "tr_open":
                cells = tuple(self._cell(cell) for cell in self._tokens_until("tr_close"))
                columns = columns or len(cells)
                self._check_row(token, columns)
                yield TableRow(RowKind.PLAIN, cells, self._line(token))

    def _cell(self, token: Token) -> TableCell:
        style = str(token.attrs.get("style", ""))
        align = next((align for align in Align if style == _STYLES[align]), Align.LEFT)
        return TableCell((self._text(self._inline()),), align)

    def _check_row(self, token: Token, columns: int) -> None:
        """Markdown drops the cells for which there is no heading."""
        typed = self._row(token).strip(" \t>").removeprefix("|")
        cells = len(_BAR.split(typed)) - bool(_LAST_BAR.search(typed))
        if cells > columns:
            self._find(TABLE_ROW, token, cells=cells, columns=columns)

    def _text(self, inline: Token) -> Text:
        depth = {"strong": 0, "em": 0, "sup": 0, "sub": 0}
        link, typed = "", ""
        spans: list[Span] = []
        for token in inline.children or ():
            script = SUPERSCRIPT if depth["sup"] else SUBSCRIPT if depth["sub"] else ""
            look = Span("", depth["strong"] > 0, depth["em"] > 0, link, script)
            match token.type:
                case "text" | "code_inline":
                    spans.append(replace(look, text=token.content))
                case "softbreak":
                    spans.append(replace(look, text=" "))
                case "hardbreak":
                    spans.append(Span("\n"))
                case "link_open":
                    link = _address(token)
                    if not link and token.info != "auto":
                        spans.append(replace(look, text="["))
                        typed = f"]({token.attrs.get('href', '')})"
                    if "title" in token.attrs:
                        self._find(NOT_ALLOWED, inline, what="a link with a title")
                case "link_close":
                    spans += [replace(look, text=typed)] if typed else []
                    link, typed = "", ""
                case "image":
                    self._find(NOT_ALLOWED, inline, what="a picture")
                case _:
                    depth[token.tag] += token.nesting
        return merged(spans)

    def _row(self, token: Token) -> str:
        """The row of the text where a token starts."""
        return self._rows[token.map[0]] if token.map else ""

    def _find(self, rule: Rule, token: Token, **values: object) -> None:
        if len(self.findings) < MAX_FINDINGS:
            self.findings.append(rule.at(Place(line=self._line(token)), **values))

    def _line(self, token: Token) -> int:
        """The source's line, from 1, where a token starts."""
        return self._source_lines[token.map[0]] if token.map else 1

    @cached_property
    def _source_lines(self) -> list[int]:
        return source_lines(self._rendered)


_STYLES = {align: f"text-align:{'center' if align is Align.CENTRE else align.value}" for align in Align}


def _address(token: Token) -> str:
    href = str(token.attrs.get("href", ""))
    return href if href.lower().startswith(_LINKED) else ""


def _entry(lines: list[Text], below: list[List], line: int) -> ListEntry:
    """A list entry whose paragraphs are lines of one text."""
    joined = tuple(span for line in lines for span in (Span("\n"), *line))[1:]
    return ListEntry(merged(joined), tuple(below), line)


def _counts(numbers: list[str]) -> bool:
    """Whether a list's numbers, as typed, count from 1; many people type 1 before every entry."""
    typed = [int(number.rstrip(".) ")) for number in numbers]
    return typed in (list(range(1, len(typed) + 1)), [1] * len(typed))
