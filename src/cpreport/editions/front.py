"""What editions print that have no shell of their own: the report with the words of its shell around the sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cpreport.editions.filled import filled_shell
from cpreport.editions.filling import Fill
from cpreport.editions.shell import PLACE, place_mark, sections_mark, values_of_shell
from cpreport.editions.shell_text import Printed, ShellText, joined
from cpreport.editions.texts import COUNTS, DEEPEST_HEADING, MARKS_APART, PROBLEMS
from cpreport.model.audit import AuditedFigure
from cpreport.model.document import (
    Block,
    ContentsPlace,
    Heading,
    List,
    ListEntry,
    Paragraph,
    Publication,
    Report,
    Span,
    plain,
)
from cpreport.office.digests import origin_digest


@values_of_shell()
def published(
    report: Report,
    shell: bytes,
    defaults: bytes | None,
    fill: Fill,
    figures: tuple[AuditedFigure, ...] = (),
    audit: str = "",
) -> Publication:
    """The report with the words that its Word document has before and after the sections; see `render_word`.

    The contents come before the sections wherever the shell has them; headers and footers are left out. The front has
    one heading of level 0 if the shell prints the report's title in a paragraph. No heading is more than one level
    below the one before it. Raises InputError with every mistake in the shell.
    """
    filled = filled_shell(report, shell, defaults, fill)
    body, text = filled.document.element.body, ShellText(filled.document, filled.styles)
    sections_mark(body)
    written: dict[str, list[Printed | ContentsPlace]] = {"contents": [ContentsPlace()], "key": [*_key(report)]}
    missing = [part for place, parts in written.items() if place_mark(body, place) is None for part in parts]
    before: list[Printed | ContentsPlace] = [*_marked(report)]
    after: list[Printed | ContentsPlace] = []
    now = before
    for element in body:
        place = element.tag.removeprefix(PLACE)
        if place == "sections":
            now = after
            before += missing
        elif place in written:
            (before if place == "contents" else now).extend(written[place])
        else:
            now += text.parts(element)
    front = _leveled(_titled([*joined(before)], report.cover.title), 0)
    headings = [block for section in report.sections for block in section.blocks if isinstance(block, Heading)]
    back = _leveled(map(_untitled, joined(after)), max((block.level for block in headings[-1:]), default=1))
    origin = origin_digest(report.place, report.cover)
    closing = tuple(block for block in back if not isinstance(block, ContentsPlace))
    return Publication(report, tuple(front), closing, figures, audit, origin)


def _marked(report: Report) -> Iterator[Block]:
    """What every page says, and how many problems a draft has."""
    if report.marks:
        yield Paragraph((Span(MARKS_APART.join(report.marks), bold=True),))
    if report.counts:
        yield Paragraph((Span(COUNTS.format(report.counts)),))


def _key(report: Report) -> Iterator[Block]:
    """The key and a draft's problems."""
    yield from report.key
    if report.problems:
        yield Heading(1, (Span(PROBLEMS),))
        yield List(ordered=False, entries=tuple(ListEntry((Span(problem),)) for problem in report.problems))


def _titled(blocks: list[Block | ContentsPlace], title: str) -> Iterator[Block | ContentsPlace]:
    """The blocks with one title: the first in the style Title, or else the first that says it."""
    headings = [block for block in blocks if isinstance(block, Heading) and not block.level]
    words = title.split()
    said = [block for block in blocks if isinstance(block, Heading | Paragraph) and plain(block.text).split() == words]
    first = next(iter([*headings, *said]), None)
    for block in blocks:
        yield Heading(0, first.text) if first and block is first else _untitled(block)


def _untitled(block: Block | ContentsPlace) -> Block | ContentsPlace:
    return Paragraph(block.text) if isinstance(block, Heading) and not block.level else block


def _leveled(blocks: Iterable[Block | ContentsPlace], level: int) -> Iterator[Block | ContentsPlace]:
    """The blocks with headings that skip no level after one of this level."""
    for block in blocks:
        if isinstance(block, ContentsPlace):
            level = 1
        elif isinstance(block, Heading):
            level = min(block.level, level + 1, DEEPEST_HEADING)
            block = replace(block, level=level)
        yield block
