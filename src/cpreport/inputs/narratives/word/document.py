"""Reads a narrative that was written in Word: its lines and tables as blocks, headings of slots at the second level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from cpreport.inputs.narratives.slots import cut, is_like_slot, slots_named
from cpreport.inputs.narratives.word.body import APART, LEFT_OUT, Body, signs
from cpreport.inputs.narratives.word.drawings import Refused
from cpreport.inputs.narratives.word.parts import Kind, NotWordError, WordFile
from cpreport.inputs.narratives.word.styles import Line
from cpreport.inputs.texts import read_bytes
from cpreport.model import document as model
from cpreport.model.document import Block, List, ListEntry, Paragraph, Span, TableCell, Text, merged, plain
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import SectionPlan
from cpreport.model.rules import narrative as rules
from cpreport.model.rules.template import NO_ALTERNATIVE, PICTURE
from cpreport.office.foreign import NOT_WORD

MOST_QUOTED = 3
LONGEST_QUOTE = 40
LONGEST_HEADING = 120
DEEPEST_HEADING = 4

_OF_SLOTS = 2
_BULLET = f"[ {LEFT_OUT}]*(?:[•●▪■◦○‣➢\ue000-\uf8ff][ ]*|[·o–—-][ ]+)(?=[^ ])"
_TYPED_TWICE = f"[ {LEFT_OUT}]*[•·\ue000-\uf8ff][ ]*(?=[^ ])"
_LINE = re.compile("^.*$", re.MULTILINE)
_ALL = re.compile("^.*$", re.DOTALL)
_OF_SECOND_LEVEL = "o◦○"
_SENTENCE_END = (".", "!", ";", ",")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_WORD = re.compile(r"\s*(\S+)")
_JOINED = re.compile(rf"\d[.,]?[{LEFT_OUT}{APART}]+[.,]?\d|[\w.,%]{LEFT_OUT}?{APART}+[.,]?\w")


def read_word(path: Path, section: SectionPlan, accept_tracked: bool) -> tuple[tuple[Block, ...], list[Finding]]:
    """A Word file's blocks with Jinja tags as typed, tracked changes accepted; and what is wrong with it.

    A heading, or a short bold line, that nearly names a slot is a Heading of the second level; so is a plain line that
    names one exactly. Headings below it are of the third and fourth. Of a form, only what was typed into it is read.

    Tracked changes are an error unless `accept_tracked`. What is no Word document has no blocks and one finding. Raises
    EnvironmentFailure if the system does not give the file.
    """
    place, content = Place(file=path.name, section=section.id), read_bytes(path)
    try:
        file = WordFile(content)
        body = Body(file)
        blocks = tuple(_blocks([part for line in body.lines(file.body) for part in _parts(line, section)]))
        body.left_out |= {Kind.EDGE: edges} if (edges := file.edges()) else {}
    except Exception as error:  # whatever a file from anywhere makes the parsers stumble over
        reason = str(error) if isinstance(error, NotWordError) else NOT_WORD
        return (), [rules.NOT_WORD.at(place, file=path.name, reason=reason)]
    findings: list[Finding] = []
    for kind, texts in body.left_out.items():
        one, several = kind.value
        what = f"1 {one} is" if len(texts) == 1 else f"{len(texts):,} {several} are"
        quoted = _quoted([("", text) for text in texts if text.strip()])
        findings.append(rules.LEFT_OUT.at(place, what=what, quoted=f": {quoted}" if quoted else ""))
    findings += (_of_picture(each, place) for each in body.refused)
    if body.changes and not accept_tracked:
        findings.insert(0, rules.TRACKED_CHANGES.at(place, changes=_quoted(body.changes)))
    return blocks, findings


def _of_picture(refused: Refused, place: Place) -> Finding:
    """A finding about a picture that cannot be printed; pictures have no line, but words before them."""
    after = f"after '{cut(refused.after, LONGEST_QUOTE)}'" if refused.after else ""
    name = " ".join(filter(None, (refused.name, after)))
    if not refused.reason:
        return NO_ALTERNATIVE.at(place, name=name)
    return PICTURE.at(place, name=name, reason=refused.reason)


def _quoted(texts: Sequence[tuple[str, str]]) -> str:
    """The first few texts in quotes, each with what is said before it, and how many more there are."""
    words = ((before, cut(text, LONGEST_QUOTE) or text.strip("\n") or "¶") for before, text in texts[:MOST_QUOTED])
    more = len(texts) - MOST_QUOTED
    return ", ".join(f"{before} '{each}'".lstrip() for before, each in words) + (
        f" and {more:,} more" if more > 0 else ""
    )


def _blocks(lines: list[Line]) -> Iterator[Block]:
    """The blocks of lines, without a form's reference, which ends before the first heading of a slot."""
    before = takewhile(lambda line: not line.heads, lines)
    begin = next((at for at, line in enumerate(before, 1) if _words(line) == model.REFERENCE_END), 0)
    levels = Counter(line.heading for line in lines if line.heads and line.heading)
    level = max(levels, key=lambda level: (levels[level], level), default=_OF_SLOTS)
    entries: list[Line] = []
    for line in lines[begin:]:
        if line.level is not None or (line.indented and entries):
            entries.append(line)
            continue
        yield from _lists(entries)
        entries = []
        yield line.picture or (_table(line) if line.rows else _worded(line, level))
    yield from _lists(entries)


