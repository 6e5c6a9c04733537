"""The statuses and directions that somebody has typed in a scorecard, held against those of the report of its draft."""

from __future__ import annotations

from dataclasses import replace

from cpreport.checks.context import CheckContext
from cpreport.checks.scorecard import typed_directions, typed_statuses
from cpreport.forms.from_scorecard.draft import Answer, Asked, Certainty, Draft
from cpreport.inputs.workbook.layouts import names_of
from cpreport.inputs.workbook.scorecard.named import named_lines
from cpreport.inputs.workbook.scorecard.values import Scorecard
from cpreport.inputs.workbook.scorecard.verdicts import typed_verdicts
from cpreport.inputs.workbook.tables import named_sheet
from cpreport.model.finding import Finding
from cpreport.model.rules.scorecard import DIRECTION_DIFFERS, STATUS_DIFFERS
from cpreport.model.workbook import About
from cpreport.pipeline import Month


def ask_of_differing(draft: Draft, card: Scorecard, month: Month) -> None:
    """Asks about each typed status or direction that is not the computed one, instead of saying that it is not taken.

    An arrow differs where it is right neither of the number nor of merit.
    """
    found = {(each.place.sheet, each.place.cell): each for each in _differing(draft, card, month)}
    names = {
        str(content.value).casefold(): at.row
        for key in ("title", "reference")
        for at, content in draft.cells.items()
        if (at.sheet, at.column) == ("Indicators", key)
    }

    def asked_of(each: Asked) -> Asked:
        finding = found.get((each.source.sheet, each.source.a1)) if each.source else None
        if finding is None or each.certainty is not Certainty.NOT_TAKEN:
            return each
        row = names.get(finding.place.indicator.casefold())
        is_answered = finding.rule is STATUS_DIFFERS and row is not None
        answer = Answer("Indicators", row, "tolerance") if is_answered and row is not None else None
        return Asked(Certainty.OPEN, each.source, f"{finding.message}. {finding.hint}", answer)

    draft.asked = list(map(asked_of, draft.asked))
    draft.sort_asked()


def _differing(draft: Draft, card: Scorecard, month: Month) -> list[Finding]:
    sheet = named_sheet(draft.source.book, card.sheet)
    assert sheet
    named = named_lines(draft.source.book, sheet, card, names_of(month.folder), month.folder.terms)
    verdicts, _ = typed_verdicts([named], month.folder, About())
    context = CheckContext(replace(month.workbook, verdicts=tuple(verdicts)), month.folder, month.figures)
    found = [*typed_statuses(context), *typed_directions(context)]
    return [each for each in found if each.rule in (STATUS_DIFFERS, DIRECTION_DIFFERS)]
