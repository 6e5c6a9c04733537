"""Reads a narrative that was written in Word: its lines and tables as blocks, headings of slots at the second level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from pathlib import Path

from cpreport.inputs.narratives.slots import find_slot, is_like_slot
from cpreport.inputs.narratives.word.body import LEFT_OUT, Body
from cpreport.inputs.narratives.word.parts import Kind, NotWordError, WordFile
from cpreport.inputs.narratives.word.styles import Line
from cpreport.inputs.texts import read_bytes
from cpreport.model import document as model
from cpreport.model.document import Block, List, ListEntry, Paragraph, Span, TableCell, Text, merged, plain
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import SectionPlan
from cpreport.model.rules import narrative as rules
from cpreport.office.foreign import NOT_WORD

MOST_QUOTED = 3
LONGEST_QUOTE = 40
LONGEST_HEADING = 120
DEEPEST_HEADING = 4

_OF_SLOTS = 2
_BULLET = f"[ {LEFT_OUT}]*(?:[•●▪■◦○‣➢\ue000-\uf8ff][ ]*|[·o–—-][ ]+)(?=[^ ])"
_TYPED_TWICE = f"[ {LEFT_OUT}]*[•·\ue000-\uf8ff][ ]*(?=[^ ])"
_NEW_PARAGRAPH = re.compile(f"\n(?:[ ]*\n)+|\n(?={_BULLET})")
_OF_SECOND_LEVEL = "o◦○"
_SENTENCE_END = (".", "!", ";", ",")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PIECE = re.compile(r"\n|[^\S\n]+|\S+")


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
        blocks = tuple(_blocks([part for line in body.lines(file.body) for part in _parts(line, section)], section))
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
    if body.changes and not accept_tracked:
        findings.insert(0, rules.TRACKED_CHANGES.at(place, changes=_quoted(body.changes)))
    return blocks, findings


def _quoted(texts: Sequence[tuple[str, str]]) -> str:
    """The first few texts in quotes, each with what is said before it, and how many more there are."""
    quoted: list[str] = []
    for before, text in texts[:MOST_QUOTED]:
        words = " ".join(text.split()) or text.strip("\n") or "¶"
        cut = words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"
        quoted.append(f"{before} '{cut}'".lstrip())
    more = len(texts) - MOST_QUOTED
    return ", ".join(quoted) + (f" and {more:,} more" if more > 0 else "")


def _blocks(lines: list[Line], section: SectionPlan) -> Iterator[Block]:
    """The blocks of lines, without a form's reference, which ends before the first heading of a slot."""
    heads = [at for at, line in enumerate(lines) if _heads_slot(line, section)]
    before = lines[: heads[0] if heads else len(lines)]
    begin = next((at for at, line in enumerate(before, 1) if _words(line) == model.REFERENCE_END), 0)
    levels = Counter(level for at in heads if (level := lines[at].heading))
    level = max(levels, key=lambda level: (levels[level], level), default=_OF_SLOTS)
    entries: list[Line] = []
    for line in lines[begin:]:
        if line.level is not None or (line.indented and entries):
            entries.append(line)
            continue
        yield from _lists(entries)
        entries = []
        yield _table(line) if line.rows else _worded(line, level, section)
    yield from _lists(entries)


def _parts(line: Line, section: SectionPlan) -> Iterator[Line]:
    """A paragraph at its line breaks where they should be paragraphs, without spaces around words; a table as it is."""
    text = plain(line.spans)
    prompt = re.match(model.WRITTEN_PROMPT, text)
    start = prompt.end() if prompt else 0
    if line.heading is None and (end := text.find("\n", start)) >= 0:
        (head,) = _cut(line, (start, end))
        if _is_bold(head) and is_like_slot(_words(head), section):
            yield Line(_tidied(head.spans))
            line, start = Line(line.spans), end + 1
    between = _NEW_PARAGRAPH.finditer(text, start) if line.heading is None else ()
    ends = [start, *(end for found in between for end in found.span()), len(text)]
    first, *others = _cut(line, *zip(ends[::2], ends[1::2], strict=True))
    under = [Line(each.spans, indented=line.indented or line.level is not None) for each in others]
    yield from (typed for each in (first, *under) if (typed := _as_typed(each)).spans or typed.rows)


def _cut(line: Line, *ranges: tuple[int, int]) -> Iterator[Line]:
    """The words in each of some ranges of a line's signs, in their looks."""
    text = plain(line.spans)
    owners = [index for index, span in enumerate(line.spans) for _ in span.text]
    for start, end in ranges:
        alike = (list(places) for _, places in groupby(range(start, end), owners.__getitem__))
        spans = (replace(line.spans[owners[each[0]]], text=text[each[0] : each[-1] + 1]) for each in alike)
        yield replace(line, spans=tuple(spans))


def _as_typed(line: Line) -> Line:
    """A line with a typed bullet as an entry of a list, without spaces around words."""
    text = plain(line.spans)
    bullet = re.match(_BULLET if line.level is None else _TYPED_TWICE, text)
    if bullet and line.heading is None:
        (line,) = _cut(line, (bullet.end(), len(text)))
        level = int(bullet[0].strip() in _OF_SECOND_LEVEL) if line.level is None else line.level
        line = replace(line, level=level)
    return replace(line, spans=_tidied(line.spans))


def _words(line: Line) -> str:
    """A line's words, without its line breaks."""
    return " ".join(plain(line.spans).split())


def _worded(line: Line, level: int, section: SectionPlan) -> Block:
    """A heading, or a paragraph, as is a sentence in the style of a slot's heading."""
    own, words = line.heading, _words(line)
    is_of_level = own is not None and own <= level
    if _heads_slot(line, section) or (is_of_level and not _is_sentence(words)):
        return model.Heading(_OF_SLOTS, (Span(words),))
    if own is None or is_of_level:
        return Paragraph(line.spans)
    return model.Heading(min(DEEPEST_HEADING, _OF_SLOTS + own - level), (Span(words),))


def _heads_slot(line: Line, section: SectionPlan) -> bool:
    """Whether a line is the heading of a slot, be it only that it is a paragraph of the slot's title alone."""
    if line.heading or _is_bold(line):
        return is_like_slot(_words(line), section)
    return line.level is None and find_slot(_words(line), section) is not None


def _is_bold(line: Line) -> bool:
    """Whether a line is short and bold from end to end, as people type headings."""
    return not _is_sentence(_words(line)) and all(span.bold or not span.text.strip(" :\n") for span in line.spans)


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
        spans.append(Span(f" {sign}"))
        spans += (replace(span, text=span.text.replace("\n", " ")) for span in line.spans)
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


def _tidied(spans: Iterable[Span]) -> Text:
    """Words with one space or line break between them and none around them; a space looks as what is beside it."""
    kept: list[Span] = []
    gap = ""
    for span in spans:
        for piece in _PIECE.findall(_PRIVATE.sub("", span.text)):
            if piece.isspace():
                gap = next((sign for sign in ("\n", " ") if sign in gap + piece), LEFT_OUT)
                continue
            if gap == LEFT_OUT:
                gap = " " if kept and kept[-1].text[-1].isdigit() and piece[0].isdigit() else ""
            if gap and kept:
                is_alike = replace(kept[-1], text="") == replace(span, text="") and gap == " "
                kept.append(replace(span, text=" ") if is_alike else Span(gap))
            kept.append(replace(span, text=piece))
            gap = ""
    return merged(kept)