def _parts(line: Line, section: SectionPlan) -> Iterator[Line]:
    """A paragraph at the line breaks where another should begin, without a form's prompt; a table as it is.

    Another begins at a typed bullet, and after an empty line; a line that heads a slot is one of its own.
    """
    prompt = re.match(model.WRITTEN_PROMPT, plain(line.spans))
    typed = line.spans[prompt.end() if prompt else 0 :]
    text = plain(typed)
    under = Line((), indented=line.indented or line.level is not None)
    parts: list[tuple[int, Line]] = []
    begins, next_is = True, line
    for found in (_LINE if line.heading is None else _ALL).finditer(text):
        is_bullet = line.heading is None and re.match(_BULLET, found[0])
        heads = not is_bullet and _heads_slot(replace(line, spans=typed[found.start() : found.end()]), section)
        if heads:
            parts.append((found.start(), Line((), line.heading, heads=True)))
            next_is = Line(())
        elif begins or is_bullet:
            parts.append((found.start(), next_is))
            next_is = under
        begins = heads or not found[0].strip(" ")
    ends = [*(start - 1 for start, _ in parts[1:]), len(text)]
    read = (_as_typed(replace(part, spans=typed[start:end])) for (start, part), end in zip(parts, ends, strict=True))
    yield from (each for each in read if each.spans or each.rows or each.picture)


def _as_typed(line: Line) -> Line:
    """A line with a typed bullet as an entry of a list, without spaces around words."""
    bullet = re.match(_BULLET if line.level is None else _TYPED_TWICE, plain(line.spans))
    if not bullet or line.heading is not None or line.heads:
        return replace(line, spans=_tidied(line.spans))
    level = int(bullet[0].strip() in _OF_SECOND_LEVEL) if line.level is None else line.level
    return replace(line, spans=_tidied(line.spans[bullet.end() :]), level=level)


def _words(line: Line) -> str:
    """A line's words, without its line breaks."""
    return " ".join(plain(line.spans).split())


def _worded(line: Line, level: int) -> Block:
    """A heading, or a paragraph, as is a sentence in the style of a slot's heading."""
    words, below = _words(line), max(0, (line.heading or 0) - level)
    if line.heads:
        return model.Heading(_OF_SLOTS, (Span(words),))
    if line.heading is None or (not below and _is_sentence(words)):
        return Paragraph(line.spans)
    return model.Heading(min(DEEPEST_HEADING, _OF_SLOTS + below), (Span(words),))


