"""The key: what the signs and words for statuses and judgements mean, the tolerance and what is too few."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from cpreport.compose.columns import SYMBOLS
from cpreport.compose.wording import CHANGES, judgement_text, tolerance_text
from cpreport.model.document import Align, Block, Heading, RowKind, Span, Table, TableCell, TableKind, TableRow
from cpreport.model.folder import ReportFolder
from cpreport.model.status import StatusWord
from cpreport.model.timeline import Judgement, Verdict

_STATUSES = {
    StatusWord.ON_TARGET: "means_on_target",
    StatusWord.CLOSE: "means_close",
    StatusWord.OFF_TARGET: "means_off_target",
    StatusWord.NO_TARGET: "means_no_target",
    StatusWord.NOT_DUE: "means_not_due",
    StatusWord.NO_DATA: "means_no_figure",
    StatusWord.NO_JUDGEMENT: "means_no_judgement",
}
_ALWAYS = frozenset((StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET))
_JUDGEMENTS = {
    "means_changed": [(verdict, False) for verdict in CHANGES],
    "means_no_clear_change": [(Verdict.NO_CLEAR_CHANGE, False)],
    "means_not_as_usual": [(verdict, True) for verdict in CHANGES],
    "means_as_usual": [(Verdict.NO_CLEAR_CHANGE, True)],
    "means_too_few": [(Verdict.TOO_FEW, False)],
    "means_cannot_tell": [(Verdict.CANNOT_TELL, False)],
}
"""The verdicts that each sentence explains, and whether they are those of control charts."""

_WIDTHS = (24, 76)


def status_key(words: Collection[StatusWord], folder: ReportFolder) -> tuple[Block, ...]:
    """What the statuses of a report's tables mean; nothing where no indicator has one."""
    if not set(words) - {StatusWord.NO_TARGET}:
        return ()
    tolerance = tolerance_text(folder.tolerance)
    rows = (
        (
            _cell(f"{SYMBOLS.get(word, '')} {folder.printed(word.value)}".strip(), word),
            _cell(folder.sentence(meaning, tolerance=tolerance)),
        )
        for word, meaning in _STATUSES.items()
        if word in _ALWAYS or word in words
    )
    return _key("What the statuses mean", "Status", rows)


def judgement_key(judgements: Iterable[Judgement], folder: ReportFolder) -> tuple[Block, ...]:
    """What the judgements of a report's tables mean, in the order of the sentences; nothing where there are none."""
    found = {(each.verdict, each.is_charted and each.verdict is not Verdict.TOO_FEW) for each in judgements}
    limits = {"denominator": folder.judgement.denominator, "events": folder.judgement.events}
    rows = (
        (_cell(", ".join(_judged(*each, folder) for each in there)), _cell(folder.sentence(meaning, **limits)))
        for meaning, several in _JUDGEMENTS.items()
        if (there := [each for each in several if each in found])
    )
    return _key("What the judgements mean", "Judgement", rows) if found else ()


def _judged(verdict: Verdict, is_charted: bool, folder: ReportFolder) -> str:
    """A judgement as it is printed, without the period that it was compared with."""
    if is_charted:
        return judgement_text(Judgement(verdict, is_charted=True), folder)
    return folder.printed(verdict.value)


def _key(title: str, word: str, rows: Iterable[tuple[TableCell, ...]]) -> tuple[Block, ...]:
    plain = tuple(TableRow(RowKind.PLAIN, cells) for cells in rows)
    return Heading(2, (Span(title),)), Table(TableKind.PLAIN, "", (_cell(word), _cell("Meaning")), plain, _WIDTHS)


def _cell(text: str, status: StatusWord | None = None) -> TableCell:
    return TableCell(((Span(text, bold=status is StatusWord.OFF_TARGET),),), Align.LEFT, status)
