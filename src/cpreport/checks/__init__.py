"""Stage 3: rules over inputs, figures and narratives. Each gives findings; none raises or changes anything."""

from __future__ import annotations

from cpreport.checks import consistency, entries, figures, fractions, missing, narrative, plausible, since
from cpreport.checks.examined import Examined, rows_of
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.history import Figures
from cpreport.model.workbook import Earlier, Workbook

RULES = tuple(
    rule
    for room in (entries, fractions, figures, missing, consistency, plausible, since, narrative)
    for rule in room.RULES
)


def check(workbook: Workbook, folder: ReportFolder, computed: Figures, earlier: Earlier | None = None) -> list[Finding]:
    """What every rule finds, rule by rule. `earlier` is the month to compare with, if there is one."""
    month = Examined(workbook, folder, computed, rows_of(workbook, folder), earlier)
    return [finding for rule in RULES for finding in rule(month)]