def _heads_slot(line: Line, section: SectionPlan) -> bool:
    """Whether a line is the heading of a slot, be it only that it is a paragraph of the slot's title alone."""
    words = _words(line)
    is_bold = not _is_sentence(words) and all(span.bold or not span.text.strip(" :\n") for span in line.spans)
    if line.heading or is_bold:
        return is_like_slot(words, section)
    return line.level is None and bool(slots_named(words, section))


def _is_sentence(text: str) -> bool:
    """Whether a text is no heading, by its end or its length."""
    return len(text) > LONGEST_HEADING or text.endswith(_SENTENCE_END)


def _table(line: Line) -> Block:
    """A table; its first row, which heads it, needs no bold."""
    head, *rows = (tuple(map(_cell, row)) for row in line.rows)
    heads = (merged(replace(span, bold=False, italic=False) for span in cell.lines[0]) for cell in head)
    body = tuple(model.TableRow(model.RowKind.PLAIN, row) for row in rows)
    return model.Table(model.TableKind.PLAIN, "", tuple(TableCell((text,)) for text in heads), body, (1,) * len(head))


def _cell(cell: Iterable[Line]) -> TableCell:
    """A cell's paragraphs on one line, entries of lists with their numbers or bullets."""
    spans: list[Span] = []
    for line in cell:
        sign = "" if line.level is None else "• " if line.number is None else f"{line.number}. "
        spans += signs([Span(f" {sign}")])
        spans += (replace(span, text=" ") if span.text == "\n" else span for span in line.spans)
    return TableCell((_tidied(spans) or (Span(model.EMPTY),),))


def _lists(lines: Iterable[Line]) -> Iterator[List | Paragraph]:
    """Lists of entries with the lines below them; runs that do not count from 1 are paragraphs."""
    runs: list[list[list[Line]]] = []
    for line in lines:
        head = runs[-1][-1][0] if runs else line
        if line.level is None or line.level > (head.level or 0):
            runs[-1][-1].append(line)
        elif runs and line.number != 1 and (line.number is None) == (head.number is None):
            runs[-1].append([line])
        else:
            runs.append([[line]])
    for run in runs:
        numbers, listed = [head.number for head, *_ in run], tuple(_listed(*each) for each in run)
        if None in numbers or numbers == list(range(1, len(run) + 1)):
            yield List(None not in numbers, listed)
            continue
        for number, each in zip(numbers, listed, strict=True):
            yield Paragraph(merged((Span(f"{number}. "), *each.text)))
            yield from each.below


def _listed(head: Line, *more: Line) -> ListEntry:
    """An entry with more lines of it, and the lists below it; what does not count from 1 there are bullets."""
    under = list(takewhile(lambda line: line.level is None, more))
    text = merged(span for line in (head, *under) for span in (Span("\n"), *line.spans))[1:]
    below = _lists(more[len(under) :])
    bullets = (each if isinstance(each, List) else List(False, (ListEntry(each.text),)) for each in below)
    return ListEntry(text, tuple(bullets))


def _tidied(typed: Iterable[Span]) -> Text:
    """Words with one space or line break between them and none around them; a space looks as what is beside it."""
    seen = [sign for sign in typed if not _PRIVATE.match(sign.text)]
    text = plain(tuple(seen))
    kept: list[Span] = []
    for found in _WORD.finditer(text):
        start, end = found.span(1)
        gap = text[found.start() : start]
        if found.start() and (gap.strip(LEFT_OUT + APART) or _JOINED.search(text, found.start() - 2, start + 2)):
            before, after = seen[found.start() - 1], seen[start]
            is_alike = replace(before, text="") == replace(after, text="")
            kept.append(Span("\n") if "\n" in gap else replace(before, text=" ") if is_alike else Span(" "))
        kept += seen[start:end]
    return merged(kept)
