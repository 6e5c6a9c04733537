"""What the checks find in sentences, as if they stood in the example report."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cpreport.analysis.figures import compute_figures
from cpreport.checks.context import CheckContext
from cpreport.checks.narrative.quoted import quoted
from cpreport.compose.report import compose_narratives
from cpreport.model.document import Heading, List, Paragraph, Section, plain
from cpreport.model.finding import Finding, Place
from cpreport.model.workbook import Narrative, Passage, Workbook
from cpreport.pipeline import Month, load_workbook

EXAMPLE = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
SENTENCES = Path(__file__).parent / "sentences"
OTHER = SENTENCES / "tamarshire" / "october-2024.xlsx"
"""The month of a council that there is not, with other indicators, titled in another way."""

LABELS = {
    "narrative.number-disagrees": "number",
    "narrative.period-disagrees": "period",
    "narrative.direction-disagrees": "direction",
    "narrative.target-disagrees": "direction",
    "narrative.rank-disagrees": "direction",
    "narrative.swapped": "number",
}


@cache
def loaded(path: Path) -> Month:
    return load_workbook(path)


def example() -> Month:
    return loaded(EXAMPLE)


def findings_of(section: str, *sentences: str, path: Path = EXAMPLE) -> list[Finding]:
    """What is found in sentences, each a bullet of a section's first slot that has no other text."""
    month = loaded(path)
    slot = next(plan.slots[0].id for plan in month.folder.sections if plan.id == section)
    place = Place(file=month.workbook.file, sheet="Narrative", section=section, slot=slot)
    passages = tuple(Passage(text, replace(place, cell=f"C{row}")) for row, text in enumerate(sentences, 2))
    workbook = replace(month.workbook, narratives={(section, slot): Narrative(section, slot, passages)})
    texts = compose_narratives(workbook, month.folder, month.figures)
    return list(quoted(CheckContext(workbook, month.folder, month.figures, texts=texts)))


def warned(section: str, sentence: str, path: Path = EXAMPLE) -> set[str]:
    """The labels of the warnings in a sentence."""
    return {LABELS[finding.code] for finding in findings_of(section, sentence, path=path) if finding.code in LABELS}


@dataclass(frozen=True, slots=True)
class Labelled:
    section: str
    sentence: str
    expected: frozenset[str]


def labelled(name: str) -> list[Labelled]:
    """The sentences of a file in tests/sentences/, each with the warnings that a careful reader wants."""
    with (SENTENCES / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return [
            Labelled(row["section"], row["sentence"], frozenset(row["expected"].split()) - {"none"})
            for row in csv.DictReader(lines)
        ]


@dataclass(frozen=True, slots=True)
class Score:
    """`precision`: which share of the warnings is wanted; `recall`: which share of the wanted ones is given."""

    precision: float
    recall: float


def score(sentences: Sequence[tuple[Labelled, Path]]) -> Score:
    """What comes of sentences, each about the month of a workbook."""
    given = [(warned(each.section, each.sentence, path), each.expected) for each, path in sentences]
    right = sum(len(warnings & wanted) for warnings, wanted in given)
    return Score(right / sum(len(warnings) for warnings, _ in given), right / sum(len(wanted) for _, wanted in given))


def typed() -> dict[tuple[str, str], Narrative]:
    """The example's narratives as if every number in them was typed by hand: what its tags print, in plain words."""
    month = example()
    narratives = {}
    for plan, section in zip(month.folder.sections, month.report.sections, strict=True):
        if plan.slots:
            key = (plan.id, plan.slots[0].id)
            place = Place(file=month.workbook.file, sheet="Narrative", section=key[0], slot=key[1])
            told = enumerate(_lines(section), 2)
            passages = tuple(Passage(text, replace(place, cell=f"C{row}")) for row, text in told)
            narratives[key] = Narrative(*key, passages)
    return narratives


def _lines(section: Section) -> Iterator[str]:
    for block in section.blocks:
        match block:
            case Heading(level, text) if level > 3:
                yield f"### {plain(text)}"
            case Paragraph(text):
                yield plain(text)
            case List(_, entries):
                yield from (plain(entry.text) for entry in entries)


def examined(workbook: Workbook) -> CheckContext:
    """The example's month with another workbook, computed anew."""
    folder, figures = example().folder, compute_figures(workbook, example().folder)
    return CheckContext(workbook, folder, figures, texts=compose_narratives(workbook, folder, figures))
