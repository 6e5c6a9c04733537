"""Stage 3: rules over inputs, figures and narratives. Each gives findings; none raises or changes anything."""

from __future__ import annotations

from cpreport.checks import benchmarks, entries, figures, narratives, plausibility, standstill, units
from cpreport.checks.examined import Examined, rows_of
from cpreport.model.figure import Figures
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.workbook import Workbook

MODULES = (entries, figures, narratives, plausibility, standstill, units, benchmarks)
RULES = tuple(rule for module in MODULES for rule in module.RULES)


def check(workbook: Workbook, folder: ReportFolder, computed: Figures) -> list[Finding]:
    """What every rule finds, rule by rule."""
    month = Examined(workbook, folder, computed, rows_of(workbook, folder))
    return [finding for rule in RULES for finding in rule(month)]
