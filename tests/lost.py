"""What of a narrative is neither printed nor told: signs in, less signs out, less those that findings say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import fromstring

from cpreport.compose.report import compose_passage
from cpreport.inputs.narratives.sources import read_narratives
from cpreport.model.document import Block, Heading, List, Note, Paragraph, Span, Table
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.tags import parts_of
from cpreport.model.workbook import Narratives
from cpreport.pipeline import load_workbook

from .example_month import NAME
from .workbooks import write_docx, write_example

SLOT = "What is next?"
TITLES = 2 * "Care What went well What is next?"
"""What the report prints of itself: the titles of the section and of its slots."""

ABOUT_A_PART = ("narrative.unknown-slot", "narrative.text-before-slot")
"""Errors that tell of all text down to the next heading."""

_HEADING = re.compile(" {0,3}#{1,6}[ \t]")
_OF_SLOT = re.compile(r"^ {0,3}#{1,6}[ \t]+(?:What went well|What is next\?)[ \t#]*$", re.MULTILINE)
HEADING = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{SLOT}</w:t></w:r></w:p>'


@cache
def example_folder() -> ReportFolder:
    with TemporaryDirectory() as folder:
        write_example(Path(folder), {})
        return load_workbook(Path(folder) / NAME).folder


def lost_in_word(folder: Path, body: str, **parts: str) -> str:
    """What is lost of a Word file's body below the heading of a slot."""
    path = write_docx(folder / "lost" / "care.docx", HEADING + body, **parts)
    elements = fromstring(f"<a {DECLARED}>{body}</a>").iter()
    typed = "".join(each.text or "" for each in elements if each.tag.rpartition("}")[2] in ("t", "delText"))
    narratives, findings = read_narratives(path.parent, example_folder())
    return lost(typed, narratives, findings)


DECLARED = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def lost_in_markdown(folder: Path, text: str) -> str:
    """What is lost of a Markdown file."""
    folder.mkdir(exist_ok=True)
    (folder / "care.md").write_text(text, encoding="utf-8")
    narratives, findings = read_narratives(folder, example_folder())
    lines = _OF_SLOT.sub("", text).split("\n")
    for line in (finding.place.line for finding in findings if finding.code in ABOUT_A_PART):
        end = next((n for n in range(line, len(lines)) if _HEADING.match(lines[n])), len(lines))
        lines[line - 1 : end] = [""] * (end - line + 1)
    return lost("\n".join(lines), narratives, findings)


def lost(typed: str, narratives: Narratives, findings: Iterable[Finding]) -> str:
    """The letters and digits that are typed more often than they are printed and told."""
    said = [finding.message for finding in findings]
    for narrative in narratives.values():
        for passage in narrative.passages:
            blocks, found = compose_passage(passage, {})
            said += [finding.message for finding in found]
            said += [span.text for span in spans_of(blocks)] + list(_numbers(blocks))
            said += [passage.text for finding in found if finding.is_error]
    left = _signs("".join(part for part in parts_of(typed) if part[:2] not in ("{{", "{%"))) - _signs(
        TITLES + "".join(said)
    )
    return "".join(sorted(left.elements()))


def _signs(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isalnum())


def _numbers(blocks: Iterable[Block]) -> Iterator[str]:
    """The numbers before entries; whoever types 1 before each is given others."""
    for block in blocks:
        if isinstance(block, List):
            if block.ordered:
                yield from (f"1{number}" for number in range(1, len(block.entries) + 1))
            for entry in block.entries:
                yield from _numbers(entry.below)


def spans_of(blocks: Iterable[Block]) -> Iterator[Span]:
    """All text of the blocks, in order."""
    for block in blocks:
        match block:
            case Paragraph(text) | Heading(_, text) | Note(text):
                yield from text
            case List(_, entries):
                for entry in entries:
                    yield from entry.text
                    yield from spans_of(entry.below)
            case Table(headings=headings, rows=rows):
                for cell in (*headings, *(cell for row in rows for cell in row.cells)):
                    yield from (span for line in cell.lines for span in line)
