"""Lists about narratives: who owes which text, and which typed numbers tags can print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from cpreport.compose.report import cover_of
from cpreport.model.correction import Replacement
from cpreport.model.finding import Finding
from cpreport.model.folder import OWN_PLACE, ReportFolder, Slot
from cpreport.model.rules.narrative import COPIED, EMPTY, PLACEHOLDER, TOO_LONG, TOO_SHORT, UNPLACED
from cpreport.model.workbook import Workbook

OWING = frozenset(rule.code for rule in (EMPTY, TOO_SHORT, TOO_LONG, COPIED, PLACEHOLDER))
"""The codes of problems with a slot's whole text."""


@dataclass(frozen=True, slots=True)
class OwedText:
    """A text that somebody owes. `owner` is empty where the report names nobody; `file` is where to write it.

    `title` is the section's. A file of narratives is named from the workbook's folder.
    """

    owner: str
    section: str
    title: str
    slot: str
    slot_title: str
    reason: str
    file: str

    def record(self) -> dict[str, str | None]:
        """Its fields by name; an owner who is not named is None."""
        return {**asdict(self), "owner": self.owner or None}


def list_owed(workbook: Workbook, folder: ReportFolder, findings: Iterable[Finding]) -> Iterator[OwedText]:
    """The owed texts, in the order of the report.

    A text that could not be placed is owed for each slot that has none, or once where only comments are wanted.
    """
    owing = [finding for finding in findings if finding.code in OWING or finding.rule in UNPLACED]
    for section in folder.sections:
        missing = {slot.id for slot in section.slots if (section.id, slot.id) not in workbook.narratives}
        of_any = [Slot("", comment.common_title) for comment in section.comments[:1] if not missing]
        for slot in (*section.every_slot, *of_any):
            about = (slot.id, "") if slot.id in missing else (slot.id,)
            for finding in owing:
                if finding.place.section == section.id and finding.place.slot in about:
                    owner, file = slot.owner or section.owner, _file(finding, workbook)
                    yield OwedText(owner, section.id, section.title, slot.id, slot.title, finding.message, file)


def _file(finding: Finding, workbook: Workbook) -> str:
    """The file that the text is in; for a missing text, the file of its section's other texts."""
    place = finding.place
    narratives = workbook.narratives.items()
    others = [text.passages[0].place for (section, _), text in narratives if section == place.section]
    if place.sheet or any(other.sheet for other in others if place.file == workbook.file):
        return workbook.file
    if place.file != workbook.file:
        return f"{workbook.narrative_folder}/{place.file}"
    return workbook.narrative_file(place.section)


def owed_text(owed: Sequence[OwedText], workbook: Workbook, folder: ReportFolder) -> str:
    """A paragraph for each owner, with the sections' titles, what is wrong with each text and where to write it."""
    cover = cover_of(workbook, folder)
    board = f" (board on {cover.board_date})" if cover.board_date else ""
    heading = f"{cover.title}, {cover.period}{board}"
    if not owed:
        return f"{heading}: no texts are outstanding.\n"
    owners = dict.fromkeys(text.owner for text in owed)
    nobody = f"Owner not named{'' if folder.place == OWN_PLACE else ' in report.toml'}"
    lines = (line for owner in owners for line in _owner_lines(owner or nobody, owner, owed, workbook))
    return "".join(f"{line}\n" for line in (f"{heading}: texts still to be written", *lines))


def _owner_lines(heading: str, owner: str, owed: Iterable[OwedText], workbook: Workbook) -> Iterator[str]:
    yield f"\n{heading}"
    mine = (text for text in owed if text.owner == owner)
    for title, texts in groupby(mine, key=lambda text: text.title):
        yield f"\n  {title}"
        for text in texts:
            where = "sheet Narrative" if text.file == workbook.file else f"under the heading '{text.slot_title}'"
            yield f"  - {text.reason[0].upper()}{text.reason[1:]}{'' if text.reason.endswith('?') else '.'}"
            yield f"    Where: {text.file}, {where}."


def replacements_text(replacements: Iterable[Replacement]) -> str:
    """A paragraph for each place: its sentences, below each what replaces its numbers."""
    lines: list[str] = []
    for place, here in groupby(replacements, key=lambda each: f"{each.place.file}  {each.place}"):
        lines.append(place)
        for sentence, several in groupby(here, key=lambda each: each.sentence):
            lines.append(f"  {sentence}")
            lines += [f"    {_change(each)}" for each in several]
    return "".join(f"{line}\n" for line in lines)


def replacement_record(replacement: Replacement) -> dict[str, str | int | None]:
    """A replacement for JSON: null where something does not apply. `by_hand` says why cpreport does not replace it."""
    place = replacement.place
    return {
        "file": place.file,
        **{name: getattr(place, name) or None for name in ("sheet", "cell", "line")},
        **{name: getattr(place, name) for name in ("indicator", "section", "slot")},
        **{name: getattr(replacement, name) for name in ("sentence", "number", "tag")},
        "by_hand": replacement.by_hand or None,
    }


def replacements_summary(replacements: Sequence[Replacement], written: bool) -> str:
    """How many numbers are or would be replaced, and how many are left."""
    if not replacements:
        return "nothing to replace: tags would print none of the numbers typed in narratives"
    left = sum(bool(each.by_hand) for each in replacements)
    by_hand = f"; {left} to be replaced by hand" if left else ""
    number = len(replacements) - left
    if not number:
        return f"nothing that cpreport could replace{by_hand}"
    numbers = f"{number} number{'s' if number > 1 else ''}"
    done = "replaced" if written else "would be replaced (run again with --write)"
    return f"{numbers} {done}{by_hand}"


def _change(replacement: Replacement) -> str:
    left = f"  ({replacement.by_hand})" if replacement.by_hand else ""
    return f"'{replacement.number}' -> {replacement.tag}{left}"
