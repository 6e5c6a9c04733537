"""What holds for a whole edition of the report."""

from __future__ import annotations

from dataclasses import dataclass

from cpreport.model.folder import ReportFolder
from cpreport.model.workbook import Workbook, stated_benchmark_period


@dataclass(frozen=True, slots=True)
class Edition:
    """`benchmark_period` is the stated one, which a benchmark need not repeat; `comparators` are their ids."""

    benchmark_period: str
    direction_in_cell: bool
    comparators: tuple[str, ...]


def edition_of(workbook: Workbook, folder: ReportFolder) -> Edition:
    """The workbook's About wins over report.toml."""
    comparators = tuple(comparator.id for comparator in folder.comparators)
    return Edition(stated_benchmark_period(workbook, folder), folder.direction_in_cell, comparators)
