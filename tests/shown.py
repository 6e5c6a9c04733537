"""Blocks in a notation that a test can show: `## heading`, `- entry`, `**bold**`, `| cell |`, without escapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cpreport.model.document import EMPTY, Block, Heading, List, Span, Table, Text, merged


def shown(blocks: Iterable[Block]) -> str:
    """The blocks, with an empty line between two; entries below others are indented by two spaces."""
    return "\n\n".join("\n".join(_lines(block)) for block in blocks)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case List(ordered, entries):
            for number, entry in enumerate(entries, 1):
                yield (f"{number}. " if ordered else "- ") + _text(entry.text).replace("\n", "\n  ")
                yield from (f"  {line}" for below in entry.below for line in _lines(below))
        case Table(headings=headings, rows=rows):
            for row in (headings, *(row.cells for row in rows)):
                texts = (" ".join(map(_text, cell.lines)) for cell in row)
                yield f"| {' | '.join('' if text == EMPTY else text for text in texts)} |"
        case Heading(level, text):
            yield f"{'#' * level} {_text(text)}"
        case _:
            yield _text(block.text)


def _text(text: Text) -> str:
    return "".join(map(_span, merged(replace(span, source=None) for span in text)))


def _span(span: Span) -> str:
    sign = "*" * (2 * span.bold + span.italic)
    script = span.script[:3]
    text = f"<{script}>{span.text}</{script}>" if script else span.text
    return f"[{sign}{text}{sign}](<{span.link}>)" if span.link else f"{sign}{text}{sign}"
