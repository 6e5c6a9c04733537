"""The report as blocks: what compose gives and every renderer walks.

Everything printed is already text here, rounded and worded once. Text is data: renderers escape it, nothing in it is
markup. The `line` of a block is where it was typed in its text, from 1 (in Word the number of its paragraph); 0 where
it is not in that text: a table that a tag prints, code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from cpreport.model.audit import AuditedFigure
from cpreport.model.chart import Chart
from cpreport.model.period import Period
from cpreport.model.status import StatusWord
from cpreport.model.working import Basis, ShownFigure, Working, within_limit


@dataclass(frozen=True, slots=True)
class Source:
    """What a tag printed: a figure, by its indicator's id and the period, or another value where `indicator` is empty.

    `period` is None where the value is not of one period: a benchmark, a mean, the year to date. `basis` says how a
    number comes about; None where it is not known, or no number.
    """

    indicator: str = ""
    period: Period | None = None
    basis: Basis | None = field(default=None, compare=False)

    @property
    def value(self) -> Fraction | None:
        """The exact number in the printed unit, if there is one."""
        return self.basis.working.value if self.basis and self.basis.working else None

    def with_working(self, working: Working, what: str = "") -> Source:
        """The same of another number: one that was computed from it, or `what` that is."""
        basis = self.basis or Basis(self.indicator, self.period or "")
        made = basis._replace(what=what or basis.what, working=within_limit(working), cells=())
        return Source(self.indicator, self.period, made)


OTHER_VALUE = Source()
"""The source of a value that is not an indicator's: a date, a title, a number of periods."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one look.

    `link` is an http(s) or mailto address, # and the anchor of a table or chart, or empty. `script` is SUPERSCRIPT or
    SUBSCRIPT, or empty: a raised sign beside a number is not a digit of it. `source` is what a tag printed; None where
    the text was typed.
    """

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    script: str = ""
    source: Source | None = None


SUPERSCRIPT = "superscript"
SUBSCRIPT = "subscript"


Text = tuple[Span, ...]
"""One line of text. A line break inside it is a span of "\\n"."""


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(span.text for span in text)


def merged(spans: Iterable[Span]) -> Text:
    """Neighbours of one look and source as one span, without those that have no text; line breaks stay apart."""
    found: list[Span] = []
    for (is_break, *_), run in groupby((span for span in spans if span.text), _look):
        first, *others = run
        if is_break:
            found += [Span("\n")] * (1 + len(others))
        else:
            found.append(replace(first, text="".join(span.text for span in (first, *others))) if others else first)
    return tuple(found)


def _look(span: Span) -> tuple[object, ...]:
    return span.text == "\n", span.bold, span.italic, span.link, span.script, span.source


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` 0 is the document's title, 1 a section's; narratives never reach above level 4."""

    level: int
    text: Text
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`keeps_next`: it stands on the page of the block below. `shown` are the figures that a tag says in it."""

    text: Text
    line: int = field(default=0, compare=False)
    keeps_next: bool = False
    shown: tuple[ShownFigure, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A remark under a table or in place of one: smaller than the text. `shown` are the figures that it says."""

    text: Text
    line: int = field(default=0, compare=False)
    shown: tuple[ShownFigure, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class ListEntry:
    text: Text
    below: tuple[List, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class List:
    ordered: bool
    entries: tuple[ListEntry, ...]
    line: int = field(default=0, compare=False)


class Align(Enum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


EMPTY = "–"
"""What a cell prints that has no content: no printed cell is empty."""


GLOSSARY = "Glossary of terms"
"""The caption of the glossary's table."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One or more lines, never empty. `status` is the one that it prints, which a renderer may show by its look.

    `shown` are the figures that it prints.
    """

    lines: tuple[Text, ...]
    align: Align = Align.LEFT
    status: StatusWord | None = None
    shown: tuple[ShownFigure, ...] = field(default=(), compare=False)


class RowKind(Enum):
    """What a row is, so that a renderer can style it and keep a figure row with its direction row."""

    FIGURES = "figures"
    DIRECTION = "direction"
    PLAIN = "plain"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TableRow:
    kind: RowKind
    cells: tuple[TableCell, ...]
    line: int = field(default=0, compare=False)


class TableKind(Enum):
    INDICATORS = "indicators"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; every row has a cell for each heading.

    `indicators` are the ids of those that it shows. `anchor` is the name that links to it have, or empty; `name` is
    what a reference calls it, empty where nothing refers to it. `title` is the one that readers hear of a table whose
    caption is empty; where that is too, it is the heading above.
    """

    kind: TableKind
    caption: str
    headings: tuple[TableCell, ...]
    rows: tuple[TableRow, ...]
    widths: tuple[int, ...]
    """The columns' widths as shares of the whole, e.g. (5, 2, 1, 1): at least 1 each."""
    line: int = field(default=0, compare=False)
    figures: int = 0
    """How many columns are of periods and comparators: the indicators' tables have them after the first two."""
    indicators: tuple[str, ...] = ()
    anchor: str = ""
    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture's file without metadata: PNG or JPEG, as its `extension` says.

    `width` and `height` are those that it is meant to be shown in, in English Metric Units (914,400 an inch). `vector`
    is the SVG file that programs may show in its place, or empty.
    """

    content: bytes = field(repr=False)
    extension: str
    width: int
    height: int
    vector: bytes = field(default=b"", repr=False)


Pictures = Mapping[str, Image | str]
"""Pictures by the names of their files; a text says why one cannot be printed, to be put after its name."""


@dataclass(frozen=True, slots=True)
class Picture:
    """`description` is the alternative text."""

    description: Text
    image: Image
    line: int = field(default=0, compare=False)


Block = Heading | Paragraph | Note | List | Table | Chart | Picture


def shown_in(blocks: Iterable[Block]) -> Iterator[ShownFigure]:
    """The figures that some blocks print, in order: those of tables, charts and sentences, and what tags print."""
    for block in blocks:
        match block:
            case List():
                for entry in block.entries:
                    yield from _said_in(entry.text)
                    yield from shown_in(entry.below)
            case Table():
                for cell in (*block.headings, *(cell for row in block.rows for cell in row.cells)):
                    yield from cell.shown
                    yield from (figure for line in cell.lines for figure in _said_in(line))
            case Chart():
                points = (point for series in block.series for point in series.points)
                yield from (ShownFigure(point.text, point.basis) for point in points if point.basis)
                yield from block.shown
            case Picture():
                yield from _said_in(block.description)
            case Paragraph() | Note():
                yield from block.shown
                yield from _said_in(block.text)
            case Heading():
                yield from _said_in(block.text)


def printed_in(block: Block, figures: Iterable[AuditedFigure]) -> list[AuditedFigure]:
    """Those of a section's figures that a block of it prints, in the order in which it does."""
    places = {key: place for place, key in enumerate(dict.fromkeys(each.key for each in shown_in([block])))}
    return sorted((each for each in figures if each.key in places), key=lambda each: places[each.key])


def _said_in(text: Text) -> Iterator[ShownFigure]:
    return (ShownFigure(span.text, span.source.basis) for span in text if span.source and span.source.basis)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the report. `running` is its group and title, for the page header.

    `is_numbered`: its headings and paragraphs have numbers. Without a `new_page` it goes on below the one before.
    """

    id: str
    title: str
    running: str
    blocks: tuple[Block, ...]
    is_numbered: bool = False
    new_page: bool = True


class CoverField(NamedTuple):
    """A line of the cover: a key of About and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the shell's tags print as `report.…`; an empty string where workbook and folder have none.

    `fields` are the further lines that report.toml asks for, without those that About leaves blank.
    """

    title: str
    authority: str = ""
    period: str = ""
    board_date: str = ""
    data_as_at: str = ""
    contact: str = ""
    benchmark_source: str = ""
    benchmark_period: str = ""
    comparators: str = ""
    recommendations: str = ""
    other_formats: str = ""
    fields: tuple[CoverField, ...] = ()


REFERENCE = "cpreport-reference"
"""The tag of the box in a form's file that is for reference and is not part of a narrative."""

REFERENCE_END = "Everything down to here is for reference and is not printed."
"""The sentence that ends it."""

PROMPT = "Click here and write. One bullet for each point."
"""The sentence with which a form's prompt begins."""

QUESTIONS = "Why? What are we doing? By when?"
REQUIRED = "This text is required."
REQUIRED_IF = "This text is required if an indicator of the {}."
LENGTH = "Words: {}."
WRITER = "To be written by {}."
"""The sentences that may follow it, in this order."""

_AFTER_PROMPT = {
    QUESTIONS: "",
    REQUIRED: "",
    REQUIRED_IF: r"[^.\n]+",
    LENGTH: r"(?:at least |at most |[0-9]+ to )[0-9]+",
    WRITER: r"(?:(?:Dr|Mr|Mrs|Ms|Prof|[A-Z])\. ?)*[^.\n]+",
}
WRITTEN_PROMPT = rf"\s*{re.escape(PROMPT)}{{}}\s*".format(
    "".join(f"(?: {re.escape(said).replace(re.escape('{}'), words)})?" for said, words in _AFTER_PROMPT.items())
)
"""The pattern of a prompt as text, where another program has lost the box around it."""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole document.

    `marks` are the words every page says, such as EXAMPLE and DRAFT. `problems` are listed before the sections of a
    draft, and `counts` says on its cover how many there are. `key` says what the words mean that only some reports
    print. `about` are the workbook's own keys and values as text.
    `place` is where its report folder is, seen from the workbook.
    """

    cover: Cover
    language: str
    sections: tuple[Section, ...]
    marks: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    counts: str = ""
    key: tuple[Block, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


class PageText(NamedTuple):
    """page.html with its tags filled.

    `markup` is what was typed, with a mark in the place of each value of `values`; `lines` are the lines of page.html
    that gave its lines.
    """

    markup: str
    values: tuple[str, ...]
    lines: tuple[int, ...]


VALUE_MARK = re.compile("\x02([0-9]+)\x03")
"""The mark of a printed value in a text that has been run as a template; the number is that of the value."""


@dataclass(frozen=True, slots=True)
class ContentsPlace:
    """Where the contents go in the text of a shell."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A report as an edition prints it that has no shell of its own.

    `front` is the shell's text before the sections with its tags filled, and in it the report's marks, the counts of a
    draft, the key and the problems in their places; one block of it is the contents' place. `back` is what the shell
    has after the sections. `figures` are those that the report prints, with what they were computed from. `audit` is
    the SHA-256 of the report's audit file, empty where there is none, `origin` the digest of its report folder.
    """

    report: Report
    front: tuple[Block | ContentsPlace, ...]
    back: tuple[Block, ...] = ()
    figures: tuple[AuditedFigure, ...] = ()
    audit: str = ""
    origin: str = ""
